//! What is on now: a programme asked about an instant.

use std::sync::Arc;

use shared::{
    programme::{Area, Change, Programme, Shown},
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
        let cue = |Shown { region, area, change, on }| {
            let slide = &on.entry.slide;
            Some(Cue { region, area: sound(area)?, entry: &on.entry.id, since: on.since, change, slide })
        };
        self.programme.on(at, tags).into_iter().filter_map(cue).collect()
    }

    /// When something changes next.
    pub fn next_change(&self, at: i64, tags: &[String]) -> Option<i64> {
        self.programme.next_change(at, tags)
    }
}

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
    use shared::programme::Area;

    use super::sound;

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
