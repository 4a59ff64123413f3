//! The conductor: what the display was told, what it shows, and when that changes.

use std::time::{Duration, Instant};

use bevy::{
    ecs::{resource::Resource, system::Commands},
    math::UVec2,
};

use super::{
    compose::{Composed, Composer},
    proof::{Proof, Scene},
    state::Told,
};
use crate::{
    stage::{moment::Moment, punctual::Punctual, surface::Surface},
    tools::clock::Clock,
};

/// Two changes closer than this, in milliseconds, could not both be ready in time on every screen.
const APART: i64 = 500;

/// When to look again. The minute is not counted so exactly: close to a change it waits, or goes along with it.
fn due(at: i64, since: i64, change: Option<i64>, minute: i64) -> i64 {
    let minute = minute.max(since.saturating_add(APART));
    change.filter(|change| *change < minute + APART).map_or(minute, |change| change.max(at + 1))
}

/// What is shown, and why.
#[derive(Resource)]
pub struct Conductor {
    /// What the display has been told.
    pub told: Told,
    /// Rotation from the flags; wins over what the owner says.
    pub rotation: Option<u16>,
    pub(super) clock: Clock,
    pub(super) composer: Composer,
    last: Option<Composed>,
    number: u64,
    /// Something was heard that changes the present.
    pub(super) fresh: bool,
    pub(super) seen: (UVec2, usize, usize),
    /// Version of the programme whose films are played.
    pub(super) films_of: u64,
    /// Instant of the next change, and what follows it once that has been prepared.
    pub(super) due: i64,
    /// The instant at which what is on took its place.
    pub(super) since: i64,
    pub(super) prepared: Option<Composed>,
    /// The newest version whose first picture is drawn.
    drawn: u64,
}

impl Conductor {
    /// Starts with what is known before any news.
    pub fn new(told: Told, clock: Clock, language: &'static str, rotation: Option<u16>) -> Self {
        Self {
            told,
            rotation,
            clock,
            composer: Composer::new(language),
            last: None,
            number: 0,
            fresh: true,
            seen: (UVec2::ZERO, 0, 0),
            films_of: 0,
            due: 0,
            since: 0,
            prepared: None,
            drawn: 0,
        }
    }

    /// How the content is turned, in degrees clockwise.
    pub(super) fn turn(&self) -> u16 {
        let owner = self.told.screen.as_ref().map_or(0, |screen| screen.rotation);
        self.rotation.unwrap_or(owner) % 360 / 90 * 90
    }

    /// The next instant at which anything looks different: another slide, the same slide by itself, or the minute.
    pub(super) fn next_due(&self, at: i64) -> i64 {
        let by_itself = self.last.as_ref().and_then(|last| last.next_look);
        let change = self.told.next_change(at).into_iter().chain(by_itself).min();
        due(at, self.since, change, Moment::new(at, "").next_minute())
    }

    /// Whether what was prepared for its instant is still what is to be seen: a display may have been busy meanwhile.
    pub(super) fn holds(&self, prepared: &Composed, at: i64) -> bool {
        let changes = self.told.next_change(self.due).into_iter().chain(prepared.next_look);
        changes.chain([Moment::new(self.due, "").next_minute()]).all(|change| change > at)
    }

    /// The instant that this frame shows: where what comes next is ready to be cut to, that one, and the frame waits for it.
    pub(super) fn hold(&self, at: i64, punctual: Option<&mut Punctual>, surface: &Surface) -> i64 {
        let Some(punctual) = punctual.filter(|_| self.cuts_early(surface)) else { return at };
        let left = Duration::from_millis(u64::try_from(self.due - at).unwrap_or(0));
        if left.is_zero() || left > punctual.lead() {
            return at;
        }
        punctual.hold(Instant::now() + left);
        self.due
    }

    /// Whether the next change is a cut that one frame makes.
    pub(super) fn cuts_early(&self, surface: &Surface) -> bool {
        self.prepared.is_some() && !self.fresh && surface.has_cut_ahead()
    }

    /// Tells once that what is to come is drawn, and what is on.
    pub(super) fn tell_drawn(&mut self, surface: &Surface, proof: &Proof) {
        let prepared = self.prepared.is_some() && surface.is_prepared();
        let coming = self.told.coming.as_ref().map(|(player, _)| player.programme().version);
        let drawn = coming.filter(|_| prepared).unwrap_or(self.told.version());
        if drawn != self.drawn {
            self.drawn = drawn;
            proof.drawn(drawn);
        }
    }

    /// Puts on what was composed; `planned` says when that was to be.
    pub(super) fn show(
        &mut self,
        composed: Composed,
        planned: Option<i64>,
        surface: &mut Surface,
        proof: &Proof,
        commands: &mut Commands<'_, '_>,
    ) {
        // When only the time of day goes on, nothing should seem to happen.
        let turns = self.last.as_ref().map(|last| composed.turns_from(last)).unwrap_or_default();
        self.number += 1;
        let on = composed.on.iter().map(|placed| placed.entry.clone()).collect();
        let (state, version) = (composed.state, self.told.version());
        proof.note(self.number, Scene { state, version, on, planned });
        surface.show(composed.drawing.clone(), (self.number, planned), turns, commands);
        self.last = Some(composed);
    }
}

#[cfg(test)]
mod tests {
    use super::due;

    #[test]
    fn the_minute_is_never_so_close_to_a_change_that_both_cannot_be_ready() {
        let minute = 60_000;
        assert_eq!(due(10_000, 10_000, None, minute), minute);
        assert_eq!(due(10_000, 10_000, Some(59_900), minute), 59_900, "a change is always at its instant");
        assert_eq!(due(59_900, 59_900, Some(68_000), minute), 60_400, "it waits");
        assert_eq!(due(10_000, 10_000, Some(60_136), minute), 60_136, "it goes along");
        assert_eq!(due(59_950, 10_000, Some(68_000), minute), minute, "whenever one asks");
        assert_eq!(due(59_950, 10_000, Some(3), minute), 59_951, "never again what was");
    }
}
