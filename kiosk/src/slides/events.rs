//! Draws [`shared::slides::Events`]: leaves of a calendar, and what is on.

use shared::slides::{Event, Events};

use crate::stage::{
    canvas::Canvas,
    clean::clean_line,
    copy::{self, Copy},
    drawing::{Align, Type, Weight},
    frame::Frame,
    look::Look,
    moment::Moment,
    strip,
    words::Words,
};

/// Height of a row, at least and at most, in hundredths of the shorter side of a region.
const ROW: (f32, f32) = (13.0, 22.0);

/// Those that have not ended, as many as are wanted.
fn coming(events: &Events, at: i64) -> Vec<&Event> {
    let count = usize::try_from(events.count.clamp(1, 8)).unwrap_or(1);
    events.events.iter().filter(|event| event.until.max(event.from.saturating_add(1)) > at).take(count).collect()
}

/// `today, 19:30`, `until Sunday 15 March`.
fn when(event: &Event, moment: &Moment, words: &Words) -> String {
    let today = moment.day_number();
    let day = |at: i64| match moment.day_number_at(at) - today {
        0 => words.say("today"),
        1 => words.say("tomorrow"),
        _ => moment.date_at(at, words),
    };
    let last = event.until.saturating_sub(1).max(event.from);
    let days = moment.day_number_at(last) - moment.day_number_at(event.from);
    let (whole, runs) = (event.whole_days, event.from <= moment.at());
    if runs && (whole || days > 0) && moment.day_number_at(last) > today {
        return words.say_with("event-until", &[("day", day(last).into())]);
    }
    if runs && !whole {
        return words.say_with("event-now", &[("time", moment.clock_at(event.until).into())]);
    }
    if whole {
        return if runs { words.say("today") } else { day(event.from) };
    }
    words.say_with("event-at", &[("day", day(event.from).into()), ("time", moment.clock_at(event.from).into())])
}

pub(super) fn draw(events: &Events, canvas: &mut Canvas<'_>) {
    let (look, words, unit) = (canvas.look(), canvas.setting.words, canvas.unit());
    let moment = &canvas.setting.moment;
    let coming = coming(events, moment.at());
    let title = clean_line(&events.title);
    canvas.follow_direction_of(&title);
    let mut room = canvas.content();
    let Some(first) = coming.first() else {
        let none = words.say("events-none");
        let (lead, rest) = if title.is_empty() { (none.as_str(), "") } else { (title.as_str(), none.as_str()) };
        if canvas.is_strip() {
            return strip::draw((lead, rest), [look.ink, look.quiet], canvas);
        }
        let fitted = canvas.fit_copy(Copy { headline: lead, text: rest }, room);
        room.cut_top(((room.h - fitted.height) * 0.42).max(0.0).round());
        return canvas.copy(room, &fitted, copy::Inks { headline: look.ink, text: look.quiet, tint: look.quiet });
    };
    if canvas.is_strip() {
        return strip::draw((&first.title, &when(first, moment, words)), [look.ink, look.accent_ink], canvas);
    }
    if !title.is_empty() {
        let part = Frame { h: room.h * 0.22, ..room };
        let block = canvas.fit(&title, &[7.8, 6.9, 6.1, 5.4, 4.8], part, |size| Type::new(size, Weight::Bold).tight());
        canvas.block(room, &block, look.ink, look.ink, Align::Start);
        room.cut_top(block.height + unit * 3.6);
    }
    let most = ((room.h / (unit * ROW.0)).floor() as usize).max(1);
    let coming: Vec<_> = coming.into_iter().take(most).collect();
    let height = (room.h / coming.len() as f32).min(unit * ROW.1);
    for (index, event) in coming.iter().enumerate() {
        let mut line = room.cut_top(height);
        if index > 0 {
            let hair = (unit * 0.2).round().max(1.0);
            canvas.area(Frame { h: hair, y: line.y.round(), ..line }, look.line, 0.0);
        }
        let pad = height * 0.1;
        line = Frame { y: line.y + pad, h: line.h - pad * 2.0, ..line };
        row(event, line, canvas);
    }
}

fn row(event: &Event, mut line: Frame, canvas: &mut Canvas<'_>) {
    let (look, words, unit) = (canvas.look(), canvas.setting.words, canvas.unit());
    let moment = &canvas.setting.moment;
    // What runs already stands under today.
    let [weekday, number, month] = moment.calendar_leaf(event.from.max(moment.at()), words);
    let leaf = line.cut_left(line.h.min(line.w * 0.24));
    let leaf = Frame { h: leaf.w, y: line.y + (line.h - leaf.w) / 2.0, ..leaf }.snapped();
    line.cut_left(unit * 3.4);
    canvas.area(leaf, look.accent, unit * Look::RADIUS);
    let mut inner = leaf.inset(leaf.h * 0.09);
    let small = Type::new((leaf.h * 0.17).round().max(1.0), Weight::SemiBold).line();
    let set = Type { digits: true, tracking: -0.03, ..Type::new((leaf.h * 0.5).round().max(1.0), Weight::Bold).line() };
    let top = inner.cut_top(small.size * 1.25);
    let foot = inner.cut_bottom(small.size * 1.25);
    canvas.snug(top, &weekday, small, look.on_accent, Align::Centre);
    canvas.line_on(
        inner.y + (inner.h + set.size * Look::CAP) / 2.0,
        inner,
        &number,
        set,
        look.on_accent,
        Align::Centre,
    );
    let month = if canvas.width_of(&month, small) > foot.w { month.chars().take(3).collect() } else { month };
    canvas.snug(foot, &month, small, look.on_accent, Align::Centre);

    let title = clean_line(&event.title);
    let when = when(event, moment, words);
    let place = clean_line(&event.place);
    let below = Type::new((line.h * 0.27).min(canvas.size(4.8)).round().max(1.0), Weight::Regular).line();
    let both = format!("{when} · {place}");
    let said = if place.is_empty() { when.clone() } else { both };
    let steps = [6.9, 6.1, 5.4, 4.8, 4.3, 3.8];
    let part = Frame { h: line.h - below.size * 1.4, ..line };
    let most = line.h * 0.44;
    let steps: Vec<_> = steps.into_iter().filter(|step| step * unit <= most.max(unit * 3.8)).collect();
    let block = canvas.fit(&title, &steps, part, |size| Type { leading: 1.16, ..Type::new(size, Weight::SemiBold) });
    // What is said about it is never louder than what it is.
    let below = below.sized(below.size.min((block.set.size * 0.84).round()));
    let height = block.height + below.size * 1.4;
    let mut words_at = Frame { y: line.y + ((line.h - height) / 2.0).max(0.0), ..line };
    canvas.block(words_at, &block, look.ink, look.ink, Align::Lead);
    words_at.cut_top(block.height + below.size * 0.1);
    let line = words_at.cut_top(below.size * 1.3);
    canvas.line(line, &said, below, look.quiet, Align::Lead);
}

#[cfg(test)]
mod tests {
    use shared::slides::{Event, Events};

    use super::{Moment, Words, coming, when};

    const HOUR: i64 = 3_600_000;
    /// Five past two on a Thursday in Berlin.
    const NOW: i64 = 1_773_320_700_000;
    const MIDNIGHT: i64 = 1_773_270_000_000;

    fn event(from: i64, until: i64) -> Event {
        Event { title: "Konzert".into(), place: String::new(), from, until, whole_days: false }
    }

    #[test]
    fn what_has_ended_is_left_out_and_the_next_ones_move_up() {
        let all = vec![event(NOW - 5, NOW), event(NOW - 5, NOW + 1), event(NOW + 5, NOW + 5), event(NOW + 9, NOW + 10)];
        let events = Events { count: 2, events: all.clone(), ..Events::default() };

        assert_eq!(coming(&events, NOW), [&all[1], &all[2]]);
        assert_eq!(coming(&events, NOW + 9), [&all[3]]);
        assert!(coming(&events, NOW + 10).is_empty());
    }

    #[test]
    fn days_are_said_in_words() {
        let (moment, words) = (Moment::new(NOW, "Europe/Berlin"), Words::of("de"));
        let said = |event: Event| when(&event, &moment, words);
        let whole = |from, until| Event { whole_days: true, ..event(from, until) };

        assert_eq!(said(event(NOW + HOUR, NOW + 2 * HOUR)), "heute, 15:05 Uhr");
        assert_eq!(said(event(NOW + 24 * HOUR, NOW + 25 * HOUR)), "morgen, 14:05 Uhr");
        assert_eq!(said(event(NOW - HOUR, NOW + HOUR)), "jetzt, bis 15:05 Uhr");
        assert_eq!(said(whole(MIDNIGHT, MIDNIGHT + 24 * HOUR)), "heute");
        assert_eq!(said(whole(MIDNIGHT, MIDNIGHT + 72 * HOUR)), "bis Samstag, 14. März");
        assert_eq!(said(whole(MIDNIGHT + 48 * HOUR, MIDNIGHT + 72 * HOUR)), "Samstag, 14. März");
    }
}
