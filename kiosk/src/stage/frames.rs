//! Frames that reached the display, counted where they are drawn.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use bevy::{
    app::{App, Plugin, PreUpdate, SubApp},
    ecs::{
        resource::Resource,
        schedule::IntoScheduleConfigs,
        system::{Res, ResMut},
    },
    render::{Extract, ExtractSchedule, Render, RenderApp, RenderSystems, render_resource::PipelineCache},
};

/// What this frame shows.
#[derive(Clone, Debug, Default, Resource)]
pub struct Showing {
    /// Number of the scene.
    pub number: Option<u64>,
    /// Whether the display gets a new picture.
    pub presents: bool,
    /// Whether the display shows it already, so that no new picture is needed.
    pub keeps: bool,
    /// Number of the frame.
    pub frame: u64,
    drawn: Arc<Drawn>,
}

/// How far drawing has come; it runs a frame behind.
#[derive(Debug, Default)]
struct Drawn {
    /// The last frame.
    last: AtomicU64,
    /// The last frame in which something was left out for want of a pipeline; 0 for none.
    lacking: AtomicU64,
    /// The last scene that was presented with nothing left out; 0 for none.
    number: AtomicU64,
}

impl Showing {
    /// Whether nothing was left out of a frame; `None` until it has been drawn.
    pub fn whole(&self, frame: u64) -> Option<bool> {
        let drawn = self.drawn.last.load(Ordering::Acquire) >= frame;
        drawn.then(|| self.drawn.lacking.load(Ordering::Acquire) < frame)
    }

    /// Whether a frame later than this one has been drawn with nothing left out.
    pub fn drawn_since(&self, frame: u64) -> bool {
        let (last, lacking) = (self.drawn.last.load(Ordering::Acquire), self.drawn.lacking.load(Ordering::Acquire));
        last > frame && last > lacking
    }

    /// A frame has been drawn, with something left out or not.
    pub(super) fn count(&self, frame: u64, lacking: bool) {
        if lacking {
            self.drawn.lacking.store(frame, Ordering::Release);
        }
        self.drawn.last.store(frame, Ordering::Release);
    }

    /// Whether the scene that is on has been presented with nothing left out.
    pub fn presented(&self) -> bool {
        self.number.is_none_or(|number| self.drawn.number.load(Ordering::Acquire) == number)
    }
}

/// The drawing thread has done a frame, whether the display got a new picture or keeps the one it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Presented {
    /// How many pictures the display has got.
    pub frames: u64,
    /// Number of the scene, if there is one.
    pub number: Option<u64>,
    /// Whether the display shows this scene since this frame.
    pub first: bool,
}

/// Is told of each frame, on the drawing thread.
pub type Listener = Arc<dyn Fn(Presented) + Send + Sync>;

/// Counts frames and tells a listener.
pub struct Frames(pub Listener);

/// Pipelines wait for shaders, which are loaded in the background; what waits longer will never come.
const LONGEST_WAIT: Duration = Duration::from_secs(10);

#[derive(Resource)]
struct Count {
    listener: Listener,
    frames: u64,
    last: Option<u64>,
    lacking_since: Option<Instant>,
}

impl Plugin for Frames {
    fn build(&self, app: &mut App) {
        app.init_resource::<Showing>().add_systems(PreUpdate, next_frame);
        let listener = self.0.clone();
        if let Some(render) = app.get_sub_app_mut(RenderApp) {
            set_up(render, listener);
        }
    }
}

fn set_up(render: &mut SubApp, listener: Listener) {
    render
        .insert_resource(Count { listener, frames: 0, last: None, lacking_since: None })
        .init_resource::<Showing>()
        .add_systems(ExtractSchedule, extract)
        .add_systems(Render, count.in_set(RenderSystems::Cleanup));
}

fn next_frame(mut showing: ResMut<'_, Showing>) {
    showing.frame += 1;
}

fn extract(main: Extract<'_, '_, Res<'_, Showing>>, mut showing: ResMut<'_, Showing>) {
    *showing = main.clone();
}

fn count(showing: Res<'_, Showing>, pipelines: Res<'_, PipelineCache>, mut count: ResMut<'_, Count>) {
    let waiting = pipelines.waiting_pipelines().next().is_some();
    count.lacking_since = waiting.then(|| count.lacking_since.unwrap_or_else(Instant::now));
    let lacking = count.lacking_since.is_some_and(|since| since.elapsed() < LONGEST_WAIT);
    showing.count(showing.frame, lacking);
    if lacking {
        return;
    }
    count.frames += u64::from(showing.presents);
    let shows = showing.presents || showing.keeps;
    let first = shows && showing.number.is_some() && showing.number != count.last;
    if shows {
        count.last = showing.number.or(count.last);
        showing.drawn.number.store(showing.number.unwrap_or(0), Ordering::Release);
    }
    (count.listener)(Presented { frames: count.frames, number: showing.number, first });
}
