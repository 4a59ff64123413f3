//! When something is on: windows of weekdays, times and dates in the venue's time zone.

use serde::{Deserialize, Serialize};

use super::zone::{Date, Zone};

/// Minutes of a civil day.
pub const DAY_MINUTES: u16 = 1_440;
/// How many days around an instant are searched for a change: a year, whatever was excepted in it.
const HORIZON: i32 = 400;

/// Times at which something is on. What begins at a time the clocks are set forward over begins when they are; what
/// begins or ends at a time they show twice does so the first time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window {
    /// Weekdays on which it begins, Monday first.
    #[serde(default = "every_day")]
    pub days: [bool; 7],
    /// When it begins, in minutes from local midnight.
    #[serde(default)]
    pub from: u16,
    /// When it ends, in minutes from local midnight; not later than `from` means on the next day.
    #[serde(default = "end_of_day")]
    pub to: u16,
    /// First date on which it may begin.
    #[serde(default)]
    pub first: Option<Date>,
    /// Last date on which it may begin.
    #[serde(default)]
    pub last: Option<Date>,
    /// Dates on which it does not begin.
    #[serde(default)]
    pub except: Vec<Date>,
}

fn every_day() -> [bool; 7] {
    [true; 7]
}

fn end_of_day() -> u16 {
    DAY_MINUTES
}

impl Default for Window {
    /// Always.
    fn default() -> Self {
        Self { days: every_day(), from: 0, to: DAY_MINUTES, first: None, last: None, except: Vec::new() }
    }
}

impl Window {
    fn begins_on(&self, date: Date) -> bool {
        self.days[usize::from(date.weekday())]
            && self.first.is_none_or(|first| first <= date)
            && self.last.is_none_or(|last| date <= last)
            && !self.except.contains(&date)
    }

    /// Begin and end of what begins on a date.
    fn span(&self, date: Date, zone: &Zone) -> (i64, i64) {
        let minutes = |minute: u16| i64::from(minute.min(DAY_MINUTES)) * 60_000;
        let next = if self.to <= self.from { date.plus(1) } else { date };
        (zone.instant(date, minutes(self.from)), zone.instant(next, minutes(self.to)))
    }

    fn spans_around(&self, at: i64, zone: &Zone) -> impl Iterator<Item = (i64, i64)> {
        let today = zone.date(at);
        // Clocks may be set over midnight.
        let days = (-2..=1).map(move |day| today.plus(day)).filter(|date| self.begins_on(*date));
        days.map(|date| self.span(date, zone))
    }

    fn is_on(&self, at: i64, zone: &Zone) -> bool {
        self.spans_around(at, zone).any(|(begin, end)| begin <= at && at < end)
    }

    /// Every instant after `at` at which this window begins or ends, soonest days first.
    fn edges_after(&self, at: i64, zone: &Zone) -> impl Iterator<Item = i64> {
        let today = zone.date(at);
        let start = self.first.map_or(today.plus(-2), |first| today.plus(-2).max(first));
        let end = self.last.map_or(start.plus(HORIZON), |last| start.plus(HORIZON).min(last));
        let days = (start.0..=end.0).map(Date).filter(|date| self.begins_on(*date));
        days.flat_map(|date| <[i64; 2]>::from(self.span(date, zone))).filter(move |edge| *edge > at)
    }

    /// Every instant not after `at` at which this window begins or ends, latest days first.
    fn edges_before(&self, at: i64, zone: &Zone) -> impl Iterator<Item = i64> {
        let today = zone.date(at);
        let start = self.last.map_or(today.plus(1), |last| today.plus(1).min(last));
        let end = self.first.map_or(start.plus(-HORIZON), |first| start.plus(-HORIZON).max(first));
        let days = (end.0..=start.0).rev().map(Date).filter(|date| self.begins_on(*date));
        days.flat_map(|date| {
            let (begin, end) = self.span(date, zone);
            [end, begin]
        })
        .filter(move |edge| *edge <= at)
    }
}

/// Windows, any of which will do; none at all means always.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Schedule(
    /// In any order.
    pub Vec<Window>,
);

impl Schedule {
    /// Whether it is on at every time.
    pub fn is_always(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether it is on at an instant.
    pub fn is_on(&self, at: i64, zone: &Zone) -> bool {
        self.0.is_empty() || self.0.iter().any(|window| window.is_on(at, zone))
    }

    /// The next instant after `at` at which it goes on or off; `None` when there is none within about a year.
    pub fn next_change(&self, at: i64, zone: &Zone) -> Option<i64> {
        let changes = |edge: &i64| self.is_on(*edge, zone) != self.is_on(edge - 1, zone);
        self.0.iter().filter_map(|window| window.edges_after(at, zone).find(changes)).min()
    }

    /// The latest instant not after `at` at which it went on or off; `None` when there is none within about a year.
    pub fn last_change(&self, at: i64, zone: &Zone) -> Option<i64> {
        let changes = |edge: &i64| self.is_on(*edge, zone) != self.is_on(edge - 1, zone);
        self.0.iter().filter_map(|window| window.edges_before(at, zone).find(changes)).max()
    }
}
