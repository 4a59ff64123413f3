//! Rows of posts that may be given on, on both databases.

use controller::store::{Below, GivenQuery, Stage, Topic};
use harness::{NOON, stores};

use super::{post, source};

#[tokio::test]
async fn posts_of_the_named_networks_and_own_ones_are_listed() {
    for db in stores().await {
        db.add_account("a").await;
        for id in ["s", "t"] {
            let stage = Stage {
                id: id.to_owned(),
                account_id: "a".to_owned(),
                handle: id.to_owned(),
                likeness: id.to_owned(),
                name: String::new(),
                description: String::new(),
                accent: "#000000".to_owned(),
                background: "#ffffff".to_owned(),
                logo_id: None,
                language: "de".to_owned(),
                time_zone: "UTC".to_owned(),
                created_at: NOON,
                changed_at: NOON,
            };
            db.store.add_stage(&stage).await.unwrap();
        }
        for (id, stage, network) in
            [("feed", "s", "feed"), ("x", "s", "x"), ("feeder", "s", "feede"), ("other", "t", "feed")]
        {
            db.store.add_source(&source(id, stage, network)).await.unwrap();
        }
        let of = |id: &str, stage: &str, from: &str, at| controller::store::Post {
            source_id: Some(from.to_owned()),
            ..post(id, stage, id, at)
        };
        for (id, stage, from, at) in [
            ("1", "s", "feed", NOON - 1),
            ("2", "s", "x", NOON - 2),
            ("3", "s", "feeder", NOON - 3),
            ("4", "t", "other", NOON),
        ] {
            db.store.take_post(&of(id, stage, from, at), &[]).await.unwrap();
        }
        let own = controller::store::Post { source_id: None, ..post("5", "s", "own", NOON - 5) };
        db.store.add_own_post(&own, &[]).await.unwrap();
        let hidden = controller::store::Post { shown: false, ..of("6", "s", "feed", NOON - 6) };
        db.store.take_post(&hidden, &[]).await.unwrap();
        let later = of("7", "s", "feed", NOON + 7);
        db.store.take_post(&later, &[]).await.unwrap();
        let list = async |topic: Option<&str>, networks: &[&str], below: &Below, limit| {
            let networks: Vec<_> = networks.iter().copied().chain(["own"]).collect();
            let (networks, below) = (networks.as_slice(), below.clone());
            let query = GivenQuery { topic_id: topic, networks, below, limit, ..GivenQuery::default() };
            let posts = db.store.list_given_posts("s", &query, NOON).await.unwrap();
            posts.into_iter().map(|post| post.id).collect::<Vec<_>>()
        };
        let top = Below::default();

        assert_eq!(list(None, &["feed", "x"], &top, 9).await, ["1", "2", "5"], "{}: `feede` is no `feed`", db.kind);
        assert_eq!(list(None, &["feed"], &top, 9).await, ["1", "5"]);
        assert_eq!(list(None, &[], &top, 9).await, ["5"], "what was written here is given, too");
        assert_eq!(list(None, &["feed", "x"], &top, 1).await, ["1"]);
        let below = Below { pinned_at: 0, published_at: NOON - 1, id: "1".to_owned() };
        assert_eq!(list(None, &["feed", "x"], &below, 9).await, ["2", "5"]);
        db.store.pin_post("s", "5", NOON).await.unwrap();
        assert_eq!(list(None, &["feed"], &top, 9).await, ["5", "1"], "pinned ones first");

        let topic = Topic {
            id: "t1".to_owned(),
            stage_id: "s".to_owned(),
            name: "T".to_owned(),
            slug: "t".to_owned(),
            position: 0,
            rule: "{}".to_owned(),
            created_at: NOON,
        };
        db.store.add_topic(&topic).await.unwrap();
        db.store.set_post_topic("s", "2", "t1", "in").await.unwrap();
        db.store.set_post_topic("s", "1", "t1", "out").await.unwrap();
        let query = GivenQuery { networks: &["feed", "x"], limit: 9, ..GivenQuery::default() };
        let of = async |query: &GivenQuery<'_>| {
            let posts = db.store.list_given_posts("s", query, NOON).await.unwrap();
            posts.into_iter().map(|post| post.id).collect::<Vec<_>>()
        };
        assert_eq!(of(&query).await, ["1", "2"], "without what was written here");
        let query = GivenQuery { from: NOON - 2, until: Some(NOON - 1), ..query };
        assert_eq!(of(&query).await, ["2"], "from the one instant on, before the other");
        assert_eq!(of(&GivenQuery { medium: "text", ..query.clone() }).await, ["2"]);
        assert!(of(&GivenQuery { medium: "picture", ..query }).await.is_empty());
        assert_eq!(list(Some("t1"), &["feed", "x"], &top, 9).await, ["2"]);
        assert!(list(Some("t1"), &["feed"], &top, 9).await.is_empty());
        assert!(list(Some("nobody"), &["feed", "x"], &top, 9).await.is_empty());
    }
}
