//! JPEG: walks the segments up to the end of the image.

use super::{Facts, Kind, Refusal, pixels, u16_be};

/// Progressive files have about ten scans; thousands of them cost minutes of decoding for a few bytes each.
const MOST_SCANS: u32 = 64;

pub(super) fn probe(bytes: &[u8]) -> Result<Facts, Refusal> {
    let mut frame = None;
    let mut scans = 0;
    let mut at = 2;
    loop {
        let (marker, after) = next_marker(bytes, at)?;
        at = after;
        match marker {
            // Restarts and the like stand alone; so does a second start of image, which cameras nest in segments only.
            0x01 | 0xd0..=0xd8 => continue,
            // Without an end of image the file was cut off.
            0xd9 => break,
            0xc4 | 0xc8 | 0xcc => {}
            0xc0..=0xcf => frame = Some(Frame::read(bytes, at, marker)?),
            0xda => scans += 1,
            _ => {}
        }
        let length = u16_be(bytes, at)? as usize;
        if length < 2 {
            return Err(Refusal::Broken);
        }
        at += length;
        if scans > MOST_SCANS {
            return Err(Refusal::Broken);
        }
    }
    let frame = frame.filter(|_| scans > 0).ok_or(Refusal::Broken)?;
    let memory = frame.memory(scans);
    Ok(Facts { kind: Kind::Jpeg, width: frame.width, height: frame.height, frames: 1, memory })
}

/// Finds the next marker, skipping compressed data, in which every 0xff is followed by zero or a restart.
fn next_marker(bytes: &[u8], mut at: usize) -> Result<(u8, usize), Refusal> {
    loop {
        let rest = bytes.get(at..).ok_or(Refusal::Broken)?;
        at += rest.iter().position(|byte| *byte == 0xff).ok_or(Refusal::Broken)? + 1;
        match bytes.get(at).ok_or(Refusal::Broken)? {
            0x00 | 0xd0..=0xd7 => at += 1,
            0xff => {}
            marker => return Ok((*marker, at + 1)),
        }
    }
}

struct Frame {
    width: u32,
    height: u32,
    components: u64,
    progressive: bool,
    /// Samples per pixel of all components together, in 64ths.
    density: u64,
}

impl Frame {
    fn read(bytes: &[u8], at: usize, marker: u8) -> Result<Self, Refusal> {
        let precision = *bytes.get(at + 2).ok_or(Refusal::Broken)?;
        // Baseline, extended and progressive with Huffman codes: what every camera and browser writes.
        if !matches!(marker, 0xc0..=0xc2) || precision != 8 {
            return Err(Refusal::Type);
        }
        let components = *bytes.get(at + 7).ok_or(Refusal::Broken)?;
        let mut factors = Vec::new();
        for component in 0..usize::from(components) {
            let factor = *bytes.get(at + 9 + 3 * component).ok_or(Refusal::Broken)?;
            factors.push((u64::from(factor >> 4), u64::from(factor & 15)));
        }
        let widest = factors.iter().map(|f| f.0).max().unwrap_or(1).max(1);
        let highest = factors.iter().map(|f| f.1).max().unwrap_or(1).max(1);
        Ok(Self {
            height: u16_be(bytes, at + 3)?,
            width: u16_be(bytes, at + 5)?,
            components: u64::from(components),
            progressive: marker == 0xc2,
            density: factors.iter().map(|f| 64 * f.0 * f.1 / (widest * highest)).sum(),
        })
    }

    /// Pixels (grey ones are made coloured), and where the scans come one after another, all coefficients of 16 bits.
    fn memory(&self, scans: u32) -> u64 {
        let pixels = pixels(self.width, self.height);
        let shown = pixels * if self.components == 1 { 4 } else { 3 };
        let kept = if self.progressive || scans > 1 { pixels * 2 * self.density / 64 } else { 0 };
        shown + kept
    }
}
