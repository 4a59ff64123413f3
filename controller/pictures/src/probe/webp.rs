//! WebP: the size in whichever of the three headers there is, and how many frames there are.

use super::{Facts, Kind, Refusal, pixels, u16_le, u32_le};

/// Pixels, the planes they are decoded from, and a canvas to put a frame on.
const BYTES_PER_PIXEL: u64 = 8;

pub(super) fn probe(bytes: &[u8]) -> Result<Facts, Refusal> {
    let (width, height, frames) = match bytes.get(12..16).ok_or(Refusal::Broken)? {
        b"VP8 " => {
            if bytes.get(23..26) != Some(b"\x9d\x01\x2a") {
                return Err(Refusal::Broken);
            }
            (u16_le(bytes, 26)? & 0x3fff, u16_le(bytes, 28)? & 0x3fff, 1)
        }
        b"VP8L" => {
            let sizes = u32_le(bytes, 21)?;
            ((sizes & 0x3fff) + 1, (sizes >> 14 & 0x3fff) + 1, 1)
        }
        b"VP8X" => ((u32_le(bytes, 24)? & 0xff_ffff) + 1, (u32_le(bytes, 26)? >> 8) + 1, frames(bytes)?),
        _ => return Err(Refusal::Broken),
    };
    let memory = pixels(width, height).saturating_mul(BYTES_PER_PIXEL);
    Ok(Facts { kind: Kind::WebP, width, height, frames, memory })
}

fn frames(bytes: &[u8]) -> Result<u32, Refusal> {
    let mut at = 12;
    let mut frames = 0;
    while let Some(name) = bytes.get(at..at + 4) {
        frames += u32::from(name == b"ANMF");
        let length = u32_le(bytes, at + 4)? as usize;
        at += 8 + length + length % 2;
    }
    Ok(frames.max(1))
}
