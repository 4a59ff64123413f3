// Draws a wall of photos: pictures side by side up to the edges, and what they are about.

import { cleanLine } from "../clean.js";
import { clamp } from "../frame.js";
import { GAP } from "../look.js";
import { rows } from "../mosaic.js";
import { BOLD, tight, type } from "../type.js";

// Most pictures on a wall.
const MOST = 12;

function draw(canvas, slide) {
  const title = cleanLine(slide.title || "");
  canvas.followDirectionOf(title);
  const { look, unit } = canvas;
  const pictures = canvas.sound(slide.pictures || [], MOST);
  const area = canvas.frame.with({});
  if (title !== "" && !canvas.isStrip) {
    const content = canvas.content();
    const part = content.with({ h: content.h * 0.2 });
    const block = canvas.fit(title, [7.8, 6.9, 6.1, 5.4, 4.8], part, size => tight(type(size, BOLD)));
    canvas.block(content, block, look.ink, look.ink, "start");
    area.cutTop(content.y - area.y + block.height + unit * 3.4);
  }
  const shapes = pictures.map(one => clamp(one.width / one.height, 0.5, 2.4));
  rows(area, shapes, unit * GAP).forEach((frame, at) => canvas.photo(frame, pictures[at]));
}

export const wall = { draw };
