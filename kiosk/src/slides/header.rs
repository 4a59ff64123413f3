//! Draws [`shared::slides::Header`]: logo, name, and where to find the stage.

use shared::slides::Header;

use crate::stage::{
    canvas::Canvas,
    drawing::{Align, Type, Weight},
};

pub(super) fn draw(_: &Header, canvas: &mut Canvas<'_>) {
    let look = canvas.look();
    let unit = canvas.unit();
    let mut room = canvas.band(unit * 56.0);

    let logo: Vec<_> = look.logo.iter().cloned().collect();
    if let Some(logo) = canvas.sound(&logo).first().copied() {
        let shape = (logo.width as f32 / logo.height as f32).clamp(0.3, 5.0);
        let width = (room.h * shape).min(room.w * 0.4);
        let area = room.cut_left(width).holding(shape);
        canvas.photo(area, logo, 0.0);
    } else {
        let bar = room.cut_left(unit * 5.0);
        canvas.area(bar, look.accent, unit * 2.5);
    }
    room.cut_left(unit * 16.0);

    let name = Type { tracking: -0.015, ..Type::new(canvas.size(34.0), Weight::Bold).line() };
    if look.address.is_empty() {
        canvas.line(room, &look.name, name, look.ink, Align::Start);
        return;
    }
    let address = Type::new(canvas.size(19.0), Weight::Regular).line();
    let upper = room.cut_top(room.h * 0.58);
    canvas.line(upper, &look.name, name, look.ink, Align::Start);
    canvas.line(room, &look.address, address, look.quiet, Align::Start);
}
