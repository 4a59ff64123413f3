//! Invented photographs: a sky that grows paler, hills, ripples and leaves, and the grain of a sensor. What a JPEG of one
//! costs to decode depends on how much there is to see at each scale, so there is something at each: value noise in eight
//! octaves, each half as strong as the one before, which is how the power in photographs falls off.

use image::codecs::jpeg::JpegEncoder;

/// A JPEG as a telephone or a camera saves it.
pub fn jpeg((width, height): (u32, u32), seed: u32) -> Vec<u8> {
    let mut pixels = Vec::with_capacity(width as usize * height as usize * 3);
    let scale = 1024.0 / width.max(height) as f32;
    for y in 0..height {
        for x in 0..width {
            let (u, v) = (x as f32 * scale, y as f32 * scale);
            let shade = octaves(u, v, seed);
            let horizon = 0.4 + 0.08 * noise(u / 180.0, 0.5, seed ^ 7);
            let sky = v / (height as f32 * scale) < horizon;
            // Little happens in a sky; much on the ground.
            let (base, depth) = if sky { ([150.0, 180.0, 220.0], 22.0) } else { ([96.0, 104.0, 70.0], 150.0) };
            let hue = noise(u / 60.0, v / 60.0, seed ^ 99) * 30.0;
            let grain = f32::from((hash(x, y, seed) >> 28) as u8) - 8.0;
            for (at, value) in base.into_iter().enumerate() {
                let tint = hue * (at as f32 - 1.0);
                pixels.push((value + depth * shade + tint + grain * 0.6).clamp(0.0, 255.0) as u8);
            }
        }
    }
    let mut file = Vec::new();
    let encoded =
        JpegEncoder::new_with_quality(&mut file, 90).encode(&pixels, width, height, image::ColorType::Rgb8.into());
    encoded.expect("a JPEG");
    file
}

fn octaves(u: f32, v: f32, seed: u32) -> f32 {
    let (mut sum, mut strength, mut size) = (0.0, 0.5, 256.0);
    for octave in 0..8 {
        sum += strength * noise(u / size, v / size, seed.wrapping_add(octave));
        strength *= 0.5;
        size *= 0.5;
    }
    sum
}

/// Smooth noise between -1 and 1, with a value of its own at each whole number.
fn noise(u: f32, v: f32, seed: u32) -> f32 {
    let (x, y) = (u.floor(), v.floor());
    let smooth = |t: f32| t * t * (3.0 - 2.0 * t);
    let (s, t) = (smooth(u - x), smooth(v - y));
    let at = |dx: f32, dy: f32| {
        let number = hash((x + dx) as i32 as u32, (y + dy) as i32 as u32, seed);
        (number >> 8) as f32 / (1 << 23) as f32 - 1.0
    };
    let upper = at(0.0, 0.0) * (1.0 - s) + at(1.0, 0.0) * s;
    let lower = at(0.0, 1.0) * (1.0 - s) + at(1.0, 1.0) * s;
    upper * (1.0 - t) + lower * t
}

fn hash(x: u32, y: u32, seed: u32) -> u32 {
    let mut number = x.wrapping_mul(0x9e37_79b1) ^ y.wrapping_mul(0x85eb_ca77) ^ seed.wrapping_mul(0xc2b2_ae3d);
    number = (number ^ (number >> 15)).wrapping_mul(0x2c1b_3c6d);
    number = (number ^ (number >> 12)).wrapping_mul(0x297a_2d39);
    number ^ (number >> 15)
}
