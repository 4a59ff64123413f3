//! A post of a stage: who, when, what, with up to four pictures.

use serde::{Deserialize, Serialize};

use super::{Picture, Shelf, Slide, SlideType, characters, millis_to_read};
use crate::{forms::Field, programme::Medium};

/// One post as a passer-by sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Post {
    /// The post's id in the controller.
    pub id: String,
    /// Who wrote it, or the source's name.
    pub author: String,
    /// Stable name of the network it came from (`feed`); `own` when it was written here.
    pub network: String,
    /// When it was published, in milliseconds since 1970.
    pub published_at: i64,
    /// Its headline, when it has one.
    #[serde(default)]
    pub title: Option<String>,
    /// Plain text with line breaks.
    pub text: String,
    /// At most four pictures, best first.
    #[serde(default)]
    pub pictures: Vec<Picture>,
    /// Address of the post in the newsroom; drawn as a QR code.
    pub permalink: String,
    /// From when on it is shown no more, in milliseconds since 1970: screens without a network keep to it, too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<i64>,
}

impl SlideType for Post {
    const NAME: &'static str = "post";
    const FORM: &'static [Field] = &[];
    const SHELF: Option<Shelf> = None;

    fn media(&self) -> Vec<Medium> {
        self.pictures.iter().map(Picture::medium).collect()
    }

    fn reading_millis(&self) -> u64 {
        // What does not fit on the glass is not read: 600 characters is a full slide.
        millis_to_read(characters(self.title.as_deref().into_iter().chain([self.text.as_str()])).min(600))
    }

    fn ends_at(&self) -> Option<i64> {
        self.until
    }

    fn into_slide(self) -> Slide {
        Slide::Post(self)
    }
}
