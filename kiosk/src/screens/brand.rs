//! The sign of the house, on screens that belong to nobody yet: a column for posters, and the name.

use crate::stage::{
    canvas::Canvas,
    colour::Colour,
    drawing::{Align, Type, Weight},
    frame::Frame,
};

/// Draws it at the top left and takes its height off the room.
pub fn draw(room: &mut Frame, canvas: &mut Canvas<'_>) {
    let look = canvas.look();
    let unit = canvas.unit();
    let mut strip = room.cut_top(unit * 6.4);
    room.cut_top(unit * 3.0);
    let mut column = strip.cut_left(unit * 3.6);
    strip.cut_left(unit * 2.0);
    // Roof, posters, foot.
    let roof = column.cut_top(unit * 1.0);
    canvas.area(roof, look.accent, unit * 0.5);
    column.cut_top(unit * 0.5);
    let foot = column.cut_bottom(unit * 0.8);
    column.cut_bottom(unit * 0.5);
    let body = Frame::new(column.x + unit * 0.4, column.y, column.w - unit * 0.8, column.h);
    canvas.area(body, look.accent, unit * 0.4);
    canvas.area(Frame::new(column.x + unit * 0.1, foot.y, column.w - unit * 0.2, foot.h), look.accent, unit * 0.3);
    let name = Type { tracking: -0.02, ..Type::new(canvas.size(4.8), Weight::Bold).line() };
    canvas.line(strip, "Litfass", name, look.ink, Align::Start);
}

/// Posters on the column: left, top, width and height in parts of its drum.
const POSTERS: [[f32; 4]; 6] = [
    [0.0, 0.03, 0.40, 0.32],
    [0.44, 0.03, 0.56, 0.22],
    [0.44, 0.28, 0.30, 0.30],
    [0.78, 0.28, 0.22, 0.30],
    [0.0, 0.38, 0.40, 0.20],
    [0.0, 0.61, 1.0, 0.30],
];

/// A whole column with posters on it, as wide as its frame and as high; the part of the display may cut its foot.
pub fn column(frame: Frame, canvas: &mut Canvas<'_>) {
    let look = canvas.look();
    let unit = frame.w / 100.0;
    let mut rest = frame;
    let (shade, sun) = (look.surface, look.accent);
    // A knob, a roof in two steps, a drum, and a foot.
    let knob = rest.cut_top(unit * 7.0);
    canvas.disc((knob.x + knob.w / 2.0, knob.y + unit * 3.5), unit * 3.5, sun, 0.0);
    rest.cut_top(unit * 1.5);
    canvas.area(rest.cut_top(unit * 9.0).inset_sides(unit * 16.0), sun, unit * 4.5);
    rest.cut_top(unit * 1.5);
    canvas.area(rest.cut_top(unit * 6.0), sun, unit * 3.0);
    rest.cut_top(unit * 1.5);
    canvas.area(rest.cut_bottom(unit * 6.0), sun, unit * 3.0);
    rest.cut_bottom(unit * 1.5);
    let drum = rest.inset_sides(unit * 6.0);
    canvas.shaded(drum, [shade.towards(look.ink, 0.05), look.background.towards(shade, 0.6)], unit * 2.0);
    let inner = drum.inset(unit * 5.0);
    for (place, [left, top, width, height]) in POSTERS.into_iter().enumerate() {
        let sheet = Frame::new(inner.x + inner.w * left, inner.y + inner.h * top, inner.w * width, inner.h * height);
        poster(place, sheet.snapped(), unit, canvas);
    }
}

/// One poster: a ground, something to see, and lines that stand for words.
fn poster(place: usize, sheet: Frame, unit: f32, canvas: &mut Canvas<'_>) {
    let look = canvas.look();
    let (paper, sun, night) = (look.ink, look.accent, look.background);
    let (ground, mark): (Colour, Colour) = match place {
        0 | 5 => (sun, night),
        1 | 4 => (paper.towards(night, 0.08), night),
        _ => (sun.towards(night, 0.55), paper),
    };
    canvas.area(sheet, ground, unit * 1.2);
    let mut inner = sheet.inset(unit * 3.2);
    match place {
        0 | 3 => {
            let radius = inner.w.min(inner.h * 0.5) / 2.0;
            canvas.disc((inner.x + inner.w / 2.0, inner.y + radius), radius, mark, 0.0);
            inner.cut_top(radius * 2.0 + unit * 3.0);
        }
        2 => {
            for ring in 1..=3_u8 {
                let radius = inner.w * 0.16 * f32::from(ring);
                canvas.disc((inner.x + inner.w / 2.0, inner.y + inner.w * 0.5), radius, mark, unit * 1.2);
            }
            inner.cut_top(inner.w + unit * 3.0);
        }
        _ => {}
    }
    let thick = if place == 5 { unit * 6.0 } else { unit * 2.6 };
    let mut width = 1.0;
    while inner.h > thick {
        let line = inner.cut_top(thick);
        inner.cut_top(thick * 0.8);
        canvas.area(Frame { w: line.w * width, ..line }, mark.faint(0.9), thick * 0.25);
        width = if width > 0.8 { 0.62 } else { 0.86 };
    }
}
