//! Draws [`shared::slides::Announcement`]: to be read from across the street.

mod picture;
mod poster;

use shared::slides::Announcement;

use crate::stage::{
    canvas::Canvas,
    clean::{clean, clean_line},
    colour::Colour,
    copy::{self, Copy},
    frame::Frame,
    look::{Look, short_address},
    strip,
    way::{self, Side, Way},
};

pub(super) fn draw(announcement: &Announcement, canvas: &mut Canvas<'_>) {
    let headline = clean_line(&announcement.headline);
    let text = clean(&announcement.text);
    canvas.follow_direction_of(if headline.is_empty() { &text } else { &headline });
    let look = canvas.look();
    if canvas.is_strip() {
        canvas.area(canvas.frame, look.accent, 0.0);
        return strip::draw((&headline, &text), [look.on_accent; 2], canvas);
    }
    let copy = Copy { headline: &headline, text: &text };
    match announcement.design.as_str() {
        "poster" => poster::draw(announcement, copy, canvas),
        "picture" if picture::possible(announcement, canvas) => picture::draw(announcement, copy, canvas),
        _ => colour(announcement, copy, canvas),
    }
}

fn colour(announcement: &Announcement, copy: Copy<'_>, canvas: &mut Canvas<'_>) {
    ground(canvas);
    let mut room = canvas.content();
    beside(announcement, &mut room, canvas);
    link(announcement, &mut room, canvas);

    let look = canvas.look();
    let on = look.on_accent;
    let soft = on.towards(look.accent, 0.08).legible_on(look.accent, 4.5);
    let fitted = canvas.fit_copy(copy, room);
    // A little above the middle, where the eye expects it.
    room.cut_top(((room.h - fitted.height) * 0.42).max(0.0).round());
    canvas.copy(room, &fitted, copy::Inks { headline: on, text: soft, tint: on });
}

/// The stage's colour, and discs like waves that come in from a corner.
fn ground(canvas: &mut Canvas<'_>) {
    let look = canvas.look();
    let frame = canvas.frame;
    // The text's contrast only grows towards the second colour.
    let away = if look.on_accent.luminance() > 0.5 { Colour::BLACK } else { Colour::WHITE };
    canvas.shaded(frame, [look.accent, look.accent.towards(away, 0.1)], 0.0);
    let unit = canvas.unit();
    let centre = (frame.right() - unit * 6.0, frame.bottom() + unit * 8.0);
    for ring in (1..=3_u8).rev() {
        canvas.disc(centre, unit * 34.0 * f32::from(ring), away.faint(0.055), 0.0);
    }
}

/// Up to the edges: at the end of the text, or above it.
fn beside(announcement: &Announcement, room: &mut Frame, canvas: &mut Canvas<'_>) {
    let pictures: Vec<_> = announcement.picture.iter().cloned().collect();
    let Some(picture) = canvas.sound(&pictures).first().copied() else { return };
    let (mut frame, gutter) = (canvas.frame, canvas.unit() * Look::GUTTER);
    let area = if frame.landscape() {
        let area = frame.cut_right((frame.w * 0.46).round());
        room.w = area.x - gutter - room.x;
        area
    } else {
        let area = frame.cut_top((frame.h * 0.42).round());
        let top = area.bottom() + gutter * 0.8;
        (room.h, room.y) = (room.bottom() - top, top);
        area
    };
    canvas.photo(area, picture, 0.0);
}

fn link(announcement: &Announcement, room: &mut Frame, canvas: &mut Canvas<'_>) {
    if announcement.link.is_empty() {
        return;
    }
    let look = canvas.look();
    let way = way(announcement, canvas);
    let place = canvas.cut_way(&way, Side::Below, room);
    let on = look.on_accent;
    canvas.way(&way, Side::Below, place, way::Inks { name: on, said: on, behind: look.accent });
}

fn way(announcement: &Announcement, canvas: &Canvas<'_>) -> Way {
    Way {
        address: announcement.link.clone(),
        name: canvas.setting.words.say("learn-more"),
        said: short_address(&announcement.link),
    }
}
