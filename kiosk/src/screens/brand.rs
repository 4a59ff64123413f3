//! The sign of the house, on screens that belong to nobody yet: a column for posters, and the name.

use crate::stage::{
    canvas::Canvas,
    drawing::{Align, Type, Weight},
    frame::Frame,
};

/// Draws it at the top left and takes its height off the room.
pub fn draw(room: &mut Frame, canvas: &mut Canvas<'_>) {
    let look = canvas.look();
    let unit = canvas.unit();
    let mut strip = room.cut_top(unit * 6.4);
    room.cut_top(unit * 3.0);
    let mut column = strip.cut_left(unit * 3.6);
    strip.cut_left(unit * 2.0);
    // Roof, posters, foot.
    let roof = column.cut_top(unit * 1.0);
    canvas.area(roof, look.accent, unit * 0.5);
    column.cut_top(unit * 0.5);
    let foot = column.cut_bottom(unit * 0.8);
    column.cut_bottom(unit * 0.5);
    let body = Frame::new(column.x + unit * 0.4, column.y, column.w - unit * 0.8, column.h);
    canvas.area(body, look.accent, unit * 0.4);
    canvas.area(Frame::new(column.x + unit * 0.1, foot.y, column.w - unit * 0.2, foot.h), look.accent, unit * 0.3);
    let name = Type { tracking: -0.02, ..Type::new(canvas.size(4.8), Weight::Bold).line() };
    canvas.line(strip, "Litfass", name, look.ink, Align::Start);
}
