//! Posts of a house that is older than moderation: what waited waits, what was hidden stays hidden.

use controller::store::{PostState, Store};
use harness::{NOON, postgres_url, root};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection, SqliteConnection, migrate::Migrator};

const OLD: i64 = 14;

/// Rows as the version before knew them.
const ROWS: &[&str] = &[
    "insert into accounts (id, institution, created_at) values ('a', 'Museum', 0)",
    "insert into stages (id, account_id, handle, likeness, name, description, accent, background, language, time_zone,
                         created_at, changed_at)
          values ('s', 'a', 'museum', 'museum', 'Museum', '', '#000000', '#ffffff', 'de', 'UTC', 0, 0)",
    "insert into sources (id, stage_id, network, address, name, held, memory, state, problem, detail, failures, fetched_at,
                          succeeded_at, next_at, claimed_until, created_at)
          values ('f', 's', 'feed', 'https://example.org/', 'Feed', true, '', 'new', '', '', 0, 0, 0, 0, 0, 0)",
    "insert into posts (id, stage_id, source_id, remote_id, slug, text, html, content_hash, published_at, imported_at,
                        changed_at, shown, draft)
          values ('shown', 's', 'f', '1', '1', '', '', '', 5, 6, 6, true, false),
                 ('waits', 's', 'f', '2', '2', '', '', '', 5, 6, 6, false, false),
                 ('hidden', 's', 'f', '3', '3', '', '', '', 5, 6, 7, false, false),
                 ('draft', 's', null, '4', '4', '', '', '', 5, 6, 6, false, true),
                 ('own', 's', null, '5', '5', '', '', '', 5, 6, 6, false, false)",
];

#[tokio::test]
async fn posts_of_an_older_house_are_where_people_left_them() {
    let (folder, old) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    for entry in std::fs::read_dir(root().join("controller/migrations")).unwrap() {
        let file = entry.unwrap();
        // What only one of the databases can do lies in folders, and came later.
        let number = file.file_name().to_string_lossy()[..4].parse::<i64>();
        if number.is_ok_and(|number| number <= OLD) {
            std::fs::copy(file.path(), old.path().join(file.file_name())).unwrap();
        }
    }
    let migrator = Migrator::new(old.path()).await.unwrap();
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
        use PostState::{Draft, Hidden, Shown, Waiting};
        for (id, expected) in
            [("shown", Shown), ("waits", Waiting), ("hidden", Hidden), ("draft", Draft), ("own", Hidden)]
        {
            let post = store.find_post("s", id).await.unwrap().unwrap();
            assert_eq!(post.state(NOON), expected, "{id}");
        }
        let counts = store.count_posts("s", NOON).await.unwrap();
        assert_eq!((counts.shown, counts.queue, counts.waiting, counts.hidden), (1, 1, 1, 2));
    }
}
