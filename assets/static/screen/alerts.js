// Alerts: what interrupts everything else. The same as `shared/src/programme/alert.rs`.

import { stay } from "./playlist.js";
import { latest, soonest } from "./schedule.js";
import { isKnown } from "./slides.js";
import { remainder } from "./zone.js";

// Name of the region alerts are reported under.
const ALERT = "alert";
export const WHOLE = { left: 0, top: 0, width: 100, height: 100 };
// Where a band stands: across the display, above its lower edge.
const BAND = { left: 0, top: 76, width: 100, height: 24 };

function isFor(alert, tags) {
  return isKnown(alert.entry.slide) && (alert.tags.length === 0 || alert.tags.some(tag => tags.includes(tag)));
}

function isOnAt(alert, at) {
  return alert.from <= at && (alert.until === null || at < alert.until);
}

function turnOf(alerts, shape, area, at, tags) {
  const mine = alerts.filter(alert => alert.shape === shape && isFor(alert, tags));
  const on = mine.filter(alert => isOnAt(alert, at));
  // A new one is shown at once, and so is what is left when one has ended.
  const ends = mine.map(alert => alert.until).filter(end => end !== null && end <= at);
  const anchor = latest(on.map(alert => alert.from).concat(ends));
  if (anchor === null) return null;
  // Newest first; of equals the order stays, which old browsers do not promise.
  const turns = on.map((alert, place) => ({ alert, place }));
  turns.sort((a, b) => b.alert.from - a.alert.from || a.place - b.place);
  const length = turns.reduce((sum, turn) => sum + stay(turn.alert.entry), 0);
  let left = remainder(at - anchor, Math.max(length, 1));
  let index = 0;
  while (index < turns.length && left >= stay(turns[index].alert.entry)) {
    left -= stay(turns[index].alert.entry);
    index += 1;
  }
  if (index >= turns.length) return null;
  const entry = turns[index].alert.entry;
  const since = at - left;
  const until = since + stay(entry);
  return { region: ALERT, area, change: "cut", on: { entry, index, since, began: since, until } };
}

// Alerts that are on at an instant: of full ones and of bands one each; several take turns.
export function alertsOn(alerts, at, tags) {
  const shapes = [["full", WHOLE], ["band", BAND]];
  const shown = shapes.map(([shape, area]) => turnOf(alerts, shape, area, at, tags)).filter(one => one !== null);
  // Over the whole display a band would only repeat itself.
  return shown.slice(0, 1);
}

// The next instant after `at` at which alerts change.
export function alertsNext(alerts, at, tags) {
  const mine = alerts.filter(alert => isFor(alert, tags));
  const edges = [];
  mine.forEach(alert => edges.push(alert.from, alert.until));
  const several = mine.filter(alert => isOnAt(alert, at)).length > 1;
  const turns = several ? alertsOn(alerts, at, tags).map(shown => shown.on.until) : [];
  return soonest(edges.filter(edge => edge !== null && edge > at).concat(turns));
}
