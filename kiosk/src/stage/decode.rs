//! Picture files made ready for their place: turned upright, cut and scaled to the pixel.

use std::io;

use bevy::{
    asset::RenderAssetUsages,
    image::Image,
    render::render_resource::{Extent3d, TextureDimension, TextureFormat},
};
use fast_image_resize::{FilterType, ResizeAlg, ResizeOptions, Resizer, images::Image as Scaled};
use image::{DynamicImage, ImageDecoder, ImageReader, Limits};

/// Largest side of a picture that is read.
const LONGEST_SIDE: u32 = 12_000;
/// Largest memory a decoder may take.
const MOST_BYTES: u64 = 400 << 20;
/// Where nobody said what matters most: heads are above the middle.
const UNSAID: ((u8, u8), (f64, f64)) = ((50, 50), (0.5, 0.44));

/// Why a file is no picture.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It cannot be read.
    #[error("{0}")]
    Io(#[from] io::Error),
    /// It is not a picture of a known kind, broken, or absurdly large.
    #[error("{0}")]
    Format(#[from] image::ImageError),
    /// It cannot be scaled.
    #[error("{0}")]
    Scale(String),
}

/// Reads a picture file and fills a frame of this size with it, around a point in percent from left and top.
pub fn picture(file: &[u8], (width, height): (u32, u32), focus: (u8, u8)) -> Result<Image, Error> {
    let source = upright(file)?;
    let centring = if focus == UNSAID.0 {
        UNSAID.1
    } else {
        let shape = f64::from(width) / f64::from(height);
        let is = f64::from(source.width()) / f64::from(source.height());
        (centring(focus.0, shape / is), centring(focus.1, is / shape))
    };
    let mut scaled = Scaled::new(width, height, fast_image_resize::PixelType::U8x4);
    let options = ResizeOptions::new()
        .resize_alg(ResizeAlg::Convolution(FilterType::CatmullRom))
        .fit_into_destination(Some(centring));
    let source = DynamicImage::ImageRgba8(source.into_rgba8());
    let resized = Resizer::new().resize(&source, &mut scaled, &options);
    resized.map_err(|error| Error::Scale(error.to_string()))?;
    Ok(Image::new(
        Extent3d { width, height, depth_or_array_layers: 1 },
        TextureDimension::D2,
        scaled.into_vec(),
        TextureFormat::Rgba8UnormSrgb,
        RenderAssetUsages::RENDER_WORLD,
    ))
}

/// How much of what is cut off goes at the beginning of a side, so that a point comes as near to the middle as can be;
/// `kept` is how much of the side is kept.
fn centring(percent: u8, kept: f64) -> f64 {
    if kept >= 1.0 {
        return 0.5;
    }
    let start = (f64::from(percent) / 100.0 - kept / 2.0).clamp(0.0, 1.0 - kept);
    start / (1.0 - kept)
}

fn upright(bytes: &[u8]) -> Result<DynamicImage, Error> {
    let mut limits = Limits::default();
    limits.max_image_width = Some(LONGEST_SIDE);
    limits.max_image_height = Some(LONGEST_SIDE);
    limits.max_alloc = Some(MOST_BYTES);
    let mut reader = ImageReader::new(io::Cursor::new(bytes)).with_guessed_format()?;
    reader.limits(limits);
    let mut decoder = reader.into_decoder()?;
    let orientation = decoder.orientation()?;
    let mut image = DynamicImage::from_decoder(decoder)?;
    image.apply_orientation(orientation);
    Ok(image)
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::picture;

    #[test]
    fn a_picture_is_cut_evenly_and_never_stretched() {
        // A black square in the middle of a wide white picture.
        let wide =
            image::RgbImage::from_fn(300, 100, |x, _| image::Rgb([if (100..200).contains(&x) { 0 } else { 255 }; 3]));
        let mut file = Cursor::new(Vec::new());
        wide.write_to(&mut file, image::ImageFormat::Png).unwrap();

        let square = picture(file.get_ref(), (50, 50), (50, 50)).unwrap();

        let data = square.data.unwrap();
        assert_eq!(data.len(), 50 * 50 * 4);
        assert!(data.chunks(4).all(|pixel| pixel[0] < 40), "only the middle is left");
    }

    #[test]
    fn what_matters_stays_in_sight() {
        // Black on the right quarter of a wide white picture.
        let wide = image::RgbImage::from_fn(400, 100, |x, _| image::Rgb([if x >= 300 { 0 } else { 255 }; 3]));
        let mut file = Cursor::new(Vec::new());
        wide.write_to(&mut file, image::ImageFormat::Png).unwrap();
        let middle = |focus| picture(file.get_ref(), (50, 50), focus).unwrap().data.unwrap()[(25 * 50 + 25) * 4];

        assert!(middle((95, 50)) < 40, "at the right edge");
        assert!(middle((5, 50)) > 215, "at the left edge");
    }

    #[test]
    fn what_is_no_picture_is_an_error() {
        assert!(picture(b"", (5, 5), (50, 50)).is_err());
        assert!(picture(b"\x89PNG\r\n\x1a\n broken", (5, 5), (50, 50)).is_err());
    }
}
