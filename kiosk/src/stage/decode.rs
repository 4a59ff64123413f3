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
/// Where the middle of a cut picture is, from left and top: heads are above the middle.
const FOCUS: (f64, f64) = (0.5, 0.44);

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

/// Reads a picture file and fills a frame of this size with it.
pub fn picture(file: &[u8], width: u32, height: u32) -> Result<Image, Error> {
    let source = upright(file)?;
    let mut scaled = Scaled::new(width, height, fast_image_resize::PixelType::U8x4);
    let options = ResizeOptions::new()
        .resize_alg(ResizeAlg::Convolution(FilterType::CatmullRom))
        .fit_into_destination(Some(FOCUS));
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

        let square = picture(file.get_ref(), 50, 50).unwrap();

        let data = square.data.unwrap();
        assert_eq!(data.len(), 50 * 50 * 4);
        assert!(data.chunks(4).all(|pixel| pixel[0] < 40), "only the middle is left");
    }

    #[test]
    fn what_is_no_picture_is_an_error() {
        assert!(picture(b"", 5, 5).is_err());
        assert!(picture(b"\x89PNG\r\n\x1a\n broken", 5, 5).is_err());
    }
}
