//! Pixelfed: a feed of ten posts for everybody, Mastodon's interface with oddities for those with a token.

use serde_json::json;

use super::{
    TOKEN, mastodon,
    server::{Asked, Fault, Kind, Reply, World},
    shapes::{FakePost, escape},
};

/// An instance with one account, `museum`.
pub struct FakePixelfed;

impl Kind for FakePixelfed {
    fn answer(&self, world: &World, asked: &Asked) -> Reply {
        let path = asked.path.as_str();
        if path.starts_with("/api/") {
            if asked.token != TOKEN {
                return Reply::json(403, json!({ "error": "Unauthenticated." }));
            }
            return interface(world, asked);
        }
        if path == "/users/museum.atom" {
            return Reply::text(200, "application/atom+xml", atom(world));
        }
        match path.strip_prefix("/p/museum/").map(|id| mastodon::find(world, id)) {
            Some(Some(_)) => Reply::page(200),
            Some(None) => Reply::page(404),
            None => mastodon::discovery(world, asked, "pixelfed", "museum"),
        }
    }

    fn busy(&self, _world: &World, secs: i64) -> Reply {
        Reply::json(429, json!({ "error": "Too many attempts" })).with("retry-after", secs.to_string())
    }

    fn missing(&self, asked: &Asked) -> Reply {
        if asked.path.starts_with("/api/") {
            return Reply::json(404, json!({ "error": "Record not found" }));
        }
        Reply::page(404)
    }
}

fn interface(world: &World, asked: &Asked) -> Reply {
    let write = |post: &FakePost| {
        let mut status = mastodon::status(world, post);
        // What is unlike Mastodon.
        status["_v"] = json!(1);
        status["pf_type"] = json!(if post.pictures.len() > 1 { "photo:album" } else { "photo" });
        status["in_reply_to_id"] = json!("");
        status["content_text"] = json!(post.words);
        status["reply_count"] = json!(0);
        status["label"] = json!({ "covid": false });
        status["url"] = json!(world.at(&format!("/p/museum/{}", mastodon::id(post))));
        status["account"]["username"] = json!("museum");
        status
    };
    match asked.path.as_str() {
        "/api/v1/accounts/lookup" if asked.value("acct") == "museum" => {
            Reply::json(200, json!({ "id": "1", "username": "museum", "acct": "museum", "display_name": "Museum" }))
        }
        "/api/v1/accounts/1/statuses" => mastodon::page(world, asked, &write),
        path => match path.strip_prefix("/api/v1/statuses/").and_then(|id| mastodon::find(world, id)) {
            Some(post) => Reply::json(200, write(post)),
            None => Reply::json(404, json!({ "error": "Record not found" })),
        },
    }
}

/// The ten newest, each with its first picture only.
fn atom(world: &World) -> String {
    let mut entries = String::new();
    if world.fault == Fault::OddPost {
        entries.push_str("<entry><updated>soon</updated></entry>");
    }
    for post in world.listed().into_iter().take(10) {
        let link = world.at(&format!("/p/museum/{}", mastodon::id(post)));
        let first = post.pictures.first().map(|(path, _)| world.at(path));
        let img = first.as_ref().map(|url| format!("<img id=\"rss\" src=\"{url}\"><br>")).unwrap_or_default();
        let media = first.map(|url| format!("<media:content url=\"{url}\" type=\"image/png\" medium=\"image\" />"));
        let extra = if world.fault == Fault::FromTheFuture { "<x:new xmlns:x=\"urn:x\">7</x:new>" } else { "" };
        entries.push_str(&format!(
            "<entry><id>{link}</id><title>{title}</title><updated>{date}</updated><author><name>museum</name></author>\
             <content type=\"html\"><![CDATA[{img}{html}]]></content><link rel=\"alternate\" href=\"{link}\" />\
             <summary type=\"html\">{title}</summary>{media}{extra}</entry>",
            title = escape(&post.words),
            date = post.date(),
            html = post.markup(),
            media = media.unwrap_or_default(),
        ));
    }
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><feed xmlns=\"http://www.w3.org/2005/Atom\" \
         xmlns:media=\"http://search.yahoo.com/mrss/\"><id>{0}</id><title>Museum on Pixelfed</title>\
         <link rel=\"self\" type=\"application/atom+xml\" href=\"{0}\"/>{entries}</feed>",
        world.at("/users/museum.atom")
    )
}
