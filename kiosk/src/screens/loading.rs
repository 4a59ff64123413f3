//! Loading: just started, or just paired.

use super::brand;
use crate::stage::{
    canvas::Canvas,
    drawing::{Align, Type, Weight},
    frame::Frame,
};

/// Draws a calm screen that says what happens.
pub fn draw(paired: bool, canvas: &mut Canvas<'_>) {
    let look = canvas.look();
    let words = canvas.setting.words;
    let mut room = canvas.content();
    brand::draw(&mut room, canvas);
    let (title, text) = if paired { ("loading-title", "loading-text") } else { ("starting-title", "starting-text") };
    let unit = canvas.unit();
    let head = Type::new(canvas.size(10.0), Weight::Bold).tight();
    let head = canvas.measure(&words.say(title), head, room.w);
    let body = Type::new(canvas.size(4.3), Weight::Regular);
    let body = canvas.measure(&words.say(text), body, room.w.min(unit * 100.0));
    let gap = unit * 3.4;
    let top = room.y + (room.h - head.height - gap - body.height) * 0.44;
    canvas.block(Frame { y: top, ..room }, &head, look.ink, look.ink, Align::Start);
    let below = Frame { y: top + head.height + gap, ..room };
    canvas.block(below, &body, look.quiet, look.quiet, Align::Start);
}
