//! Months of the archive, as clocks of the stage count them.

use std::{collections::BTreeMap, fmt};

use jiff::{Timestamp, ToSpan, civil::Date, tz::TimeZone};

use crate::{
    app::{App, Result},
    store::Stage,
};

/// A month of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Month {
    /// The year.
    pub year: i16,
    /// From 1 to 12.
    pub month: i8,
}

impl Month {
    /// Reads what [`Month`]'s `Display` writes: `2026-05`; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let (year, month) = text.split_once('-')?;
        let digits = |text: &str, count: usize| text.len() == count && text.bytes().all(|b| b.is_ascii_digit());
        if !digits(year, 4) || !digits(month, 2) {
            return None;
        }
        let (year, month) = (year.parse().ok()?, month.parse().ok()?);
        ((1..=12).contains(&month) && year >= 1970).then_some(Self { year, month })
    }

    /// The month of an instant in a zone; `None` for an instant that no calendar has.
    pub fn of(millis: i64, zone: &TimeZone) -> Option<Self> {
        let at = Timestamp::from_millisecond(millis).ok()?.to_zoned_datetime(zone.clone());
        Some(Self { year: at.year(), month: at.month() })
    }

    /// From when to when it lasts in a zone, in milliseconds since 1970.
    pub fn span(self, zone: &TimeZone) -> Option<(i64, i64)> {
        let first = Date::new(self.year, self.month, 1).ok()?;
        let next = first.checked_add(1.month()).ok()?;
        let start = |date: Date| Some(date.to_zoned_datetime(zone.clone()).ok()?.timestamp().as_millisecond());
        Some((start(first)?, start(next)?))
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

/// Lists the months in which something was published that the public sees, the newest first, and how much.
pub async fn months(app: &App, stage: &Stage) -> Result<Vec<(Month, usize)>> {
    let zone = TimeZone::get(&stage.time_zone).unwrap_or(TimeZone::UTC);
    let mut counts: BTreeMap<Month, usize> = BTreeMap::new();
    for date in app.store.list_public_dates(&stage.id, app.clock.now()).await? {
        // Before 1970 no date is believed.
        if let Some(month) = Month::of(date, &zone).filter(|month| month.year >= 1970) {
            *counts.entry(month).or_default() += 1;
        }
    }
    Ok(counts.into_iter().rev().collect())
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;

    use super::Month;

    #[test]
    fn a_month_begins_when_clocks_of_its_zone_say_so() {
        let berlin = TimeZone::get("Europe/Berlin").unwrap();
        let march = Month { year: 2026, month: 3 };

        let (from, until) = march.span(&berlin).unwrap();

        // In March clocks are put forward: it is an hour short.
        assert_eq!((until - from) / 3_600_000, 31 * 24 - 1);
        assert_eq!(Month::of(from, &berlin), Some(march));
        assert_eq!(Month::of(from - 1, &berlin), Some(Month { year: 2026, month: 2 }));
        assert_eq!(Month::of(until, &berlin), Some(Month { year: 2026, month: 4 }));
        let december = Month { year: 2026, month: 12 }.span(&berlin).unwrap();
        assert_eq!(Month::of(december.1, &berlin), Some(Month { year: 2027, month: 1 }));
    }

    #[test]
    fn only_months_are_read() {
        assert_eq!(Month::parse("2026-05").map(|month| month.to_string()).as_deref(), Some("2026-05"));
        for wrong in ["", "2026", "2026-5", "2026-13", "2026-00", "0001-01", "+026-05", "2026-05-01", "20260-5"] {
            assert_eq!(Month::parse(wrong), None, "{wrong}");
        }
    }
}
