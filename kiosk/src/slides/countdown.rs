//! Draws [`shared::slides::Countdown`]: days, hours and minutes, large.

use shared::slides::Countdown;

use crate::stage::{
    canvas::Canvas,
    clean::clean_line,
    copy::{self, Copy},
    drawing::{Align, Type, Weight},
    frame::Frame,
    look::Look,
    strip,
};

const MINUTE: i64 = 60_000;

/// What is left, in units and their names; nothing once the instant has come.
fn left(until: i64, at: i64) -> Option<Vec<(i64, &'static str)>> {
    // A minute that has begun still counts: nobody waits for zero minutes.
    let millis = until.saturating_sub(at);
    if millis <= 0 {
        return None;
    }
    let minutes = millis.saturating_add(MINUTE - 1) / MINUTE;
    let (days, hours, minutes) = (minutes / 1_440, minutes / 60 % 24, minutes % 60);
    let all = [(days, "countdown-days"), (hours, "countdown-hours"), (minutes, "countdown-minutes")];
    let first = all.iter().position(|(count, _)| *count > 0).unwrap_or(2);
    Some(all[first..].to_vec())
}

/// When it says something else.
pub(super) fn next_look(countdown: &Countdown, at: i64) -> Option<i64> {
    let millis = countdown.until.saturating_sub(at);
    (millis > 0).then(|| at + (millis - 1) % MINUTE + 1)
}

pub(super) fn draw(countdown: &Countdown, canvas: &mut Canvas<'_>) {
    let (look, words, unit) = (canvas.look(), canvas.setting.words, canvas.unit());
    let (title, after) = (clean_line(&countdown.title), clean_line(&countdown.after));
    let moment = &canvas.setting.moment;
    let Some(left) = left(countdown.until, moment.at()) else { return over(&title, &after, canvas) };
    let date = moment.date_at(countdown.until, words);
    let when = words.say_with("event-at", &[("day", date.into()), ("time", moment.clock_at(countdown.until).into())]);
    let name = |(count, key): (i64, &str)| words.say_with(key, &[("count", count.into())]);
    canvas.follow_direction_of(&title);
    if canvas.is_strip() {
        let said: Vec<_> = left.iter().map(|unit| format!("{} {}", unit.0, name(*unit))).collect();
        let said = said.join(" ");
        let pair = if title.is_empty() { (said.as_str(), when.as_str()) } else { (title.as_str(), said.as_str()) };
        return strip::draw(pair, [look.ink, look.accent_ink], canvas);
    }
    let mut room = canvas.content();
    if !title.is_empty() {
        let part = Frame { h: room.h * 0.34, ..room };
        let fitted = canvas.fit_copy(Copy { headline: &title, text: "" }, part);
        canvas.copy(room, &fitted, copy::Inks { headline: look.ink, text: look.ink, tint: look.ink });
        room.cut_top(fitted.height + unit * 4.0);
    }
    let set = Type::new(canvas.size(4.8), Weight::Regular).line();
    let line = room.cut_bottom(set.size * 1.3);
    canvas.snug(line, &when, set, look.quiet, Align::Lead);
    room.cut_bottom(unit * 3.0);
    let cells = left.len();
    let flat = room.w > room.h * 0.9;
    let longest = left.iter().map(|unit| unit.0.to_string().len()).max().unwrap_or(1) as f32;
    for (index, unit) in left.into_iter().enumerate() {
        let cell = cell(room, (index, cells), flat);
        let count = Count { number: unit.0.to_string(), name: name(unit), longest };
        if flat { count.above(cell, canvas) } else { count.beside(cell, canvas) }
    }
}

/// What is said from then on.
fn over(title: &str, after: &str, canvas: &mut Canvas<'_>) {
    if after.is_empty() {
        return;
    }
    let look = canvas.look();
    canvas.follow_direction_of(after);
    if canvas.is_strip() {
        return strip::draw((after, title), [look.ink, look.quiet], canvas);
    }
    let mut room = canvas.content();
    let fitted = canvas.fit_copy(Copy { headline: after, text: title }, room);
    room.cut_top(((room.h - fitted.height) * 0.42).max(0.0).round());
    canvas.copy(room, &fitted, copy::Inks { headline: look.accent_ink, text: look.quiet, tint: look.quiet });
}

fn cell(room: Frame, (index, of): (usize, usize), flat: bool) -> Frame {
    let part = |whole: f32| (whole / of as f32, whole / of as f32 * index as f32);
    if flat {
        let (w, x) = part(room.w);
        Frame { x: room.x + x, w, ..room }
    } else {
        let (h, y) = part(room.h);
        Frame { y: room.y + y, h, ..room }
    }
}

struct Count {
    number: String,
    name: String,
    /// Digits of the longest number beside it: all are set in one size.
    longest: f32,
}

/// Width of a digit, in times the size.
const DIGIT: f32 = 0.62;

impl Count {
    fn digits(&self, size: f32) -> Type {
        Type {
            digits: true,
            tracking: -0.045,
            ..Type::new(size.round().clamp(1.0, Look::LARGEST_PIXELS), Weight::Bold).line()
        }
    }

    /// The number, and its name below.
    fn above(&self, cell: Frame, canvas: &mut Canvas<'_>) {
        let look = canvas.look();
        let room = Frame { w: cell.w * 0.94, ..cell };
        let size = (room.h * 0.86).min(room.w * 0.72).min(room.w * 0.9 / (DIGIT * self.longest));
        let set = canvas.narrowed(&self.number, self.digits(size), room.w);
        let name = Type::new((size * 0.19).max(canvas.size(3.8)).round(), Weight::Regular).line();
        let height = size * Look::CAP + name.size * 1.7;
        let baseline = room.y + (room.h - height).max(0.0) / 2.0 + size * Look::CAP;
        canvas.line_on(baseline, room, &self.number, set, look.accent_ink, Align::Lead);
        let name = canvas.narrowed(&self.name, name, room.w);
        canvas.line_on(baseline + name.size * 1.5, room, &self.name, name, look.ink, Align::Lead);
    }

    /// The number, and its name after it.
    fn beside(&self, cell: Frame, canvas: &mut Canvas<'_>) {
        let look = canvas.look();
        let size = (cell.h * 0.92).min(cell.w * 0.42).min(cell.w * 0.6 / (DIGIT * self.longest));
        let set = canvas.narrowed(&self.number, self.digits(size), cell.w * 0.62);
        let baseline = cell.y + (cell.h + set.size * Look::CAP) / 2.0;
        canvas.line_on(baseline, cell, &self.number, set, look.accent_ink, Align::Lead);
        let wide = (size * 1.24).max(canvas.width_of(&self.number, set) + size * 0.1).min(cell.w * 0.7);
        let mut rest = cell;
        rest.cut_left(wide);
        let name = canvas.narrowed(&self.name, Type::new((size * 0.3).round(), Weight::Regular).line(), rest.w);
        canvas.line_on(baseline, rest, &self.name, name, look.ink, Align::Lead);
    }
}

#[cfg(test)]
mod tests {
    use shared::slides::Countdown;

    use super::{MINUTE, left, next_look};

    #[test]
    fn what_is_left_begins_with_the_largest_unit_there_is() {
        let counts = |minutes| left(minutes * MINUTE, 0).map(|left| left.iter().map(|unit| unit.0).collect::<Vec<_>>());

        assert_eq!(counts(1_440 + 62), Some(vec![1, 1, 2]));
        assert_eq!(counts(1_440), Some(vec![1, 0, 0]));
        assert_eq!(counts(61), Some(vec![1, 1]));
        assert_eq!(counts(59), Some(vec![59]));
        assert_eq!(counts(0), None);
        assert_eq!(left(1, 0).map(|left| left[0].0), Some(1), "a minute that has begun counts");
        assert_eq!(left(0, i64::MAX), None);
        assert!(left(i64::MAX, -5).is_some());
    }

    #[test]
    fn it_looks_different_when_its_own_minute_is_over() {
        let countdown = Countdown { until: 10 * MINUTE + 7_000, ..Countdown::default() };

        assert_eq!(next_look(&countdown, 0), Some(7_000));
        assert_eq!(next_look(&countdown, 7_000), Some(7_000 + MINUTE));
        assert_eq!(next_look(&countdown, 10 * MINUTE), Some(10 * MINUTE + 7_000));
        assert_eq!(next_look(&countdown, 11 * MINUTE), None);
    }
}
