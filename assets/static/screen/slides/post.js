// Draws a post: who and when, what, its pictures, and the way to the rest. The same as `kiosk/src/slides/post.rs`.

import { clean, cleanLine } from "../clean.js";
import { BLACK, WHITE, legibleOn, towards } from "../colour.js";
import { drawCopy, fitCopy } from "../copy.js";
import { drawEyebrow, eyebrowHeight } from "../eyebrow.js";
import { Frame, clamp, round } from "../frame.js";
import { GAP, GUTTER, MOST_CUT, RADIUS, shortAddress } from "../look.js";
import { arrange, cutOff } from "../mosaic.js";
import { cutWay, drawWay } from "../way.js";

// Up to so many letters may stand on a picture: in a wide part of the display, and in a high one.
const MOST_LETTERS_OVER = [90, 200];
// Wider than this, a picture stands above the text, not beside it.
const PANORAMA = 2.1;
// From here on a text is long.
const LONG = 260;
// How much of an upright picture above the text may be cut off, which would else leave its sides empty.
const MOST_CUT_ABOVE = 0.4;

function onBackground(look) {
  return {
    eyebrow: [look.accentInk, look.quiet],
    copy: { headline: look.ink, text: towards(look.ink, look.quiet, 0.35), tint: look.accentInk },
    way: { name: look.ink, said: look.quiet, behind: look.background },
  };
}

function onPhoto(look) {
  const tint = legibleOn(look.accent, BLACK, 9);
  return {
    eyebrow: [tint, WHITE],
    copy: { headline: WHITE, text: WHITE, tint },
    way: { name: WHITE, said: WHITE, behind: BLACK },
  };
}

// Everything that is written, cleaned.
function wordsOf(canvas, slide) {
  const title = cleanLine(slide.title || "");
  let body = clean(slide.text);
  // Feeds often repeat the title as the beginning of the text.
  if (title !== "" && body.startsWith(title)) body = body.slice(title.length).replace(/^[\n \u00a0.:–-]+/, "");
  const way = slide.permalink === "" ? null : {
    address: slide.permalink,
    name: canvas.words.say("read-on"),
    said: shortAddress(slide.permalink).split("/")[0],
  };
  return { author: cleanLine(slide.author), when: canvas.moment.said(slide.published_at), title, body, way };
}

function settingOf(canvas, words, wide, side) {
  const room = wide.with({});
  const place = side === null ? null : cutWay(canvas, words.way, side, room);
  const eyebrow = eyebrowHeight(canvas, words.author, words.when, room.w);
  const fitted = fitCopy(canvas, words.title, words.body, room.with({ h: room.h - eyebrow }));
  return { room, eyebrow, fitted, side, place };
}

// With the way beside the text or below it, whichever leaves larger letters.
function bestSetting(canvas, words, room) {
  if (words.way === null) return settingOf(canvas, words, room, null);
  const below = settingOf(canvas, words, room, "below");
  // Between a text and a picture beside it, a code belongs to neither; upright, lines are short already.
  if (room.w < canvas.frame.w * 0.7 || !canvas.frame.landscape) return below;
  const beside = settingOf(canvas, words, room, "end");
  const [one, other] = [beside.fitted.sizes, below.fitted.sizes];
  return one[0] > other[0] || (one[0] === other[0] && one[1] >= other[1]) ? beside : below;
}

function drawWords(canvas, words, setting, atFoot, inks) {
  const room = setting.room.with({});
  if (atFoot) room.cutTop(room.h - setting.eyebrow - setting.fitted.height);
  drawEyebrow(canvas, words.author, words.when, room, inks.eyebrow);
  drawCopy(canvas, room, setting.fitted, inks.copy);
  if (setting.place) drawWay(canvas, words.way, setting.side, setting.place, inks.way);
}

// The part of an area within the margins that a picture fills without losing too much of itself.
function within(area, content, shape) {
  const [x, y] = [Math.max(area.x, content.x), Math.max(area.y, content.y)];
  const inner = new Frame(x, y, Math.min(area.right, content.right) - x, Math.min(area.bottom, content.bottom) - y);
  const least = 1 - MOST_CUT;
  return inner.holding(clamp(inner.w / inner.h, shape * least, shape / least));
}

// The more there is to read, the less room there is for pictures.
function share(letters) {
  return letters <= 90 ? 0.6 : letters <= LONG ? 0.55 : 0.5;
}

function widthOf(single, letters, frame) {
  const most = frame.w * share(letters);
  return round(single === null ? most : clamp(frame.h * single, frame.w * 0.34, most));
}

function heightOf(single, letters, frame) {
  const more = single !== null && single < 0.9 ? 0.04 : 0;
  // Upright, a long text has short lines, and many of them.
  const less = letters > LONG && !frame.landscape ? 0.12 : 0;
  const most = frame.h * (share(letters) + more - less);
  return round(single === null ? most : clamp(frame.w / single, frame.h * 0.3, most));
}

// Draws the pictures and says which room is left; `null` where they fill everything and words stand on them.
function place(canvas, pictures, letters) {
  const { frame, unit } = canvas;
  const content = canvas.content();
  if (pictures.length === 0) return content;
  const shapes = pictures.map(one => one.width / one.height);
  const single = pictures.length === 1 ? shapes[0] : null;
  const most = MOST_LETTERS_OVER[frame.landscape ? 0 : 1];
  if (single !== null && letters <= most && cutOff(single, frame) <= MOST_CUT) {
    canvas.photo(frame, pictures[0]);
    return null;
  }
  const gutter = unit * GUTTER;
  const beside = frame.landscape && !(single !== null && single > PANORAMA);
  const rest = frame.with({});
  let [area, room] = [null, null];
  if (beside) {
    area = rest.cutRight(widthOf(single, letters, frame));
    room = content.with({ w: area.x - gutter - content.x });
  } else {
    area = rest.cutTop(heightOf(single, letters, frame));
    const top = area.bottom + gutter * 0.8;
    room = content.with({ y: top, h: content.bottom - top });
  }
  // Too much of it would be lost at the edges: it stands within the margins.
  if (single !== null && cutOff(single, area) > (beside ? MOST_CUT : MOST_CUT_ABOVE)) {
    canvas.photo(within(area, content, single), pictures[0], unit * RADIUS);
  } else {
    arrange(area, shapes, unit * GAP).forEach((part, at) => canvas.photo(part, pictures[at]));
  }
  return room;
}

// Text on a shadow at the foot of a picture that fills everything.
function overPicture(canvas, words) {
  const { frame, unit } = canvas;
  const room = canvas.content();
  room.cutTop(room.h * (1 - (frame.landscape ? 0.62 : 0.5)));
  const setting = bestSetting(canvas, words, room);
  const top = setting.room.bottom - setting.fitted.height - setting.eyebrow;
  const dense = top - unit * 4;
  const shadow = frame.with({});
  shadow.cutTop(dense - unit * 24 - shadow.y);
  canvas.scrim(shadow, dense);
  drawWords(canvas, words, setting, true, onPhoto(canvas.look));
}

function draw(canvas, slide) {
  const words = wordsOf(canvas, slide);
  canvas.followDirectionOf(words.title || words.body);
  const letters = Array.from(words.title).length + Array.from(words.body).length;
  const room = place(canvas, canvas.sound(slide.pictures || []), letters);
  if (room === null) overPicture(canvas, words);
  else drawWords(canvas, words, bestSetting(canvas, words, room), false, onBackground(canvas.look));
}

export const post = {
  draw,
  endsAt: slide => (slide.until === undefined || slide.until === null ? null : slide.until),
};
