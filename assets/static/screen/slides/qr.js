// Draws a code to be scanned from afar, why, and where it leads. The same as `kiosk/src/slides/qr.rs`.

import { clean, cleanLine } from "../clean.js";
import { drawCopy, fitCopy } from "../copy.js";
import { round } from "../frame.js";
import { GUTTER, shortAddress } from "../look.js";
import { drawStrip } from "../strip.js";
import { SEMIBOLD, type } from "../type.js";

// Longer addresses make codes that nobody can scan.
const LONGEST = 900;
// Sizes of the address, in hundredths of the shorter side of a region.
const SAID = [5.4, 4.8, 4.3, 3.8];

function draw(canvas, slide) {
  const { look, unit } = canvas;
  const link = slide.link || "";
  const [title, text, said] = [cleanLine(slide.title || ""), clean(slide.text || ""), cleanLine(shortAddress(link))];
  canvas.followDirectionOf(title || text);
  if (canvas.isStrip) {
    drawStrip(canvas, title, said, [look.ink, look.accentInk]);
    return;
  }
  const room = canvas.content();
  const { landscape } = room;
  const gutter = unit * GUTTER;
  if (link !== "" && link.length <= LONGEST) {
    const wish = landscape ? Math.min(room.h, room.w * 0.44) : Math.min(room.w, room.h * 0.46);
    // As near to the wish as whole pixels allow, and never more.
    const side = Math.min(canvas.codeSide(link, wish * 0.97), wish);
    let card = null;
    if (landscape) {
      const column = room.cutLeft(side);
      room.cutLeft(gutter * 1.2);
      card = column.with({ y: column.y + (column.h - side) / 2, h: side });
    } else {
      card = room.cutTop(side).with({ w: side });
      room.cutTop(gutter);
    }
    canvas.code(card, link, look.background);
  }
  const part = room.with({ h: room.h * 0.26 });
  const address = canvas.fit(said, SAID, part, size => type(size, SEMIBOLD, { leading: 1.26 }));
  const gap = said === "" ? 0 : unit * 4;
  const fitted = fitCopy(canvas, title, text, room.with({ h: room.h - address.height - gap }));
  const height = fitted.height + gap + address.height;
  if (canvas.content().landscape) room.cutTop(round(Math.max((room.h - height) * 0.5, 0)));
  drawCopy(canvas, room, fitted, { headline: look.ink, text: look.quiet, tint: look.accentInk });
  room.cutTop(fitted.height + gap);
  canvas.block(room, address, look.accentInk, look.accentInk, "lead");
}

export const qr = { draw };
