//! One post of a Page.

use serde_json::Value;

use crate::{
    networks::{
        ImportedPost, MediaKind, RemoteMedia,
        draft::{Draft, film, link_to, picture},
        value::{id, list, text},
    },
    tools::{dates, html},
};

/// Reads a post; `None` when it has no id.
pub(super) fn read(object: &Value) -> Option<ImportedPost> {
    let id = id(object, "/id")?;
    let words = text(object, "/message").or_else(|| text(object, "/story")).unwrap_or_default();
    let attachments = list(object, "/attachments/data");
    let mut media: Vec<RemoteMedia> = attachments.iter().flat_map(all_media).collect();
    if !media.iter().any(|medium| medium.kind == MediaKind::Picture) {
        media.extend(text(object, "/full_picture").map(|url| picture(url, None)));
    }
    let (words, rich) = with_attachments(words, attachments);
    let time = |path| text(object, path).and_then(dates::parse);
    let draft = Draft {
        id: &id,
        text: &words,
        html: &rich,
        link: text(object, "/permalink_url").map(str::to_owned),
        author: object.get("from").and_then(|from| text(from, "/name")),
        published_at: time("/created_time"),
        updated_at: time("/updated_time"),
        media,
        ..Draft::default()
    };
    Some(draft.finish())
}

/// The name of the Page, where it wrote the post itself.
pub(super) fn author<'a>(object: &'a Value, page: &str) -> Option<&'a str> {
    let from = object.get("from")?;
    (id(from, "/id")? == page).then(|| text(from, "/name"))?
}

/// What an attachment shows: the pictures of an album, else its own.
fn all_media(attachment: &Value) -> Vec<RemoteMedia> {
    let parts = list(attachment, "/subattachments/data");
    let inner: Vec<_> = parts.iter().flat_map(medium).collect();
    if inner.is_empty() { medium(attachment) } else { inner }
}

/// A picture, or the still of a film and the film.
fn medium(attachment: &Value) -> Vec<RemoteMedia> {
    let Some(media) = attachment.get("media") else { return Vec::new() };
    let pixels = |image: &Value, name| image.get(name)?.as_u64()?.try_into().ok();
    let image = media.get("image").and_then(|image| {
        Some(RemoteMedia {
            width: pixels(image, "width"),
            height: pixels(image, "height"),
            ..picture(text(image, "/src")?, None)
        })
    });
    image.into_iter().chain(text(media, "/source").map(|url| film(url, None))).collect()
}

/// The words with what is shared in them as a link, and what is asked in a poll as lines.
fn with_attachments(words: &str, attachments: &[Value]) -> (String, String) {
    let mut links = Vec::new();
    let mut said = words.to_owned();
    for attachment in attachments {
        let title = text(attachment, "/title");
        match text(attachment, "/type").unwrap_or_default() {
            "share" | "event" | "file_upload" => {
                let url = text(attachment, "/unshimmed_url").or_else(|| text(attachment, "/url"));
                links.extend(url.map(|url| (title.unwrap_or(url).to_owned(), url.to_owned())));
            }
            "visual_poll" => {
                let parts = list(attachment, "/subattachments/data");
                let options = parts.iter().filter_map(|part| text(part, "/title")).map(|option| format!("• {option}"));
                let lines: Vec<_> = title.map(str::to_owned).into_iter().chain(options).collect();
                said = format!("{said}\n\n{}", lines.join("\n")).trim().to_owned();
            }
            _ => {}
        }
    }
    if links.is_empty() {
        return (said, String::new());
    }
    let mut rich = html::plain(&said, usize::MAX).html;
    for (title, url) in links {
        rich.push_str(&format!("<p>{}</p>", link_to(&url, &title)));
        said = format!("{said}\n\n{title}").trim().to_owned();
    }
    (said, rich)
}
