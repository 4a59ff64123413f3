// A strip: what a slide says where its part of the display is only a line high. The same as `kiosk/src/stage/strip.rs`.

import { cleanLine } from "./clean.js";
import { round } from "./frame.js";
import { BAND_PART, BAND_SMALL, BAND_TYPE } from "./look.js";
import { BOLD, REGULAR, line, sized, type } from "./type.js";

// Draws a loud text and a quiet one after it, or below it where both are too long for one line.
export function drawStrip(canvas, loudText, quietText, [loud, quiet]) {
  const [lead, rest] = [cleanLine(loudText), cleanLine(quietText)];
  const room = canvas.band(canvas.frame.h * BAND_PART);
  const height = room.h;
  const first = line(type(round(height * BAND_TYPE), BOLD), { tracking: -0.018 });
  const second = line(type(round(height * BAND_SMALL), REGULAR));
  const [wide, between] = [canvas.widthOf(lead, first), height * 0.34];
  if (rest === "" || lead === "") {
    canvas.snug(room, rest === "" ? lead : rest, first, rest === "" ? loud : quiet, "lead");
  } else if (wide + between + canvas.widthOf(rest, second) <= room.w) {
    const level = canvas.bandBaseline(room);
    canvas.lineOn(level, room, lead, first, loud, "lead");
    room.cutLeft(wide + between);
    canvas.lineOn(level, room, rest, second, quiet, "lead");
  } else {
    const upper = room.cutTop(height * 0.56);
    canvas.line(upper, lead, sized(first, round(height * 0.5)), loud, "lead");
    canvas.line(room, rest, second, quiet, "lead");
  }
}
