//! A website with a feed: Atom 1.0, the twenty newest posts, and a page for each.

use super::{
    server::{Asked, Fault, Kind, Reply, World},
    shapes::escape,
};

/// A website whose feed lies at `/feed`.
pub struct FakeFeed;

impl Kind for FakeFeed {
    fn answer(&self, world: &World, asked: &Asked) -> Reply {
        match asked.path.as_str() {
            "/feed" => Reply::text(200, "application/atom+xml", atom(world)),
            path => {
                let post = path.strip_prefix("/posts/").and_then(|number| world.post(number.parse().ok()?));
                Reply::page(if post.is_some() { 200 } else { 404 })
            }
        }
    }

    fn busy(&self, _world: &World, secs: i64) -> Reply {
        Reply::page(429).with("retry-after", secs.to_string())
    }
}

fn atom(world: &World) -> String {
    let mut entries = String::new();
    if world.fault == Fault::OddPost {
        entries.push_str("<entry><updated>soon</updated></entry>");
    }
    for post in world.listed().into_iter().take(20) {
        let picture =
            |(path, alt): &(String, String)| format!("<img src=\"{}\" alt=\"{}\">", world.at(path), escape(alt));
        let pictures: String = post.pictures.iter().map(picture).collect();
        let extra = if world.fault == Fault::FromTheFuture { "<x:new xmlns:x=\"urn:x\">7</x:new>" } else { "" };
        entries.push_str(&format!(
            "<entry><id>urn:post:{number}</id><link href=\"{link}\"/><published>{date}</published><updated>{date}</updated>\
             <content type=\"html\">{content}</content>{extra}</entry>",
            number = post.number,
            link = world.at(&format!("/posts/{}", post.number)),
            date = post.date(),
            content = escape(&(post.markup() + &pictures)),
        ));
    }
    format!("<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Stadt Beispielhausen</title>{entries}</feed>")
}
