//! YouTube: the feed of a channel, its page, and the Data API for those with a key.

use serde_json::{Value, json};

use super::{
    server::{Asked, Fault, Kind, Reply, World},
    shapes::{FakePost, escape},
};

/// The key that the interface takes.
pub const KEY: &str = "AIza-invented-key";

/// The channel `UCbeispiel00000000000000`, also called `@beispielhausen`.
pub struct FakeYouTube;

const CHANNEL: &str = "UCbeispiel00000000000000";
const UPLOADS: &str = "UUbeispiel00000000000000";

impl Kind for FakeYouTube {
    fn answer(&self, world: &World, asked: &Asked) -> Reply {
        if asked.path.starts_with("/youtube/v3/") {
            return interface(world, asked);
        }
        match asked.path.as_str() {
            "/feeds/videos.xml" if asked.value("channel_id") == CHANNEL => {
                Reply::text(200, "text/xml; charset=UTF-8", feed(world))
            }
            "/@beispielhausen" => {
                let page = format!(
                    "<!doctype html><html><head><title>Stadt</title>\
                     <link rel=\"canonical\" href=\"https://www.youtube.com/channel/{CHANNEL}\"></head></html>"
                );
                Reply::text(200, "text/html", page)
            }
            "/oembed" => {
                let found = asked.value("url").rsplit_once("v=").and_then(|(_, id)| find(world, id));
                match found {
                    Some(post) => Reply::json(200, json!({ "title": post.words, "type": "video", "version": "1.0" })),
                    None => Reply::text(404, "text/plain", "Not Found".to_owned()),
                }
            }
            _ => Reply::page(404),
        }
    }

    fn busy(&self, _world: &World, secs: i64) -> Reply {
        let reason = json!([{ "message": "Too many", "domain": "global", "reason": "tooManyRequests" }]);
        let error = json!({ "error": { "code": 429, "message": "Too many <b>requests</b>", "errors": reason } });
        Reply::json(429, error).with("retry-after", secs.to_string())
    }

    fn missing(&self, asked: &Asked) -> Reply {
        if asked.path.starts_with("/youtube/v3/") {
            return refuse(404, "youtube.playlistItem", "playlistNotFound");
        }
        Reply::page(404)
    }
}

fn id(post: &FakePost) -> String {
    // Eleven characters, as all have.
    if post.number < 10_000 { format!("dQw4w9W{:04}", post.number) } else { format!("dQ{:09}", post.number) }
}

fn find<'w>(world: &'w World, id: &str) -> Option<&'w FakePost> {
    world.post(id.strip_prefix("dQw4w9W").or_else(|| id.strip_prefix("dQ"))?.parse().ok()?)
}

fn refuse(code: u16, domain: &str, reason: &str) -> Reply {
    let message = "The request cannot be completed because of <a href=\"/youtube/v3\">this</a>.";
    let errors = json!([{ "message": message, "domain": domain, "reason": reason }]);
    Reply::json(code, json!({ "error": { "code": code, "message": message, "errors": errors } }))
}

fn interface(world: &World, asked: &Asked) -> Reply {
    if asked.value("key") != KEY {
        return refuse(400, "usageLimits", "keyInvalid");
    }
    if world.switches.contains_key("quota") {
        return refuse(403, "youtube.quota", "quotaExceeded");
    }
    match asked.path.trim_start_matches("/youtube/v3/") {
        "channels" => {
            let known = asked.value("id") == CHANNEL || asked.value("forHandle") == "@beispielhausen";
            let channel = json!({ "kind": "youtube#channel", "id": CHANNEL, "snippet": { "title": "Stadt Beispielhausen" },
                "contentDetails": { "relatedPlaylists": { "likes": "", "uploads": UPLOADS } } });
            let items: Vec<Value> = known.then_some(channel).into_iter().collect();
            Reply::json(200, json!({ "kind": "youtube#channelListResponse", "items": items }))
        }
        "playlistItems" if asked.value("playlistId") == UPLOADS => items(world, asked),
        "playlistItems" => refuse(404, "youtube.playlistItem", "playlistNotFound"),
        "videos" => {
            let ids = asked.value("id").split(',').filter_map(|id| find(world, id));
            let film = |post: &FakePost| json!({ "kind": "youtube#video", "id": id(post), "status": { "privacyStatus": "public" } });
            Reply::json(200, json!({ "kind": "youtube#videoListResponse", "items": ids.map(film).collect::<Vec<_>>() }))
        }
        _ => refuse(404, "global", "notFound"),
    }
}

fn items(world: &World, asked: &Asked) -> Reply {
    let most = asked.number("maxResults").unwrap_or(5).min(50);
    let from = asked.value("pageToken").trim_start_matches("EAAa").parse::<usize>().unwrap_or(0);
    let listed = world.listed();
    let shown: Vec<_> = listed.iter().skip(from).take(most).collect();
    let mut items: Vec<_> = shown.iter().map(|post| item(world, post)).collect();
    if world.fault == Fault::OddPost {
        items.insert(0, json!({ "kind": "youtube#playlistItem", "snippet": null }));
    }
    let mut answer = json!({
        "kind": "youtube#playlistItemListResponse", "etag": "abc",
        "pageInfo": { "totalResults": listed.len(), "resultsPerPage": most }, "items": items,
    });
    if from + shown.len() < listed.len() {
        answer["nextPageToken"] = json!(format!("EAAa{}", from + shown.len()));
    }
    Reply::json(200, answer)
}

fn item(world: &World, post: &FakePost) -> Value {
    let picture = |path: &str, width: u32| json!({ "url": world.at(path), "width": width, "height": width * 9 / 16 });
    let mut thumbnails = json!({});
    for (at, (path, _)) in post.pictures.iter().enumerate() {
        let (name, width) = [("high", 480), ("medium", 320), ("default", 120)][at.min(2)];
        thumbnails[name] = picture(path, width);
    }
    if world.fault == Fault::FromTheFuture {
        thumbnails["hologram"] = json!({ "depth": 3 });
    }
    json!({
        "kind": "youtube#playlistItem", "etag": "def", "id": format!("VVV{}", post.number),
        "snippet": { "publishedAt": post.date(), "channelId": CHANNEL, "title": post.words, "description": "Text…",
            "channelTitle": "Stadt Beispielhausen", "playlistId": UPLOADS, "position": 0,
            "resourceId": { "kind": "youtube#video", "videoId": id(post) }, "thumbnails": thumbnails },
        "contentDetails": { "videoId": id(post), "videoPublishedAt": post.date() },
        "status": { "privacyStatus": "public" },
    })
}

fn feed(world: &World) -> String {
    let mut entries = String::new();
    if world.fault == Fault::OddPost {
        entries.push_str("<entry><published>soon</published></entry>");
    }
    for post in world.listed().into_iter().take(15) {
        let pictures: String = post
            .pictures
            .iter()
            .map(|(path, _)| format!("<media:thumbnail url=\"{}\" width=\"480\" height=\"360\"/>", world.at(path)))
            .collect();
        let extra = if world.fault == Fault::FromTheFuture { "<yt:new>7</yt:new>" } else { "" };
        entries.push_str(&format!(
            "<entry><id>yt:video:{id}</id><yt:videoId>{id}</yt:videoId><yt:channelId>{CHANNEL}</yt:channelId>\
             <title>{title}</title><link rel=\"alternate\" href=\"https://www.youtube.com/watch?v={id}\"/>\
             <author><name>Stadt Beispielhausen</name></author><published>{date}</published><updated>{date}</updated>{extra}\
             <media:group><media:title>{title}</media:title>\
             <media:content url=\"https://www.youtube.com/v/{id}?version=3\" type=\"application/x-shockwave-flash\" width=\"640\" height=\"390\"/>\
             {pictures}<media:description>Text…</media:description></media:group></entry>",
            id = id(post),
            title = escape(&post.words),
            date = post.date(),
        ));
    }
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><feed xmlns:yt=\"http://www.youtube.com/xml/schemas/2015\" \
         xmlns:media=\"http://search.yahoo.com/mrss/\" xmlns=\"http://www.w3.org/2005/Atom\"><id>yt:channel:{CHANNEL}</id>\
         <yt:channelId>{CHANNEL}</yt:channelId><title>Stadt Beispielhausen</title>\
         <published>2016-03-01T10:00:00+00:00</published>{entries}</feed>"
    )
}
