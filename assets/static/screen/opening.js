// Opening hours understood: whether somebody is there now, and when next. The same as `kiosk/src/slides/hours/rule.rs`.

const DAY = 24 * 60;

// Minute of the day of `9`, `9:30`, `09.30 Uhr`; `null` for words.
function timeOf(text) {
  const found = /^(\d{1,2})(?:[:.](\d{1,2}))?$/.exec(text.trim().replace(/(Uhr)+$/, "").trim());
  if (!found) return null;
  const minutes = Number(found[2] || 0);
  const minute = Number(found[1]) * 60 + minutes;
  return minutes < 60 && minute <= DAY ? minute : null;
}

function spanOf(text) {
  const found = /^([^–—-]*)[–—-](.*)$/.exec(text.replace(/ bis /g, "–").replace(/ to /g, "–"));
  if (!found) return null;
  const [from, until] = [timeOf(found[1]), timeOf(found[2])];
  if (from === null || until === null || from >= DAY) return null;
  return [from, until > from ? until : until + DAY];
}

// Reads `09:00–12:30, 14:00–18:00`; nothing for an empty text, `null` for words.
function spansOf(text) {
  const spans = text.split(/[,;\n]/).map(part => part.trim()).filter(part => part !== "").map(spanOf);
  return spans.includes(null) ? null : spans;
}

// What a week (Monday first) says about a weekday and a minute of the day: `unknown` where today's text says no times,
// `always`, `open` until a minute, `opens` in so many days at a minute, or `closed` all week.
export function nowAt(week, weekday, minute) {
  const day = ahead => spansOf(week[(weekday + ahead) % 7]);
  const today = day(0);
  if (today === null) return { state: "unknown" };
  // What began yesterday may reach beyond midnight.
  const overNight = (day(6) || []).filter(([, until]) => until > DAY).map(([, until]) => until - DAY);
  const ofToday = today.filter(([from]) => from <= minute).map(([, until]) => until);
  const ends = overNight.concat(ofToday).filter(until => until > minute);
  if (ends.length > 0) {
    const isWhole = spans => spans !== null && spans.some(([from, until]) => from === 0 && until === DAY);
    const always = [0, 1, 2, 3, 4, 5, 6].every(ahead => isWhole(day(ahead)));
    return always ? { state: "always" } : { state: "open", at: Math.max(...ends) % DAY };
  }
  for (let days = 0; days <= 7; days += 1) {
    const starts = (day(days) || []).map(([from]) => from).filter(from => days > 0 || from > minute);
    if (starts.length > 0) return { state: "opens", days, at: Math.min(...starts) };
  }
  return { state: "closed" };
}
