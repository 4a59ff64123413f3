//! Plain text with facets: links, mentions and tags lie beside it, by byte.

use serde_json::Value;

use super::actor;
use crate::{
    networks::value::{list, text},
    tools::html::escape_into,
};

/// Makes HTML of a record's text; returns the tags in it too.
pub(super) fn read(record: &Value) -> (String, Vec<&str>) {
    let words = text(record, "/text").unwrap_or_default();
    let mut html = String::with_capacity(words.len() + 64);
    let mut tags = Vec::new();
    let mut facets: Vec<_> = list(record, "/facets").iter().filter_map(|facet| Some((span(facet)?, facet))).collect();
    facets.sort_by_key(|(span, _)| *span);
    let mut at = 0;
    for ((start, end), facet) in facets {
        // One that overlaps another, cuts a letter or leads out of the text is none.
        let (Some(before), Some(inside)) = (words.get(at..start.max(at)), words.get(start..end)) else { continue };
        if start < at || start >= end {
            continue;
        }
        tags.extend(list(facet, "/features").iter().filter_map(|feature| text(feature, "/tag")));
        escape(before, &mut html);
        let link = list(facet, "/features").iter().find_map(|feature| {
            let own = text(feature, "/uri").map(str::to_owned);
            own.or_else(|| text(feature, "/did").filter(|did| actor::is_did(did)).map(actor::address))
        });
        match link {
            Some(link) => {
                html.push_str("<a href=\"");
                escape_into(&link, &mut html);
                html.push_str("\">");
                escape(inside, &mut html);
                html.push_str("</a>");
            }
            None => escape(inside, &mut html),
        }
        at = end;
    }
    escape(&words[at..], &mut html);
    tags.extend(list(record, "/tags").iter().filter_map(Value::as_str));
    (html, tags)
}

fn span(facet: &Value) -> Option<(usize, usize)> {
    let at = |path: &str| usize::try_from(facet.pointer(path)?.as_u64()?).ok();
    Some((at("/index/byteStart")?, at("/index/byteEnd")?))
}

/// Escapes words; line breaks stay.
pub(super) fn escape(words: &str, html: &mut String) {
    for (at, row) in words.split('\n').enumerate() {
        if at > 0 {
            html.push_str("<br>");
        }
        escape_into(row, html);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::read;

    fn facet(start: usize, end: usize, feature: &serde_json::Value) -> serde_json::Value {
        json!({ "index": { "byteStart": start, "byteEnd": end }, "features": [feature] })
    }

    #[test]
    fn facets_are_counted_in_bytes() {
        let link = json!({ "$type": "app.bsky.richtext.facet#link", "uri": "https://www.stadt.example/markt?a&b" });
        let tag = json!({ "$type": "app.bsky.richtext.facet#tag", "tag": "markt" });
        let mention = json!({ "$type": "app.bsky.richtext.facet#mention", "did": "did:plc:abc" });
        let facets = [facet(39, 45, &tag), facet(20, 38, &link), facet(46, 52, &mention)];
        let record = json!({ "text": "Markt ❄️ heute: stadt.example/markt #markt @zirkus\n<b>", "facets": facets });
        // The snowflake has six bytes.
        let (html, tags) = read(&record);
        assert_eq!(tags, ["markt"]);
        assert!(html.starts_with("Markt ❄️ heute: "), "{html}");
        assert!(html.contains("<a href=\"https://www.stadt.example/markt?a&amp;b\">"), "{html}");
        assert!(html.contains("<a href=\"https://bsky.app/profile/did:plc:abc\">"), "{html}");
        assert!(html.ends_with("<br>&lt;b&gt;"), "{html}");
    }

    #[test]
    fn facets_that_make_no_sense_are_left_out() {
        let link = json!({ "uri": "https://x.example/" });
        for (start, end) in [(1, 2), (0, 99), (3, 3), (4, 2), (99, 100)] {
            let (html, _) = read(&json!({ "text": "üa b", "facets": [facet(start, end, &link)] }));
            assert_eq!(html, "üa b", "{start} to {end}");
        }
        let both = [facet(0, 3, &link), facet(2, 4, &link)];
        let (html, _) = read(&json!({ "text": "üa b", "facets": both }));
        assert_eq!(html, "<a href=\"https://x.example/\">üa</a> b");
        assert_eq!(read(&json!({ "text": 7, "facets": "none" })).0, "");
    }
}
