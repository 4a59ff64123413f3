//! Points in time, in words.

use jiff::{Timestamp, ZonedDateTime, tz::TimeZone};

use crate::tools::words::{self, Language};

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// How long ago; the date once it is more than a week.
pub(super) fn ago(language: Language, then: i64, now: i64, zone: &str) -> String {
    let (key, count) = match now.saturating_sub(then) {
        past if !(-MINUTE..7 * DAY).contains(&past) => return day(language, then, zone),
        past if past < MINUTE => return words::say(language, "times.now", &[]),
        past if past < HOUR => ("times.minutes", past / MINUTE),
        past if past < DAY => ("times.hours", past / HOUR),
        past => ("times.days", past / DAY),
    };
    words::say(language, key, &[("count", count.into())])
}

/// Day and time of day.
pub(super) fn full(language: Language, millis: i64, zone: &str) -> String {
    let Some(at) = zoned(millis, zone) else { return String::new() };
    let time = format!("{:02}:{:02}", at.hour(), at.minute());
    words::say(language, "times.full", &[("day", day(language, millis, zone).into()), ("time", time.into())])
}

/// RFC 3339, for machines.
pub(super) fn iso(millis: i64) -> String {
    Timestamp::from_millisecond(millis).map(|t| t.to_string()).unwrap_or_default()
}

/// A date for HTTP (RFC 9110).
pub(super) fn http(millis: i64) -> String {
    let printer = jiff::fmt::rfc2822::DateTimePrinter::new();
    let printed = Timestamp::from_millisecond(millis).and_then(|at| printer.timestamp_to_rfc9110_string(&at));
    printed.unwrap_or_default()
}

/// A date.
pub(super) fn date(language: Language, date: shared::programme::Date) -> String {
    let (year, month, day) = date.parts();
    let values = [("day", day.into()), ("month", month.into()), ("year", year.to_string().into())];
    words::say(language, "times.day", &values)
}

/// The day of an instant.
pub(super) fn day(language: Language, millis: i64, zone: &str) -> String {
    let Some(at) = zoned(millis, zone) else { return String::new() };
    words::say(
        language,
        "times.day",
        &[("day", at.day().into()), ("month", at.month().into()), ("year", at.year().to_string().into())],
    )
}

fn zoned(millis: i64, zone: &str) -> Option<ZonedDateTime> {
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    Some(Timestamp::from_millisecond(millis).ok()?.to_zoned_datetime(zone))
}

#[cfg(test)]
mod tests {
    use super::{ago, full, iso};
    use crate::tools::words::Language::{De, En};

    const NOW: i64 = 1_795_442_400_000; // 2026-11-23T14:00:00Z

    #[test]
    fn short_spans_are_told_as_spans_and_long_ones_as_dates() {
        assert_eq!(ago(De, NOW - 59_000, NOW, "UTC"), "gerade eben");
        assert_eq!(ago(De, NOW - 60_000, NOW, "UTC"), "vor 1 Minute");
        assert_eq!(ago(En, NOW - 7_200_000, NOW, "UTC"), "2 hours ago");
        assert_eq!(ago(En, NOW - 86_400_000, NOW, "UTC"), "yesterday");
        assert_eq!(ago(De, NOW - 8 * 86_400_000, NOW, "UTC"), "15. November 2026");
        assert_eq!(ago(En, NOW + 8 * 86_400_000, NOW, "UTC"), "1 December 2026");
    }

    #[test]
    fn a_moment_is_told_in_the_zone_of_its_stage() {
        assert_eq!(full(De, NOW, "Europe/Berlin"), "23. November 2026, 15:00 Uhr");
        assert_eq!(full(En, NOW, "no/where"), "23 November 2026, 14:00");
        assert_eq!(iso(NOW), "2026-11-23T14:00:00Z");
    }
}
