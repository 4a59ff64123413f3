//! Materials of our own: each with a shader that is part of the program.

use bevy::{
    app::App,
    asset::{Assets, Handle},
    shader::Shader,
    ui_render::prelude::{UiMaterial, UiMaterialPlugin},
};

/// Adds a material, whose shader has this text and is found under this handle.
pub(super) fn add<M: UiMaterial>(app: &mut App, handle: &Handle<Shader>, text: &'static str, name: &str)
where
    M::Data: Clone + PartialEq + Eq + std::hash::Hash,
{
    let shader = Shader::from_wgsl(text, name.to_owned());
    if let Some(mut shaders) = app.world_mut().get_resource_mut::<Assets<Shader>>()
        && let Err(error) = shaders.insert(handle, shader)
    {
        tracing::error!("load the shader {name}: {error}");
    }
    app.add_plugins(UiMaterialPlugin::<M>::default());
}
