//! When the display is drawn: only when it would look different, and once more where a frame may have lacked something.

use std::time::{Duration, Instant};

use bevy::{
    camera::Camera,
    ecs::{
        query::With,
        resource::Resource,
        system::{Res, ResMut, Single},
    },
};

use super::{capture::Captures, film::Films, frames::Showing, glass::Eye, surface::Surface, wake::Pace};

/// Whether the glass is as it should be.
#[derive(Debug, Default, Resource)]
pub(super) struct Redraw {
    /// So many frames are still to be drawn.
    due: u8,
    /// The last frame in which it was drawn, and when that was.
    last: Option<(u64, Instant)>,
}

/// A window system may have lost what was on a window; nobody says so.
const LONGEST: Duration = Duration::from_secs(60);

impl Redraw {
    /// Something looks different: a frame is due, and a second one where materials are only made ready in the first.
    pub(super) fn changed(&mut self, frames: u8) {
        self.due = self.due.max(frames);
    }

    /// Whether this frame is to be drawn.
    fn wants(&mut self, showing: &Showing, now: Instant) -> bool {
        let lacked = self.last.is_some_and(|(frame, _)| showing.whole(frame) == Some(false));
        let old = self.last.is_some_and(|(_, at)| now.duration_since(at) > LONGEST);
        if lacked || old {
            self.changed(1);
        }
        self.due > 0
    }

    /// Whether the last frame is still being drawn.
    fn under_way(&self, showing: &Showing) -> bool {
        self.due > 0 || self.last.is_some_and(|(frame, _)| showing.whole(frame) != Some(true))
    }
}

/// Says whether this frame is drawn, and when the next one is due.
pub(super) fn pace(
    surface: Res<'_, Surface>,
    eye: Single<'_, '_, &mut Camera, With<Eye>>,
    (films, captures): (Res<'_, Films>, Res<'_, Captures>),
    mut redraw: ResMut<'_, Redraw>,
    mut showing: ResMut<'_, Showing>,
    mut pace: ResMut<'_, Pace>,
) {
    showing.number = surface.number();
    if surface.in_motion() || surface.plays() || captures.wanted() {
        redraw.changed(1);
    }
    // Before there is a first scene, the display keeps dark.
    let now = Instant::now();
    let draws = surface.number().is_some() && redraw.wants(&showing, now);
    if draws {
        redraw.due -= 1;
        redraw.last = Some((showing.frame, now));
    }
    let mut eye = eye.into_inner();
    if eye.is_active != draws {
        eye.is_active = draws;
    }
    showing.presents = draws;
    showing.keeps = !draws && !redraw.under_way(&showing);
    pace.busy = surface.drawing_now()
        || surface.in_motion()
        || surface.has_ready(&films, &showing)
        || films.begin(&showing)
        || surface.number().is_some() && redraw.under_way(&showing)
        || !showing.presented();
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::{LONGEST, Redraw, Showing};

    #[test]
    fn a_glass_is_drawn_when_it_changes_and_again_when_something_was_missing() {
        let (mut redraw, now) = (Redraw::default(), Instant::now());
        let frame = |redraw: &mut Redraw, showing: &Showing, at: Instant| {
            let draws = redraw.wants(showing, at);
            if draws {
                redraw.due -= 1;
                redraw.last = Some((showing.frame, at));
            }
            draws
        };
        let mut showing = Showing::default();

        showing.frame = 1;
        assert!(!frame(&mut redraw, &showing, now), "nothing has changed");
        redraw.changed(1);
        showing.frame = 2;
        assert!(frame(&mut redraw, &showing, now) && redraw.under_way(&showing));
        showing.count(2, true);
        showing.frame = 3;
        assert!(frame(&mut redraw, &showing, now), "the last one lacked something");
        showing.count(3, false);
        showing.frame = 4;
        assert!(!frame(&mut redraw, &showing, now) && !redraw.under_way(&showing));
        assert!(frame(&mut redraw, &showing, now + LONGEST + Duration::from_secs(1)));
    }
}
