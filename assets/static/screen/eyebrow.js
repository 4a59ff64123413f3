// The quiet line above a headline: who speaks, in the stage's colour, and when. The same as `kiosk/src/stage/eyebrow.rs`.

import { EYEBROW } from "./look.js";
import { REGULAR, SEMIBOLD, line, type } from "./type.js";

// Gap below the line, in hundredths of the shorter side of a region; between its two parts, in times their size.
const BELOW = 2.2;
const BETWEEN = 0.62;

function types(canvas) {
  const size = canvas.size(EYEBROW);
  return [line(type(size, SEMIBOLD)), line(type(size, REGULAR))];
}

function fits(canvas, lead, rest, width) {
  const [first, second] = types(canvas);
  const between = first.size * BETWEEN;
  return rest === "" || canvas.widthOf(lead, first) + between + canvas.widthOf(rest, second) <= width;
}

// Height of the line or lines, with the gap below.
export function eyebrowHeight(canvas, lead, rest, width) {
  const [first] = types(canvas);
  return first.size * 1.3 * (fits(canvas, lead, rest, width) ? 1 : 2) + canvas.unit * BELOW;
}

// Cuts the line off the top of a room; `rest` takes a second line where the first is full.
export function drawEyebrow(canvas, lead, rest, room, [loud, quiet]) {
  const [first, second] = types(canvas);
  const fit = fits(canvas, lead, rest, room.w);
  const strip = room.cutTop(eyebrowHeight(canvas, lead, rest, room.w));
  const height = first.size * 1.3;
  const row = strip.cutTop(height);
  const level = row.y + first.size * 1.02;
  const width = canvas.widthOf(lead, first);
  canvas.lineOn(level, row, lead, first, loud, "lead");
  if (fit) {
    row.cutLeft(width + first.size * BETWEEN);
    canvas.lineOn(level, row, rest, second, quiet, "lead");
  } else {
    canvas.lineOn(level + height, strip, rest, second, quiet, "lead");
  }
}
