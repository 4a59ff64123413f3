//! Draws [`shared::slides::Ticker`]: running where things may move and there is a strip for it; else turning pages, one
//! line after the other. All displays show the same.

use shared::slides::Ticker;

use crate::stage::{
    canvas::Canvas,
    clean::clean_line,
    copy::{self, Copy},
    drawing::{Align, Type, Weight},
    frame::Frame,
    look::Look,
};

/// Time to notice a page, in milliseconds.
const NOTICE: i64 = 3_000;
/// Time to read a character, in milliseconds.
const CHARACTER: i64 = 66;
/// Shortest and longest time of a page, in milliseconds.
const PAGE: (i64, i64) = (5_000, 16_000);
/// More pages than this get no dots.
const MOST_DOTS: usize = 12;

/// Which line is on at an instant, and until when; `None` without lines.
fn page(ticker: &Ticker, at: i64) -> Option<(usize, i64)> {
    let percent = match ticker.speed.as_str() {
        "slow" => 140,
        "fast" => 70,
        _ => 100,
    };
    let millis = |line: &String| {
        let characters = i64::try_from(line.chars().take(1_000).count()).unwrap_or(0);
        (NOTICE + characters * CHARACTER).clamp(PAGE.0, PAGE.1) * percent / 100
    };
    let all: i64 = ticker.lines.iter().map(millis).sum();
    if all == 0 {
        return None;
    }
    // Counted from 1970, so that displays which started at different times agree.
    let round = at.rem_euclid(all);
    let mut ends = 0;
    for (index, line) in ticker.lines.iter().enumerate() {
        ends += millis(line);
        if round < ends {
            return Some((index, at.saturating_add(ends - round)));
        }
    }
    None
}

/// When the page is turned.
pub(super) fn next_look(ticker: &Ticker, at: i64) -> Option<i64> {
    page(ticker, at).filter(|_| ticker.lines.len() > 1).map(|(_, until)| until)
}

pub(super) fn draw(ticker: &Ticker, canvas: &mut Canvas<'_>) {
    let Some((index, _)) = page(ticker, canvas.setting.moment.at()) else { return };
    if canvas.is_strip() && canvas.setting.moves {
        return run(ticker, canvas);
    }
    let text = clean_line(&ticker.lines[index]);
    canvas.follow_direction_of(&text);
    let pages = (index, ticker.lines.len());
    if canvas.is_strip() { in_strip(&text, pages, canvas) } else { alone(&text, pages, canvas) }
}

/// Hundredths of the display's shorter side in a second: slow, medium and fast.
const SPEEDS: [f32; 3] = [10.0, 15.0, 22.0];

fn run(ticker: &Ticker, canvas: &mut Canvas<'_>) {
    let look = canvas.look();
    let frame = canvas.frame;
    canvas.area(frame, look.surface, 0.0);
    let height = canvas.band(frame.h * Look::BAND_PART).h;
    let ink = look.ink.legible_on(look.surface, 4.5);
    let set = Type { tracking: -0.01, ..Type::new((height * 0.6).round(), Weight::SemiBold).line() };
    let speed = match ticker.speed.as_str() {
        "slow" => SPEEDS[0],
        "fast" => SPEEDS[2],
        _ => SPEEDS[1],
    };
    let lines: Vec<_> = ticker.lines.iter().map(|line| clean_line(line)).collect();
    // It runs one way all the time, that of most lines.
    canvas.follow_direction_of_most(&lines);
    canvas.tape(frame, &lines, set, [ink, look.surface], speed);
}

fn in_strip(text: &str, pages: (usize, usize), canvas: &mut Canvas<'_>) {
    let look = canvas.look();
    let frame = canvas.frame;
    canvas.area(frame, look.surface, 0.0);
    let mut room = canvas.band(frame.h * Look::BAND_PART);
    let height = room.h;
    let bar = room.cut_left((height * 0.1).round());
    canvas.area(bar, look.accent, height * 0.05);
    room.cut_left(height * 0.36);
    let column = room.cut_right(dots_width(pages.1, height * 0.11));
    room.cut_right(height * 0.4);
    dots(column, pages, height * 0.11, canvas);
    let ink = look.ink.legible_on(look.surface, 4.5);
    let large = Type { tracking: -0.01, ..Type::new((height * 0.56).round(), Weight::SemiBold).line() };
    if canvas.width_of(text, large) <= room.w * 1.22 {
        return canvas.snug(room, text, large, ink, Align::Lead);
    }
    let small = Type { leading: 1.2, ..large.sized((height * 0.4).round()) };
    let block = canvas.cut(text, small, room);
    let top = ((room.h - block.height) / 2.0).max(0.0);
    canvas.block(Frame { y: room.y + top, ..room }, &block, ink, ink, Align::Lead);
}

fn alone(text: &str, pages: (usize, usize), canvas: &mut Canvas<'_>) {
    let (look, unit) = (canvas.look(), canvas.unit());
    let mut room = canvas.content();
    let foot = room.cut_bottom(unit * 2.0);
    room.cut_bottom(unit * 4.0);
    dots(foot, pages, unit * 0.8, canvas);
    let fitted = canvas.fit_copy(Copy { headline: text, text: "" }, room);
    room.cut_top(((room.h - fitted.height) * 0.42).max(0.0).round());
    canvas.copy(room, &fitted, copy::Inks { headline: look.ink, text: look.ink, tint: look.accent_ink });
}

fn dots_width(count: usize, radius: f32) -> f32 {
    if (2..=MOST_DOTS).contains(&count) { radius * (count as f32 * 3.4 - 1.4) } else { 0.0 }
}

/// A dot for each page, and the page that is on in the stage's colour.
fn dots(frame: Frame, (on, of): (usize, usize), radius: f32, canvas: &mut Canvas<'_>) {
    if !(2..=MOST_DOTS).contains(&of) {
        return;
    }
    let look = canvas.look();
    for dot in 0..of {
        let ink = if dot == on { look.accent } else { look.quiet.towards(look.background, 0.5) };
        let centre = (frame.x + radius + radius * 3.4 * dot as f32, frame.y + frame.h / 2.0);
        canvas.disc(centre, radius, ink, 0.0);
    }
}

#[cfg(test)]
mod tests {
    use shared::slides::Ticker;

    use super::{next_look, page};

    fn ticker(lines: &[&str]) -> Ticker {
        Ticker { lines: lines.iter().map(|line| (*line).to_owned()).collect(), ..Ticker::default() }
    }

    #[test]
    fn every_line_gets_its_time_in_order_and_all_displays_agree() {
        let ticker = ticker(&["kurz", &"lang ".repeat(40), "auch kurz"]);
        let (mut at, mut seen) = (1_773_320_700_000, Vec::new());

        for _ in 0..6 {
            let (index, until) = page(&ticker, at).unwrap();
            assert_eq!(page(&ticker, until - 1), Some((index, until)), "until the last millisecond");
            seen.push(index);
            at = until;
        }

        assert!(seen.windows(2).all(|pair| pair[1] == (pair[0] + 1) % 3), "{seen:?}");
        assert_eq!(next_look(&ticker, at - 1), Some(at));
    }

    #[test]
    fn one_line_stays_and_none_is_nothing() {
        assert_eq!(next_look(&ticker(&["allein"]), 5), None);
        assert_eq!(page(&ticker(&[]), 5), None);
        assert_eq!(page(&ticker(&["a", "b"]), i64::MIN).map(|(index, _)| index < 2), Some(true));
    }

    #[test]
    fn a_fast_one_turns_sooner_than_a_slow_one() {
        let lasts = |speed: &str| {
            let ticker = Ticker { speed: speed.into(), ..ticker(&["a", "b"]) };
            next_look(&ticker, 0).unwrap()
        };
        assert!(lasts("fast") < lasts("medium") && lasts("medium") < lasts("slow"));
    }
}
