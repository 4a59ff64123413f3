// Draws events: leaves of a calendar, and what is on. The same as `kiosk/src/slides/events.rs`.

import { cleanLine } from "../clean.js";
import { drawAboveMiddle } from "../copy.js";
import { clamp, round } from "../frame.js";
import { CAP, RADIUS } from "../look.js";
import { drawStrip } from "../strip.js";
import { BOLD, REGULAR, SEMIBOLD, line, sized, tight, type } from "../type.js";

// Height of a row, at least and at most, in hundredths of the shorter side of a region.
const ROW = [13, 22];

function endOf(event) {
  return Math.max(event.until, event.from + 1);
}

// `today, 19:30`, `until Sunday 15 March`.
function whenOf({ from, until, whole_days: whole }, moment, words) {
  const today = moment.dayNumber();
  const dayOf = at => {
    const ahead = moment.dayNumber(at) - today;
    return ahead === 0 ? words.say("today") : ahead === 1 ? words.say("tomorrow") : moment.date(at);
  };
  const last = Math.max(until - 1, from);
  const days = moment.dayNumber(last) - moment.dayNumber(from);
  const runs = from <= moment.at;
  if (runs && (whole || days > 0) && moment.dayNumber(last) > today) return words.say("event-until", { day: dayOf(last) });
  if (runs && !whole) return words.say("event-now", { time: moment.clock(until) });
  if (whole) return runs ? words.say("today") : dayOf(from);
  return words.say("event-at", { day: dayOf(from), time: moment.clock(from) });
}

function row(canvas, event, place) {
  const { look, moment, unit, words } = canvas;
  const strip = place.with({});
  // What runs already stands under today.
  const [weekday, number, month] = moment.calendarLeaf(Math.max(event.from, moment.at));
  const cut = strip.cutLeft(Math.min(strip.h, strip.w * 0.24));
  const leaf = cut.with({ h: cut.w, y: strip.y + (strip.h - cut.w) / 2 }).snapped();
  strip.cutLeft(unit * 3.4);
  canvas.area(leaf, look.accent, unit * RADIUS);
  const inner = leaf.inset(leaf.h * 0.09);
  const small = line(type(Math.max(round(leaf.h * 0.17), 1), SEMIBOLD));
  const set = line(type(Math.max(round(leaf.h * 0.5), 1), BOLD), { digits: true, tracking: -0.03 });
  const top = inner.cutTop(small.size * 1.25);
  const foot = inner.cutBottom(small.size * 1.25);
  canvas.snug(top, weekday, small, look.onAccent, "centre");
  canvas.lineOn(inner.y + (inner.h + set.size * CAP) / 2, inner, number, set, look.onAccent, "centre");
  const short = canvas.widthOf(month, small) > foot.w ? Array.from(month).slice(0, 3).join("") : month;
  canvas.snug(foot, short, small, look.onAccent, "centre");

  const title = cleanLine(event.title);
  const when = whenOf(event, moment, words);
  const venue = cleanLine(event.place || "");
  const said = venue === "" ? when : `${when} · ${venue}`;
  const wish = line(type(Math.max(round(Math.min(strip.h * 0.27, canvas.size(4.8))), 1), REGULAR));
  const part = strip.with({ h: strip.h - wish.size * 1.4 });
  const most = Math.max(strip.h * 0.44, unit * 3.8);
  const steps = [6.9, 6.1, 5.4, 4.8, 4.3, 3.8].filter(step => step * unit <= most);
  const block = canvas.fit(title, steps, part, size => type(size, SEMIBOLD, { leading: 1.16 }));
  // What is said about it is never louder than what it is.
  const below = sized(wish, Math.min(wish.size, round(block.set.size * 0.84)));
  const height = block.height + below.size * 1.4;
  const at = strip.with({ y: strip.y + Math.max((strip.h - height) / 2, 0) });
  canvas.block(at, block, look.ink, look.ink, "lead");
  at.cutTop(block.height + below.size * 0.1);
  canvas.line(at.cutTop(below.size * 1.3), said, below, look.quiet, "lead");
}

function draw(canvas, slide) {
  const { look, moment, unit, words } = canvas;
  const count = clamp(slide.count === undefined ? 5 : slide.count, 1, 8);
  let coming = (slide.events || []).filter(event => endOf(event) > moment.at).slice(0, count);
  const title = cleanLine(slide.title || "");
  canvas.followDirectionOf(title);
  const room = canvas.content();
  if (coming.length === 0) {
    const none = words.say("events-none");
    const [lead, rest] = title === "" ? [none, ""] : [title, none];
    if (canvas.isStrip) drawStrip(canvas, lead, rest, [look.ink, look.quiet]);
    else drawAboveMiddle(canvas, room, lead, rest, { headline: look.ink, text: look.quiet, tint: look.quiet });
    return;
  }
  if (canvas.isStrip) {
    drawStrip(canvas, coming[0].title, whenOf(coming[0], moment, words), [look.ink, look.accentInk]);
    return;
  }
  if (title !== "") {
    const part = room.with({ h: room.h * 0.22 });
    const block = canvas.fit(title, [7.8, 6.9, 6.1, 5.4, 4.8], part, size => tight(type(size, BOLD)));
    canvas.block(room, block, look.ink, look.ink, "start");
    room.cutTop(block.height + unit * 3.6);
  }
  coming = coming.slice(0, Math.max(Math.floor(room.h / (unit * ROW[0])), 1));
  const height = Math.min(room.h / coming.length, unit * ROW[1]);
  coming.forEach((event, index) => {
    const place = room.cutTop(height);
    if (index > 0) canvas.area(place.with({ h: Math.max(round(unit * 0.2), 1), y: round(place.y) }), look.line);
    const pad = height * 0.1;
    row(canvas, event, place.with({ y: place.y + pad, h: place.h - pad * 2 }));
  });
}

export const events = {
  draw,
  endsAt: slide => ((slide.events || []).length === 0 ? null : Math.max(...slide.events.map(endOf))),
};
