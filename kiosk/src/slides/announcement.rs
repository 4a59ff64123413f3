//! Draws [`shared::slides::Announcement`]: to be read from across the street.

use shared::slides::Announcement;

use crate::stage::{
    canvas::Canvas,
    clean::{clean, clean_line},
    colour::Colour,
    drawing::{Align, Type, Weight},
    frame::Frame,
    look::{Look, short_address},
};

/// Sizes of the headline, in hundredths of the shorter side.
const HEADLINES: &[f32] = &[21.0, 18.0, 15.0, 13.0, 11.4, 10.0, 8.8, 7.8, 6.9];
/// Sizes of the text below it.
const TEXTS: &[f32] = &[6.1, 5.4, 4.8, 4.3, 3.8];

pub(super) fn draw(announcement: &Announcement, canvas: &mut Canvas<'_>) {
    let headline = clean_line(&announcement.headline);
    let text = clean(&announcement.text);
    canvas.follow_direction_of(if headline.is_empty() { &text } else { &headline });
    ground(canvas);
    let unit = canvas.unit();
    let mut room = canvas.content().inset(unit * 1.5);
    picture(announcement, &mut room, canvas);
    link(announcement, &mut room, canvas);

    let on = canvas.look().on_accent;
    let head_room = Frame { h: if text.is_empty() { room.h } else { room.h * 0.62 }, ..room };
    let head = canvas.fit(&headline, HEADLINES, head_room, |size| Type {
        leading: 1.04,
        tracking: -0.03,
        ..Type::new(size, Weight::Bold)
    });
    let gap = if text.is_empty() || headline.is_empty() { 0.0 } else { (head.set.size * 0.4).max(unit * 3.0) };
    let below = Frame::new(room.x, room.y, room.w.min(unit * 150.0), room.h - head.height - gap);
    let body = canvas.fit(&text, TEXTS, below, |size| Type::new(size, Weight::Regular));
    let free = (room.h - head.height - gap - body.height).max(0.0);
    let top = room.y + (free * 0.46).round();
    canvas.block(Frame { y: top, ..room }, &head, on, on, Align::Start);
    let soft = on.towards(canvas.look().accent, 0.08).legible_on(canvas.look().accent, 4.5);
    canvas.block(Frame { y: top + head.height + gap, ..room }, &body, soft, on, Align::Start);
}

/// The stage's colour, and rings like those of a stone dropped into water.
fn ground(canvas: &mut Canvas<'_>) {
    let look = canvas.look();
    let frame = canvas.frame;
    let away = if look.on_accent.luminance() > 0.5 { Colour::BLACK } else { Colour::WHITE };
    // The text's contrast only grows towards the second colour.
    canvas.shaded(frame, [look.accent, look.accent.towards(away, 0.16)], 0.0);
    let unit = canvas.unit();
    let centre = (frame.right() - unit * 12.0, frame.y + unit * 4.0);
    for ring in 1..=4_u8 {
        let faint = look.on_accent.faint(0.11 - f32::from(ring) * 0.018);
        canvas.disc(centre, unit * 21.0 * f32::from(ring), faint, unit * 0.45);
    }
}

fn picture(announcement: &Announcement, room: &mut Frame, canvas: &mut Canvas<'_>) {
    let pictures: Vec<_> = announcement.picture.iter().cloned().collect();
    let Some(picture) = canvas.sound(&pictures).first().copied() else { return };
    let unit = canvas.unit();
    let area = if canvas.frame.landscape() {
        let area = room.cut_right(room.w * 0.42);
        room.cut_right(unit * 6.0);
        area
    } else {
        let area = room.cut_top(room.h * 0.4);
        room.cut_top(unit * 6.0);
        area
    };
    canvas.photo(area, picture, unit * Look::RADIUS);
}

fn link(announcement: &Announcement, room: &mut Frame, canvas: &mut Canvas<'_>) {
    if announcement.link.is_empty() {
        return;
    }
    let unit = canvas.unit();
    let on = canvas.look().on_accent;
    let side = canvas.code_side(&announcement.link, unit * Look::CODE);
    let mut strip = room.cut_bottom(side);
    room.cut_bottom(unit * 5.0);
    let card = strip.cut_left(side);
    strip.cut_left(unit * 3.0);
    canvas.code(card, &announcement.link, canvas.look().accent);
    strip.cut_bottom(unit * 0.6);
    let set = Type::new(canvas.size(3.3), Weight::Regular).line();
    let label = strip.cut_bottom(set.size * 1.3);
    canvas.line(label, &short_address(&announcement.link), set, on, Align::Lead);
    let set = Type::new(canvas.size(3.8), Weight::SemiBold).line();
    let label = strip.cut_bottom(set.size * 1.35);
    let name = canvas.setting.words.say("learn-more");
    canvas.line(label, &name, set, on, Align::Lead);
}
