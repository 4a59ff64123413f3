//! Draws [`shared::slides::Clock`]: the time of day, and the date.

use shared::slides::Clock;

use crate::stage::{
    canvas::Canvas,
    drawing::{Align, Type, Weight},
    frame::Frame,
};

pub(super) fn draw(clock: &Clock, canvas: &mut Canvas<'_>) {
    let look = canvas.look();
    let (time, date) = (canvas.setting.moment.clock(), canvas.setting.moment.date(canvas.setting.words));
    let room = canvas.content();
    // In a band it stands at the edge it is nearest to, else in the middle.
    let band = canvas.frame.w > canvas.frame.h * 1.6 && canvas.frame.w < canvas.setting.display.0 * 0.9;
    let align = if band { Align::Trail } else { Align::Centre };
    let digits = |size| Type { digits: true, tracking: -0.02, ..Type::new(size, Weight::Bold).line() };
    if !clock.date {
        let set = digits(canvas.size(if band { 44.0 } else { 30.0 }));
        let place = canvas.band(set.size * 1.2);
        canvas.line(place, &time, set, look.ink, align);
        return;
    }
    let (large, small) = if band { (40.0, 19.0) } else { (30.0, 6.0) };
    let small = if band { widest(&date, small, room, canvas) } else { canvas.size(small) };
    let (time_set, date_set) = (digits(canvas.size(large)), Type::new(small, Weight::Regular).line());
    let height = time_set.size * 1.12 + date_set.size * 1.3;
    let place = canvas.band(height);
    let upper = Frame { y: place.y, h: time_set.size * 1.12, ..room };
    canvas.line(upper, &time, time_set, look.ink, align);
    let lower = Frame { y: upper.bottom(), h: date_set.size * 1.3, ..room };
    canvas.line(lower, &date, date_set, look.quiet, align);
}

/// The size at which a long date still fits on its line.
fn widest(date: &str, units: f32, room: Frame, canvas: &mut Canvas<'_>) -> f32 {
    let set = Type::new(canvas.size(units), Weight::Regular).line();
    let width = canvas.width_of(date, set);
    (set.size * (room.w / width).min(1.0)).floor().max(1.0)
}
