// What a slide draws on: its part of the display, the means to measure, and the pieces so far, as data. The same as
// `kiosk/src/stage/canvas.rs`, so that every slide is drawn by the same rules.

import { cleanLine } from "./clean.js";
import { codeSide } from "./code.js";
import { BLACK, contrast, faint } from "./colour.js";
import { Frame, clamp, round } from "./frame.js";
import { BAND, BAND_TYPE, BEARING, CAP, LARGEST_PIXELS, LOUD, MARGIN, MEASURE, POSTER, POSTER_LINES, RADIUS, SCRIM, SNUG, WORTH_PARTING } from "./look.js";
import { PARAGRAPH_GAP, baseline, isFromRight, isLongPoster, longestLine } from "./measure.js";
import { BOLD, REGULAR, SEMIBOLD, isPoster, poster, sized, tight, type } from "./type.js";

// How much larger a photo is in the end than in the beginning, and in how many milliseconds.
export const PAN = { most: 0.14, millis: 24000 };

export class Canvas {
  // An empty part of the display. `setting` is what drawings depend on: look, words, moment, measure, codes, display, moves.
  constructor(setting, frame, cue) {
    this.setting = setting;
    this.look = setting.look;
    this.words = setting.words;
    this.moment = setting.moment;
    this.moves = setting.moves;
    this.frame = frame.snapped();
    this.since = cue.since;
    this.began = cue.began;
    this.pieces = [];
    this.mirrored = false;
  }

  // What has been drawn; in a mirror where it is read from the right.
  part() {
    if (this.mirrored) {
      for (const piece of this.pieces) {
        if (piece.turn) piece.turn = -piece.turn;
        const x = this.frame.x + this.frame.right - piece.frame.right;
        piece.frame = piece.frame.with({ x });
      }
    }
    return { frame: this.frame, pieces: this.pieces, mirrored: this.mirrored };
  }

  followDirectionOf(text) {
    this.mirrored = isFromRight(text);
  }

  // A hundredth of the shorter side: the unit of all sizes in a part.
  get unit() {
    return Math.min(this.frame.w, this.frame.h) / 100;
  }

  // A size of letters in whole pixels.
  size(units) {
    return clamp(round(units * this.unit), 1, LARGEST_PIXELS);
  }

  // Whether there is only room for a line.
  get isStrip() {
    return this.frame.w > this.frame.h * 4 && this.frame.h < this.setting.display[1] * 0.22;
  }

  // The strip in which headers and clocks stand: a little towards the middle of the display, where the part lies at its edge.
  band(wish) {
    const [width, display] = this.setting.display;
    const frame = this.frame;
    const [above, below] = [frame.y <= 1, frame.bottom >= display - 1];
    const part = above && !below ? 0.56 : below && !above ? 0.44 : 0.5;
    const height = Math.min(wish, Math.min(width, display) * BAND, frame.h);
    const content = this.content();
    return new Frame(content.x, frame.y + (frame.h - height) * part, content.w, height);
  }

  // Where the large letters of a band stand, so that header and clock stand level.
  bandBaseline(band) {
    return round(band.y + (band.h + band.h * BAND_TYPE * CAP) / 2);
  }

  // The part without its margins: whole ones towards the edges of the display, narrower ones towards other parts.
  content() {
    const [width, height] = this.setting.display;
    const outer = Math.min(width, height) * MARGIN;
    const side = atEdge => (atEdge ? outer : outer * 0.6);
    const content = this.frame.with({});
    content.cutLeft(side(this.frame.x <= 1));
    content.cutRight(side(this.frame.right >= width - 1));
    content.cutTop(Math.min(side(this.frame.y <= 1), this.frame.h * 0.12));
    content.cutBottom(Math.min(side(this.frame.bottom >= height - 1), this.frame.h * 0.12));
    return content;
  }

  // Pictures that can be drawn, so many at most.
  sound(pictures, most = 4) {
    const { broken } = this.setting;
    return pictures.filter(one => one && one.width > 0 && one.height > 0 && !broken.has(one.sha256)).slice(0, most);
  }

  area(frame, colour, radius = 0) {
    this.pieces.push({ kind: "area", frame, colours: [colour, colour], slope: 125, radius });
  }

  // An area that goes from one colour to another, from corner to corner.
  shaded(frame, colours, radius = 0) {
    this.pieces.push({ kind: "area", frame, colours, slope: 125, radius });
  }

  // A shadow over the lower part of a photo, dense enough from `dense` downwards for white text on any picture.
  scrim(frame, dense) {
    const rest = frame.snapped();
    const above = rest.cutTop(round(dense - rest.y));
    const [clear, half, full] = [0, SCRIM[0], SCRIM[1]].map(alpha => faint(BLACK, alpha));
    this.pieces.push({ kind: "area", frame: above, colours: [clear, half], slope: 180, radius: 0 });
    this.pieces.push({ kind: "area", frame: rest, colours: [half, full], slope: 180, radius: 0 });
  }

  // A disc around a point, or a ring of this width.
  disc([x, y], radius, colour, outline = 0) {
    const frame = new Frame(x - radius, y - radius, 2 * radius, 2 * radius);
    this.pieces.push({ kind: "area", frame, colours: [colour, colour], slope: 125, radius, outline });
  }

  // A line with round ends from one point to another.
  stroke(from, to, width, colour) {
    const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
    const length = Math.hypot(dx, dy) + width;
    const [x, y] = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2];
    const frame = new Frame(x - length / 2, y - width / 2, length, width);
    const turn = Math.atan2(dy, dx);
    this.pieces.push({ kind: "area", frame, colours: [colour, colour], slope: 125, radius: width / 2, turn });
  }

  // A rectangle of lines.
  outline(frame, colour, width, radius = 0) {
    this.pieces.push({ kind: "area", frame, colours: [colour, colour], slope: 125, radius, outline: width });
  }

  // A picture that fills a frame.
  photo(frame, picture, radius = 0) {
    this.pieces.push({ kind: "photo", frame: frame.snapped(), picture, radius });
  }

  // A picture that fills a frame and is slowly approached, where things may move.
  approached(frame, picture) {
    this.photo(frame, picture);
    if (this.moves) this.pieces[this.pieces.length - 1].pan = this.since;
  }

  // Whether a film can be played.
  plays(file) {
    return Boolean(this.moves && file && file.width > 0 && file.height > 0 && !this.setting.brokenFilms.has(file.sha256));
  }

  // A film that fills a frame; what does not fit is cut off evenly.
  film(frame, file) {
    if (this.plays(file)) this.pieces.push({ kind: "film", frame: frame.snapped(), file, began: this.began });
  }

  // Lines that run through a frame one after the other, at so many hundredths of the display's shorter side in a second.
  tape(frame, lines, set, colours, speed) {
    const pixels = Math.max(round((Math.min(...this.setting.display) / 100) * speed), 1);
    // Their widths are part of it: letters that come late change them.
    const texts = lines.filter(text => text.trim() !== "").map(text => ({ text, width: this.widthOf(text, set) }));
    this.pieces.push({ kind: "tape", frame: frame.snapped(), texts, set, colours, speed: pixels });
  }

  // Side of the card of a QR code, as near to this as whole pixels per module allow.
  codeSide(text, side) {
    return codeSide(this.setting.codes[text], side);
  }

  // A QR code on its card, which gets a fine line around it where it would not be seen.
  code(where, text, behind) {
    const frame = where.snapped();
    const { paper, print, line } = this.look;
    const radius = this.unit * RADIUS;
    if (contrast(paper, behind) < 1.1) {
      const fine = Math.max(round(this.unit * 0.2), 1);
      this.area(frame.inset(-1 - fine), line, radius);
    }
    this.pieces.push({ kind: "code", frame, matrix: this.setting.codes[text], colours: [paper, print], radius });
  }

  // One line, shortened to the width of the frame, in the middle of its height.
  line(frame, text, set, colour, align) {
    const block = this.setting.measure.cut(cleanLine(text), set, frame.w, set.size * set.leading * 1.1);
    const top = Math.max(frame.h - block.height, 0) / 2;
    this.block(frame.with({ y: frame.y + top }), block, colour, colour, align);
  }

  // One line, set smaller where it would be too long, and shortened where it would become too small.
  snug(frame, text, set, colour, align) {
    const cleaned = cleanLine(text);
    const narrowed = this.narrowed(cleaned, set, frame.w);
    this.line(frame, cleaned, sized(narrowed, Math.max(narrowed.size, round(set.size * SNUG))), colour, align);
  }

  // One line whose letters stand on a baseline, so that lines of several sizes stand level.
  lineOn(level, frame, text, set, colour, align) {
    const block = this.setting.measure.cut(cleanLine(text), set, frame.w, set.size * set.leading * 1.1);
    this.block(frame.with({ y: level - baseline(set) }), block, colour, colour, align);
  }

  // Draws a measured text from the top of a frame.
  block(frame, block, colour, tint, align) {
    const { set } = block;
    let top = 0;
    for (const paragraph of block.paragraphs) {
      const width = this.setting.measure.balanced(paragraph, set);
      const free = Math.max(frame.w - width, 0);
      let left = 0;
      if (align === "start" && paragraph.fromRight !== this.mirrored) left = free;
      // Large letters carry air on their left, which would set them off from the small ones above.
      else if ((align === "start" || align === "lead") && !paragraph.fromRight && set.size > this.unit * LOUD) {
        left = -set.size * BEARING;
      } else if (align === "centre") left = free / 2;
      else if (align === "trail") left = free;
      const where = new Frame(round(frame.x + left), round(frame.y + top), Math.ceil(width), Math.ceil(paragraph.height));
      this.pieces.push({ kind: "words", frame: where, paragraph, set, colour, tint, align });
      top += paragraph.height + set.size * PARAGRAPH_GAP;
    }
  }

  // Breaks a text into lines.
  measure(text, set, width) {
    return this.setting.measure.block(text, set, width);
  }

  // Width of a text on one line.
  widthOf(text, set) {
    return this.setting.measure.width(text, set);
  }

  // A size not larger than this one, at which a text stands on one line of this width.
  narrowed(text, set, width) {
    const wide = this.widthOf(text, set);
    return wide <= width ? set : sized(set, Math.max(Math.floor((set.size * width) / wide), 1));
  }

  // Breaks a text into lines and ends it where the room ends.
  cut(text, set, room) {
    return this.setting.measure.cut(text, set, room.w, room.h);
  }

  // The largest step at which a text fits with its words whole; cut at the smallest.
  fit(text, steps, room, set) {
    return this.fitOrCut(text, steps, steps.length > 0 ? steps[steps.length - 1] : 4, room, set);
  }

  // The same, or with a word parted between syllables where it would be much smaller without; cut at another size.
  fitOrCut(text, steps, cut, room, setOf) {
    let [parted, broken] = [null, null];
    for (const step of steps) {
      const set = setOf(this.size(step));
      const block = this.measure(text, set, Math.min(room.w, longestLine(set, MEASURE)));
      if (isLongPoster(block, POSTER_LINES) || block.height > room.h) continue;
      if (block.isBroken) {
        broken = broken || block;
      } else if (block.isParted) {
        if (!isPoster(set)) parted = parted || block;
      } else {
        return parted && block.set.size < parted.set.size * WORTH_PARTING ? parted : block;
      }
    }
    // Words that are broken at every size are broken at a large one.
    if (parted || broken) return parted || broken;
    const set = setOf(this.size(cut));
    return this.setting.measure.cut(text, set, Math.min(room.w, longestLine(set, MEASURE)), room.h);
  }
}

// Letters of a text that stands alone: the larger, the heavier and tighter.
export function byLoudness(size, unit) {
  if (size >= unit * POSTER) return poster(type(size, BOLD));
  if (size >= unit * LOUD) return tight(type(size, BOLD));
  if (size >= unit * LOUD * 0.75) return type(size, SEMIBOLD, { leading: 1.26, tracking: -0.012 });
  return type(size, REGULAR);
}
