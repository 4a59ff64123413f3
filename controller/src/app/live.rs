//! Screens that are connected to this process, and how they are.

use std::{
    collections::{HashMap, HashSet},
    sync::{Mutex, MutexGuard, PoisonError},
};

use shared::protocol::{Down, Report};
use tokio::sync::{broadcast, mpsc};

/// How many messages may wait for a screen. One that does not read them is dropped:
/// when it comes back, it is told everything anew.
const WAITING: usize = 16;
/// How many words to programmes may wait for whoever overhears them.
const OVERHEARD: usize = 256;

/// Who is connected, and the last report of each screen.
#[derive(Debug)]
pub struct Live {
    held: Mutex<Held>,
    /// What screens of programmes are told, for whoever overhears it.
    told: broadcast::Sender<(String, Down)>,
}

impl Default for Live {
    fn default() -> Self {
        Self { held: Mutex::default(), told: broadcast::Sender::new(OVERHEARD) }
    }
}

#[derive(Debug, Default)]
struct Held {
    links: HashMap<String, Link>,
    seen: HashMap<String, Seen>,
    /// New versions that not all screens of a programme have yet, by programme.
    handed_out: HashMap<String, HandedOut>,
    count: u64,
}

/// A version on its way to the screens of a programme.
#[derive(Debug)]
struct HandedOut {
    version: u64,
    awaited: HashSet<String>,
    several: bool,
}

/// Screens that are told together to show a new version are told so far ahead, in milliseconds, so that the word reaches
/// the last of them in time; a screen that is alone need not wait.
const LEAD: i64 = 200;

#[derive(Debug)]
struct Link {
    number: u64,
    programme_id: String,
    outbox: mpsc::Sender<Down>,
}

/// The last sign of life of a screen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// When it came, in milliseconds since 1970.
    pub at: i64,
    /// The last report.
    pub report: Option<Report>,
    written_at: i64,
    report_written: bool,
}

/// A report to be written to the database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unwritten {
    /// Which screen.
    pub screen_id: String,
    /// The report; `None` when it has been written before.
    pub report: Option<Report>,
    /// Last sign of life.
    pub at: i64,
}

impl Live {
    fn held(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Overhears what all screens of a programme are told, from now on: the programme's id and the word.
    pub fn overhear(&self) -> broadcast::Receiver<(String, Down)> {
        self.told.subscribe()
    }

    /// Connects a screen: its link's number, and what it is to be told. The link it had
    /// before, if any, is closed: the newest wins.
    pub fn join(&self, screen_id: &str, programme_id: &str, now: i64) -> (u64, mpsc::Receiver<Down>) {
        let (outbox, inbox) = mpsc::channel(WAITING);
        let mut held = self.held();
        held.count += 1;
        let number = held.count;
        held.links.insert(screen_id.to_owned(), Link { number, programme_id: programme_id.to_owned(), outbox });
        held.seen.entry(screen_id.to_owned()).or_default().at = now;
        (number, inbox)
    }

    /// Ends a link; `false` when a newer one has taken its place.
    pub fn leave(&self, screen_id: &str, number: u64) -> bool {
        let mut held = self.held();
        let newest = held.links.get(screen_id).is_some_and(|link| link.number == number);
        if newest {
            held.links.remove(screen_id);
        }
        newest
    }

    /// Notes a sign of life.
    pub fn alive(&self, screen_id: &str, now: i64) {
        self.held().seen.entry(screen_id.to_owned()).or_default().at = now;
    }

    /// Notes a report; says whether it tells anything new.
    pub fn heard(&self, screen_id: &str, report: Report, now: i64) -> bool {
        let mut held = self.held();
        let seen = held.seen.entry(screen_id.to_owned()).or_default();
        let news = seen.report.as_ref().is_none_or(|before| !says_the_same(before, &report));
        seen.at = now;
        seen.report = Some(report);
        seen.report_written = false;
        news
    }

    /// Whether a screen is connected to this process.
    pub fn is_linked(&self, screen_id: &str) -> bool {
        self.held().links.contains_key(screen_id)
    }

    /// The last sign of life in this process's memory.
    pub fn seen(&self, screen_id: &str) -> Option<Seen> {
        self.held().seen.get(screen_id).cloned()
    }

    /// Every screen that is connected.
    pub fn links(&self) -> Vec<String> {
        self.held().links.keys().cloned().collect()
    }

    /// Notes which programme a screen follows from now on.
    pub fn follow(&self, screen_id: &str, programme_id: &str) {
        if let Some(link) = self.held().links.get_mut(screen_id) {
            programme_id.clone_into(&mut link.programme_id);
        }
    }

    /// Tells one screen; `false` when it is not connected here.
    pub fn tell(&self, screen_id: &str, word: Down) -> bool {
        let mut held = self.held();
        let told = held.links.get(screen_id).is_some_and(|link| link.outbox.try_send(word).is_ok());
        if !told {
            // It does not read: its link ends when the outbox is gone.
            held.links.remove(screen_id);
        }
        told
    }

    /// Tells every screen that follows a programme; says how many.
    pub fn tell_programme(&self, programme_id: &str, word: &Down) -> usize {
        let mut told = 0;
        // Nobody need be listening.
        let _ = self.told.send((programme_id.to_owned(), word.clone()));
        self.held().links.retain(|_, link| {
            if link.programme_id != programme_id {
                return true;
            }
            let sent = link.outbox.try_send(word.clone()).is_ok();
            told += usize::from(sent);
            sent
        });
        told
    }

    /// Tells every screen of a programme about a new version, and awaits that each of them has it; says how many.
    pub fn hand_out(&self, programme_id: &str, version: u64) -> usize {
        let told = self.tell_programme(programme_id, &Down::Programme { id: programme_id.to_owned(), version });
        let mut held = self.held();
        let follows = |link: &&Link| link.programme_id == programme_id;
        let awaited: HashSet<_> =
            held.links.iter().filter(|(_, link)| follows(link)).map(|(id, _)| id.clone()).collect();
        let several = awaited.len() > 1;
        held.handed_out.insert(programme_id.to_owned(), HandedOut { version, awaited, several });
        told
    }

    /// Notes that a screen has a version; when it is the last that was awaited, all are told when to show it.
    pub fn ready(&self, screen_id: &str, programme_id: &str, version: u64, now: i64) {
        let several = {
            let mut held = self.held();
            let Held { links, handed_out, .. } = &mut *held;
            let Some(out) = handed_out.get_mut(programme_id).filter(|out| out.version == version) else { return };
            out.awaited.remove(screen_id);
            out.awaited.retain(|id| links.contains_key(id));
            if !out.awaited.is_empty() {
                return;
            }
            out.several
        };
        self.held().handed_out.remove(programme_id);
        let at = if several { now + LEAD } else { now };
        self.tell_programme(programme_id, &Down::Activate { id: programme_id.to_owned(), version, at });
    }

    /// Takes what the database does not know yet, of screens last written before an instant.
    pub fn take_unwritten(&self, written_before: i64, now: i64) -> Vec<Unwritten> {
        let mut held = self.held();
        let due = held.seen.iter_mut().filter(|(_, seen)| {
            seen.written_at < written_before && (seen.at > seen.written_at || !seen.report_written)
        });
        let mut unwritten: Vec<_> = due
            .map(|(id, seen)| {
                seen.written_at = now.max(seen.at);
                let report = if seen.report_written { None } else { seen.report.clone() };
                seen.report_written = true;
                Unwritten { screen_id: id.clone(), report, at: seen.at }
            })
            .collect();
        // Same order everywhere, so that two controllers cannot wait for each other's rows.
        unwritten.sort_by(|a, b| a.screen_id.cmp(&b.screen_id));
        unwritten
    }

    /// Forgets what is known of screens that are not connected and were last seen before an instant.
    pub fn forget_before(&self, before: i64) {
        let mut held = self.held();
        let Held { links, seen, .. } = &mut *held;
        seen.retain(|id, seen| links.contains_key(id) || seen.at >= before || !seen.report_written);
    }

    /// Forgets everything about a screen and ends its link.
    pub fn forget(&self, screen_id: &str) {
        let mut held = self.held();
        held.links.remove(screen_id);
        held.seen.remove(screen_id);
    }
}

/// Whether two reports differ only in what counts up by itself.
fn says_the_same(before: &Report, now: &Report) -> bool {
    let bare = |report: &Report| Report { presented_at: 0, frames: 0, late_millis: None, ..report.clone() };
    bare(before) == bare(now)
}

#[cfg(test)]
mod tests {
    use shared::protocol::{Down, Report, State};

    use super::{Live, WAITING};

    #[tokio::test]
    async fn the_newest_link_of_a_screen_wins() {
        let live = Live::default();
        let (first, mut old) = live.join("s", "p", 1);

        let (second, mut new) = live.join("s", "p", 2);

        assert_eq!(old.recv().await, None);
        assert!(!live.leave("s", first) && live.is_linked("s"));
        assert!(live.tell("s", Down::Picture));
        assert_eq!(new.recv().await, Some(Down::Picture));
        assert!(live.leave("s", second) && !live.is_linked("s"));
    }

    #[test]
    fn a_screen_that_does_not_read_is_dropped_and_the_others_are_told() {
        let live = Live::default();
        let (_, _deaf) = live.join("deaf", "p", 1);
        let (_, mut good) = live.join("good", "p", 1);
        let (_, mut other) = live.join("other", "q", 1);

        for version in 0..=WAITING as u64 {
            live.tell_programme("p", &Down::Programme { id: "p".into(), version });
            assert!(good.try_recv().is_ok());
        }

        assert!(!live.is_linked("deaf") && live.is_linked("good"));
        assert!(other.try_recv().is_err());
    }

    #[test]
    fn a_version_is_shown_when_the_last_screen_has_it() {
        let live = Live::default();
        let (_, mut one) = live.join("one", "p", 1);
        let (number, mut two) = live.join("two", "p", 1);
        let (_, mut three) = live.join("three", "p", 1);
        assert_eq!(live.hand_out("p", 7), 3);
        for inbox in [&mut one, &mut two, &mut three] {
            assert_eq!(inbox.try_recv(), Ok(Down::Programme { id: "p".into(), version: 7 }));
        }

        live.ready("one", "p", 7, 500);
        live.ready("one", "p", 6, 500);
        assert!(one.try_recv().is_err(), "the others do not have it yet");
        live.leave("two", number);
        live.ready("three", "p", 7, 600);

        let word = Down::Activate { id: "p".into(), version: 7, at: 600 + super::LEAD };
        assert_eq!((one.try_recv(), three.try_recv()), (Ok(word.clone()), Ok(word)));
        live.ready("three", "p", 7, 700);
        assert!(three.try_recv().is_err(), "once is enough");
    }

    #[test]
    fn each_report_is_written_once_and_not_too_often() {
        let live = Live::default();
        let report = Report { state: State::Playing, frames: 7, ..Report::default() };
        assert!(live.heard("s", report.clone(), 1_000));

        assert_eq!(live.take_unwritten(1_000, 1_000).len(), 1);
        assert!(live.take_unwritten(2_000, 2_000).is_empty());
        assert!(!live.heard("s", Report { frames: 8, ..report.clone() }, 3_000));
        assert!(live.take_unwritten(500, 3_000).is_empty());
        let due = live.take_unwritten(5_000, 5_000);
        assert_eq!((due[0].at, due[0].report.as_ref().unwrap().frames), (3_000, 8));
        live.alive("s", 9_000);
        assert_eq!(live.take_unwritten(9_000, 9_000)[0].report, None);
    }
}
