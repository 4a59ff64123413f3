// Draws a countdown: days, hours and minutes, large. The same as `kiosk/src/slides/countdown.rs`.

import { cleanLine } from "../clean.js";
import { drawAboveMiddle, drawCopy, fitCopy } from "../copy.js";
import { clamp, round } from "../frame.js";
import { CAP, LARGEST_PIXELS } from "../look.js";
import { drawStrip } from "../strip.js";
import { BOLD, REGULAR, line, type } from "../type.js";

const MINUTE = 60000;
// Width of a digit, in times the size.
const DIGIT = 0.62;

// What is left, in units and their names; nothing once the instant has come.
function left(until, at) {
  // A minute that has begun still counts: nobody waits for zero minutes.
  const millis = until - at;
  if (millis <= 0) return null;
  const minutes = Math.floor((millis + MINUTE - 1) / MINUTE);
  const all = [
    { count: Math.floor(minutes / 1440), key: "countdown-days" },
    { count: Math.floor(minutes / 60) % 24, key: "countdown-hours" },
    { count: minutes % 60, key: "countdown-minutes" },
  ];
  const first = all.findIndex(one => one.count > 0);
  return all.slice(first < 0 ? 2 : first);
}

function digits(size) {
  return line(type(clamp(round(size), 1, LARGEST_PIXELS), BOLD), { digits: true, tracking: -0.045 });
}

// The number, and its name below.
function above(canvas, cell, { number, name }, longest) {
  const { look } = canvas;
  const room = cell.with({ w: cell.w * 0.94 });
  const size = Math.min(room.h * 0.86, room.w * 0.72, (room.w * 0.9) / (DIGIT * longest));
  const set = canvas.narrowed(number, digits(size), room.w);
  const small = line(type(round(Math.max(size * 0.19, canvas.size(3.8))), REGULAR));
  const height = size * CAP + small.size * 1.7;
  const level = room.y + Math.max(room.h - height, 0) / 2 + size * CAP;
  canvas.lineOn(level, room, number, set, look.accentInk, "lead");
  canvas.lineOn(level + small.size * 1.5, room, name, canvas.narrowed(name, small, room.w), look.ink, "lead");
}

// The number, and its name after it.
function beside(canvas, cell, { number, name }, longest) {
  const { look } = canvas;
  const size = Math.min(cell.h * 0.92, cell.w * 0.42, (cell.w * 0.6) / (DIGIT * longest));
  const set = canvas.narrowed(number, digits(size), cell.w * 0.62);
  const level = cell.y + (cell.h + set.size * CAP) / 2;
  canvas.lineOn(level, cell, number, set, look.accentInk, "lead");
  const wide = Math.min(Math.max(size * 1.24, canvas.widthOf(number, set) + size * 0.1), cell.w * 0.7);
  const rest = cell.with({});
  rest.cutLeft(wide);
  const small = canvas.narrowed(name, line(type(round(size * 0.3), REGULAR)), rest.w);
  canvas.lineOn(level, rest, name, small, look.ink, "lead");
}

// What is said from then on.
function over(canvas, title, after) {
  if (after === "") return;
  const { look } = canvas;
  canvas.followDirectionOf(after);
  if (canvas.isStrip) {
    drawStrip(canvas, after, title, [look.ink, look.quiet]);
    return;
  }
  drawAboveMiddle(canvas, canvas.content(), after, title, { headline: look.accentInk, text: look.quiet, tint: look.quiet });
}

function draw(canvas, slide) {
  const { look, moment, unit, words } = canvas;
  const [title, after] = [cleanLine(slide.title || ""), cleanLine(slide.after || "")];
  const units = left(slide.until, moment.at);
  if (units === null) {
    over(canvas, title, after);
    return;
  }
  const when = words.say("event-at", { day: moment.date(slide.until), time: moment.clock(slide.until) });
  const counts = units.map(({ count, key }) => ({ number: String(count), name: words.say(key, { count }) }));
  canvas.followDirectionOf(title);
  if (canvas.isStrip) {
    const said = counts.map(({ number, name }) => `${number} ${name}`).join(" ");
    drawStrip(canvas, title || said, title === "" ? when : said, [look.ink, look.accentInk]);
    return;
  }
  const room = canvas.content();
  if (title !== "") {
    const fitted = fitCopy(canvas, title, "", room.with({ h: room.h * 0.34 }));
    drawCopy(canvas, room, fitted, { headline: look.ink, text: look.ink, tint: look.ink });
    room.cutTop(fitted.height + unit * 4);
  }
  const set = line(type(canvas.size(4.8), REGULAR));
  canvas.snug(room.cutBottom(set.size * 1.3), when, set, look.quiet, "lead");
  room.cutBottom(unit * 3);
  const flat = room.w > room.h * 0.9;
  const longest = Math.max(...counts.map(one => one.number.length));
  counts.forEach((count, index) => {
    if (flat) {
      const w = room.w / counts.length;
      above(canvas, room.with({ x: room.x + w * index, w }), count, longest);
    } else {
      const h = room.h / counts.length;
      beside(canvas, room.with({ y: room.y + h * index, h }), count, longest);
    }
  });
}

export const countdown = {
  draw,
  endsAt: slide => (slide.after ? null : slide.until),
  nextLook: (slide, at) => (slide.until > at ? at + ((slide.until - at - 1) % MINUTE) + 1 : null),
};
