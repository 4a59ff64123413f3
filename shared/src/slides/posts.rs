//! Posts of the stage: which ones, how many, how old. They become [`Post`] slides.

use serde::{Deserialize, Serialize};

use super::{Material, Shelf, Slide, SlideType, Want};
use crate::forms::{Field, Input};

/// Which posts are shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Posts {
    /// Id of the topic they belong to; empty for all.
    pub topic: String,
    /// At most so many.
    pub count: i64,
    /// Published within so many days; 0 for any time.
    pub days: i64,
    /// `newest` or `oldest` first.
    pub order: String,
    /// Only those with a picture.
    pub pictured: bool,
}

impl Default for Posts {
    fn default() -> Self {
        Self { topic: String::new(), count: 10, days: 0, order: "newest".to_owned(), pictured: false }
    }
}

impl SlideType for Posts {
    const NAME: &'static str = "posts";
    const FORM: &'static [Field] = &[
        Field { name: "topic", input: Input::Topic },
        Field { name: "count", input: Input::Number(1, 50) },
        Field { name: "days", input: Input::Number(0, 365) },
        Field { name: "order", input: Input::Choice(&["newest", "oldest"]) },
        Field { name: "pictured", input: Input::Switch },
    ];
    const SHELF: Option<Shelf> = Some(Shelf::Posts);

    fn reading_millis(&self) -> u64 {
        0
    }

    fn wants(&self) -> Option<Want> {
        let count = usize::try_from(self.count.clamp(1, 50)).unwrap_or(1);
        Some(Want::Posts { topic: self.topic.clone(), count, days: self.days, pictured: self.pictured })
    }

    fn filled(self, material: &Material) -> Vec<(String, Slide)> {
        let mut posts = material.posts.clone();
        if self.order == "oldest" {
            posts.reverse();
        }
        posts.into_iter().map(|post| (format!("post-{}", post.id), Slide::Post(post))).collect()
    }

    fn into_slide(self) -> Slide {
        Slide::Posts(self)
    }
}
