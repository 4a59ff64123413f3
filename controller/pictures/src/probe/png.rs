//! PNG: the header chunk, and how many frames an animated one announces.

use super::{Facts, Kind, Refusal, pixels, u32_be};

pub(super) fn probe(bytes: &[u8]) -> Result<Facts, Refusal> {
    if bytes.get(12..16) != Some(b"IHDR") {
        return Err(Refusal::Broken);
    }
    let (width, height) = (u32_be(bytes, 16)?, u32_be(bytes, 20)?);
    let depth = *bytes.get(24).ok_or(Refusal::Broken)?;
    let channels = match bytes.get(25).ok_or(Refusal::Broken)? {
        0 | 4 => 2,     // grey; one shade may be transparent
        2 | 3 | 6 => 4, // colour or palette; one colour may be transparent
        _ => return Err(Refusal::Broken),
    };
    // As decoded, and once more as four bytes per pixel: for scaling, or made from what is grey or deep.
    let per_pixel = channels * u64::from(depth.div_ceil(8).max(1)) + 4;
    let memory = pixels(width, height).saturating_mul(per_pixel);
    Ok(Facts { kind: Kind::Png, width, height, frames: frames(bytes)?, memory })
}

fn frames(bytes: &[u8]) -> Result<u32, Refusal> {
    let mut at = 8;
    while let Some(name) = bytes.get(at + 4..at + 8) {
        match name {
            b"acTL" => return u32_be(bytes, at + 8).map(|frames| frames.max(1)),
            b"IDAT" => return Ok(1),
            _ => at += 12 + u32_be(bytes, at)? as usize,
        }
    }
    Err(Refusal::Broken)
}
