// Draws a line of news: running where things may move and there is a strip for it, else turning pages. All displays show the
// same. The same as `kiosk/src/slides/ticker.rs`.

import { cleanLine } from "../clean.js";
import { legibleOn, towards } from "../colour.js";
import { drawAboveMiddle } from "../copy.js";
import { clamp, round } from "../frame.js";
import { BAND_PART } from "../look.js";
import { isFromRight } from "../measure.js";
import { SEMIBOLD, line, sized, type } from "../type.js";
import { remainder } from "../zone.js";

// Time to notice a page, to read a character, and of a page at least and at most, in milliseconds.
const NOTICE = 3000;
const CHARACTER = 66;
const PAGE = [5000, 16000];
// More pages than this get no dots.
const MOST_DOTS = 12;
// Hundredths of the display's shorter side in a second.
const SPEEDS = { slow: 10, medium: 15, fast: 22 };
const PERCENT = { slow: 140, medium: 100, fast: 70 };

// Which line is on at an instant, and until when; `null` without lines.
function pageAt({ lines, speed }, at) {
  const percent = PERCENT[speed] || 100;
  const millis = (lines || []).map(text => {
    const letters = Math.min(Array.from(text).length, 1000);
    return Math.floor((clamp(NOTICE + letters * CHARACTER, PAGE[0], PAGE[1]) * percent) / 100);
  });
  const all = millis.reduce((sum, one) => sum + one, 0);
  if (all === 0) return null;
  // Counted from 1970, so that displays which started at different times agree.
  const into = remainder(at, all);
  let ends = 0;
  for (let index = 0; index < millis.length; index += 1) {
    ends += millis[index];
    if (into < ends) return { index, until: at + ends - into };
  }
  return null;
}

function run(canvas, slide) {
  const { look, frame } = canvas;
  canvas.area(frame, look.surface);
  const height = canvas.band(frame.h * BAND_PART).h;
  const ink = legibleOn(look.ink, look.surface, 4.5);
  const set = line(type(round(height * 0.6), SEMIBOLD), { tracking: -0.01 });
  const lines = slide.lines.map(cleanLine);
  // It runs one way all the time, that of most lines.
  const fromRight = lines.filter(isFromRight);
  canvas.followDirectionOf(fromRight.length * 2 > lines.length ? fromRight[0] : "");
  canvas.tape(frame, lines, set, [ink, look.surface], SPEEDS[slide.speed] || SPEEDS.medium);
}

function dotsWidth(count, radius) {
  return count >= 2 && count <= MOST_DOTS ? radius * (count * 3.4 - 1.4) : 0;
}

// A dot for each page, and the page that is on in the stage's colour.
function dots(canvas, frame, [on, of], radius) {
  if (dotsWidth(of, radius) === 0) return;
  const { look } = canvas;
  for (let dot = 0; dot < of; dot += 1) {
    const ink = dot === on ? look.accent : towards(look.quiet, look.background, 0.5);
    canvas.disc([frame.x + radius + radius * 3.4 * dot, frame.y + frame.h / 2], radius, ink);
  }
}

function inStrip(canvas, text, pages) {
  const { look, frame } = canvas;
  canvas.area(frame, look.surface);
  const room = canvas.band(frame.h * BAND_PART);
  const height = room.h;
  canvas.area(room.cutLeft(round(height * 0.1)), look.accent, height * 0.05);
  room.cutLeft(height * 0.36);
  const column = room.cutRight(dotsWidth(pages[1], height * 0.11));
  room.cutRight(height * 0.4);
  dots(canvas, column, pages, height * 0.11);
  const ink = legibleOn(look.ink, look.surface, 4.5);
  const large = line(type(round(height * 0.56), SEMIBOLD), { tracking: -0.01 });
  if (canvas.widthOf(text, large) <= room.w * 1.22) {
    canvas.snug(room, text, large, ink, "lead");
    return;
  }
  const block = canvas.cut(text, sized(large, round(height * 0.4)), room);
  const top = Math.max((room.h - block.height) / 2, 0);
  canvas.block(room.with({ y: room.y + top }), block, ink, ink, "lead");
}

function alone(canvas, text, pages) {
  const { look, unit } = canvas;
  const room = canvas.content();
  const foot = room.cutBottom(unit * 2);
  room.cutBottom(unit * 4);
  dots(canvas, foot, pages, unit * 0.8);
  drawAboveMiddle(canvas, room, text, "", { headline: look.ink, text: look.ink, tint: look.accentInk });
}

function draw(canvas, slide) {
  const page = pageAt(slide, canvas.moment.at);
  if (page === null) return;
  if (canvas.isStrip && canvas.moves) {
    run(canvas, slide);
    return;
  }
  const text = cleanLine(slide.lines[page.index]);
  canvas.followDirectionOf(text);
  const pages = [page.index, slide.lines.length];
  if (canvas.isStrip) inStrip(canvas, text, pages);
  else alone(canvas, text, pages);
}

export const ticker = {
  draw,
  nextLook(slide, at) {
    const page = pageAt(slide, at);
    return page === null || slide.lines.length < 2 ? null : page.until;
  },
};
