//! The pages of a document. They become [`Photo`] slides, each showing a whole page.

use serde::{Deserialize, Serialize};

use super::{Material, Photo, Picture, Shelf, Slide, SlideType};
use crate::forms::{Field, Input};

/// A document, page by page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Document {
    /// Pictures of its pages.
    pub pages: Vec<Picture>,
}

impl SlideType for Document {
    const NAME: &'static str = "document";
    const FORM: &'static [Field] = &[Field { name: "pages", input: Input::Document }];
    const SHELF: Option<Shelf> = Some(Shelf::Media);

    fn reading_millis(&self) -> u64 {
        0
    }

    fn filled(self, _: &Material) -> Vec<(String, Slide)> {
        let page = |(number, picture): (usize, Picture)| {
            let photo = Photo { picture: Some(picture), fit: "whole".to_owned(), ..Photo::default() };
            (format!("page-{}", number + 1), photo.into_slide())
        };
        self.pages.into_iter().enumerate().map(page).collect()
    }

    fn into_slide(self) -> Slide {
        Slide::Document(self)
    }
}
