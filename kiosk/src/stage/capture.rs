//! Pictures of what is on, as a viewer sees it.

use std::{io::Cursor, sync::Arc};

use bevy::{
    ecs::{
        observer::On,
        query::With,
        resource::Resource,
        system::{Commands, Query, Res, ResMut},
    },
    image::Image,
    render::view::screenshot::{Screenshot, ScreenshotCaptured},
    tasks::AsyncComputeTaskPool,
};
use fast_image_resize::{Resizer, images::Image as Scaled};
use image::{DynamicImage, ImageEncoder, RgbImage, codecs::jpeg::JpegEncoder};

use super::{frames::Showing, glass::Canvas, surface::Surface, wake::Pace};

/// Widest picture that is sent.
const WIDEST: u32 = 1_280;
const QUALITY: u8 = 80;

/// Gets the picture; called off the main thread.
pub type Receiver = Arc<dyn Fn(RgbImage) + Send + Sync>;

/// Pictures that have been asked for and not been taken yet.
#[derive(Resource, Default)]
pub struct Captures(Vec<(Receiver, View)>);

/// How a picture is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// As a viewer sees it.
    Upright,
    /// As the display gets it, turned when the content is turned.
    AsDrawn,
}

impl Captures {
    /// Asks for a picture of the next frame.
    pub fn want(&mut self, view: View, receiver: Receiver) {
        self.0.push((receiver, view));
    }

    /// Whether a picture has been asked for that is not taken yet.
    pub(super) fn wanted(&self) -> bool {
        !self.0.is_empty()
    }
}

/// Takes what has been asked for.
pub(super) fn take(
    mut captures: ResMut<'_, Captures>,
    surface: Res<'_, Surface>,
    (canvas, showing): (Option<Res<'_, Canvas>>, Res<'_, Showing>),
    under_way: Query<'_, '_, (), With<Screenshot>>,
    mut pace: ResMut<'_, Pace>,
    mut commands: Commands<'_, '_>,
) {
    // A picture comes back some frames later.
    pace.busy |= !under_way.is_empty() || !captures.0.is_empty();
    if captures.0.is_empty() || surface.number().is_none() || !showing.presents || !showing.presented() {
        return;
    }
    let wanted = std::mem::take(&mut captures.0);
    let rotation = surface.rotation;
    let shot = canvas.map_or_else(Screenshot::primary_window, |canvas| Screenshot::image(canvas.0.clone()));
    commands.spawn(shot).observe(move |captured: On<'_, '_, ScreenshotCaptured>| {
        for (receiver, view) in &wanted {
            let (image, receiver) = (captured.image.clone(), receiver.clone());
            let turn = if *view == View::Upright { rotation } else { 0 };
            let work = async move {
                if let Some(picture) = picture(image, turn) {
                    receiver(picture);
                }
            };
            AsyncComputeTaskPool::get().spawn(work).detach();
        }
    });
}

fn picture(image: Image, rotation: u16) -> Option<RgbImage> {
    let picture = match image.try_into_dynamic() {
        Ok(picture) => picture,
        Err(error) => {
            tracing::warn!("take a picture of the display: {error}");
            return None;
        }
    };
    // The content was turned clockwise, so the picture is turned back.
    let upright = match rotation {
        90 => picture.rotate270(),
        180 => picture.rotate180(),
        270 => picture.rotate90(),
        _ => picture,
    };
    Some(upright.into_rgb8())
}

/// As JPEG, at most 1280 pixels wide.
pub fn jpeg(picture: &RgbImage) -> Result<Vec<u8>, image::ImageError> {
    let (mut width, mut height) = picture.dimensions();
    let mut small = None;
    if width > WIDEST {
        height = (height * WIDEST / width).max(1);
        width = WIDEST;
        let mut scaled = Scaled::new(width, height, fast_image_resize::PixelType::U8x3);
        let whole = DynamicImage::ImageRgb8(picture.clone());
        if Resizer::new().resize(&whole, &mut scaled, None).is_ok() {
            small = RgbImage::from_raw(width, height, scaled.into_vec());
        }
    }
    let picture = small.as_ref().unwrap_or(picture);
    let mut bytes = Cursor::new(Vec::new());
    JpegEncoder::new_with_quality(&mut bytes, QUALITY).write_image(
        picture.as_raw(),
        picture.width(),
        picture.height(),
        image::ExtendedColorType::Rgb8,
    )?;
    Ok(bytes.into_inner())
}

#[cfg(test)]
mod tests {
    use image::RgbImage;

    #[test]
    fn a_picture_for_the_controller_is_small() {
        let bytes = super::jpeg(&RgbImage::from_fn(3840, 2160, |x, y| image::Rgb([x as u8, y as u8, 7]))).unwrap();

        let picture = image::load_from_memory_with_format(&bytes, image::ImageFormat::Jpeg).unwrap();
        assert_eq!((picture.width(), picture.height()), (1280, 720));
    }
}
