//! Flashes in a film, as WCAG 2.3.1 counts them: general flashes and flashes of saturated red.
//!
//! Looks at small frames one after the other and keeps nothing but a few numbers for each of their pixels, so a film
//! of any length is looked at while it passes by.

mod swings;
#[cfg(test)]
mod tests;

use std::collections::VecDeque;

use swings::{Reading, Swings};

/// Width of the frames that are looked at.
pub const WIDTH: usize = 64;
/// Height of the frames that are looked at.
pub const HEIGHT: usize = 36;
/// Length of one frame: red, green and blue of each pixel, a byte each.
pub const FRAME_BYTES: usize = WIDTH * HEIGHT * 3;

/// Swings within a second that are one too many: three flashes are six, there and back.
const TOO_MANY: usize = 7;
/// Part of the picture that must flash at once: nobody knows how far from the display somebody stands, so the quarter
/// of a field of ten degrees that WCAG allows is taken to be a quarter of the picture.
const AREA: usize = WIDTH * HEIGHT / 4;
/// Swings in the same direction this close together, in seconds, are one change of the picture.
const TOGETHER: f64 = 0.1;
/// A picture whose mean luminance is below this is black.
const BLACK: f32 = 0.01;

/// A place of a film that flashes too often.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hazard {
    /// When the flashes begin, in milliseconds from the start.
    pub at_millis: u64,
    /// Whether it is saturated red that flashes.
    pub red: bool,
}

/// Watches a film frame by frame.
pub struct Watch {
    frames_per_second: f64,
    frame: u32,
    first_seen: Option<u32>,
    light: Kind,
    red: Kind,
}

impl Watch {
    /// Begins with the first frame of a film of this many frames a second.
    pub fn new(frames_per_second: f64) -> Self {
        let frames_per_second = if frames_per_second.is_finite() { frames_per_second.max(1.0) } else { 25.0 };
        let kind = |threshold| Kind::new(threshold, frames_per_second);
        Self {
            frames_per_second,
            frame: 0,
            first_seen: None,
            light: kind(swings::LIGHT_SWING),
            red: kind(swings::RED_SWING),
        }
    }

    /// Looks at the next frame, [`FRAME_BYTES`] long; says when the film flashes too often up to here.
    pub fn look(&mut self, frame: &[u8]) -> Option<Hazard> {
        let pixels = || frame.chunks_exact(3).map(|pixel| [pixel[0], pixel[1], pixel[2]]);
        let light: Vec<Reading> = pixels().map(swings::light).collect();
        let red: Vec<Reading> = pixels().map(swings::red).collect();
        let mean = light.iter().map(|reading| reading.value).sum::<f32>() / light.len().max(1) as f32;
        if self.first_seen.is_none() && mean >= BLACK {
            self.first_seen = Some(self.frame);
        }
        let bright = self.light.look(self.frame, &light).map(|at| (at, false));
        let saturated = self.red.look(self.frame, &red).map(|at| (at, true));
        self.frame += 1;
        let (at, red) = bright.or(saturated)?;
        Some(Hazard { at_millis: (f64::from(at) / self.frames_per_second * 1_000.0) as u64, red })
    }

    /// How many frames were looked at.
    pub fn frames(&self) -> u32 {
        self.frame
    }

    /// When the first frame comes that is not black, in seconds; 0 when all are.
    pub fn first_seen_secs(&self) -> f64 {
        f64::from(self.first_seen.unwrap_or(0)) / self.frames_per_second
    }
}

/// One kind of flash: of light, or of red.
struct Kind {
    second: f64,
    together: usize,
    swings: Swings,
    /// Pixels that swung up and down, in each of the last frames.
    latest: VecDeque<[usize; 2]>,
    /// Frames in which the picture as a whole changed its direction.
    turns: VecDeque<u32>,
    last_turn: Option<usize>,
}

impl Kind {
    fn new(threshold: f32, frames_per_second: f64) -> Self {
        Self {
            second: frames_per_second,
            together: ((frames_per_second * TOGETHER).ceil() as usize).max(1),
            swings: Swings::new(WIDTH * HEIGHT, threshold),
            latest: VecDeque::new(),
            turns: VecDeque::new(),
            last_turn: None,
        }
    }

    /// The frame in which flashes began that are too many now.
    fn look(&mut self, frame: u32, readings: &[Reading]) -> Option<u32> {
        let turned = self.swings.look(frame, readings);
        self.latest.push_back(turned);
        if self.latest.len() > self.together {
            self.latest.pop_front();
        }
        for way in [0, 1] {
            let pixels: usize = self.latest.iter().map(|counts| counts[way]).sum();
            if pixels >= AREA && self.last_turn != Some(way) {
                self.last_turn = Some(way);
                self.turns.push_back(frame);
                // What made this turn makes no other one.
                self.latest.iter_mut().for_each(|counts| counts[way] = 0);
            }
        }
        while self.turns.front().is_some_and(|first| f64::from(frame - first) >= self.second) {
            self.turns.pop_front();
        }
        // Both must be: the picture as a whole goes to and fro, and so do the same places of it. A walk along a fence
        // has only the second, different places that change in turn only the first.
        let began = *self.turns.front().filter(|_| self.turns.len() >= TOO_MANY)?;
        (self.swings.restless(frame, self.second) >= AREA).then_some(began)
    }
}
