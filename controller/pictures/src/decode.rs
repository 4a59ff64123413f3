//! From bytes to pixels, once the headers are known to be bearable.

use std::io::Cursor;

use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader};

use super::{Facts, Kind, Limits, Refusal};

/// Pixels as they are stored, and how to read them.
pub(super) struct Decoded {
    pub(super) image: DynamicImage,
    /// How to turn the picture upright.
    pub(super) orientation: Orientation,
    /// What the numbers mean as colours, if the file says.
    pub(super) profile: Option<Vec<u8>>,
}

impl Decoded {
    /// Width and height as a person sees them.
    pub(super) fn upright_size(&self) -> (u32, u32) {
        let (width, height) = (self.image.width(), self.image.height());
        match self.orientation {
            Orientation::Rotate90
            | Orientation::Rotate270
            | Orientation::Rotate90FlipH
            | Orientation::Rotate270FlipH => (height, width),
            _ => (width, height),
        }
    }
}

pub(super) fn decode(bytes: &[u8], facts: Facts, limits: &Limits) -> Result<Decoded, Refusal> {
    let format = match facts.kind {
        Kind::Jpeg => ImageFormat::Jpeg,
        Kind::Png => ImageFormat::Png,
        Kind::WebP => ImageFormat::WebP,
        Kind::Gif => ImageFormat::Gif,
    };
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut bounds = image::Limits::default();
    bounds.max_image_width = Some(limits.side);
    bounds.max_image_height = Some(limits.side);
    bounds.max_alloc = Some(limits.memory);
    reader.limits(bounds);
    let mut decoder = reader.into_decoder()?;
    // The decoder must see the size that was checked, and not another one further down in the file.
    if decoder.dimensions() != (facts.width, facts.height) || decoder.total_bytes() > limits.memory {
        return Err(Refusal::Broken);
    }
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let profile = decoder.icc_profile().unwrap_or_default();
    let image = DynamicImage::from_decoder(decoder)?;
    Ok(Decoded { image, orientation, profile })
}

impl From<ImageError> for Refusal {
    fn from(error: ImageError) -> Self {
        match error {
            ImageError::Unsupported(_) => Self::Type,
            ImageError::Limits(_) => Self::Pixels,
            _ => Self::Broken,
        }
    }
}
