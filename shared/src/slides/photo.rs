//! A photo that fills its region.

use serde::{Deserialize, Serialize};

use super::{Picture, Shelf, Slide, SlideType, characters, millis_to_read};
use crate::{
    forms::{Field, Input},
    programme::Medium,
};

/// One photo, with a line about it if wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Photo {
    /// The photo.
    pub picture: Option<Picture>,
    /// A line on the photo; may be empty.
    pub caption: String,
    /// Who took it; may be empty.
    pub credit: String,
    /// `fill` crops it around its focus, `whole` shows all of it.
    pub fit: String,
    /// Whether it moves slowly while it is on.
    pub pan: bool,
}

impl SlideType for Photo {
    const NAME: &'static str = "photo";
    const FORM: &'static [Field] = &[
        Field { name: "picture", input: Input::Picture },
        Field { name: "caption", input: Input::Line(160) },
        Field { name: "credit", input: Input::Line(120) },
        Field { name: "fit", input: Input::Choice(&["fill", "whole"]) },
        Field { name: "pan", input: Input::Switch },
    ];
    const SHELF: Option<Shelf> = Some(Shelf::Media);

    fn media(&self) -> Vec<Medium> {
        self.picture.iter().map(Picture::medium).collect()
    }

    fn reading_millis(&self) -> u64 {
        millis_to_read(characters([self.caption.as_str()]))
    }

    fn filled(self, _: &super::Material) -> Vec<(String, Slide)> {
        if self.picture.is_some() { super::alone(self.into_slide()) } else { Vec::new() }
    }

    fn into_slide(self) -> Slide {
        Slide::Photo(self)
    }
}
