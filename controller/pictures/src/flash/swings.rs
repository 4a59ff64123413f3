//! Each pixel's swings: how often its value turned and went far enough the other way.

use std::sync::LazyLock;

use super::TOO_MANY;

/// A tenth of the largest relative luminance.
pub(super) const LIGHT_SWING: f32 = 0.1;
/// `(R - G - B) × 320 > 20`.
pub(super) const RED_SWING: f32 = 20.0 / 320.0;
/// A flash counts only if its darker state is darker than this.
const DARKER: f32 = 0.8;
/// Red is saturated when it makes up this part of all light.
const SATURATED: f32 = 0.8;

/// What a pixel shows.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reading {
    /// What swings.
    pub(super) value: f32,
    /// Whether a swing from or to here can count, as the lower state and as the higher one.
    pub(super) counts: [bool; 2],
}

/// sRGB to linear light.
static LINEAR: LazyLock<[f32; 256]> = LazyLock::new(|| {
    std::array::from_fn(|value| {
        let value = value as f32 / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    })
});

/// Relative luminance, as WCAG defines it.
pub(super) fn light([red, green, blue]: [u8; 3]) -> Reading {
    let part = |value: u8| LINEAR[usize::from(value)];
    let value = 0.2126 * part(red) + 0.7152 * part(green) + 0.0722 * part(blue);
    Reading { value, counts: [value < DARKER, true] }
}

/// How red it is, beyond all other colours.
pub(super) fn red([red, green, blue]: [u8; 3]) -> Reading {
    let part = |value: u8| LINEAR[usize::from(value)];
    let (red, rest) = (part(red), part(green) + part(blue));
    let saturated = red > 0.0 && red / (red + rest) >= SATURATED;
    Reading { value: (red - rest).max(0.0), counts: [true, saturated] }
}

/// Where a pixel stands.
#[derive(Clone, Copy)]
struct Pixel {
    /// The lowest or highest it has been since it turned last.
    extreme: Reading,
    /// 0 while it falls, 1 while it rises; `None` before its first swing.
    way: Option<usize>,
    /// Frames of its last swings, the oldest at `oldest`.
    frames: [u32; TOO_MANY],
    oldest: usize,
    swings: usize,
}

/// The swings of all pixels.
pub(super) struct Swings {
    threshold: f32,
    pixels: Vec<Pixel>,
    started: bool,
}

impl Swings {
    /// Of so many pixels, whose values swing when they change by more than this.
    pub(super) fn new(count: usize, threshold: f32) -> Self {
        let start = Reading { value: 0.0, counts: [true; 2] };
        let pixel = Pixel { extreme: start, way: None, frames: [0; TOO_MANY], oldest: 0, swings: 0 };
        Self { threshold, pixels: vec![pixel; count], started: false }
    }

    /// Takes the next readings; says how many pixels swung down and how many up.
    pub(super) fn look(&mut self, frame: u32, readings: &[Reading]) -> [usize; 2] {
        let mut turned = [0; 2];
        let first = !std::mem::replace(&mut self.started, true);
        for (pixel, reading) in self.pixels.iter_mut().zip(readings) {
            if first {
                pixel.extreme = *reading;
            } else if let Some(way) = pixel.take(frame, reading, self.threshold) {
                turned[way] += 1;
            }
        }
        turned
    }

    /// How many pixels have swung too often within the last second of so many frames.
    pub(super) fn restless(&self, frame: u32, second: f64) -> usize {
        let often = |pixel: &&Pixel| {
            let oldest = pixel.frames[pixel.oldest];
            pixel.swings >= TOO_MANY && f64::from(frame - oldest) < second
        };
        self.pixels.iter().filter(often).count()
    }
}

impl Pixel {
    /// Which way it has swung with this reading, if it has.
    fn take(&mut self, frame: u32, reading: &Reading, threshold: f32) -> Option<usize> {
        let change = reading.value - self.extreme.value;
        let way = usize::from(change > 0.0);
        if self.way == Some(way) {
            self.extreme = *reading;
            return None;
        }
        let (low, high) = if way == 1 { (&self.extreme, reading) } else { (reading, &self.extreme) };
        if change.abs() < threshold || !low.counts[0] || !high.counts[1] {
            return None;
        }
        self.extreme = *reading;
        self.way = Some(way);
        self.frames[self.oldest] = frame;
        self.oldest = (self.oldest + 1) % TOO_MANY;
        self.swings += 1;
        Some(way)
    }
}
