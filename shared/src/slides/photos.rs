//! A series of photos. They become [`Photo`] slides.

use serde::{Deserialize, Serialize};

use super::{Material, Photo, Picture, Shelf, Slide, SlideType};
use crate::forms::{Field, Input};

/// Photos one after the other.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Photos {
    /// The photos, in their order.
    pub pictures: Vec<Picture>,
    /// Who took them; may be empty.
    pub credit: String,
    /// `fill` crops them around their focus, `whole` shows all of each.
    pub fit: String,
    /// Whether they move slowly while they are on.
    pub pan: bool,
}

impl SlideType for Photos {
    const NAME: &'static str = "photos";
    const FORM: &'static [Field] = &[
        Field { name: "pictures", input: Input::Pictures },
        Field { name: "credit", input: Input::Line(120) },
        Field { name: "fit", input: Input::Choice(&["fill", "whole"]) },
        Field { name: "pan", input: Input::Switch },
    ];
    const SHELF: Option<Shelf> = Some(Shelf::Media);

    fn reading_millis(&self) -> u64 {
        0
    }

    fn filled(self, _: &Material) -> Vec<(String, Slide)> {
        let Self { pictures, credit, fit, pan } = self;
        let one = |picture: Picture| {
            let key = picture.sha256.clone();
            let photo =
                Photo { picture: Some(picture), caption: String::new(), credit: credit.clone(), fit: fit.clone(), pan };
            (key, photo.into_slide())
        };
        pictures.into_iter().map(one).collect()
    }

    fn into_slide(self) -> Slide {
        Slide::Photos(self)
    }
}
