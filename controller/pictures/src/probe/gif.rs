//! GIF: the size of the screen and of the first frame, and how many frames there are.

use super::{Facts, Kind, Refusal, pixels, u16_le};

pub(super) fn probe(bytes: &[u8]) -> Result<Facts, Refusal> {
    let (width, height) = (u16_le(bytes, 6)?, u16_le(bytes, 8)?);
    let mut at = 13 + palette(*bytes.get(10).ok_or(Refusal::Broken)?);
    let mut frames = 0;
    // As decoded, and once more for scaling what is transparent.
    let mut memory = pixels(width, height) * 8;
    // What is missing at the end hurts nobody: only the first frame is read.
    while let Some(introducer) = bytes.get(at) {
        match introducer {
            0x21 => at = skip_blocks(bytes, at + 2),
            0x2c => {
                if frames == 0 {
                    memory += pixels(u16_le(bytes, at + 5)?, u16_le(bytes, at + 7)?) * 4;
                }
                frames += 1;
                at = skip_blocks(bytes, at + 11 + palette(*bytes.get(at + 9).ok_or(Refusal::Broken)?));
            }
            _ => break,
        }
    }
    if frames == 0 {
        return Err(Refusal::Broken);
    }
    Ok(Facts { kind: Kind::Gif, width, height, frames, memory })
}

/// Length of the colour table that the flags announce.
fn palette(flags: u8) -> usize {
    if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) }
}

/// Skips blocks, each led by its length, up to an empty one.
fn skip_blocks(bytes: &[u8], mut at: usize) -> usize {
    while let Some(length) = bytes.get(at) {
        at += 1 + usize::from(*length);
        if *length == 0 {
            break;
        }
    }
    at
}
