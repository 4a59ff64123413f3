//! An address to scan.

use serde::{Deserialize, Serialize};

use super::{Material, Shelf, Slide, SlideType, characters, millis_to_read};
use crate::forms::{Field, Input};

/// A large QR code and what is behind it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Qr {
    /// Why one should scan it.
    pub title: String,
    /// More about it; may be empty.
    pub text: String,
    /// The address.
    pub link: String,
}

impl SlideType for Qr {
    const NAME: &'static str = "qr";
    const FORM: &'static [Field] = &[
        Field { name: "title", input: Input::Line(120) },
        Field { name: "text", input: Input::Text(300) },
        Field { name: "link", input: Input::Address },
    ];
    const SHELF: Option<Shelf> = Some(Shelf::Words);

    fn codes(&self) -> Vec<&str> {
        vec![&self.link]
    }

    fn reading_millis(&self) -> u64 {
        // Somebody has to find their telephone.
        millis_to_read(characters([self.title.as_str(), &self.text])).max(15_000)
    }

    fn filled(self, _: &Material) -> Vec<(String, Slide)> {
        if self.link.is_empty() { Vec::new() } else { super::alone(self.into_slide()) }
    }

    fn into_slide(self) -> Slide {
        Slide::Qr(self)
    }
}
