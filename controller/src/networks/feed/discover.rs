//! A website instead of a feed: which feeds it names.

use url::Url;

use super::tree::{attributes, unescape};
use crate::tools::{html, text};

/// A feed that a website names.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct FoundFeed {
    /// Its address.
    pub url: String,
    /// What the website calls it.
    pub title: Option<String>,
}

/// Whether a text is a website.
pub(super) fn is_website(source: &str) -> bool {
    let mut end = source.len().min(2048);
    while !source.is_char_boundary(end) {
        end -= 1;
    }
    let head = source[..end].to_ascii_lowercase();
    head.contains("<!doctype html") || head.contains("<html") || head.contains("<head>") || head.contains("<body")
}

/// Lists the feeds that a website names, in its order: `<link rel="alternate" type="application/rss+xml" href="…">`.
pub(super) fn feeds(source: &str, address: Option<&Url>) -> Vec<FoundFeed> {
    let mut base = address.cloned();
    let mut found: Vec<FoundFeed> = Vec::new();
    for (at, _) in source.match_indices('<').take(20_000) {
        let inside = &source[at + 1..];
        let name_len = inside.bytes().take_while(u8::is_ascii_alphabetic).count();
        let name = &inside[..name_len];
        let is_base = name.eq_ignore_ascii_case("base");
        if !is_base && !name.eq_ignore_ascii_case("link") {
            continue;
        }
        let tag = inside.split('>').next().unwrap_or_default().trim_end_matches('/');
        let value = |wanted: &str| {
            attributes(tag, name_len)
                .find(|(key, _)| key.eq_ignore_ascii_case(wanted))
                .map(|(_, value)| unescape(value))
        };
        let Some(href) = value("href") else { continue };
        if is_base {
            let joined = base.as_ref().map_or_else(|| Url::parse(&href), |base| base.join(&href));
            base = joined.ok().or(base);
            continue;
        }
        let is_alternate = value("rel").is_some_and(|rel| {
            rel.split_ascii_whitespace()
                .any(|rel| rel.eq_ignore_ascii_case("alternate") || rel.eq_ignore_ascii_case("feed"))
        });
        let kind = value("type").unwrap_or_default().to_ascii_lowercase();
        let is_feed =
            ["rss+xml", "atom+xml", "rdf+xml", "feed+json", "application/json"].iter().any(|t| kind.contains(t));
        let Some(url) = html::web_url(&href, base.as_ref(), &["http", "https"]) else { continue };
        if is_alternate && is_feed && !found.iter().any(|feed| feed.url == url) {
            let title = value("title").map(|title| text::line(&title, 300)).filter(|title| !title.is_empty());
            found.push(FoundFeed { url, title });
        }
        if found.len() == 20 {
            break;
        }
    }
    found
}
