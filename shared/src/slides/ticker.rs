//! A line of news that runs through its region.

use serde::{Deserialize, Serialize};

use super::{Material, Shelf, Slide, SlideType, Want, characters, millis_to_read};
use crate::forms::{Field, Input};

/// Lines one after the other: own ones, then headlines of posts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Ticker {
    /// Own lines, one each.
    pub text: String,
    /// Headlines of so many posts after them.
    pub count: i64,
    /// Id of the topic the posts belong to; empty for all.
    pub topic: String,
    /// `slow`, `medium` or `fast`.
    pub speed: String,
    /// What runs, in this order.
    pub lines: Vec<String>,
}

impl Default for Ticker {
    fn default() -> Self {
        Self { text: String::new(), count: 5, topic: String::new(), speed: "medium".to_owned(), lines: Vec::new() }
    }
}

/// Longest headline of a post in a ticker, in characters.
const LONGEST: usize = 160;

impl SlideType for Ticker {
    const NAME: &'static str = "ticker";
    const FORM: &'static [Field] = &[
        Field { name: "text", input: Input::Text(2_000) },
        Field { name: "count", input: Input::Number(0, 20) },
        Field { name: "topic", input: Input::Topic },
        Field { name: "speed", input: Input::Choice(&["medium", "slow", "fast"]) },
    ];
    const SHELF: Option<Shelf> = Some(Shelf::Words);

    fn reading_millis(&self) -> u64 {
        millis_to_read(characters(self.lines.iter().map(String::as_str))).max(60_000)
    }

    fn wants(&self) -> Option<Want> {
        let count = usize::try_from(self.count.clamp(0, 20)).unwrap_or(0);
        (count > 0).then(|| Want::Posts { topic: self.topic.clone(), count, days: 0, pictured: false })
    }

    fn filled(self, material: &Material) -> Vec<(String, Slide)> {
        let own = self.text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned);
        let headline = |post: &super::Post| {
            let text = post.title.as_deref().or_else(|| post.text.lines().find(|line| !line.trim().is_empty()));
            text.map(shorten)
        };
        let lines: Vec<_> = own.chain(material.posts.iter().filter_map(headline)).collect();
        if lines.is_empty() { Vec::new() } else { super::alone(Self { lines, ..self }.into_slide()) }
    }

    fn into_slide(self) -> Slide {
        Slide::Ticker(self)
    }
}

/// A line no longer than a ticker's longest, cut at a word.
fn shorten(text: &str) -> String {
    let text = text.trim();
    let Some((end, _)) = text.char_indices().nth(LONGEST) else { return text.to_owned() };
    let cut = text[..end].rfind(char::is_whitespace).unwrap_or(end);
    format!("{}…", text[..cut].trim_end())
}
