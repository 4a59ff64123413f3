//! Strange HTML made harmless: as HTML without pictures, as plain text, and the pictures that were in it.

use std::{borrow::Cow, sync::LazyLock};

use ammonia::{Builder, UrlRelative};
use url::Url;

use super::text;

/// More HTML than this in one text is not read.
const LONGEST_HTML: usize = 256 * 1024;
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
    let shorter = shorten(html);
    let safe = RULES.clean(until_too_deep(&shorter)).to_string();
    let mut walk = Walk {
        base,
        html: String::with_capacity(safe.len()),
        text: String::new(),
        pictures: Vec::new(),
        skipped_links: 0,
    };
    walk.run(&safe);
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

/// Cuts HTML that is too long; pictures inside the text (`data:`) go first.
fn shorten(html: &str) -> Cow<'_, str> {
    if html.len() <= LONGEST_HTML {
        return Cow::Borrowed(html);
    }
    let mut shorter = String::with_capacity(LONGEST_HTML);
    for (at, piece) in html.split(";base64,").enumerate() {
        let payload = if at == 0 {
            0
        } else {
            piece.bytes().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'=')).count()
        };
        let rest = &piece[payload..];
        let mut room = LONGEST_HTML.saturating_sub(shorter.len()).min(rest.len());
        while !rest.is_char_boundary(room) {
            room -= 1;
        }
        shorter.push_str(&rest[..room]);
    }
    Cow::Owned(shorter)
}

/// Cuts HTML where more than a hundred elements are open at once: building such a tree takes time that grows with the
/// square of its depth, and nobody writes one by hand.
fn until_too_deep(html: &str) -> &str {
    const MOST_OPEN: usize = 100;
    // Elements that have no end, or end by themselves where the next one begins.
    const NO_END: &[&str] = &[
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
        "p", "li", "dt", "dd", "td", "th", "tr", "tbody", "thead", "tfoot", "option", "rp", "rt",
    ];
    // Left open when their parent ends, these are opened again in whatever follows.
    const REOPENED: &[&str] =
        &["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];
    let is_one_of = |list: &[&str], name: &str| list.iter().any(|known| known.eq_ignore_ascii_case(name));
    let bytes = html.as_bytes();
    let (mut open, mut reopened, mut at): (Vec<&str>, usize, usize) = (Vec::new(), 0, 0);
    while let Some(found) = html[at..].find('<') {
        let start = at + found;
        let ends = bytes.get(start + 1) == Some(&b'/');
        at = start + 1 + usize::from(ends);
        if !bytes.get(at).is_some_and(u8::is_ascii_alphabetic) {
            continue;
        }
        let length = bytes[at..].iter().take_while(|b| b.is_ascii_alphanumeric()).count();
        let name = &html[at..at + length];
        if ends {
            if let Some(depth) = open.iter().rposition(|known| known.eq_ignore_ascii_case(name)) {
                reopened += open.drain(depth..).skip(1).filter(|name| is_one_of(REOPENED, name)).count();
            } else if is_one_of(REOPENED, name) {
                reopened = reopened.saturating_sub(1);
            }
        } else if !is_one_of(NO_END, name) {
            open.push(name);
        }
        if open.len() + reopened > MOST_OPEN {
            return &html[..start];
        }
    }
    html
}

/// Walks once over what ammonia wrote, which is well-formed: takes pictures out, completes addresses, collects words.
struct Walk<'a> {
    base: Option<&'a Url>,
    html: String,
    text: String,
    pictures: Vec<Picture>,
    skipped_links: usize,
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

    fn words(&mut self, escaped: &str) {
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
        for (key, value) in Attributes(attributes) {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn cleaned(html: &str) -> Cleaned {
        clean(html, Url::parse("https://museum.example/blog/post").ok().as_ref(), 10_000)
    }

    #[test]
    fn paragraphs_lists_and_breaks_become_lines() {
        let result = cleaned("<h2>Neu</h2><p>Ab  Sonntag,\n 10&nbsp;Uhr.<br>Eintritt frei</p><ul><li>A<li>B</ul>");

        assert_eq!(result.text, "Neu\n\nAb Sonntag, 10\u{a0}Uhr.\nEintritt frei\n\n• A\n• B");
        assert_eq!(
            result.html,
            "<h2>Neu</h2><p>Ab  Sonntag,\n 10&nbsp;Uhr.<br>Eintritt frei</p><ul><li>A</li><li>B</li></ul>"
        );
    }

    #[test]
    fn pictures_leave_the_html() {
        let result = cleaned(
            "<p>x<img src='/a.jpg' alt='Ein &quot;Bild&quot;' width=640 height='480px'><img src=//t.example/p.gif width=1 height=1>\
             <img src='data:image/gif;base64,AAAA' data-src='b.png'></p>",
        );

        assert_eq!(result.html, "<p>x</p>");
        assert_eq!(
            result.pictures,
            [
                Picture {
                    url: "https://museum.example/a.jpg".into(),
                    alt: Some("Ein \"Bild\"".into()),
                    width: Some(640),
                    height: Some(480)
                },
                Picture { url: "https://museum.example/blog/b.png".into(), alt: None, width: None, height: None },
            ]
        );
    }

    #[test]
    fn emoji_pictures_become_emoji() {
        let result =
            cleaned("Hallo <img src='https://s.w.org/images/core/emoji/15/72x72/1f600.png' alt='😀' class=wp-smiley>!");
        assert_eq!((result.text.as_str(), result.html.as_str()), ("Hallo 😀!", "Hallo 😀!"));
    }

    #[test]
    fn nothing_that_acts_survives() {
        let payloads = [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "<svg onload=alert(1)>",
            "<a href='javascript:alert(1)'>x</a>",
            "<a href=' java\tscript:alert(1)'>x</a>",
            "<a href='data:text/html,<script>'>x</a>",
            "<iframe src='//evil'></iframe>",
            "<style>*{display:none}</style>",
            "<p style='position:fixed'>x</p>",
            "<form action=//evil><input></form>",
            "<math><mtext><table><mglyph><style><img src onerror=alert(1)>",
            "<noscript><p title='</noscript><img src onerror=alert(1)>'>",
            "<a href='vbscript:x'>x</a>",
            "<base href='//evil'>",
            "<meta http-equiv=refresh content='0;url=//evil'>",
            "<a href='https://ok.example/\" onmouseover=\"alert(1)'>x</a>",
            "<b title='\"><script>alert(1)</script>'>x</b>",
            "<x:script xmlns:x='http://www.w3.org/1999/xhtml'>alert(1)</x:script>",
            "<object data=//evil></object>",
            "<p id=x class=y name=z>x</p>",
        ];
        for payload in payloads {
            let html = cleaned(payload).html;
            let parsed = RULES.clean(&html).to_string();
            assert_eq!(parsed, html, "stays as it is when cleaned again");
            for bad in [
                "<script",
                "<img",
                "<svg",
                "<iframe",
                "<style",
                "style=",
                "<form",
                "javascript:",
                "vbscript:",
                "data:",
                "id=",
                "class=",
            ] {
                assert!(!html.to_lowercase().contains(bad), "{payload} gave {html}");
            }
            let tags: Vec<_> = html.split('<').skip(1).filter_map(|t| t.split('>').next()).collect();
            let outside: String = tags.join(" ").split('"').step_by(2).collect();
            assert!(!outside.contains(" on"), "{payload} gave {html}");
        }
    }

    #[test]
    fn links_are_complete_and_say_that_they_are_not_ours() {
        assert_eq!(
            cleaned("<a href='../x?a=1&b=2'>x</a> <a href='mailto:info@museum.example'>m</a> <a href='tel:1'>t</a>")
                .html,
            "<a href=\"https://museum.example/x?a=1&amp;b=2\" rel=\"noopener nofollow ugc\">x</a> \
             <a href=\"mailto:info@museum.example\" rel=\"noopener nofollow ugc\">m</a> t"
        );
    }

    #[test]
    fn marks_cannot_eat_a_tag() {
        let html = cleaned("<b>\u{338}x</b>\u{338}<i>y</i>").html;
        assert_eq!(RULES.clean(&html).to_string(), html);
        assert!(html.contains("<b>") && html.contains("</b>"), "{html}");
    }

    #[test]
    fn plain_text_keeps_its_lines() {
        let result = cleaned("Zeile 1\nZeile 2\n\n1 < 2 & 3 > 2");
        assert_eq!(result.text, "Zeile 1\nZeile 2\n\n1 < 2 & 3 > 2");
        assert_eq!(result.html, "<p>Zeile 1<br>Zeile 2</p><p>1 &lt; 2 &amp; 3 &gt; 2</p>");
    }

    #[test]
    fn deep_and_long_html_ends_soon() {
        for tag in [
            "<div>",
            "<b>",
            "<a href=x>",
            "<table><tr><td>",
            "<p><b><i>",
            "</p>",
            "<ul><li>",
            "<svg>",
            "&",
            "<!--",
            "<b a='",
        ] {
            let started = std::time::Instant::now();
            cleaned(&tag.repeat(LONGEST_HTML / tag.len() + 10));
            assert!(started.elapsed().as_secs() < 5, "{tag} took {:?}", started.elapsed());
        }

        for unit in [
            "<div></x>",
            "<div><b title=N></div>",
            "<p><b title=N></p>",
            "<b title=N><p></b>",
            "<i title=N></b>",
            "<table><b title=N></table>",
            "<ul><li><b title=N></ul>",
        ] {
            let started = std::time::Instant::now();
            let long: String = (0..LONGEST_HTML / unit.len()).map(|n| unit.replace('N', &n.to_string())).collect();
            cleaned(&long);
            assert!(started.elapsed().as_secs() < 5, "{unit} took {:?}", started.elapsed());
        }

        let picture = format!("<p>a</p><img src='data:image/png;base64,{}'><p>b</p>", "QUJD".repeat(500_000));
        assert_eq!(cleaned(&picture).text, "a\n\nb");
    }
}
