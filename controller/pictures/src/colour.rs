//! Colours: into sRGB, and the one that stands for a whole picture.

use image::{DynamicImage, Rgba};
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};

/// Converts to sRGB from what the profile describes; a profile that cannot be used is ignored, as browsers do.
pub(super) fn to_srgb(image: DynamicImage, profile: &[u8]) -> DynamicImage {
    let Ok(profile) = ColorProfile::new_from_slice(profile) else { return image };
    if profile.color_space != DataColorSpace::Rgb {
        return image;
    }
    let layout = if image.color().has_alpha() { Layout::Rgba } else { Layout::Rgb };
    let srgb = ColorProfile::new_srgb();
    let Ok(transform) = profile.create_transform_8bit(layout, &srgb, layout, TransformOptions::default()) else {
        return image;
    };
    let mut converted = DynamicImage::new(image.width(), image.height(), image.color());
    let target = match &mut converted {
        DynamicImage::ImageRgb8(pixels) => pixels.as_mut(),
        DynamicImage::ImageRgba8(pixels) => pixels.as_mut(),
        _ => return image,
    };
    match transform.transform(image.as_bytes(), target) {
        Ok(()) => converted,
        Err(_) => image,
    }
}

/// The average colour as `#rrggbb`; what is transparent counts less.
pub(super) fn average(image: &DynamicImage) -> String {
    use image::GenericImageView;
    let (mut sums, mut weight) = ([0_u64; 3], 0_u64);
    for (_, _, Rgba([red, green, blue, alpha])) in image.pixels() {
        let alpha = u64::from(alpha);
        for (sum, part) in sums.iter_mut().zip([red, green, blue]) {
            *sum += u64::from(part) * alpha;
        }
        weight += alpha;
    }
    let [red, green, blue] = sums.map(|sum| sum.checked_div(weight).unwrap_or(0));
    format!("#{red:02x}{green:02x}{blue:02x}")
}
