//! JSON Feed 1.0 and 1.1.

use std::borrow::Cow;

use serde_json::{Map, Value};
use url::Url;

use super::{
    ReadError,
    assemble::{Assembly, Draft, DraftMedia, Words, language_tag},
    xml::MOST_POSTS,
};
use crate::{
    networks::{Batch, SourceFacts},
    tools::{html, text},
};

/// Reads a document that begins with `{`.
pub(super) fn read(
    source: &str,
    address: Option<&Url>,
    mut assembly: Assembly<'_>,
) -> Result<(Batch, Vec<String>), ReadError> {
    let value = match serde_json::from_str::<Value>(source) {
        Ok(value) => value,
        Err(error) => {
            let saved = repair(source).ok_or_else(|| ReadError::BrokenJson(error.to_string()))?;
            assembly.problem(None, "feeds.problem.truncated", &error.to_string());
            saved
        }
    };
    let Value::Object(feed) = value else { return Err(ReadError::NotAFeed) };
    let version = string(&feed, "version").unwrap_or_default();
    let items = feed.get("items").and_then(Value::as_array);
    if !version.contains("jsonfeed.org") && items.is_none() {
        return Err(ReadError::NotAFeed);
    }
    let mut batch = Batch { source: facts(&feed, &version, address), ..Batch::default() };
    assembly.language.clone_from(&batch.source.language);
    for (at, item) in items.into_iter().flatten().enumerate() {
        let position = at + 1;
        if position > MOST_POSTS {
            assembly.problem(None, "feeds.problem.too_many_posts", &MOST_POSTS.to_string());
            break;
        }
        let draft = item.as_object().and_then(|item| post(item, position, address));
        match draft {
            Some(draft) => assembly.add(draft),
            None => assembly.problem(Some(position), "feeds.problem.json_without_id", ""),
        }
    }
    let (posts, problems, shared) = assembly.finish();
    batch.posts = posts;
    batch.problems = problems;
    Ok((batch, shared))
}

/// A string; numbers are taken as they are written.
fn string<'v>(object: &'v Map<String, Value>, key: &str) -> Option<Cow<'v, str>> {
    match object.get(key)? {
        Value::String(text) if !text.trim().is_empty() => Some(Cow::Borrowed(text)),
        Value::Number(number) => Some(Cow::Owned(number.to_string())),
        _ => None,
    }
}

fn facts(feed: &Map<String, Value>, version: &str, address: Option<&Url>) -> SourceFacts {
    let url = |key: &str| html::web_url(&string(feed, key)?, address, &["http", "https"]);
    let line = |key: &str, most: usize| {
        string(feed, key).map(|words| text::line(&words, most)).filter(|line| !line.is_empty())
    };
    let hubs = feed.get("hubs").and_then(Value::as_array).into_iter().flatten();
    let number = version.rsplit("version/").next().filter(|number| matches!(*number, "1" | "1.0" | "1.1"));
    SourceFacts {
        format: number.map_or("JSON Feed".to_owned(), |number| {
            format!("JSON Feed {}", if number == "1" { "1.0" } else { number })
        }),
        title: line("title", 300),
        link: url("home_page_url"),
        description: line("description", 1000),
        language: string(feed, "language").as_deref().and_then(language_tag),
        icon: url("favicon"),
        logo: url("icon"),
        ttl_secs: None,
        skip_hours: Vec::new(),
        skip_days: Vec::new(),
        hubs: hubs
            .filter_map(|hub| html::web_url(&string(hub.as_object()?, "url")?, address, &["http", "https"]))
            .take(5)
            .collect(),
        self_url: url("feed_url"),
        next_url: url("next_url"),
        expired: feed.get("expired") == Some(&Value::Bool(true)),
    }
}

/// What a feed says about one post; without an id it is none.
fn post<'v>(item: &'v Map<String, Value>, position: usize, address: Option<&Url>) -> Option<Draft<'v>> {
    let id = string(item, "id")?;
    let list = |key: &str| item.get(key).and_then(Value::as_array).into_iter().flatten();
    let person = |person: &'v Value| string(person.as_object()?, "name");
    let html = string(item, "content_html").map(Words::Html);
    let plain = string(item, "content_text").or_else(|| string(item, "summary")).map(Words::Plain);
    let mut authors: Vec<_> = list("authors").filter_map(person).collect();
    if authors.is_empty() {
        authors.extend(item.get("author").and_then(person));
    }
    let mut media: Vec<_> = string(item, "image").map(|url| picture(url, false)).into_iter().collect();
    for attachment in list("attachments").filter_map(Value::as_object) {
        let Some(url) = string(attachment, "url") else { continue };
        let (mime, alt) = (string(attachment, "mime_type"), string(attachment, "title").map(Words::Html));
        media.push(DraftMedia { url, mime, alt, ..DraftMedia::default() });
    }
    media.extend(string(item, "banner_image").map(|url| picture(url, true)));
    Some(Draft {
        position,
        id: Some(id),
        link: string(item, "url").or_else(|| string(item, "external_url")),
        title: string(item, "title").map(Words::Plain),
        body: html.or(plain),
        authors,
        language: string(item, "language"),
        published: string(item, "date_published").into_iter().collect(),
        updated: string(item, "date_modified").into_iter().collect(),
        media,
        tags: list("tags").filter_map(Value::as_str).map(Cow::Borrowed).collect(),
        warning: None,
        base: address.cloned(),
    })
}

fn picture(url: Cow<'_, str>, is_thumbnail: bool) -> DraftMedia<'_> {
    DraftMedia { url, medium: Some(Cow::Borrowed("image")), is_thumbnail, ..DraftMedia::default() }
}

/// Saves what can be saved of JSON that does not parse: half surrogates and raw control characters are replaced, and a
/// document that breaks off ends after its last whole item.
fn repair(source: &str) -> Option<Value> {
    let mut sound = String::with_capacity(source.len() + 2);
    let (mut depth, mut in_string, mut last_item) = (0_u32, false, 0);
    let mut rest = source;
    while let Some(c) = rest.chars().next() {
        let mut taken = c.len_utf8();
        match c {
            '\\' if in_string => {
                let (escape, length) = escape(rest);
                sound.push_str(escape);
                rest = rest.get(length..).unwrap_or_default();
                continue;
            }
            '"' => in_string = !in_string,
            c if in_string && c.is_control() => {
                sound.push(' ');
                rest = &rest[taken..];
                continue;
            }
            '{' | '[' if !in_string => depth += 1,
            '}' | ']' if !in_string => depth = depth.saturating_sub(1),
            '\u{0}' => taken = 1,
            _ => {}
        }
        sound.push(c);
        if c == '}' && !in_string && depth == 2 {
            last_item = sound.len();
        }
        rest = &rest[taken..];
    }
    if let Ok(value) = serde_json::from_str(&sound) {
        return Some(value);
    }
    if last_item == 0 {
        return None;
    }
    sound.truncate(last_item);
    sound.push_str("]}");
    serde_json::from_str(&sound).ok()
}

/// An escape in a string, made sound, and how many bytes of the source it took.
fn escape(rest: &str) -> (&str, usize) {
    let unit = |at: usize| rest.get(at..at + 4).and_then(|hex| u16::from_str_radix(hex, 16).ok());
    match rest.as_bytes().get(1) {
        Some(b'u') => match unit(2) {
            Some(0xd800..=0xdbff) => {
                let low = rest.get(6..8) == Some("\\u") && matches!(unit(8), Some(0xdc00..=0xdfff));
                if low { (&rest[..12], 12) } else { ("\\ufffd", 6) }
            }
            Some(0xdc00..=0xdfff) => ("\\ufffd", 6),
            Some(_) => (&rest[..6], 6),
            None => ("\\ufffd", 2),
        },
        Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => (&rest[..2], 2),
        _ => ("\\\\", 1),
    }
}
