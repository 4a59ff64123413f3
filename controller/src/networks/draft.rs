//! From what an interface says about a post to a post that may be shown: cleaned, capped, with a hash that tells edits.

use sha2::{Digest as _, Sha256};

use super::{ImportedPost, MediaKind, RemoteMedia};
use crate::tools::{html, text};

/// Longest text of a post, in characters.
const LONGEST_TEXT: usize = 10_000;
const LONGEST_TITLE: usize = 300;
const LONGEST_ALT: usize = 1_000;
const LONGEST_TAG: usize = 100;
const MOST_TAGS: usize = 20;
const MOST_MEDIA: usize = 20;

/// A post as an interface gives it, before anything is cleaned.
#[derive(Debug, Default)]
pub(super) struct Draft<'a> {
    pub(super) id: &'a str,
    pub(super) text: &'a str,
    /// The same words as HTML, where some of them are links; made from `text` where empty.
    pub(super) html: &'a str,
    pub(super) link: Option<String>,
    pub(super) author: Option<&'a str>,
    pub(super) language: Option<&'a str>,
    pub(super) published_at: Option<i64>,
    pub(super) updated_at: Option<i64>,
    pub(super) media: Vec<RemoteMedia>,
    /// Tags that the network names; those in the text are found besides.
    pub(super) tags: Vec<String>,
}

impl Draft<'_> {
    /// Cleans it.
    pub(super) fn finish(self) -> ImportedPost {
        let mut body = html::plain(self.text, LONGEST_TEXT);
        if !self.html.is_empty() {
            body.html = html::clean(self.html, None, LONGEST_TEXT).html;
        }
        let line = |words: &str, most| Some(text::line(words, most)).filter(|line| !line.is_empty());
        let mut tags: Vec<String> = Vec::new();
        for tag in self.tags.iter().map(String::as_str).chain(hashtags(self.text)) {
            let tag = text::line(tag.trim_start_matches(['#', '\u{ff03}']), LONGEST_TAG);
            if !tag.is_empty()
                && tags.len() < MOST_TAGS
                && !tags.iter().any(|known| known.to_lowercase() == tag.to_lowercase())
            {
                tags.push(tag);
            }
        }
        let mut media: Vec<RemoteMedia> = Vec::new();
        for mut medium in self.media {
            let Some(url) = html::web_url(&medium.url, None, &["http", "https"]) else { continue };
            if media.len() < MOST_MEDIA && !media.iter().any(|known| known.url == url) {
                medium.alt = medium.alt.as_deref().and_then(|alt| line(alt, LONGEST_ALT));
                media.push(RemoteMedia { url, ..medium });
            }
        }
        let mut post = ImportedPost {
            remote_id: self.id.to_owned(),
            title: None,
            text: body.text,
            html: body.html,
            link: self.link.and_then(|link| html::web_url(&link, None, &["http", "https"])),
            author: self.author.and_then(|author| line(author, LONGEST_TITLE)),
            language: self.language.filter(|tag| is_language(tag)).map(str::to_owned),
            published_at: self.published_at,
            updated_at: self.updated_at.filter(|at| Some(*at) != self.published_at),
            media,
            tags,
            warning: None,
            content_hash: String::new(),
        };
        post.content_hash = hash(&post);
        post
    }
}

/// What the post says and shows. Signed addresses change from one listing to the next: of these only the file counts.
fn hash(post: &ImportedPost) -> String {
    let media: Vec<_> = post.media.iter().map(|m| (file_of(&m.url), m.kind, &m.alt)).collect();
    let seen = (&post.html, &post.link, &post.author, &post.language, post.published_at, &post.tags, media);
    let json = serde_json::to_string(&seen).unwrap_or_default();
    shared::hex::encode(&Sha256::digest(json.as_bytes()))
}

fn file_of(url: &str) -> &str {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    path.rsplit('/').next().unwrap_or_default()
}

/// A link with these words, as HTML.
pub(super) fn link_to(url: &str, words: &str) -> String {
    let (mut href, mut inner) = (String::new(), String::new());
    html::escape_into(url, &mut href);
    html::escape_into(words, &mut inner);
    format!("<a href=\"{href}\">{inner}</a>")
}

/// A picture at an address.
pub(super) fn picture(url: &str, alt: Option<&str>) -> RemoteMedia {
    medium(url, MediaKind::Picture, alt)
}

/// A film at an address; its poster is a picture of its own before it.
pub(super) fn film(url: &str, alt: Option<&str>) -> RemoteMedia {
    medium(url, MediaKind::Film, alt)
}

fn medium(url: &str, kind: MediaKind, alt: Option<&str>) -> RemoteMedia {
    let alt = alt.map(str::to_owned);
    RemoteMedia { url: url.to_owned(), kind, alt, width: None, height: None, mime: None }
}

fn is_language(tag: &str) -> bool {
    // X says `und`, `qme`, `zxx` and the like where it does not know.
    let says_nothing = matches!(tag, "und" | "zxx" | "art") || (tag.len() == 3 && tag.starts_with('q'));
    !says_nothing && (2..=35).contains(&tag.len()) && tag.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

/// Words after `#` in a text; a number alone is no tag.
fn hashtags(text: &str) -> impl Iterator<Item = &str> {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(['#', '\u{ff03}']).filter_map(move |(at, sign)| {
        let before = text[..at].chars().next_back();
        let rest = &text[at + sign.len()..];
        let end = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
        let tag = &rest[..end];
        let stands_alone = before.is_none_or(|c| !is_part(c) && c != '&' && c != '/');
        (stands_alone && tag.chars().any(char::is_alphabetic)).then_some(tag)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashtags_are_found_in_words() {
        let text = "#Advent im Museum, #winter_markt! Nr. #1 a#b https://x.example/#top ＃東京 #ÖPNV";
        assert_eq!(hashtags(text).collect::<Vec<_>>(), ["Advent", "winter_markt", "東京", "ÖPNV"]);
    }

    #[test]
    fn another_signature_is_no_edit_and_another_word_is_one() {
        let post =
            |text, url: &str| Draft { id: "1", text, media: vec![picture(url, None)], ..Draft::default() }.finish();
        let first = post("Text", "https://cdn.example/v/1.jpg?oe=1");
        assert_eq!(first.content_hash, post("Text", "https://cdn2.example/v/1.jpg?oe=2").content_hash);
        assert_ne!(first.content_hash, post("Text!", "https://cdn.example/v/1.jpg?oe=1").content_hash);
        assert_ne!(first.content_hash, post("Text", "https://cdn.example/v/2.jpg?oe=1").content_hash);
    }
}
