//! One event of a calendar (`VEVENT`), as it stands there.

use super::{
    clocks::{Clock, Clocks},
    lines::{Line, unescape},
    repeat::Wall,
};
use crate::tools::text;

/// Most dates that are added to or left out of an event that repeats, and most rules of one.
const MOST_DATES: usize = 2_000;
const MOST_RULES: usize = 4;
/// Longest name and place of an event, in characters: more cannot be read from afar.
const LONGEST: usize = 140;
/// Longest event, in seconds: ten years.
const LONGEST_SECS: i64 = 3_660 * 86_400;

/// A time as it stands there.
#[derive(Clone, Debug)]
pub(super) struct Moment {
    pub(super) wall: Wall,
    pub(super) clock: Clock,
    /// Whether it is a date without a time.
    pub(super) day: bool,
}

/// One event.
#[derive(Clone, Debug, Default)]
pub(super) struct Entry {
    pub(super) uid: String,
    pub(super) title: String,
    pub(super) place: String,
    pub(super) cancelled: bool,
    /// Not for everybody: a screen is.
    pub(super) private: bool,
    pub(super) start: Option<Moment>,
    pub(super) end: Option<Moment>,
    /// In seconds.
    pub(super) lasts: Option<i64>,
    pub(super) rules: Vec<String>,
    pub(super) added: Vec<Moment>,
    pub(super) left_out: Vec<Moment>,
    /// Of an event that repeats, the time it stands in for.
    pub(super) instead_of: Option<Moment>,
}

impl Entry {
    /// Takes a line.
    pub(super) fn take(&mut self, line: &Line, clocks: &mut Clocks) {
        let value = line.value.as_str();
        match line.name.as_str() {
            "UID" => value.clone_into(&mut self.uid),
            "SUMMARY" => self.title = text::line(&unescape(value), LONGEST),
            "LOCATION" => self.place = text::line(&unescape(value), LONGEST),
            "STATUS" => self.cancelled = value.trim().eq_ignore_ascii_case("CANCELLED"),
            "CLASS" => self.private = !value.trim().eq_ignore_ascii_case("PUBLIC"),
            "DTSTART" => self.start = moments(line, clocks).next(),
            "DTEND" => self.end = moments(line, clocks).next(),
            "DURATION" => self.lasts = duration(value),
            "RRULE" if self.rules.len() < MOST_RULES => self.rules.push(value.to_owned()),
            "RDATE" => extend(&mut self.added, moments(line, clocks)),
            "EXDATE" => extend(&mut self.left_out, moments(line, clocks)),
            "RECURRENCE-ID" => self.instead_of = moments(line, clocks).next(),
            _ => {}
        }
    }
}

fn extend(dates: &mut Vec<Moment>, more: impl Iterator<Item = Moment>) {
    let room = MOST_DATES.saturating_sub(dates.len());
    dates.extend(more.take(room));
}

/// The times in a line: one, or several with commas; of a period (`RDATE;VALUE=PERIOD`) its begin.
fn moments(line: &Line, clocks: &mut Clocks) -> impl Iterator<Item = Moment> {
    let clock = match line.parameter("TZID") {
        Some(name) => clocks.find(name),
        None => clocks.floating(),
    };
    line.value.split(',').filter_map(move |text| {
        let text = text.split('/').next().unwrap_or_default().trim();
        let (wall, day) = wall(text)?;
        let utc = text.ends_with(['Z', 'z']);
        let clock = if utc { Clock::Known(jiff::tz::TimeZone::UTC) } else { clock.clone() };
        Some(Moment { wall, clock, day })
    })
}

/// `20261224`, `20261224T180000`, `20261224T180000Z`: the wall time, and whether it is a date alone.
pub(super) fn wall(text: &str) -> Option<(Wall, bool)> {
    let text = text.trim().trim_end_matches(['Z', 'z']);
    let (date, time) = text.split_once(['T', 't']).map_or((text, None), |(date, time)| (date, Some(time)));
    let number = |text: &str, from: usize, to: usize| text.get(from..to)?.parse::<i8>().ok();
    if date.len() != 8 || !date.bytes().chain(time.unwrap_or("").bytes()).all(|b| b.is_ascii_digit()) {
        return None;
    }
    let date = jiff::civil::Date::new(date.get(..4)?.parse().ok()?, number(date, 4, 6)?, number(date, 6, 8)?).ok()?;
    let civil = match time {
        None => date.at(0, 0, 0, 0),
        // A leap second is the second before.
        Some(time) => {
            let second = number(time, 4, 6).unwrap_or(0).min(59);
            let time = jiff::civil::Time::new(number(time, 0, 2)?, number(time, 2, 4)?, second, 0).ok()?;
            date.to_datetime(time)
        }
    };
    let zoned = civil.to_zoned_datetime(jiff::tz::TimeZone::UTC).ok()?;
    Some((zoned.timestamp().as_second(), time.is_none()))
}

/// `P1W`, `P1DT2H30M`, `PT45M`: seconds.
fn duration(text: &str) -> Option<i64> {
    let rest = text.trim().trim_start_matches('+').strip_prefix('P')?;
    let (mut sum, mut digits) = (0_i64, String::new());
    for c in rest.chars() {
        let unit = match c {
            '0'..='9' if digits.len() < 9 => {
                digits.push(c);
                continue;
            }
            'T' => continue,
            'W' => 7 * 86_400,
            'D' => 86_400,
            'H' => 3_600,
            'M' => 60,
            'S' => 1,
            _ => return None,
        };
        sum = sum.saturating_add(digits.parse::<i64>().ok()?.saturating_mul(unit));
        digits.clear();
    }
    Some(sum.clamp(0, LONGEST_SECS))
}

#[cfg(test)]
mod tests {
    use super::{duration, wall};

    #[test]
    fn times_are_read_and_what_is_none_is_not() {
        assert_eq!(wall("19700102"), Some((86_400, true)));
        assert_eq!(wall("19700101T010203Z"), Some((3_723, false)));
        assert_eq!(wall("20161231T235960"), Some((1_483_228_799, false)));
        for nonsense in ["", "2026", "20261301", "20260230", "20260101T25", "２０２６0101", "-0010101", "20260101T2400"]
        {
            assert_eq!(wall(nonsense), None, "{nonsense}");
        }
    }

    #[test]
    fn durations_are_summed() {
        assert_eq!(duration("P1DT2H30M"), Some(95_400));
        assert_eq!([duration("P1W"), duration("PT45M"), duration("+PT1S")], [Some(604_800), Some(2_700), Some(1)]);
        assert_eq!([duration("-PT1H"), duration("1D"), duration("PTXM"), duration("PTM")], [None; 4]);
        assert_eq!(duration("P999999999W"), Some(super::LONGEST_SECS));
    }
}
