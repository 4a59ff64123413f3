// Draws the time of day, and the date. The same as `kiosk/src/slides/clock.rs`.

import { drawDayLine, drawDial, drawFace } from "../face.js";
import { round } from "../frame.js";
import { BAND_PART, BAND_SMALL, BAND_TYPE, CAP, DAY_LINE } from "../look.js";
import { BOLD, REGULAR, SEMIBOLD, line, sized, type } from "../type.js";
import { weekday } from "../zone.js";

function inBand(canvas, slide) {
  const { look, moment } = canvas;
  const [time, long, short] = [moment.clock(), moment.date(), moment.shortDate()];
  const room = canvas.band(canvas.frame.h * BAND_PART);
  const [height, level] = [room.h, canvas.bandBaseline(room)];
  const set = line(type(round(height * BAND_TYPE), BOLD), { digits: true, tracking: -0.018 });
  if (!slide.date) {
    canvas.lineOn(level, room, time, set, look.ink, "trail");
    return;
  }
  const small = line(type(round(height * BAND_SMALL), REGULAR));
  const taken = canvas.widthOf(time, set) + height * 0.34;
  const date = [long, short].find(one => canvas.widthOf(one, small) <= room.w - taken);
  if (date) {
    canvas.lineOn(level, room, time, set, look.ink, "trail");
    room.cutRight(taken);
    canvas.lineOn(level, room, date, small, look.quiet, "trail");
  } else {
    const upper = room.cutTop(height * 0.56);
    canvas.line(upper, time, canvas.narrowed(time, sized(set, round(height * 0.5)), upper.w), look.ink, "trail");
    canvas.line(room, short, canvas.narrowed(short, small, room.w), look.quiet, "trail");
  }
}

// A dial, and the date beside or below it.
function withHands(canvas, slide) {
  const { look, moment, unit, words } = canvas;
  const room = canvas.content();
  if (!slide.date) {
    drawDial(canvas, room);
    return;
  }
  if (!canvas.frame.landscape) {
    const set = line(type(canvas.size(7.8), SEMIBOLD));
    const strip = room.cutBottom(set.size * 1.4);
    room.cutBottom(unit * 4);
    drawDial(canvas, room);
    canvas.snug(strip, moment.date(), set, look.ink, "centre");
    return;
  }
  drawDial(canvas, room.cutLeft(Math.min(room.h, room.w * 0.55)));
  room.cutLeft(unit * 9);
  const [, day, month] = moment.calendarLeaf(moment.at);
  const name = words.say(`weekday-${weekday(moment.dayNumber()) + 1}`);
  const large = canvas.narrowed(day, line(type(canvas.size(34), BOLD), { digits: true, tracking: -0.045 }), room.w);
  let small = line(type(canvas.size(8.8), REGULAR));
  const height = large.size * CAP + small.size * 3.4;
  const level = room.y + (room.h - height) / 2 + small.size * 1.7 + large.size * CAP;
  canvas.lineOn(level, room, day, large, look.ink, "lead");
  small = canvas.narrowed(name, small, room.w);
  canvas.lineOn(level - large.size * CAP - small.size * 0.9, room, name, small, look.accentInk, "lead");
  canvas.lineOn(level + small.size * 1.45, room, month, small, look.quiet, "lead");
}

function alone(canvas, slide) {
  const { unit } = canvas;
  const room = canvas.content();
  const strip = room.cutBottom(unit * DAY_LINE);
  room.cutBottom(unit * 3);
  drawFace(canvas, room, Boolean(slide.date));
  drawDayLine(canvas, strip.with({ x: round(strip.x) }));
}

function draw(canvas, slide) {
  // In a band it stands at the edge, else it has the whole room. A low part beside others is one of a band's, too: in the
  // head of an upright display it may be hardly wider than high.
  const { frame, setting: { display: [width, height] } } = canvas;
  const beside = frame.w < width * 0.9 && (frame.landscape || frame.h < height * 0.25);
  if (canvas.isStrip || (beside && slide.face !== "hands")) inBand(canvas, slide);
  else if (slide.face === "hands") withHands(canvas, slide);
  else alone(canvas, slide);
}

export const clock = { draw };
