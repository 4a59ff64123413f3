//! A wall of photos from posts.

use serde::{Deserialize, Serialize};

use super::{Material, Picture, Shelf, Slide, SlideType, Want, characters, millis_to_read};
use crate::{
    forms::{Field, Input},
    programme::Medium,
};

/// Pictures of the newest posts, side by side.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Wall {
    /// What stands above; may be empty.
    pub title: String,
    /// Id of the topic the posts belong to; empty for all.
    pub topic: String,
    /// At most so many pictures.
    pub count: i64,
    /// The pictures, newest first.
    pub pictures: Vec<Picture>,
}

impl Default for Wall {
    fn default() -> Self {
        Self { title: String::new(), topic: String::new(), count: 9, pictures: Vec::new() }
    }
}

impl SlideType for Wall {
    const NAME: &'static str = "wall";
    const FORM: &'static [Field] = &[
        Field { name: "title", input: Input::Line(80) },
        Field { name: "topic", input: Input::Topic },
        Field { name: "count", input: Input::Number(3, 12) },
    ];
    const SHELF: Option<Shelf> = Some(Shelf::Posts);

    fn media(&self) -> Vec<Medium> {
        self.pictures.iter().map(Picture::medium).collect()
    }

    fn reading_millis(&self) -> u64 {
        millis_to_read(characters([self.title.as_str()]) + 15 * self.pictures.len())
    }

    fn wants(&self) -> Option<Want> {
        let count = usize::try_from(self.count.clamp(3, 12)).unwrap_or(3);
        Some(Want::Posts { topic: self.topic.clone(), count, days: 0, pictured: true })
    }

    fn filled(self, material: &Material) -> Vec<(String, Slide)> {
        let count = usize::try_from(self.count).unwrap_or(0);
        let pictures: Vec<_> =
            material.posts.iter().filter_map(|post| post.pictures.first()).take(count).cloned().collect();
        if pictures.is_empty() { Vec::new() } else { super::alone(Self { pictures, ..self }.into_slide()) }
    }

    fn into_slide(self) -> Slide {
        Slide::Wall(self)
    }
}
