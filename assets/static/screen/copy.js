// Copy: a headline and the text below it, as large as they fit together. The same as `kiosk/src/stage/copy.rs`.

import { byLoudness } from "./canvas.js";
import { Frame, clamp } from "./frame.js";
import { HEADLINE_GAP, HEADLINE_LINES, MEASURE, PAIRS, PAIR_CUT, POSTER_LINES, STEPS, STEP_CUT } from "./look.js";
import { BOLD, REGULAR, isPoster, tight, type, weighing } from "./type.js";

class Fitted {
  constructor(headline, text, gap) {
    this.headline = headline;
    this.text = text;
    this.gap = gap;
    this.height = (headline ? headline.height : 0) + gap + (text ? text.height : 0);
    const size = block => (block ? block.set.size : 0);
    // How loud it is: sizes of its headline and its text, in pixels.
    this.sizes = [Math.max(size(headline), size(text)), size(text)];
  }
}

function gapOf(set, unit) {
  const [part, least, most] = HEADLINE_GAP;
  return clamp(set.size * part, unit * least, unit * most);
}

// The largest sizes at which all of a headline and a text fit, with all words whole or else some of them parted.
function fitPair(canvas, headline, text, room, whole) {
  const unit = canvas.unit;
  const unfit = block => block.isBroken || (block.isParted && (whole || isPoster(block.set)));
  for (const [large, small] of PAIRS) {
    const set = weighing(byLoudness(canvas.size(large), unit), BOLD);
    const loud = canvas.measure(headline, set, room.w);
    const gap = gapOf(set, unit);
    const left = room.h - loud.height - gap;
    if (unfit(loud) || loud.lines > (isPoster(set) ? POSTER_LINES : HEADLINE_LINES) || left <= 0) continue;
    const run = type(canvas.size(small), REGULAR);
    const quiet = canvas.measure(text, run, Math.min(room.w, run.size * MEASURE));
    if (quiet.height <= left && !unfit(quiet)) return new Fitted(loud, quiet, gap);
  }
  return null;
}

// The largest sizes at which a copy fits a room; at the smallest the text is cut.
export function fitCopy(canvas, headline, text, room) {
  const unit = canvas.unit;
  if (headline === "" || text === "") {
    const block = canvas.fitOrCut(headline || text, STEPS, STEP_CUT, room, size => byLoudness(size, unit));
    return headline === "" ? new Fitted(null, block, 0) : new Fitted(block, null, 0);
  }
  const fitted = fitPair(canvas, headline, text, room, true) || fitPair(canvas, headline, text, room, false);
  if (fitted) return fitted;
  const set = tight(type(canvas.size(PAIR_CUT[0]), BOLD));
  const loud = canvas.cut(headline, set, room.with({ h: room.h * 0.5 }));
  const gap = gapOf(set, unit);
  const run = type(canvas.size(PAIR_CUT[1]), REGULAR);
  const left = new Frame(room.x, room.y, Math.min(room.w, run.size * MEASURE), room.h - loud.height - gap);
  return new Fitted(loud, canvas.cut(text, run, left), gap);
}

// Draws a copy from the top of a frame. `inks` are those of the headline, the text, and of hashtags and links.
export function drawCopy(canvas, frame, fitted, inks) {
  const place = frame.with({});
  if (fitted.headline) {
    canvas.block(place, fitted.headline, inks.headline, inks.headline, "start");
    place.y += fitted.headline.height + fitted.gap;
  }
  if (fitted.text) {
    canvas.block(place, fitted.text, fitted.headline ? inks.text : inks.headline, inks.tint, "start");
  }
}

// Draws a copy a little above the middle of a room, where the eye expects it.
export function drawAboveMiddle(canvas, room, headline, text, inks) {
  const fitted = fitCopy(canvas, headline, text, room);
  const place = room.with({});
  place.cutTop(Math.round(Math.max((room.h - fitted.height) * 0.42, 0)));
  drawCopy(canvas, place, fitted, inks);
}
