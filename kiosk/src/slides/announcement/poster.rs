//! A poster: the headline as large as it can be on the stage's colour, and everything else small at its foot.

use shared::slides::Announcement;

use crate::stage::{
    canvas::{Canvas, by_loudness},
    copy::{self, Copy},
    drawing::{Align, Type, Weight},
    frame::Frame,
    look::Look,
    way::{self, Side},
};

/// Sizes of the headline, in hundredths of the shorter side of a region.
const LOUD: &[f32] = &[40.0, 34.0, 30.0, 26.0, 22.0, 18.0, 15.0, 13.0, 11.4, 10.0, 8.8, 7.8, 6.9, 6.1];
/// Sizes of the text.
const QUIET: &[f32] = &[5.4, 4.8, 4.3, 3.8];

pub(super) fn draw(announcement: &Announcement, copy: Copy<'_>, canvas: &mut Canvas<'_>) {
    let (look, unit) = (canvas.look(), canvas.unit());
    canvas.area(canvas.frame, look.accent, 0.0);
    let mut room = canvas.content();
    super::beside(announcement, &mut room, canvas);
    let on = look.on_accent;
    let mut foot = Frame { h: room.h * 0.3, y: room.bottom() - room.h * 0.3, ..room };
    let way = (!announcement.link.is_empty()).then(|| super::way(announcement, canvas));
    let mut place = None;
    if let Some(way) = &way {
        let side = canvas.code_side(&way.address, unit * Look::CODE).min(room.w * 0.4);
        foot.cut_left(side + unit * Look::GUTTER * 0.6);
        place = Some(side);
    }
    let headline = if copy.headline.is_empty() { copy.text } else { copy.headline };
    let text = if copy.headline.is_empty() { "" } else { copy.text };
    let block = canvas.fit(text, QUIET, foot, |size| Type::new(size, Weight::Regular));
    let height = block.height.max(place.unwrap_or(0.0));
    let mut line = room.cut_bottom(height);
    if height > 0.0 {
        room.cut_bottom(unit * 3.6);
        let rule = room.cut_bottom((unit * 0.9).round());
        canvas.area(rule.snapped(), on, 0.0);
        room.cut_bottom(unit * 3.6);
    }
    let loud = canvas
        .fit_or_cut(headline, (LOUD, Look::STEP_CUT), room, |size| by_loudness(size, unit).weighing(Weight::Bold));
    canvas.block(room, &loud, on, on, Align::Start);
    if let (Some(way), Some(side)) = (&way, place) {
        let card = line.cut_left(side);
        if text.is_empty() {
            let inks = way::Inks { name: on, said: on, behind: look.accent };
            return canvas.way(way, Side::Below, Frame { w: card.w + line.w, ..card }, inks);
        }
        canvas.code(Frame { h: side, ..card }, &way.address, look.accent);
        line.cut_left(unit * Look::GUTTER * 0.6);
    }
    let inks = copy::Inks { headline: on, text: on, tint: on };
    canvas.block(line, &block, inks.text, inks.tint, Align::Start);
}
