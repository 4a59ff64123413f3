//! The stage's header: its logo, its name, and where to find it.

use serde::{Deserialize, Serialize};

use super::{Shelf, Slide, SlideType};
use crate::forms::Field;

/// Logo and name of the stage, from the programme's look.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {}

impl SlideType for Header {
    const NAME: &'static str = "header";
    const FORM: &'static [Field] = &[];
    const SHELF: Option<Shelf> = Some(Shelf::Parts);

    fn reading_millis(&self) -> u64 {
        20_000
    }

    fn into_slide(self) -> Slide {
        Slide::Header(self)
    }
}
