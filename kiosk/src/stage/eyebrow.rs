//! The quiet line above a headline: who speaks, in the stage's colour, and when.

use super::{
    canvas::Canvas,
    colour::Colour,
    drawing::{Align, Type, Weight},
    frame::Frame,
    look::Look,
};

/// Cuts the line off the top of a room, with the gap below it; `rest` takes a second line where the first is full.
pub fn draw((lead, rest): (&str, &str), room: &mut Frame, [loud, quiet]: [Colour; 2], canvas: &mut Canvas<'_>) {
    let height = height((lead, rest), room.w, canvas);
    let mut strip = room.cut_top(height);
    let [first, second] = types(canvas);
    let line_height = first.size * 1.3;
    let mut line = strip.cut_top(line_height);
    let baseline = line.y + first.size * 1.02;
    let width = canvas.width_of(lead, first);
    if fits((lead, rest), room.w, canvas) {
        canvas.line_on(baseline, line, lead, first, loud, Align::Lead);
        line.cut_left(width + first.size * BETWEEN);
        canvas.line_on(baseline, line, rest, second, quiet, Align::Lead);
    } else {
        canvas.line_on(baseline, line, lead, first, loud, Align::Lead);
        canvas.line_on(baseline + line_height, strip, rest, second, quiet, Align::Lead);
    }
}

/// Height of the line or lines, with the gap below.
pub fn height(said: (&str, &str), width: f32, canvas: &mut Canvas<'_>) -> f32 {
    let [first, _] = types(canvas);
    let lines = if fits(said, width, canvas) { 1.0 } else { 2.0 };
    first.size * 1.3 * lines + canvas.unit() * BELOW
}

/// Gap below the line, in hundredths of the shorter side of a region.
const BELOW: f32 = 2.2;
/// Gap between its two parts, in times their size.
const BETWEEN: f32 = 0.62;

fn types(canvas: &Canvas<'_>) -> [Type; 2] {
    let size = canvas.size(Look::EYEBROW);
    [Type::new(size, Weight::SemiBold).line(), Type::new(size, Weight::Regular).line()]
}

fn fits((lead, rest): (&str, &str), width: f32, canvas: &mut Canvas<'_>) -> bool {
    let [first, second] = types(canvas);
    let between = first.size * BETWEEN;
    rest.is_empty() || canvas.width_of(lead, first) + between + canvas.width_of(rest, second) <= width
}
