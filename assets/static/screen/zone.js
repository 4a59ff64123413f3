// A venue's time zone as a table of offsets, and civil dates as days since 1970. The same as `shared/src/programme/zone.rs`.

export const DAY = 86400000;
// No zone on Earth is further from UTC than this; the table is searched so far around an instant.
const FURTHEST = 16 * 3600000;

export function remainder(of, by) {
  return ((of % by) + by) % by;
}

// How many offsets of a table are not after an instant, less one; of a table that begins later the first.
function place(zone, at) {
  let index = 0;
  while (index < zone.offsets.length && zone.offsets[index][0] <= at) index += 1;
  return Math.max(index, 1) - 1;
}

// Milliseconds that local clocks are ahead of UTC at an instant.
export function ahead(zone, at) {
  const offset = zone.offsets[place(zone, at)];
  return offset ? offset[1] * 1000 : 0;
}

// The civil date at an instant, in days since 1970.
export function dayOf(zone, at) {
  return Math.floor((at + ahead(zone, at)) / DAY);
}

// The first instant at which local clocks have come to a time, in milliseconds from local midnight of a day.
export function instant(zone, day, millis) {
  const local = day * DAY + millis;
  for (let index = place(zone, local - FURTHEST); index < zone.offsets.length; index += 1) {
    const starts = index === 0 ? -Infinity : zone.offsets[index][0];
    const next = zone.offsets[index + 1];
    const at = local - zone.offsets[index][1] * 1000;
    if (!next || at < next[0]) return Math.max(at, starts);
  }
  return local;
}

// Day of the week of a day: 0 is Monday.
export function weekday(day) {
  return remainder(day + 3, 7);
}

// Days since 1970 of a date that is written `2026-12-24`.
export function readDay(text) {
  const [year, month, day] = text.split("-").map(Number);
  // Years that begin in March, in cycles of 400: the leap day comes last and needs no case of its own.
  const [y, m] = month < 3 ? [year - 1, month + 9] : [year, month - 3];
  const cycle = Math.floor(y / 400);
  const ofCycle = y - cycle * 400;
  const ofYear = Math.floor((153 * m + 2) / 5) + day - 1;
  return cycle * 146097 + ofCycle * 365 + Math.floor(ofCycle / 4) - Math.floor(ofCycle / 100) + ofYear - 719468;
}

// Year, month and day of a day.
export function parts(day) {
  const date = new Date(day * DAY);
  return [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
}
