//! A story as each network writes it whose sign-in is played.

use serde_json::{Value, json};

use crate::closed::Kind;

/// A post, before a network writes it.
pub(super) struct Item {
    /// Newer posts have greater numbers.
    pub(super) number: u64,
    /// How often it was edited.
    pub(super) edits: u64,
    pub(super) words: String,
    /// A photograph, and what is to be seen.
    pub(super) picture: Option<(&'static str, &'static str)>,
    /// When it was published, in milliseconds since 1970.
    pub(super) at: i64,
}

/// What a post is called at a network; X calls an edited one something else.
pub(super) fn id(kind: Kind, item: &Item) -> String {
    let number = item.number;
    match kind {
        Kind::Instagram => format!("18{number:015}"),
        Kind::Facebook => format!("104455667788_9{number:011}"),
        Kind::TikTok => format!("738{number:016}"),
        Kind::X => version(number, item.edits),
        Kind::LinkedIn => format!("urn:li:share:739{number:016}"),
    }
}

/// A version of a post of X.
fn version(number: u64, edits: u64) -> String {
    format!("208{:016}", number * 10 + edits)
}

/// A post as a network has it.
pub(super) fn write(kind: Kind, url: &str, item: &Item) -> Value {
    let id = id(kind, item);
    let page = format!("{url}/posts/{id}");
    let file = item.picture.map(|(file, _)| format!("media:{file}"));
    match kind {
        Kind::Instagram => instagram(&id, &page, file.as_deref(), item),
        Kind::Facebook => facebook(&id, &page, file.as_deref(), item),
        Kind::TikTok => json!({"id": id, "create_time": item.at / 1_000, "title": item.words,
            "video_description": item.words, "duration": 31, "height": 1024, "width": 576, "share_url": page,
            "cover_image_url": file.unwrap_or_else(|| "media:harbour.jpg".to_owned())}),
        Kind::X => x(&id, file.as_deref(), item),
        Kind::LinkedIn => linkedin(&id, item),
    }
}

fn date(at: i64, format: &str) -> String {
    jiff::Timestamp::from_millisecond(at).expect("a time").strftime(format).to_string()
}

fn instagram(id: &str, page: &str, file: Option<&str>, item: &Item) -> Value {
    // Instagram knows no post without a picture.
    json!({"id": id, "caption": item.words, "media_type": "IMAGE", "media_product_type": "FEED", "permalink": page,
        "media_url": file.unwrap_or("media:oranges.jpg"), "shortcode": id,
        "timestamp": date(item.at, "%Y-%m-%dT%H:%M:%S+0000"), "username": "stadt.beispielhausen",
        "alt_text": item.picture.map_or("Orangen in einer Kiste", |(_, alt)| alt)})
}

fn facebook(id: &str, page: &str, file: Option<&str>, item: &Item) -> Value {
    let mut post = json!({"id": id, "message": item.words, "permalink_url": page, "is_published": true,
        "created_time": date(item.at, "%Y-%m-%dT%H:%M:%S+0000"), "is_hidden": false,
        "updated_time": date(item.at, "%Y-%m-%dT%H:%M:%S+0000"),
        "from": {"id": "104455667788", "name": "Stadt Beispielhausen"}});
    if let Some(file) = file {
        post["attachments"] = json!({"data": [{"media_type": "photo", "type": "photo", "url": page,
            "media": {"image": {"src": file, "height": 720, "width": 1080}}}]});
    }
    post
}

fn x(id: &str, file: Option<&str>, item: &Item) -> Value {
    let history: Vec<_> = (0..=item.edits).map(|edits| version(item.number, edits)).collect();
    let mut post = json!({"id": id, "edit_history_tweet_ids": history, "author_id": "1111111111111111111",
        "created_at": date(item.at, "%Y-%m-%dT%H:%M:%S.000Z"), "lang": "de", "text": item.words});
    if let Some((file, (_, alt))) = file.zip(item.picture) {
        let key = format!("3_{id}");
        post["attachments"] = json!({"media_keys": [key]});
        post["includes"] = json!({"media": [{"media_key": key, "type": "photo", "url": file, "width": 1600,
            "height": 1067, "alt_text": alt}]});
    }
    post
}

fn linkedin(id: &str, item: &Item) -> Value {
    // Its texts have signs of their own, which are escaped.
    let words: String = item.words.replace('(', "\\(").replace(')', "\\)");
    let mut post = json!({"id": id, "author": "urn:li:organization:2414183", "commentary": words,
        "visibility": "PUBLIC", "lifecycleState": "PUBLISHED",
        "lifecycleStateInfo": {"isEditedByAuthor": item.edits > 0}, "isReshareDisabledByAuthor": false,
        "distribution": {"feedDistribution": "MAIN_FEED", "targetEntities": [], "thirdPartyDistributionChannels": []},
        "createdAt": item.at, "publishedAt": item.at, "lastModifiedAt": item.at + i64::try_from(item.edits).unwrap_or(0)});
    if let Some((file, alt)) = item.picture {
        let name = file.trim_end_matches(".jpg");
        post["content"] = json!({"media": {"id": format!("urn:li:image:{name}"), "altText": alt}});
    }
    post
}
