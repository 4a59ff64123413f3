// Colours and how well they can be told apart (WCAG 2.2 contrast). The same as `kiosk/src/stage/colour.rs`.

export const WHITE = { red: 1, green: 1, blue: 1, alpha: 1 };
export const BLACK = { red: 0, green: 0, blue: 0, alpha: 1 };

// Reads `#rrggbb`; `null` for anything else.
export function parse(text) {
  const found = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(text.trim().replace(/^#(.)(.)(.)$/, "#$1$1$2$2$3$3"));
  if (!found) return null;
  const [red, green, blue] = found.slice(1).map(digits => parseInt(digits, 16) / 255);
  return { red, green, blue, alpha: 1 };
}

// As CSS says it.
export function css({ red, green, blue, alpha }) {
  const [r, g, b] = [red, green, blue].map(part => Math.round(Math.min(Math.max(part, 0), 1) * 255));
  return `rgba(${r}, ${g}, ${b}, ${alpha})`;
}

// Goes a part of the way (0 to 1) to another colour.
export function towards(one, other, part) {
  const step = name => one[name] + (other[name] - one[name]) * part;
  return { red: step("red"), green: step("green"), blue: step("blue"), alpha: step("alpha") };
}

// The same colour, covering less.
export function faint(colour, alpha) {
  return Object.assign({}, colour, { alpha });
}

// How far it is from grey, from 0 to 1.
export function chroma({ red, green, blue }) {
  return Math.max(red, green, blue) - Math.min(red, green, blue);
}

// The same hue with more or less light.
export function brightened(colour, factor) {
  const part = name => Math.min(colour[name] * factor, 1);
  return { red: part("red"), green: part("green"), blue: part("blue"), alpha: colour.alpha };
}

// How light it is, from 0 to 1, as eyes see it.
export function luminance({ red, green, blue }) {
  const linear = part => (part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4));
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

// Contrast between two colours, from 1 (none) to 21 (black on white).
export function contrast(one, other) {
  const [a, b] = [luminance(one) + 0.05, luminance(other) + 0.05];
  return Math.max(a, b) / Math.min(a, b);
}

// White or black, whichever stands out more.
export function opposite(colour) {
  return contrast(WHITE, colour) >= contrast(BLACK, colour) ? WHITE : BLACK;
}

// Moves as little as possible towards white or black until it stands out from `behind`.
export function legibleOn(colour, behind, wanted) {
  const goal = opposite(behind);
  for (let step = 0; step <= 50; step += 1) {
    const tried = towards(colour, goal, step / 50);
    if (contrast(tried, behind) >= wanted) return tried;
  }
  return goal;
}
