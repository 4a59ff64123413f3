//! How a screen is, as its owner sees it.

use shared::protocol::{Fault, Report, State};

use crate::{app::Seen, store::Screen};

/// After so long without a sign of life a screen counts as away, wherever it is
/// connected: it says something every half minute.
const AWAY_AFTER: i64 = 90_000;
/// After so long it is worth a look.
const LOST_AFTER: i64 = 24 * 60 * 60 * 1_000;

/// A screen and how it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Status {
    /// The screen.
    pub screen: Screen,
    /// Whether it is connected.
    pub online: bool,
    /// In one word.
    pub mood: Mood,
    /// Last sign of life, in milliseconds since 1970; 0 for never.
    pub seen_at: i64,
    /// What it said last.
    pub report: Option<Report>,
}

/// How a screen is, in one word: from good to bad.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mood {
    /// Plays the newest programme.
    Playing,
    /// Connected, and on its way to the newest programme.
    Catching,
    /// Connected, with nothing to show.
    Waiting,
    /// Connected, and something is wrong.
    Faulty,
    /// Not connected for some minutes or hours.
    Away,
    /// Not connected for more than a day.
    Lost,
    /// Paired, but never seen since.
    New,
}

impl Mood {
    /// Last part of the translation key.
    pub fn name(self) -> &'static str {
        match self {
            Self::Playing => "playing",
            Self::Catching => "catching",
            Self::Waiting => "waiting",
            Self::Faulty => "faulty",
            Self::Away => "away",
            Self::Lost => "lost",
            Self::New => "new",
        }
    }
}

impl Status {
    /// Puts together what the database and this process know.
    pub fn new(screen: Screen, linked: bool, seen: Option<Seen>, now: i64) -> Self {
        let seen_at = seen.as_ref().map_or(0, |seen| seen.at).max(screen.seen_at);
        let newer = seen.filter(|seen| seen.at >= screen.seen_at).and_then(|seen| seen.report);
        let report = newer.or_else(|| serde_json::from_str(&screen.report).ok());
        let online = linked || (seen_at > 0 && now - seen_at < AWAY_AFTER);
        let mood = mood(online, seen_at, report.as_ref(), screen.version, now);
        Self { screen, online, mood, seen_at, report }
    }

    /// Whether it plays the newest version of its programme.
    pub fn is_current(&self) -> bool {
        let version = self.report.as_ref().map_or(0, |report| report.version);
        version > 0 && i64::try_from(version).is_ok_and(|version| version >= self.screen.version)
    }

    /// What is wrong, newest first.
    pub fn faults(&self) -> Vec<&Fault> {
        self.report.iter().flat_map(|report| report.faults.iter().rev()).collect()
    }

    /// Whether it draws on the CPU and so keeps still.
    pub fn is_still(&self) -> bool {
        self.report.as_ref().is_some_and(|report| report.still)
    }

    /// Whether an entry is on in a region.
    pub fn shows(&self, region: &str, entry: &str) -> bool {
        self.report.iter().flat_map(|report| &report.on).any(|on| on.region == region && on.entry == entry)
    }

    /// Entry of the region `main` that is on.
    pub fn on(&self) -> Option<&str> {
        let report = self.report.as_ref()?;
        report.on.iter().find(|on| on.region == "main").map(|on| on.entry.as_str())
    }
}

fn mood(online: bool, seen_at: i64, report: Option<&Report>, version: i64, now: i64) -> Mood {
    if !online {
        return match seen_at {
            0 => Mood::New,
            at if now - at > LOST_AFTER => Mood::Lost,
            _ => Mood::Away,
        };
    }
    let Some(report) = report else { return Mood::Catching };
    let current = i64::try_from(report.version).is_ok_and(|has| has >= version);
    match report.state {
        State::Fault => Mood::Faulty,
        _ if !report.faults.is_empty() => Mood::Faulty,
        State::Playing if current => Mood::Playing,
        State::Waiting if current => Mood::Waiting,
        _ => Mood::Catching,
    }
}

#[cfg(test)]
mod tests {
    use shared::protocol::{Fault, Report, State};

    use super::{AWAY_AFTER, LOST_AFTER, Mood, Status};
    use crate::store::Screen;

    const NOW: i64 = 1_000_000_000;

    fn status(linked: bool, seen_at: i64, report: &Report) -> Status {
        let screen =
            Screen { seen_at, report: serde_json::to_string(report).unwrap(), version: 5, ..Screen::default() };
        Status::new(screen, linked, None, NOW)
    }

    #[test]
    fn each_state_has_its_word() {
        let playing = Report { state: State::Playing, version: 5, ..Report::default() };
        let behind = Report { version: 4, ..playing.clone() };
        let fault = Fault { name: "hash".into(), detail: String::new(), at: 1 };
        let faulty = Report { faults: vec![fault], ..playing.clone() };

        assert_eq!(status(true, NOW, &playing).mood, Mood::Playing);
        assert_eq!(status(true, NOW, &behind).mood, Mood::Catching);
        assert_eq!(status(true, NOW, &faulty).mood, Mood::Faulty);
        assert_eq!(status(false, NOW - AWAY_AFTER + 1, &playing).mood, Mood::Playing);
        assert_eq!(status(false, NOW - AWAY_AFTER, &playing).mood, Mood::Away);
        assert_eq!(status(false, NOW - LOST_AFTER - 1, &playing).mood, Mood::Lost);
        assert_eq!(status(false, 0, &playing).mood, Mood::New);
        assert!(status(true, NOW, &playing).is_current() && !status(true, NOW, &behind).is_current());
    }
}
