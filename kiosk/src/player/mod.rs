//! What is on now: a programme asked about an instant.

use std::sync::Arc;

use shared::{
    programme::{Area, Change, Entry, Programme, Shown},
    slides::Slide,
};

/// Plays a programme.
#[derive(Clone, Debug, PartialEq)]
pub struct Player {
    programme: Arc<Programme>,
}

/// A slide in its region.
#[derive(Clone, Debug, PartialEq)]
pub struct Cue<'a> {
    /// Name of the region.
    pub region: &'a str,
    /// Where it stands.
    pub area: Area,
    /// Id of the playlist entry.
    pub entry: &'a str,
    /// When it started, in milliseconds since 1970.
    pub since: i64,
    /// Since when it is on with nothing else in between, in the same.
    pub began: i64,
    /// How it follows what was there before.
    pub change: Change,
    /// What is shown.
    pub slide: &'a Slide,
}

impl Player {
    /// Plays this from now on.
    pub fn new(programme: Arc<Programme>) -> Self {
        Self { programme }
    }

    /// The programme.
    pub fn programme(&self) -> &Programme {
        &self.programme
    }

    /// What is on in every region, back to front, on a screen with these tags.
    pub fn on(&self, at: i64, tags: &[String]) -> Vec<Cue<'_>> {
        self.on_without(at, tags, |_| false)
    }

    /// The same without slides that cannot be shown: for the rest of their time, what comes next is on, if anything does.
    pub fn on_without(&self, at: i64, tags: &[String], bad: impl Fn(&Slide) -> bool) -> Vec<Cue<'_>> {
        let shown = self.programme.on(at, tags).into_iter();
        shown.filter_map(|shown| self.cue(shown, tags, &bad)).collect()
    }

    fn cue<'a>(&'a self, shown: Shown<'a>, tags: &[String], bad: &impl Fn(&Slide) -> bool) -> Option<Cue<'a>> {
        let next = if bad(&shown.on.entry.slide) { self.next_good(shown, tags, bad) } else { None };
        let Shown { region, area, change, on } = shown;
        let began = if next.is_some() { on.since } else { on.began };
        let entry = next.unwrap_or(on.entry);
        let (id, slide) = (&entry.id, &entry.slide);
        Some(Cue { region, area: sound(area)?, entry: id, since: on.since, began, change, slide })
    }

    /// The next entry of a region that can be shown.
    fn next_good(&self, shown: Shown<'_>, tags: &[String], bad: &impl Fn(&Slide) -> bool) -> Option<&Entry> {
        let mut until = shown.on.until;
        for _ in 0..MOST_SKIPPED {
            let then = self.programme.on(until, tags);
            let next = then.into_iter().find(|next| next.region == shown.region)?;
            if next.on.entry == shown.on.entry {
                return None;
            }
            if !bad(&next.on.entry.slide) {
                return Some(next.on.entry);
            }
            until = next.on.until;
        }
        None
    }

    /// When something changes next.
    pub fn next_change(&self, at: i64, tags: &[String]) -> Option<i64> {
        self.programme.next_change(at, tags)
    }
}

/// Most slides in a row that are passed over.
const MOST_SKIPPED: usize = 32;

/// Smaller areas, in percent, are nothing.
const LEAST: f32 = 0.5;

/// An area that can be drawn: numbers, on the display, larger than nothing.
fn sound(area: Area) -> Option<Area> {
    let numbers = [area.left, area.top, area.width, area.height];
    if !numbers.into_iter().all(f32::is_finite) {
        return None;
    }
    let (left, top) = (area.left.clamp(0.0, 100.0), area.top.clamp(0.0, 100.0));
    let (width, height) = (area.width.min(100.0 - left), area.height.min(100.0 - top));
    (width > LEAST && height > LEAST).then_some(Area { left, top, width, height })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use shared::{
        programme::{Area, Entry, Look, Plan, Playlist, Programme, Region, Schedule, Zone},
        slides::{Clock, Film, Slide},
    };

    use super::{Player, sound};

    fn player(slides: &[Slide]) -> Player {
        let entry = |(n, slide): (usize, &Slide)| Entry {
            id: format!("e{n}"),
            millis: 10_000,
            when: Schedule::default(),
            slide: slide.clone(),
        };
        let playlist = Playlist { entries: slides.iter().enumerate().map(entry).collect(), ..Playlist::default() };
        let regions = vec![Region { name: "main".into(), area: Area::WHOLE, playlist }];
        let [account, id, name, handle, address] = Default::default();
        let (accent, background) = ("#f00".into(), "#000".into());
        Player::new(Arc::new(Programme {
            account,
            id,
            version: 1,
            issued_at: 0,
            active_at: 0,
            zone: Zone::default(),
            language: "en".into(),
            look: Look { name, handle, address, accent, background, logo: None },
            plans: vec![Plan { regions, ..Plan::default() }],
            alerts: Vec::new(),
            media: Vec::new(),
        }))
    }

    #[test]
    fn what_cannot_be_shown_leaves_its_time_to_what_comes_next() {
        let (film, clock) = (Slide::Film(Film::default()), Slide::Clock(Clock::default()));
        let bad = |slide: &Slide| matches!(slide, Slide::Film(_));
        let shown = |slides: &[Slide], at: i64| {
            let player = player(slides);
            let on = player.on_without(at, &[], bad);
            (on[0].entry.to_owned(), on[0].since, on[0].slide.clone())
        };

        assert_eq!(shown(&[clock.clone(), film.clone(), film.clone()], 12_000), ("e0".into(), 10_000, clock.clone()));
        assert_eq!(shown(&[clock.clone(), film.clone()], 9_000), ("e0".into(), 0, clock));
        assert_eq!(shown(&[film.clone(), film.clone()], 12_000).0, "e1");
        assert_eq!(shown(std::slice::from_ref(&film), 12_000).2, film);
    }

    #[test]
    fn absurd_areas_are_cut_or_left_out() {
        let area = |left, top, width, height| sound(Area { left, top, width, height });

        assert_eq!(area(50.0, 0.0, 80.0, 100.0), Some(Area { left: 50.0, top: 0.0, width: 50.0, height: 100.0 }));
        assert_eq!(area(f32::NAN, 0.0, 50.0, 50.0), None);
        assert_eq!(area(0.0, 0.0, f32::INFINITY, 4.0), None);
        assert_eq!(area(0.0, 0.0, 40.0, -4.0), None);
        assert_eq!(area(120.0, 0.0, 50.0, 50.0), None);
    }
}
