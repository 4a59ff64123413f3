//! The time of day on a dial with hands.

use std::f32::consts::TAU;

use super::{canvas::Canvas, frame::Frame};

/// Draws a dial as large as a room allows; its hands stand where the minute has begun.
pub fn draw(room: Frame, canvas: &mut Canvas<'_>) {
    let look = canvas.look();
    let dial = room.holding(1.0);
    let radius = dial.w / 2.0;
    let centre = (dial.x + radius, dial.y + radius);
    let at = |turn: f32, reach: f32| {
        let angle = turn * TAU;
        (centre.0 + angle.sin() * radius * reach, centre.1 - angle.cos() * radius * reach)
    };
    for minute in 0..60_u8 {
        let turn = f32::from(minute) / 60.0;
        let (inner, width, ink) = match minute {
            0 | 15 | 30 | 45 => (0.83, 0.034, look.ink),
            _ if minute % 5 == 0 => (0.88, 0.022, look.ink),
            _ => (0.945, 0.01, look.quiet),
        };
        canvas.stroke(at(turn, inner), at(turn, 0.98), radius * width, ink);
    }
    let day = canvas.setting.moment.day_part();
    let (hour, minute) = ((day * 2.0).fract(), (day * 24.0).fract());
    canvas.stroke(at(hour, -0.13), at(hour, 0.52), radius * 0.06, look.ink);
    canvas.stroke(at(minute, -0.13), at(minute, 0.8), radius * 0.04, look.ink);
    canvas.disc(centre, radius * 0.07, look.accent, 0.0);
}
