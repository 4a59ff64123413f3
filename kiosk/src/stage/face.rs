//! The time of day, large: digits, the date, and a line that says how far the day has come.

use super::{
    canvas::Canvas,
    drawing::{Align, Type, Weight},
    frame::Frame,
    look::Look,
};

/// Size of the digits against the width and the height of their room.
const DIGITS: (f32, f32) = (0.36, 0.68);
/// Size of the date against the digits.
const DATE: f32 = 0.2;

/// Whether the date stands below the time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shows {
    /// Only the time.
    Time,
    /// Time and date.
    TimeAndDate,
}

/// Draws the time as large as the room allows, in the middle of its height, where reading starts.
pub fn draw(room: Frame, shows: Shows, canvas: &mut Canvas<'_>) {
    let look = canvas.look();
    let (time, date) = (canvas.setting.moment.clock(), canvas.setting.moment.date(canvas.setting.words));
    let size = (room.w * DIGITS.0).min(room.h * DIGITS.1).min(Look::LARGEST_PIXELS).round();
    let digits = Type { tracking: -0.05, ..Type::new(size, Weight::Bold).line() };
    let below = canvas.narrowed(&date, Type::new((size * DATE).round(), Weight::Regular).line(), room.w);
    // Digits are as high as capitals; what a line reserves above and below them is air.
    let cap = size * Look::CAP;
    let gap = size * 0.16;
    let dated = shows == Shows::TimeAndDate;
    let height = cap + if dated { gap + below.size } else { 0.0 };
    let top = room.y + (room.h - height) / 2.0;
    canvas.line_on(top + cap, room, &time, digits, look.ink, Align::Lead);
    if dated {
        canvas.line_on(top + cap + gap + below.size * Look::CAP, room, &date, below, look.quiet, Align::Lead);
    }
}

/// A line across a room, filled as far as the day has come.
pub fn day_line(room: Frame, canvas: &mut Canvas<'_>) {
    let look = canvas.look();
    let radius = room.h / 2.0;
    canvas.area(room, look.line, radius);
    let come = (room.w * canvas.setting.moment.day_part()).max(room.h);
    canvas.area(Frame { w: come, ..room }, look.accent, radius);
}
