//! Posts of a house that is older than own posts: nothing of them is lost.

use std::path::Path;

use controller::store::{PostPicture, PostState, Store};
use harness::{NOON, postgres_url, root};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection, SqliteConnection, migrate::Migrator};

const OLD: i64 = 11;

/// Rows as the version before knew them.
const ROWS: &[&str] = &[
    "insert into accounts (id, institution, created_at) values ('a', 'Museum', 0)",
    "insert into stages (id, account_id, handle, likeness, name, description, accent, background, language, time_zone,
                         created_at, changed_at)
          values ('s', 'a', 'museum', 'museum', 'Museum', '', '#000000', '#ffffff', 'de', 'UTC', 0, 0)",
    "insert into sources (id, stage_id, network, address, name, held, memory, state, problem, detail, failures, fetched_at,
                          succeeded_at, next_at, claimed_until, created_at)
          values ('f', 's', 'feed', 'https://example.org/', 'Feed', false, '', 'new', '', '', 0, 0, 0, 0, 0, 0)",
    "insert into posts (id, stage_id, source_id, remote_id, slug, title, text, html, content_hash, published_at, imported_at,
                        changed_at, shown, sorted_by, facts)
          values ('p', 's', 'f', 'r', 'slug', 'Titel', 'Text', '<p>Text</p>', '1', 5, 6, 7, true, 3, '{\"tags\":[\"x\"]}')",
    "insert into media (id, account_id, sha256, width, height, colour, created_at)
          values ('m', 'a', 'h', 8, 8, '#808080', 0)",
    "insert into post_media (post_id, position, media_id, alt) values ('p', 0, 'm', 'Ein Boot')",
    "insert into topics (id, stage_id, name, slug, position, rule, created_at) values ('t', 's', 'Kai', 'kai', 0, '{}', 0)",
    "insert into post_topics (post_id, topic_id, by_rule, by_hand) values ('p', 't', true, 'in')",
];

/// The migrations of the version before, in a folder of their own.
async fn before(folder: &Path) -> Migrator {
    for entry in std::fs::read_dir(root().join("controller/migrations")).unwrap() {
        let file = entry.unwrap();
        if file.path().is_dir() {
            continue; // steps of one database came later
        }
        let number: i64 = file.file_name().to_string_lossy()[..4].parse().unwrap();
        if number <= OLD {
            std::fs::copy(file.path(), folder.join(file.file_name())).unwrap();
        }
    }
    Migrator::new(folder).await.unwrap()
}

#[tokio::test]
async fn posts_of_an_older_house_keep_everything() {
    let folder = tempfile::tempdir().unwrap();
    let old = tempfile::tempdir().unwrap();
    let migrator = before(old.path()).await;
    let file = folder.path().join("litfass.db");
    let mut sqlite = SqliteConnection::connect(&format!("sqlite://{}?mode=rwc", file.display())).await.unwrap();
    migrator.run(&mut sqlite).await.unwrap();
    for row in ROWS {
        sqlite.execute(AssertSqlSafe(*row)).await.unwrap();
    }
    sqlite.close().await.unwrap();
    let mut stores = vec![Store::open_file(&file).await.unwrap()];
    if let Some(url) = postgres_url().await {
        let mut postgres = PgConnection::connect(&url).await.unwrap();
        migrator.run(&mut postgres).await.unwrap();
        for row in ROWS {
            postgres.execute(AssertSqlSafe(*row)).await.unwrap();
        }
        postgres.close().await.unwrap();
        stores.push(Store::open_address(&url).await.unwrap());
    }

    for store in stores {
        let post = store.find_post("s", "p").await.unwrap().unwrap();
        assert_eq!((post.source_id.as_deref(), post.slug.as_str(), post.published_at), (Some("f"), "slug", 5));
        assert_eq!((post.state(NOON), post.pinned_at, post.expires_at), (PostState::Shown, 0, None));
        assert_eq!(post.facts, "{\"tags\":[\"x\"]}");
        let picture = PostPicture { post_id: "p".into(), media_id: "m".into(), alt: "Ein Boot".into() };
        assert_eq!(store.list_post_pictures("s", &["p".to_owned()]).await.unwrap(), [picture]);
        let topics = store.list_post_topics("s", &["p".to_owned()]).await.unwrap();
        assert_eq!((topics.len(), topics[0].by_rule, topics[0].by_hand.as_str()), (1, true, "in"));
        // What hangs on what still does.
        assert!(store.delete_source("s", "f").await.unwrap());
        assert!(store.find_post("s", "p").await.unwrap().is_none());
        assert!(store.list_post_topics("s", &["p".to_owned()]).await.unwrap().is_empty());
    }
}
