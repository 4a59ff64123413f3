//! One post of X; either spelling of its fields is understood.

use serde_json::Value;

use super::words::{Words, compose};
use crate::{
    networks::{
        ImportedPost, RemoteMedia,
        draft::{Draft, film, picture},
        value::{id, list, text},
    },
    tools::dates,
};

/// A field under its old or its new name.
fn either<'a>(object: &'a Value, old: &str) -> Option<&'a Value> {
    object.get(old).or_else(|| object.get(old.replace("tweet", "post")))
}

/// Reads a post; `None` when it has no id, or may not be shown here.
pub(super) fn read(object: &Value, includes: &Value, name: Option<&str>) -> Option<ImportedPost> {
    let newest = id(object, "/id")?;
    // An edit has an id of its own; the first one stays.
    let chain = either(object, "edit_history_tweet_ids").and_then(Value::as_array);
    let first = chain.and_then(|ids| ids.first()?.as_str()).unwrap_or(&newest).to_owned();
    if object.get("withheld").is_some() {
        return None;
    }
    let author = id(object, "/author_id");
    let user = list(includes, "/users").iter().find(|user| id(user, "/id") == author);
    let name = user.and_then(|user| text(user, "/username")).or(name);
    let mut words = words(object);
    for quoted in quoted(object, includes) {
        words.quote(&quoted);
    }
    if let Some(options) = options(object, includes) {
        words.poll(&options);
    }
    let attached = |kind: &str| list(object, &format!("/attachments/{kind}"));
    let keys: Vec<_> = attached("media_keys").iter().filter_map(Value::as_str).collect();
    let media =
        keys.iter().filter_map(|key| list(includes, "/media").iter().find(|m| text(m, "/media_key") == Some(key)));
    let draft = Draft {
        id: &first,
        text: &words.text,
        html: &words.html,
        link: Some(format!("https://x.com/{}/status/{newest}", name.unwrap_or("i"))),
        author: name,
        language: text(object, "/lang"),
        published_at: text(object, "/created_at").and_then(dates::parse),
        media: media.flat_map(medium).collect(),
        ..Draft::default()
    };
    Some(draft.finish())
}

/// The words, whole where the post is a long one.
fn words(object: &Value) -> Words {
    let whole = either(object, "note_tweet").filter(|note| text(note, "/text").is_some()).unwrap_or(object);
    compose(text(whole, "/text").unwrap_or_default(), whole.get("entities").unwrap_or(&Value::Null))
}

fn quoted(object: &Value, includes: &Value) -> Vec<Words> {
    let others = either(includes, "tweets").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let referenced = either(object, "referenced_tweets").and_then(Value::as_array);
    let references = referenced.into_iter().flatten().filter(|reference| text(reference, "/type") == Some("quoted"));
    let find = |reference: &Value| {
        others.iter().find(|other| id(other, "/id").is_some() && id(other, "/id") == id(reference, "/id"))
    };
    references.filter_map(find).map(words).collect()
}

fn options<'a>(object: &Value, includes: &'a Value) -> Option<Vec<&'a str>> {
    let poll_id = list(object, "/attachments/poll_ids").first()?.as_str()?;
    let poll = list(includes, "/polls").iter().find(|poll| text(poll, "/id") == Some(poll_id))?;
    Some(list(poll, "/options").iter().filter_map(|option| text(option, "/label")).collect())
}

/// A picture; of a film its still and the best of its versions that is a file.
fn medium(object: &Value) -> Vec<RemoteMedia> {
    let alt = text(object, "/alt_text");
    let pixels = |name| object.get(name)?.as_u64()?.try_into().ok();
    let sized = |medium: RemoteMedia| RemoteMedia { width: pixels("width"), height: pixels("height"), ..medium };
    let still = text(object, "/url").or_else(|| text(object, "/preview_image_url"));
    let files = list(object, "/variants").iter().filter(|variant| text(variant, "/content_type") == Some("video/mp4"));
    let best = files.max_by_key(|variant| variant.get("bit_rate").and_then(Value::as_u64).unwrap_or_default());
    let moving = best
        .and_then(|variant| text(variant, "/url"))
        .map(|url| RemoteMedia { mime: Some("video/mp4".to_owned()), ..sized(film(url, alt)) });
    still.map(|url| sized(picture(url, alt))).into_iter().chain(moving).collect()
}
