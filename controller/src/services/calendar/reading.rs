//! From the bytes of a calendar to what is to come.

use std::{
    collections::{HashMap, HashSet},
    time::{Duration, Instant},
};

use shared::slides::Event;

use super::{
    clocks::{Clock, Clocks},
    entry::{Entry, Moment},
    lines::lines,
    repeat::{Wall, occurrences},
};

/// Most events that are kept of those to come: several times as many as a slide shows, so that it goes on while the
/// calendar cannot be reached.
pub const MOST_EVENTS: usize = 100;
/// Most entries that are looked at.
const MOST_ENTRIES: usize = 200_000;
/// Longest time to read a calendar, and then to find out what is to come: one that takes longer is taken as far as it came.
const LONGEST: Duration = Duration::from_secs(3);
/// Deepest nesting of components.
const DEEPEST: usize = 8;

/// What is to come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Upcoming {
    /// Soonest first.
    pub events: Vec<Event>,
    /// Whether there is more than that.
    pub more: bool,
}

/// Reads a calendar; `None` when it is none. Times without a zone are those of the venue.
pub(super) fn read(bytes: &[u8], venue: &str, now: i64) -> Option<Upcoming> {
    let deadline = Instant::now() + LONGEST;
    let text = decode(bytes);
    let mut clocks = Clocks::new(venue);
    let venue = clocks.floating();
    let entries = entries(&text, &mut clocks, deadline)?;
    let deadline = Instant::now() + LONGEST;
    let mut plan = Plan { venue, now, deadline, events: Vec::new(), more: false };
    let replaced = replaced(&entries, deadline);
    for entry in &entries {
        if Instant::now() > deadline {
            plan.more = true;
            break;
        }
        plan.add(entry, replaced.get(entry.uid.as_str()));
    }
    Some(plan.finish())
}

fn decode(bytes: &[u8]) -> String {
    let (text, encoding, broken) = encoding_rs::UTF_8.decode(bytes);
    if broken && encoding == encoding_rs::UTF_8 {
        return encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned();
    }
    text.into_owned()
}

/// Every event in the text; `None` where no calendar begins.
fn entries(text: &str, clocks: &mut Clocks, deadline: Instant) -> Option<Vec<Entry>> {
    let (mut entries, mut open): (Vec<Entry>, Vec<String>) = (Vec::new(), Vec::new());
    let mut is_calendar = false;
    for (number, line) in lines(text).enumerate() {
        if entries.len() == MOST_ENTRIES || (number % 1_000 == 0 && Instant::now() > deadline) {
            break;
        }
        match line.name.as_str() {
            "BEGIN" => {
                let name = line.value.trim().to_ascii_uppercase();
                is_calendar |= name == "VCALENDAR";
                match name.as_str() {
                    "VEVENT" => entries.push(Entry::default()),
                    "STANDARD" | "DAYLIGHT" => clocks.describe(&name, &line),
                    _ => {}
                }
                if open.len() < DEEPEST {
                    open.push(name);
                }
            }
            "END" => {
                let name = line.value.trim().to_ascii_uppercase();
                if name == "VTIMEZONE" {
                    clocks.described();
                }
                // Whatever was not closed inside it is closed with it.
                if let Some(at) = open.iter().rposition(|one| *one == name) {
                    open.truncate(at);
                }
            }
            "X-WR-TIMEZONE" if open.len() == 1 => clocks.usual(&line.value),
            _ => match open.last().map(String::as_str) {
                Some("VEVENT") => {
                    if let Some(entry) = entries.last_mut() {
                        entry.take(&line, clocks);
                    }
                }
                Some(part @ ("VTIMEZONE" | "STANDARD" | "DAYLIGHT")) => clocks.describe(part, &line),
                _ => {}
            },
        }
    }
    is_calendar.then_some(entries)
}

/// Of events that repeat, by their names, the times that another entry stands in for.
fn replaced(entries: &[Entry], deadline: Instant) -> HashMap<&str, HashSet<i64>> {
    let mut all: HashMap<&str, HashSet<i64>> = HashMap::new();
    for entry in entries {
        if let Some(at) = entry.instead_of.as_ref().and_then(|at| at.clock.instant(at.wall, deadline)) {
            all.entry(entry.uid.as_str()).or_default().insert(at);
        }
    }
    all
}

struct Plan {
    venue: Clock,
    now: i64,
    deadline: Instant,
    events: Vec<Event>,
    more: bool,
}

impl Plan {
    fn add(&mut self, entry: &Entry, replaced: Option<&HashSet<i64>>) {
        let Some(start) = &entry.start else { return };
        if entry.title.is_empty() || entry.cancelled || entry.private {
            return;
        }
        let Some(lasts) = self.lasts(entry, start) else { return };
        // Whole days are days wherever one is; times are those of their zone.
        let clock = if start.day { self.venue.clone() } else { start.clock.clone() };
        let mut begins = vec![start.wall];
        if entry.instead_of.is_none() && (!entry.rules.is_empty() || !entry.added.is_empty()) {
            // An event that began a while ago may still be going on.
            let from = clock.wall(self.now, self.deadline) - lasts.div_euclid(1_000);
            for rule in &entry.rules {
                let found = occurrences(rule, start.wall, from, MOST_EVENTS + 2, self.deadline);
                self.more |= found.len() > MOST_EVENTS;
                begins.extend(found);
            }
            begins.extend(entry.added.iter().filter_map(|added| self.seen_from(added, &clock)));
            begins.retain(|begin| !entry.left_out.iter().any(|out| self.is_meant(out, *begin, &clock)));
            begins.sort_unstable();
            begins.dedup();
        }
        for begin in begins {
            let Some(from) = clock.instant(begin, self.deadline) else { continue };
            if entry.instead_of.is_none() && replaced.is_some_and(|replaced| replaced.contains(&from)) {
                continue;
            }
            let until = if start.day {
                clock.instant(begin + lasts.div_euclid(1_000), self.deadline).unwrap_or(from)
            } else {
                from.saturating_add(lasts)
            };
            if until.max(from.saturating_add(1)) > self.now {
                self.events.push(Event {
                    title: entry.title.clone(),
                    place: entry.place.clone(),
                    from,
                    until,
                    whole_days: start.day,
                });
            }
        }
        if self.events.len() > 20 * MOST_EVENTS {
            self.cut();
        }
    }

    /// How long it lasts, in milliseconds.
    fn lasts(&self, entry: &Entry, start: &Moment) -> Option<i64> {
        if start.day {
            let days = match (&entry.end, entry.lasts) {
                (Some(end), _) => (end.wall - start.wall).div_euclid(86_400),
                (None, Some(seconds)) => seconds.div_euclid(86_400),
                (None, None) => 1,
            };
            return Some(days.clamp(1, 3_660) * 86_400_000);
        }
        let begin = start.clock.instant(start.wall, self.deadline)?;
        let end = entry.end.as_ref().and_then(|end| end.clock.instant(end.wall, self.deadline));
        let seconds = entry.lasts.unwrap_or(0);
        Some(end.map_or(seconds * 1_000, |end| end - begin).clamp(0, 3_660 * 86_400_000))
    }

    /// What the clock of an event shows at a time that is given by another.
    fn seen_from(&self, moment: &Moment, clock: &Clock) -> Option<Wall> {
        if moment.day {
            return Some(moment.wall);
        }
        Some(clock.wall(moment.clock.instant(moment.wall, self.deadline)?, self.deadline))
    }

    /// Whether a time that is left out is this one; a date leaves out the whole day.
    fn is_meant(&self, out: &Moment, begin: Wall, clock: &Clock) -> bool {
        if out.day {
            return out.wall == begin - begin.rem_euclid(86_400);
        }
        self.seen_from(out, clock) == Some(begin)
    }

    fn cut(&mut self) {
        self.events.sort_by(|a, b| (a.from, a.until, &a.title, &a.place).cmp(&(b.from, b.until, &b.title, &b.place)));
        self.events.dedup();
        self.more |= self.events.len() > MOST_EVENTS;
        self.events.truncate(MOST_EVENTS);
    }

    fn finish(mut self) -> Upcoming {
        self.cut();
        Upcoming { events: self.events, more: self.more }
    }
}
