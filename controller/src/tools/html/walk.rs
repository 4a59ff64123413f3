//! From what ammonia wrote to HTML without pictures, words, and the pictures.

use std::borrow::Cow;

use url::Url;

use super::{Picture, escape_into, web_url};
use crate::tools::text;

/// Walks once over what ammonia wrote, which is well-formed: takes pictures out, completes addresses, collects words.
pub(super) struct Walk<'a> {
    base: Option<&'a Url>,
    pub(super) html: String,
    pub(super) text: String,
    pub(super) pictures: Vec<Picture>,
    skipped_links: usize,
    /// What each open `<span>` is for.
    spans: Vec<Span>,
}

/// What a `<span>` is for: Mastodon shortens long addresses with them.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Span {
    /// Nothing.
    Plain,
    /// The part that nobody has to read.
    Invisible,
    /// The part that is followed by dots.
    Ellipsis,
}

/// Walks once over harmless HTML.
pub(super) fn walk<'a>(safe: &str, base: Option<&'a Url>) -> Walk<'a> {
    let html = String::with_capacity(safe.len());
    let mut walk = Walk { base, html, text: String::new(), pictures: Vec::new(), skipped_links: 0, spans: Vec::new() };
    walk.run(safe);
    walk
}

impl Walk<'_> {
    fn run(&mut self, safe: &str) {
        let mut rest = safe;
        while !rest.is_empty() {
            let Some(inside) = rest.strip_prefix('<') else {
                let end = rest.find('<').unwrap_or(rest.len());
                self.words(&rest[..end]);
                rest = &rest[end..];
                continue;
            };
            let end = tag_end(inside);
            self.tag(&inside[..end]);
            rest = inside.get(end + 1..).unwrap_or_default();
        }
    }

    fn is_hidden(&self) -> bool {
        self.spans.contains(&Span::Invisible)
    }

    /// Opens or closes a `<span>`.
    fn span(&mut self, is_end: bool, attributes: &str) {
        if is_end {
            if self.spans.pop() == Some(Span::Ellipsis) {
                self.words("…");
            }
            return;
        }
        let class = Attributes(attributes).find(|(key, _)| *key == "class").map_or("", |(_, value)| value);
        let is = |name: &str| class.split_ascii_whitespace().any(|word| word == name);
        self.spans.push(match (is("invisible"), is("ellipsis")) {
            (true, _) => Span::Invisible,
            (false, true) => Span::Ellipsis,
            (false, false) => Span::Plain,
        });
    }

    fn words(&mut self, escaped: &str) {
        if self.is_hidden() {
            return;
        }
        let escaped = text::clean(escaped);
        self.html.push_str(&escaped);
        // Line breaks in the source are blanks.
        for (at, row) in unescape(&escaped).split(['\n', '\r']).enumerate() {
            if at > 0 {
                self.text.push(' ');
            }
            self.text.push_str(row);
        }
    }

    fn tag(&mut self, tag: &str) {
        let name_end = tag.find(|c: char| c.is_ascii_whitespace()).unwrap_or(tag.len());
        let (name, attributes) = tag.split_at(name_end);
        let was_hidden = self.is_hidden();
        if name.trim_start_matches('/') == "span" {
            self.span(name.starts_with('/'), attributes);
        }
        if was_hidden || self.is_hidden() {
            return;
        }
        match name.trim_start_matches('/') {
            "img" => return self.picture(attributes),
            "br" | "div" => self.text.push('\n'),
            "tr" | "dt" | "dd" => self.text.push('\n'),
            "li" if name == "li" => self.text.push_str("\n• "),
            "td" | "th" => self.text.push(' '),
            "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "blockquote" | "pre" | "ul" | "ol" | "dl" | "table"
            | "figure" | "figcaption" | "hr" | "caption" => self.text.push_str("\n\n"),
            _ => {}
        }
        if name == "/a" && self.skipped_links > 0 {
            self.skipped_links -= 1;
            return;
        }
        if attributes.is_empty() {
            self.html.push('<');
            self.html.push_str(name);
            self.html.push('>');
            return;
        }
        let start = self.html.len();
        self.html.push('<');
        self.html.push_str(name);
        let mut has_address = name != "a";
        for (key, value) in Attributes(attributes).filter(|(key, _)| *key != "class") {
            let value = text::clean(value);
            let value = if key == "href" {
                has_address = true;
                let Some(url) = web_url(&unescape(&value), self.base, &["http", "https", "mailto"]) else {
                    has_address = false;
                    break;
                };
                let mut escaped = String::with_capacity(url.len());
                escape_into(&url, &mut escaped);
                Cow::Owned(escaped)
            } else {
                value
            };
            self.html.push(' ');
            self.html.push_str(key);
            self.html.push_str("=\"");
            self.html.push_str(&value);
            self.html.push('"');
        }
        if has_address {
            self.html.push('>');
        } else {
            self.html.truncate(start);
            self.skipped_links += 1;
        }
    }

    fn picture(&mut self, attributes: &str) {
        let mut picture = Picture { url: String::new(), alt: None, width: None, height: None };
        let mut lazy = None;
        for (key, value) in Attributes(attributes) {
            match key {
                "src" => picture.url = unescape(value).into_owned(),
                "data-src" | "data-lazy-src" => lazy = Some(unescape(value).into_owned()),
                "alt" => picture.alt = Some(text::line(&unescape(value), 1000)).filter(|alt| !alt.is_empty()),
                "width" => picture.width = pixels(value),
                "height" => picture.height = pixels(value),
                _ => {}
            }
        }
        let address = lazy.unwrap_or(picture.url);
        let Some(url) = web_url(&address, self.base, &["http", "https"]) else { return };
        // Blogs replace emoji by pictures: the description is the emoji.
        if let Some(alt) = picture.alt.as_deref()
            && url.contains("/emoji/")
            && alt.chars().count() <= 12
            && !alt.is_ascii()
        {
            self.text.push_str(alt);
            escape_into(alt, &mut self.html);
            return;
        }
        let pixel = |side: Option<u32>| side.is_some_and(|side| side <= 2);
        if pixel(picture.width) || pixel(picture.height) {
            return;
        }
        self.pictures.push(Picture { url, ..picture });
    }
}

/// The attributes of a tag as ammonia writes them: ` key="value"`.
struct Attributes<'a>(&'a str);

impl<'a> Iterator for Attributes<'a> {
    type Item = (&'a str, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        let (key, rest) = self.0.trim_start().split_once("=\"")?;
        let (value, rest) = rest.split_once('"')?;
        self.0 = rest;
        Some((key, value))
    }
}

/// Where a tag ends; a `>` inside quotes does not end it.
fn tag_end(inside: &str) -> usize {
    let mut quoted = false;
    for (at, byte) in inside.bytes().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b'>' if !quoted => return at,
            _ => {}
        }
    }
    inside.len()
}

fn unescape(escaped: &str) -> Cow<'_, str> {
    if !escaped.contains('&') {
        return Cow::Borrowed(escaped);
    }
    let mut plain = String::with_capacity(escaped.len());
    let mut rest = escaped;
    while let Some(at) = rest.find('&') {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        let known =
            [("&amp;", '&'), ("&lt;", '<'), ("&gt;", '>'), ("&quot;", '"'), ("&nbsp;", '\u{a0}'), ("&#39;", '\'')];
        match known.iter().find(|(name, _)| rest.starts_with(name)) {
            Some((name, c)) => {
                plain.push(*c);
                rest = &rest[name.len()..];
            }
            None => {
                plain.push('&');
                rest = &rest[1..];
            }
        }
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}

fn pixels(value: &str) -> Option<u32> {
    value.trim().trim_end_matches("px").parse().ok()
}
