//! Time until something.

use serde::{Deserialize, Serialize};

use super::{Material, Shelf, Slide, SlideType, characters, millis_to_read};
use crate::forms::{Field, Input};

/// Days, hours and minutes until an instant.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Countdown {
    /// Until what.
    pub title: String,
    /// The instant, in milliseconds since 1970.
    pub until: i64,
    /// What is said from then on; nothing is shown any more when it is empty.
    pub after: String,
}

impl SlideType for Countdown {
    const NAME: &'static str = "countdown";
    const FORM: &'static [Field] = &[
        Field { name: "title", input: Input::Line(120) },
        Field { name: "until", input: Input::Moment },
        Field { name: "after", input: Input::Line(120) },
    ];
    const SHELF: Option<Shelf> = Some(Shelf::Words);

    fn reading_millis(&self) -> u64 {
        millis_to_read(characters([self.title.as_str()]) + 20)
    }

    fn ends_at(&self) -> Option<i64> {
        self.after.is_empty().then_some(self.until)
    }

    fn filled(self, _: &Material) -> Vec<(String, Slide)> {
        if self.until == 0 { Vec::new() } else { super::alone(self.into_slide()) }
    }

    fn into_slide(self) -> Slide {
        Slide::Countdown(self)
    }
}
