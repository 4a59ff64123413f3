//! Mastodon: accounts and statuses as its documentation shows them, its feed of a profile, NodeInfo and WebFinger.

use serde_json::{Value, json};

use super::{
    TOKEN,
    server::{Asked, Fault, Kind, Reply, World},
    shapes::{FakePost, escape, rfc3339},
};

/// An instance with one account, `beispielhausen`. The switch `sensitive` marks all its posts, `left` says how
/// many more requests are granted.
#[derive(Default)]
pub struct FakeMastodon {
    /// Tells strangers nothing (`DISALLOW_UNAUTHENTICATED_API_ACCESS`).
    pub closed: bool,
}

const START: u64 = 115_580_000_000_000_000;

impl Kind for FakeMastodon {
    fn answer(&self, world: &World, asked: &Asked) -> Reply {
        let path = asked.path.as_str();
        if path.starts_with("/api/") {
            if self.closed && asked.token != TOKEN {
                return Reply::json(401, json!({ "error": "This API requires an authenticated user" }));
            }
            let left = world.switches.get("left").map_or("299", String::as_str);
            return limits(interface(world, asked), world.now_secs + 300, left);
        }
        match path {
            "/@beispielhausen.rss" => Reply::text(200, "application/rss+xml; charset=utf-8", rss(world)),
            _ => match path.strip_prefix("/@beispielhausen/").and_then(|id| id.parse::<u64>().ok()) {
                Some(id) => Reply::page(if world.post(id.saturating_sub(START)).is_some() { 200 } else { 404 }),
                None => discovery(world, asked, "mastodon", "beispielhausen"),
            },
        }
    }

    fn busy(&self, world: &World, secs: i64) -> Reply {
        limits(Reply::json(429, json!({ "error": "Too many requests" })), world.now_secs + secs, "0")
    }

    fn missing(&self, asked: &Asked) -> Reply {
        if asked.path.starts_with("/api/") {
            return Reply::json(404, json!({ "error": "Record not found" }));
        }
        Reply::page(404)
    }
}

/// NodeInfo and WebFinger, as any such server has them.
pub(super) fn discovery(world: &World, asked: &Asked, software: &str, name: &str) -> Reply {
    match asked.path.as_str() {
        "/.well-known/nodeinfo" => Reply::json(
            200,
            json!({ "links": [{ "rel": "http://nodeinfo.diaspora.software/ns/schema/2.0", "href": world.at("/nodeinfo/2.0") }] }),
        ),
        "/nodeinfo/2.0" => Reply::json(
            200,
            json!({ "version": "2.0", "software": { "name": software, "version": "4.5.0" }, "protocols": ["activitypub"] }),
        ),
        "/.well-known/webfinger" if asked.value("resource").starts_with(&format!("acct:{name}@")) => Reply::json(
            200,
            json!({ "subject": asked.value("resource"), "links": [
                { "rel": "self", "type": "application/activity+json", "href": world.at(&format!("/users/{name}")) } ] }),
        ),
        _ => Reply::page(404),
    }
}

fn limits(reply: Reply, reset_secs: i64, left: &str) -> Reply {
    let reset = rfc3339(reset_secs);
    reply.with("x-ratelimit-limit", "300").with("x-ratelimit-remaining", left).with("x-ratelimit-reset", reset)
}

fn interface(world: &World, asked: &Asked) -> Reply {
    let missing = || Reply::json(404, json!({ "error": "Record not found" }));
    match asked.path.as_str() {
        "/api/v1/accounts/lookup" if asked.value("acct") == "beispielhausen" => Reply::json(200, account(world)),
        "/api/v1/accounts/1/statuses" => page(world, asked, &|post| status(world, post)),
        path => {
            let post = path.strip_prefix("/api/v1/statuses/").and_then(|id| find(world, id));
            post.map_or_else(missing, |post| Reply::json(200, status(world, post)))
        }
    }
}

/// A page of statuses, with the way to the next one in `Link`. Its address is not the one that was asked.
pub(super) fn page(world: &World, asked: &Asked, write: &dyn Fn(&FakePost) -> Value) -> Reply {
    let limit = asked.number("limit").unwrap_or(20).min(40);
    let before = asked.value("max_id").parse::<u64>().unwrap_or(u64::MAX);
    let older: Vec<_> = world.listed().into_iter().filter(|post| START + post.number < before).collect();
    let shown = &older[..older.len().min(limit)];
    let mut list: Vec<_> = shown.iter().map(|post| write(post)).collect();
    if world.fault == Fault::OddPost {
        list.insert(0, json!({ "id": null, "content": 7, "created_at": [] }));
        list.insert(0, json!("no status at all"));
    }
    let reply = Reply::json(200, Value::Array(list));
    match shown.last() {
        Some(last) => {
            let place = "https://elsewhere.example/api/v1/accounts/1/statuses?limit=40";
            let (last, first) = (START + last.number, START + shown[0].number);
            let link = format!("<{place}&max_id={last}>; rel=\"next\", <{place}&min_id={first}>; rel=\"prev\"");
            reply.with("link", link)
        }
        None => reply,
    }
}

fn account(world: &World) -> Value {
    json!({
        "id": "1", "username": "beispielhausen", "acct": "beispielhausen", "display_name": "Stadt Beispielhausen",
        "locked": false, "bot": false, "discoverable": true, "indexable": true, "url": world.at("/@beispielhausen"),
        "avatar": world.at("/a.png"), "avatar_static": world.at("/a.png"), "emojis": [], "fields": [],
    })
}

/// The post with an id.
pub(super) fn find<'w>(world: &'w World, id: &str) -> Option<&'w FakePost> {
    world.post(id.parse::<u64>().ok()?.checked_sub(START)?)
}

/// The id of a post.
pub(super) fn id(post: &FakePost) -> String {
    (START + post.number).to_string()
}

pub(super) fn status(world: &World, post: &FakePost) -> Value {
    let id = id(post);
    let mut media: Vec<_> = post
        .pictures
        .iter()
        .map(|(path, alt)| {
            json!({
                "id": "22345792", "type": "image", "url": world.at(path), "preview_url": world.at(path),
                "remote_url": null, "description": alt, "blurhash": "UFBWY:8_0Jxv4mx]t8t64.%M-:IUWGWAt6M}",
                "meta": { "original": { "width": 48, "height": 32, "size": "48x32", "aspect": 1.5 },
                          "focus": { "x": -0.27, "y": 0.51 } },
            })
        })
        .collect();
    if world.fault == Fault::FromTheFuture {
        media.push(json!({ "id": "1", "type": "hologram", "url": world.at("/media/hologram"), "depth": 3 }));
    }
    json!({
        "id": id, "created_at": post.date(), "edited_at": post.edited.then(|| post.date()), "in_reply_to_id": null,
        "in_reply_to_account_id": null, "sensitive": world.switches.contains_key("sensitive"), "spoiler_text": "", "visibility": "public",
        "language": "de", "uri": world.at(&format!("/users/beispielhausen/statuses/{id}")),
        "url": world.at(&format!("/@beispielhausen/{id}")), "content": post.markup(), "reblog": null, "quote": null,
        "poll": null, "replies_count": 0, "reblogs_count": 2, "favourites_count": 5, "quotes_count": 0,
        "account": account(world), "media_attachments": media, "mentions": [],
        "tags": [{ "name": "markt", "url": world.at("/tags/markt") }], "emojis": [], "card": null,
    })
}

/// The feed of the profile: items have no title.
fn rss(world: &World) -> String {
    let mut items = String::new();
    let rating = if world.switches.contains_key("sensitive") { "adult" } else { "nonadult" };
    if world.fault == Fault::OddPost {
        items.push_str("<item><pubDate>soon</pubDate></item>");
    }
    for post in world.listed().into_iter().take(20) {
        let link = world.at(&format!("/@beispielhausen/{}", id(post)));
        let media: String = post
            .pictures
            .iter()
            .map(|(path, alt)| {
                format!(
                    "<media:content url=\"{}\" type=\"image/png\" fileSize=\"90\" medium=\"image\">\
                     <media:rating scheme=\"urn:simple\">{rating}</media:rating>\
                     <media:description type=\"plain\">{}</media:description></media:content>",
                    world.at(path),
                    escape(alt)
                )
            })
            .collect();
        let extra = if world.fault == Fault::FromTheFuture { "<x:new xmlns:x=\"urn:x\">7</x:new>" } else { "" };
        items.push_str(&format!(
            "<item><guid isPermaLink=\"true\">{link}</guid><link>{link}</link><pubDate>{}</pubDate>\
             <description>{}</description>{media}{extra}<category>markt</category></item>",
            post.date(),
            escape(&post.markup())
        ));
    }
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><rss version=\"2.0\" xmlns:webfeeds=\"http://webfeeds.org/rss/1.0\" \
         xmlns:media=\"http://search.yahoo.com/mrss/\"><channel><title>Stadt Beispielhausen</title>\
         <description>Public posts from @beispielhausen</description><link>{}</link>\
         <generator>Mastodon v4.5.0</generator>{items}</channel></rss>",
        world.at("/@beispielhausen")
    )
}
