//! Pictures: hostile bytes in, renditions out (`controller/pictures`), and how a person is told why not.

pub use pictures::flash;
pub use pictures::{Facts, Kind, Limits, Picture, Refusal, Rendition, check, is_heif, render, sha256};

/// Whether a file begins like a picture that is read.
pub fn is_known(head: &[u8]) -> bool {
    Kind::sniff(head).is_some() || is_heif(head)
}

/// The translation key of the sentence that says why a picture is not taken.
pub fn key(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::Empty => "media.refused.empty",
        Refusal::Heavy => "media.refused.heavy",
        Refusal::Type => "media.refused.type",
        Refusal::Broken => "media.refused.broken",
        Refusal::Side => "media.refused.side",
        Refusal::Pixels => "media.refused.pixels",
        Refusal::Aspect => "media.refused.aspect",
        Refusal::Frames => "media.refused.frames",
        Refusal::Tiny => "media.refused.tiny",
    }
}
