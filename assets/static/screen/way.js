// The way to more: a QR code on its card, a word and an address. The same as `kiosk/src/stage/way.rs`.

import { CODE, GUTTER, LABEL } from "./look.js";
import { REGULAR, SEMIBOLD, line, type } from "./type.js";

// Takes the place of a way off a room: a column where reading ends (`end`), or a strip at the bottom (`below`).
export function cutWay(canvas, way, side, room) {
  const card = canvas.codeSide(way.address, canvas.unit * CODE);
  if (side === "end") {
    const column = room.cutRight(card);
    room.cutRight(canvas.unit * GUTTER);
    return column;
  }
  const strip = room.cutBottom(card);
  room.cutBottom(canvas.unit * 4.4);
  return strip;
}

// Draws a way into its place.
export function drawWay(canvas, way, side, where, inks) {
  const unit = canvas.unit;
  const place = where.with({});
  const card = canvas.codeSide(way.address, unit * CODE);
  const name = line(type(canvas.size(LABEL[0]), SEMIBOLD));
  const said = line(type(canvas.size(LABEL[1]), REGULAR));
  if (side === "end") {
    if (canvas.widthOf(way.said, said) <= place.w) {
      canvas.line(place.cutBottom(said.size * 1.3), way.said, said, inks.said, "lead");
    }
    const strip = place.cutBottom(name.size * 1.35);
    canvas.line(strip, way.name, canvas.narrowed(way.name, name, strip.w), inks.name, "lead");
    place.cutBottom(unit * 1.4);
    canvas.code(place.cutBottom(card), way.address, inks.behind);
    return;
  }
  canvas.code(place.cutLeft(card), way.address, inks.behind);
  place.cutLeft(unit * 2.6);
  const height = name.size * 1.35 + said.size * 1.3;
  const lines = place.with({ y: place.y + (place.h - height) / 2, h: height });
  canvas.line(lines.cutTop(name.size * 1.35), way.name, name, inks.name, "lead");
  canvas.line(lines, way.said, said, inks.said, "lead");
}
