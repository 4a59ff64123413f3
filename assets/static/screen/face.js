// The time of day, large: digits, the date, a line that says how far the day has come, or a dial with hands. The same as
// `kiosk/src/stage/face.rs` and `dial.rs`.

import { round } from "./frame.js";
import { CAP, LARGEST_PIXELS } from "./look.js";
import { BOLD, REGULAR, line, type } from "./type.js";

// Size of the digits against the width and the height of their room, and of the date against the digits.
const DIGITS = [0.36, 0.68];
const DATE = 0.2;

// Draws the time as large as the room allows, in the middle of its height, where reading starts.
export function drawFace(canvas, room, dated) {
  const { look } = canvas;
  const [time, date] = [canvas.moment.clock(), canvas.moment.date()];
  const size = round(Math.min(room.w * DIGITS[0], room.h * DIGITS[1], LARGEST_PIXELS));
  const digits = line(type(size, BOLD), { tracking: -0.05 });
  const below = canvas.narrowed(date, line(type(round(size * DATE), REGULAR)), room.w);
  // Digits are as high as capitals; what a line reserves above and below them is air.
  const cap = size * CAP;
  const gap = size * 0.16;
  const top = room.y + (room.h - (cap + (dated ? gap + below.size : 0))) / 2;
  canvas.lineOn(top + cap, room, time, digits, look.ink, "lead");
  if (dated) canvas.lineOn(top + cap + gap + below.size * CAP, room, date, below, look.quiet, "lead");
}

// A line across a room, filled as far as the day has come.
export function drawDayLine(canvas, room) {
  const radius = room.h / 2;
  canvas.area(room, canvas.look.line, radius);
  canvas.area(room.with({ w: Math.max(room.w * canvas.moment.dayPart(), room.h) }), canvas.look.accent, radius);
}

// Draws a dial as large as a room allows; its hands stand where the minute has begun.
export function drawDial(canvas, room) {
  const { look } = canvas;
  const dial = room.holding(1);
  const radius = dial.w / 2;
  const centre = [dial.x + radius, dial.y + radius];
  const at = (turn, reach) => {
    const angle = turn * 2 * Math.PI;
    return [centre[0] + Math.sin(angle) * radius * reach, centre[1] - Math.cos(angle) * radius * reach];
  };
  for (let minute = 0; minute < 60; minute += 1) {
    const turn = minute / 60;
    let [inner, width, ink] = [0.945, 0.01, look.quiet];
    if (minute % 15 === 0) [inner, width, ink] = [0.83, 0.034, look.ink];
    else if (minute % 5 === 0) [inner, width, ink] = [0.88, 0.022, look.ink];
    canvas.stroke(at(turn, inner), at(turn, 0.98), radius * width, ink);
  }
  const day = canvas.moment.dayPart();
  const [hour, minute] = [(day * 2) % 1, (day * 24) % 1];
  canvas.stroke(at(hour, -0.13), at(hour, 0.52), radius * 0.06, look.ink);
  canvas.stroke(at(minute, -0.13), at(minute, 0.8), radius * 0.04, look.ink);
  canvas.disc(centre, radius * 0.07, look.accent);
}
