// What the sky does, as a symbol of discs and strokes. The same as `kiosk/src/stage/sky.rs`.

import { legibleOn, luminance, towards } from "./colour.js";

const SUN = { red: 1, green: 0.74, blue: 0.18, alpha: 1 };
const RAIN = { red: 0.33, green: 0.66, blue: 0.95, alpha: 1 };

// Shapes in parts of a square.
class Place {
  constructor(canvas, square) {
    this.canvas = canvas;
    this.square = square;
  }

  at([x, y]) {
    return [this.square.x + x * this.square.w, this.square.y + y * this.square.h];
  }

  disc(centre, radius, colour) {
    this.canvas.disc(this.at(centre), radius * this.square.w, colour);
  }

  line(from, to, width, colour) {
    this.canvas.stroke(this.at(from), this.at(to), width * this.square.w, colour);
  }

  sun(centre, radius, colour) {
    this.disc(centre, radius, colour);
    for (let ray = 0; ray < 8; ray += 1) {
      const angle = (ray / 8) * 2 * Math.PI;
      const reach = part => [centre[0] + Math.sin(angle) * radius * part, centre[1] + Math.cos(angle) * radius * part];
      this.line(reach(1.42), reach(1.9), radius * 0.22, colour);
    }
  }

  moon(centre, radius, face, craters) {
    this.disc(centre, radius, face);
    for (const [x, y, size] of [[-0.32, -0.22, 0.24], [0.26, 0.3, 0.2], [0.3, -0.4, 0.12]]) {
      this.disc([centre[0] + x * radius, centre[1] + y * radius], radius * size, towards(face, craters, 0.45));
    }
  }

  cloud([x, y], width, colour) {
    const part = (dx, dy) => [x + dx * width, y + dy * width];
    this.line(part(-0.31, 0.14), part(0.31, 0.14), width * 0.34, colour);
    this.disc(part(-0.13, -0.05), width * 0.24, colour);
    this.disc(part(0.17, 0.02), width * 0.19, colour);
  }
}

const DRAWN = {
  clear(place, { day, warm, light, heavy }) {
    if (day) place.sun([0.5, 0.5], 0.21, warm);
    else place.moon([0.5, 0.5], 0.3, light, heavy);
  },
  fair(place, { day, warm, light }) {
    if (day) place.sun([0.66, 0.36], 0.15, warm);
    else place.moon([0.66, 0.34], 0.19, warm, warm);
    place.cloud([0.44, 0.62], 0.72, light);
  },
  cloudy(place, { light, heavy }) {
    place.cloud([0.62, 0.42], 0.6, heavy);
    place.cloud([0.44, 0.58], 0.78, light);
  },
  fog(place, { light, heavy }) {
    [[0.14, 0.74], [0.26, 0.9], [0.1, 0.68], [0.32, 0.84]].forEach(([from, to], line) => {
      const y = 0.26 + 0.16 * line;
      place.line([from, y], [to, y], 0.075, line % 2 === 0 ? light : heavy);
    });
  },
  drizzle(place, inks) {
    rain(place, inks, 3, 0.09);
  },
  rain(place, inks) {
    rain(place, inks, 4, 0.2);
  },
  snow(place, { light, wet }) {
    place.cloud([0.5, 0.4], 0.82, light);
    for (const flake of [[0.28, 0.74], [0.5, 0.74], [0.72, 0.74], [0.39, 0.9], [0.61, 0.9]]) place.disc(flake, 0.045, wet);
  },
  thunder(place, { heavy, warm }) {
    place.cloud([0.5, 0.4], 0.82, heavy);
    const bolt = [[0.56, 0.6], [0.44, 0.77], [0.57, 0.77], [0.45, 0.95]];
    for (let at = 1; at < bolt.length; at += 1) place.line(bolt[at - 1], bolt[at], 0.055, warm);
  },
};

function rain(place, { light, wet }, drops, length) {
  place.cloud([0.5, 0.4], 0.82, light);
  for (let drop = 0; drop < drops; drop += 1) {
    const x = 0.5 + (drop - (drops - 1) / 2) * 0.18 + 0.03;
    const y = 0.7 + (drop % 2 === 0 ? 0 : 0.06);
    place.line([x, y], [x - length * 0.32, y + length], 0.05, wet);
  }
}

// Draws a symbol into the largest square of a frame; by night the moon stands for the sun.
export function drawSky(canvas, frame, sky, day) {
  const { ink, background } = canvas.look;
  const dark = luminance(background) < 0.2;
  const inks = {
    day,
    warm: legibleOn(SUN, background, 1.6),
    light: towards(ink, background, dark ? 0.08 : 0.5),
    heavy: towards(ink, background, dark ? 0.3 : 0.36),
    wet: legibleOn(RAIN, background, 2.2),
  };
  (DRAWN[sky] || DRAWN.cloudy)(new Place(canvas, frame.holding(1)), inks);
}
