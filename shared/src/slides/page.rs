//! A picture of a web page, taken by the controller.

use serde::{Deserialize, Serialize};

use super::{Material, Picture, Shelf, Slide, SlideType, Want, millis_to_read};
use crate::{
    forms::{Field, Input},
    programme::Medium,
};

/// A web page as it looked a while ago.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Page {
    /// Address of the page.
    pub address: String,
    /// How old the picture may be, in minutes.
    pub minutes: i64,
    /// The picture.
    pub picture: Option<Picture>,
}

impl Default for Page {
    fn default() -> Self {
        Self { address: String::new(), minutes: 60, picture: None }
    }
}

impl SlideType for Page {
    const NAME: &'static str = "page";
    const FORM: &'static [Field] =
        &[Field { name: "address", input: Input::Address }, Field { name: "minutes", input: Input::Number(5, 1_440) }];
    const SHELF: Option<Shelf> = Some(Shelf::Live);

    fn media(&self) -> Vec<Medium> {
        self.picture.iter().map(Picture::medium).collect()
    }

    fn reading_millis(&self) -> u64 {
        millis_to_read(200)
    }

    fn wants(&self) -> Option<Want> {
        let minutes = self.minutes.clamp(5, 1_440);
        (!self.address.is_empty()).then(|| Want::Page { address: self.address.clone(), minutes })
    }

    fn filled(self, material: &Material) -> Vec<(String, Slide)> {
        let picture = material.page.clone();
        if picture.is_none() { Vec::new() } else { super::alone(Self { picture, ..self }.into_slide()) }
    }

    fn into_slide(self) -> Slide {
        Slide::Page(self)
    }
}
