//! What the desk lists, on both databases.

use controller::{
    features::{desk::Filter, posts::Query},
    store::{Below, DeskQuery, Post, PostGroup, PostPicture, Topic},
};
use harness::{NOON, TestStore, stores};

use super::{fill, post};
use crate::search;

/// Two stages of one account with some posts each, and one of another account.
async fn prepared(db: &TestStore) {
    for account in ["a", "b"] {
        db.add_account(account).await;
    }
    for (id, account) in [("s1", "a"), ("s2", "a"), ("s3", "b")] {
        let stage = controller::store::Stage { account_id: account.into(), ..search::stage(id) };
        db.store.add_stage(&stage).await.unwrap();
    }
    fill(&db.store, "s1", "one", &["Ein Bad", "Ein Fest", "Zwei Bäder"]).await;
    fill(&db.store, "s2", "two", &["Noch ein Bad", "Rat"]).await;
    fill(&db.store, "s3", "three", &["Fremdes Bad"]).await;
}

fn everything() -> DeskQuery {
    DeskQuery { stages: vec!["s1".into(), "s2".into()], ..DeskQuery::default() }
}

async fn listed(db: &TestStore, query: &DeskQuery) -> Vec<String> {
    let posts = db.store.list_desk_posts("a", query, &Below::default(), NOON, 99).await.unwrap();
    let count = db.store.count_desk_posts("a", query, NOON, 99).await.unwrap();
    assert_eq!(usize::try_from(count).unwrap(), posts.len(), "{query:?} on {}", db.kind);
    posts.into_iter().map(|post| post.id).collect()
}

#[tokio::test]
async fn all_stages_of_an_account_are_one_list_and_no_others() {
    for db in stores().await {
        prepared(&db).await;
        let all = ["one0002", "two0001", "one0001", "two0000", "one0000"];

        assert_eq!(listed(&db, &everything()).await, all, "{}", db.kind);
        let theirs = DeskQuery { stages: vec!["s3".into(), "s1".into(), "nowhere".into()], ..everything() };
        assert_eq!(
            listed(&db, &theirs).await,
            ["one0002", "one0001", "one0000"],
            "the stage of another account is empty"
        );
        assert!(listed(&db, &DeskQuery::default()).await.is_empty());
        let (mut pages, mut below) = (Vec::new(), Below::default());
        loop {
            let page = db.store.list_desk_posts("a", &everything(), &below, NOON, 2).await.unwrap();
            let Some(last) = page.last() else { break };
            below = controller::features::desk::place(last);
            below = Below::parse(&below.to_string()).unwrap();
            pages.extend(page.into_iter().map(|post| post.id));
        }
        assert_eq!(pages, all, "page by page");
        assert_eq!(db.store.count_desk_posts("a", &everything(), NOON, 3).await.unwrap(), 3, "no further than asked");
        let asked = ["one0000", "three0000", "nothing"].map(str::to_owned);
        let found = db.store.list_account_posts("a", &asked).await.unwrap();
        assert_eq!(found.into_iter().map(|post| post.id).collect::<Vec<_>>(), ["one0000"]);
    }
}

#[tokio::test]
async fn every_filter_leaves_out_what_it_should() {
    for db in stores().await {
        prepared(&db).await;
        let store = &db.store;
        let film = r#"{"tags":["film"],"media":["film"]}"#;
        let tagged = r#"{"tags":["film"],"media":[]}"#;
        for (number, facts, language) in [(3, film, Some("en-GB")), (4, tagged, None)] {
            let post =
                Post { facts: facts.into(), language: language.map(str::to_owned), ..post("s1", "one", number, "X") };
            store.take_post(&post, &[]).await.unwrap();
        }
        db.add_picture("a", "m").await;
        let pictured = post("s1", "one", 5, "Bild");
        let picture = PostPicture { post_id: pictured.id.clone(), media_id: "m".into(), alt: String::new() };
        store.take_post(&pictured, &[picture]).await.unwrap();
        store.hide_post("s1", "one0000", NOON).await.unwrap();
        let own = Post {
            source_id: None,
            remote_id: "own".into(),
            draft: true,
            shown: false,
            ..search::post("own", "de", "Mein Bad", "")
        };
        let own = Post { stage_id: "s2".into(), published_at: NOON + 5, ..own };
        store.add_own_post(&own, &[]).await.unwrap();
        let topic = Topic {
            id: "t".into(),
            stage_id: "s1".into(),
            name: "Bäder".into(),
            slug: "baeder".into(),
            position: 0,
            rule: "{}".into(),
            created_at: NOON,
        };
        store.add_topic(&topic).await.unwrap();
        store.set_post_topic("s1", "one0001", "t", "in").await.unwrap();
        let stages = [search::stage("s1"), search::stage("s2")];
        let day = |filter: &[(&str, &str)]| Filter::read(filter.iter().copied()).query(&stages);

        for (query, expected) in [
            (day(&[("state", "shown"), ("stage", "s1")]), vec!["one0005", "one0004", "one0003", "one0002", "one0001"]),
            (day(&[("state", "waiting")]), vec!["own"]),
            (day(&[("state", "hidden")]), vec!["one0000"]),
            (day(&[("stage", "s2")]), vec!["own", "two0001", "two0000"]),
            (day(&[("source", "two")]), vec!["two0001", "two0000"]),
            (day(&[("network", "own")]), vec!["own"]),
            (day(&[("network", "youtube")]), vec![]),
            (day(&[("network", "feed"), ("stage", "s2")]), vec!["two0001", "two0000"]),
            (day(&[("topic", "t")]), vec!["one0001"]),
            (day(&[("topic", "none"), ("stage", "s2")]), vec!["own", "two0001", "two0000"]),
            (day(&[("media", "film")]), vec!["one0003"]),
            (day(&[("media", "picture")]), vec!["one0005"]),
            (day(&[("media", "nothing"), ("stage", "s1")]), vec!["one0004", "one0002", "one0001", "one0000"]),
            (day(&[("language", "en")]), vec!["one0003"]),
            (day(&[("language", "none")]), vec!["one0004"]),
            (day(&[("from", "2026-05-05")]), vec![]),
            (day(&[("to", "2026-05-03")]), vec![]),
            (day(&[("from", "2026-05-04"), ("to", "2026-05-04"), ("q", "rat")]), vec!["two0001"]),
            (day(&[("q", "bad ")]), vec!["own", "one0002", "two0000", "one0000"]),
            (day(&[("q", "bad "), ("state", "shown"), ("source", "one")]), vec!["one0002"]),
            (DeskQuery { search: Query::parse("fremdes").search(), ..everything() }, vec![]),
            (DeskQuery { group: PostGroup::Shown, until: Some(NOON - 99_999), ..everything() }, vec!["two0000"]),
        ] {
            assert_eq!(listed(&db, &query).await, expected, "{query:?} on {}", db.kind);
        }
    }
}

#[tokio::test]
async fn sources_and_topics_are_those_of_the_account() {
    for db in stores().await {
        prepared(&db).await;
        let sources = db.store.list_desk_sources("a").await.unwrap();
        assert_eq!(sources.iter().map(|source| source.id.as_str()).collect::<Vec<_>>(), ["one", "two"]);
        assert_eq!((sources[0].stage_id.as_str(), sources[0].network.as_str()), ("s1", "feed"));
        for (id, stage_id) in [("t1", "s1"), ("t3", "s3")] {
            let topic = Topic {
                id: id.into(),
                stage_id: stage_id.into(),
                name: "Bäder".into(),
                slug: "baeder".into(),
                position: 0,
                rule: "{}".into(),
                created_at: NOON,
            };
            db.store.add_topic(&topic).await.unwrap();
        }
        let topics = db.store.list_desk_topics("a").await.unwrap();
        assert_eq!(topics.iter().map(|topic| topic.id.as_str()).collect::<Vec<_>>(), ["t1"]);
        for (post, by_hand) in [("one0000", "in"), ("one0001", "out")] {
            db.store.set_post_topic("s1", post, "t1", by_hand).await.unwrap();
        }
        db.store.set_post_topic("s3", "three0000", "t3", "in").await.unwrap();
        let asked = ["one0000", "one0001", "three0000"].map(str::to_owned);
        let held = db.store.list_desk_post_topics("a", &asked).await.unwrap();
        assert_eq!(held, [("one0000".to_owned(), "t1".to_owned())]);
    }
}
