// Slides one after the other, round and round. The same as `shared/src/programme/playlist.rs`.

import { endsAt, isKnown } from "./slides.js";
import { isOn, lastChange, latest, nextChange, soonest } from "./schedule.js";
import { remainder } from "./zone.js";

// Shortest time an entry stays, whatever a programme says: nothing may flicker.
const SHORTEST = 1000;
const LONGEST = 9223372036854;

export function stay(entry) {
  return Math.min(Math.max(entry.millis, SHORTEST), LONGEST);
}

function mayBeOn(entry, at, zone) {
  const end = endsAt(entry.slide);
  return isOn(entry.when, at, zone) && (end === null || at < end);
}

function lastChangeOf(entry, at, zone) {
  const end = endsAt(entry.slide);
  return latest([lastChange(entry.when, at, zone), end !== null && end <= at ? end : null]);
}

function nextChangeOf(entry, at, zone) {
  const end = endsAt(entry.slide);
  return soonest([nextChange(entry.when, at, zone), end !== null && end > at ? end : null]);
}

function roundOf(playlist, at, zone) {
  const round = [];
  playlist.entries.forEach((entry, place) => {
    if (mayBeOn(entry, at, zone)) round.push({ entry, place, known: isKnown(entry.slide) });
  });
  return round;
}

// What of a round is on at an instant. A slide of an unknown type keeps its time, and the one before it stays on, so that
// old and new displays stay in step.
function roundAt(round, anchor, at) {
  if (!round.some(one => one.known)) return null;
  const stays = round.map(one => stay(one.entry));
  const length = Math.max(stays.reduce((sum, one) => sum + one, 0), 1);
  const into = remainder(at - anchor, length);
  let index = 0;
  let start = 0;
  while (index + 1 < round.length && into >= start + stays[index]) {
    start += stays[index];
    index += 1;
  }
  let since = at - (into - start);
  let until = since + stays[index];
  const place = step => step % round.length;
  while (!round[index].known) {
    index = place(index + round.length - 1);
    since -= stays[index];
  }
  let next = place(index + 1);
  let end = since + stays[index];
  while (!round[next].known) {
    end += stays[next];
    next = place(next + 1);
  }
  until = Math.max(until, end);
  const alone = round.filter(one => one.known).length === 1;
  return { entry: round[index].entry, index: round[index].place, since, began: alone ? anchor : since, until };
}

function nextSchedule(playlist, at, zone) {
  return soonest(playlist.entries.map(entry => nextChangeOf(entry, at, zone)));
}

// What is on at an instant; `null` when there is nothing this version can show. `since` is when a schedule put the whole
// playlist on, if one did.
export function playlistOn(playlist, at, zone, since) {
  const changed = latest(playlist.entries.map(entry => lastChangeOf(entry, at, zone)));
  let begun = latest([changed, since]);
  if (begun !== null && begun <= playlist.anchored_at) begun = null;
  const on = roundAt(roundOf(playlist, at, zone), begun === null ? playlist.anchor : begun, at);
  if (on === null) return null;
  if (begun !== null) {
    on.since = Math.max(on.since, begun);
    on.began = Math.max(on.began, begun);
  }
  on.until = soonest([on.until, nextSchedule(playlist, at, zone)]);
  return on;
}

// The next instant after `at` at which something else is to be seen; `null` when it stays as it is.
export function playlistNext(playlist, at, zone, since) {
  const several = roundOf(playlist, at, zone).filter(one => one.known).length > 1;
  const on = several ? playlistOn(playlist, at, zone, since) : null;
  return soonest([on === null ? null : on.until, nextSchedule(playlist, at, zone)]);
}
