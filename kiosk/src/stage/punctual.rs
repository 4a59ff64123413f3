//! Frames on time: a change that is known beforehand is drawn early and put on the glass at its instant, so that screens that
//! draw at different speeds are in step.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use bevy::{
    app::App,
    ecs::{
        resource::Resource,
        schedule::IntoScheduleConfigs,
        system::{Res, ResMut},
    },
    render::{
        Extract, ExtractSchedule, RenderApp,
        render_resource::PollType,
        renderer::{RenderDevice, RenderGraph, RenderGraphSystems},
    },
};

/// When the frame in hand is to be seen, and how long one takes to draw.
#[derive(Clone, Resource)]
pub struct Punctual {
    begun: Instant,
    at: Option<Instant>,
    /// Microseconds that the last frames in hand took, the longest of them counting most.
    took: Arc<AtomicU64>,
}

/// Before any frame was measured.
const FIRST: Duration = Duration::from_millis(60);
/// Waking up late, and frames that take longer than the last ones: now and then one takes thrice as long where
/// processors draw. To be early costs nothing but that news wait so long.
const SPARE: Duration = Duration::from_millis(80);
/// A machine that needs longer than this is late whatever one does.
const LONGEST: Duration = Duration::from_millis(400);

impl Default for Punctual {
    fn default() -> Self {
        let took = u64::try_from(FIRST.as_micros()).unwrap_or(u64::MAX);
        Self { begun: Instant::now(), at: None, took: Arc::new(AtomicU64::new(took)) }
    }
}

impl Punctual {
    /// A frame is begun; nothing is known of its instant yet.
    pub fn begin(&mut self) {
        (self.begun, self.at) = (Instant::now(), None);
    }

    /// How long before its instant a frame is to be begun.
    pub fn lead(&self) -> Duration {
        let took = Duration::from_micros(self.took.load(Ordering::Acquire));
        (took + took / 2 + SPARE).min(LONGEST)
    }

    /// The frame in hand is not to be seen before this instant.
    pub fn hold(&mut self, until: Instant) {
        self.at = Some(until);
    }

    fn drawn(&self) {
        let took = u64::try_from(self.begun.elapsed().as_micros()).unwrap_or(u64::MAX);
        let before = self.took.load(Ordering::Acquire);
        // One quick frame is no reason to begin the next one late.
        self.took.store(took.max(before - before / 8), Ordering::Release);
    }
}

/// Holds frames of a display in a window.
pub fn plugin(app: &mut App) {
    app.init_resource::<Punctual>();
    if let Some(render) = app.get_sub_app_mut(RenderApp) {
        render
            .init_resource::<Punctual>()
            .add_systems(ExtractSchedule, extract)
            .add_systems(RenderGraph, keep.in_set(RenderGraphSystems::Finish));
    }
}

fn extract(main: Extract<'_, '_, Res<'_, Punctual>>, mut punctual: ResMut<'_, Punctual>) {
    *punctual = main.clone();
}

/// Runs between drawing a frame and giving it to the display.
fn keep(punctual: Res<'_, Punctual>, device: Res<'_, RenderDevice>) {
    let Some(at) = punctual.at else { return };
    // It fails only when the device is lost, which is noticed elsewhere.
    let _ = device.poll(PollType::wait_indefinitely());
    punctual.drawn();
    thread::sleep(at.saturating_duration_since(Instant::now()));
}

#[cfg(test)]
mod tests {
    use std::{
        sync::atomic::Ordering,
        time::{Duration, Instant},
    };

    use super::{FIRST, LONGEST, Punctual};

    #[test]
    fn a_frame_is_begun_as_early_as_the_slowest_of_the_last_ones_asks() {
        let mut punctual = Punctual::default();
        let first = punctual.lead();
        assert!(first > FIRST && first < 3 * FIRST);

        for _ in 0..60 {
            punctual.begin();
            punctual.drawn();
        }
        assert!(punctual.lead() < first * 3 / 4, "quick ones make it shorter");

        punctual.begun = Instant::now().checked_sub(Duration::from_millis(100)).unwrap();
        punctual.drawn();
        let slow = punctual.lead();
        assert!(slow > Duration::from_millis(100));
        punctual.begin();
        punctual.drawn();
        assert!(punctual.lead() > slow * 3 / 4, "one quick frame does not");

        punctual.took.store(60_000_000, Ordering::Release);
        assert_eq!(punctual.lead(), LONGEST);
    }
}
