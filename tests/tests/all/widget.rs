//! The widget: what is given to other people's pages, in which forms, and what they can do with it.

mod api;
mod away;
mod desk;
mod frame;
mod hostile;
mod live;
mod looks;
mod oembed;
mod page;
mod policy;
mod rows;
mod script;
mod shift;

use controller::{
    features::media,
    store::{Post, PostPicture, Source, Stage},
};
use harness::{NOON, Owner, TestController};
pub(crate) use page::Site;

use crate::media_command::jpeg;

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

/// An owner's stage `stadt` with posts, the first the newest; their ids are `p0`, `p1` and so on.
async fn with_posts(wall: &TestController, titles: &[&str]) -> (Owner, Stage) {
    let owner = Owner::new(wall.client(), "stadt").await;
    let stage = wall.app.store.find_any_stage(&owner.stage_id).await.unwrap().unwrap();
    wall.app.store.add_source(&source("feed", &stage.id, "feed")).await.unwrap();
    for (number, title) in (0..).zip(titles) {
        let post = post(&format!("p{number}"), &stage.id, title, NOON - (number + 1) * 60_000);
        wall.app.store.take_post(&post, &[]).await.unwrap();
    }
    (owner, stage)
}

/// A picture of the stage's account for a post.
async fn picture(
    wall: &TestController,
    stage: &Stage,
    post_id: &str,
    (width, height): (u32, u32),
    shade: u8,
) -> PostPicture {
    let media = media::keep(&wall.app, &stage.account_id, jpeg(width, height, shade)).await.unwrap();
    PostPicture { post_id: post_id.to_owned(), media_id: media.id, alt: format!("Bild {shade}") }
}
