// A programme with nothing to show yet: the stage's name, the time, and friendly words; or words alone, where there is none.

import { drawAboveMiddle, drawCopy, fitCopy } from "./copy.js";
import { drawDayLine, drawFace } from "./face.js";
import { clamp } from "./frame.js";
import { DAY_LINE } from "./look.js";
import { BOLD, line, type } from "./type.js";

// The same as `kiosk/src/screens/waiting.rs`.
export function drawWaiting(canvas) {
  const { look, unit, words } = canvas;
  const room = canvas.content();
  const top = room.cutTop(unit * 8);
  const [logo] = canvas.sound([look.logo]);
  if (logo) {
    const shape = clamp(logo.width / logo.height, 0.3, 5);
    canvas.photo(top.cutLeft(top.h * shape).holding(shape), logo);
  } else {
    canvas.area(top.cutLeft(unit), look.accent, unit * 0.5);
  }
  top.cutLeft(unit * 2.4);
  canvas.line(top, look.name, line(type(canvas.size(5), BOLD), { tracking: -0.018 }), look.ink, "lead");
  const [title, text] = [words.say("waiting-title"), words.say("waiting-text")];
  const fitted = fitCopy(canvas, title, text, room.with({ h: unit * 22, w: Math.min(room.w, unit * 130) }));
  const below = room.cutBottom(fitted.height);
  drawCopy(canvas, below, fitted, { headline: look.accentInk, text: look.quiet, tint: look.quiet });
  room.cutBottom(unit * 5);
  drawDayLine(canvas, room.cutBottom(unit * DAY_LINE));
  drawFace(canvas, room, true);
}

// Words alone, before there is a programme, or once there is none any more.
export function drawSaid(canvas, key) {
  const { look, words } = canvas;
  const room = canvas.content();
  const inks = { headline: look.accentInk, text: look.quiet, tint: look.quiet };
  drawAboveMiddle(canvas, room, words.say(`${key}-title`), words.say(`${key}-text`), inks);
}
