//! From pixels to files: photographs as JPEG, drawings and what is transparent as PNG.

use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{DynamicImage, ImageEncoder};
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

use super::{Kind, Refusal};

/// Good to look at on a wall; more costs bytes that nobody sees.
const JPEG_QUALITY: u8 = 82;

type File = (&'static str, Vec<u8>);

/// Encodes every size of one picture the same way.
pub(super) fn encode(scaled: &[DynamicImage], original: Kind) -> Result<Vec<File>, Refusal> {
    let encode = if wants_png(scaled, original)? { png } else { jpeg };
    scaled.iter().map(encode).collect()
}

/// Transparency needs PNG. So do drawings, charts and screenshots: they come without losses, and are smaller so,
/// where a photograph saved as PNG is many times larger than as JPEG. One size is tried both ways.
fn wants_png(scaled: &[DynamicImage], original: Kind) -> Result<bool, Refusal> {
    let sample = scaled.get(1).or(scaled.first()).ok_or(Refusal::Broken)?;
    if sample.color().has_alpha() {
        return Ok(true);
    }
    Ok(original != Kind::Jpeg && png(sample)?.1.len() <= jpeg(sample)?.1.len())
}

fn png(image: &DynamicImage) -> Result<File, Refusal> {
    let mut file = Vec::new();
    PngEncoder::new_with_quality(&mut file, CompressionType::Default, FilterType::Adaptive).write_image(
        image.as_bytes(),
        image.width(),
        image.height(),
        image.color().into(),
    )?;
    Ok(("image/png", file))
}

fn jpeg(image: &DynamicImage) -> Result<File, Refusal> {
    let (Ok(width), Ok(height)) = (u16::try_from(image.width()), u16::try_from(image.height())) else {
        return Err(Refusal::Side);
    };
    let mut file = Vec::new();
    let mut encoder = Encoder::new(&mut file, JPEG_QUALITY);
    encoder.set_sampling_factor(SamplingFactor::F_2_2);
    encoder.set_progressive(true);
    encoder.set_optimized_huffman_tables(true);
    encoder.encode(image.as_bytes(), width, height, ColorType::Rgb).map_err(|_| Refusal::Broken)?;
    Ok(("image/jpeg", file))
}
