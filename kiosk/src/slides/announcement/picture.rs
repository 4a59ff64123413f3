//! On the full picture: words at its foot, on a shadow that makes them legible on any picture.

use shared::slides::Announcement;

use crate::stage::{
    canvas::Canvas,
    colour::Colour,
    copy::{self, Copy},
    way::{self, Side},
};

/// How much of the height words may take, on a wide part of the display and on a high one.
const FOOT: (f32, f32) = (0.68, 0.56);

/// Whether there is a picture to lie on.
pub(super) fn possible(announcement: &Announcement, canvas: &Canvas<'_>) -> bool {
    announcement.picture.as_ref().is_some_and(|picture| !canvas.sound(std::slice::from_ref(picture)).is_empty())
}

pub(super) fn draw(announcement: &Announcement, copy: Copy<'_>, canvas: &mut Canvas<'_>) {
    let Some(picture) = &announcement.picture else { return };
    let (frame, unit) = (canvas.frame, canvas.unit());
    canvas.photo(frame, picture, 0.0);
    let mut room = canvas.content();
    room.cut_top(room.h * (1.0 - if frame.landscape() { FOOT.0 } else { FOOT.1 }));
    let white = Colour::WHITE;
    let way = (!announcement.link.is_empty()).then(|| super::way(announcement, canvas));
    let side = if frame.landscape() { Side::End } else { Side::Below };
    let place = way.as_ref().map(|way| canvas.cut_way(way, side, &mut room));
    let fitted = canvas.fit_copy(copy, room);
    let top = room.bottom() - fitted.height;
    let code_top = place.filter(|_| side == Side::End).map_or(top, |place| place.bottom() - unit * 34.0);
    let dense = top.min(code_top) - unit * 3.0;
    let mut shadow = frame;
    shadow.cut_top(dense - unit * 24.0 - frame.y);
    canvas.scrim(shadow, dense, Colour::BLACK);
    room.cut_top(room.h - fitted.height);
    let tint = canvas.look().accent.legible_on(Colour::BLACK, 9.0);
    canvas.copy(room, &fitted, copy::Inks { headline: white, text: white, tint });
    if let (Some(way), Some(place)) = (&way, place) {
        canvas.way(way, side, place, way::Inks { name: white, said: white, behind: Colour::BLACK });
    }
}
