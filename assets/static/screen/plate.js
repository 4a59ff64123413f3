// A plate: one picture that has a part of the display to itself, with a caption and a credit. The same as
// `kiosk/src/stage/plate.rs`.

import { cleanLine } from "./clean.js";
import { BLACK, WHITE, faint, legibleOn, luminance, towards } from "./colour.js";
import { drawAboveMiddle } from "./copy.js";
import { Frame } from "./frame.js";
import { GUTTER, LABEL, SCRIM } from "./look.js";
import { drawStrip } from "./strip.js";
import { REGULAR, SEMIBOLD, line, type } from "./type.js";

// Sizes of a caption, largest first, and the widest one, in hundredths of the shorter side of a region.
const CAPTION = [6.1, 5.4, 4.8, 4.3, 3.8];
const WIDEST = 118;

// Behind a picture that does not reach the edges: a shade away from the background.
function calm({ background, ink }) {
  return luminance(background) < 0.2 ? towards(background, BLACK, 0.4) : towards(background, ink, 0.05);
}

function quietInks(canvas) {
  return [canvas.look.ink, canvas.look.quiet].map(ink => legibleOn(ink, calm(canvas.look), 4.5));
}

// What can be read when there is no picture: better than nothing at all.
function alone(canvas, caption) {
  const { look } = canvas;
  const said = caption === "" ? cleanLine(look.name) : caption;
  if (canvas.isStrip) {
    drawStrip(canvas, said, "", [look.ink, look.quiet]);
    return;
  }
  drawAboveMiddle(canvas, canvas.content(), said, "", { headline: look.ink, text: look.quiet, tint: look.accentInk });
}

// Caption and credit in their sizes.
function fitLines(canvas, caption, credit, place) {
  const set = line(type(canvas.size(LABEL[1]), REGULAR));
  const below = credit === "" ? 0 : set.size * 1.5;
  const room = new Frame(place.x, place.y, Math.min(place.w, canvas.unit * WIDEST), place.h - below);
  const block = canvas.fit(caption, CAPTION, room, size => type(size, SEMIBOLD, { leading: 1.24, tracking: -0.01 }));
  return { block, credit, set, height: block.height + below };
}

function drawLines(canvas, { block, credit, set }, where, [loud, quiet]) {
  const room = where.with({});
  if (credit !== "") canvas.line(room.cutBottom(set.size * 1.3), credit, set, quiet, "start");
  canvas.block(room, block, loud, loud, "start");
}

// On a shadow at the foot of the picture.
function over(canvas, caption, credit) {
  if (canvas.isStrip) {
    canvas.area(canvas.frame, faint(BLACK, SCRIM[0]));
    drawStrip(canvas, caption, credit, [WHITE, WHITE]);
    return;
  }
  const room = canvas.content();
  const lines = fitLines(canvas, caption, credit, room.with({ h: room.h * 0.5 }));
  const top = room.bottom - lines.height;
  const dense = top - canvas.unit * 2.5;
  const shadow = canvas.frame.with({});
  shadow.cutTop(dense - canvas.unit * 22 - shadow.y);
  canvas.scrim(shadow, dense);
  drawLines(canvas, lines, room.with({ y: top, h: lines.height }), [WHITE, WHITE]);
}

// Draws a plate; without a picture its caption stands alone. It fills its part (`fill`), or all of it is seen (`whole`); a
// film plays in its place.
export function drawPlate(canvas, { picture, fit, caption, credit, pan, film }) {
  const [said, by] = [cleanLine(caption || ""), cleanLine(credit || "")];
  canvas.followDirectionOf(said);
  const [sound] = canvas.sound([picture]);
  const plays = film && canvas.plays(film) ? film : null;
  const size = plays || sound;
  if (!size) {
    alone(canvas, said);
    return;
  }
  const shape = size.width / size.height;
  const hang = frame => {
    if (sound && !plays && pan && fit === "fill") {
      canvas.approached(frame, sound);
      return;
    }
    if (sound) canvas.photo(frame, sound);
    if (plays) canvas.film(frame, plays);
  };
  const silent = said === "" && by === "";
  if (fit === "fill") {
    hang(canvas.frame);
    if (!silent) over(canvas, said, by);
    return;
  }
  canvas.area(canvas.frame, calm(canvas.look));
  if (silent || canvas.isStrip) {
    hang(canvas.frame.holding(shape));
    return;
  }
  const content = canvas.content();
  if (canvas.frame.landscape && shape < 1) {
    // Upright, it stands at the end of the words, as high as it can be.
    const rest = canvas.frame.with({});
    const area = rest.cutRight(Math.min(rest.h * shape, rest.w * 0.6));
    hang(area.holding(shape));
    const room = content.with({ w: area.x - canvas.unit * GUTTER - content.x });
    const lines = fitLines(canvas, said, by, room);
    drawLines(canvas, lines, room.with({ y: room.bottom - lines.height, h: lines.height }), quietInks(canvas));
    return;
  }
  const lines = fitLines(canvas, said, by, content.with({ h: content.h * 0.3 }));
  const foot = content.with({ y: content.bottom - lines.height, h: lines.height });
  const { x, y, w } = canvas.frame;
  hang(new Frame(x, y, w, foot.y - canvas.unit * 3 - y).holding(shape));
  drawLines(canvas, lines, foot, quietInks(canvas));
}
