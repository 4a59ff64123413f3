//! What the sky does, as a symbol of discs and strokes.

use std::f32::consts::TAU;

use shared::slides::Sky;

use super::{canvas::Canvas, colour::Colour, frame::Frame};

/// Draws a symbol into the largest square of a frame; by night the moon stands for the sun.
pub fn draw(frame: Frame, sky: Sky, day: bool, canvas: &mut Canvas<'_>) {
    let square = frame.holding(1.0);
    let place = Place { square };
    let look = canvas.look();
    let dark = look.background.luminance() < 0.2;
    let warm = SUN.legible_on(look.background, 1.6);
    let light = look.ink.towards(look.background, if dark { 0.08 } else { 0.5 });
    let heavy = look.ink.towards(look.background, if dark { 0.3 } else { 0.36 });
    let wet = RAIN.legible_on(look.background, 2.2);
    match sky {
        Sky::Clear if day => place.sun((0.5, 0.5), 0.21, warm, canvas),
        Sky::Clear => place.moon((0.5, 0.5), 0.3, light, heavy, canvas),
        Sky::Fair => {
            if day {
                place.sun((0.66, 0.36), 0.15, warm, canvas);
            } else {
                place.moon((0.66, 0.34), 0.19, warm, warm, canvas);
            }
            place.cloud((0.44, 0.62), 0.72, light, canvas);
        }
        Sky::Cloudy => {
            place.cloud((0.62, 0.42), 0.6, heavy, canvas);
            place.cloud((0.44, 0.58), 0.78, light, canvas);
        }
        Sky::Fog => {
            for (line, (from, to)) in [(0.14, 0.74), (0.26, 0.9), (0.1, 0.68), (0.32, 0.84)].into_iter().enumerate() {
                let y = 0.26 + 0.16 * line as f32;
                place.line((from, y), (to, y), 0.075, if line % 2 == 0 { light } else { heavy }, canvas);
            }
        }
        Sky::Drizzle | Sky::Rain => {
            place.cloud((0.5, 0.4), 0.82, light, canvas);
            let (drops, length) = if sky == Sky::Rain { (4_u8, 0.2) } else { (3, 0.09) };
            for drop in 0..drops {
                let x = 0.5 + (f32::from(drop) - f32::from(drops - 1) / 2.0) * 0.18 + 0.03;
                let y = 0.7 + if drop % 2 == 0 { 0.0 } else { 0.06 };
                place.line((x, y), (x - length * 0.32, y + length), 0.05, wet, canvas);
            }
        }
        Sky::Snow => {
            place.cloud((0.5, 0.4), 0.82, light, canvas);
            for (x, y) in [(0.28, 0.74), (0.5, 0.74), (0.72, 0.74), (0.39, 0.9), (0.61, 0.9)] {
                place.disc((x, y), 0.045, wet, canvas);
            }
        }
        Sky::Thunder => {
            place.cloud((0.5, 0.4), 0.82, heavy, canvas);
            let bolt = [(0.56, 0.6), (0.44, 0.77), (0.57, 0.77), (0.45, 0.95)];
            for ends in bolt.windows(2) {
                place.line(ends[0], ends[1], 0.055, warm, canvas);
            }
        }
    }
}

const SUN: Colour = Colour { red: 1.0, green: 0.74, blue: 0.18, alpha: 1.0 };
const RAIN: Colour = Colour { red: 0.33, green: 0.66, blue: 0.95, alpha: 1.0 };

/// Shapes in parts of a square.
struct Place {
    square: Frame,
}

impl Place {
    fn at(&self, (x, y): (f32, f32)) -> (f32, f32) {
        (self.square.x + x * self.square.w, self.square.y + y * self.square.h)
    }

    fn disc(&self, centre: (f32, f32), radius: f32, colour: Colour, canvas: &mut Canvas<'_>) {
        canvas.disc(self.at(centre), radius * self.square.w, colour, 0.0);
    }

    fn line(&self, from: (f32, f32), to: (f32, f32), width: f32, colour: Colour, canvas: &mut Canvas<'_>) {
        canvas.stroke(self.at(from), self.at(to), width * self.square.w, colour);
    }

    fn sun(&self, centre: (f32, f32), radius: f32, colour: Colour, canvas: &mut Canvas<'_>) {
        self.disc(centre, radius, colour, canvas);
        for ray in 0..8_u8 {
            let (sin, cos) = (f32::from(ray) / 8.0 * TAU).sin_cos();
            let reach = |part: f32| (centre.0 + sin * radius * part, centre.1 + cos * radius * part);
            self.line(reach(1.42), reach(1.9), radius * 0.22, colour, canvas);
        }
    }

    fn moon(&self, centre: (f32, f32), radius: f32, face: Colour, craters: Colour, canvas: &mut Canvas<'_>) {
        self.disc(centre, radius, face, canvas);
        for (x, y, size) in [(-0.32, -0.22, 0.24), (0.26, 0.3, 0.2), (0.3, -0.4, 0.12)] {
            let crater = (centre.0 + x * radius, centre.1 + y * radius);
            self.disc(crater, radius * size, face.towards(craters, 0.45), canvas);
        }
    }

    fn cloud(&self, (x, y): (f32, f32), width: f32, colour: Colour, canvas: &mut Canvas<'_>) {
        let part = |dx: f32, dy: f32| (x + dx * width, y + dy * width);
        self.line(part(-0.31, 0.14), part(0.31, 0.14), width * 0.34, colour, canvas);
        self.disc(part(-0.13, -0.05), width * 0.24, colour, canvas);
        self.disc(part(0.17, 0.02), width * 0.19, colour, canvas);
    }
}
