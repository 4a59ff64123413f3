//! The surface: what a drawing is, how it gets onto the glass, and what it looks like.

pub mod adapter;
pub mod canvas;
pub mod capture;
pub mod clean;
pub mod colour;
pub mod copy;
mod decode;
pub mod dial;
pub mod drawing;
pub mod eyebrow;
pub mod face;
pub mod film;
mod fonts;
pub mod frame;
pub mod frames;
pub mod glass;
mod layers;
pub mod live;
pub mod look;
pub mod measure;
pub mod moment;
pub mod mosaic;
mod paint;
pub mod pictures;
pub mod plate;
pub mod punctual;
mod qr;
mod redraw;
mod scene;
mod shaders;
pub mod sky;
pub mod sprite;
mod steady;
pub mod strip;
pub mod surface;
mod syllables;
pub mod wake;
pub mod way;
pub mod words;

pub use scene::target as scene_target;

use bevy::{
    app::{App, PreStartup, Startup, Update},
    ecs::{
        schedule::{IntoScheduleConfigs, SystemSet},
        system::ResMut,
    },
    text::FontCx,
};

/// Runs after whoever says what is to be shown.
#[derive(Clone, Debug, PartialEq, Eq, Hash, SystemSet)]
pub struct Staging;

/// Everything between a drawing and the display. Needs [`surface::Surface`], [`pictures::Pictures`] and
/// [`film::Films`].
pub fn plugin(app: &mut App) {
    app.init_resource::<wake::Pace>()
        .init_resource::<capture::Captures>()
        .init_resource::<redraw::Redraw>()
        .add_systems(PreStartup, register_fonts)
        .add_plugins((glass::plugin, film::plugin))
        .add_systems(Startup, glass::set_up)
        .add_systems(bevy::app::PreUpdate, surface::follow_window)
        .add_systems(
            Update,
            (surface::sweep, film::follow, surface::advance, glass::compose, redraw::pace, capture::take)
                .chain()
                .in_set(Staging),
        );
}

fn register_fonts(mut fonts: ResMut<'_, FontCx>) {
    fonts::register(&mut fonts.context);
}
