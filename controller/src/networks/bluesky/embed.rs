//! What hangs on a post: pictures, a film, a link, another post. Kinds that are not known are left out.

use std::borrow::Cow;

use serde_json::Value;

use super::richtext;
use crate::{
    networks::{
        assemble::{DraftMedia, Words},
        value::{list, text},
    },
    tools::html::escape_into,
};

/// Adds what can be seen to the media and what can be read to the words.
pub(super) fn read<'v>(embed: &'v Value, media: &mut Vec<DraftMedia<'v>>, html: &mut String) {
    match text(embed, "/$type").unwrap_or_default() {
        "app.bsky.embed.images#view" => media.extend(list(embed, "/images").iter().filter_map(picture)),
        "app.bsky.embed.gallery#view" => media.extend(list(embed, "/items").iter().filter_map(picture)),
        "app.bsky.embed.video#view" => film(embed, media),
        "app.bsky.embed.external#view" => link(embed, media, html),
        "app.bsky.embed.record#view" => quote(embed.get("record"), html),
        "app.bsky.embed.recordWithMedia#view" => {
            if let Some(inner) = embed.get("media") {
                read(inner, media, html);
            }
            quote(embed.pointer("/record/record"), html);
        }
        _ => {}
    }
}

fn alt(value: &Value) -> Option<Words<'_>> {
    text(value, "/alt").map(|alt| Words::Plain(Cow::Borrowed(alt)))
}

fn picture(image: &Value) -> Option<DraftMedia<'_>> {
    let url = ["/fullsize", "/thumb", "/thumbnail"].iter().find_map(|path| text(image, path))?;
    Some(DraftMedia {
        url: Cow::Borrowed(url),
        medium: Some(Cow::Borrowed("image")),
        alt: alt(image),
        ..DraftMedia::default()
    })
}

fn film<'v>(embed: &'v Value, media: &mut Vec<DraftMedia<'v>>) {
    let medium = |path: &str, kind: &'static str| {
        text(embed, path).map(|url| DraftMedia {
            url: Cow::Borrowed(url),
            medium: Some(Cow::Borrowed(kind)),
            alt: alt(embed),
            ..DraftMedia::default()
        })
    };
    media.extend(medium("/thumbnail", "image"));
    media.extend(medium("/playlist", "video"));
}

fn link<'v>(embed: &'v Value, media: &mut Vec<DraftMedia<'v>>, html: &mut String) {
    let Some(uri) = text(embed, "/external/uri") else { return };
    let mut address = String::new();
    escape_into(uri, &mut address);
    if !html.contains(&address) {
        html.push_str("<p><a href=\"");
        html.push_str(&address);
        html.push_str("\">");
        escape_into(text(embed, "/external/title").unwrap_or(uri), html);
        html.push_str("</a></p>");
    }
    media.extend(text(embed, "/external/thumb").map(|url| DraftMedia {
        url: Cow::Borrowed(url),
        is_thumbnail: true,
        ..DraftMedia::default()
    }));
}

/// Another post as words; one that was deleted or is not for us is left out.
fn quote(record: Option<&Value>, html: &mut String) {
    let Some(record) = record.filter(|r| text(r, "/$type") == Some("app.bsky.embed.record#viewRecord")) else { return };
    let Some(words) = text(record, "/value/text") else { return };
    html.push_str("<blockquote><p>");
    richtext::escape(words, html);
    html.push_str("</p>");
    if let Some(name) = text(record, "/author/displayName").or_else(|| text(record, "/author/handle")) {
        html.push_str("<p>— ");
        escape_into(name, html);
        html.push_str("</p>");
    }
    html.push_str("</blockquote>");
}
