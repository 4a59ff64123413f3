//! The words of a post of X: short links as people know them, links to pictures left out.

use serde_json::Value;

use crate::networks::{
    draft::link_to,
    value::{list, text},
};

/// Words, plain and as HTML.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Words {
    pub(super) text: String,
    pub(super) html: String,
}

/// Composes the words. Positions of links count code points.
pub(super) fn compose(raw: &str, entities: &Value) -> Words {
    let characters: Vec<char> = raw.chars().collect();
    let mut links: Vec<(usize, usize, &Value)> = list(entities, "/urls").iter().filter_map(place).collect();
    links.sort_by_key(|(start, ..)| *start);
    let mut words = Words::default();
    let mut at = 0;
    for (start, end, link) in links {
        if start < at || end > characters.len() || start >= end {
            continue;
        }
        words.plain(&characters[at..start]);
        at = end;
        // A link to the picture that stands below the words anyway.
        if text(link, "/media_key").is_some() {
            continue;
        }
        let short = text(link, "/url").unwrap_or_default();
        let shown = text(link, "/display_url").unwrap_or(short);
        words.text.push_str(shown);
        words.html.push_str(&link_to(short, shown));
    }
    words.plain(&characters[at..]);
    words.text = words.text.trim().to_owned();
    words.html = format!("<p>{}</p>", words.html.trim());
    words
}

fn place(link: &Value) -> Option<(usize, usize, &Value)> {
    let number = |name| usize::try_from(link.get(name)?.as_u64()?).ok();
    Some((number("start")?, number("end")?, link))
}

impl Words {
    fn plain(&mut self, characters: &[char]) {
        let raw: String = characters.iter().collect();
        // Of markup X writes three signs in another way, and no more.
        let plain = raw.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
        self.text.push_str(&plain);
        let mut safe = String::with_capacity(plain.len());
        crate::tools::html::escape_into(&plain, &mut safe);
        self.html.push_str(&safe.replace("\n\n", "</p><p>").replace('\n', "<br>"));
    }

    /// Adds what somebody said that this post is about.
    pub(super) fn quote(&mut self, other: &Self) {
        self.text = format!("{}\n\n„{}“", self.text, other.text).trim().to_owned();
        self.html = format!("{}<blockquote>{}</blockquote>", self.html, other.html);
    }

    /// Adds what one can vote for.
    pub(super) fn poll(&mut self, options: &[&str]) {
        for option in options {
            self.text = format!("{}\n• {option}", self.text);
        }
        let mut safe = String::new();
        for option in options {
            safe.push_str("<li>");
            crate::tools::html::escape_into(option, &mut safe);
            safe.push_str("</li>");
        }
        self.html = format!("{}<ul>{safe}</ul>", self.html);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::compose;

    #[test]
    fn links_are_shown_as_people_know_them_and_links_to_pictures_are_left_out() {
        // As documented; positions count code points, also behind an emoji.
        let raw = "❄️ Neue Zeiten: https://t.co/AbCdEf1234 &amp; mehr #service https://t.co/PiC0000000";
        let start = |what: &str| raw[..raw.find(what).unwrap()].chars().count();
        let (first, second) = (start("https://t.co/A"), start("https://t.co/P"));
        let entities = json!({"urls": [
            {"start": second, "end": second + 23, "url": "https://t.co/PiC0000000", "display_url": "pic.x.com/PiC0000000", "media_key": "3_2"},
            {"start": first, "end": first + 23, "url": "https://t.co/AbCdEf1234", "display_url": "ort.example/amt"},
            {"start": 9_999, "end": 10_000, "url": "https://t.co/x"}, {"start": "?"}]});

        let words = compose(raw, &entities);

        assert_eq!(words.text, "❄️ Neue Zeiten: ort.example/amt & mehr #service");
        assert_eq!(
            words.html,
            "<p>❄️ Neue Zeiten: <a href=\"https://t.co/AbCdEf1234\">ort.example/amt</a> &amp; mehr #service</p>"
        );
        assert_eq!(compose("<b>", &json!(null)).html, "<p>&lt;b&gt;</p>");
    }
}
