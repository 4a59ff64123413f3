//! A venue's time zone as a table of offsets, so that no program needs a data base of time zones to play.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

/// Milliseconds of a civil day.
pub(super) const DAY: i64 = 86_400_000;
/// No zone on Earth is further from UTC than this; the table is searched so far around an instant.
const FURTHEST: i64 = 16 * 3_600_000;

/// From an instant on, clocks stand so far from UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offset(
    /// In milliseconds since 1970; of the first of a table it does not matter.
    pub i64,
    /// Seconds to add to UTC.
    pub i32,
);

/// A time zone for as long as its table reaches, and as it was last ever after.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Zone {
    /// IANA name (`Europe/Berlin`), for those who want to know more than the table says.
    pub name: String,
    /// In rising order; empty means UTC.
    #[serde(default)]
    pub offsets: Vec<Offset>,
}

impl Zone {
    /// Milliseconds that local clocks are ahead of UTC at an instant.
    pub fn ahead(&self, at: i64) -> i64 {
        let index = self.offsets.partition_point(|offset| offset.0 <= at).max(1) - 1;
        self.offsets.get(index).map_or(0, |offset| i64::from(offset.1) * 1_000)
    }

    /// The civil date at an instant.
    pub fn date(&self, at: i64) -> Date {
        Date::of_day(at.saturating_add(self.ahead(at)).div_euclid(DAY))
    }

    /// The first instant at which local clocks have come to a time, in milliseconds from local midnight of a date. Where
    /// clocks are set forward over it, that is the instant they are; where they are set back and show it twice, the first.
    pub fn instant(&self, date: Date, millis: i64) -> i64 {
        let local = i64::from(date.0) * DAY + millis;
        let from = self.offsets.partition_point(|offset| offset.0 <= local - FURTHEST).max(1) - 1;
        for index in from..self.offsets.len() {
            let starts = if index == 0 { i64::MIN } else { self.offsets[index].0 };
            let ends = self.offsets.get(index + 1).map_or(i64::MAX, |next| next.0);
            let at = local - i64::from(self.offsets[index].1) * 1_000;
            if at < ends {
                return at.max(starts);
            }
        }
        local
    }
}

/// A civil date, counted in days since 1970-01-01; written `2026-12-24`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(pub i32);

impl Date {
    fn of_day(day: i64) -> Self {
        Self(i32::try_from(day).unwrap_or(if day < 0 { i32::MIN / 2 } else { i32::MAX / 2 }))
    }

    /// So many days later.
    #[must_use]
    pub fn plus(self, days: i32) -> Self {
        Self(self.0.saturating_add(days))
    }

    /// Day of the week: 0 is Monday, 6 is Sunday.
    pub fn weekday(self) -> u8 {
        // 1970-01-01 was a Thursday.
        u8::try_from((i64::from(self.0) + 3).rem_euclid(7)).unwrap_or(0)
    }

    /// The date of a year, month and day in the Gregorian calendar; `None` where there is no such day.
    pub fn new(year: i32, month: u32, day: u32) -> Option<Self> {
        let length = match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
            2 => 28,
            _ => return None,
        };
        if !(1..=length).contains(&day) || !(-9_999..=9_999).contains(&year) {
            return None;
        }
        // Years that begin in March, in cycles of 400: the leap day comes last and needs no case of its own.
        let (year, month) = if month < 3 { (year - 1, month + 9) } else { (year, month - 3) };
        let (cycle, of_cycle) = (year.div_euclid(400), year.rem_euclid(400));
        let of_year = (153 * i32::try_from(month).ok()? + 2) / 5 + i32::try_from(day).ok()? - 1;
        Some(Self(cycle * 146_097 + of_cycle * 365 + of_cycle / 4 - of_cycle / 100 + of_year - 719_468))
    }

    /// Year, month and day.
    pub fn parts(self) -> (i32, u32, u32) {
        let day = i64::from(self.0) + 719_468;
        let (cycle, of_cycle) = (day.div_euclid(146_097), day.rem_euclid(146_097));
        let year = (of_cycle - of_cycle / 1_460 + of_cycle / 36_524 - of_cycle / 146_096) / 365;
        let of_year = of_cycle - (365 * year + year / 4 - year / 100);
        let month = (5 * of_year + 2) / 153;
        let day = of_year - (153 * month + 2) / 5 + 1;
        let (month, year) = if month < 10 { (month + 3, year) } else { (month - 9, year + 1) };
        let year = i32::try_from(cycle * 400 + year).unwrap_or(0);
        (year, u32::try_from(month).unwrap_or(1), u32::try_from(day).unwrap_or(1))
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.parts();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

impl FromStr for Date {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut parts = text.splitn(3, '-').map(|part| part.parse::<u32>().ok());
        let mut next = || parts.next().flatten();
        let (year, month, day) = (next(), next(), next());
        let date = year.zip(month).zip(day).and_then(|((y, m), d)| Self::new(i32::try_from(y).ok()?, m, d));
        date.ok_or("a date is written 2026-12-24")
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(D::Error::custom)
    }
}
