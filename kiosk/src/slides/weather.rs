//! Draws [`shared::slides::Weather`]: now, the days to come, and who says so.

use shared::slides::{Day, Outlook, Sky, Weather};

use crate::stage::{
    canvas::Canvas,
    clean::clean_line,
    copy::{self, Copy},
    drawing::{Align, Type, Weight},
    frame::Frame,
    look::Look,
    sky, strip,
};

/// Most days.
const MOST_DAYS: usize = 5;

/// Whole degrees, as people say them: never minus zero.
fn degrees(tenths: i32) -> String {
    format!("{}°", (f64::from(tenths) / 10.0).round() as i32).replace('-', "−")
}

pub(super) fn draw(weather: &Weather, canvas: &mut Canvas<'_>) {
    let (look, words) = (canvas.look(), canvas.setting.words);
    let moment = &canvas.setting.moment;
    let Some(outlook) = &weather.outlook else {
        let (place, none) = (clean_line(&weather.place), words.say("weather-none"));
        canvas.follow_direction_of(&place);
        if canvas.is_strip() {
            return strip::draw((&place, &none), [look.ink, look.quiet], canvas);
        }
        let mut room = canvas.content();
        let fitted = canvas.fit_copy(Copy { headline: &place, text: &none }, room);
        room.cut_top(((room.h - fitted.height) * 0.42).max(0.0).round());
        return canvas.copy(room, &fitted, copy::Inks { headline: look.ink, text: look.quiet, tint: look.quiet });
    };
    let place = clean_line(&outlook.place);
    let said = words.say(word(outlook.sky));
    if canvas.is_strip() {
        let now = format!("{} {}", degrees(outlook.tenths), place);
        return strip::draw((&now, &said), [look.ink, look.quiet], canvas);
    }
    let today = moment.day_number();
    let days: Vec<_> = outlook.days.iter().filter(|day| day.date.0 >= today).take(MOST_DAYS).collect();
    let mut room = canvas.content();
    let unit = canvas.unit();
    let set = Type::new(canvas.size(Look::LABEL.1), Weight::Regular).line();
    let credit = room.cut_bottom(set.size * 1.3);
    canvas.line(credit, &outlook.credit, set, look.quiet, Align::Lead);
    room.cut_bottom(unit * 2.0);
    let flat = canvas.frame.landscape();
    let below =
        if days.is_empty() { Frame::default() } else { room.cut_bottom(room.h * if flat { 0.42 } else { 0.5 }) };
    room.cut_bottom(unit * 2.0);
    now(outlook, (&place, &said), room, canvas);
    table(&days, below, flat, canvas);
}

fn now(outlook: &Outlook, (place, said): (&str, &str), mut room: Frame, canvas: &mut Canvas<'_>) {
    let look = canvas.look();
    let flat = canvas.frame.landscape();
    let symbol_side = if flat { room.h * 1.02 } else { (room.w * 0.36).min(room.h * 0.52) };
    let symbol = room.cut_right(symbol_side.min(room.w * 0.4));
    sky::draw(symbol, outlook.sky, outlook.day, canvas);
    let name = Type::new(canvas.size(6.1), Weight::SemiBold).line();
    let line = room.cut_top(name.size * 1.3);
    canvas.snug(line, place, name, look.accent_ink, Align::Lead);
    let word = Type::new(canvas.size(5.4), Weight::Regular).line();
    let foot = room.cut_bottom(word.size * 1.5);
    canvas.snug(foot, said, word, look.quiet, Align::Lead);
    let figure = degrees(outlook.tenths);
    let size = (room.h / Look::CAP * 0.86).min(room.w * 0.52).clamp(1.0, Look::LARGEST_PIXELS).round();
    let set = Type { tracking: -0.045, ..Type::new(size, Weight::Bold).line() };
    let set = canvas.narrowed(&figure, set, room.w);
    let baseline = room.y + (room.h + set.size * Look::CAP) / 2.0;
    canvas.line_on(baseline, room, &figure, set, look.ink, Align::Lead);
}

/// The days side by side, or one below the other.
fn table(days: &[&Day], room: Frame, flat: bool, canvas: &mut Canvas<'_>) {
    let (look, words, unit) = (canvas.look(), canvas.setting.words, canvas.unit());
    let today = canvas.setting.moment.day_number();
    let gap = unit * 1.6;
    let count = days.len() as f32;
    for (index, day) in days.iter().enumerate() {
        let place = index as f32;
        let tile = if flat {
            let w = (room.w - gap * (count - 1.0)) / count;
            Frame { x: room.x + (w + gap) * place, w, ..room }
        } else {
            let h = (room.h - gap * (count - 1.0)) / count;
            Frame { y: room.y + (h + gap) * place, h, ..room }
        };
        let weekday = day.date.weekday() + 1;
        let name = match day.date.0 - today {
            0 => words.say("today-short"),
            _ if flat => words.say(&format!("weekday-short-{weekday}")),
            _ => words.say(&format!("weekday-{weekday}")),
        };
        canvas.area(tile.snapped(), look.surface, unit * Look::RADIUS);
        let [ink, quiet] = [look.ink, look.quiet].map(|ink| ink.legible_on(look.surface, 4.5));
        let (high, low) = (degrees(day.high_tenths), degrees(day.low_tenths));
        let inner = tile.inset((unit * 1.8).min(tile.h * 0.12));
        let size = if flat { (inner.h * 0.17).min(inner.w * 0.2) } else { (inner.h * 0.44).min(inner.w * 0.075) };
        let bold = Type { digits: true, ..Type::new(size.round().max(1.0), Weight::Bold).line() };
        let plain = bold.weighing(Weight::Regular);
        if flat {
            upright(&name, (&high, &low), day.sky, inner, [bold, plain], [ink, quiet], canvas);
        } else {
            let mut line = inner;
            let symbol = line.cut_left(line.h.min(line.w * 0.2));
            sky::draw(symbol, day.sky, true, canvas);
            line.cut_left(unit * 2.0);
            let lows = line.cut_right(size * 2.3);
            let highs = line.cut_right(size * 2.3);
            canvas.snug(line, &name, plain, ink, Align::Lead);
            canvas.snug(highs, &high, bold, ink, Align::Trail);
            canvas.snug(lows, &low, plain, quiet, Align::Trail);
        }
    }
}

fn upright(
    name: &str,
    (high, low): (&str, &str),
    symbol: Sky,
    mut tile: Frame,
    [bold, plain]: [Type; 2],
    [ink, quiet]: [crate::stage::colour::Colour; 2],
    canvas: &mut Canvas<'_>,
) {
    let top = tile.cut_top(bold.size * 1.3);
    let mut foot = tile.cut_bottom(bold.size * 1.3);
    canvas.snug(top, name, plain, ink, Align::Centre);
    sky::draw(tile.inset(tile.h * 0.06), symbol, true, canvas);
    let half = foot.w * 0.48;
    let left = foot.cut_left(half);
    let right = foot.cut_right(half);
    canvas.snug(left, high, bold, ink, Align::Trail);
    canvas.snug(right, low, plain, quiet, Align::Lead);
}

fn word(sky: Sky) -> &'static str {
    match sky {
        Sky::Clear => "sky-clear",
        Sky::Fair => "sky-fair",
        Sky::Cloudy => "sky-cloudy",
        Sky::Fog => "sky-fog",
        Sky::Drizzle => "sky-drizzle",
        Sky::Rain => "sky-rain",
        Sky::Snow => "sky-snow",
        Sky::Thunder => "sky-thunder",
    }
}

#[cfg(test)]
mod tests {
    use super::degrees;

    #[test]
    fn degrees_are_whole_and_never_minus_nothing() {
        assert_eq!([-4, 4, 125, -126].map(degrees), ["0°", "0°", "13°", "−13°"]);
    }
}
