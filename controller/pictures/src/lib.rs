//! Pictures: hostile bytes in, checked and re-encoded renditions out.
//!
//! Nothing of the original file travels on: no metadata, no trailing bytes, no animation. What an owner uploads and
//! what a feed links to go the same way. A pure function of bytes and limits, so it runs on any thread and in any test.

mod colour;
mod decode;
mod encode;
pub mod flash;
mod probe;
mod shrink;
#[cfg(test)]
mod tests;

use std::panic::{AssertUnwindSafe, catch_unwind};

use sha2::{Digest, Sha256};

pub use probe::{Facts, Kind, check, is_heif};

/// Widths of renditions, ascending; a picture is never enlarged to one.
pub const WIDTHS: [u32; 6] = [160, 320, 640, 1280, 1920, 3840];

/// What a picture may cost, checked on its headers before a pixel is decoded.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// Length of the file.
    pub bytes: usize,
    /// Longest width or height.
    pub side: u32,
    /// Width times height.
    pub pixels: u64,
    /// Pictures in an animation, of which only the first is used.
    pub frames: u32,
    /// Longer side divided by the shorter.
    pub aspect: u32,
    /// What decoding may take at once.
    pub memory: u64,
    /// Shortest width or height; fetched pictures smaller than this are tracking pixels.
    pub smallest_side: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 20 << 20,
            side: 16_384,
            pixels: 60_000_000,
            frames: 1_000,
            aspect: 40,
            memory: 512 << 20,
            smallest_side: 1,
        }
    }
}

/// Why a picture is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// There are no bytes.
    #[error("no bytes")]
    Empty,
    /// Longer than [`Limits::bytes`].
    #[error("too many bytes")]
    Heavy,
    /// Not JPEG, PNG, WebP or GIF, or a flavour of them nobody uses.
    #[error("not a picture of a known type")]
    Type,
    /// It says it is a picture, but cannot be read to its end.
    #[error("broken")]
    Broken,
    /// Wider or higher than [`Limits::side`].
    #[error("too wide or too high")]
    Side,
    /// More pixels than [`Limits::pixels`], or more memory to decode than [`Limits::memory`].
    #[error("too many pixels")]
    Pixels,
    /// A strip.
    #[error("too narrow a strip")]
    Aspect,
    /// An animation of more than [`Limits::frames`].
    #[error("too many frames")]
    Frames,
    /// Smaller than [`Limits::smallest_side`].
    #[error("too small")]
    Tiny,
}

/// A picture that was taken.
#[derive(Clone, Debug)]
pub struct Picture {
    /// SHA-256 of the original bytes, hexadecimal: tells a second upload of the same file.
    pub original_sha256: String,
    /// What the original was.
    pub kind: Kind,
    /// Width as a person sees it, after turning it upright.
    pub width: u32,
    /// Height as a person sees it.
    pub height: u32,
    /// Frames the original had; the first is shown.
    pub frames: u32,
    /// Average colour as `#rrggbb`, shown until the picture is there.
    pub colour: String,
    /// From small to large; never empty.
    pub renditions: Vec<Rendition>,
}

/// One size of a picture, as a browser or a screen gets it.
#[derive(Clone, Debug)]
pub struct Rendition {
    /// SHA-256 of the bytes, hexadecimal; also the address.
    pub sha256: String,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// `image/jpeg` or `image/png`.
    pub content_type: &'static str,
    /// The file.
    pub bytes: Vec<u8>,
}

/// Checks, decodes, turns upright, converts to sRGB, scales and re-encodes a picture.
///
/// Takes up to [`Limits::memory`] and some seconds of one core: not for an async thread.
pub fn render(bytes: &[u8], limits: &Limits) -> Result<Picture, Refusal> {
    let facts = check(bytes, limits)?;
    // Decoders of foreign formats meet input nobody thought of; one that panics costs this picture, not its thread.
    catch_unwind(AssertUnwindSafe(|| render_checked(bytes, limits, facts))).unwrap_or(Err(Refusal::Broken))
}

fn render_checked(bytes: &[u8], limits: &Limits, facts: Facts) -> Result<Picture, Refusal> {
    let decoded = decode::decode(bytes, facts, limits)?;
    let (width, height) = decoded.upright_size();
    let sizes = shrink::sizes(width, height);
    let scaled = shrink::scale(decoded, &sizes)?;
    let colour = colour::average(&scaled[0]);
    let renditions = encode::encode(&scaled, facts.kind)?
        .into_iter()
        .zip(&scaled)
        .map(|((content_type, bytes), image)| Rendition {
            sha256: sha256(&bytes),
            width: image.width(),
            height: image.height(),
            content_type,
            bytes,
        })
        .collect();
    Ok(Picture {
        original_sha256: sha256(bytes),
        kind: facts.kind,
        width,
        height,
        frames: facts.frames,
        colour,
        renditions,
    })
}

/// SHA-256 as hexadecimal text.
pub fn sha256(bytes: &[u8]) -> String {
    shared::hex::encode(&Sha256::digest(bytes))
}
