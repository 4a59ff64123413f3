//! Film for the graphics processor: the shader that makes colours, and what it gets.

use bevy::{
    app::App,
    asset::{Asset, Handle, uuid_handle},
    image::Image,
    math::Vec4,
    reflect::TypePath,
    render::render_resource::{AsBindGroup, ShaderType},
    shader::{Shader, ShaderRef},
    ui_render::prelude::UiMaterial,
};

use super::screen::Screen;
use crate::stage::{frame::Frame, shaders};

const SHADER: Handle<Shader> = uuid_handle!("7d3f0f5e-5f0b-4c0a-9b60-3f5d2a6a1c11");

/// What the shader gets.
#[derive(Clone, Debug, PartialEq, TypePath, Asset, AsBindGroup)]
pub(in crate::stage) struct Paint {
    #[uniform(0)]
    how: How,
    #[texture(1)]
    #[sampler(2)]
    brightness: Handle<Image>,
    #[texture(3)]
    #[sampler(4)]
    blue: Handle<Image>,
    #[texture(5)]
    #[sampler(6)]
    red: Handle<Image>,
}

#[derive(Clone, Copy, Debug, PartialEq, ShaderType)]
struct How {
    /// See [`super::picture::Picture::colours`].
    red: Vec4,
    green: Vec4,
    blue: Vec4,
    /// What of the picture is seen: left and upper edge, width and height, each from 0 to 1.
    crop: Vec4,
    /// How much it covers, and whether both colours lie in one plane.
    kind: Vec4,
}

impl UiMaterial for Paint {
    fn fragment_shader() -> ShaderRef {
        SHADER.into()
    }
}

impl Paint {
    /// A part of the newest picture of a film, covering so much.
    pub(super) fn new(screen: &Screen, part: Frame, seen: f32) -> Self {
        let [red, green, blue] = screen.colours.map(Vec4::from);
        let together = if screen.planes.len() == 2 { 1.0 } else { 0.0 };
        let crop = Vec4::new(part.x, part.y, part.w, part.h);
        let how = How { red, green, blue, crop, kind: Vec4::new(seen, together, 0.0, 0.0) };
        let plane = |number: usize| screen.planes.get(number).or(screen.planes.last()).cloned().unwrap_or_default();
        Self { how, brightness: plane(0), blue: plane(1), red: plane(2) }
    }
}

/// Adds what draws films.
pub(in crate::stage) fn plugin(app: &mut App) {
    shaders::add::<Paint>(app, &SHADER, include_str!("film.wgsl"), "film.wgsl");
}
