//! Waiting: a programme with nothing to show yet.

use crate::stage::{
    canvas::Canvas,
    drawing::{Align, Type, Weight},
    frame::Frame,
};

/// Draws the stage's name, the time, and friendly words.
pub fn draw(canvas: &mut Canvas<'_>) {
    let look = canvas.look();
    let words = canvas.setting.words;
    let unit = canvas.unit();
    let mut room = canvas.content();

    let mut top = room.cut_top(unit * 9.0);
    let logo: Vec<_> = look.logo.iter().cloned().collect();
    if let Some(logo) = canvas.sound(&logo).first().copied() {
        let shape = (logo.width as f32 / logo.height as f32).clamp(0.3, 5.0);
        let area = top.cut_left(top.h * shape).holding(shape);
        canvas.photo(area, logo, 0.0);
    } else {
        let bar = top.cut_left(unit * 1.0);
        canvas.area(bar, look.accent, unit * 0.5);
    }
    top.cut_left(unit * 2.6);
    let name = Type { tracking: -0.015, ..Type::new(canvas.size(4.8), Weight::Bold).line() };
    canvas.line(top, &look.name, name, look.ink, Align::Lead);

    let time = Type { tracking: -0.045, ..Type::new(canvas.size(27.0), Weight::Bold).line() };
    let date = Type::new(canvas.size(4.8), Weight::Regular).line();
    let title = Type::new(canvas.size(4.8), Weight::SemiBold).line();
    let text = Type::new(canvas.size(3.8), Weight::Regular);

    let said = words.say("waiting-text");
    let block = canvas.cut(&said, text, Frame { h: text.size * 6.0, ..room });
    let below = room.cut_bottom(block.height + title.size * 1.5);
    let line = Frame { h: title.size * 1.3, ..below };
    canvas.line(line, &words.say("waiting-title"), title, look.accent_ink, Align::Lead);
    let lower = Frame { y: below.y + title.size * 1.5, ..below };
    canvas.block(lower, &block, look.quiet, look.quiet, Align::Lead);

    let height = time.size * 1.1 + date.size * 1.4;
    let middle = Frame { y: room.y + (room.h - height) / 2.0 - unit * 2.0, h: height, ..room };
    let mut clock = middle;
    let upper = clock.cut_top(time.size * 1.1);
    // Digits carry a little air on their left, which shows at this size.
    let upper = Frame { x: upper.x - time.size * 0.04, ..upper };
    canvas.line(upper, &canvas.setting.moment.clock(), time, look.ink, Align::Lead);
    canvas.line(clock, &canvas.setting.moment.date(words), date, look.quiet, Align::Lead);
}
