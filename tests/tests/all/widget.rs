//! The widget: what is given to other people's pages, in which forms, and what they can do with it.

mod rows;

use controller::{
    store::{Post, Source},
};
use harness::NOON;

/// A source that is never visited.
fn source(id: &str, stage_id: &str, network: &str) -> Source {
    Source {
        id: id.to_owned(),
        stage_id: stage_id.to_owned(),
        network: network.to_owned(),
        address: format!("https://{id}.example/feed?key=secret"),
        name: format!("Quelle {id}"),
        state: "working".to_owned(),
        detail: "{}".to_owned(),
        next_at: i64::MAX,
        ..Source::default()
    }
}

/// A post of the source `feed`, in German.
fn post(id: &str, stage_id: &str, title: &str, published_at: i64) -> Post {
    Post {
        id: id.to_owned(),
        stage_id: stage_id.to_owned(),
        source_id: Some("feed".to_owned()),
        remote_id: format!("remote-{id}"),
        slug: format!("slug-{id}"),
        title: Some(title.to_owned()),
        text: format!("Text zu {title}"),
        html: format!("<p>Text zu <strong>{title}</strong></p>"),
        link: Some(format!("https://www.feed.example/{id}")),
        author: Some("Pressestelle".to_owned()),
        language: Some("de".to_owned()),
        content_hash: "1".to_owned(),
        published_at,
        imported_at: NOON,
        changed_at: NOON,
        shown: true,
        facts: "{}".to_owned(),
        ..Post::default()
    }
}
