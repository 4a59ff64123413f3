//! What plays when: a pure function of a programme and the time.

mod alert;
mod playlist;
mod schedule;
#[cfg(test)]
mod tests;
mod zone;

pub use alert::{ALERT, Alert, Shape};
pub use playlist::{Change, Entry, On, Playlist, SHORTEST_MILLIS};
pub use schedule::{DAY_MINUTES, Schedule, Window};
use serde::{Deserialize, Serialize};
pub use zone::{Date, Offset, Zone};

use crate::slides::{Picture, Slide};

/// A new version takes over so long after it was signed, in milliseconds, where its screens are told no earlier instant:
/// those that are slow do not keep the others waiting.
pub const TAKE_OVER_MILLIS: i64 = 500;

/// Longest file of a programme, in bytes: a film of ten minutes.
pub const LONGEST_MEDIUM: u64 = 512 << 20;

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
    /// When it takes over from the version before, at the latest, in milliseconds since 1970; screens that all have it
    /// are told an earlier instant (see [`crate::protocol::Down::Activate`]).
    #[serde(default)]
    pub active_at: i64,
    /// The venue's time zone.
    pub zone: Zone,
    /// Language of dates and of words the kiosk adds (`de`, `en`).
    pub language: String,
    /// The stage's name, colours and logo.
    pub look: Look,
    /// What is on at which times; of those that may be on, the highest priority is.
    pub plans: Vec<Plan>,
    /// What interrupts the plan.
    #[serde(default)]
    pub alerts: Vec<Alert>,
    /// Every file any slide needs, with its hash and length.
    pub media: Vec<Medium>,
}

/// A layout with its playlists, for certain times.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    /// Stable id.
    pub id: String,
    /// When it may be on.
    #[serde(default, skip_serializing_if = "Schedule::is_always")]
    pub when: Schedule,
    /// Of two plans that may be on, the one with the higher number is; of equals the first.
    #[serde(default)]
    pub priority: i64,
    /// Parts of the display, back to front.
    pub regions: Vec<Region>,
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

impl Area {
    /// The whole display.
    pub const WHOLE: Self = Self { left: 0.0, top: 0.0, width: 100.0, height: 100.0 };
}

/// What is on in a part of the display.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shown<'a> {
    /// Name of the region.
    pub region: &'a str,
    /// Where it stands.
    pub area: Area,
    /// How it follows what was there before.
    pub change: Change,
    /// What is on, and for how long.
    pub on: On<'a>,
}

impl Programme {
    /// What is on in every region at an instant, back to front, on a screen with these tags; regions with nothing to
    /// show are left out.
    pub fn on<S: AsRef<str>>(&self, at: i64, tags: &[S]) -> Vec<Shown<'_>> {
        let alerts = alert::on(&self.alerts, at, tags);
        let mut shown = Vec::new();
        if !alerts.iter().any(|alert| alert.area == Area::WHOLE)
            && let Some((plan, since)) = self.plan(at)
        {
            shown.extend(plan.regions.iter().filter_map(|region| {
                let Region { name, area, playlist } = region;
                let on = playlist.on(at, &self.zone, since)?;
                Some(Shown { region: name, area: *area, change: playlist.change, on })
            }));
        }
        shown.extend(alerts);
        shown
    }

    /// The plan that is on at an instant, and when its schedule last put it on.
    pub fn plan(&self, at: i64) -> Option<(&Plan, Option<i64>)> {
        let mut best: Option<&Plan> = None;
        for plan in self.plans.iter().filter(|plan| plan.when.is_on(at, &self.zone)) {
            if best.is_none_or(|best| plan.priority > best.priority) {
                best = Some(plan);
            }
        }
        best.map(|plan| (plan, plan.when.last_change(at, &self.zone)))
    }

    /// The next instant after `at` at which anything may change on a screen with these tags.
    pub fn next_change<S: AsRef<str>>(&self, at: i64, tags: &[S]) -> Option<i64> {
        let plans = self.plans.iter().filter_map(|plan| plan.when.next_change(at, &self.zone));
        let turns = self.plan(at).into_iter().flat_map(|(plan, since)| {
            plan.regions.iter().filter_map(move |region| region.playlist.next_change(at, &self.zone, since))
        });
        plans.chain(turns).chain(alert::next_change(&self.alerts, at, tags)).min()
    }

    /// Every slide there is, alerts too.
    pub fn slides(&self) -> impl Iterator<Item = &Slide> {
        let regions = self.plans.iter().flat_map(|plan| &plan.regions);
        let entries = regions.flat_map(|region| &region.playlist.entries);
        entries.chain(self.alerts.iter().map(|alert| &alert.entry)).map(|entry| &entry.slide)
    }

    /// Every file the slides and the look need, each once, ordered by hash.
    pub fn needed_media(&self) -> Vec<Medium> {
        let logo = self.look.logo.iter().map(Picture::medium);
        let mut media: Vec<_> = self.slides().flat_map(Slide::media).chain(logo).collect();
        media.sort_by(|a, b| a.sha256.cmp(&b.sha256));
        media.dedup();
        media
    }
}
