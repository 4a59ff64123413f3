//! One media object of Instagram as a post.

use serde_json::Value;

use crate::{
    networks::{
        ImportedPost, RemoteMedia,
        draft::{Draft, film, picture},
        value::{id, list, text},
    },
    tools::dates,
};

/// Reads an object; `None` when it has no id.
pub(super) fn read(object: &Value) -> Option<ImportedPost> {
    let id = id(object, "/id")?;
    let children = list(object, "/children/data");
    let mut media: Vec<RemoteMedia> = children.iter().flat_map(medium).collect();
    if media.is_empty() {
        media = medium(object);
    }
    let draft = Draft {
        id: &id,
        text: text(object, "/caption").unwrap_or_default(),
        link: text(object, "/permalink").map(str::to_owned),
        author: text(object, "/username"),
        published_at: text(object, "/timestamp").and_then(dates::parse),
        media,
        ..Draft::default()
    };
    Some(draft.finish())
}

/// What an object shows. A film whose music is not ours has no address; its still has one.
fn medium(object: &Value) -> Vec<RemoteMedia> {
    let (url, alt) = (text(object, "/media_url"), text(object, "/alt_text"));
    let still = text(object, "/thumbnail_url");
    match text(object, "/media_type") {
        Some("VIDEO") => still.map(|url| picture(url, alt)).into_iter().chain(url.map(|url| film(url, alt))).collect(),
        Some("IMAGE" | "CAROUSEL_ALBUM") => url.or(still).map(|url| picture(url, alt)).into_iter().collect(),
        // Something new: its still is a picture in any case.
        _ => still.map(|url| picture(url, alt)).into_iter().collect(),
    }
}
