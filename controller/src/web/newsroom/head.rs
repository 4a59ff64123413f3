//! What a page says of itself to search engines and to those who show a link to it.

use serde_json::{Value, json};

use super::{super::pictures::Image, room::Room};
use crate::{store::Post, tools::text};

/// Longest description, in characters.
const LONGEST: usize = 200;

/// The head of a page.
#[derive(Default)]
pub(super) struct Head {
    /// Its title, without the name of the stage.
    pub(super) title: String,
    /// What it is about.
    pub(super) description: String,
    /// Path and query of its one address, without the language.
    pub(super) path: String,
    /// Whether it is a single article.
    pub(super) article: bool,
    /// Whether search engines may list it, and may be told of it in each language.
    pub(super) listed: bool,
    /// A picture that stands for it.
    pub(super) picture: Option<(String, String)>,
    /// The feed that goes with it, without its ending.
    pub(super) feed: String,
    /// Linked data (schema.org), as it stands in the page.
    pub(super) data: String,
}

impl Head {
    /// The head of a list.
    pub(super) fn of_list(room: &Room, title: &str, path: String) -> Self {
        let picture = room.logo_image().map(|logo| (room.address(&logo.src), logo.alt));
        Self {
            title: title.to_owned(),
            description: text::line(&room.stage.description, LONGEST),
            feed: format!("{}/feed", room.path()),
            data: written(&organisation(room)),
            listed: true,
            picture,
            path,
            ..Self::default()
        }
    }

    /// The head of a post.
    pub(super) fn of_post(room: &Room, called: &str, post: &Post, pictures: &[Image]) -> Self {
        let path = room.post_path(post);
        let images: Vec<_> = pictures.iter().take(4).map(|picture| room.address(&picture.src)).collect();
        let author = room.signed(post);
        let mut data = json!({
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": called,
            "url": room.address(&path),
            "mainEntityOfPage": room.address(&path),
            "datePublished": room.iso(&post.published_at),
            "dateModified": room.iso(&post.changed_at.max(post.published_at)),
            "inLanguage": post.language.as_deref().unwrap_or(room.own_lang()),
            "isAccessibleForFree": true,
            "publisher": organisation(room),
            "author": { "@type": "Organization", "name": if author.is_empty() { &room.stage.name } else { author } },
        });
        if let (false, Some(all)) = (images.is_empty(), data.as_object_mut()) {
            all.insert("image".to_owned(), images.into());
        }
        Self {
            title: called.to_owned(),
            description: text::line(&post.text, LONGEST),
            feed: format!("{}/feed", room.path()),
            data: written(&data),
            article: true,
            listed: true,
            picture: pictures.first().map(|picture| (room.address(&picture.src), picture.alt.clone())),
            path,
        }
    }

    /// The head of a page that search engines need not list.
    pub(super) fn unlisted(self) -> Self {
        Self { listed: false, data: String::new(), ..self }
    }
}

fn organisation(room: &Room) -> Value {
    let mut organisation = json!({
        "@context": "https://schema.org",
        "@type": "Organization",
        "name": room.stage.name,
        "url": room.address(room.start()),
    });
    let Some(all) = organisation.as_object_mut() else { return organisation };
    if !room.stage.description.is_empty() {
        all.insert("description".to_owned(), room.stage.description.as_str().into());
    }
    if let Some(logo) = room.logo_image() {
        all.insert("logo".to_owned(), room.address(&logo.src).into());
    }
    let elsewhere: Vec<_> = room.held.profiles.iter().map(|profile| profile.address.as_str()).collect();
    if !elsewhere.is_empty() {
        all.insert("sameAs".to_owned(), elsewhere.into());
    }
    organisation
}

/// Data as it may stand in a page: nothing in it ends the element it stands in.
fn written(data: &Value) -> String {
    data.to_string().replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::written;

    #[test]
    fn no_data_ends_the_element_that_holds_it() {
        let data = json!({ "name": "</script><script>alert(1)</script><!-- & \u{2028}" });

        let text = written(&data);

        assert!(!text.contains(['<', '>', '&']), "{text}");
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), data);
    }
}
