//! The weather at a place.

use serde::{Deserialize, Serialize};

use super::{Material, Outlook, Shelf, Slide, SlideType, Want, millis_to_read};
use crate::forms::{Field, Input};

/// What is older is not the weather any more.
const LASTS_MILLIS: i64 = 86_400_000;

/// Weather now and on the days to come.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Weather {
    /// Name of the place, as the owner wrote it.
    pub place: String,
    /// What is known; too old to be true after a day.
    pub outlook: Option<Outlook>,
}

impl SlideType for Weather {
    const NAME: &'static str = "weather";
    const FORM: &'static [Field] = &[Field { name: "place", input: Input::Line(80) }];
    const SHELF: Option<Shelf> = Some(Shelf::Live);

    fn reading_millis(&self) -> u64 {
        millis_to_read(60)
    }

    fn wants(&self) -> Option<Want> {
        (!self.place.is_empty()).then(|| Want::Weather { place: self.place.clone() })
    }

    fn ends_at(&self) -> Option<i64> {
        self.outlook.as_ref().map(|outlook| outlook.said_at.saturating_add(LASTS_MILLIS))
    }

    fn filled(self, material: &Material) -> Vec<(String, Slide)> {
        let outlook = material.weather.clone();
        if outlook.is_none() { Vec::new() } else { super::alone(Self { outlook, ..self }.into_slide()) }
    }

    fn into_slide(self) -> Slide {
        Slide::Weather(self)
    }
}
