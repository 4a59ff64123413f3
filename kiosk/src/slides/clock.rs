//! Draws [`shared::slides::Clock`]: the time of day, and the date.

use shared::slides::Clock;

use crate::stage::{
    canvas::Canvas,
    dial,
    drawing::{Align, Type, Weight},
    face::{self, Shows},
    frame::Frame,
    look::Look,
};

pub(super) fn draw(clock: &Clock, canvas: &mut Canvas<'_>) {
    // In a band it stands at the edge, else it has the whole room. A low part beside others is one of a band's, too: in
    // the head of an upright display it may be hardly wider than high.
    let (frame, (width, height)) = (canvas.frame, canvas.setting.display);
    let beside = frame.w < width * 0.9 && (frame.w > frame.h * 1.15 || frame.h < height * 0.25);
    if canvas.is_strip() || (beside && clock.face != "hands") {
        in_band(clock, canvas);
    } else if clock.face == "hands" {
        with_hands(clock, canvas);
    } else {
        alone(clock, canvas);
    }
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
        let set = canvas.narrowed(&time, set.sized((height * 0.5).round()), upper.w);
        canvas.line(upper, &time, set, look.ink, Align::Trail);
        let small = canvas.narrowed(&short, small, room.w);
        canvas.line(room, &short, small, look.quiet, Align::Trail);
    }
}

/// A dial, and the date beside or below it.
fn with_hands(clock: &Clock, canvas: &mut Canvas<'_>) {
    let (look, words, unit) = (canvas.look(), canvas.setting.words, canvas.unit());
    let mut room = canvas.content();
    if !clock.date {
        return dial::draw(room, canvas);
    }
    let moment = &canvas.setting.moment;
    let date = moment.date(words);
    if !canvas.frame.landscape() {
        let set = Type::new(canvas.size(7.8), Weight::SemiBold).line();
        let line = room.cut_bottom(set.size * 1.4);
        room.cut_bottom(unit * 4.0);
        dial::draw(room, canvas);
        return canvas.snug(line, &date, set, look.ink, Align::Centre);
    }
    let place = room.cut_left(room.h.min(room.w * 0.55));
    dial::draw(place, canvas);
    room.cut_left(unit * 9.0);
    let [_, day, month] = moment.calendar_leaf(moment.at(), words);
    let weekday = words.say(&format!("weekday-{}", (moment.day_number() + 3).rem_euclid(7) + 1));
    let large = Type { digits: true, tracking: -0.045, ..Type::new(canvas.size(34.0), Weight::Bold).line() };
    let small = Type::new(canvas.size(8.8), Weight::Regular).line();
    let large = canvas.narrowed(&day, large, room.w);
    let height = large.size * Look::CAP + small.size * 3.4;
    let baseline = room.y + (room.h - height) / 2.0 + small.size * 1.7 + large.size * Look::CAP;
    canvas.line_on(baseline, room, &day, large, look.ink, Align::Lead);
    let small = canvas.narrowed(&weekday, small, room.w);
    canvas.line_on(
        baseline - large.size * Look::CAP - small.size * 0.9,
        room,
        &weekday,
        small,
        look.accent_ink,
        Align::Lead,
    );
    canvas.line_on(baseline + small.size * 1.45, room, &month, small, look.quiet, Align::Lead);
}

fn alone(clock: &Clock, canvas: &mut Canvas<'_>) {
    let unit = canvas.unit();
    let mut room = canvas.content();
    let line = room.cut_bottom(unit * Look::DAY_LINE);
    room.cut_bottom(unit * 3.0);
    face::draw(room, if clock.date { Shows::TimeAndDate } else { Shows::Time }, canvas);
    face::day_line(Frame { x: line.x.round(), ..line }, canvas);
}
