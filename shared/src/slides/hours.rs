//! Opening hours of a week.

use serde::{Deserialize, Serialize};

use super::{Material, Shelf, Slide, SlideType, characters, millis_to_read};
use crate::forms::{Field, Input};

/// When somebody is there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Hours {
    /// What stands above; may be empty.
    pub title: String,
    /// Monday first; empty for closed. Written as `09:00–12:30, 14:00–18:00`, or any short words.
    pub week: [String; 7],
    /// A line below, about holidays for instance; may be empty.
    pub note: String,
}

impl SlideType for Hours {
    const NAME: &'static str = "hours";
    const FORM: &'static [Field] = &[
        Field { name: "title", input: Input::Line(80) },
        Field { name: "week", input: Input::Week },
        Field { name: "note", input: Input::Line(160) },
    ];
    const SHELF: Option<Shelf> = Some(Shelf::Words);

    fn reading_millis(&self) -> u64 {
        millis_to_read(characters([self.title.as_str(), &self.note]) + 100)
    }

    fn filled(self, _: &Material) -> Vec<(String, Slide)> {
        let empty = self.week.iter().all(String::is_empty);
        if empty { Vec::new() } else { super::alone(self.into_slide()) }
    }

    fn into_slide(self) -> Slide {
        Slide::Hours(self)
    }
}
