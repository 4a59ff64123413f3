//! The newsroom: the public page of a stage, and what is kept of it in memory.

mod browser;
mod desk;
mod feeds;
mod head;
mod kept;
mod lists;
mod maps;
mod rows;
mod search;

use controller::store::{Post, Source, Stage};
pub(crate) use desk::fill;
use harness::{NOON, Owner, TestClient, TestController, plain_source};

/// A day, in milliseconds.
const DAY: i64 = 86_400_000;

/// A source that is never visited; its id is the name of its network.
fn source(network: &str, stage_id: &str) -> Source {
    Source { network: network.to_owned(), name: format!("Quelle {network}"), ..plain_source(network, stage_id) }
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
        text: format!("Worte zu {title}."),
        // As whatever comes in is cleaned.
        html: format!("<p>Worte zu {}.</p>", title.replace('&', "&amp;").replace('<', "&lt;")),
        link: Some(format!("https://www.social.example/{id}")),
        author: Some("Amt & Söhne".to_owned()),
        language: Some("de".to_owned()),
        content_hash: "1".to_owned(),
        published_at,
        imported_at: NOON,
        changed_at: published_at,
        shown: true,
        facts: "{}".to_owned(),
        ..Post::default()
    }
}

/// An owner's stage with posts, the first the newest and each a day older; their ids are `p0`, `p1` and so on.
pub(crate) async fn with_posts(wall: &TestController, handle: &str, titles: &[&str]) -> (Owner, Stage) {
    let owner = Owner::new(wall.client(), handle).await;
    let stage = wall.app.store.find_any_stage(&owner.stage_id).await.unwrap().unwrap();
    wall.app.store.add_source(&source("feed", &stage.id)).await.unwrap();
    for (number, title) in (0..).zip(titles) {
        let post = post(&format!("p{number}"), &stage.id, title, NOON - number * DAY);
        wall.app.store.take_post(&post, &[]).await.unwrap();
    }
    (owner, stage)
}

/// The text of a page that everybody may read.
async fn read(visitor: &TestClient, path: &str) -> String {
    let answer = visitor.get(path).await.expect(200);
    assert!(answer.headers.get("set-cookie").is_none(), "{path} sets a cookie");
    answer.text()
}

/// What stands between two texts.
fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    let rest = text.split_once(before).unwrap_or_else(|| panic!("no {before} in {text}")).1;
    rest.split_once(after).unwrap_or_else(|| panic!("no {after} behind {before}")).0
}
