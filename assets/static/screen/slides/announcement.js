// Draws an announcement, to be read from across the street: on the stage's colour, as a poster, or on a picture. The same as
// `kiosk/src/slides/announcement.rs`.

import { byLoudness } from "../canvas.js";
import { clean, cleanLine } from "../clean.js";
import { BLACK, WHITE, faint, legibleOn, luminance, towards } from "../colour.js";
import { drawCopy, fitCopy } from "../copy.js";
import { round } from "../frame.js";
import { CODE, GUTTER, STEP_CUT, shortAddress } from "../look.js";
import { drawStrip } from "../strip.js";
import { BOLD, REGULAR, type, weighing } from "../type.js";
import { cutWay, drawWay } from "../way.js";

// Sizes of a poster's headline and of its text, in hundredths of the shorter side of a region.
const LOUDEST = [40, 34, 30, 26, 22, 18, 15, 13, 11.4, 10, 8.8, 7.8, 6.9, 6.1];
const QUIET = [5.4, 4.8, 4.3, 3.8];
// How much of the height words may take on a picture, on a wide part of the display and on a high one.
const FOOT = [0.68, 0.56];

function wayOf(canvas, slide) {
  if (!slide.link) return null;
  return { address: slide.link, name: canvas.words.say("learn-more"), said: shortAddress(slide.link) };
}

// The stage's colour, and discs like waves that come in from a corner.
function ground(canvas) {
  const { look, frame, unit } = canvas;
  // The text's contrast only grows towards the second colour.
  const away = luminance(look.onAccent) > 0.5 ? BLACK : WHITE;
  canvas.shaded(frame, [look.accent, towards(look.accent, away, 0.1)]);
  const centre = [frame.right - unit * 6, frame.bottom + unit * 8];
  for (let ring = 3; ring >= 1; ring -= 1) canvas.disc(centre, unit * 34 * ring, faint(away, 0.055));
}

// Up to the edges: at the end of the text, or above it.
function beside(canvas, slide, room) {
  const [picture] = canvas.sound([slide.picture]);
  if (!picture) return;
  const frame = canvas.frame.with({});
  const gutter = canvas.unit * GUTTER;
  let area = null;
  if (frame.landscape) {
    area = frame.cutRight(round(frame.w * 0.46));
    room.w = Math.max(area.x - gutter - room.x, 0);
  } else {
    area = frame.cutTop(round(frame.h * 0.42));
    const top = area.bottom + gutter * 0.8;
    room.h = Math.max(room.bottom - top, 0);
    room.y = top;
  }
  canvas.photo(area, picture);
}

function colour(canvas, slide, headline, text) {
  ground(canvas);
  const room = canvas.content();
  beside(canvas, slide, room);
  const { onAccent: on, accent } = canvas.look;
  const way = wayOf(canvas, slide);
  if (way) drawWay(canvas, way, "below", cutWay(canvas, way, "below", room), { name: on, said: on, behind: accent });
  const soft = legibleOn(towards(on, accent, 0.08), accent, 4.5);
  const fitted = fitCopy(canvas, headline, text, room);
  // A little above the middle, where the eye expects it.
  room.cutTop(round(Math.max((room.h - fitted.height) * 0.42, 0)));
  drawCopy(canvas, room, fitted, { headline: on, text: soft, tint: on });
}

// The headline as large as it can be on the stage's colour, and everything else small at its foot.
function poster(canvas, slide, headline, text) {
  const { look, unit } = canvas;
  const on = look.onAccent;
  canvas.area(canvas.frame, look.accent);
  const room = canvas.content();
  beside(canvas, slide, room);
  const foot = room.with({ h: room.h * 0.3, y: room.bottom - room.h * 0.3 });
  const way = wayOf(canvas, slide);
  const side = way ? Math.min(canvas.codeSide(way.address, unit * CODE), room.w * 0.4) : 0;
  if (way) foot.cutLeft(side + unit * GUTTER * 0.6);
  const [loudText, quietText] = headline === "" ? [text, ""] : [headline, text];
  const block = canvas.fit(quietText, QUIET, foot, size => type(size, REGULAR));
  const height = Math.max(block.height, side);
  const line = room.cutBottom(height);
  if (height > 0) {
    room.cutBottom(unit * 3.6);
    canvas.area(room.cutBottom(round(unit * 0.9)).snapped(), on);
    room.cutBottom(unit * 3.6);
  }
  const loud = canvas.fitOrCut(loudText, LOUDEST, STEP_CUT, room, size => weighing(byLoudness(size, unit), BOLD));
  canvas.block(room, loud, on, on, "start");
  if (way) {
    const card = line.cutLeft(side);
    if (quietText === "") {
      drawWay(canvas, way, "below", card.with({ w: card.w + line.w }), { name: on, said: on, behind: look.accent });
      return;
    }
    canvas.code(card.with({ h: side }), way.address, look.accent);
    line.cutLeft(unit * GUTTER * 0.6);
  }
  canvas.block(line, block, on, on, "start");
}

// Words at the foot of a picture, on a shadow that makes them legible on any picture.
function onPicture(canvas, slide, picture, headline, text) {
  const { frame, unit } = canvas;
  canvas.photo(frame, picture);
  const room = canvas.content();
  room.cutTop(room.h * (1 - FOOT[frame.landscape ? 0 : 1]));
  const way = wayOf(canvas, slide);
  const side = frame.landscape ? "end" : "below";
  const place = way ? cutWay(canvas, way, side, room) : null;
  const fitted = fitCopy(canvas, headline, text, room);
  const top = room.bottom - fitted.height;
  const codeTop = place && side === "end" ? place.bottom - unit * 34 : top;
  const dense = Math.min(top, codeTop) - unit * 3;
  const shadow = frame.with({});
  shadow.cutTop(dense - unit * 24 - frame.y);
  canvas.scrim(shadow, dense);
  room.cutTop(room.h - fitted.height);
  drawCopy(canvas, room, fitted, { headline: WHITE, text: WHITE, tint: legibleOn(canvas.look.accent, BLACK, 9) });
  if (place) drawWay(canvas, way, side, place, { name: WHITE, said: WHITE, behind: BLACK });
}

function draw(canvas, slide) {
  const headline = cleanLine(slide.headline || "");
  const text = clean(slide.text || "");
  canvas.followDirectionOf(headline || text);
  const { look } = canvas;
  if (canvas.isStrip) {
    canvas.area(canvas.frame, look.accent);
    drawStrip(canvas, headline, text, [look.onAccent, look.onAccent]);
    return;
  }
  const [picture] = canvas.sound([slide.picture]);
  if (slide.design === "poster") poster(canvas, slide, headline, text);
  else if (slide.design === "picture" && picture) onPicture(canvas, slide, picture, headline, text);
  else colour(canvas, slide, headline, text);
}

export const announcement = { draw };
