// Text measured before it is drawn: how large it may be, where it breaks, where it must end.

import { isPoster } from "./type.js";

// Gap between paragraphs, in times the size of the text.
export const PARAGRAPH_GAP = 0.42;
// Up to so many lines are evened out; longer paragraphs look right as they are.
const MOST_BALANCED = 7;
// Drawing may round up where measuring rounded down.
const SLACK = 2;
// A word longer than this is broken rather than left out.
const LONGEST_WORD = 28;
// How far the middle between ascent and descent of the letters lies above their baseline, in times the size.
const MIDDLE = 0.3638;
// So many measurements are remembered.
const MOST_KNOWN = 600;

export function lineHeight(set) {
  return Math.max(Math.round(set.size * set.leading), 1);
}

// How far below the top of its line the letters stand.
export function baseline(set) {
  return lineHeight(set) / 2 + MIDDLE * set.size;
}

// Whether a text is read from the right: its first letter decides.
export function isFromRight(text) {
  for (const c of text) {
    const code = c.codePointAt(0);
    if ((code >= 0x590 && code <= 0x8ff) || (code >= 0xfb1d && code <= 0xfdff) || (code >= 0xfe70 && code <= 0xfefc)
      || (code >= 0x10800 && code <= 0x10fff) || (code >= 0x1e800 && code <= 0x1efff)) return true;
    if (c.toLowerCase() !== c.toUpperCase() || code >= 0x900) return false;
  }
  return false;
}

// Gives an element the letters of a set.
export function wear(element, set) {
  const style = element.style;
  style.fontSize = `${set.size}px`;
  style.fontWeight = String(set.weight);
  style.lineHeight = `${lineHeight(set)}px`;
  style.letterSpacing = set.tracking === 0 ? "normal" : `${(set.tracking * set.size).toFixed(2)}px`;
  style.fontFeatureSettings = set.digits ? '"tnum"' : "normal";
}

// Text broken into lines: its paragraphs, with what each needs.
class Block {
  constructor(set, paragraphs) {
    this.set = set;
    this.paragraphs = paragraphs;
    const gaps = Math.max(paragraphs.length - 1, 0) * set.size * PARAGRAPH_GAP;
    this.height = paragraphs.reduce((sum, one) => sum + one.height, 0) + gaps;
    this.lines = paragraphs.reduce((sum, one) => sum + one.lines, 0);
    this.isBroken = paragraphs.some(one => one.isBroken);
    this.isParted = paragraphs.some(one => one.isParted);
  }
}

export class Measure {
  // Measures in an element that is laid out and never seen.
  constructor(home) {
    this.rule = document.createElement("p");
    this.rule.className = "rule";
    this.rule.dir = "auto";
    home.appendChild(this.rule);
    this.known = new Map();
  }

  // Says whose syllables words have.
  speak(language) {
    if (this.rule.lang !== language) this.forget();
    this.rule.lang = language;
  }

  // Forgets everything: fonts have come, for instance.
  forget() {
    this.known.clear();
  }

  // Breaks a text into lines of at most this width.
  block(text, set, width) {
    return new Block(set, text === "" ? [] : text.split("\n").map(line => this.paragraph(line, set, width)));
  }

  // The same of at most this height, ending with `…` after a whole word if need be.
  cut(text, set, width, height) {
    const paragraphs = [];
    let left = height;
    for (const line of text === "" ? [] : text.split("\n")) {
      const whole = this.paragraph(line, set, width);
      const gap = paragraphs.length === 0 ? 0 : set.size * PARAGRAPH_GAP;
      if (whole.height + gap <= left) {
        left -= whole.height + gap;
        paragraphs.push(whole);
        continue;
      }
      const lines = Math.floor((left - gap) / lineHeight(set));
      if (lines > 0) {
        paragraphs.push(this.shortened(line, set, width, lines));
      } else if (paragraphs.length > 0) {
        const last = paragraphs.pop();
        paragraphs.push(this.shortened(`${last.text} …`, set, width, last.lines));
      }
      break;
    }
    return new Block(set, paragraphs);
  }

  // Width of one line.
  width(text, set) {
    const key = this.key(text, set, 0);
    if (!this.known.has(key)) {
      this.dress(text, set);
      this.rule.style.width = "auto";
      this.rule.style.whiteSpace = "nowrap";
      this.keep(key, Math.ceil(this.rule.getBoundingClientRect().width) + SLACK);
      this.rule.style.whiteSpace = "";
    }
    return this.known.get(key);
  }

  // The narrowest width at which a paragraph has as many lines, which makes them even.
  balanced(paragraph, set) {
    const { text, lines, width, isBroken, isParted } = paragraph;
    if (lines === 1) return Math.min(this.width(text, set), width + SLACK);
    if (lines > MOST_BALANCED || isBroken || isParted) return width;
    const key = `balanced ${this.key(text, set, width)}`;
    if (!this.known.has(key)) {
      this.dress(text, set);
      let low = (width / lines) * 0.6;
      let high = width;
      while (high - low > 4) {
        const middle = (low + high) / 2;
        const tried = this.lay(middle, set);
        if (tried.lines <= lines && !tried.isTooWide) high = middle;
        else low = middle;
      }
      this.keep(key, Math.min(Math.ceil(high) + SLACK, width));
    }
    return this.known.get(key);
  }

  paragraph(text, set, wide) {
    const width = Math.max(Math.floor(Math.min(wide, 100000)), 1);
    const key = this.key(text, set, width);
    if (this.known.has(key)) return this.known.get(key);
    this.dress(text, set);
    const style = this.rule.style;
    style.overflowWrap = "normal";
    let { lines, isTooWide } = this.lay(width, set);
    let [isParted, isBroken] = [false, false];
    if (isTooWide) {
      this.rule.classList.add("parted");
      ({ lines, isTooWide } = this.lay(width, set));
      this.rule.classList.remove("parted");
      isParted = !isTooWide;
      isBroken = isTooWide;
    }
    if (isBroken) {
      style.overflowWrap = "break-word";
      ({ lines } = this.lay(width, set));
      style.overflowWrap = "normal";
    }
    const height = lines * lineHeight(set);
    const fromRight = isFromRight(text);
    return this.keep(key, { text, width, height, lines, isBroken, isParted, fromRight });
  }

  // The longest beginning that fits so many lines, ended by `…`.
  shortened(text, set, width, lines) {
    const ends = wordEnds(text);
    // Where not even the first word fits, a part of it is better than nothing.
    return this.longest(text, ends, set, width, lines)
      || this.longest(text, letterEnds(text, 0, ends[0] || 0), set, width, lines)
      || this.paragraph("…", set, width);
  }

  longest(text, ends, set, width, lines) {
    let [low, high] = [0, ends.length - 1];
    let best = null;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const tried = this.paragraph(ended(text.slice(0, ends[middle])), set, width);
      if (tried.lines <= lines) {
        best = tried;
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return best;
  }

  dress(text, set) {
    wear(this.rule, set);
    this.rule.textContent = text;
  }

  lay(width, set) {
    this.rule.style.width = `${width}px`;
    const lines = Math.max(Math.round(this.rule.offsetHeight / lineHeight(set)), 1);
    return { lines, isTooWide: this.rule.scrollWidth > Math.ceil(width) };
  }

  key(text, { size, weight, leading, tracking, digits }, width) {
    return `${size} ${weight} ${leading} ${tracking} ${digits ? 1 : 0} ${width} ${text}`;
  }

  keep(key, value) {
    if (this.known.size >= MOST_KNOWN) this.known.clear();
    this.known.set(key, value);
    return value;
  }
}

// Where a text may end: after its words, and inside of what is no word any more.
function wordEnds(text) {
  const ends = [];
  let start = 0;
  while (start < text.length) {
    const space = text.slice(start).search(/\s/);
    const end = space < 0 ? text.length : start + space;
    if (end - start > LONGEST_WORD) ends.push(...letterEnds(text, start, end));
    if (end > start) ends.push(end);
    start = end + 1;
  }
  return ends;
}

// Places between the letters of a word.
function letterEnds(text, start, end) {
  const ends = [];
  for (let at = start + 1; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 0xdc00 || code > 0xdfff) ends.push(at);
  }
  return ends;
}

// A beginning with `…` after it: whole sentences are left out after a space, words without one.
function ended(beginning) {
  const kept = beginning.replace(/[\s,;:–—\-…(„“"'#@]+$/, "");
  return `${kept}${/[.!?]$/.test(kept) ? " " : ""}…`;
}

// Running text is easiest to read in lines of about 65 letters; headlines may be as wide as they like.
export function longestLine(set, most) {
  return set.leading < 1.3 ? Infinity : set.size * most;
}

// Whether a block is set as a poster that is none any more, because it has too many lines.
export function isLongPoster(block, most) {
  return isPoster(block.set) && block.lines > most;
}
