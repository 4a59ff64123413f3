//! Bluesky: the public view, with reposts among the posts, as it gives them.

use serde_json::{Value, json};

use super::{
    server::{Asked, Fault, Kind, Reply, World},
    shapes::FakePost,
};

/// The account `beispielhausen.de`. The switch `labels` puts a label of its own on its profile.
pub struct FakeBluesky;

const DID: &str = "did:plc:abc234def567ghi234jkl567";

impl Kind for FakeBluesky {
    fn answer(&self, world: &World, asked: &Asked) -> Reply {
        let refuse = |message: &str| Reply::json(400, json!({ "error": "InvalidRequest", "message": message }));
        let method = asked.path.strip_prefix("/xrpc/").unwrap_or_default();
        let known = matches!(asked.value("actor"), DID | "beispielhausen.de");
        match method {
            "com.atproto.identity.resolveHandle" if asked.value("handle") == "beispielhausen.de" => {
                Reply::json(200, json!({ "did": DID }))
            }
            "com.atproto.identity.resolveHandle" => refuse("Unable to resolve handle"),
            "app.bsky.actor.getProfile" if known => Reply::json(200, profile(world)),
            "app.bsky.actor.getProfile" | "app.bsky.feed.getAuthorFeed" if !known => refuse("Profile not found"),
            "app.bsky.feed.getAuthorFeed" => feed(world, asked),
            "app.bsky.feed.getPosts" => posts(world, asked),
            _ => Reply::json(501, json!({ "error": "MethodNotImplemented", "message": "Method Not Implemented" })),
        }
    }

    fn busy(&self, world: &World, secs: i64) -> Reply {
        Reply::json(429, json!({ "error": "RateLimitExceeded", "message": "Rate Limit Exceeded" }))
            .with("ratelimit-limit", "3000")
            .with("ratelimit-remaining", "0")
            .with("ratelimit-reset", (world.now_secs + secs).to_string())
            .with("ratelimit-policy", "3000;w=300")
    }

    fn missing(&self, _asked: &Asked) -> Reply {
        Reply::json(400, json!({ "error": "InvalidRequest", "message": "Profile not found" }))
    }
}

fn labels(world: &World) -> Value {
    let label =
        |val: &String| json!({ "src": DID, "uri": format!("at://{DID}"), "val": val, "cts": "2026-05-01T00:00:00Z" });
    world.switches.get("labels").map_or(json!([]), |val| json!([label(val)]))
}

fn profile(world: &World) -> Value {
    json!({
        "did": DID, "handle": "beispielhausen.de", "displayName": "Stadt Beispielhausen", "description": "Amtlich",
        "avatar": world.at("/a.jpg"), "labels": labels(world), "createdAt": "2024-11-20T10:00:00.000Z",
        "indexedAt": "2024-11-20T10:00:00.000Z", "followersCount": 3,
    })
}

fn uri(post: &FakePost) -> String {
    format!("at://{DID}/app.bsky.feed.post/3lb{:05}", post.number)
}

fn view(world: &World, post: &FakePost) -> Value {
    let image = |(path, alt): &(String, String)| json!({ "thumb": world.at(path), "fullsize": world.at(path), "alt": alt, "aspectRatio": { "width": 3, "height": 2 } });
    let images: Vec<_> = post.pictures.iter().map(image).collect();
    let mut view = json!({
        "uri": uri(post), "cid": format!("bafyrei{}{}", post.number, u8::from(post.edited)),
        "author": { "did": DID, "handle": "beispielhausen.de", "displayName": "Stadt Beispielhausen",
                    "labels": labels(world), "createdAt": "2024-11-20T10:00:00.000Z" },
        "record": { "$type": "app.bsky.feed.post", "text": post.words, "createdAt": post.date(), "langs": ["de"] },
        "replyCount": 0, "repostCount": 1, "likeCount": 3, "quoteCount": 0, "bookmarkCount": 0,
        "indexedAt": post.date(), "labels": [],
    });
    if !images.is_empty() {
        view["embed"] = json!({ "$type": "app.bsky.embed.images#view", "images": images });
    } else if world.fault == Fault::FromTheFuture {
        view["embed"] = json!({ "$type": "app.bsky.embed.hologram#view", "depth": 3 });
    }
    view
}

fn feed(world: &World, asked: &Asked) -> Reply {
    let limit = asked.number("limit").unwrap_or(50).min(100);
    let before = asked.value("cursor").parse::<u64>().unwrap_or(u64::MAX);
    let older: Vec<_> = world.listed().into_iter().filter(|post| post.number < before).collect();
    let shown = &older[..older.len().min(limit)];
    let mut items: Vec<_> = shown.iter().map(|post| json!({ "post": view(world, post) })).collect();
    // Somebody else's post that the account passed on.
    let other = json!({
        "uri": "at://did:plc:zzz/app.bsky.feed.post/3lbother", "cid": "bafyrei2", "indexedAt": "2026-05-02T09:00:01Z",
        "author": { "did": "did:plc:zzz", "handle": "other.example" },
        "record": { "$type": "app.bsky.feed.post", "text": "Nicht von uns", "createdAt": "2026-05-02T09:00:00Z" },
    });
    let by = json!({ "$type": "app.bsky.feed.defs#reasonRepost", "by": { "did": DID, "handle": "beispielhausen.de" },
                     "indexedAt": "2026-05-02T10:00:00Z" });
    items.push(json!({ "post": other, "reason": by }));
    if world.fault == Fault::OddPost {
        items.insert(0, json!({ "post": { "uri": 7, "record": "none" } }));
    }
    let mut answer = json!({ "feed": items });
    if shown.len() < older.len() {
        answer["cursor"] = json!(shown[shown.len() - 1].number.to_string());
    }
    Reply::json(200, answer)
}

fn posts(world: &World, asked: &Asked) -> Reply {
    let uris: Vec<_> = asked.query.iter().filter(|(name, _)| name == "uris").map(|(_, uri)| uri.as_str()).collect();
    if uris.is_empty() || uris.len() > 25 {
        return Reply::json(
            400,
            json!({ "error": "InvalidRequest", "message": "uris must not have more than 25 elements" }),
        );
    }
    let number = |uri: &str| uri.rsplit_once("/3lb").and_then(|(_, number)| number.parse::<u64>().ok());
    let there = uris.into_iter().filter_map(|uri| world.post(number(uri)?)).map(|post| view(world, post));
    Reply::json(200, json!({ "posts": there.collect::<Vec<_>>() }))
}
