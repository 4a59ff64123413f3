//! An announcement: a headline and a few lines, written in the dashboard.

use serde::{Deserialize, Serialize};

use super::{Picture, SlideType, millis_to_read};
use crate::forms::{Field, Input};

/// A headline, a text, and perhaps an address to follow.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Announcement {
    /// The line to be read from across the street.
    #[serde(default)]
    pub headline: String,
    /// What it is about, with line breaks; may be empty.
    #[serde(default)]
    pub text: String,
    /// A picture beside or behind it.
    #[serde(default)]
    pub picture: Option<Picture>,
    /// An address, drawn as a QR code; may be empty.
    #[serde(default)]
    pub link: String,
}

impl SlideType for Announcement {
    const NAME: &'static str = "announcement";
    const FORM: &'static [Field] = &[
        Field { name: "headline", input: Input::Line(120) },
        Field { name: "text", input: Input::Text(600) },
        Field { name: "link", input: Input::Line(500) },
    ];

    fn media(&self) -> Vec<&Picture> {
        self.picture.iter().collect()
    }

    fn reading_millis(&self) -> u64 {
        millis_to_read(self.headline.chars().count() + self.text.chars().count())
    }
}
