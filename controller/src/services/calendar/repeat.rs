//! Rules that repeat (RFC 5545, 3.3.10): when next, without counting through the past, and never for long.

use std::time::Instant;

use chrono::DateTime;
use rrule::{Frequency, RRule, RRuleSet, Tz, Unvalidated};

/// A time on the wall, in seconds since 1970 as if it were UTC: rules repeat by the wall, whatever the zone does.
pub(super) type Wall = i64;

/// Longest rule that is read.
const LONGEST_RULE: usize = 2_000;
/// Most times of one day that a rule may name: `rrule` keeps all those of a period at once.
const MOST_TIMES_A_DAY: usize = 48;
/// Most steps that one rule may take to find what is to come.
const MOST_STEPS: usize = 20_000;

/// When an event takes place that begins at `start` and repeats by `rule`, from a time on, at most so many times.
pub(super) fn occurrences(rule: &str, start: Wall, from: Wall, most: usize, deadline: Instant) -> Vec<Wall> {
    let Some(set) = set(rule, start, from) else { return Vec::new() };
    let mut found = Vec::new();
    for (step, at) in set.into_iter().enumerate() {
        if found.len() == most || step == MOST_STEPS || Instant::now() > deadline {
            break;
        }
        if at.timestamp() >= from {
            found.push(at.timestamp());
        }
    }
    found
}

fn set(text: &str, start: Wall, from: Wall) -> Option<RRuleSet> {
    let text = text.trim();
    if text.len() > LONGEST_RULE {
        return None;
    }
    let rule: RRule<Unvalidated> = with_wall_until(text)?.parse().ok()?;
    let times = [rule.get_by_hour().len(), rule.get_by_minute().len(), rule.get_by_second().len()];
    if times.iter().map(|count| (*count).max(1)).product::<usize>() > MOST_TIMES_A_DAY {
        return None;
    }
    let start = at(if rule.get_count().is_none() { later(&rule, start, from) } else { start })?;
    let rule = rule.validate(start).ok()?;
    // The limit ends a search through years in which nothing can match.
    Some(RRuleSet::new(start).rrule(rule).limit())
}

fn at(wall: Wall) -> Option<DateTime<Tz>> {
    Some(DateTime::from_timestamp(wall, 0)?.with_timezone(&Tz::UTC))
}

/// A later start from which the rule gives the same from `from` on: whole steps of its interval are left out.
fn later(rule: &RRule<Unvalidated>, start: Wall, from: Wall) -> Wall {
    let interval = i64::from(rule.get_interval().max(1));
    let seconds = match rule.get_freq() {
        Frequency::Secondly => interval,
        Frequency::Minutely => 60 * interval,
        Frequency::Hourly => 3_600 * interval,
        Frequency::Daily => 86_400 * interval,
        Frequency::Weekly => 7 * 86_400 * interval,
        Frequency::Monthly => return later_by_months(start, from, interval),
        Frequency::Yearly => return later_by_months(start, from, 12 * interval),
    };
    // Two steps early, because a step may hold several times.
    start + (from.saturating_sub(start) / seconds - 2).max(0) * seconds
}

fn later_by_months(start: Wall, from: Wall, interval: i64) -> Wall {
    let months = (from.saturating_sub(start) / (31 * 86_400) / interval - 2).max(0) * interval;
    let moved = jiff::Timestamp::from_second(start).ok().and_then(|at| {
        let civil = at.to_zoned_datetime(jiff::tz::TimeZone::UTC).datetime();
        // Not every month has a 29th; these few steps can be taken one by one.
        let moved = (civil.day() <= 28).then(|| civil.checked_add(jiff::Span::new().try_months(months).ok()?).ok());
        moved.flatten()?.to_zoned_datetime(jiff::tz::TimeZone::UTC).ok()
    });
    moved.map_or(start, |moved| moved.timestamp().as_second())
}

/// The rule with the wall time of its end, which `rrule` takes for UTC like everything here. (It is UTC in most rules; an
/// event that begins at nine does not repeat an hour longer or shorter for that.)
fn with_wall_until(text: &str) -> Option<String> {
    let mut parts = Vec::new();
    for part in text.split(';').filter(|part| !part.is_empty()) {
        match part.split_once('=') {
            Some((name, value)) if name.trim().eq_ignore_ascii_case("UNTIL") => {
                let value = value.trim().trim_end_matches(['Z', 'z']);
                let (date, time) = value.split_once(['T', 't']).unwrap_or((value, "235959"));
                parts.push(format!("UNTIL={date}T{time}Z"));
            }
            Some((name, value)) => parts.push(format!("{}={}", name.trim(), value.trim())),
            None => return None,
        }
    }
    (!parts.is_empty()).then(|| parts.join(";"))
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::occurrences;

    /// Seconds since 1970 of a wall time.
    fn wall(text: &str) -> i64 {
        let civil: jiff::civil::DateTime = text.parse().unwrap();
        civil.to_zoned_datetime(jiff::tz::TimeZone::UTC).unwrap().timestamp().as_second()
    }

    fn said(rule: &str, start: &str, from: &str) -> Vec<String> {
        let deadline = Instant::now() + Duration::from_secs(5);
        let found = occurrences(rule, wall(start), wall(from), 3, deadline);
        let text = |at: &i64| {
            jiff::Timestamp::from_second(*at).unwrap().to_zoned_datetime(jiff::tz::TimeZone::UTC).datetime().to_string()
        };
        found.iter().map(text).collect()
    }

    #[test]
    fn leaving_out_the_past_keeps_the_step() {
        let table: [(&str, &str, [&str; 3]); 8] = [
            ("FREQ=DAILY;INTERVAL=3", "2001-01-01T09:00", ["2026-05-05", "2026-05-08", "2026-05-11"]),
            ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR", "2001-01-01T09:00", ["2026-05-08", "2026-05-18", "2026-05-22"]),
            ("FREQ=MONTHLY;BYDAY=-1SU", "2001-01-28T09:00", ["2026-05-31", "2026-06-28", "2026-07-26"]),
            ("FREQ=MONTHLY", "2001-01-31T09:00", ["2026-05-31", "2026-07-31", "2026-08-31"]),
            ("FREQ=MONTHLY;INTERVAL=5", "2001-01-15T09:00", ["2026-06-15", "2026-11-15", "2027-04-15"]),
            ("FREQ=YEARLY", "2000-02-29T09:00", ["2028-02-29", "2032-02-29", "2036-02-29"]),
            ("FREQ=YEARLY;INTERVAL=4", "2001-05-04T13:00", ["2029-05-04", "2033-05-04", "2037-05-04"]),
            (
                "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1",
                "2001-01-01T09:00",
                ["2026-06-01", "2026-07-01", "2026-08-03"],
            ),
        ];
        for (rule, start, dates) in table {
            let found = said(rule, start, "2026-05-04T12:00");
            let dates: Vec<_> = dates.iter().map(|date| format!("{date}T{}:00", &start[11..])).collect();
            assert_eq!(found, dates, "{rule}");
        }
    }

    #[test]
    fn a_rule_ends_where_it_says() {
        assert_eq!(said("FREQ=DAILY;COUNT=3", "2026-05-03T09:00", "2026-05-04T00:00").len(), 2);
        assert_eq!(said("FREQ=DAILY;UNTIL=20260505T090000Z", "2001-05-03T09:00", "2026-05-04T00:00").len(), 2);
        assert_eq!(said("FREQ=DAILY;UNTIL=20260505", "2001-05-03T09:00", "2026-05-04T00:00").len(), 2);
        assert_eq!(said("FREQ=DAILY;UNTIL=20100505", "2001-05-03T09:00", "2026-05-04T00:00").len(), 0);
    }

    #[test]
    fn no_rule_takes_long() {
        let all =
            |name: &str, to: usize| format!("{name}={}", (0..to).map(|n| n.to_string()).collect::<Vec<_>>().join(","));
        let dense = format!("FREQ=DAILY;{};{};{}", all("BYHOUR", 24), all("BYMINUTE", 60), all("BYSECOND", 60));
        let start = Instant::now();

        assert_eq!(said("FREQ=SECONDLY", "1970-01-01T00:00", "2026-05-04T12:00").len(), 3);
        assert_eq!(said("FREQ=SECONDLY;COUNT=2000000000", "1970-01-01T00:00", "2026-05-04T12:00").len(), 0);
        assert_eq!(said("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "1970-01-01T00:00", "2026-05-04T12:00").len(), 0);
        assert_eq!(said(&dense, "1970-01-01T00:00", "2026-05-04T12:00").len(), 0);
        for nonsense in ["", "FREQ", "FREQ=NEVER", "FREQ=DAILY;INTERVAL=0", "FREQ=DAILY;COUNT=-1", "FREQ=DAILY;X=é"] {
            said(nonsense, "1970-01-01T00:00", "2026-05-04T12:00");
        }
        assert!(start.elapsed() < Duration::from_secs(10), "{:?}", start.elapsed());
    }
}
