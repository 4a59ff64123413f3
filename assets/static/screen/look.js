// How everything looks: colours that can be read, sizes relative to the glass, durations. The same as `kiosk/src/stage/look.rs`.

import { BLACK, WHITE, brightened, chroma, contrast, legibleOn, luminance, opposite, parse, towards } from "./colour.js";

// Sizes of text in hundredths of the shorter side of a region, largest first.
export const STEPS = [26, 22, 18, 15, 13, 11.4, 10, 8.8, 7.8, 6.9, 6.1, 5.4, 4.8, 4.3, 3.8];
// Sizes of a headline and the text below it.
export const PAIRS = [
  [26, 8.8], [26, 6.9], [22, 7.8], [22, 6.1], [18, 6.9], [18, 5.4], [15, 6.1], [15, 5.4], [13, 6.1], [13, 5.4],
  [13, 4.8], [11.4, 5.4], [11.4, 4.8], [10, 5.4], [10, 4.8], [8.8, 4.8], [8.8, 4.3], [7.8, 4.8], [7.8, 4.3],
  [6.9, 4.3], [6.1, 4.3], [6.1, 3.8], [5.4, 3.8],
];
// The same for a text that is cut in any case.
export const PAIR_CUT = [6.9, 4.8];
export const STEP_CUT = 4.8;
// A text that would be smaller than this part of its size is set with a long word parted instead.
export const WORTH_PARTING = 0.5;
// From here on text is a headline; from there on a poster, of so many lines at most.
export const LOUD = 7.5;
export const POSTER = 12.5;
export const POSTER_LINES = 3;
// Air that large letters carry on their left, in times their size.
export const BEARING = 0.045;
export const HEADLINE_LINES = 6;
// How much smaller a line may be set before it is shortened.
export const SNUG = 0.62;
// Gap between a headline and its text: in times its size, at least and at most.
export const HEADLINE_GAP = [0.4, 2.6, 5];
export const EYEBROW = 3.4;
// Sizes of the two lines beside a QR code.
export const LABEL = [3.3, 2.7];
// How dense a shadow over a photo is where text begins, and at its end.
export const SCRIM = [0.74, 0.93];
export const LARGEST_PIXELS = 1100;
// Longest line of running text, in times its size.
export const MEASURE = 32;
// Margin, in parts of the shorter side of the display.
export const MARGIN = 0.055;
export const BAND = 0.085;
export const BAND_PART = 0.56;
export const BAND_TYPE = 0.62;
export const BAND_SMALL = 0.38;
// Height of a capital letter or a digit, in times the size.
export const CAP = 0.727;
export const DAY_LINE = 0.9;
export const GAP = 0.7;
export const GUTTER = 6;
export const RADIUS = 1.8;
export const CODE = 20;
// How much of a picture may be cut off so that it reaches the edges.
export const MOST_CUT = 0.33;
// How long a part of the display takes to give way to the next slide.
export const CHANGE_MILLIS = 600;
// How long before its time the next scene is made ready.
export const AHEAD_MILLIS = 4000;

const TEXT_CONTRAST = 5.2;
const AREA_CONTRAST = 1.6;
const HOUSE_BACKGROUND = { red: 0.055, green: 0.075, blue: 0.125, alpha: 1 };
const HOUSE_ACCENT = { red: 1, green: 0.76, blue: 0.24, alpha: 1 };

function fromColours(background, wished) {
  // A touch of the background in the ink is easier on the eye than pure black and white.
  const ink = legibleOn(towards(opposite(background), background, 0.06), background, TEXT_CONTRAST);
  const accent = legibleOn(wished, background, AREA_CONTRAST);
  // White is the livelier choice on a strong colour, as long as it can be read.
  const on = contrast(WHITE, accent) >= 4.5 ? WHITE : opposite(accent);
  return {
    background,
    ink,
    accent,
    quiet: legibleOn(towards(ink, background, 0.36), background, TEXT_CONTRAST),
    accentInk: legibleOn(wished, background, TEXT_CONTRAST),
    onAccent: legibleOn(on, accent, 4.5),
    line: towards(background, ink, 0.16),
    surface: towards(background, ink, 0.1),
    paper: WHITE,
    print: BLACK,
  };
}

// The look a stage asks for, made legible.
export function lookOf(wish) {
  const background = parse(wish.background) || HOUSE_BACKGROUND;
  const look = fromColours(background, parse(wish.accent) || HOUSE_ACCENT);
  look.name = wish.name;
  look.address = shortAddress(wish.address);
  look.logo = wish.logo || null;
  return look;
}

// What is behind everything: a breath of the stage's colour, if all text stays legible on it.
export function backdrop({ background, accent, ink, quiet, accentInk }) {
  // Mixed into a colour that is one already, the accent would turn it grey.
  const tinted = chroma(background) >= 0.03
    ? brightened(background, luminance(background) < 0.2 ? 1.45 : 0.965)
    : towards(background, accent, 0.06);
  const legible = [ink, quiet, accentInk].every(one => contrast(one, tinted) >= 4.5);
  return [background, legible ? tinted : background];
}

// An address as people say it: no scheme, no `www.`, no trailing slash.
export function shortAddress(address) {
  const at = address.indexOf("://");
  const rest = (at < 0 ? address : address.slice(at + 3)).replace(/^www\./, "");
  return rest.split(/[?#]/)[0].replace(/\/+$/, "");
}
