//! Pictures of telephones (HEIC) and AVIF, decoded by libheif's own program.

use std::{
    ffi::OsStr,
    path::{Path, PathBuf},
    time::Duration,
};

use super::{
    child::{Failed, Leash, Limits},
    workplace,
};

/// What a picture is called while it is decoded. The program goes by the endings.
const FROM: &str = "picture.heif";
const TO: &str = "picture.png";
/// Of several pictures in a file, the first.
const FIRST: &str = "picture-1.png";
/// Longest PNG of a picture that is not too large: sixty million pixels, three bytes each.
const LONGEST: u64 = 192 << 20;
const LONGEST_ANSWER: u64 = 64 << 10;

const DECODING: Limits =
    Limits { time: Duration::from_secs(45), processor_secs: 60, memory_bytes: 3 << 29, file_bytes: LONGEST };

/// Why a picture is not taken.
#[derive(Debug, PartialEq, thiserror::Error)]
pub enum Refusal {
    /// It cannot be read.
    #[error("broken")]
    Broken,
    /// It takes more time, memory or room than there is.
    #[error("too much work")]
    Costly,
    /// Something failed that only the operator can mend.
    #[error("{0}")]
    Internal(String),
}

impl From<std::io::Error> for Refusal {
    fn from(error: std::io::Error) -> Self {
        Self::Internal(format!("decode a picture: {error}"))
    }
}

impl From<Failed> for Refusal {
    fn from(failed: Failed) -> Self {
        match failed {
            Failed::Io(error) => error.into(),
            Failed::Slow | Failed::Heavy => Self::Costly,
            Failed::GaveUp(said) if said.contains("emory") || said.contains("limit") || said.starts_with("signal") => {
                Self::Costly
            }
            Failed::GaveUp(said) => {
                tracing::debug!("a converter gave up: {said}");
                Self::Broken
            }
        }
    }
}

/// The program that decodes them.
#[derive(Clone, Debug)]
pub struct Pictures {
    pub(super) leash: Leash,
    pub(super) program: PathBuf,
}

impl Pictures {
    /// Decodes a picture, upright and without what it says of place and device, as PNG; works below a folder.
    pub async fn decode(&self, picture: &[u8], below: &Path) -> Result<Vec<u8>, Refusal> {
        let (_folder, place) = workplace(below)?;
        tokio::fs::write(place.join(FROM), picture).await?;
        let arguments = [OsStr::new(FROM), OsStr::new(TO)];
        self.leash.output(&self.program, &arguments, &DECODING, &place, LONGEST_ANSWER).await?;
        for name in [TO, FIRST] {
            match tokio::fs::read(place.join(name)).await {
                Ok(png) => return Ok(without_exif(&png)),
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(Refusal::Broken)
    }
}

/// A PNG without the facts of the camera. The picture has been turned already, as HEIF itself says; a camera says so once
/// more there, and it would be turned again.
fn without_exif(png: &[u8]) -> Vec<u8> {
    let (mark, mut rest) = png.split_at(png.len().min(8));
    let mut kept = mark.to_vec();
    while let Some(length) = rest.first_chunk::<4>() {
        // Length, name, content, checksum.
        let length = usize::try_from(u32::from_be_bytes(*length)).unwrap_or(usize::MAX);
        let (chunk, more) = rest.split_at(length.saturating_add(12).min(rest.len()));
        if chunk.get(4..8) != Some(b"eXIf") {
            kept.extend_from_slice(chunk);
        }
        rest = more;
    }
    kept.extend_from_slice(rest);
    kept
}

#[cfg(test)]
mod tests {
    use super::without_exif;

    #[test]
    fn only_the_facts_of_the_camera_go() {
        let chunk = |name: &[u8; 4], content: &[u8]| {
            let length = u32::try_from(content.len()).unwrap().to_be_bytes();
            [&length[..], name, content, b"sums"].concat()
        };
        let (head, data, end) = (chunk(b"IHDR", b"size"), chunk(b"IDAT", b"eXIf pixels"), chunk(b"IEND", b""));
        let mark: &[u8] = b"\x89PNG\r\n\x1a\n";
        let plain = [mark, &head, &data, &end].concat();

        assert_eq!(without_exif(&[mark, &head, &chunk(b"eXIf", b"MM turned"), &data, &end].concat()), plain);
        assert_eq!(without_exif(&plain), plain);
        for length in 0..plain.len() {
            assert_eq!(without_exif(&plain[..length]), plain[..length], "{length}");
        }
    }
}
