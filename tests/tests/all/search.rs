//! Search: what posts are found by, the same on both databases, and nothing of what was erased.

mod rows;
mod same;

use controller::store::{Post, Source, Stage};
use harness::{NOON, TestStore, plain_source};

const STAGE: &str = "stage1";

/// A stage of the account `a`.
pub(crate) fn stage(id: &str) -> Stage {
    Stage {
        id: id.to_owned(),
        account_id: "a".to_owned(),
        handle: id.to_owned(),
        likeness: id.to_owned(),
        name: "Museum".to_owned(),
        description: String::new(),
        accent: "#000000".to_owned(),
        background: "#ffffff".to_owned(),
        logo_id: None,
        language: "de".to_owned(),
        time_zone: "Europe/Berlin".to_owned(),
        created_at: NOON,
        changed_at: NOON,
    }
}

/// A source that is never visited.
pub(crate) fn source(id: &str, stage_id: &str) -> Source {
    Source { name: format!("Quelle {id}"), ..plain_source(id, stage_id) }
}

/// A shown post of the source `feed`.
pub(crate) fn post(id: &str, language: &str, title: &str, text: &str) -> Post {
    Post {
        id: id.to_owned(),
        stage_id: STAGE.to_owned(),
        source_id: Some("feed".to_owned()),
        remote_id: format!("remote-{id}"),
        slug: format!("slug-{id}"),
        title: (!title.is_empty()).then(|| title.to_owned()),
        text: text.to_owned(),
        html: format!("<p>{text}</p>"),
        language: Some(language.to_owned()),
        content_hash: "1".to_owned(),
        published_at: NOON,
        imported_at: NOON,
        changed_at: NOON,
        shown: true,
        facts: "{}".to_owned(),
        ..Post::default()
    }
}

/// An account with two stages, the first with a source.
async fn prepared(db: &TestStore) {
    db.add_account("a").await;
    for id in [STAGE, "stage2"] {
        db.store.add_stage(&stage(id)).await.unwrap();
    }
    db.store.add_source(&source("feed", STAGE)).await.unwrap();
}
