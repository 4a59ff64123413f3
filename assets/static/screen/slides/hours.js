// Draws opening hours: a week, today, and whether somebody is there now. The same as `kiosk/src/slides/hours.rs`.

import { cleanLine } from "../clean.js";
import { drawCopy, fitCopy } from "../copy.js";
import { Frame, round } from "../frame.js";
import { GUTTER, RADIUS } from "../look.js";
import { nowAt } from "../opening.js";
import { drawStrip } from "../strip.js";
import { BOLD, REGULAR, SEMIBOLD, line, sized, type } from "../type.js";
import { weekday } from "../zone.js";

// Highest row of the table, in hundredths of the shorter side of a region.
const ROW = 10.4;
// Size of the letters in a row, in parts of its height, and how much of a row the weekday takes.
const LETTERS = 0.46;
const WEEKDAY = 0.42;

// Whether somebody is there, and until when or from when on.
function saidOf(now, today, words) {
  const two = number => (number < 10 ? `0${number}` : String(number));
  const time = minute => `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
  switch (now.state) {
    case "unknown": return ["", ""];
    case "always": return [words.say("hours-open"), ""];
    case "open": return [words.say("hours-open"), words.say("hours-until", { time: time(now.at) })];
    case "closed": return [words.say("hours-closed"), ""];
    default: {
      const values = { time: time(now.at), weekday: words.say(`weekday-${((today + now.days) % 7) + 1}`) };
      const key = now.days === 0 ? "hours-opens-today" : now.days === 1 ? "hours-opens-tomorrow" : "hours-opens-on";
      return [words.say("hours-closed"), words.say(key, values)];
    }
  }
}

function row(canvas, text, day, isToday, frame) {
  const { look, unit, words } = canvas;
  if (isToday) {
    canvas.area(frame.snapped(), look.accent, unit * RADIUS);
  } else if (day < 6) {
    const hair = Math.max(round(unit * 0.2), 1);
    canvas.area(frame.with({ y: round(frame.bottom - hair), h: hair }), look.line);
  }
  const inner = frame.insetSides(Math.min(unit * 2.4, frame.w * 0.05));
  const size = Math.max(round(Math.min(frame.h * LETTERS, inner.w * 0.075)), 1);
  const set = line(type(size, isToday ? BOLD : REGULAR), { digits: true });
  const left = inner.cutLeft(round(inner.w * WEEKDAY));
  const whole = words.say(`weekday-${day + 1}`);
  const name = canvas.widthOf(whole, set) <= left.w ? whole : words.say(`weekday-short-${day + 1}`);
  const [ink, quiet] = isToday ? [look.onAccent, look.onAccent] : [look.ink, look.quiet];
  canvas.snug(left, name, set, ink, "lead");
  if (text === "") {
    canvas.snug(inner, words.say("hours-none"), set, quiet, "trail");
    return;
  }
  // Two times of a day stand below each other where they would become small.
  const comma = text.indexOf(", ");
  if (comma < 0 || canvas.widthOf(text, set) <= inner.w * 1.12) {
    canvas.snug(inner, text, set, ink, "trail");
    return;
  }
  const small = sized(set, Math.max(round(size * 0.82), 1));
  const both = inner.with({ y: inner.y + (inner.h - small.size * 2.3) / 2, h: small.size * 2.3 });
  const upper = both.cutTop(both.h / 2);
  canvas.snug(upper, text.slice(0, comma), small, ink, "trail");
  canvas.snug(both, text.slice(comma + 2), small, ink, "trail");
}

function headings(canvas, title, [status, next], note, place) {
  const { look, unit } = canvas;
  const head = place.with({});
  if (note !== "") {
    const part = head.with({ h: head.h * 0.3 });
    const block = canvas.fit(note, [4.3, 3.8, 3.3], part, size => type(size, REGULAR));
    canvas.block(head.cutBottom(block.height), block, look.quiet, look.quiet, "start");
    head.cutBottom(unit * 3);
  }
  const large = line(type(canvas.size(6.1), SEMIBOLD));
  const small = line(type(canvas.size(4.8), REGULAR));
  const lines = [[status, large, look.accentInk], [next, small, look.quiet]].filter(([text]) => text !== "");
  const height = lines.reduce((sum, [, set]) => sum + set.size * 1.34, 0);
  if (title !== "") {
    const gap = unit * 3.6;
    const above = head.with({ h: head.h - height - gap });
    const fitted = fitCopy(canvas, title, "", above);
    drawCopy(canvas, above, fitted, { headline: look.ink, text: look.ink, tint: look.ink });
    head.cutTop(fitted.height + gap);
  }
  for (const [text, set, ink] of lines) canvas.snug(head.cutTop(set.size * 1.34), text, set, ink, "lead");
}

function draw(canvas, slide) {
  const { look, moment, unit, words } = canvas;
  const week = slide.week || ["", "", "", "", "", "", ""];
  const today = weekday(moment.dayNumber());
  const title = cleanLine(slide.title || "");
  const [status, next] = saidOf(nowAt(week, today, moment.minuteOfDay()), today, words);
  if (canvas.isStrip) {
    const rest = title === "" ? next : `${status} ${next}`.trim();
    drawStrip(canvas, title || status, rest || cleanLine(week[today]), [look.ink, look.accentInk]);
    return;
  }
  canvas.followDirectionOf(title);
  const room = canvas.content();
  const { landscape } = canvas.frame;
  let head = landscape ? room.cutLeft(round(room.w * 0.4)) : room.cutTop(round(room.h * 0.3));
  if (landscape) room.cutLeft(unit * GUTTER);
  else room.cutTop(unit * GUTTER * 0.8);
  const height = Math.min(room.h / 7, unit * ROW);
  const top = landscape ? room.y + (room.h - height * 7) / 2 : room.y;
  if (landscape) head = head.with({ y: top, h: Math.min(height * 7, head.h) });
  headings(canvas, title, [status, next], cleanLine(slide.note || ""), head);
  week.forEach((text, day) => {
    row(canvas, cleanLine(text), day, day === today, new Frame(room.x, top + height * day, room.w, height));
  });
}

export const hours = { draw };
