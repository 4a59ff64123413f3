//! Draws [`shared::slides::Header`]: logo, name, and where to find the stage.

use shared::slides::Header;

use crate::stage::{
    canvas::Canvas,
    drawing::{Align, Type, Weight},
};

pub(super) fn draw(_: &Header, canvas: &mut Canvas<'_>) {
    let look = canvas.look();
    let mut room = canvas.band(canvas.frame.h * 0.56);
    let height = room.h;

    let logo: Vec<_> = look.logo.iter().cloned().collect();
    if let Some(logo) = canvas.sound(&logo).first().copied() {
        let shape = (logo.width as f32 / logo.height as f32).clamp(0.3, 5.0);
        let width = (room.h * shape).min(room.w * 0.4);
        let area = room.cut_left(width).holding(shape);
        canvas.photo(area, logo, 0.0);
    } else {
        let bar = room.cut_left(height * 0.09);
        canvas.area(bar, look.accent, height * 0.045);
    }
    room.cut_left(height * 0.28);

    let name = Type { tracking: -0.015, ..Type::new((height * 0.535).round(), Weight::Bold).line() };
    if look.address.is_empty() {
        canvas.line(room, &look.name, name, look.ink, Align::Start);
        return;
    }
    let address = Type::new((height * 0.31).round(), Weight::Regular).line();
    let upper = room.cut_top(room.h * 0.6);
    canvas.line(upper, &look.name, name, look.ink, Align::Start);
    canvas.line(room, &look.address, address, look.quiet, Align::Start);
}
