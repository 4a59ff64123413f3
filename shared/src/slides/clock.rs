//! The time of day, and the date if wanted.

use serde::{Deserialize, Serialize};

use super::{Shelf, Slide, SlideType};
use crate::forms::{Field, Input};

/// Time in the programme's time zone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Clock {
    /// `digits`, or `hands` on a dial.
    pub face: String,
    /// Whether the date stands below the time.
    pub date: bool,
}

impl SlideType for Clock {
    const NAME: &'static str = "clock";
    const FORM: &'static [Field] = &[
        Field { name: "face", input: Input::Choice(&["digits", "hands"]) },
        Field { name: "date", input: Input::Switch },
    ];
    const SHELF: Option<Shelf> = Some(Shelf::Parts);

    fn reading_millis(&self) -> u64 {
        20_000
    }

    fn into_slide(self) -> Slide {
        Slide::Clock(self)
    }
}
