//! Rows of the index: true with every write, and gone with every post.

use std::fs;

use controller::{
    features::posts::{self, Query},
    store::{Below, Post, Store},
};
use harness::{NOON, Owner, TestController, TestStore, stores};
use proptest::{
    prelude::{ProptestConfig, any},
    strategy::{Strategy, ValueTree},
    test_runner::TestRunner,
};
use sqlx::{AssertSqlSafe, Connection, Executor, SqliteConnection};

use super::{STAGE, post, prepared, source, stage};
use crate::desk::run_sql;

/// What is found on the stage, in its order.
async fn found(store: &Store, query: &str) -> Vec<String> {
    found_below(store, query, &Below::default(), 99).await.0
}

async fn found_below(store: &Store, query: &str, below: &Below, limit: i64) -> (Vec<String>, Option<Below>) {
    let search = Query::parse(query).search();
    let hits = store.search_shown_posts(STAGE, &search, below, NOON, limit).await.unwrap();
    (hits.iter().map(|hit| hit.post.id.clone()).collect(), hits.last().map(Below::from))
}

async fn take(db: &TestStore, post: &Post) {
    db.store.take_post(post, &[]).await.unwrap();
}

#[tokio::test]
async fn words_are_found_in_any_form_of_the_language_of_the_post() {
    for db in stores().await {
        prepared(&db).await;
        take(&db, &post("a", "de", "Neue Bäder", "Im Sommer öffnen drei Schwimmbäder.")).await;
        take(&db, &post("b", "en", "Two libraries", "The museum’s swimming pool is bad.")).await;
        take(&db, &post("c", "tr", "Müze", "Kütüphaneler")).await;
        take(&db, &post("d", "ja", "", "市立美術館の展示")).await;
        take(&db, &Post { author: Some("Erika Müller".into()), ..post("e", "de", "", "Kurz.") }).await;

        for (query, expected) in [
            ("bad ", vec!["a", "b"]),
            ("Baeder ", vec!["a"]),
            ("bader ", vec!["a"]),
            ("library ", vec!["b"]),
            ("swim ", vec!["b"]),
            ("Kütüphane ", vec![]),
            ("Kütüphane", vec!["c"]),
            ("mueze", vec!["c"]),
            ("schwimmb", vec!["a"]),
            ("schwimmb ", vec![]),
            ("美術館", vec!["d"]),
            ("美館", vec![]),
            ("erika muller", vec!["e"]),
            ("\"drei schwimmbäder\"", vec!["a"]),
            ("\"bäder im\"", vec![]),
            ("\"drei schwimmbad\"", vec![]),
            ("neu öffnen", vec!["a"]),
            ("neu swim", vec![]),
        ] {
            let mut all = found(&db.store, query).await;
            all.sort();
            assert_eq!(all, expected, "{query:?} on {}", db.kind);
        }
    }
}

#[tokio::test]
async fn what_fits_best_comes_first_and_then_the_newest() {
    for db in stores().await {
        prepared(&db).await;
        let at = |id: &str, title: &str, text: &str, age: i64| Post {
            published_at: NOON - age,
            ..post(id, "de", title, text)
        };
        take(&db, &at("text-new", "", "Ein Bad", 1)).await;
        take(&db, &at("text-old", "", "Das Bad", 9)).await;
        take(&db, &at("form", "", "Bäder", 0)).await;
        take(&db, &at("title", "Bad", "", 8)).await;
        take(&db, &at("title-form", "Bäder", "", 7)).await;
        take(&db, &Post { shown: false, ..at("hidden", "Bad", "", 0) }).await;
        take(&db, &at("later", "Bad", "", -1)).await;

        let all = found(&db.store, "bad ").await;
        assert_eq!(all, ["title", "title-form", "text-new", "text-old", "form"], "{}", db.kind);
        let (mut pages, mut below) = (Vec::new(), Below::default());
        loop {
            let (page, last) = found_below(&db.store, "bad ", &below, 2).await;
            pages.extend(page);
            match last {
                Some(last) => below = Below::parse(&last.to_string()).unwrap(),
                None => break,
            }
        }
        assert_eq!(pages, all, "page by page");
    }
}

#[tokio::test]
async fn the_index_follows_every_write() {
    for db in stores().await {
        prepared(&db).await;
        take(&db, &post("a", "de", "Eins", "")).await;
        take(&db, &Post { content_hash: "2".into(), ..post("a", "de", "Zwei", "") }).await;
        let own = Post { source_id: None, remote_id: "o".into(), ..post("o", "de", "Drei", "") };
        db.store.add_own_post(&own, &[]).await.unwrap();
        assert_eq!(found(&db.store, "drei ").await, ["o"]);
        let edited = Post { title: Some("Vier".into()), changed_at: NOON + 1, content_hash: "2".into(), ..own };
        assert!(db.store.change_own_post(&edited, NOON, &[]).await.unwrap());

        for (query, expected) in [("eins ", vec![]), ("zwei ", vec!["a"]), ("drei ", vec![]), ("vier ", vec!["o"])] {
            assert_eq!(found(&db.store, query).await, expected, "{query} on {}", db.kind);
        }
        assert!(db.store.list_unread_posts("", 9).await.unwrap().is_empty());
        assert!(db.store.delete_withdrawn_post("feed", "remote-a", NOON).await.unwrap());
        assert!(db.store.delete_own_post(STAGE, "o").await.unwrap());
        assert!(found(&db.store, "zwei ").await.is_empty() && found(&db.store, "vier ").await.is_empty());
    }
}

#[tokio::test]
async fn another_stage_finds_nothing_of_this_one() {
    for db in stores().await {
        prepared(&db).await;
        db.store.add_source(&source("other", "stage2")).await.unwrap();
        take(&db, &post("a", "de", "Bad", "")).await;
        let theirs = Post { stage_id: "stage2".into(), source_id: Some("other".into()), ..post("b", "de", "Bad", "") };
        take(&db, &theirs).await;

        assert_eq!(found(&db.store, "bad ").await, ["a"], "{}", db.kind);
        assert!(found(&db.store, &format!("s{STAGE} ")).await.is_empty(), "a mark of ours is no word");
    }
}

/// Every byte of an embedded database, once all of it is in the one file.
async fn bytes_of(place: &str) -> String {
    let mut database = SqliteConnection::connect(&format!("sqlite://{place}")).await.unwrap();
    database.execute("pragma wal_checkpoint(truncate)").await.unwrap();
    let held = [fs::read(place).unwrap(), fs::read(format!("{place}-wal")).unwrap_or_default()].concat();
    String::from_utf8_lossy(&held).into_owned()
}

#[tokio::test]
async fn nothing_of_an_erased_post_stays_in_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("test.db").display().to_string();
    let store = Store::open_file(place.as_ref()).await.unwrap();
    let mut beside = SqliteConnection::connect(&format!("sqlite://{place}")).await.unwrap();
    beside.execute("insert into accounts values ('a', 'Museum', null, 0)").await.unwrap();
    store.add_stage(&stage(STAGE)).await.unwrap();
    for (id, secret) in [("one", "qqgeheimnis"), ("two", "xxgeheimnis"), ("three", "zzgeheimnis")] {
        store.add_source(&source(id, STAGE)).await.unwrap();
        let post = Post { source_id: Some(id.into()), ..post(id, "de", &format!("Das {secret}"), "Bad") };
        store.take_post(&post, &[]).await.unwrap();
    }
    // What erased words leave behind is looked for among words that stay.
    for number in 0..50 {
        let post = Post { source_id: Some("three".into()), ..post(&format!("p{number}"), "de", "Bad", "Fest") };
        store.take_post(&post, &[]).await.unwrap();
    }
    let before = bytes_of(&place).await;
    for secret in ["qqgeheimnis", "xxgeheimnis", "zzgeheimnis"] {
        assert!(before.contains(secret), "it would be found: {secret}");
    }

    assert!(store.delete_withdrawn_post("one", "remote-one", NOON).await.unwrap());
    assert!(store.delete_source(STAGE, "two").await.unwrap());
    let edited = Post { source_id: Some("three".into()), content_hash: "2".into(), ..post("x", "de", "Neu", "") };
    store.take_post(&Post { remote_id: "remote-three".into(), ..edited }, &[]).await.unwrap();

    let after = bytes_of(&place).await;
    for secret in ["qqgeheim", "xxgeheim", "zzgeheim"] {
        assert!(!after.contains(secret), "{secret} is still there");
    }
    let check = AssertSqlSafe("insert into post_index (post_index, rank) values ('integrity-check', 1)");
    beside.execute(check).await.expect("the index says what its table says");
    store.close().await;
}

#[tokio::test]
async fn posts_that_were_here_before_are_read_in_the_background() {
    for wall in TestController::on_each().await {
        let owner = Owner::new(wall.client(), "museum").await;
        let store = &wall.app.store;
        store.add_source(&source("feed", &owner.stage_id)).await.unwrap();
        let post = |id: &str, text: &str| Post { stage_id: owner.stage_id.clone(), ..post(id, "de", "", text) };
        for (id, text) in [("p1", "Ein Bad"), ("p2", "Zwei Bäder"), ("p3", "Ein Fest")] {
            store.take_post(&post(id, text), &[]).await.unwrap();
        }
        // Words that are not those of the post, to see which ones are taken.
        store.keep_words(&[Post { text: "alt".into(), ..post("p2", "") }]).await.unwrap();
        let stage = store.find_any_stage(&owner.stage_id).await.unwrap().unwrap();
        let search = async |typed: &str| {
            let hits = posts::search(&wall.app, &stage, &Query::parse(typed), &Below::default(), 9).await.unwrap();
            hits.found.into_iter().map(|found| (found.full.post.id, found.excerpt)).collect::<Vec<_>>()
        };
        assert_eq!(search("bad ").await, [("p1".to_owned(), "Ein <mark>Bad</mark>".to_owned())]);

        store.keep_words(&[Post { content_hash: "other".into(), ..post("p2", "Bäder") }]).await.unwrap();
        assert_eq!(search("bad ").await.len(), 1, "what was edited meanwhile is passed over");
        assert_eq!(posts::read_words(&wall.app, "").await.unwrap(), None, "all are read as they should be");
        assert_eq!(search("").await, []);
        // As an older program left it: nothing read, or by other rules.
        for older in ["delete from post_words", "update post_words set made_of = '0:1'"] {
            run_sql(&wall.app.config, older.to_owned()).await;
            assert_eq!(posts::read_words(&wall.app, "").await.unwrap().as_deref(), Some("p3"));
            assert_eq!(posts::read_words(&wall.app, "p3").await.unwrap(), None);
            assert_eq!(search("bad ").await.len(), 2);
        }
    }
}

#[test]
fn whatever_is_typed_is_answered() {
    // Words, signs that mean something to either database, and anything else.
    let piece = proptest::prop_oneof![
        proptest::sample::select(vec![
            "bad", "Bäder", "\"", "„", "“", "*", "(", ")", "AND", "NOT", "NEAR(", ":", "-", "'", "\\", "&", "|", "!",
            "<->", "^", "{title}", "\0", "🎉", "美術", " ", "%", "_", "ﬁ", "ß", "\u{301}", "é", "g", "O'Neill",
        ])
        .prop_map(str::to_owned),
        any::<String>(),
    ];
    let typed = proptest::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat());
    let mut runner = TestRunner::new(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() });
    let all: Vec<_> = (0..400).map(|_| typed.new_tree(&mut runner).unwrap().current()).collect();
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        for db in stores().await {
            prepared(&db).await;
            // What is odd in a post is kept as well as it is looked for.
            for (number, text) in (0..).zip(all.iter().take(100)) {
                let text: String = text.chars().filter(|c| *c != '\0').collect();
                take(&db, &post(&format!("p{number}"), "", &text, &text)).await;
            }
            for typed in &all {
                let query = Query::parse(typed);
                let hits = db.store.search_shown_posts(STAGE, &query.search(), &Below::default(), NOON, 9).await;
                assert!(hits.is_ok(), "{typed:?} on {}: {hits:?}", db.kind);
            }
        }
    });
}
