//! The time of day, and the date if wanted.

use serde::{Deserialize, Serialize};

use super::SlideType;
use crate::forms::{Field, Input};

/// Time in the programme's time zone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clock {
    /// Whether the date stands below the time.
    #[serde(default)]
    pub date: bool,
}

impl SlideType for Clock {
    const NAME: &'static str = "clock";
    const FORM: &'static [Field] = &[Field { name: "date", input: Input::Switch }];

    fn reading_millis(&self) -> u64 {
        60_000
    }
}
