//! Draws [`shared::slides::Qr`]: a code to be scanned from afar, why, and where it leads.

use shared::slides::Qr;

use crate::stage::{
    canvas::Canvas,
    clean::{clean, clean_line},
    copy::{self, Copy},
    drawing::{Align, Type, Weight},
    frame::Frame,
    look::{Look, short_address},
    strip,
};

/// Longer addresses make codes that nobody can scan.
const LONGEST: usize = 900;
/// Sizes of the address, in hundredths of the shorter side of a region.
const SAID: &[f32] = &[5.4, 4.8, 4.3, 3.8];

pub(super) fn draw(qr: &Qr, canvas: &mut Canvas<'_>) {
    let (title, text, said) = (clean_line(&qr.title), clean(&qr.text), clean_line(&short_address(&qr.link)));
    canvas.follow_direction_of(if title.is_empty() { &text } else { &title });
    let look = canvas.look();
    let mut room = canvas.content();
    let scannable = !qr.link.is_empty() && qr.link.len() <= LONGEST;
    if canvas.is_strip() {
        return strip::draw((&title, &said), [look.ink, look.accent_ink], canvas);
    }
    let gutter = canvas.unit() * Look::GUTTER;
    if scannable {
        let wish = if room.landscape() { room.h.min(room.w * 0.44) } else { room.w.min(room.h * 0.46) };
        // As near to the wish as whole pixels allow, and never more.
        let side = canvas.code_side(&qr.link, wish * 0.97).min(wish);
        let card = if room.landscape() {
            let column = room.cut_left(side);
            room.cut_left(gutter * 1.2);
            Frame { y: column.y + (column.h - side) / 2.0, h: side, ..column }
        } else {
            let card = room.cut_top(side);
            room.cut_top(gutter);
            Frame { w: side, ..card }
        };
        canvas.code(card, &qr.link, look.background);
    }
    let landscape = canvas.content().landscape();
    let address = Type::new(1.0, Weight::SemiBold);
    let part = Frame { h: room.h * 0.26, ..room };
    let address = canvas.fit(&said, SAID, part, |size| Type { leading: 1.26, ..address.sized(size) });
    let gap = if said.is_empty() { 0.0 } else { canvas.unit() * 4.0 };
    let above = Frame { h: room.h - address.height - gap, ..room };
    let fitted = canvas.fit_copy(Copy { headline: &title, text: &text }, above);
    let height = fitted.height + gap + address.height;
    if landscape {
        room.cut_top(((room.h - height) * 0.5).max(0.0).round());
    }
    canvas.copy(room, &fitted, copy::Inks { headline: look.ink, text: look.quiet, tint: look.accent_ink });
    room.cut_top(fitted.height + gap);
    canvas.block(room, &address, look.accent_ink, look.accent_ink, Align::Lead);
}
