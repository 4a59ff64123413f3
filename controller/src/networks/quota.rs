//! What a network grants to all sources of this instance together, as data, and the meter that runs along.

use std::sync::atomic::{AtomicI64, Ordering};

use jiff::{Timestamp, tz::TimeZone};

/// What one instance may ask of a network, for all its sources together. Without grants only what the network says
/// while it answers counts.
#[derive(Debug)]
pub struct Quota {
    /// What it grants. The operator's own figure takes the place of the last one.
    pub grants: &'static [Grant],
}

/// So many within so long.
#[derive(Debug)]
pub struct Grant {
    /// Stable name in the database.
    pub name: &'static str,
    /// What is counted.
    pub unit: Unit,
    /// How many; `None` where nobody but the operator knows it: then nothing is counted until it is set.
    pub units: Option<i64>,
    /// Within how long.
    pub span: Span,
    /// How many one visit of one source costs as a rule.
    pub per_visit: i64,
}

/// What a network counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Requests.
    Requests,
    /// Posts that were handed out.
    Posts,
}

/// A time after which everything is granted anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    /// So many seconds, counted from 1970.
    Secs(i64),
    /// A day, in this time zone.
    Day(&'static str),
    /// A month, in UTC.
    Month,
}

impl Span {
    /// When the one that is under way ends, in milliseconds since 1970.
    pub fn ends_at(self, now: i64) -> i64 {
        let secs = |secs: i64| {
            let millis = secs.max(1) * 1_000;
            (now.div_euclid(millis) + 1) * millis
        };
        match self {
            Self::Secs(length) => secs(length),
            Self::Day(zone) => next_start(now, zone, false).unwrap_or_else(|| secs(24 * 3_600)),
            Self::Month => next_start(now, "UTC", true).unwrap_or_else(|| secs(30 * 24 * 3_600)),
        }
    }

    /// How long one is, in seconds.
    pub fn secs(self) -> i64 {
        match self {
            Self::Secs(secs) => secs,
            Self::Day(_) => 24 * 3_600,
            Self::Month => 30 * 24 * 3_600,
        }
    }
}

/// The next midnight in a time zone, or the next one that begins a month.
fn next_start(now: i64, zone: &str, of_month: bool) -> Option<i64> {
    let zone = TimeZone::get(zone).ok()?;
    let today = Timestamp::from_millisecond(now).ok()?.to_zoned_datetime(zone.clone()).date();
    let day = if of_month { today.last_of_month().tomorrow().ok()? } else { today.tomorrow().ok()? };
    Some(day.to_zoned_datetime(zone).ok()?.timestamp().as_millisecond())
}

/// Counts along while a network is asked.
#[derive(Debug, Default)]
pub struct Meter {
    requests: AtomicI64,
    posts: AtomicI64,
    rests_until: AtomicI64,
}

impl Meter {
    /// One more request.
    pub(super) fn asked(&self) {
        self.requests.fetch_add(1, Ordering::Relaxed);
    }

    /// So many posts were handed out.
    pub(super) fn read(&self, posts: usize) {
        self.posts.fetch_add(i64::try_from(posts).unwrap_or(i64::MAX), Ordering::Relaxed);
    }

    /// The network wants no request of this instance before a time.
    pub(super) fn rest(&self, until: i64) {
        self.rests_until.fetch_max(until, Ordering::Relaxed);
    }

    /// How many of a unit were used.
    pub fn used(&self, unit: Unit) -> i64 {
        match unit {
            Unit::Requests => self.requests.load(Ordering::Relaxed),
            Unit::Posts => self.posts.load(Ordering::Relaxed),
        }
    }

    /// Until when the network wants no request of this instance; `None` when it may be asked.
    pub fn rests_until(&self) -> Option<i64> {
        Some(self.rests_until.load(Ordering::Relaxed)).filter(|until| *until > 0)
    }
}

#[cfg(test)]
mod tests {
    use super::Span;

    #[test]
    fn grants_come_back_when_the_network_says() {
        // 2027-01-15T08:00:00Z is midnight in California; a minute earlier it is still the day before.
        const NOW: i64 = 1_800_000_000_000;
        let day = Span::Day("America/Los_Angeles");
        assert_eq!(day.ends_at(NOW - 60_000), NOW);
        assert_eq!(day.ends_at(NOW), NOW + 86_400_000);
        assert_eq!(Span::Day("UTC").ends_at(NOW), NOW + 16 * 3_600_000);
        assert_eq!(Span::Secs(900).ends_at(NOW + 1), NOW + 900_000);
        assert_eq!(Span::Month.ends_at(NOW), 1_801_440_000_000, "2027-02-01");
        // The day on which the clocks go forward there has 23 hours: 2027-03-14.
        assert_eq!(day.ends_at(1_805_011_200_000) - 1_805_011_200_000, 23 * 3_600_000);
    }
}
