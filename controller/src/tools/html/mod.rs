//! Strange HTML made harmless: as HTML without pictures, as plain text, and the pictures that were in it.

mod bounds;
#[cfg(test)]
mod tests;
mod walk;

use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};
use url::Url;

use super::text;

/// Longest address in a link.
const LONGEST_URL: usize = 2048;

/// What was made of strange HTML.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cleaned {
    /// Harmless HTML: no scripts, styles, forms or pictures; links to http, https and mailto only.
    pub html: String,
    /// The words, with an empty line between paragraphs.
    pub text: String,
    /// Pictures, in order; without tracking pixels.
    pub pictures: Vec<Picture>,
}

/// A picture in HTML.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// Absolute http or https address.
    pub url: String,
    /// Its description.
    pub alt: Option<String>,
    /// Width in pixels, as written.
    pub width: Option<u32>,
    /// Height in pixels, as written.
    pub height: Option<u32>,
}

static RULES: LazyLock<Builder<'static>> = LazyLock::new(|| {
    const TAGS: &[&str] = &[
        "a",
        "abbr",
        "b",
        "bdi",
        "blockquote",
        "br",
        "caption",
        "cite",
        "code",
        "dd",
        "del",
        "dfn",
        "div",
        "dl",
        "dt",
        "em",
        "figcaption",
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "i",
        "img",
        "ins",
        "kbd",
        "li",
        "mark",
        "ol",
        "p",
        "pre",
        "q",
        "rp",
        "rt",
        "ruby",
        "s",
        "samp",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "time",
        "tr",
        "u",
        "ul",
        "var",
    ];
    // Their content is not for reading.
    const DROPPED: &[&str] = &[
        "script", "style", "iframe", "object", "svg", "math", "select", "template", "textarea", "title", "noembed",
        "noframes",
    ];
    let mut rules = Builder::empty();
    rules
        .tags(TAGS.iter().copied().collect())
        .clean_content_tags(DROPPED.iter().copied().collect())
        .generic_attributes(["lang", "title"].into_iter().collect())
        .add_tag_attributes("a", &["href"])
        .add_tag_attributes("img", &["src", "alt", "width", "height", "data-src", "data-lazy-src"])
        .add_tag_attributes("ol", &["start"])
        .add_tag_attributes("td", &["colspan", "rowspan"])
        .add_tag_attributes("th", &["colspan", "rowspan", "scope"])
        .add_allowed_classes("span", &["invisible", "ellipsis"])
        .url_schemes(["http", "https", "mailto"].into_iter().collect())
        .url_relative(UrlRelative::PassThrough)
        .link_rel(Some("noopener nofollow ugc"));
    rules
});

/// Makes strange HTML harmless. Relative addresses are taken from `base`.
pub fn clean(html: &str, base: Option<&Url>, most_chars: usize) -> Cleaned {
    if !looks_like_html(html) {
        return plain(html, most_chars);
    }
    let shorter = bounds::shorten(html);
    let safe = RULES.clean(bounds::until_too_deep(&shorter)).to_string();
    let walk = walk::walk(&safe, base);
    Cleaned {
        text: text::paragraphs(&walk.text, most_chars),
        html: walk.html.trim().to_owned(),
        pictures: walk.pictures,
    }
}

/// Makes plain text into what [`clean`] returns: line breaks are kept.
pub fn plain(words: &str, most_chars: usize) -> Cleaned {
    let text = text::paragraphs(words, most_chars);
    let mut html = String::with_capacity(text.len() + 16);
    for paragraph in text.split("\n\n").filter(|paragraph| !paragraph.is_empty()) {
        html.push_str("<p>");
        for (at, row) in paragraph.split('\n').enumerate() {
            if at > 0 {
                html.push_str("<br>");
            }
            escape_into(row, &mut html);
        }
        html.push_str("</p>");
    }
    Cleaned { html, text, pictures: Vec::new() }
}

/// Returns the words of something that may be HTML or plain text, on one line.
pub fn to_line(html: &str, most_chars: usize) -> String {
    if !looks_like_html(html) {
        return text::line(html, most_chars);
    }
    text::line(&clean(html, None, most_chars.saturating_mul(4)).text, most_chars)
}

/// Whether a text holds tags, comments or entities; `a < b` and `Q & A` do not.
pub fn looks_like_html(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.iter().enumerate().any(|(at, byte)| {
        let next = bytes.get(at + 1).copied().unwrap_or_default();
        match byte {
            b'<' => next.is_ascii_alphabetic() || matches!(next, b'/' | b'!' | b'?'),
            b'&' => {
                (next == b'#' || next.is_ascii_alphabetic())
                    && bytes[at + 1..].iter().take(32).skip(1).find(|b| !b.is_ascii_alphanumeric()) == Some(&b';')
            }
            _ => false,
        }
    })
}

/// Escapes text for HTML.
pub fn escape_into(text: &str, html: &mut String) {
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            c => html.push(c),
        }
    }
}

/// Completes an address and returns it when its scheme is one of these, without credentials.
pub fn web_url(address: &str, base: Option<&Url>, schemes: &[&str]) -> Option<String> {
    let address = address.trim();
    if address.is_empty() || address.len() > LONGEST_URL {
        return None;
    }
    let url = match base {
        Some(base) => base.join(address),
        None => Url::parse(address),
    }
    .ok()?;
    let plain = url.username().is_empty() && url.password().is_none();
    (schemes.contains(&url.scheme()) && plain).then(|| url.into())
}
