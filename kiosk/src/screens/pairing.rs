//! Pairing: a code that is typed once, in both languages of the house.

use shared::protocol::Fault;

use super::{brand, fault, state::Pairing};
use crate::stage::{
    canvas::Canvas,
    drawing::{Align, Type, Weight},
    frame::Frame,
    look::Look,
    words::Words,
};

/// Draws the code, the QR code, three steps, and how long the code lasts.
pub fn draw(pairing: &Pairing, at: i64, faults: &[Fault], canvas: &mut Canvas<'_>) {
    let mut room = canvas.content();
    let unit = canvas.unit();
    brand::draw(&mut room, canvas);
    if let Some(fault) = faults.last() {
        let strip = room.cut_bottom(unit * 4.0);
        let set = Type::new(canvas.size(2.7), Weight::Regular).line();
        let (what, _) = fault::said(fault, canvas.setting.words);
        canvas.line(strip, &what, set, canvas.look().accent_ink, Align::Start);
    }
    let valid = pairing.expires_at > at;
    let code = if valid { pairing.code.as_str() } else { "" };
    if canvas.frame.landscape() {
        let mut right = room.cut_right(room.w * 0.34);
        room.cut_right(unit * 8.0);
        titles(&mut room, canvas);
        tiles(code, &mut room, canvas);
        steps(&mut room, canvas);
        let side = right.w.min(right.h - unit * 12.0);
        let free = right.h - side - unit * 11.0;
        right.cut_top(free / 2.0);
        let card = right.cut_top(side);
        card_with_code(Frame { x: right.right() - side, w: side, ..card }, pairing, valid, canvas);
        right.cut_top(unit * 2.4);
        lasts(pairing, at, Frame { x: right.right() - side, w: side, ..right }, canvas);
    } else {
        titles(&mut room, canvas);
        tiles(code, &mut room, canvas);
        let side = (room.h * 0.5).min(room.w * 0.64);
        let mut strip = room.cut_bottom(side);
        room.cut_bottom(unit * 5.0);
        let card = strip.cut_left(side);
        card_with_code(card, pairing, valid, canvas);
        strip.cut_left(unit * 3.0);
        let height = unit * 10.0;
        strip.cut_top(side - height);
        lasts(pairing, at, strip, canvas);
        steps(&mut room, canvas);
    }
}

/// The display's own language first, then the other.
fn languages(canvas: &Canvas<'_>) -> [&'static Words; 2] {
    let own = canvas.setting.words;
    [own, Words::of(if own.language == "de" { "en" } else { "de" })]
}

fn titles(room: &mut Frame, canvas: &mut Canvas<'_>) {
    let look = canvas.look();
    let [own, other] = languages(canvas);
    let head = Type::new(canvas.size(8.8), Weight::Bold).tight();
    let title = own.say("pairing-title");
    let head = canvas.narrowed(&title, head, room.w - canvas.unit());
    let line = room.cut_top(head.size * 1.3);
    canvas.line(line, &title, head, look.ink, Align::Start);
    let low = Type::new(canvas.size(4.3), Weight::Regular).line();
    let line = room.cut_top(low.size * 1.5);
    canvas.line(line, &other.say("pairing-title"), low, look.quiet, Align::Start);
    room.cut_top(canvas.unit() * 4.5);
}

/// One tile per letter; the hyphen is a wider gap.
fn tiles(code: &str, room: &mut Frame, canvas: &mut Canvas<'_>) {
    let look = canvas.look();
    let unit = canvas.unit();
    let letters: Vec<char> = code.chars().collect();
    let places = if letters.is_empty() { 9 } else { letters.len() };
    let gaps = letters.iter().filter(|c| **c == '-').count().max(1);
    // A gap is a third as wide as a letter.
    let width = room.w / ((places - gaps) as f32 + gaps as f32 * 0.34);
    let height = (width * 1.28).min(unit * 22.0);
    let width = width.min(height / 1.28 * 1.15);
    let mut strip = room.cut_top(height);
    room.cut_top(unit * 5.0);
    let set =
        Type { digits: true, ..Type::new((height * 0.66).round().min(Look::LARGEST_PIXELS), Weight::Bold).line() };
    for place in 0..places {
        let letter = letters.get(place).copied();
        if letter == Some('-') || (letters.is_empty() && place == 4) {
            let gap = strip.cut_left(width * 0.34);
            let dash = Frame::new(gap.x - unit * 0.55, gap.y + (gap.h - unit * 0.7) / 2.0, gap.w, unit * 0.7);
            canvas.area(dash.inset_sides(gap.w * 0.16), look.quiet, unit * 0.35);
            continue;
        }
        let tile = strip.cut_left(width);
        let tile = Frame::new(tile.x, tile.y, tile.w - unit * 1.1, tile.h);
        canvas.area(tile, look.surface, unit * 1.6);
        if let Some(letter) = letter {
            canvas.line(tile, &letter.to_string(), set, look.accent_ink, Align::Centre);
        }
    }
}

fn steps(room: &mut Frame, canvas: &mut Canvas<'_>) {
    let look = canvas.look();
    let unit = canvas.unit();
    // Upright there is height to spare.
    let larger = if canvas.frame.landscape() { 1.0 } else { 1.16 };
    let [own, other] = languages(canvas);
    let loud = Type::new(canvas.size(3.6 * larger), Weight::SemiBold).line();
    let low = Type::new(canvas.size(2.9 * larger), Weight::Regular).line();
    let (disc_side, between) = (unit * 5.6 * larger, unit * 0.6);
    let width = room.w - disc_side - unit * 2.6;
    let mut said = Vec::new();
    for step in 1..=3_u8 {
        let key = format!("pairing-step-{step}");
        let place = |set: Type| Frame::new(0.0, 0.0, width, set.size * 3.8);
        let first = canvas.cut(&own.say(&key), loud, place(loud));
        let second = canvas.cut(&other.say(&key), low, place(low));
        said.push((step, first, second));
    }
    let height: f32 = said.iter().map(|(_, first, second)| first.height + between + second.height).sum();
    let gap = ((room.h - height) / 2.0).clamp(0.0, unit * 3.6 * larger);
    for (step, first, second) in said {
        let mut row = room.cut_top(first.height + between + second.height);
        room.cut_top(gap);
        let disc = row.cut_left(disc_side);
        row.cut_left(unit * 2.6);
        let centre = (disc.x + disc.w / 2.0, row.y + disc.w / 2.0);
        canvas.disc(centre, disc.w / 2.0, look.accent, unit * 0.35);
        let number = Type::new(canvas.size(2.9 * larger), Weight::Bold).line();
        let number_place = Frame { h: disc.w, ..disc };
        canvas.line(number_place, &step.to_string(), number, look.accent_ink, Align::Centre);
        canvas.block(row, &first, look.ink, look.ink, Align::Start);
        let below = Frame { y: row.y + first.height + between, ..row };
        canvas.block(below, &second, look.quiet, look.quiet, Align::Start);
    }
}

fn card_with_code(card: Frame, pairing: &Pairing, valid: bool, canvas: &mut Canvas<'_>) {
    if valid {
        canvas.code(card, &pairing.address, canvas.look().background);
    } else {
        let (surface, radius) = (canvas.look().surface, canvas.unit() * 1.8);
        canvas.area(card, surface, radius);
    }
}

fn lasts(pairing: &Pairing, at: i64, mut room: Frame, canvas: &mut Canvas<'_>) {
    let look = canvas.look();
    let minutes = (pairing.expires_at - at).max(0) / 60_000;
    let say = |words: &Words| {
        if pairing.expires_at > at {
            words.say_with("pairing-left", &[("minutes", minutes.into())])
        } else {
            words.say("pairing-code-next")
        }
    };
    let [own, other] = languages(canvas);
    let loud = Type::new(canvas.size(2.9), Weight::SemiBold).line();
    let low = Type::new(canvas.size(2.5), Weight::Regular).line();
    for (words, set, ink) in [(own, loud, look.ink), (other, low, look.quiet)] {
        let block = canvas.cut(&say(words), set, Frame { h: set.size * 2.6, ..room });
        canvas.block(room, &block, ink, ink, Align::Start);
        room.cut_top(block.height + set.size * 0.3);
    }
}
