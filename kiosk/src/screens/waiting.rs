//! Waiting: a programme with nothing to show yet.

use crate::stage::{
    canvas::Canvas,
    copy::{self, Copy},
    drawing::{Align, Type, Weight},
    face::{self, Shows},
    frame::Frame,
    look::Look,
};

/// Draws the stage's name, the time, and friendly words.
pub fn draw(canvas: &mut Canvas<'_>) {
    let look = canvas.look();
    let words = canvas.setting.words;
    let unit = canvas.unit();
    let mut room = canvas.content();

    let mut top = room.cut_top(unit * 8.0);
    let logo: Vec<_> = look.logo.iter().cloned().collect();
    if let Some(logo) = canvas.sound(&logo).first().copied() {
        let shape = (logo.width as f32 / logo.height as f32).clamp(0.3, 5.0);
        let area = top.cut_left(top.h * shape).holding(shape);
        canvas.photo(area, logo, 0.0);
    } else {
        let bar = top.cut_left(unit * 1.0);
        canvas.area(bar, look.accent, unit * 0.5);
    }
    top.cut_left(unit * 2.4);
    let name = Type { tracking: -0.018, ..Type::new(canvas.size(5.0), Weight::Bold).line() };
    canvas.line(top, &look.name, name, look.ink, Align::Lead);

    let (title, text) = (words.say("waiting-title"), words.say("waiting-text"));
    let said = Copy { headline: &title, text: &text };
    let fitted = canvas.fit_copy(said, Frame { h: unit * 22.0, w: room.w.min(unit * 130.0), ..room });
    let below = room.cut_bottom(fitted.height);
    canvas.copy(below, &fitted, copy::Inks { headline: look.accent_ink, text: look.quiet, tint: look.quiet });
    room.cut_bottom(unit * 5.0);
    let line = room.cut_bottom(unit * Look::DAY_LINE);
    face::day_line(line, canvas);
    face::draw(room, Shows::TimeAndDate, canvas);
}
