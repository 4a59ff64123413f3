//! Time zones of a calendar: by their IANA names, by what Windows calls them, or as the calendar itself describes them.

use std::{cell::RefCell, collections::HashMap, rc::Rc, time::Instant};

use jiff::{Timestamp, civil::DateTime, tz::TimeZone};

use super::{
    lines::Line,
    repeat::{Wall, occurrences},
    windows,
};

/// Most zones a calendar may describe, and most changes in each.
const MOST_ZONES: usize = 100;
const MOST_CHANGES: usize = 60;
/// A change of the clocks is looked for in the two years before.
const LOOKED_BACK: Wall = 2 * 366 * 86_400;

/// What a clock shows at an instant.
#[derive(Clone, Debug)]
pub(super) enum Clock {
    /// As the world knows it.
    Known(TimeZone),
    /// As the calendar describes it.
    Own(Rc<Described>),
}

/// A zone as a calendar describes it (`VTIMEZONE`).
#[derive(Debug, Default)]
pub(super) struct Described {
    changes: Vec<Observance>,
    /// Offset at a wall time, by the day; 100,000 events share few days.
    held: RefCell<HashMap<i64, i64>>,
}

/// A time during which the clock is this far ahead (`STANDARD`, `DAYLIGHT`).
#[derive(Clone, Debug, Default)]
struct Observance {
    start: Wall,
    rule: Option<String>,
    dates: Vec<Wall>,
    /// Seconds ahead of UTC, before and from then on.
    before: i64,
    ahead: i64,
}

impl Clock {
    /// The instant, in milliseconds since 1970, at which the clock shows this; of two the first, of none the one after.
    pub(super) fn instant(&self, wall: Wall, deadline: Instant) -> Option<i64> {
        match self {
            Self::Known(zone) => Some(zone.to_ambiguous_timestamp(civil(wall)?).compatible().ok()?.as_millisecond()),
            Self::Own(zone) => Some((wall - zone.ahead(wall, deadline)) * 1_000),
        }
    }

    /// What the clock shows at an instant.
    pub(super) fn wall(&self, millis: i64, deadline: Instant) -> Wall {
        let seconds = millis.div_euclid(1_000);
        match self {
            Self::Known(zone) => {
                seconds + Timestamp::from_second(seconds).map_or(0, |at| i64::from(zone.to_offset(at).seconds()))
            }
            Self::Own(zone) => seconds + zone.ahead(seconds, deadline),
        }
    }
}

/// A wall time as a date and a time.
pub(super) fn civil(wall: Wall) -> Option<DateTime> {
    Some(Timestamp::from_second(wall).ok()?.to_zoned_datetime(TimeZone::UTC).datetime())
}

impl Described {
    fn ahead(&self, wall: Wall, deadline: Instant) -> i64 {
        let day = wall.div_euclid(3_600);
        if let Some(held) = self.held.borrow().get(&day) {
            return *held;
        }
        let latest = self.changes.iter().filter_map(|change| Some((change.latest(wall, deadline)?, change.ahead)));
        let first = || self.changes.iter().min_by_key(|change| change.start).map_or(0, |change| change.before);
        let ahead = latest.max_by_key(|(at, _)| *at).map_or_else(first, |(_, ahead)| ahead);
        self.held.borrow_mut().insert(day, ahead);
        ahead
    }
}

impl Observance {
    /// When it began last before a wall time.
    fn latest(&self, wall: Wall, deadline: Instant) -> Option<Wall> {
        let from = wall - LOOKED_BACK;
        let repeated = self.rule.iter().flat_map(|rule| occurrences(rule, self.start, from, 8, deadline));
        let once = std::iter::once(self.start).chain(self.dates.iter().copied());
        once.chain(repeated).filter(|at| *at <= wall).max()
    }
}

/// The zones a calendar names, as they are met.
pub(super) struct Clocks {
    /// Where nothing is said: the venue's, or what the calendar says for all.
    floating: Clock,
    described: HashMap<String, Rc<Described>>,
    /// The zone being described.
    open: Option<(String, Described)>,
    known: HashMap<String, Clock>,
}

impl Clocks {
    pub(super) fn new(venue: &str) -> Self {
        let floating = Clock::Known(TimeZone::get(venue).unwrap_or(TimeZone::UTC));
        Self { floating, described: HashMap::new(), open: None, known: HashMap::new() }
    }

    /// Where nothing is said.
    pub(super) fn floating(&self) -> Clock {
        self.floating.clone()
    }

    /// Takes what a calendar says for all its times (`X-WR-TIMEZONE`).
    pub(super) fn usual(&mut self, name: &str) {
        if let Some(zone) = by_name(name) {
            self.floating = Clock::Known(zone);
        }
    }

    /// The clock of a `TZID`; the venue's where nobody knows it.
    pub(super) fn find(&mut self, name: &str) -> Clock {
        if let Some(known) = self.known.get(name) {
            return known.clone();
        }
        let own = || self.described.get(name).map(|zone| Clock::Own(Rc::clone(zone)));
        let clock = by_name(name).map(Clock::Known).or_else(own).unwrap_or_else(|| self.floating());
        if self.known.len() < 10 * MOST_ZONES {
            self.known.insert(name.to_owned(), clock.clone());
        }
        clock
    }

    /// Reads a line of a description; `part` is the innermost component.
    pub(super) fn describe(&mut self, part: &str, line: &Line) {
        let (name, zone) = self.open.get_or_insert_with(Default::default);
        let seconds = || super::entry::wall(&line.value).map(|(wall, _)| wall);
        match (part, line.name.as_str()) {
            ("VTIMEZONE", "TZID") => name.clone_from(&line.value),
            (_, "BEGIN") if zone.changes.len() < MOST_CHANGES => zone.changes.push(Observance::default()),
            ("STANDARD" | "DAYLIGHT", field) => {
                let Some(change) = zone.changes.last_mut() else { return };
                match field {
                    "DTSTART" => change.start = seconds().unwrap_or_default(),
                    "RRULE" => change.rule = Some(line.value.clone()),
                    "RDATE" if change.dates.len() < MOST_CHANGES => {
                        let dates = line.value.split(',').filter_map(super::entry::wall);
                        change.dates.extend(dates.map(|(wall, _)| wall).take(MOST_CHANGES));
                    }
                    "TZOFFSETTO" => change.ahead = offset(&line.value).unwrap_or_default(),
                    "TZOFFSETFROM" => change.before = offset(&line.value).unwrap_or_default(),
                    _ => {}
                }
            }
            _ => {}
        }
    }

    /// A description has ended.
    pub(super) fn described(&mut self) {
        if let Some((name, zone)) = self.open.take()
            && !zone.changes.is_empty()
            && self.described.len() < MOST_ZONES
        {
            self.described.insert(name, Rc::new(zone));
        }
    }
}

/// A zone by what it is called: `Europe/Berlin`, `/citadel.org/20210210_1/Europe/Berlin`, `W. Europe Standard Time`.
fn by_name(name: &str) -> Option<TimeZone> {
    let name = name.trim().trim_matches('"');
    if name.is_empty() || name.len() > 200 {
        return None;
    }
    if let Some(iana) = windows::iana(name) {
        return TimeZone::get(iana).ok();
    }
    let tails = std::iter::successors(Some(name), |rest| rest.split_once('/').map(|(_, rest)| rest));
    tails.filter(|tail| tail.len() > 2).find_map(|tail| TimeZone::get(tail).ok())
}

/// `+0100`, `-053000`: seconds ahead of UTC.
fn offset(text: &str) -> Option<i64> {
    let text = text.trim();
    let sign = if text.starts_with('-') { -1 } else { 1 };
    let digits = text.trim_start_matches(['+', '-']);
    let part = |at: usize| digits.get(at..at + 2).and_then(|part| part.parse::<i64>().ok());
    let (hours, minutes) = (part(0)?, part(2)?);
    (hours <= 15 && minutes < 60).then(|| sign * (hours * 3_600 + minutes * 60 + part(4).unwrap_or(0)))
}

#[cfg(test)]
mod tests {
    use super::{by_name, offset};

    #[test]
    fn zones_are_known_by_all_their_names() {
        for name in ["Europe/Berlin", "/freeassociation.sourceforge.net/Europe/Berlin", "W. Europe Standard Time"] {
            assert_eq!(
                by_name(name).and_then(|zone| zone.iana_name().map(str::to_owned)),
                Some("Europe/Berlin".into())
            );
        }
        for nonsense in ["", "Mars/Base", "Customized Time Zone", "../../etc/passwd", "é/é"] {
            assert!(by_name(nonsense).is_none(), "{nonsense}");
        }
    }

    #[test]
    fn offsets_have_signs_and_bounds() {
        assert_eq!([offset("+0100"), offset("-053000"), offset("0000")], [Some(3_600), Some(-19_800), Some(0)]);
        assert_eq!([offset("+9900"), offset("1"), offset("é000")], [None, None, None]);
    }
}
