//! Times as people say them, in a programme's language and time zone.

use jiff::{Timestamp, ZonedDateTime, civil::Date, tz::TimeZone};

use super::words::Words;

/// An instant, seen from somewhere; whatever is said about it stays true until the minute is over.
#[derive(Clone, Debug)]
pub struct Moment {
    at: i64,
    zone: TimeZone,
}

impl Moment {
    /// An instant in milliseconds since 1970, in a time zone by its IANA name; UTC if nobody knows it.
    pub fn new(at: i64, zone: &str) -> Self {
        let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
        Self { at, zone }
    }

    /// The instant, in milliseconds since 1970.
    pub fn at(&self) -> i64 {
        self.at
    }

    /// When the next minute begins: until then, everything here says the same.
    pub fn next_minute(&self) -> i64 {
        self.at.div_euclid(60_000).saturating_add(1).saturating_mul(60_000)
    }

    /// Days since 1970 of the date here.
    pub fn day_number(&self) -> i32 {
        self.day_number_at(self.at)
    }

    /// Days since 1970 of the date here at an instant.
    pub fn day_number_at(&self, then: i64) -> i32 {
        let epoch = Date::constant(1970, 1, 1);
        epoch.until(self.zoned(then).date()).map_or(0, |span| span.get_days())
    }

    /// Minutes since midnight on the clock here.
    pub fn minute_of_day(&self) -> u32 {
        let time = self.zoned(self.at).time();
        u32::from(time.hour().unsigned_abs()) * 60 + u32::from(time.minute().unsigned_abs())
    }

    /// Time on the clock here at an instant: `14:05`.
    pub fn clock_at(&self, then: i64) -> String {
        self.zoned(then).strftime("%H:%M").to_string()
    }

    /// `Wednesday 12 March`, at an instant.
    pub fn date_at(&self, then: i64, words: &Words) -> String {
        words.say_with("date", &day(self.zoned(then).date(), words))
    }

    /// Short weekday, day of the month, and month at an instant, one by one.
    pub fn calendar_leaf(&self, then: i64, words: &Words) -> [String; 3] {
        let date = self.zoned(then).date();
        let weekday = words.say(&format!("weekday-short-{}", date.weekday().to_monday_one_offset()));
        [weekday, date.day().to_string(), words.say(&format!("month-{}", date.month()))]
    }

    /// `14:05`
    pub fn clock(&self) -> String {
        self.zoned(self.at).strftime("%H:%M").to_string()
    }

    /// How much of the day is over, from 0 to 1.
    pub fn day_part(&self) -> f32 {
        let time = self.zoned(self.at).time();
        (f32::from(time.hour()) * 60.0 + f32::from(time.minute())) / (24.0 * 60.0)
    }

    /// `Wednesday 12 March`
    pub fn date(&self, words: &Words) -> String {
        let date = self.zoned(self.at).date();
        words.say_with("date", &day(date, words))
    }

    /// `Wed 12 March`
    pub fn short_date(&self, words: &Words) -> String {
        let date = self.zoned(self.at).date();
        words.say_with("date-short", &day(date, words))
    }

    /// How long ago, or when, something was: `5 minutes ago`, `yesterday, 14:05`, `12 March 2024`.
    pub fn said(&self, then: i64, words: &Words) -> String {
        let (now, past) = (self.zoned(self.at), self.zoned(then));
        // Whole minutes of the clock, so that all times on a display change together.
        let minutes = self.at.div_euclid(60_000).saturating_sub(then.div_euclid(60_000));
        let time = past.strftime("%H:%M").to_string();
        let days = past.date().until(now.date()).map_or(i32::MAX, |span| span.get_days());
        match (minutes, days) {
            // A clock may be a little behind the one that stamped the post.
            (-5..=0, _) => words.say("just-now"),
            (1..60, _) => words.say_with("minutes-ago", &[("minutes", minutes.into())]),
            (_, 0) => words.say_with("today-at", &[("time", time.into())]),
            (_, 1) => words.say_with("yesterday-at", &[("time", time.into())]),
            (_, -180..=180) => {
                let mut values = day(past.date(), words);
                values.push(("time", time.into()));
                words.say_with("day-at", &values)
            }
            _ => words.say_with("day-of-year", &day(past.date(), words)),
        }
    }

    fn zoned(&self, at: i64) -> ZonedDateTime {
        let at = Timestamp::from_millisecond(at).unwrap_or(Timestamp::UNIX_EPOCH);
        at.to_zoned_datetime(self.zone.clone())
    }
}

fn day(date: Date, words: &Words) -> Vec<(&'static str, fluent_bundle::FluentValue<'static>)> {
    let weekday = words.say(&format!("weekday-{}", date.weekday().to_monday_one_offset()));
    let short = words.say(&format!("weekday-short-{}", date.weekday().to_monday_one_offset()));
    let month = words.say(&format!("month-{}", date.month()));
    vec![
        ("weekday", weekday.into()),
        ("short", short.into()),
        ("day", date.day().to_string().into()),
        ("month", month.into()),
        ("year", date.year().to_string().into()),
    ]
}

#[cfg(test)]
mod tests {
    use super::{Moment, Words};

    fn at(text: &str) -> i64 {
        text.parse::<jiff::Timestamp>().unwrap().as_millisecond()
    }

    #[test]
    fn times_are_said_as_people_say_them() {
        let now = Moment::new(at("2026-03-12T13:05:00Z"), "Europe/Berlin");
        let (german, english) = (Words::of("de"), Words::of("en"));
        let said = |then: &str| now.said(at(then), german);

        assert_eq!(now.clock(), "14:05");
        assert!((now.day_part() - 0.5868).abs() < 0.0001);
        assert_eq!(now.date(german), "Donnerstag, 12. März");
        assert_eq!(now.date(english), "Thursday 12 March");
        assert_eq!((now.short_date(german), now.short_date(english)), ("Do, 12. März".into(), "Thu 12 March".into()));
        assert_eq!(said("2026-03-12T13:05:59Z"), "gerade eben");
        assert_eq!(said("2026-03-12T13:04:30Z"), "vor 1 Minute");
        assert_eq!(said("2026-03-12T12:45:00Z"), "vor 20 Minuten");
        assert_eq!(said("2026-03-12T08:00:00Z"), "heute, 09:00 Uhr");
        // Midnight is the town's, not the server's.
        assert_eq!(said("2026-03-11T23:30:00Z"), "heute, 00:30 Uhr");
        assert_eq!(said("2026-03-11T22:30:00Z"), "gestern, 23:30 Uhr");
        assert_eq!(said("2026-03-07T17:00:00Z"), "Samstag, 7. März, 18:00 Uhr");
        assert_eq!(now.said(at("2024-05-01T10:00:00Z"), english), "1 May 2024");
        assert_eq!(now.said(at("2026-03-07T17:00:00Z"), english), "Saturday 7 March, 18:00");
    }

    #[test]
    fn absurd_instants_and_zones_do_no_harm() {
        for instant in [i64::MIN, -1, i64::MAX] {
            let moment = Moment::new(instant, "Mars/Olympus");
            assert!(!moment.said(0, Words::of("en")).is_empty() && !moment.clock().is_empty());
            let _ = moment.next_minute();
        }
    }
}
