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
    /// Decodes a picture, upright, as PNG; works below a folder.
    pub async fn decode(&self, picture: &[u8], below: &Path) -> Result<Vec<u8>, Refusal> {
        let (_folder, place) = workplace(below)?;
        tokio::fs::write(place.join(FROM), picture).await?;
        let arguments = [OsStr::new(FROM), OsStr::new(TO)];
        self.leash.output(&self.program, &arguments, &DECODING, &place, LONGEST_ANSWER).await?;
        for name in [TO, FIRST] {
            match tokio::fs::read(place.join(name)).await {
                Ok(png) => return Ok(png),
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(Refusal::Broken)
    }
}
