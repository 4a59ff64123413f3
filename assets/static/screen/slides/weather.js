// Draws the weather: now, the days to come, and who says so. The same as `kiosk/src/slides/weather.rs`.

import { cleanLine } from "../clean.js";
import { legibleOn } from "../colour.js";
import { drawAboveMiddle } from "../copy.js";
import { clamp, round } from "../frame.js";
import { CAP, LABEL, LARGEST_PIXELS, RADIUS } from "../look.js";
import { drawSky } from "../sky.js";
import { drawStrip } from "../strip.js";
import { BOLD, REGULAR, SEMIBOLD, line, type, weighing } from "../type.js";
import { readDay, weekday } from "../zone.js";

// Most days.
const MOST_DAYS = 5;
// What is older is not the weather any more.
const LASTS_MILLIS = 86400000;

// Whole degrees, as people say them: never minus zero.
function degrees(tenths) {
  const whole = round(tenths / 10);
  return whole < 0 ? `−${-whole}°` : `${Math.abs(whole)}°`;
}

function drawNow(canvas, outlook, place, said, where) {
  const { look } = canvas;
  const room = where.with({});
  const side = canvas.frame.landscape ? room.h * 1.02 : Math.min(room.w * 0.36, room.h * 0.52);
  drawSky(canvas, room.cutRight(Math.min(side, room.w * 0.4)), outlook.sky, Boolean(outlook.day));
  const name = line(type(canvas.size(6.1), SEMIBOLD));
  canvas.snug(room.cutTop(name.size * 1.3), place, name, look.accentInk, "lead");
  const word = line(type(canvas.size(5.4), REGULAR));
  canvas.snug(room.cutBottom(word.size * 1.5), said, word, look.quiet, "lead");
  const figure = degrees(outlook.tenths);
  const size = round(clamp(Math.min((room.h / CAP) * 0.86, room.w * 0.52), 1, LARGEST_PIXELS));
  const set = canvas.narrowed(figure, line(type(size, BOLD), { tracking: -0.045 }), room.w);
  canvas.lineOn(room.y + (room.h + set.size * CAP) / 2, room, figure, set, look.ink, "lead");
}

function upright(canvas, name, [high, low], sky, where, [bold, plain], [ink, quiet]) {
  const tile = where.with({});
  const top = tile.cutTop(bold.size * 1.3);
  const foot = tile.cutBottom(bold.size * 1.3);
  canvas.snug(top, name, plain, ink, "centre");
  drawSky(canvas, tile.inset(tile.h * 0.06), sky, true);
  const half = foot.w * 0.48;
  canvas.snug(foot.cutLeft(half), high, bold, ink, "trail");
  canvas.snug(foot.cutRight(half), low, plain, quiet, "lead");
}

// The days side by side, or one below the other.
function drawDays(canvas, days, room) {
  const { look, unit, words } = canvas;
  const flat = canvas.frame.landscape;
  const gap = unit * 1.6;
  const [w, h] = [room.w, room.h].map(whole => (whole - gap * (days.length - 1)) / days.length);
  days.forEach(({ date, sky, high_tenths, low_tenths }, index) => {
    const tile = flat ? room.with({ x: room.x + (w + gap) * index, w }) : room.with({ y: room.y + (h + gap) * index, h });
    const number = readDay(date);
    const name = number === canvas.moment.dayNumber() ? words.say("today-short")
      : words.say(`${flat ? "weekday-short" : "weekday"}-${weekday(number) + 1}`);
    canvas.area(tile.snapped(), look.surface, unit * RADIUS);
    const inks = [look.ink, look.quiet].map(ink => legibleOn(ink, look.surface, 4.5));
    const said = [degrees(high_tenths), degrees(low_tenths)];
    const inner = tile.inset(Math.min(unit * 1.8, tile.h * 0.12));
    const size = flat ? Math.min(inner.h * 0.17, inner.w * 0.2) : Math.min(inner.h * 0.44, inner.w * 0.075);
    const bold = line(type(Math.max(round(size), 1), BOLD), { digits: true });
    const plain = weighing(bold, REGULAR);
    if (flat) {
      upright(canvas, name, said, sky, inner, [bold, plain], inks);
      return;
    }
    const strip = inner.with({});
    drawSky(canvas, strip.cutLeft(Math.min(strip.h, strip.w * 0.2)), sky, true);
    strip.cutLeft(unit * 2);
    const lows = strip.cutRight(size * 2.3);
    const highs = strip.cutRight(size * 2.3);
    canvas.snug(strip, name, plain, inks[0], "lead");
    canvas.snug(highs, said[0], bold, inks[0], "trail");
    canvas.snug(lows, said[1], plain, inks[1], "trail");
  });
}

function draw(canvas, { place: wished, outlook }) {
  const { look, unit, words } = canvas;
  if (!outlook) {
    const [place, none] = [cleanLine(wished || ""), words.say("weather-none")];
    canvas.followDirectionOf(place);
    const inks = { headline: look.ink, text: look.quiet, tint: look.quiet };
    if (canvas.isStrip) drawStrip(canvas, place, none, [look.ink, look.quiet]);
    else drawAboveMiddle(canvas, canvas.content(), place, none, inks);
    return;
  }
  const place = cleanLine(outlook.place);
  const said = words.say(`sky-${outlook.sky}`);
  if (canvas.isStrip) {
    drawStrip(canvas, `${degrees(outlook.tenths)} ${place}`, said, [look.ink, look.quiet]);
    return;
  }
  const today = canvas.moment.dayNumber();
  const days = outlook.days.filter(day => readDay(day.date) >= today).slice(0, MOST_DAYS);
  const room = canvas.content();
  const set = line(type(canvas.size(LABEL[1]), REGULAR));
  canvas.line(room.cutBottom(set.size * 1.3), outlook.credit, set, look.quiet, "lead");
  room.cutBottom(unit * 2);
  const below = days.length === 0 ? null : room.cutBottom(room.h * (canvas.frame.landscape ? 0.42 : 0.5));
  room.cutBottom(unit * 2);
  drawNow(canvas, outlook, place, said, room);
  if (below) drawDays(canvas, days, below);
}

export const weather = {
  draw,
  endsAt: slide => (slide.outlook ? slide.outlook.said_at + LASTS_MILLIS : null),
};
