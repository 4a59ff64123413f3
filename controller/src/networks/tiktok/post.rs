//! One film of TikTok as a post.

use serde_json::Value;
use url::Url;

use crate::networks::{
    ImportedPost, RemoteMedia,
    draft::{Draft, picture},
    value::{id, text},
};

/// Reads a film; `None` when it has no id.
pub(super) fn read(object: &Value) -> Option<ImportedPost> {
    let id = id(object, "/id")?;
    let words = text(object, "/video_description").or_else(|| text(object, "/title")).unwrap_or_default();
    let pixels = |name| object.get(name)?.as_u64()?.try_into().ok();
    let cover = text(object, "/cover_image_url").map(|url| RemoteMedia {
        width: pixels("width"),
        height: pixels("height"),
        ..picture(url, None)
    });
    let made_by_machine = object.get("is_aigc").and_then(Value::as_bool).unwrap_or_default();
    let link = text(object, "/share_url").and_then(plain_address);
    // Whoever publishes it elsewhere has to say so there too.
    let words =
        if made_by_machine { format!("{words}\n\n(TikTok: AI-generated)").trim().to_owned() } else { words.to_owned() };
    let draft = Draft {
        id: &id,
        text: &words,
        author: link.as_deref().and_then(author),
        published_at: object.get("create_time").and_then(Value::as_i64).map(|secs| secs.saturating_mul(1_000)),
        media: cover.into_iter().collect(),
        link: link.clone(),
        ..Draft::default()
    };
    Some(draft.finish())
}

/// The address without what counts who came from where.
fn plain_address(address: &str) -> Option<String> {
    let mut url = Url::parse(address).ok()?;
    let kept: Vec<_> = url.query_pairs().into_owned().filter(|(name, _)| !name.starts_with("utm_")).collect();
    url.set_query(None);
    if !kept.is_empty() {
        url.query_pairs_mut().extend_pairs(kept);
    }
    Some(url.into())
}

/// `@beispielhausen` out of `https://www.tiktok.com/@beispielhausen/video/738…`
fn author(link: &str) -> Option<&str> {
    link.split('/').find(|part| part.len() > 1 && part.starts_with('@'))
}

#[cfg(test)]
mod tests {
    use super::{author, plain_address};

    #[test]
    fn counting_marks_are_taken_off() {
        let counted = "https://www.tiktok.com/@ort/video/738?utm_campaign=tt4d&a=1&utm_source=aw";
        assert_eq!(plain_address(counted).as_deref(), Some("https://www.tiktok.com/@ort/video/738?a=1"));
        assert_eq!(author("https://www.tiktok.com/@ort/video/738"), Some("@ort"));
    }
}
