//! Draws [`shared::slides::Clock`]: the time of day, and the date.

use shared::slides::Clock;

use crate::stage::{
    canvas::Canvas,
    drawing::{Align, Type, Weight},
    face::{self, Shows},
    frame::Frame,
    look::Look,
};

pub(super) fn draw(clock: &Clock, canvas: &mut Canvas<'_>) {
    // In a band it stands at the edge, else it has the whole room.
    let band = canvas.frame.w > canvas.frame.h * 1.15 && canvas.frame.w < canvas.setting.display.0 * 0.9;
    if band { in_band(clock, canvas) } else { alone(clock, canvas) }
}

fn in_band(clock: &Clock, canvas: &mut Canvas<'_>) {
    let look = canvas.look();
    let (moment, words) = (&canvas.setting.moment, canvas.setting.words);
    let (time, long, short) = (moment.clock(), moment.date(words), moment.short_date(words));
    let mut room = canvas.band(canvas.frame.h * Look::BAND_PART);
    let (height, baseline) = (room.h, canvas.band_baseline(room));
    let large = (height * Look::BAND_TYPE).round();
    let set = Type { digits: true, tracking: -0.018, ..Type::new(large, Weight::Bold).line() };
    if !clock.date {
        canvas.line_on(baseline, room, &time, set, look.ink, Align::Trail);
        return;
    }
    let small = Type::new((height * Look::BAND_SMALL).round(), Weight::Regular).line();
    let (wide, between) = (canvas.width_of(&time, set), height * 0.34);
    let room_left = room.w - wide - between;
    let date = [long, short.clone()].into_iter().find(|date| canvas.width_of(date, small) <= room_left);
    if let Some(date) = date {
        canvas.line_on(baseline, room, &time, set, look.ink, Align::Trail);
        room.cut_right(wide + between);
        canvas.line_on(baseline, room, &date, small, look.quiet, Align::Trail);
    } else {
        let upper = room.cut_top(height * 0.56);
        canvas.line(upper, &time, set.sized((height * 0.5).round()), look.ink, Align::Trail);
        canvas.line(room, &short, small, look.quiet, Align::Trail);
    }
}

fn alone(clock: &Clock, canvas: &mut Canvas<'_>) {
    let unit = canvas.unit();
    let mut room = canvas.content();
    let line = room.cut_bottom(unit * Look::DAY_LINE);
    room.cut_bottom(unit * 3.0);
    face::draw(room, if clock.date { Shows::TimeAndDate } else { Shows::Time }, canvas);
    face::day_line(Frame { x: line.x.round(), ..line }, canvas);
}
