// When something is on: windows of weekdays, times and dates. The same as `shared/src/programme/schedule.rs`.

import { dayOf, instant, readDay, weekday } from "./zone.js";

const MINUTES = 1440;
// How many days around an instant are searched for a change.
const HORIZON = 400;

// A window with everything in it that it need not say.
export function readWindow(window) {
  const { days, from, to, first, last, except } = window;
  return {
    days: days || [true, true, true, true, true, true, true],
    from: from || 0,
    to: to === undefined ? MINUTES : to,
    first: first ? readDay(first) : null,
    last: last ? readDay(last) : null,
    except: (except || []).map(readDay),
  };
}

function beginsOn(window, day) {
  return window.days[weekday(day)]
    && (window.first === null || window.first <= day)
    && (window.last === null || day <= window.last)
    && !window.except.includes(day);
}

// Begin and end of what begins on a day.
function span(window, day, zone) {
  const millis = minute => Math.min(minute, MINUTES) * 60000;
  const next = window.to <= window.from ? day + 1 : day;
  return [instant(zone, day, millis(window.from)), instant(zone, next, millis(window.to))];
}

function windowIsOn(window, at, zone) {
  const today = dayOf(zone, at);
  // Clocks may be set over midnight.
  for (let day = today - 2; day <= today + 1; day += 1) {
    if (!beginsOn(window, day)) continue;
    const [begin, end] = span(window, day, zone);
    if (begin <= at && at < end) return true;
  }
  return false;
}

// Whether windows are on at an instant; none at all means always.
export function isOn(when, at, zone) {
  return when.length === 0 || when.some(window => windowIsOn(window, at, zone));
}

function changes(when, edge, zone) {
  return isOn(when, edge, zone) !== isOn(when, edge - 1, zone);
}

function firstEdgeAfter(window, when, at, zone) {
  const today = dayOf(zone, at);
  const start = window.first === null ? today - 2 : Math.max(today - 2, window.first);
  const end = window.last === null ? start + HORIZON : Math.min(start + HORIZON, window.last);
  for (let day = start; day <= end; day += 1) {
    if (!beginsOn(window, day)) continue;
    for (const edge of span(window, day, zone)) {
      if (edge > at && changes(when, edge, zone)) return edge;
    }
  }
  return null;
}

function lastEdgeBefore(window, when, at, zone) {
  const today = dayOf(zone, at);
  const start = window.last === null ? today + 1 : Math.min(today + 1, window.last);
  const end = window.first === null ? start - HORIZON : Math.max(start - HORIZON, window.first);
  for (let day = start; day >= end; day -= 1) {
    if (!beginsOn(window, day)) continue;
    const [begin, done] = span(window, day, zone);
    for (const edge of [done, begin]) {
      if (edge <= at && changes(when, edge, zone)) return edge;
    }
  }
  return null;
}

// The soonest of some instants, some of which may be missing.
export function soonest(instants) {
  return instants.reduce((one, other) => (one === null || (other !== null && other < one) ? other : one), null);
}

// The latest of them.
export function latest(instants) {
  return instants.reduce((one, other) => (one === null || (other !== null && other > one) ? other : one), null);
}

// The next instant after `at` at which it goes on or off; `null` when there is none within about a year.
export function nextChange(when, at, zone) {
  return soonest(when.map(window => firstEdgeAfter(window, when, at, zone)));
}

// The latest instant not after `at` at which it went on or off.
export function lastChange(when, at, zone) {
  return latest(when.map(window => lastEdgeBefore(window, when, at, zone)));
}
