//! A film.

use serde::{Deserialize, Serialize};

use super::{FilmFile, Material, Picture, Shelf, Slide, SlideType};
use crate::{
    forms::{Field, Input},
    programme::Medium,
};

/// A film from its beginning to its end.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Film {
    /// The film.
    pub film: Option<FilmFile>,
    /// A line below; may be empty.
    pub caption: String,
    /// `fill` crops it, `whole` shows all of it.
    pub fit: String,
    /// Whether it is heard.
    pub sound: bool,
}

impl SlideType for Film {
    const NAME: &'static str = "film";
    const FORM: &'static [Field] = &[
        Field { name: "film", input: Input::Film },
        Field { name: "caption", input: Input::Line(160) },
        Field { name: "fit", input: Input::Choice(&["whole", "fill"]) },
        Field { name: "sound", input: Input::Switch },
    ];
    const SHELF: Option<Shelf> = Some(Shelf::Media);

    fn media(&self) -> Vec<Medium> {
        let file = |film: &FilmFile| Medium { sha256: film.sha256.clone(), length: film.length };
        let poster = self.film.iter().filter_map(|film| film.poster.as_ref()).map(Picture::medium);
        self.film.iter().map(file).chain(poster).collect()
    }

    fn reading_millis(&self) -> u64 {
        self.film.as_ref().map_or(0, |film| film.millis)
    }

    fn filled(self, _: &Material) -> Vec<(String, Slide)> {
        if self.film.is_some() { super::alone(self.into_slide()) } else { Vec::new() }
    }

    fn into_slide(self) -> Slide {
        Slide::Film(self)
    }
}
