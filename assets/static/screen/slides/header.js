// Draws the stage's header: logo, name, and where to find the stage.

import { clamp, round } from "../frame.js";
import { BAND_PART, BAND_SMALL, BAND_TYPE } from "../look.js";
import { BOLD, REGULAR, line, sized, type } from "../type.js";

function draw(canvas) {
  const { look } = canvas;
  const room = canvas.band(canvas.frame.h * BAND_PART);
  const height = room.h;
  const [logo] = canvas.sound([look.logo]);
  if (logo) {
    const shape = clamp(logo.width / logo.height, 0.3, 5);
    canvas.photo(room.cutLeft(Math.min(room.h * shape, room.w * 0.4)).holding(shape), logo);
  } else {
    canvas.area(room.cutLeft(height * 0.09), look.accent, height * 0.045);
  }
  room.cutLeft(height * 0.3);
  const name = line(type(round(height * BAND_TYPE), BOLD), { tracking: -0.018 });
  const address = line(type(round(height * BAND_SMALL), REGULAR));
  const [wide, between] = [canvas.widthOf(look.name, name), height * 0.34];
  if (look.address === "") {
    canvas.line(room, look.name, name, look.ink, "start");
  } else if (wide + between + canvas.widthOf(look.address, address) <= room.w) {
    const level = canvas.bandBaseline(room);
    canvas.lineOn(level, room, look.name, name, look.ink, "lead");
    room.cutLeft(wide + between);
    canvas.lineOn(level, room, look.address, address, look.quiet, "lead");
  } else {
    const upper = room.cutTop(room.h * 0.56);
    canvas.line(upper, look.name, sized(name, round(height * 0.5)), look.ink, "lead");
    canvas.line(room, look.address, address, look.quiet, "lead");
  }
}

export const header = { draw };
