//! Fault: what is wrong and what to do, when there is nothing good to play.

use shared::protocol::Fault;

use super::brand;
use crate::stage::{
    canvas::Canvas,
    drawing::{Align, Type, Weight},
    frame::Frame,
    words::Words,
};

/// Draws the newest fault.
pub fn draw(faults: &[Fault], canvas: &mut Canvas<'_>) {
    let Some(fault) = faults.last() else { return };
    let look = canvas.look();
    let words = canvas.setting.words;
    let unit = canvas.unit();
    let mut room = canvas.content();
    brand::draw(&mut room, canvas);

    let small = Type::new(canvas.size(2.4), Weight::Regular).line();
    let detail = room.cut_bottom(small.size * 1.4);
    let said_shortly = if fault.detail.is_empty() { "" } else { " · " };
    let line = format!("{}{said_shortly}{}", fault.name, fault.detail);
    canvas.line(detail, &line, small, look.quiet, Align::Lead);
    room.cut_bottom(unit * 4.0);

    let (what, todo) = said(fault, words);
    let width = Frame { w: room.w.min(unit * 125.0), ..room };
    let eyebrow = Type::new(canvas.size(3.3), Weight::SemiBold).line();
    let head = Type::new(canvas.size(7.8), Weight::Bold).tight();
    let head = canvas.cut(&what, head, Frame { h: room.h * 0.5, ..width });
    let body = Type::new(canvas.size(4.3), Weight::Regular);
    let body = canvas.cut(&todo, body, Frame { h: room.h * 0.35, ..width });
    let (over, gap) = (eyebrow.size * 2.0, unit * 3.4);
    let mut top = room.y + ((room.h - over - head.height - gap - body.height) * 0.42).max(0.0);
    let line = Frame { y: top, h: eyebrow.size * 1.3, ..width };
    canvas.line(line, &words.say("fault-title"), eyebrow, look.accent_ink, Align::Start);
    top += over;
    canvas.block(Frame { y: top, ..width }, &head, look.ink, look.ink, Align::Start);
    top += head.height + gap;
    canvas.block(Frame { y: top, ..width }, &body, look.quiet, look.quiet, Align::Start);
}

/// What is wrong, and what to do, in words for people.
pub fn said(fault: &Fault, words: &Words) -> (String, String) {
    let key = format!("fault-{}", fault.name);
    let key = if words.knows(&key) { key } else { "fault-other".to_owned() };
    (words.say(&key), words.say(&format!("{key}-todo")))
}
