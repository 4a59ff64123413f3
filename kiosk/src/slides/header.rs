//! Draws [`shared::slides::Header`]: logo, name, and where to find the stage.

use shared::slides::Header;

use crate::stage::{
    canvas::Canvas,
    drawing::{Align, Type, Weight},
    look::Look,
};

pub(super) fn draw(_: &Header, canvas: &mut Canvas<'_>) {
    let look = canvas.look();
    let mut room = canvas.band(canvas.frame.h * Look::BAND_PART);
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
    room.cut_left(height * 0.3);

    let name = Type { tracking: -0.018, ..Type::new((height * Look::BAND_TYPE).round(), Weight::Bold).line() };
    let address = Type::new((height * Look::BAND_SMALL).round(), Weight::Regular).line();
    let (wide, between) = (canvas.width_of(&look.name, name), height * 0.34);
    if look.address.is_empty() {
        canvas.line(room, &look.name, name, look.ink, Align::Start);
    } else if wide + between + canvas.width_of(&look.address, address) <= room.w {
        let baseline = canvas.band_baseline(room);
        canvas.line_on(baseline, room, &look.name, name, look.ink, Align::Lead);
        room.cut_left(wide + between);
        canvas.line_on(baseline, room, &look.address, address, look.quiet, Align::Lead);
    } else {
        let upper = room.cut_top(room.h * 0.56);
        canvas.line(upper, &look.name, name.sized((height * 0.5).round()), look.ink, Align::Lead);
        canvas.line(room, &look.address, address, look.quiet, Align::Lead);
    }
}
