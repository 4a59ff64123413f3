//! From a status, as Mastodon's interface gives it, to a post.

use std::borrow::Cow;

use serde_json::Value;

use crate::{
    networks::{
        assemble::{Draft, DraftMedia, Words},
        value::{id, is, list, text},
    },
    tools::html::escape_into,
};

/// What a status is to us.
pub(super) enum Kept<'v> {
    /// A post.
    Post(Box<Draft<'v>>),
    /// None for the wall: a boost, an answer to somebody, not for everybody.
    No,
    /// Nothing that can be read.
    Broken,
}

/// Reads a status of an account.
pub(super) fn read<'v>(status: &'v Value, account: &str, position: usize) -> Kept<'v> {
    let Some(remote_id) = id(status, "/id") else { return Kept::Broken };
    if !is_for_the_wall(status, account) {
        return Kept::No;
    }
    let author = text(status, "/account/display_name").or_else(|| text(status, "/account/username"));
    let spoiler = text(status, "/spoiler_text");
    Kept::Post(Box::new(Draft {
        position,
        id: Some(remote_id.into()),
        link: text(status, "/url").or_else(|| text(status, "/uri")).map(Cow::Borrowed),
        title: spoiler.map(|words| Words::Plain(Cow::Borrowed(words))),
        body: body(status),
        authors: author.map(Cow::Borrowed).into_iter().collect(),
        language: text(status, "/language").map(Cow::Borrowed),
        published: text(status, "/created_at").map(Cow::Borrowed).into_iter().collect(),
        updated: text(status, "/edited_at").map(Cow::Borrowed).into_iter().collect(),
        media: list(status, "/media_attachments").iter().flat_map(media).collect(),
        tags: list(status, "/tags").iter().filter_map(|tag| text(tag, "/name")).map(Cow::Borrowed).collect(),
        warning: spoiler.map(Cow::Borrowed).or_else(|| is(status, "/sensitive").then_some(Cow::Borrowed("sensitive"))),
        base: None,
    }))
}

/// Public, one's own, and no answer to somebody else; what cannot be told is not shown.
fn is_for_the_wall(status: &Value, account: &str) -> bool {
    let public = matches!(text(status, "/visibility"), Some("public" | "unlisted"));
    let shared = status.get("reblog").is_some_and(|reblog| !reblog.is_null())
        || matches!(text(status, "/pf_type"), Some("share" | "reply"));
    let answers = id(status, "/in_reply_to_id").is_some();
    let to_oneself = id(status, "/in_reply_to_account_id").is_some_and(|to| to == account);
    public && !shared && (!answers || to_oneself)
}

/// The words, with what is asked in a poll and what is quoted.
fn body(status: &Value) -> Option<Words<'_>> {
    let words = text(status, "/content");
    let poll: Vec<_> = list(status, "/poll/options").iter().filter_map(|option| text(option, "/title")).collect();
    let quoted = status.pointer("/quote/quoted_status").filter(|quoted| is_for_the_wall(quoted, ""));
    if poll.is_empty() && quoted.is_none() {
        return words.map(|words| Words::Html(Cow::Borrowed(words)));
    }
    let mut html = words.unwrap_or_default().to_owned();
    if !poll.is_empty() {
        html.push_str("<ul>");
        for option in poll {
            html.push_str("<li>");
            escape_into(option, &mut html);
            html.push_str("</li>");
        }
        html.push_str("</ul>");
    }
    if let Some(quoted) = quoted {
        html.push_str("<blockquote>");
        html.push_str(text(quoted, "/content").unwrap_or_default());
        if let Some(name) = text(quoted, "/account/display_name").or_else(|| text(quoted, "/account/acct")) {
            html.push_str("<p>— ");
            escape_into(name, &mut html);
            html.push_str("</p>");
        }
        html.push_str("</blockquote>");
    }
    Some(Words::Html(Cow::Owned(html)))
}

/// A picture; a film with the picture that stands for it; a sound.
fn media(attachment: &Value) -> Vec<DraftMedia<'_>> {
    let alt = text(attachment, "/description").map(|alt| Words::Plain(Cow::Borrowed(alt)));
    let side = |name: &str| id(attachment, &format!("/meta/original/{name}"));
    let own = text(attachment, "/url").or_else(|| text(attachment, "/remote_url"));
    let preview = text(attachment, "/preview_url");
    let mime = text(attachment, "/mime").map(Cow::Borrowed);
    let medium = |url: &'_ str, medium: &'static str| DraftMedia {
        url: Cow::Owned(url.to_owned()),
        mime: mime.clone().filter(|_| own == Some(url)),
        medium: Some(Cow::Borrowed(medium)),
        alt: alt.clone(),
        width: side("width").map(Into::into),
        height: side("height").map(Into::into),
        is_thumbnail: false,
    };
    let still = |url: &str| DraftMedia { width: None, height: None, ..medium(url, "image") };
    match text(attachment, "/type").unwrap_or_default() {
        "image" => own.map(|url| medium(url, "image")).or(preview.map(still)).into_iter().collect(),
        "gifv" | "video" => {
            let poster = preview.filter(|url| own != Some(url)).map(still);
            poster.into_iter().chain(own.map(|url| medium(url, "video"))).collect()
        }
        "audio" => own.map(|url| medium(url, "audio")).into_iter().collect(),
        _ => own.map(|url| medium(url, "unknown")).into_iter().collect(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::networks::{ImportedPost, MediaKind, assemble::Assembly};

    fn post(changes: &Value) -> Option<ImportedPost> {
        let mut status = json!({
            "id": "115580000000000001", "created_at": "2026-11-20T09:15:00.493Z", "visibility": "public",
            "url": "https://social.example/@stadt/115580000000000001", "content": "<p>Markt</p>", "reblog": null,
            "in_reply_to_id": null, "in_reply_to_account_id": null, "sensitive": false, "spoiler_text": "",
            "account": { "id": "1", "display_name": "Stadt", "acct": "stadt" }, "media_attachments": [], "tags": [],
        });
        for (key, value) in changes.as_object().unwrap() {
            status[key] = value.clone();
        }
        let Kept::Post(draft) = read(&status, "1", 1) else { return None };
        let mut assembly = Assembly::new(&[]);
        assembly.add(*draft);
        assembly.finish().0.pop()
    }

    #[test]
    fn only_what_is_public_and_ones_own_is_kept() {
        assert!(post(&json!({})).is_some());
        assert!(post(&json!({ "visibility": "unlisted" })).is_some());
        assert!(post(&json!({ "in_reply_to_id": "", "from_the_future": {} })).is_some());
        assert!(post(&json!({ "in_reply_to_id": "9", "in_reply_to_account_id": 1 })).is_some(), "a thread of its own");
        for other in [
            json!({ "visibility": "private" }),
            json!({ "visibility": "direct" }),
            json!({ "visibility": "from the future" }),
            json!({ "reblog": { "id": "2" } }),
            json!({ "in_reply_to_id": "9", "in_reply_to_account_id": "2" }),
            json!({ "pf_type": "share" }),
            json!({ "id": null }),
        ] {
            assert_eq!(post(&other), None, "{other}");
        }
    }

    #[test]
    fn a_film_brings_the_picture_that_stands_for_it_and_odd_media_do_no_harm() {
        let media = json!([
            { "type": "video", "url": "https://f.example/a.mp4", "preview_url": "https://f.example/a.png",
              "description": "Ein Zug", "meta": { "original": { "width": 1200, "height": 800 } } },
            { "type": "image", "url": null, "preview_url": null },
            { "type": "hologram", "url": "https://f.example/h.holo" },
            7,
        ]);
        let media = post(&json!({ "media_attachments": media })).unwrap().media;
        let kinds: Vec<_> = media.iter().map(|m| (m.kind, m.alt.as_deref())).collect();
        let alt = Some("Ein Zug");
        assert_eq!(kinds, [(MediaKind::Picture, alt), (MediaKind::Film, alt), (MediaKind::Other, None)]);
        assert_eq!((media[0].url.as_str(), media[1].width), ("https://f.example/a.png", Some(1200)));
    }

    #[test]
    fn polls_and_quotes_are_words_and_warnings_are_kept() {
        let quoted = json!({
            "content": "<p>Wir kommen</p>", "visibility": "public", "account": { "display_name": "Zirkus <b>" },
        });
        let post = post(&json!({
            "spoiler_text": "Spinnen", "sensitive": true,
            "poll": { "options": [{ "title": "Ja & gern" }, { "title": "Nein" }] },
            "quote": { "state": "accepted", "quoted_status": quoted },
        }));
        let post = post.unwrap();
        assert_eq!(post.text, "Markt\n\n• Ja & gern\n• Nein\n\nWir kommen\n\n— Zirkus <b>");
        assert_eq!((post.title.as_deref(), post.warning.as_deref()), (Some("Spinnen"), Some("Spinnen")));
        assert!(post.html.contains("<blockquote><p>Wir kommen</p>"), "{}", post.html);
        assert_eq!(self::post(&json!({ "sensitive": true })).unwrap().warning.as_deref(), Some("sensitive"));
    }
}
