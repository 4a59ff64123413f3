//! From a draft and what was found out to a programme: a pure function.

use std::collections::BTreeMap;

use shared::{
    programme::{Alert, Entry, Look, Plan, Programme, Region, Schedule, TAKE_OVER_MILLIS, Zone},
    slides::{Announcement, Material, Slide, Want},
};

use super::{
    calm::follow,
    draft::{Draft, DraftPlan},
    entries::{self, Films, Pictures},
    shares,
};
use crate::tools::words::{self, Language};

/// Everything a programme is made of.
#[derive(Clone, Debug, PartialEq)]
pub struct Given {
    /// Id of the account that signs.
    pub account_id: String,
    /// Id of the programme.
    pub programme_id: String,
    /// What the owner built.
    pub draft: Draft,
    /// The stage's name, colours and logo.
    pub look: Look,
    /// Language of the stage (`de`, `en`).
    pub language: String,
    /// Time zone of the stage.
    pub zone: Zone,
    /// Pictures the draft uses.
    pub pictures: Pictures,
    /// Films the draft uses that can be shown.
    pub films: Films,
    /// What was found out for its slides.
    pub answers: BTreeMap<Want, Material>,
    /// What interrupts it.
    pub alerts: Vec<Alert>,
}

/// Name of what screens show while there is nothing else.
pub(super) const WELCOME: &str = "welcome";

/// Makes the programme that is to follow on `previous` at `now`. Its version and time
/// of issue are the next ones; whether it is worth signing says [`same_content`].
pub fn compile(given: &Given, previous: Option<&Programme>, now: i64) -> Programme {
    let on = previous.and_then(|programme| programme.plan(now));
    let plan = |draft: &DraftPlan| {
        let before = previous.and_then(|programme| programme.plans.iter().find(|plan| plan.id == draft.id));
        let since = on.filter(|(plan, _)| plan.id == draft.id).and_then(|(_, since)| since);
        plan(draft, given, before, since, now)
    };
    let mut programme = Programme {
        account: given.account_id.clone(),
        id: given.programme_id.clone(),
        version: previous.map_or(0, |p| p.version) + 1,
        issued_at: now,
        // The first one need not wait for anything to end.
        active_at: previous.map_or(now, |_| now + TAKE_OVER_MILLIS),
        zone: given.zone.clone(),
        language: given.language.clone(),
        look: given.look.clone(),
        plans: given.draft.plans.iter().map(plan).collect(),
        alerts: given.alerts.clone(),
        media: Vec::new(),
    };
    programme.media = programme.needed_media();
    programme
}

fn plan(draft: &DraftPlan, given: &Given, before: Option<&Plan>, since: Option<i64>, now: i64) -> Plan {
    let region = |(place, region): (usize, &super::draft::DraftRegion)| {
        let mut taken = Vec::new();
        let groups = region.items.iter().map(|item| entries::group(item, given, &mut taken)).collect();
        let mut entries = shares::spread(groups);
        if place == 0 && entries.is_empty() {
            entries.push(welcome(given));
        }
        let before = before.and_then(|plan| plan.regions.iter().find(|old| old.name == region.name));
        let mut playlist = follow(before.map(|old| &old.playlist), entries, now, &given.zone, since);
        playlist.change = region.change;
        Region { name: region.name.clone(), area: region.area, playlist }
    };
    Plan {
        id: draft.id.clone(),
        when: Schedule(draft.when.clone()),
        priority: draft.priority,
        regions: draft.regions.iter().enumerate().map(region).collect(),
    }
}

/// Whether two programmes show the same, whatever their versions and anchors.
pub fn same_content(one: &Programme, other: &Programme) -> bool {
    let bare = |programme: &Programme| {
        let mut programme = Programme { version: 0, issued_at: 0, active_at: 0, ..programme.clone() };
        for region in programme.plans.iter_mut().flat_map(|plan| &mut plan.regions) {
            (region.playlist.anchor, region.playlist.anchored_at) = (0, 0);
        }
        programme
    };
    bare(one) == bare(other)
}

/// What a screen shows while there is nothing else: who this is, and where to find them.
fn welcome(given: &Given) -> Entry {
    let language = Language::find(&given.language).unwrap_or_default();
    let address = &given.look.address;
    let plain = address.split_once("://").map_or(address.as_str(), |(_, rest)| rest);
    let slide = Slide::Announcement(Announcement {
        headline: given.look.name.clone(),
        text: words::say(language, "slides.welcome", &[("address", plain.into())]),
        link: address.clone(),
        ..Announcement::default()
    });
    Entry { id: WELCOME.to_owned(), millis: slide.reading_millis(), when: Schedule::default(), slide }
}
