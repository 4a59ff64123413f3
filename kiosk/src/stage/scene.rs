//! A drawing on its way to the glass: pictures first, then into a texture, then ready.

use std::sync::Arc;

use bevy::{
    asset::{Assets, Handle, RenderAssetUsages},
    camera::{Camera, Camera2d, ClearColorConfig, RenderTarget},
    ecs::{entity::Entity, system::Commands},
    image::Image,
    render::{
        render_resource::{Extent3d, TextureDimension, TextureFormat, TextureUsages},
        view::Msaa,
    },
};

use super::{drawing::Drawing, frames::Showing, paint, pictures::Pictures};

/// Scenes are drawn before the display itself.
const ORDER: isize = -1;

/// Something that is shown, or will be.
pub struct Scene {
    /// What it shows.
    pub drawing: Arc<Drawing>,
    /// Number given by whoever asked for it.
    pub number: u64,
    step: Step,
}

enum Step {
    Waiting,
    Drawn { camera: Entity, root: Entity, target: Handle<Image>, since: u64 },
    Ready(Handle<Image>),
}

impl Scene {
    /// A scene of which nothing is there yet.
    pub fn new(drawing: Arc<Drawing>, number: u64) -> Self {
        Self { drawing, number, step: Step::Waiting }
    }

    /// The finished texture.
    pub fn texture(&self) -> Option<&Handle<Image>> {
        match &self.step {
            Step::Ready(texture) => Some(texture),
            _ => None,
        }
    }

    /// Whether frames bring it forward (else it waits for pictures, or is ready).
    pub fn drawing_now(&self) -> bool {
        matches!(self.step, Step::Drawn { .. })
    }

    /// Goes a step further, once per frame.
    pub fn advance(
        &mut self,
        showing: &Showing,
        pictures: &mut Pictures,
        images: &mut Assets<Image>,
        commands: &mut Commands<'_, '_>,
    ) {
        match &mut self.step {
            Step::Waiting if pictures.ready(&self.drawing) => {
                let target = images.add(target(self.drawing.width, self.drawing.height));
                let camera = commands
                    .spawn((
                        Camera2d,
                        Camera {
                            order: ORDER,
                            clear_color: ClearColorConfig::Custom(self.drawing.backdrop[0].into()),
                            ..Camera::default()
                        },
                        RenderTarget::from(target.clone()),
                        Msaa::Off,
                    ))
                    .id();
                let root = paint::spawn(&self.drawing, camera, pictures, images, commands);
                self.step = Step::Drawn { camera, root, target, since: showing.frame };
            }
            // What its first frame may still lack, glyphs above all, the second one has.
            Step::Drawn { camera, root, target, since } if showing.drawn_since(*since) => {
                commands.entity(*root).despawn();
                commands.entity(*camera).despawn();
                self.step = Step::Ready(target.clone());
            }
            Step::Waiting | Step::Drawn { .. } | Step::Ready(_) => {}
        }
    }

    /// Takes away what has been put up for it.
    pub fn strike(self, commands: &mut Commands<'_, '_>) {
        if let Step::Drawn { camera, root, .. } = self.step {
            commands.entity(root).despawn();
            commands.entity(camera).despawn();
        }
    }
}

/// A texture that can be drawn into; nothing of it is kept in main memory.
pub fn target(width: u32, height: u32) -> Image {
    let size = Extent3d { width: width.max(1), height: height.max(1), depth_or_array_layers: 1 };
    let usage = RenderAssetUsages::MAIN_WORLD | RenderAssetUsages::RENDER_WORLD;
    let mut image = Image::new_uninit(size, TextureDimension::D2, TextureFormat::Rgba8UnormSrgb, usage);
    image.texture_descriptor.usage |= TextureUsages::RENDER_ATTACHMENT;
    image
}
