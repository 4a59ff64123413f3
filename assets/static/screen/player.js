// What is on now, without what cannot be shown. The same as `kiosk/src/player/mod.rs`.

import { programmeOn } from "./programme.js";

// Most slides in a row that are passed over.
const MOST_SKIPPED = 32;
// Smaller areas, in percent, are nothing.
const LEAST = 0.5;

// An area that can be drawn: numbers, on the display, larger than nothing.
function sound({ left, top, width, height }) {
  if (![left, top, width, height].every(Number.isFinite)) return null;
  const clamp = part => Math.min(Math.max(part, 0), 100);
  const area = { left: clamp(left), top: clamp(top) };
  area.width = Math.min(width, 100 - area.left);
  area.height = Math.min(height, 100 - area.top);
  return area.width > LEAST && area.height > LEAST ? area : null;
}

// The next entry of a region that can be shown.
function nextGood(programme, shown, tags, bad) {
  let until = shown.on.until;
  for (let skipped = 0; skipped < MOST_SKIPPED; skipped += 1) {
    const next = programmeOn(programme, until, tags).find(one => one.region === shown.region);
    if (!next || next.on.entry === shown.on.entry) return null;
    if (!bad(next.on.entry.slide)) return next.on.entry;
    until = next.on.until;
  }
  return null;
}

// What is on in every region; for the rest of the time of what cannot be shown, what comes next is on, if anything does.
export function cuesAt(programme, at, tags, bad) {
  const cues = [];
  for (const shown of programmeOn(programme, at, tags)) {
    const area = sound(shown.area);
    if (area === null) continue;
    const next = bad(shown.on.entry.slide) ? nextGood(programme, shown, tags, bad) : null;
    const entry = next || shown.on.entry;
    const { since, began, until } = shown.on;
    cues.push({
      region: shown.region,
      area,
      change: shown.change,
      entry: entry.id,
      slide: entry.slide,
      since,
      began: next ? since : began,
      until,
    });
  }
  return cues;
}
