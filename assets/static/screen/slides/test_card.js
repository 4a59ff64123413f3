// Draws a test card: edges, circles, colours, greys, and what the display is. The same as `kiosk/src/slides/test_card.rs`.

import { BLACK, WHITE, parse, towards } from "../colour.js";
import { Frame, round } from "../frame.js";
import { LARGEST_PIXELS } from "../look.js";
import { BOLD, REGULAR, line, type } from "../type.js";

// Squares of the grid along the shorter side, and steps of grey from black to white.
const SQUARES = 9;
const GREYS = 11;
const BARS = ["#ffffff", "#ffff00", "#00ffff", "#00ff00", "#ff00ff", "#ff0000", "#0000ff", "#000000"];

// Squares from the middle outwards, so that it shows where the middle is.
function grid(canvas, hair, ink) {
  const { frame } = canvas;
  const square = Math.min(frame.w, frame.h) / SQUARES;
  const lines = (from, length) => {
    const count = Math.floor(length / 2 / square);
    return new Array(2 * count + 1).fill(0).map((_, at) => round(from + length / 2 + (at - count) * square));
  };
  for (const x of lines(frame.x, frame.w)) canvas.area(frame.with({ x, w: hair }), ink);
  for (const y of lines(frame.y, frame.h)) canvas.area(frame.with({ y, h: hair }), ink);
}

// Circles in the corners, which show whether the picture is stretched, and wedges that touch the edges.
function corners(canvas, hair) {
  const { frame, unit } = canvas;
  const radius = unit * 9;
  const off = radius + unit * 5;
  for (const y of [frame.y + off, frame.bottom - off]) {
    for (const x of [frame.x + off, frame.right - off]) canvas.disc([x, y], radius, WHITE, hair);
  }
  const [w, h] = [unit * 6, unit * 1.6];
  const [x, y] = [frame.x + (frame.w - w) / 2, frame.y + (frame.h - w) / 2];
  const wedges = [
    [new Frame(x, frame.y, w, h), "#ff0000"],
    [new Frame(x, frame.bottom - h, w, h), "#00ff00"],
    [new Frame(frame.x, y, h, w), "#ffff00"],
    [new Frame(frame.right - h, y, h, w), "#00a0ff"],
  ];
  for (const [edge, colour] of wedges) canvas.area(edge.snapped(), parse(colour));
}

function strips(canvas, where, colours) {
  const frame = where.snapped();
  const edge = index => round(frame.x + (frame.w * index) / colours.length);
  colours.forEach((colour, at) => canvas.area(frame.with({ x: edge(at), w: edge(at + 1) - edge(at) }), colour));
}

// Resolution, part of it, and where the display belongs.
function said(canvas, frame) {
  const { look, frame: part } = canvas;
  canvas.area(frame.snapped(), BLACK);
  const [width, height] = canvas.setting.display;
  const whole = Math.abs(part.w - width) < 1 && Math.abs(part.h - height) < 1;
  const place = `${part.w} × ${part.h} + ${part.x} + ${part.y}`;
  const lines = [
    [`${width} × ${height}`, 0.32, BOLD],
    [whole ? canvas.moment.clock() : place, 0.15, REGULAR],
    [look.address === "" ? look.name : `${look.name} · ${look.address}`, 0.15, REGULAR],
  ];
  const room = frame.inset(frame.h * 0.1);
  const all = lines.reduce((sum, [, size]) => sum + frame.h * size * 1.25, 0);
  room.cutTop(Math.max((room.h - all) / 2, 0));
  for (const [text, size, weight] of lines) {
    const set = line(type(Math.max(round(Math.min(frame.h * size, LARGEST_PIXELS)), 1), weight), { digits: true });
    canvas.snug(room.cutTop(set.size * 1.25), text, set, WHITE, "centre");
  }
}

function draw(canvas) {
  const { frame, unit } = canvas;
  const hair = Math.max(round(unit * 0.2), 1);
  const [dark, ink] = [towards(WHITE, BLACK, 0.82), towards(WHITE, BLACK, 0.45)];
  canvas.area(frame, dark);
  grid(canvas, hair, ink);
  // The outermost pixels, and the area that even an old television shows.
  canvas.outline(frame, WHITE, hair);
  canvas.outline(frame.inset(unit * 5).snapped(), ink, hair);
  corners(canvas, hair);
  const side = Math.min(frame.w, frame.h);
  const centre = [frame.x + frame.w / 2, frame.y + frame.h / 2];
  canvas.disc(centre, side * 0.44, WHITE, hair * 1.5);
  const wide = Math.min(side, frame.w) * 0.8;
  const bar = y => new Frame(centre[0] - wide / 2, centre[1] + side * y, wide, side * 0.13);
  strips(canvas, bar(-0.27), BARS.map(parse));
  const greys = new Array(GREYS).fill(0).map((_, step) => towards(BLACK, WHITE, step / (GREYS - 1)));
  strips(canvas, bar(0.14), greys);
  said(canvas, new Frame(centre[0] - wide / 2, centre[1] - side * 0.13, wide, side * 0.26));
}

export const test_card = { draw };
