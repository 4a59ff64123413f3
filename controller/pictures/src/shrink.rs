//! Which sizes a picture gets, and scaling it to them.

use fast_image_resize::{
    FilterType, IntoImageView, IntoImageViewMut, PixelTrait, ResizeAlg, ResizeOptions, Resizer,
    pixels::{U8x3, U8x4},
};
use image::DynamicImage;

use super::decode::Decoded;
use super::{Refusal, WIDTHS, colour};

/// Highest rendition: graphics cards stop at this texture size.
const HIGHEST: u32 = 8_192;

/// The sizes for a picture of this size, ascending: every width of [`WIDTHS`] that fits, and the picture's own
/// where the next smaller would lose more than a tenth of it.
pub(super) fn sizes(width: u32, height: u32) -> Vec<(u32, u32)> {
    let own = fit(width, height, width.min(WIDTHS[WIDTHS.len() - 1]));
    let mut sizes: Vec<_> =
        WIDTHS.into_iter().filter(|step| *step <= own.0).map(|step| fit(width, height, step)).collect();
    if sizes.last().is_none_or(|largest| largest.0 * 10 < own.0 * 9) {
        sizes.push(own);
    }
    sizes
}

/// The size of this width, or the largest below it that is not too high.
fn fit(width: u32, height: u32, wanted: u32) -> (u32, u32) {
    let (width, height, wanted) = (u64::from(width), u64::from(height), u64::from(wanted));
    let wanted = wanted.min((u64::from(HIGHEST) * width / height).max(1));
    let high = ((height * wanted + width / 2) / width).clamp(1, u64::from(HIGHEST));
    (u32::try_from(wanted).unwrap_or(1), u32::try_from(high).unwrap_or(1))
}

/// Scales to each size, upright, in sRGB, eight bits deep and without an alpha channel that says nothing.
///
/// What can wait happens on the largest rendition, and each smaller one is made from the next larger: a camera's
/// picture is walked through only once.
pub(super) fn scale(decoded: Decoded, sizes: &[(u32, u32)]) -> Result<Vec<DynamicImage>, Refusal> {
    let (upright, largest) = (decoded.upright_size(), sizes.last().copied().ok_or(Refusal::Broken)?);
    let Decoded { image, orientation, profile } = decoded;
    let turned = (image.width(), image.height()) != upright;
    let lying = if turned { (largest.1, largest.0) } else { largest };
    let mut image = plain(image);
    if lying != (image.width(), image.height()) {
        image = resize(&image, lying)?;
    }
    image.apply_orientation(orientation);
    if let Some(profile) = profile {
        image = colour::to_srgb(image, &profile);
    }
    let mut scaled = vec![image];
    for size in sizes.iter().rev().skip(1) {
        let smaller = resize(&scaled[scaled.len() - 1], *size)?;
        scaled.push(smaller);
    }
    scaled.reverse();
    Ok(scaled)
}

/// One of the two forms everything else knows: RGB, or RGBA where something is to be seen through.
fn plain(image: DynamicImage) -> DynamicImage {
    if !image.color().has_alpha() {
        return image.into_rgb8().into();
    }
    let image = image.into_rgba8();
    if image.pixels().all(|pixel| pixel.0[3] == 255) {
        DynamicImage::from(image).into_rgb8().into()
    } else {
        image.into()
    }
}

fn resize(image: &DynamicImage, (width, height): (u32, u32)) -> Result<DynamicImage, Refusal> {
    let mut smaller = DynamicImage::new(width, height, image.color());
    // By type, and not by what the library finds out itself: that would compile it for thirteen types.
    match image {
        DynamicImage::ImageRgb8(_) => resize_as::<U8x3>(image, &mut smaller)?,
        _ => resize_as::<U8x4>(image, &mut smaller)?,
    }
    Ok(smaller)
}

fn resize_as<P: PixelTrait>(image: &DynamicImage, smaller: &mut DynamicImage) -> Result<(), Refusal> {
    let from = image.image_view::<P>().ok_or(Refusal::Type)?;
    let mut to = smaller.image_view_mut::<P>().ok_or(Refusal::Type)?;
    let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3));
    Resizer::new().resize_typed(&from, &mut to, &options).map_err(|_| Refusal::Broken)
}

#[cfg(test)]
mod tests {
    use super::{HIGHEST, sizes};

    fn widths(width: u32, height: u32) -> Vec<u32> {
        sizes(width, height).into_iter().map(|size| size.0).collect()
    }

    #[test]
    fn a_picture_is_never_enlarged_and_keeps_its_own_size() {
        assert_eq!(widths(1, 1), [1]);
        assert_eq!(widths(319, 10), [160, 319]);
        assert_eq!(widths(170, 10), [160], "170 is hardly more than 160");
        assert_eq!(widths(320, 10), [160, 320]);
        assert_eq!(widths(1000, 500), [160, 320, 640, 1000]);
        assert_eq!(widths(1300, 500), [160, 320, 640, 1280], "1300 is hardly more than 1280");
        assert_eq!(widths(6000, 4000), [160, 320, 640, 1280, 1920, 3840]);
    }

    #[test]
    fn a_strip_keeps_its_shape_and_fits_a_texture() {
        assert_eq!(sizes(1000, 1), [(160, 1), (320, 1), (640, 1), (1000, 1)]);
        let tall = sizes(1000, 16_000);
        assert_eq!(tall, [(160, 2560), (320, 5120), (512, HIGHEST)]);
    }
}
