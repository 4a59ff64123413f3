//! A message of the house: what is going on, in large words, beside a column for posters.

use super::brand;
use crate::stage::{
    canvas::Canvas,
    copy::{self, Copy},
    drawing::{Align, Type, Weight},
    eyebrow,
    frame::Frame,
    look::Look,
};

/// What is said; every part but the title may be empty.
#[derive(Clone, Debug, Default)]
pub struct Message {
    /// In the colour of the house, above the title.
    pub eyebrow: String,
    /// What is going on.
    pub title: String,
    /// What it means for whoever stands here.
    pub text: String,
    /// For whoever is called to help, small.
    pub detail: String,
}

/// Draws a message.
pub fn draw(message: &Message, canvas: &mut Canvas<'_>) {
    let look = canvas.look();
    let unit = canvas.unit();
    let mut room = canvas.content();
    brand::draw(&mut room, canvas);
    if canvas.frame.landscape() {
        let area = room.cut_right(room.w * 0.3);
        room.cut_right(unit * Look::GUTTER);
        let top = canvas.frame.y + unit * 14.0;
        // Its foot stands below the edge, as if the street went on there.
        let height = canvas.frame.bottom() + area.w * 0.1 - top;
        brand::column(Frame::new(area.x, top, area.w, height), canvas);
    } else {
        let area = room.cut_top(room.h * 0.5);
        room.cut_top(unit * Look::GUTTER);
        brand::column(area.inset_sides(area.w * 0.2), canvas);
    }
    if !message.detail.is_empty() {
        let set = Type::new(canvas.size(2.7), Weight::Regular).line();
        let line = room.cut_bottom(set.size * 1.3);
        canvas.line(line, &message.detail, set, look.quiet, Align::Lead);
        room.cut_bottom(unit * 4.5);
    }
    let said = (message.eyebrow.as_str(), "");
    let over = if message.eyebrow.is_empty() { 0.0 } else { eyebrow::height(said, room.w, canvas) };
    let fitted = canvas
        .fit_copy(Copy { headline: &message.title, text: &message.text }, Frame { h: room.h * 0.8 - over, ..room });
    room.cut_top((room.h - fitted.height - over).max(0.0));
    if over > 0.0 {
        eyebrow::draw(said, &mut room, [look.accent_ink, look.quiet], canvas);
    }
    canvas.copy(room, &fitted, copy::Inks { headline: look.ink, text: look.quiet, tint: look.ink });
}
