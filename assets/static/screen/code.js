// QR codes: the controller makes them with the library that kiosks use, and sends their modules along.

import { Frame, round } from "./frame.js";

// Light modules that must surround a code.
const QUIET = 4;

// Side of a card, near to the wished one, that a code fills with whole pixels per module.
export function codeSide(code, wish) {
  if (!code) return wish;
  const modules = code.side + 2 * QUIET;
  return Math.max(round(wish / modules), 2) * modules;
}

// Where a code stands on its card, and how many pixels a module has; `null` where the card is too small.
export function codePlace(code, card) {
  const pixels = Math.floor(Math.min(card.w, card.h) / (code.side + 2 * QUIET));
  if (pixels === 0) return null;
  const side = code.side * pixels;
  const [left, top] = [(card.w - side) / 2, (card.h - side) / 2];
  return { pixels, frame: new Frame(Math.floor(card.x + left), Math.floor(card.y + top), side, side) };
}

// Whether a module is dark. They are packed row after row, four in each hexadecimal digit.
export function isDark(code, x, y) {
  const at = y * code.side + x;
  return ((parseInt(code.bits[at >> 2], 16) >> (3 - (at & 3))) & 1) === 1;
}
