//! Where the pictures of one film lie for the graphics processor: textures that stay, as long as their size does.

use bevy::{
    asset::{Assets, Handle, RenderAssetUsages},
    image::{Image, ImageSampler},
    render::render_resource::{Extent3d, TextureDimension, TextureFormat},
};

use super::picture::{Picture, Plane};

/// The newest picture of a film.
pub(super) struct Screen {
    /// Brightness; then both colours in one plane, or one after the other.
    pub(super) planes: Vec<Handle<Image>>,
    /// See [`Picture::colours`].
    pub(super) colours: [[f32; 4]; 3],
    /// The frame in which the first picture came.
    pub(super) since: u64,
    /// When the newest one was taken.
    pub(super) at: i64,
    sizes: Vec<(u32, u32, u32)>,
}

impl Screen {
    /// Shows a picture; what was there before is only kept if it has the same form.
    pub(super) fn show(place: &mut Option<Self>, picture: Picture, frame: u64, images: &mut Assets<Image>) {
        let sizes: Vec<_> = picture.planes.iter().map(|plane| (plane.width, plane.height, plane.depth)).collect();
        if let Some(screen) = place.as_mut().filter(|screen| screen.sizes == sizes) {
            (screen.colours, screen.at) = (picture.colours, picture.at);
            for (handle, plane) in screen.planes.iter().zip(picture.planes) {
                if let Some(mut image) = images.get_mut(handle) {
                    image.data = Some(plane.bytes);
                }
            }
            return;
        }
        let (colours, at) = (picture.colours, picture.at);
        let planes = picture.planes.into_iter().map(|plane| images.add(image(plane))).collect();
        *place = Some(Self { planes, colours, since: frame, at, sizes });
    }
}

fn image(plane: Plane) -> Image {
    let size = Extent3d { width: plane.width, height: plane.height, depth_or_array_layers: 1 };
    let format = if plane.depth == 1 { TextureFormat::R8Unorm } else { TextureFormat::Rg8Unorm };
    let mut image = Image::new(size, TextureDimension::D2, plane.bytes, format, RenderAssetUsages::RENDER_WORLD);
    image.sampler = ImageSampler::linear();
    image
}
