//! What plays when: a pure function of a programme and the time.

use serde::{Deserialize, Serialize};

use crate::slides::{Picture, Slide};

/// Everything a screen needs to know to play, for ever, by itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Programme {
    /// Id of the account that signs it.
    pub account: String,
    /// Id of the programme.
    pub id: String,
    /// Only ever rises; a screen never goes back.
    pub version: u64,
    /// When it was signed, in milliseconds since 1970.
    pub issued_at: i64,
    /// IANA name of the time zone clocks show (`Europe/Berlin`).
    pub time_zone: String,
    /// Language of dates and of words the kiosk adds (`de`, `en`).
    pub language: String,
    /// The stage's name, colours and logo.
    pub look: Look,
    /// Parts of the display, back to front.
    pub regions: Vec<Region>,
    /// Every file any slide needs, with its hash and length.
    pub media: Vec<Medium>,
}

/// How the stage looks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Look {
    /// The stage's name.
    pub name: String,
    /// Its handle, without `@`.
    pub handle: String,
    /// Address of its newsroom.
    pub address: String,
    /// Main colour, `#rrggbb`.
    pub accent: String,
    /// Colour behind everything, `#rrggbb`.
    pub background: String,
    /// Its logo.
    #[serde(default)]
    pub logo: Option<Picture>,
}

/// A file that must be there, whole, before the programme plays.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Medium {
    /// SHA-256, hexadecimal.
    pub sha256: String,
    /// Length in bytes.
    pub length: u64,
}

/// A part of the display with a playlist of its own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Region {
    /// Stable name (`main`, `header`, `clock`).
    pub name: String,
    /// Where it stands.
    pub area: Area,
    /// What it plays.
    pub playlist: Playlist,
}

/// A rectangle in percent of the display.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Area {
    /// From the left edge.
    pub left: f32,
    /// From the top edge.
    pub top: f32,
    /// Of the display's width.
    pub width: f32,
    /// Of the display's height.
    pub height: f32,
}

/// Slides one after the other, round and round.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Playlist {
    /// An instant at which the first entry starts, in milliseconds since 1970. All
    /// rounds before and after follow from it.
    pub anchor: i64,
    /// In playing order.
    pub entries: Vec<Entry>,
}

/// One slide in a playlist.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Stable as long as it is the same thing, whatever its text (`post-…`).
    pub id: String,
    /// How long it stays, in milliseconds.
    pub millis: u64,
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
    /// When the next one starts; never before `since` + 1.
    pub until: i64,
}

/// Shortest time an entry stays, whatever a programme says: nothing may flicker.
pub const SHORTEST_MILLIS: u64 = 1_000;

impl Entry {
    fn stay(&self) -> i64 {
        i64::try_from(self.millis.max(SHORTEST_MILLIS)).unwrap_or(i64::MAX / 4).min(i64::MAX / 1_000_000)
    }

    fn known(&self) -> bool {
        self.slide != Slide::Unknown
    }
}

impl Playlist {
    /// What is on at an instant; `None` when there is nothing this version can show.
    /// A slide of an unknown type keeps its time, and the one before it stays on,
    /// so that old and new kiosks stay in step.
    pub fn on(&self, at: i64) -> Option<On<'_>> {
        if !self.entries.iter().any(Entry::known) {
            return None;
        }
        let round = self.round();
        let into = at.saturating_sub(self.anchor).rem_euclid(round);
        let mut index = 0;
        let mut start = 0;
        for (here, entry) in self.entries.iter().enumerate() {
            index = here;
            if into < start + entry.stay() {
                break;
            }
            start += entry.stay();
        }
        let mut since = at.saturating_sub(into - start);
        let mut until = since.saturating_add(self.entries[index].stay());
        let place = |step: usize| step % self.entries.len();
        while !self.entries[index].known() {
            index = place(index + self.entries.len() - 1);
            since = since.saturating_sub(self.entries[index].stay());
        }
        let mut next = place(index + 1);
        let mut end = since.saturating_add(self.entries[index].stay());
        while !self.entries[next].known() {
            end = end.saturating_add(self.entries[next].stay());
            next = place(next + 1);
        }
        until = until.max(end);
        Some(On { entry: &self.entries[index], index, since, until })
    }

    /// What comes after the entry that is on at an instant.
    pub fn next(&self, at: i64) -> Option<On<'_>> {
        self.on(self.on(at)?.until)
    }

    fn round(&self) -> i64 {
        self.entries.iter().map(Entry::stay).fold(0, i64::saturating_add).max(1)
    }

    /// Sets new entries in the place of old ones so that the change is calm: what is
    /// new and stands first is shown at once; else what is on stays on where it is;
    /// and when that is gone, what came after it takes its place.
    #[must_use]
    pub fn replaced_by(&self, entries: Vec<Entry>, at: i64) -> Self {
        let start_of = |id: &str| {
            let index = entries.iter().position(|e| e.id == id)?;
            Some(entries[..index].iter().map(Entry::stay).sum::<i64>())
        };
        let held = |id: &str| self.entries.iter().any(|e| e.id == id);
        let fresh = entries.first().is_some_and(|first| !held(&first.id));
        let anchor = match self.on(at) {
            Some(on) if !fresh => {
                let after = (0..self.entries.len()).map(|step| &self.entries[(on.index + step) % self.entries.len()]);
                let survivor = after.clone().enumerate().find_map(|(step, e)| Some((step, start_of(&e.id)?)));
                match survivor {
                    Some((0, start)) => on.since - start,
                    Some((_, start)) => at - start,
                    None => at,
                }
            }
            _ => at,
        };
        Self { anchor, entries }
    }
}

impl Programme {
    /// What is on in every region at an instant; regions with nothing to show are left out.
    pub fn on(&self, at: i64) -> Vec<(&Region, On<'_>)> {
        self.regions.iter().filter_map(|region| Some((region, region.playlist.on(at)?))).collect()
    }

    /// The next instant after `at` at which any region changes.
    pub fn next_change(&self, at: i64) -> Option<i64> {
        self.regions
            .iter()
            .filter(|region| region.playlist.entries.iter().filter(|e| e.known()).count() > 1)
            .filter_map(|region| Some(region.playlist.on(at)?.until))
            .min()
    }

    /// Every file the slides and the look need, each once, ordered by hash.
    pub fn needed_media(&self) -> Vec<Medium> {
        let slides = self.regions.iter().flat_map(|r| &r.playlist.entries).flat_map(|e| e.slide.media());
        let mut media: Vec<_> = slides
            .chain(self.look.logo.iter())
            .map(|p| Medium { sha256: p.sha256.clone(), length: p.length })
            .collect();
        media.sort_by(|a, b| a.sha256.cmp(&b.sha256));
        media.dedup();
        media
    }
}

#[cfg(test)]
mod tests {
    use super::{Entry, Playlist};
    use crate::slides::{Clock, Slide};

    fn entry(id: &str, millis: u64) -> Entry {
        Entry { id: id.into(), millis, slide: Slide::Clock(Clock::default()) }
    }

    fn unknown(id: &str, millis: u64) -> Entry {
        Entry { id: id.into(), millis, slide: Slide::Unknown }
    }

    fn list(entries: Vec<Entry>) -> Playlist {
        Playlist { anchor: 1_000_000, entries }
    }

    fn id_at(playlist: &Playlist, at: i64) -> &str {
        &playlist.on(at).unwrap().entry.id
    }

    #[test]
    fn rounds_go_on_before_and_after_the_anchor() {
        let playlist = list(vec![entry("a", 5_000), entry("b", 10_000)]);

        assert_eq!(id_at(&playlist, 1_000_000), "a");
        assert_eq!(id_at(&playlist, 1_004_999), "a");
        assert_eq!(id_at(&playlist, 1_005_000), "b");
        assert_eq!(id_at(&playlist, 1_015_000), "a");
        assert_eq!(id_at(&playlist, 999_999), "b");
        let on = playlist.on(999_999).unwrap();
        assert_eq!((on.since, on.until), (990_000, 1_000_000));
    }

    #[test]
    fn what_is_on_always_holds_the_instant() {
        let playlist = list(vec![entry("a", 0), unknown("x", 3_000), entry("b", 7_001), unknown("y", 2_000)]);

        for at in (-50_000..50_000).step_by(331).chain([i64::MIN / 2, i64::MAX / 2]) {
            let on = playlist.on(at).unwrap();
            assert!(on.since <= at && at < on.until, "{at}: {on:?}");
            assert_ne!(on.entry.slide, Slide::Unknown);
        }
    }

    #[test]
    fn an_unknown_slide_leaves_the_one_before_it_on() {
        let playlist = list(vec![unknown("x", 3_000), entry("a", 5_000)]);

        let on = playlist.on(1_001_000).unwrap();

        assert_eq!((on.entry.id.as_str(), on.since, on.until), ("a", 995_000, 1_003_000));
        assert!(list(vec![unknown("x", 3_000)]).on(0).is_none());
        assert!(list(vec![]).on(0).is_none());
    }

    #[test]
    fn what_is_new_and_first_is_shown_at_once() {
        let old = list(vec![entry("a", 5_000), entry("b", 5_000)]);

        let new = old.replaced_by(vec![entry("c", 5_000), entry("a", 5_000), entry("b", 5_000)], 1_007_000);

        assert_eq!(id_at(&new, 1_007_000), "c");
        assert_eq!(new.on(1_007_000).unwrap().since, 1_007_000);
        assert_eq!(id_at(&new, 1_012_000), "a");
    }

    #[test]
    fn what_is_on_stays_when_others_come_and_go() {
        let old = list(vec![entry("a", 5_000), entry("b", 5_000), entry("c", 5_000)]);

        let new = old.replaced_by(vec![entry("b", 5_000), entry("c", 5_000)], 1_007_000);

        let on = new.on(1_007_000).unwrap();
        assert_eq!((on.entry.id.as_str(), on.since, on.until), ("b", 1_005_000, 1_010_000));
    }

    #[test]
    fn what_came_next_takes_the_place_of_what_is_gone() {
        let old = list(vec![entry("a", 5_000), entry("b", 5_000), entry("c", 5_000)]);

        let new = old.replaced_by(vec![entry("a", 5_000), entry("c", 5_000)], 1_007_000);

        let on = new.on(1_007_000).unwrap();
        assert_eq!((on.entry.id.as_str(), on.since), ("c", 1_007_000));
    }
}
