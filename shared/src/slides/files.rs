//! Pictures and films, named by what is in them.

use serde::{Deserialize, Serialize};

use crate::programme::Medium;

/// One picture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// SHA-256 of the file, hexadecimal; also its address, `/media/<sha256>`.
    pub sha256: String,
    /// Length of the file in bytes.
    pub length: u64,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// What is to be seen, in words; empty when nobody said.
    #[serde(default)]
    pub alt: String,
    /// What must stay in sight when it is cropped.
    #[serde(default, skip_serializing_if = "Focus::is_middle")]
    pub focus: Focus,
}

impl Picture {
    /// The file of it.
    pub fn medium(&self) -> Medium {
        Medium { sha256: self.sha256.clone(), length: self.length }
    }
}

/// A point of a picture, in percent from its left and upper edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Focus {
    /// From the left edge.
    pub x: u8,
    /// From the upper edge.
    pub y: u8,
}

impl Default for Focus {
    fn default() -> Self {
        Self { x: 50, y: 50 }
    }
}

impl Focus {
    fn is_middle(&self) -> bool {
        *self == Self::default()
    }
}

/// One film.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilmFile {
    /// SHA-256 of the file, hexadecimal; also its address.
    pub sha256: String,
    /// Length of the file in bytes.
    pub length: u64,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// How long it runs, in milliseconds.
    pub millis: u64,
    /// Its first picture, for screens that cannot play it and until it plays.
    #[serde(default)]
    pub poster: Option<Picture>,
}
