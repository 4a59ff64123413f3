//! Draws [`shared::slides::Clock`]: the time of day, and the date.

use shared::slides::Clock;

use crate::stage::{
    canvas::Canvas,
    drawing::{Align, Type, Weight},
    frame::Frame,
};

pub(super) fn draw(clock: &Clock, canvas: &mut Canvas<'_>) {
    // In a band it stands at the edge, else in the middle.
    let band = canvas.frame.w > canvas.frame.h * 1.15 && canvas.frame.w < canvas.setting.display.0 * 0.9;
    if band { in_band(clock, canvas) } else { alone(clock, canvas) }
}

fn digits(size: f32) -> Type {
    Type { digits: true, tracking: -0.02, ..Type::new(size.round(), Weight::Bold).line() }
}

fn in_band(clock: &Clock, canvas: &mut Canvas<'_>) {
    let look = canvas.look();
    let (time, date) = said(canvas);
    let mut room = canvas.band(canvas.frame.h * 0.56);
    let height = room.h;
    let set = digits(height * if clock.date { 0.6 } else { 0.8 });
    let upper = if clock.date { room.cut_top(height * 0.58) } else { room };
    canvas.line(upper, &time, set, look.ink, Align::Trail);
    if clock.date {
        let set = Type::new((height * 0.3).round(), Weight::Regular).line();
        // A long date takes a second line rather than small letters.
        let block = canvas.cut(&date, set, Frame { h: set.size * 2.6, ..room });
        room.cut_top(height * 0.06);
        canvas.block(room, &block, look.quiet, look.quiet, Align::Trail);
    }
}

fn alone(clock: &Clock, canvas: &mut Canvas<'_>) {
    let look = canvas.look();
    let (time, date) = said(canvas);
    let room = canvas.content();
    let set = Type { digits: false, tracking: -0.045, ..digits(canvas.size(30.0)) };
    let below = Type::new(canvas.size(6.1), Weight::Regular).line();
    let height = set.size * 1.1 + if clock.date { below.size * 1.3 } else { 0.0 };
    let mut place = Frame { y: room.y + (room.h - height) / 2.0, h: height, ..room };
    let upper = place.cut_top(set.size * 1.1);
    canvas.line(upper, &time, set, look.ink, Align::Centre);
    if clock.date {
        canvas.line(place, &date, below, look.quiet, Align::Centre);
    }
}

fn said(canvas: &Canvas<'_>) -> (String, String) {
    (canvas.setting.moment.clock(), canvas.setting.moment.date(canvas.setting.words))
}
