//! How a drawn picture is compared with the expected one.

use std::{env, fs, path::Path};

use harness::{root, target};
use image::{Rgb, RgbImage, imageops};

/// Longest side of an expected picture: small enough to keep, large enough for a missing word to show.
const KEPT_SIDE: u32 = 480;
/// Squares in which differences are averaged: edges of letters may fall a little differently with another driver.
const SQUARE: u32 = 8;
/// Largest average difference in any square, of 255.
const TOLERANCE: f32 = 9.0;

/// Compares a picture with the expected one of this name, or makes it the expected one.
pub fn with_expected(name: &str, picture: &Path) -> Result<(), String> {
    let whole = image::open(picture).map_err(|error| format!("{name}: {error}"))?.into_rgb8();
    let (width, height) = whole.dimensions();
    let scale = KEPT_SIDE as f32 / width.max(height) as f32;
    let side = |length: u32| (length as f32 * scale).round() as u32;
    let small = imageops::resize(&whole, side(width), side(height), imageops::FilterType::Triangle);
    let kept = root().join("tests/pictures").join(format!("{name}.png"));
    if env::var_os("LITFASS_BLESS").is_some() {
        let failed = |error: image::ImageError| format!("{name}: {error}");
        // Kept ones are small; whoever looks at them wants the whole.
        let folder = target().join("pictures");
        let whole = fs::create_dir_all(&folder).and_then(|()| fs::copy(picture, folder.join(format!("{name}.png"))));
        whole.map_err(|error| format!("{name}: {error}"))?;
        return save(&small, &kept).map_err(failed);
    }
    let expected = match image::open(&kept) {
        Ok(expected) => expected.into_rgb8(),
        Err(error) => return leave(name, &whole, &small, &small).and(Err(format!("{name}: {error}"))),
    };
    match worst(&small, &expected) {
        Some(worst) if worst <= TOLERANCE => Ok(()),
        Some(worst) => leave(name, &whole, &small, &expected).and(Err(format!("{name}: differs by {worst:.1}"))),
        None => Err(format!("{name}: {:?} instead of {:?} pixels", small.dimensions(), expected.dimensions())),
    }
}

/// The largest average difference in any square; `None` for pictures of different sizes.
pub fn worst(one: &RgbImage, two: &RgbImage) -> Option<f32> {
    if one.dimensions() != two.dimensions() {
        return None;
    }
    let mut worst = 0.0_f32;
    for top in (0..one.height()).step_by(SQUARE as usize) {
        for left in (0..one.width()).step_by(SQUARE as usize) {
            let (mut sum, mut count) = (0_u32, 0_u32);
            for y in top..(top + SQUARE).min(one.height()) {
                for x in left..(left + SQUARE).min(one.width()) {
                    let pairs = one.get_pixel(x, y).0.into_iter().zip(two.get_pixel(x, y).0);
                    sum += pairs.map(|(a, b)| u32::from(a.abs_diff(b))).sum::<u32>();
                    count += 3;
                }
            }
            worst = worst.max(sum as f32 / count as f32);
        }
    }
    Some(worst)
}

fn save(picture: &RgbImage, path: &Path) -> image::ImageResult<()> {
    use image::{
        ImageEncoder,
        codecs::png::{CompressionType, FilterType, PngEncoder},
    };
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let encoder = PngEncoder::new_with_quality(fs::File::create(path)?, CompressionType::Best, FilterType::Adaptive);
    encoder.write_image(picture, picture.width(), picture.height(), image::ExtendedColorType::Rgb8)
}

/// Leaves the picture and its differences where a person finds them.
fn leave(name: &str, whole: &RgbImage, small: &RgbImage, expected: &RgbImage) -> Result<(), String> {
    let folder = target().join("pictures");
    let failed = |error: image::ImageError| format!("{name}: {error}");
    save(whole, &folder.join(format!("{name}.actual.png"))).map_err(failed)?;
    if small.dimensions() == expected.dimensions() {
        let difference = RgbImage::from_fn(small.width(), small.height(), |x, y| {
            let (one, two) = (small.get_pixel(x, y).0, expected.get_pixel(x, y).0);
            Rgb([0, 1, 2].map(|part| one[part].abs_diff(two[part]).saturating_mul(4)))
        });
        save(&difference, &folder.join(format!("{name}.difference.png"))).map_err(failed)?;
    }
    Ok(())
}

#[test]
fn a_changed_word_is_seen_and_a_softer_edge_is_not() {
    let plain = RgbImage::from_fn(64, 64, |x, _| Rgb([if x < 32 { 0 } else { 255 }; 3]));
    let softer = imageops::blur(&plain, 0.4);
    let mut changed = plain.clone();
    (0..6).flat_map(|x| (0..6).map(move |y| (x, y))).for_each(|(x, y)| changed.put_pixel(x + 9, y + 9, Rgb([90; 3])));

    assert!(worst(&plain, &softer).unwrap() < TOLERANCE);
    assert!(worst(&plain, &changed).unwrap() > TOLERANCE);
    assert_eq!(worst(&plain, &RgbImage::new(64, 63)), None);
}
