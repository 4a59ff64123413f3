//! Topics: what rules and people put posts under, in the dashboard, in the newsroom and on screens.

mod by_hand;
mod pages;
mod properties;
mod rows;
mod sample;
mod sorting;
mod walk;

use controller::{
    features::topics::{
        self, TopicName,
        rule::{Condition, Part, Rule},
    },
    store::{Post, Stage},
};
use harness::{NOON, Owner, TestController, plain_source};

/// A post of the source `feed`, in German.
fn post(id: &str, stage_id: &str, text: &str, published_at: i64) -> Post {
    Post {
        id: id.to_owned(),
        stage_id: stage_id.to_owned(),
        source_id: Some("feed".to_owned()),
        remote_id: format!("remote-{id}"),
        slug: format!("slug-{id}"),
        title: None,
        text: text.to_owned(),
        html: format!("<p>{text}</p>"),
        link: None,
        author: None,
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

/// A rule of words of which one suffices.
fn words(words: &[&str]) -> Rule {
    let any = words.iter().map(|word| Condition::Words((*word).to_owned())).collect();
    Rule { parts: vec![Part { any, ..Part::default() }] }
}

/// An owner's stage with posts, the first the newest; their ids are `p0`, `p1` and so on.
async fn with_posts(wall: &TestController, handle: &str, texts: &[&str]) -> (Owner, Stage) {
    let owner = Owner::new(wall.client(), handle).await;
    let stage = wall.app.store.find_any_stage(&owner.stage_id).await.unwrap().unwrap();
    wall.app.store.add_source(&plain_source("feed", &stage.id)).await.unwrap();
    for (number, text) in (0..).zip(texts) {
        let post = post(&format!("p{number}"), &stage.id, text, NOON - number * 1_000);
        wall.app.store.take_post(&post, &[]).await.unwrap();
    }
    (owner, stage)
}

/// Makes a topic; its id.
async fn topic(wall: &TestController, stage: &Stage, name: &str, rule: &Rule) -> String {
    topics::create(&wall.app, stage, &TopicName::parse(name).unwrap(), rule).await.unwrap()
}

/// Does what the job does until nothing is left; how often it had something to do.
async fn sort_all(wall: &TestController) -> usize {
    let mut rounds = 0;
    while topics::sort_next(&wall.app).await.unwrap() {
        rounds += 1;
    }
    rounds
}

/// Ids of the shown posts of a topic, newest first.
async fn posts_of(wall: &TestController, stage: &Stage, topic_id: &str) -> Vec<String> {
    let below = controller::store::Below::default();
    let posts = wall.app.store.list_topic_posts(&stage.id, topic_id, &below, wall.app.clock.now(), 99).await.unwrap();
    posts.into_iter().map(|post| post.id).collect()
}
