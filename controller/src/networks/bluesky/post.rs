//! From a post, as the public view gives it, to a post of ours.

use std::borrow::Cow;

use serde_json::Value;

use super::{actor, embed, richtext};
use crate::{
    networks::{
        assemble::{Draft, Words},
        value::{is, list, text},
    },
    tools::dates,
};

/// The account asks that nobody who is not signed in sees its posts.
const OPTED_OUT: &str = "!no-unauthenticated";
/// Labels after which somebody looks first.
const WARNINGS: &[&str] = &["!hide", "!warn", "porn", "sexual", "nudity", "graphic-media", "gore"];

/// What an item of a feed is to us.
pub(super) enum Kept<'v> {
    /// A post.
    Post(Box<Draft<'v>>),
    /// None for the wall: reposted, pinned, somebody else's, an answer.
    No,
    /// Nothing that can be read.
    Broken,
}

/// Reads an item of the feed of an account.
pub(super) fn read<'v>(item: &'v Value, did: &str, position: usize) -> Kept<'v> {
    let Some(uri) = text(item, "/post/uri") else { return Kept::Broken };
    let Some(record) = item.pointer("/post/record").filter(|record| record.is_object()) else { return Kept::Broken };
    let theirs = text(item, "/post/author/did") != Some(did);
    if theirs || item.get("reason").is_some_and(|reason| !reason.is_null()) || record.get("reply").is_some() {
        return Kept::No;
    }
    let post = &item["post"];
    let author = &post["author"];
    let handle = text(author, "/handle").filter(|handle| *handle != "handle.invalid");
    let key = uri.rsplit('/').next().unwrap_or_default();
    let (mut html, tags) = richtext::read(record);
    let mut media = Vec::new();
    if let Some(view) = post.get("embed") {
        embed::read(view, &mut media, &mut html);
    }
    Kept::Post(Box::new(Draft {
        position,
        id: Some(Cow::Borrowed(uri)),
        link: Some(Cow::Owned(format!("{}/post/{key}", actor::address(handle.unwrap_or(did))))),
        body: Some(Words::Html(Cow::Owned(html))),
        authors: text(author, "/displayName").or(handle).map(Cow::Borrowed).into_iter().collect(),
        language: list(record, "/langs").iter().filter_map(Value::as_str).next().map(Cow::Borrowed),
        published: published(post).map(Cow::Borrowed).into_iter().collect(),
        media,
        tags: tags.into_iter().map(Cow::Borrowed).collect(),
        warning: warning(post).map(Cow::Borrowed),
        ..Draft::default()
    }))
}

/// Whether a profile asks not to be shown to the public; only its own word counts.
pub(super) fn opted_out(profile: &Value) -> bool {
    let did = text(profile, "/did");
    list(profile, "/labels").iter().any(|label| {
        text(label, "/val") == Some(OPTED_OUT) && text(label, "/src") == did && did.is_some() && !is(label, "/neg")
    })
}

/// The client says when it was written, and may be wrong; it was not written after it was seen.
fn published(post: &Value) -> Option<&str> {
    let written = text(post, "/record/createdAt").and_then(|date| Some((dates::parse(date)?, date)));
    let seen = text(post, "/indexedAt").and_then(|date| Some((dates::parse(date)?, date)));
    [written, seen].into_iter().flatten().min_by_key(|(at, _)| *at).map(|(_, date)| date)
}

fn warning(post: &Value) -> Option<&str> {
    let placed = list(post, "/labels").iter().chain(list(post, "/author/labels")).filter(|label| !is(label, "/neg"));
    let own = list(post, "/record/labels/values");
    placed.chain(own).filter_map(|label| text(label, "/val")).find(|label| WARNINGS.contains(label))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::networks::{ImportedPost, MediaKind, assemble::Assembly};

    const DID: &str = "did:plc:abc";

    fn post(changes: &[(&str, Value)]) -> Option<ImportedPost> {
        let mut item = json!({ "post": {
            "uri": "at://did:plc:abc/app.bsky.feed.post/3lb", "cid": "bafy1", "indexedAt": "2026-11-20T09:15:02.000Z",
            "author": { "did": DID, "handle": "stadt.example", "displayName": "Stadt", "labels": [] }, "labels": [],
            "record": { "$type": "app.bsky.feed.post", "text": "Markt", "createdAt": "2026-11-20T09:15:00.156Z" },
        }, "reason": null });
        for (path, value) in changes {
            let (parent, key) = path.rsplit_once('/').unwrap();
            item.pointer_mut(parent).unwrap()[key] = value.clone();
        }
        let Kept::Post(draft) = read(&item, DID, 1) else { return None };
        let mut assembly = Assembly::new(&[]);
        assembly.add(*draft);
        assembly.finish().0.pop()
    }

    #[test]
    fn only_ones_own_posts_are_kept() {
        let kept = post(&[]).unwrap();
        assert_eq!(kept.link.as_deref(), Some("https://bsky.app/profile/stadt.example/post/3lb"));
        assert_eq!((kept.author.as_deref(), kept.text.as_str()), (Some("Stadt"), "Markt"));
        for other in [
            ("/reason", json!({ "$type": "app.bsky.feed.defs#reasonRepost" })),
            ("/post/author/did", json!("did:plc:zzz")),
            ("/post/record/reply", json!({})),
            ("/post/uri", json!(null)),
            ("/post/record", json!("text")),
        ] {
            assert_eq!(post(std::slice::from_ref(&other)), None, "{other:?}");
        }
    }

    #[test]
    fn a_date_from_the_future_or_none_at_all_is_mended() {
        let seen = dates::parse("2026-11-20T09:15:02.000Z");
        for odd in [json!("2099-01-01T00:00:00Z"), json!("yesterday"), json!(null)] {
            assert_eq!(post(&[("/post/record/createdAt", odd)]).unwrap().published_at, seen);
        }
        assert_eq!(post(&[]).unwrap().published_at, seen.map(|at| at - 1844));
    }

    #[test]
    fn labels_warn_unless_they_were_taken_back() {
        let label = |val: &str, neg: bool| json!([{ "val": val, "src": "did:plc:mod", "neg": neg }]);
        let warned = |path, labels| post(&[(path, labels)]).unwrap().warning;
        assert_eq!(warned("/post/labels", label("nudity", false)).as_deref(), Some("nudity"));
        assert_eq!(warned("/post/author/labels", label("!warn", false)).as_deref(), Some("!warn"));
        assert_eq!(warned("/post/record/labels", json!({ "values": [{ "val": "porn" }] })).as_deref(), Some("porn"));
        assert_eq!(warned("/post/labels", label("nudity", true)), None);
        assert_eq!(warned("/post/labels", label("bestofbreed", false)), None);
    }

    #[test]
    fn only_the_account_itself_opts_out() {
        let profile = |src: &str, neg: bool| json!({ "did": DID, "labels": [{ "val": "!no-unauthenticated", "src": src, "neg": neg }] });
        assert!(opted_out(&profile(DID, false)));
        assert!(!opted_out(&profile(DID, true)));
        assert!(!opted_out(&profile("did:plc:zzz", false)));
        assert!(!opted_out(&json!({ "labels": [{ "val": "!no-unauthenticated" }] })));
    }

    #[test]
    fn everything_that_hangs_on_a_post_is_seen_or_read() {
        let view = |kind: &str, rest: Value| {
            let mut view = rest;
            view["$type"] = json!(format!("app.bsky.embed.{kind}"));
            post(&[("/post/embed", view)]).unwrap()
        };
        let images = json!({ "images": [
            { "fullsize": "https://cdn.example/1@jpeg", "alt": "Stände" }, { "thumb": "https://cdn.example/2@jpeg" },
        ] });
        let alts: Vec<_> = view("images#view", images.clone()).media.into_iter().map(|m| m.alt).collect();
        assert_eq!(alts, [Some("Stände".to_owned()), None]);
        let gallery = json!({ "items": [{ "thumbnail": "https://cdn.example/3@jpeg", "alt": "Drei" }, 7] });
        assert_eq!(view("gallery#view", gallery).media[0].alt.as_deref(), Some("Drei"));
        let film =
            json!({ "playlist": "https://v.example/p.m3u8", "thumbnail": "https://v.example/t.jpg", "alt": "Zug" });
        let kinds: Vec<_> = view("video#view", film).media.iter().map(|m| m.kind).collect();
        assert_eq!(kinds, [MediaKind::Picture, MediaKind::Film]);
        let external = json!({ "external": { "uri": "https://x.example/a", "title": "Mehr <dazu>" } });
        assert_eq!(view("external#view", external).text, "Markt\n\nMehr <dazu>");
        let quoted = json!({ "$type": "app.bsky.embed.record#viewRecord", "value": { "text": "Wir\nauch" },
            "author": { "displayName": "Zirkus" } });
        assert_eq!(view("record#view", json!({ "record": quoted })).text, "Markt\n\nWir\nauch\n\n— Zirkus");
        let both = json!({ "record": { "record": quoted }, "media": {
            "$type": "app.bsky.embed.images#view", "images": images["images"] } });
        let both = view("recordWithMedia#view", both);
        assert!(both.media.len() == 2 && both.text.contains("— Zirkus"), "{both:?}");
        let gone = json!({ "record": { "$type": "app.bsky.embed.record#viewNotFound" } });
        assert_eq!(view("record#view", gone).text, "Markt");
        assert_eq!(view("hologram#view", json!({ "anything": [] })).text, "Markt");
    }
}
