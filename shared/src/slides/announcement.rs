//! An announcement: a headline and a few lines, written in the dashboard.

use serde::{Deserialize, Serialize};

use super::{Material, Picture, Shelf, Slide, SlideType, characters, millis_to_read};
use crate::{
    forms::{Field, Input},
    programme::Medium,
};

/// A headline, a text, and perhaps an address to follow.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Announcement {
    /// The line to be read from across the street.
    pub headline: String,
    /// What it is about, with line breaks; may be empty.
    pub text: String,
    /// `colour` stands on the stage's main colour, with a picture beside it; `poster` is as large as it can be; `picture` lies
    /// on the picture.
    pub design: String,
    /// A picture beside or behind it.
    pub picture: Option<Picture>,
    /// An address, drawn as a QR code; may be empty.
    pub link: String,
}

impl SlideType for Announcement {
    const NAME: &'static str = "announcement";
    const FORM: &'static [Field] = &[
        Field { name: "headline", input: Input::Line(120) },
        Field { name: "text", input: Input::Text(600) },
        Field { name: "design", input: Input::Choice(&["colour", "poster", "picture"]) },
        Field { name: "picture", input: Input::Picture },
        Field { name: "link", input: Input::Address },
    ];
    const SHELF: Option<Shelf> = Some(Shelf::Words);

    fn media(&self) -> Vec<Medium> {
        self.picture.iter().map(Picture::medium).collect()
    }

    fn codes(&self) -> Vec<&str> {
        vec![&self.link]
    }

    fn reading_millis(&self) -> u64 {
        millis_to_read(characters([self.headline.as_str(), &self.text]))
    }

    fn filled(self, _: &Material) -> Vec<(String, Slide)> {
        let empty = self.headline.is_empty() && self.text.is_empty();
        if empty { Vec::new() } else { super::alone(self.into_slide()) }
    }

    fn into_slide(self) -> Slide {
        Slide::Announcement(self)
    }
}
