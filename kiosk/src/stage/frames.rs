//! Frames that reached the display, counted where they are drawn.

use std::sync::Arc;

use bevy::{
    app::{App, Plugin, SubApp},
    ecs::{
        resource::Resource,
        schedule::IntoScheduleConfigs,
        system::{Res, ResMut},
    },
    render::{Extract, ExtractSchedule, Render, RenderApp, RenderSystems},
};

/// What this frame shows.
#[derive(Clone, Copy, Debug, Default, Resource)]
pub struct Showing {
    /// Number of the scene.
    pub number: Option<u64>,
    /// Whether the display gets a new picture.
    pub presents: bool,
}

/// A frame that was presented.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Presented {
    /// How many there were, with this one.
    pub frames: u64,
    /// Number of the scene, if there is one.
    pub number: Option<u64>,
    /// Whether it is the first frame of this scene.
    pub first: bool,
}

/// Is told of each frame, on the drawing thread.
pub type Listener = Arc<dyn Fn(Presented) + Send + Sync>;

/// Counts frames and tells a listener.
pub struct Frames(pub Listener);

#[derive(Resource)]
struct Count {
    listener: Listener,
    frames: u64,
    last: Option<u64>,
}

impl Plugin for Frames {
    fn build(&self, app: &mut App) {
        app.init_resource::<Showing>();
        let listener = self.0.clone();
        if let Some(render) = app.get_sub_app_mut(RenderApp) {
            set_up(render, listener);
        }
    }
}

fn set_up(render: &mut SubApp, listener: Listener) {
    render
        .insert_resource(Count { listener, frames: 0, last: None })
        .init_resource::<Showing>()
        .add_systems(ExtractSchedule, extract)
        .add_systems(Render, count.in_set(RenderSystems::Cleanup));
}

fn extract(main: Extract<'_, '_, Res<'_, Showing>>, mut showing: ResMut<'_, Showing>) {
    *showing = **main;
}

fn count(showing: Res<'_, Showing>, mut count: ResMut<'_, Count>) {
    if !showing.presents {
        return;
    }
    count.frames += 1;
    let first = showing.number.is_some() && showing.number != count.last;
    count.last = showing.number.or(count.last);
    (count.listener)(Presented { frames: count.frames, number: showing.number, first });
}
