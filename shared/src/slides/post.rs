//! A post of a stage: who, when, what, with up to four pictures.

use serde::{Deserialize, Serialize};

use super::{Picture, Shelf, Slide, SlideType, characters, millis_to_read};
use crate::{forms::Field, programme::Medium};

/// One post as a passer-by sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Post {
    /// The post's id in the controller.
    pub id: String,
    /// Who wrote it, or the source's name.
    pub author: String,
    /// Stable name of the network it came from (`feed`); `own` when it was written here.
    pub network: String,
    /// When it was published, in milliseconds since 1970.
    pub published_at: i64,
    /// Its headline, when it has one.
    #[serde(default)]
    pub title: Option<String>,
    /// Plain text with line breaks.
    pub text: String,
    /// At most four pictures, best first.
    #[serde(default)]
    pub pictures: Vec<Picture>,
    /// Address of the post in the newsroom; drawn as a QR code.
    pub permalink: String,
    /// From when on it is shown no more, in milliseconds since 1970: screens without a network keep to it, too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<i64>,
}

impl SlideType for Post {
    const NAME: &'static str = "post";
    const FORM: &'static [Field] = &[];
    const SHELF: Option<Shelf> = None;

    fn media(&self) -> Vec<Medium> {
        self.pictures.iter().map(Picture::medium).collect()
    }

    fn codes(&self) -> Vec<&str> {
        vec![&self.permalink]
    }

    fn reading_millis(&self) -> u64 {
        // What does not fit on the glass is not read: 600 characters is a full slide.
        millis_to_read(characters(self.title.as_deref().into_iter().chain([self.text.as_str()])).min(600))
    }

    fn ends_at(&self) -> Option<i64> {
        self.until
    }

    fn into_slide(self) -> Slide {
        Slide::Post(self)
    }
}

#[cfg(test)]
mod tests {
    use super::Post;
    use crate::{
        programme::{Entry, Schedule, Zone},
        slides::SlideType,
    };

    #[test]
    fn a_post_is_off_the_screen_at_its_end_without_being_told() {
        let json = r#"{"id":"p","author":"","network":"own","published_at":0,"text":"x","permalink":""}"#;
        let old: Post = serde_json::from_str(json).unwrap();
        let post = Post { until: Some(1_000), ..old.clone() };
        let entry = |post: Post| {
            let (id, when) = ("post-p".to_owned(), Schedule::default());
            Entry { id, millis: 8_000, when, slide: post.into_slide() }
        };
        let on = |post: &Post, at| entry(post.clone()).may_be_on(at, &Zone::default());

        assert_eq!((on(&post, 999), on(&post, 1_000)), (true, false));
        assert!(on(&old, i64::MAX), "one without an end stays");
        assert!(!serde_json::to_string(&old).unwrap().contains("until"), "and says nothing of it");
    }
}
