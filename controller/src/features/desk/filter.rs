//! What a desk shows, as it stands in its address.

use jiff::{civil::Date, tz::TimeZone};

use crate::{
    features::posts::Query,
    store::{DeskMedia, DeskQuery, PostGroup, Stage},
};

/// Where posts stand, as people choose it.
pub const STATES: [PostGroup; 5] =
    [PostGroup::All, PostGroup::Queue, PostGroup::Shown, PostGroup::Waiting, PostGroup::Hidden];

/// Longest value of a filter, in characters.
const LONGEST: usize = 100;

/// What a desk shows. What is empty asks for nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Words.
    pub q: String,
    /// Id of a stage.
    pub stage: String,
    /// Name of a [`PostGroup`].
    pub state: String,
    /// Id of a source.
    pub source: String,
    /// Stable name of a network.
    pub network: String,
    /// Id of a topic; `none` for posts without one.
    pub topic: String,
    /// `picture`, `film` or `nothing`.
    pub media: String,
    /// Primary language tag; `none` where nobody said it.
    pub language: String,
    /// First day, as `2026-11-27`.
    pub from: String,
    /// Last day.
    pub to: String,
}

impl Filter {
    /// Reads pairs of names and values, as an address or a form has them; whatever is not a filter is passed over.
    pub fn read<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut filter = Self::default();
        for (name, value) in pairs {
            let longest = if name == "q" { crate::features::posts::LONGEST_QUERY } else { LONGEST };
            if let Some(field) = filter.field(name) {
                *field = value.trim().chars().take(longest).collect();
            }
        }
        if filter.state == PostGroup::All.name() {
            filter.state.clear();
        }
        filter
    }

    fn field(&mut self, name: &str) -> Option<&mut String> {
        Some(match name {
            "q" => &mut self.q,
            "stage" => &mut self.stage,
            "state" => &mut self.state,
            "source" => &mut self.source,
            "network" => &mut self.network,
            "topic" => &mut self.topic,
            "media" => &mut self.media,
            "language" => &mut self.language,
            "from" => &mut self.from,
            "to" => &mut self.to,
            _ => return None,
        })
    }

    /// What it asks for, in the order of addresses: name and value.
    pub fn pairs(&self) -> Vec<(&'static str, &str)> {
        let all = [
            ("q", &self.q),
            ("stage", &self.stage),
            ("state", &self.state),
            ("source", &self.source),
            ("network", &self.network),
            ("topic", &self.topic),
            ("media", &self.media),
            ("language", &self.language),
            ("from", &self.from),
            ("to", &self.to),
        ];
        all.into_iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| (name, value.as_str())).collect()
    }

    /// As it stands in an address, behind the question mark.
    pub fn address(&self) -> String {
        url::form_urlencoded::Serializer::new(String::new()).extend_pairs(self.pairs()).finish()
    }

    /// Whether it leaves anything out.
    pub fn asks(&self) -> bool {
        !self.pairs().is_empty()
    }

    /// Whether it leaves anything out beside words, state and stage.
    pub fn asks_more(&self) -> bool {
        self.pairs().iter().any(|(name, _)| !["q", "state", "stage"].contains(name))
    }

    /// Where the chosen posts stand.
    pub fn group(&self) -> PostGroup {
        STATES.into_iter().find(|group| group.name() == self.state).unwrap_or_default()
    }

    /// As the store is asked, about these stages of an account. Days are those of the chosen stage, else of the first.
    pub fn query(&self, stages: &[Stage]) -> DeskQuery {
        let chosen: Vec<_> = stages.iter().filter(|stage| self.stage.is_empty() || stage.id == self.stage).collect();
        let zone = chosen.first().and_then(|stage| TimeZone::get(&stage.time_zone).ok()).unwrap_or(TimeZone::UTC);
        let any = |value: &String| (!value.is_empty()).then(|| value.clone());
        let none = |value: &String| any(value).map(|value| if value == "none" { String::new() } else { value });
        DeskQuery {
            stages: chosen.into_iter().map(|stage| stage.id.clone()).collect(),
            group: self.group(),
            source: any(&self.source),
            network: any(&self.network),
            topic: none(&self.topic),
            media: match self.media.as_str() {
                "picture" => Some(DeskMedia::Picture),
                "film" => Some(DeskMedia::Film),
                "nothing" => Some(DeskMedia::Nothing),
                _ => None,
            },
            language: none(&self.language),
            from: day(&self.from).and_then(|day| begin(day, &zone)),
            until: day(&self.to).and_then(|day| begin(day.tomorrow().ok()?, &zone)),
            search: Query::parse(&self.q).search(),
        }
    }
}

fn day(typed: &str) -> Option<Date> {
    typed.parse().ok()
}

/// When a day begins in a zone.
fn begin(day: Date, zone: &TimeZone) -> Option<i64> {
    Some(day.to_zoned_datetime(zone.clone()).ok()?.timestamp().as_millisecond())
}

#[cfg(test)]
mod tests {
    use super::Filter;
    use crate::store::{DeskMedia, PostGroup, Stage};

    fn stage(id: &str) -> Stage {
        Stage {
            id: id.into(),
            account_id: "a".into(),
            handle: id.into(),
            likeness: id.into(),
            name: id.into(),
            description: String::new(),
            accent: String::new(),
            background: String::new(),
            logo_id: None,
            language: "de".into(),
            time_zone: "Europe/Berlin".into(),
            created_at: 0,
            changed_at: 0,
        }
    }

    #[test]
    fn a_filter_is_the_same_after_a_way_through_an_address() {
        let pairs = [("q", " Bäder & „Feste“ "), ("state", "hidden"), ("stage", "s"), ("to", "2026-11-27"), ("x", "y")];
        let filter = Filter::read(pairs);
        let address = filter.address();
        let again: Vec<_> = url::form_urlencoded::parse(address.as_bytes()).into_owned().collect();

        assert_eq!(Filter::read(again.iter().map(|(name, value)| (name.as_str(), value.as_str()))), filter);
        assert!(filter.asks() && !Filter::read([("state", "all"), ("q", " ")]).asks());
        assert_eq!(Filter::read([("topic", "x".repeat(500).as_str())]).topic.len(), 100);
    }

    #[test]
    fn a_filter_asks_for_what_it_says() {
        let pairs = [("stage", "two"), ("state", "waiting"), ("topic", "none"), ("media", "film"), ("language", "de")];
        let query = Filter::read(pairs).query(&[stage("one"), stage("two")]);

        assert_eq!((query.stages, query.group), (vec!["two".to_owned()], PostGroup::Waiting));
        assert_eq!((query.topic.as_deref(), query.media, query.source), (Some(""), Some(DeskMedia::Film), None));
        // One day in summer, by the clocks of Berlin.
        let query = Filter::read([("from", "2026-05-04"), ("to", "2026-05-04")]).query(&[stage("one")]);
        assert_eq!((query.from, query.until), (Some(1_777_845_600_000), Some(1_777_932_000_000)));
        assert_eq!(Filter::read([("from", "gestern")]).query(&[]).from, None);
    }
}
