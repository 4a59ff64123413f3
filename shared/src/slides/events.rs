//! What is to come, from a calendar.

use serde::{Deserialize, Serialize};

use super::{Event, Material, Shelf, Slide, SlideType, Want, characters, millis_to_read};
use crate::forms::{Field, Input};

/// Events of a calendar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Events {
    /// What stands above them; may be empty.
    pub title: String,
    /// Address of the calendar (iCalendar, RFC 5545).
    pub address: String,
    /// At most so many.
    pub count: i64,
    /// Soonest first. What has ended is left out when it is drawn.
    pub events: Vec<Event>,
}

impl Default for Events {
    fn default() -> Self {
        Self { title: String::new(), address: String::new(), count: 5, events: Vec::new() }
    }
}

impl SlideType for Events {
    const NAME: &'static str = "events";
    const FORM: &'static [Field] = &[
        Field { name: "title", input: Input::Line(80) },
        Field { name: "address", input: Input::Address },
        Field { name: "count", input: Input::Number(1, 8) },
    ];
    const SHELF: Option<Shelf> = Some(Shelf::Live);

    fn reading_millis(&self) -> u64 {
        millis_to_read(characters(self.events.iter().map(|event| event.title.as_str())) + 12 * self.events.len())
    }

    fn wants(&self) -> Option<Want> {
        // A few more than are shown: a screen without network leaves out those that have ended.
        let count = usize::try_from(self.count.clamp(1, 8)).unwrap_or(1) * 3;
        (!self.address.is_empty()).then(|| Want::Events { address: self.address.clone(), count })
    }

    fn ends_at(&self) -> Option<i64> {
        self.events.iter().map(|event| event.until.max(event.from.saturating_add(1))).max()
    }

    fn filled(self, material: &Material) -> Vec<(String, Slide)> {
        let events = material.events.clone();
        if events.is_empty() { Vec::new() } else { super::alone(Self { events, ..self }.into_slide()) }
    }

    fn into_slide(self) -> Slide {
        Slide::Events(self)
    }
}
