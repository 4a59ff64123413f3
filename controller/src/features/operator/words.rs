//! What an operator types, as harmless HTML: paragraphs, `# headings`, `- lists`, and links where an address stands.

use std::fmt::Write as _;

use crate::tools::{html, text};

use super::LONGEST;

/// Makes plain words into HTML. Nothing in them is taken for markup.
pub(super) fn html(words: &str) -> String {
    let words = text::paragraphs(words, LONGEST);
    let mut page = String::with_capacity(words.len() * 2);
    for paragraph in words.split("\n\n").filter(|paragraph| !paragraph.is_empty()) {
        let mut rows = paragraph.lines().peekable();
        while let Some(row) = rows.peek() {
            if let Some(heading) = row.strip_prefix('#') {
                let heading = heading.trim_start_matches('#').trim();
                page.push_str("<h2>");
                html::escape_into(heading, &mut page);
                page.push_str("</h2>");
                rows.next();
            } else if item(row).is_some() {
                page.push_str("<ul>");
                while let Some(words) = rows.peek().copied().and_then(item) {
                    page.push_str("<li>");
                    linked(words, &mut page);
                    page.push_str("</li>");
                    rows.next();
                }
                page.push_str("</ul>");
            } else {
                page.push_str("<p>");
                let mut first = true;
                while let Some(row) = rows.next_if(|row| item(row).is_none() && !row.starts_with('#')) {
                    if !first {
                        page.push_str("<br>");
                    }
                    linked(row, &mut page);
                    first = false;
                }
                page.push_str("</p>");
            }
        }
    }
    page
}

fn item(row: &str) -> Option<&str> {
    row.strip_prefix("- ").or_else(|| row.strip_prefix("* "))
}

/// Words in which addresses of web pages and of mail are links.
fn linked(row: &str, page: &mut String) {
    for (at, word) in row.split(' ').enumerate() {
        if at > 0 {
            page.push(' ');
        }
        // What ends a sentence or stands around an address does not belong to it.
        let bare = word.trim_matches(|c: char| "<>()[]\"'“”„,;:!?.".contains(c));
        let start = word.find(bare).unwrap_or_default();
        let Some(address) = address(bare) else {
            html::escape_into(word, page);
            continue;
        };
        html::escape_into(&word[..start], page);
        let mut escaped = String::new();
        html::escape_into(&address, &mut escaped);
        let _ = write!(page, "<a href=\"{escaped}\" rel=\"noopener\">");
        html::escape_into(bare, page);
        page.push_str("</a>");
        html::escape_into(&word[start + bare.len()..], page);
    }
}

/// Where a word leads, if it is an address.
fn address(word: &str) -> Option<String> {
    if word.starts_with("https://") || word.starts_with("http://") {
        return html::web_url(word, None, &["http", "https"]);
    }
    let (name, host) = word.split_once('@')?;
    let plain = |text: &str| text.bytes().all(|b| b.is_ascii_alphanumeric() || b".-_+".contains(&b));
    let fits = !name.is_empty() && host.contains('.') && !host.starts_with('.') && plain(name) && plain(host);
    fits.then(|| format!("mailto:{word}"))
}

#[cfg(test)]
mod tests {
    use super::html;

    #[test]
    fn paragraphs_headings_lists_and_addresses_are_told_apart() {
        let typed = "# Wer wir sind\nStadt Beispiel\nMarkt 1\n\nMail: rat@stadt.example, Netz: https://stadt.example/a?b=1&c=2.\n- eins\n- zwei\nund";

        assert_eq!(
            html(typed),
            "<h2>Wer wir sind</h2><p>Stadt Beispiel<br>Markt 1</p><p>Mail: <a href=\"mailto:rat@stadt.example\" \
             rel=\"noopener\">rat@stadt.example</a>, Netz: <a href=\"https://stadt.example/a?b=1&amp;c=2\" \
             rel=\"noopener\">https://stadt.example/a?b=1&amp;c=2</a>.</p><ul><li>eins</li><li>zwei</li></ul><p>und</p>"
        );
    }

    #[test]
    fn nothing_that_is_typed_is_markup() {
        let page = html(
            "<script>alert(1)</script> javascript:alert(1) https://a:b@evil.example/ \"x@y.z\" onload=\n\n# <b>\n- <i>",
        );

        assert!(!page.contains("<script") && !page.contains("<b>") && !page.contains("<i>"), "{page}");
        assert_eq!(page.matches("href=").count(), 1, "{page}");
        assert_eq!(html(" \n\n "), "");
    }
}
