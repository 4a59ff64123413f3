//! Slides one after the other, round and round.

use serde::{Deserialize, Serialize};

use super::{schedule::Schedule, zone::Zone};
use crate::slides::Slide;

/// Slides one after the other, round and round.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Playlist {
    /// An instant at which the first entry starts, in milliseconds since 1970. All
    /// rounds before and after follow from it.
    pub anchor: i64,
    /// When the anchor was set. What a schedule changes later begins a round of its own.
    #[serde(default)]
    pub anchored_at: i64,
    /// How one slide follows another.
    #[serde(default)]
    pub change: Change,
    /// In playing order.
    pub entries: Vec<Entry>,
}

/// How one slide follows another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// The next appears over the last.
    #[default]
    Fade,
    /// The next pushes the last away.
    Slide,
    /// The next is uncovered from one side.
    Wipe,
    /// At once. Also what an old kiosk makes of a way it does not know.
    #[serde(other)]
    Cut,
}

/// One slide in a playlist.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Stable as long as it is the same thing, whatever its text (`post-…`).
    pub id: String,
    /// How long it stays, in milliseconds.
    pub millis: u64,
    /// When it may be on at all.
    #[serde(default, skip_serializing_if = "Schedule::is_always")]
    pub when: Schedule,
    /// What is shown.
    pub slide: Slide,
}

/// What is on in a playlist at an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct On<'a> {
    /// The entry.
    pub entry: &'a Entry,
    /// Its place in the playlist.
    pub index: usize,
    /// When it started, in milliseconds since 1970.
    pub since: i64,
    /// Since when it is on with nothing else in between, in the same: longer than that where a round has only one entry.
    pub began: i64,
    /// When the next one starts; never before `since` + 1.
    pub until: i64,
}

/// Shortest time an entry stays, whatever a programme says: nothing may flicker.
pub const SHORTEST_MILLIS: u64 = 1_000;

impl Entry {
    pub(super) fn stay(&self) -> i64 {
        i64::try_from(self.millis.max(SHORTEST_MILLIS)).unwrap_or(i64::MAX / 4).min(i64::MAX / 1_000_000)
    }

    /// Whether it may be on at an instant: its schedule says so, and it still has something to show.
    pub fn may_be_on(&self, at: i64, zone: &Zone) -> bool {
        self.when.is_on(at, zone) && self.slide.ends_at().is_none_or(|end| at < end)
    }

    fn last_change(&self, at: i64, zone: &Zone) -> Option<i64> {
        self.when.last_change(at, zone).max(self.slide.ends_at().filter(|end| *end <= at))
    }

    fn next_change(&self, at: i64, zone: &Zone) -> Option<i64> {
        let end = self.slide.ends_at().filter(|end| *end > at);
        self.when.next_change(at, zone).into_iter().chain(end).min()
    }

    pub(super) fn known(&self) -> bool {
        self.slide != Slide::Unknown
    }
}

/// What of a round is on at an instant, with its place in the round. A slide of an unknown type keeps its time, and the
/// one before it stays on, so that old and new kiosks stay in step.
fn round_at<'a>(round: &[&'a Entry], anchor: i64, at: i64) -> Option<(usize, On<'a>)> {
    if !round.iter().any(|entry| entry.known()) {
        return None;
    }
    let length = round.iter().map(|entry| entry.stay()).fold(0, i64::saturating_add).max(1);
    let into = at.saturating_sub(anchor).rem_euclid(length);
    let mut index = 0;
    let mut start = 0;
    for (here, entry) in round.iter().enumerate() {
        index = here;
        if into < start + entry.stay() {
            break;
        }
        start += entry.stay();
    }
    let mut since = at.saturating_sub(into - start);
    let mut until = since.saturating_add(round[index].stay());
    let place = |step: usize| step % round.len();
    while !round[index].known() {
        index = place(index + round.len() - 1);
        since = since.saturating_sub(round[index].stay());
    }
    let mut next = place(index + 1);
    let mut end = since.saturating_add(round[index].stay());
    while !round[next].known() {
        end = end.saturating_add(round[next].stay());
        next = place(next + 1);
    }
    until = until.max(end);
    let alone = round.iter().filter(|entry| entry.known()).count() == 1;
    let began = if alone { anchor } else { since };
    Some((index, On { entry: round[index], index, since, began, until }))
}

impl Playlist {
    /// What is on at an instant; `None` when there is nothing this version can show. `since` is when a schedule put the
    /// whole playlist on, if one did.
    pub fn on(&self, at: i64, zone: &Zone, since: Option<i64>) -> Option<On<'_>> {
        let changed = self.entries.iter().filter_map(|entry| entry.last_change(at, zone)).max();
        let begun = changed.max(since).filter(|begun| *begun > self.anchored_at);
        let (round, places) = self.round(at, zone);
        let (place, mut on) = round_at(&round, begun.unwrap_or(self.anchor), at)?;
        on.index = places[place];
        on.since = begun.map_or(on.since, |begun| on.since.max(begun));
        on.began = begun.map_or(on.began, |begun| on.began.max(begun));
        on.until = self.next_schedule(at, zone).map_or(on.until, |change| on.until.min(change));
        Some(on)
    }

    /// The next instant after `at` at which something else is to be seen; `None` when it stays as it is.
    pub fn next_change(&self, at: i64, zone: &Zone, since: Option<i64>) -> Option<i64> {
        let (round, _) = self.round(at, zone);
        let turn = (round.iter().filter(|entry| entry.known()).count() > 1)
            .then(|| self.on(at, zone, since))
            .flatten()
            .map(|on| on.until);
        turn.into_iter().chain(self.next_schedule(at, zone)).min()
    }

    /// What may be on at an instant, and where in the playlist it stands.
    fn round(&self, at: i64, zone: &Zone) -> (Vec<&Entry>, Vec<usize>) {
        let allowed = self.entries.iter().enumerate().filter(|(_, entry)| entry.may_be_on(at, zone));
        allowed.map(|(place, entry)| (entry, place)).unzip()
    }

    fn next_schedule(&self, at: i64, zone: &Zone) -> Option<i64> {
        self.entries.iter().filter_map(|entry| entry.next_change(at, zone)).min()
    }

    /// Sets new entries in the place of old ones so that the change is calm: what is
    /// new and stands first is shown at once; else what is on stays on where it is;
    /// and when that is gone, what came after it takes its place.
    #[must_use]
    pub fn replaced_by(&self, entries: Vec<Entry>, at: i64, zone: &Zone, since: Option<i64>) -> Self {
        let mut next = Self { anchor: at, anchored_at: at, change: self.change, entries };
        let (round, _) = next.round(at, zone);
        let start_of = |id: &str| {
            let index = round.iter().position(|entry| entry.id == id)?;
            Some(round[..index].iter().map(|entry| entry.stay()).sum::<i64>())
        };
        let held = |id: &str| self.entries.iter().any(|entry| entry.id == id);
        let fresh = round.first().is_some_and(|first| !held(&first.id));
        if let Some(on) = self.on(at, zone, since).filter(|_| !fresh) {
            let after = (0..self.entries.len()).map(|step| &self.entries[(on.index + step) % self.entries.len()]);
            let survivor = after.enumerate().find_map(|(step, entry)| Some((step, start_of(&entry.id)?)));
            next.anchor = match survivor {
                Some((0, start)) => on.since - start,
                Some((_, start)) => at - start,
                None => at,
            };
        }
        next
    }
}
