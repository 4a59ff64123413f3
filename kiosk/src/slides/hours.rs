//! Draws [`shared::slides::Hours`]: a week, today, and whether somebody is there now.

mod rule;

use shared::slides::Hours;

use self::rule::Now;
use crate::stage::{
    canvas::Canvas,
    clean::clean_line,
    copy::{self, Copy},
    drawing::{Align, Type, Weight},
    frame::Frame,
    look::Look,
    strip,
};

/// Highest row of the table, in hundredths of the shorter side of a region.
const ROW: f32 = 10.4;
/// Size of the letters in a row, in parts of its height.
const LETTERS: f32 = 0.46;
/// How much of a row the weekday takes.
const WEEKDAY: f32 = 0.42;

pub(super) fn draw(hours: &Hours, canvas: &mut Canvas<'_>) {
    let moment = &canvas.setting.moment;
    let weekday = (moment.day_number() + 3).rem_euclid(7) as usize;
    let now = rule::now(&hours.week, weekday, moment.minute_of_day());
    let title = clean_line(&hours.title);
    let (status, next) = said(now, weekday, canvas);
    let today = clean_line(&hours.week[weekday]);
    let look = canvas.look();
    if canvas.is_strip() {
        let lead = if title.is_empty() { &status } else { &title };
        let rest = if title.is_empty() { next } else { [status.as_str(), &next].join(" ").trim().to_owned() };
        let rest = if rest.is_empty() { today } else { rest };
        return strip::draw((lead, &rest), [look.ink, look.accent_ink], canvas);
    }
    canvas.follow_direction_of(&title);
    let mut room = canvas.content();
    let unit = canvas.unit();
    let (mut head, table) = if canvas.frame.landscape() {
        let head = room.cut_left((room.w * 0.4).round());
        room.cut_left(unit * Look::GUTTER);
        (head, room)
    } else {
        let head = room.cut_top((room.h * 0.3).round());
        room.cut_top(unit * Look::GUTTER * 0.8);
        (head, room)
    };
    let height = (table.h / 7.0).min(unit * ROW);
    let top = if canvas.frame.landscape() { table.y + (table.h - height * 7.0) / 2.0 } else { table.y };
    if canvas.frame.landscape() {
        head = Frame { y: top, h: (height * 7.0).min(head.h), ..head };
    }
    headings(&title, (&status, &next), &clean_line(&hours.note), head, canvas);
    for (day, text) in hours.week.iter().enumerate() {
        let frame = Frame::new(table.x, top + height * day as f32, table.w, height);
        row(&clean_line(text), day, day == weekday, frame, canvas);
    }
}

/// The title, whether somebody is there, and a note at the foot.
fn headings(title: &str, (status, next): (&str, &str), note: &str, mut head: Frame, canvas: &mut Canvas<'_>) {
    let (look, unit) = (canvas.look(), canvas.unit());
    if !note.is_empty() {
        let part = Frame { h: head.h * 0.3, ..head };
        let block = canvas.fit(note, &[4.3, 3.8, 3.3], part, |size| Type::new(size, Weight::Regular));
        let foot = head.cut_bottom(block.height);
        canvas.block(foot, &block, look.quiet, look.quiet, Align::Start);
        head.cut_bottom(unit * 3.0);
    }
    let large = Type::new(canvas.size(6.1), Weight::SemiBold).line();
    let small = Type::new(canvas.size(4.8), Weight::Regular).line();
    let lines = [(status, large, look.accent_ink), (next, small, look.quiet)];
    let lines: Vec<_> = lines.into_iter().filter(|(text, ..)| !text.is_empty()).collect();
    let height: f32 = lines.iter().map(|(_, set, _)| set.size * 1.34).sum();
    let gap = if title.is_empty() { 0.0 } else { unit * 3.6 };
    let above = Frame { h: (head.h - height - gap).max(0.0), ..head };
    let fitted = canvas.fit_copy(Copy { headline: title, text: "" }, above);
    if !title.is_empty() {
        canvas.copy(above, &fitted, copy::Inks { headline: look.ink, text: look.ink, tint: look.ink });
        head.cut_top(fitted.height + gap);
    }
    for (text, set, ink) in lines {
        let line = head.cut_top(set.size * 1.34);
        canvas.snug(line, text, set, ink, Align::Lead);
    }
}

fn row(text: &str, day: usize, today: bool, frame: Frame, canvas: &mut Canvas<'_>) {
    let (look, unit) = (canvas.look(), canvas.unit());
    let words = canvas.setting.words;
    if today {
        canvas.area(frame.snapped(), look.accent, unit * Look::RADIUS);
    } else if day < 6 {
        let hair = (unit * 0.2).round().max(1.0);
        let line = Frame { y: (frame.bottom() - hair).round(), h: hair, ..frame };
        canvas.area(line, look.line, 0.0);
    }
    let weight = if today { Weight::Bold } else { Weight::Regular };
    let mut inner = frame.inset_sides((unit * 2.4).min(frame.w * 0.05));
    let size = (frame.h * LETTERS).min(inner.w * 0.075).round().max(1.0);
    let set = Type { digits: true, ..Type::new(size, weight).line() };
    let left = inner.cut_left((inner.w * WEEKDAY).round());
    let whole = words.say(&format!("weekday-{}", day + 1));
    let name =
        if canvas.width_of(&whole, set) <= left.w { whole } else { words.say(&format!("weekday-short-{}", day + 1)) };
    let (ink, quiet) = if today { (look.on_accent, look.on_accent) } else { (look.ink, look.quiet) };
    canvas.snug(left, &name, set, ink, Align::Lead);
    if text.is_empty() {
        canvas.snug(inner, &words.say("hours-none"), set, quiet, Align::Trail);
        return;
    }
    // Two times of a day stand below each other where they would become small.
    let pair = text.split_once(", ").filter(|_| canvas.width_of(text, set) > inner.w * 1.12);
    let Some((early, late)) = pair else { return canvas.snug(inner, text, set, ink, Align::Trail) };
    let set = set.sized((size * 0.82).round().max(1.0));
    let mut both = Frame { y: inner.y + (inner.h - set.size * 2.3) / 2.0, h: set.size * 2.3, ..inner };
    let upper = both.cut_top(both.h / 2.0);
    canvas.snug(upper, early, set, ink, Align::Trail);
    canvas.snug(both, late, set, ink, Align::Trail);
}

/// Whether somebody is there, and until when or from when on.
fn said(now: Now, weekday: usize, canvas: &Canvas<'_>) -> (String, String) {
    let words = canvas.setting.words;
    let time = |minute: u32| ("time", format!("{:02}:{:02}", minute / 60, minute % 60).into());
    let next = match now {
        Now::Unknown => return (String::new(), String::new()),
        Now::Always => return (words.say("hours-open"), String::new()),
        Now::Open(until) => return (words.say("hours-open"), words.say_with("hours-until", &[time(until)])),
        Now::Closed => String::new(),
        Now::Opens(0, from) => words.say_with("hours-opens-today", &[time(from)]),
        Now::Opens(1, from) => words.say_with("hours-opens-tomorrow", &[time(from)]),
        Now::Opens(days, from) => {
            let day = words.say(&format!("weekday-{}", (weekday + days) % 7 + 1));
            words.say_with("hours-opens-on", &[("weekday", day.into()), time(from)])
        }
    };
    (words.say("hours-closed"), next)
}
