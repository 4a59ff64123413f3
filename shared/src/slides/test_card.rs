//! A test card: grid, colours, resolution and addresses, for whoever sets up a display.

use serde::{Deserialize, Serialize};

use super::{Shelf, Slide, SlideType};
use crate::forms::Field;

/// Everything one needs to judge a display.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TestCard {}

impl SlideType for TestCard {
    const NAME: &'static str = "test_card";
    const FORM: &'static [Field] = &[];
    const SHELF: Option<Shelf> = Some(Shelf::Parts);

    fn reading_millis(&self) -> u64 {
        20_000
    }

    fn into_slide(self) -> Slide {
        Slide::TestCard(self)
    }
}
