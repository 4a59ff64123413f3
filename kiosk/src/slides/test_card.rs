//! Draws [`shared::slides::TestCard`]: edges, circles, colours, greys, and what the display is.

use shared::slides::TestCard;

use crate::stage::{
    canvas::Canvas,
    colour::Colour,
    drawing::{Align, Type, Weight},
    frame::Frame,
    look::Look,
};

/// Squares of the grid along the shorter side.
const SQUARES: f32 = 9.0;
/// Steps of grey from black to white.
const GREYS: u8 = 11;
const BARS: [&str; 8] = ["#FFFFFF", "#FFFF00", "#00FFFF", "#00FF00", "#FF00FF", "#FF0000", "#0000FF", "#000000"];

pub(super) fn draw(_: &TestCard, canvas: &mut Canvas<'_>) {
    let frame = canvas.frame;
    let hair = (canvas.unit() * 0.2).round().max(1.0);
    let (dark, line) = (Colour::WHITE.towards(Colour::BLACK, 0.82), Colour::WHITE.towards(Colour::BLACK, 0.45));
    canvas.area(frame, dark, 0.0);
    grid(hair, line, canvas);
    // The outermost pixels, and the area that even an old television shows.
    canvas.outline(frame, Colour::WHITE, hair, 0.0);
    canvas.outline(frame.inset(canvas.unit() * 5.0).snapped(), line, hair, 0.0);
    corners(hair, canvas);
    let side = frame.w.min(frame.h);
    let centre = (frame.x + frame.w / 2.0, frame.y + frame.h / 2.0);
    canvas.disc(centre, side * 0.44, Colour::WHITE, hair * 1.5);
    let wide = (side * 0.8).min(frame.w * 0.8);
    let high = side * 0.13;
    let bar = |y: f32| Frame::new(centre.0 - wide / 2.0, centre.1 + side * y, wide, high);
    let colours: Vec<_> = BARS.iter().filter_map(|bar| Colour::parse(bar)).collect();
    strips(bar(-0.27), &colours, canvas);
    let grey = |step: u8| Colour::BLACK.towards(Colour::WHITE, f32::from(step) / f32::from(GREYS - 1));
    strips(bar(0.14), &(0..GREYS).map(grey).collect::<Vec<_>>(), canvas);
    said(Frame::new(centre.0 - wide / 2.0, centre.1 - side * 0.13, wide, side * 0.26), canvas);
}

/// Squares from the middle outwards, so that it shows where the middle is.
fn grid(hair: f32, line: Colour, canvas: &mut Canvas<'_>) {
    let frame = canvas.frame;
    let square = frame.w.min(frame.h) / SQUARES;
    let lines = |from: f32, length: f32| {
        let middle = from + length / 2.0;
        let count = (length / 2.0 / square).floor() as i16;
        (-count..=count).map(move |n| (middle + f32::from(n) * square).round())
    };
    for x in lines(frame.x, frame.w) {
        canvas.area(Frame { x, w: hair, ..frame }, line, 0.0);
    }
    for y in lines(frame.y, frame.h) {
        canvas.area(Frame { y, h: hair, ..frame }, line, 0.0);
    }
}

/// Circles in the corners, which show whether the picture is stretched, and wedges that touch the edges.
fn corners(hair: f32, canvas: &mut Canvas<'_>) {
    let (frame, unit) = (canvas.frame, canvas.unit());
    let radius = unit * 9.0;
    let (left, right) = (frame.x + radius + unit * 5.0, frame.right() - radius - unit * 5.0);
    for y in [frame.y + radius + unit * 5.0, frame.bottom() - radius - unit * 5.0] {
        canvas.disc((left, y), radius, Colour::WHITE, hair);
        canvas.disc((right, y), radius, Colour::WHITE, hair);
    }
    let (w, h) = (unit * 6.0, unit * 1.6);
    let (x, y) = (frame.x + (frame.w - w) / 2.0, frame.y + (frame.h - w) / 2.0);
    for (edge, colour) in [
        (Frame::new(x, frame.y, w, h), "#FF0000"),
        (Frame::new(x, frame.bottom() - h, w, h), "#00FF00"),
        (Frame::new(frame.x, y, h, w), "#FFFF00"),
        (Frame::new(frame.right() - h, y, h, w), "#00A0FF"),
    ] {
        canvas.area(edge.snapped(), Colour::parse(colour).unwrap_or(Colour::WHITE), 0.0);
    }
}

fn strips(frame: Frame, colours: &[Colour], canvas: &mut Canvas<'_>) {
    let frame = frame.snapped();
    for (index, colour) in colours.iter().enumerate() {
        let edge = |index: usize| (frame.x + frame.w * index as f32 / colours.len() as f32).round();
        canvas.area(Frame { x: edge(index), w: edge(index + 1) - edge(index), ..frame }, *colour, 0.0);
    }
}

/// Resolution, part of it, and where the display belongs.
fn said(frame: Frame, canvas: &mut Canvas<'_>) {
    let look = canvas.look();
    canvas.area(frame.snapped(), Colour::BLACK, 0.0);
    let (width, height) = canvas.setting.display;
    let part = canvas.frame;
    let size = format!("{width:.0} × {height:.0}");
    let whole = (part.w - width).abs() < 1.0 && (part.h - height).abs() < 1.0;
    let place = format!("{:.0} × {:.0} + {:.0} + {:.0}", part.w, part.h, part.x, part.y);
    let address =
        if look.address.is_empty() { look.name.clone() } else { format!("{} · {}", look.name, look.address) };
    let lines = [
        (size, 0.32, Weight::Bold),
        (if whole { canvas.setting.moment.clock() } else { place }, 0.15, Weight::Regular),
        (address, 0.15, Weight::Regular),
    ];
    let mut room = frame.inset(frame.h * 0.1);
    let height: f32 = lines.iter().map(|line| frame.h * line.1 * 1.25).sum();
    room.cut_top(((room.h - height) / 2.0).max(0.0));
    for (text, part, weight) in lines {
        let set = Type {
            digits: true,
            ..Type::new((frame.h * part).min(Look::LARGEST_PIXELS).round().max(1.0), weight).line()
        };
        let line = room.cut_top(set.size * 1.25);
        canvas.snug(line, &text, set, Colour::WHITE, Align::Centre);
    }
}
