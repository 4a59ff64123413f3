//! A strip: what a slide says where its part of the display is only a line high.

use super::{
    canvas::Canvas,
    clean::clean_line,
    colour::Colour,
    drawing::{Align, Type, Weight},
    look::Look,
};

/// Wider than so many times its height, and lower than this part of the display, a part is a strip.
const SHAPE: (f32, f32) = (4.0, 0.22);

impl Canvas<'_> {
    /// Whether there is only room for a line.
    pub fn is_strip(&self) -> bool {
        let (wide, low) = SHAPE;
        self.frame.w > self.frame.h * wide && self.frame.h < self.setting.display.1 * low
    }
}

/// Draws a loud text and a quiet one after it, or below it where both are too long for one line.
pub fn draw((lead, rest): (&str, &str), [loud, quiet]: [Colour; 2], canvas: &mut Canvas<'_>) {
    let (lead, rest) = (clean_line(lead), clean_line(rest));
    let mut room = canvas.band(canvas.frame.h * Look::BAND_PART);
    let height = room.h;
    let first = Type { tracking: -0.018, ..Type::new((height * Look::BAND_TYPE).round(), Weight::Bold).line() };
    let second = Type::new((height * Look::BAND_SMALL).round(), Weight::Regular).line();
    let (wide, between) = (canvas.width_of(&lead, first), height * 0.34);
    if rest.is_empty() || lead.is_empty() {
        let (text, set, ink) = if rest.is_empty() { (&lead, first, loud) } else { (&rest, first, quiet) };
        canvas.snug(room, text, set, ink, Align::Lead);
    } else if wide + between + canvas.width_of(&rest, second) <= room.w {
        let baseline = canvas.band_baseline(room);
        canvas.line_on(baseline, room, &lead, first, loud, Align::Lead);
        room.cut_left(wide + between);
        canvas.line_on(baseline, room, &rest, second, quiet, Align::Lead);
    } else {
        let upper = room.cut_top(height * 0.56);
        canvas.line(upper, &lead, first.sized((height * 0.5).round()), loud, Align::Lead);
        canvas.line(room, &rest, second, quiet, Align::Lead);
    }
}
