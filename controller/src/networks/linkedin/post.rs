//! One post of an organisation.

use serde_json::Value;

use super::{
    little,
    media::{Addresses, names},
};
use crate::{
    networks::{
        ImportedPost, RemoteMedia,
        draft::{Draft, film, link_to, picture},
        value::{id, list, text},
    },
    tools::html,
};

/// Whether everybody may see it: published, public, not an advertisement, the organisation's own words.
pub(super) fn is_public(element: &Value, organisation: &str) -> bool {
    let is_or_silent =
        |object: &Value, path: &str, wanted: &str| text(object, path).is_none_or(|value| value == wanted);
    let distribution = text(element, "/distribution/feedDistribution");
    is_or_silent(element, "/lifecycleState", "PUBLISHED")
        && is_or_silent(element, "/visibility", "PUBLIC")
        && is_or_silent(element, "/author", organisation)
        && distribution != Some("NONE")
        && element.get("reshareContext").is_none_or(Value::is_null)
}

/// Reads a post; `None` when it has no id.
pub(super) fn read(element: &Value, addresses: &Addresses) -> Option<ImportedPost> {
    let id = id(element, "/id")?;
    let (mut words, mut rich) = little::read(text(element, "/commentary").unwrap_or_default());
    if let Some(content) = element.get("content") {
        add_content(content, &mut words, &mut rich);
    }
    let time = |name| element.get(name).and_then(Value::as_i64);
    let edited = element.get("lifecycleStateInfo").and_then(|info| info.get("isEditedByAuthor")?.as_bool());
    let draft = Draft {
        id: &id,
        text: &words,
        html: &rich,
        link: Some(format!("https://www.linkedin.com/feed/update/{id}/")),
        published_at: time("publishedAt").or_else(|| time("createdAt")),
        updated_at: time("lastModifiedAt").filter(|_| edited == Some(true)),
        media: names(element).into_iter().flat_map(|(name, alt)| medium(name, alt, addresses)).collect(),
        ..Draft::default()
    };
    Some(draft.finish())
}

/// What belongs to the words: the article that is shared, what can be voted for, the title of a document.
fn add_content(content: &Value, words: &mut String, rich: &mut String) {
    let line = |line: &str, words: &mut String, rich: &mut String| {
        *words = format!("{words}\n{line}").trim().to_owned();
        rich.push_str(&html::plain(line, usize::MAX).html);
    };
    if let Some(article) = content.get("article") {
        let title = text(article, "/title");
        if let Some(source) = text(article, "/source") {
            rich.push_str(&format!("<p>{}</p>", link_to(source, title.unwrap_or(source))));
            words.push_str(&format!("\n\n{}", title.unwrap_or(source)));
        }
    } else if let Some(poll) = content.get("poll") {
        line(text(poll, "/question").unwrap_or_default(), words, rich);
        for option in list(poll, "/options").iter().filter_map(|option| text(option, "/text")) {
            line(&format!("• {option}"), words, rich);
        }
    } else if let Some(title) = content.get("media").filter(|media| is_document(media)).and_then(|m| text(m, "/title"))
    {
        line(title, words, rich);
    }
}

fn is_document(media: &Value) -> bool {
    text(media, "/id").is_some_and(|name| name.starts_with("urn:li:document:"))
}

fn medium(name: &str, alt: Option<&str>, addresses: &Addresses) -> Vec<RemoteMedia> {
    let Some(found) = addresses.get(name) else { return Vec::new() };
    let still = found.still.as_deref().map(|url| picture(url, alt));
    let moving = found.file.as_deref().filter(|_| name.starts_with("urn:li:video:")).map(|url| film(url, alt));
    still.into_iter().chain(moving).collect()
}
