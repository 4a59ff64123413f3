// What plays when: a pure function of a programme and the time. The same as `shared/src/programme/mod.rs`; a test asks both.

import { WHOLE, alertsNext, alertsOn } from "./alerts.js";
import { playlistNext, playlistOn } from "./playlist.js";
import { isOn, lastChange, nextChange, readWindow, soonest } from "./schedule.js";

const CHANGES = ["fade", "slide", "wipe"];

function readEntry(entry) {
  return { id: entry.id, millis: entry.millis, when: (entry.when || []).map(readWindow), slide: entry.slide };
}

function readPlaylist({ anchor, anchored_at, change, entries }) {
  // Without a word it fades; what is not known is a cut.
  const known = change === undefined ? "fade" : CHANGES.includes(change) ? change : "cut";
  return { anchor, anchored_at: anchored_at || 0, change: known, entries: entries.map(readEntry) };
}

function readAlert({ from, until, shape, tags, entry }) {
  return {
    from,
    until: until === undefined ? null : until,
    shape: shape === "band" ? "band" : "full",
    tags: tags || [],
    entry: readEntry(entry),
  };
}

function readRegion({ name, area, playlist }) {
  return { name, area, playlist: readPlaylist(playlist) };
}

// A programme with everything in it that its document need not say.
export function readProgramme(json) {
  const plans = json.plans.map(({ id, when, priority, regions }) => (
    { id, when: (when || []).map(readWindow), priority: priority || 0, regions: regions.map(readRegion) }
  ));
  const zone = { name: json.zone.name, offsets: json.zone.offsets || [] };
  return Object.assign({}, json, {
    plans,
    zone,
    active_at: json.active_at || 0,
    alerts: (json.alerts || []).map(readAlert),
  });
}

// The plan that is on at an instant, and when its schedule last put it on.
export function planOn(programme, at) {
  let best = null;
  for (const plan of programme.plans) {
    if (isOn(plan.when, at, programme.zone) && (best === null || plan.priority > best.priority)) best = plan;
  }
  return best === null ? null : { plan: best, since: lastChange(best.when, at, programme.zone) };
}

// What is on in every region at an instant, back to front, on a display with these tags.
export function programmeOn(programme, at, tags) {
  const alerts = alertsOn(programme.alerts, at, tags);
  const shown = [];
  const found = alerts.some(alert => alert.area === WHOLE) ? null : planOn(programme, at);
  if (found !== null) {
    for (const { name, area, playlist } of found.plan.regions) {
      const on = playlistOn(playlist, at, programme.zone, found.since);
      if (on !== null) shown.push({ region: name, area, change: playlist.change, on });
    }
  }
  return shown.concat(alerts);
}

// The next instant after `at` at which anything may change.
export function programmeNext(programme, at, tags) {
  const found = planOn(programme, at);
  const regions = found === null ? [] : found.plan.regions;
  return soonest([
    ...programme.plans.map(plan => nextChange(plan.when, at, programme.zone)),
    ...regions.map(region => playlistNext(region.playlist, at, programme.zone, found.since)),
    alertsNext(programme.alerts, at, tags),
  ]);
}
