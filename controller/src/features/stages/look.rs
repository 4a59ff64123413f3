//! Name, colours, language and time zone of a stage.

use jiff::tz::{self, TimeZone};

use super::note;
use crate::{
    app::{Error, Problem, Result},
    store::Stage,
    tools::{colour::Colour, words::Language},
};

type Parsed<T> = std::result::Result<T, Problem>;

/// Name of a stage.
#[derive(Debug)]
pub struct StageName(String);

impl StageName {
    /// One to 80 characters on one line.
    pub fn parse(text: &str) -> Parsed<Self> {
        let name = text.trim();
        if name.is_empty() {
            return Err(Problem { field: "name", key: "stages.name.empty" });
        }
        if name.chars().count() > 80 || name.chars().any(char::is_control) {
            return Err(Problem { field: "name", key: "stages.name.long" });
        }
        Ok(Self(name.to_owned()))
    }
}

impl From<StageName> for String {
    fn from(name: StageName) -> Self {
        name.0
    }
}

/// What a stage is, in a sentence or two; may be empty.
#[derive(Debug)]
pub struct Description(String);

impl Description {
    /// At most 500 characters.
    pub fn parse(text: &str) -> Parsed<Self> {
        let text = text.trim().replace("\r\n", "\n");
        if text.chars().count() > 500 || text.chars().any(|c| c.is_control() && c != '\n') {
            return Err(Problem { field: "description", key: "stages.description.long" });
        }
        Ok(Self(text))
    }
}

/// A time zone of the IANA database.
#[derive(Debug)]
pub struct Zone(String);

impl Zone {
    /// A name such as `Europe/Berlin`.
    pub fn parse(text: &str) -> Parsed<Self> {
        let known = TimeZone::get(text).ok().and_then(|zone| Some(zone.iana_name()?.to_owned()));
        known.map(Self).ok_or(Problem { field: "time_zone", key: "stages.time_zone.unknown" })
    }
}

impl Default for Zone {
    fn default() -> Self {
        Self("Europe/Berlin".to_owned())
    }
}

impl From<Zone> for String {
    fn from(zone: Zone) -> Self {
        zone.0
    }
}

/// All time zones somebody may live in, by name.
pub fn zones() -> Vec<String> {
    let continents =
        ["Africa/", "America/", "Antarctica/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/"];
    let lived_in = |name: &String| continents.iter().any(|start| name.starts_with(start)) || name == "UTC";
    let mut zones: Vec<_> = tz::db().available().map(|name| name.to_string()).filter(lived_in).collect();
    zones.sort();
    zones.dedup();
    zones
}

/// Everything about a stage that its owner can change, checked.
#[derive(Debug)]
pub struct Look {
    name: StageName,
    description: Description,
    accent: Colour,
    background: Colour,
    language: Language,
    time_zone: Zone,
}

impl Look {
    /// Checks what was typed: name, description, accent, background, language, time zone.
    pub fn parse([name, description, accent, background, language, time_zone]: [&str; 6]) -> Result<Self> {
        let colour = |field, text| Colour::typed(text).ok_or(Problem { field, key: "stages.colour.invalid" });
        let spoken = |code| Language::find(code).ok_or(Problem { field: "language", key: "stages.language.unknown" });
        let mut problems = Vec::new();
        let name = note(&mut problems, StageName::parse(name));
        let description = note(&mut problems, Description::parse(description));
        let accent = note(&mut problems, colour("accent", accent));
        let background = note(&mut problems, colour("background", background));
        let language = note(&mut problems, spoken(language));
        let time_zone = note(&mut problems, Zone::parse(time_zone));
        match (name, description, accent, background, language, time_zone) {
            (Some(name), Some(description), Some(accent), Some(background), Some(language), Some(time_zone)) => {
                Ok(Self { name, description, accent, background, language, time_zone })
            }
            _ => Err(Error::Invalid(problems)),
        }
    }

    /// The stage as it will be.
    pub(super) fn laid_over(self, stage: &Stage) -> Stage {
        Stage {
            name: self.name.0,
            description: self.description.0,
            accent: self.accent.to_string(),
            background: self.background.to_string(),
            language: self.language.code().to_owned(),
            time_zone: self.time_zone.0,
            ..stage.clone()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Error, Look, zones};

    #[test]
    fn everything_wrong_is_said_at_once() {
        let Err(Error::Invalid(problems)) = Look::parse(["", &"x".repeat(501), "red", "#12", "tlh", "Mars/Olympus"])
        else {
            panic!("taken");
        };

        let fields: Vec<_> = problems.iter().map(|problem| problem.field).collect();
        assert_eq!(fields, ["name", "description", "accent", "background", "language", "time_zone"]);
        assert!(Look::parse(["Museum", "", "#ABC", "faf5ec", "de", "Europe/Berlin"]).is_ok());
    }

    #[test]
    fn the_list_of_zones_has_places_and_no_relics() {
        let zones = zones();

        assert!(zones.iter().any(|zone| zone == "Europe/Berlin"));
        assert!(zones.iter().any(|zone| zone == "UTC"));
        assert!(zones.len() > 300 && !zones.iter().any(|zone| zone.starts_with("Etc/") || zone == "CET"));
    }
}
