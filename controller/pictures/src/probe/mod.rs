//! What a picture says about itself in its headers, read without decoding anything.

mod gif;
mod jpeg;
mod png;
mod webp;

use super::{Limits, Refusal};

/// The four types that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// JPEG, also progressive, grey and CMYK.
    Jpeg,
    /// PNG, also 16 bits deep, interlaced and animated.
    Png,
    /// WebP, lossy, lossless and animated.
    WebP,
    /// GIF, of which the first frame is read.
    Gif,
}

impl Kind {
    /// The type by its first bytes; what a name or a sender claims does not count.
    pub fn sniff(bytes: &[u8]) -> Option<Self> {
        if bytes.starts_with(b"\xff\xd8\xff") {
            Some(Self::Jpeg)
        } else if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
            Some(Self::Png)
        } else if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
            Some(Self::WebP)
        } else if bytes.starts_with(b"GIF87a") || bytes.starts_with(b"GIF89a") {
            Some(Self::Gif)
        } else {
            None
        }
    }

    /// The name of the type in HTTP.
    pub fn content_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::WebP => "image/webp",
            Self::Gif => "image/gif",
        }
    }
}

/// Whether a file is HEIF (HEIC of telephones, AVIF): a box of its first kind, with a brand of pictures.
pub fn is_heif(bytes: &[u8]) -> bool {
    const BRANDS: [&[u8]; 10] =
        [b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis"];
    bytes.get(4..8) == Some(b"ftyp") && bytes.get(8..12).is_some_and(|brand| BRANDS.contains(&brand))
}

/// What the headers say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Facts {
    /// The type.
    pub kind: Kind,
    /// Width as stored, before turning upright.
    pub width: u32,
    /// Height as stored.
    pub height: u32,
    /// Pictures in the file.
    pub frames: u32,
    /// Bytes that decoding will take at once.
    pub memory: u64,
}

/// Reads the headers and holds them against the limits.
pub fn check(bytes: &[u8], limits: &Limits) -> Result<Facts, Refusal> {
    if bytes.is_empty() {
        return Err(Refusal::Empty);
    }
    if bytes.len() > limits.bytes {
        return Err(Refusal::Heavy);
    }
    let kind = Kind::sniff(bytes).ok_or(Refusal::Type)?;
    let facts = match kind {
        Kind::Jpeg => jpeg::probe(bytes),
        Kind::Png => png::probe(bytes),
        Kind::WebP => webp::probe(bytes),
        Kind::Gif => gif::probe(bytes),
    }?;
    if facts.width == 0 || facts.height == 0 {
        return Err(Refusal::Broken);
    }
    let (short, long) = (facts.width.min(facts.height), facts.width.max(facts.height));
    if long > limits.side {
        Err(Refusal::Side)
    } else if pixels(facts.width, facts.height) > limits.pixels || facts.memory > limits.memory {
        Err(Refusal::Pixels)
    } else if short < limits.smallest_side {
        Err(Refusal::Tiny)
    } else if long / short > limits.aspect {
        Err(Refusal::Aspect)
    } else if facts.frames > limits.frames {
        Err(Refusal::Frames)
    } else {
        Ok(facts)
    }
}

fn pixels(width: u32, height: u32) -> u64 {
    u64::from(width) * u64::from(height)
}

fn u16_be(bytes: &[u8], at: usize) -> Result<u32, Refusal> {
    let two = bytes.get(at..at + 2).ok_or(Refusal::Broken)?;
    Ok(u32::from(two[0]) << 8 | u32::from(two[1]))
}

fn u16_le(bytes: &[u8], at: usize) -> Result<u32, Refusal> {
    let two = bytes.get(at..at + 2).ok_or(Refusal::Broken)?;
    Ok(u32::from(two[1]) << 8 | u32::from(two[0]))
}

fn u32_be(bytes: &[u8], at: usize) -> Result<u32, Refusal> {
    Ok(u16_be(bytes, at)? << 16 | u16_be(bytes, at + 2)?)
}

fn u32_le(bytes: &[u8], at: usize) -> Result<u32, Refusal> {
    Ok(u16_le(bytes, at + 2)? << 16 | u16_le(bytes, at)?)
}
