//! Rows of topics, on both databases.

use controller::store::{Below, Error, PostTopic, Sorted, Stage, Topic};
use harness::{NOON, TestStore, plain_source, stores};

use super::post;

const STAGE: &str = "stage-1";

async fn prepared(db: &TestStore) {
    db.add_account("a").await;
    for id in [STAGE, "stage-2"] {
        let stage = Stage {
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
        };
        db.store.add_stage(&stage).await.unwrap();
    }
    db.store.add_source(&plain_source("feed", STAGE)).await.unwrap();
    for (id, at) in [("p1", NOON), ("p2", NOON - 5), ("p3", NOON - 9)] {
        db.store.take_post(&post(id, STAGE, "Text", at), &[]).await.unwrap();
    }
}

fn topic(id: &str, slug: &str) -> Topic {
    Topic {
        id: id.to_owned(),
        stage_id: STAGE.to_owned(),
        name: format!("Topic {id}"),
        slug: slug.to_owned(),
        position: 0,
        rule: "{}".to_owned(),
        created_at: NOON,
    }
}

fn sorted(post_id: &str, topics: &[&str]) -> Sorted {
    let topics = topics.iter().map(|&id| id.to_owned()).collect();
    Sorted { post_id: post_id.to_owned(), content_hash: "1".to_owned(), topics }
}

async fn slug_leads_to(db: &TestStore, slug: &str) -> Option<String> {
    db.store.find_topic_by_slug(STAGE, slug).await.unwrap().map(|topic| topic.id)
}

async fn posts(db: &TestStore, topic_id: &str) -> Vec<String> {
    let posts = db.store.list_topic_posts(STAGE, topic_id, &Below::default(), NOON, 9).await.unwrap();
    posts.into_iter().map(|post| post.id).collect()
}

#[tokio::test]
async fn old_addresses_lead_to_whoever_had_them_last() {
    for db in stores().await {
        prepared(&db).await;
        let store = &db.store;
        store.add_topic(&topic("t1", "sport")).await.unwrap();
        store.add_topic(&topic("t2", "kultur")).await.unwrap();
        assert!(matches!(store.add_topic(&topic("t3", "sport")).await, Err(Error::Taken)), "{}", db.kind);
        let elsewhere = Topic { stage_id: "stage-2".into(), ..topic("t4", "sport") };
        store.add_topic(&elsewhere).await.unwrap();

        let t1 = store.find_topic(STAGE, "t1").await.unwrap().unwrap();
        assert!(store.change_topic(&t1, "Spiele", "spiele", "{}").await.unwrap());
        assert!(matches!(
            store
                .change_topic(
                    &Topic { slug: "spiele".into(), name: "Spiele".into(), ..t1.clone() },
                    "Kultur",
                    "kultur",
                    "{}"
                )
                .await,
            Err(Error::Taken)
        ));
        assert!(!store.change_topic(&Topic { stage_id: "stage-2".into(), ..t1 }, "x", "x", "{}").await.unwrap());
        assert_eq!(slug_leads_to(&db, "sport").await.as_deref(), Some("t1"), "{}: renamed", db.kind);
        assert_eq!(slug_leads_to(&db, "spiele").await.as_deref(), Some("t1"));

        let t2 = store.find_topic(STAGE, "t2").await.unwrap().unwrap();
        assert!(store.change_topic(&t2, "Sport", "sport", "{}").await.unwrap());
        assert_eq!(slug_leads_to(&db, "sport").await.as_deref(), Some("t2"), "{}: used anew", db.kind);
        assert_eq!(slug_leads_to(&db, "kultur").await.as_deref(), Some("t2"));
        store.add_topic(&topic("t5", "kultur")).await.unwrap();
        assert_eq!(slug_leads_to(&db, "kultur").await.as_deref(), Some("t5"), "{}", db.kind);

        store.order_topics(STAGE, &["t5".into(), "t1".into(), "t2".into(), "t4".into()]).await.unwrap();
        let order = store.list_topics(STAGE).await.unwrap().into_iter().map(|topic| topic.id).collect::<Vec<_>>();
        assert_eq!(order, ["t5", "t1", "t2"]);
        assert_eq!(store.find_topic("stage-2", "t4").await.unwrap().unwrap().position, 1, "of another stage");
        assert!(!store.delete_topic("stage-2", "t1").await.unwrap() && store.delete_topic(STAGE, "t1").await.unwrap());
        assert_eq!((slug_leads_to(&db, "spiele").await, store.find_topic(STAGE, "t1").await.unwrap()), (None, None));
    }
}

#[tokio::test]
async fn posts_are_sorted_by_one_controller_and_edits_are_not_lost() {
    for db in stores().await {
        prepared(&db).await;
        let (store, kind) = (&db.store, db.kind);
        assert_eq!(store.claim_sorting(NOON, NOON + 9).await.unwrap(), None, "{kind}: there are no rules");
        store.add_topic(&topic("t1", "sport")).await.unwrap();
        assert_eq!(store.rules_number(STAGE).await.unwrap(), 1);

        assert_eq!(store.claim_sorting(NOON, NOON + 9).await.unwrap(), Some((STAGE.into(), 1)), "{kind}");
        assert_eq!(store.claim_sorting(NOON + 8, NOON + 20).await.unwrap(), None, "{kind}: claimed already");
        assert_eq!(store.claim_sorting(NOON + 9, NOON + 20).await.unwrap().unwrap().1, 1, "a claim ends by itself");
        store.keep_sorting(STAGE, 0).await.unwrap();
        let waiting = store.list_unsorted_posts(STAGE, 1, 2).await.unwrap();
        assert_eq!(waiting.iter().map(|post| post.id.as_str()).collect::<Vec<_>>(), ["p1", "p2"], "newest first");
        assert_eq!((waiting[0].network.as_str(), waiting[0].pictured), ("feed", false));

        assert!(store.note_sorted(1, &[sorted("p1", &["t1"]), sorted("p2", &[])]).await.unwrap());
        assert!(!store.note_sorted(1, &[sorted("p1", &[])]).await.unwrap(), "{kind}: sorted by these rules already");
        let stale = Sorted { content_hash: "0".into(), ..sorted("p3", &["t1"]) };
        assert!(!store.note_sorted(1, &[stale]).await.unwrap(), "{kind}: edited meanwhile");
        assert!(store.note_sorted(1, &[sorted("p3", &["t1", "gone"])]).await.unwrap());
        assert_eq!(posts(&db, "t1").await, ["p1", "p3"], "{kind}");
        assert_eq!(store.count_sorted(STAGE).await.unwrap(), (3, 3));
        assert_eq!(store.claim_sorting(NOON, NOON + 9).await.unwrap(), None, "{kind}: nothing is left");

        // An edited post and an edited rule make posts wait anew.
        let edited = controller::store::Post { content_hash: "2".into(), ..post("x", STAGE, "Neu", NOON) };
        let edited = controller::store::Post { remote_id: "remote-p1".into(), slug: "slug-p1".into(), ..edited };
        store.take_post(&edited, &[]).await.unwrap();
        assert_eq!(store.count_sorted(STAGE).await.unwrap(), (2, 3), "{kind}");
        let t1 = store.find_topic(STAGE, "t1").await.unwrap().unwrap();
        assert!(store.change_topic(&t1, &t1.name, &t1.slug, "{ }").await.unwrap());
        assert_eq!((store.count_sorted(STAGE).await.unwrap(), store.rules_number(STAGE).await.unwrap()), ((0, 3), 2));
        let number = store.claim_sorting(NOON, NOON + 9).await.unwrap().unwrap().1;
        assert!(store.note_sorted(number, &[sorted("p3", &[])]).await.unwrap(), "it left the topic");
        assert_eq!(posts(&db, "t1").await, ["p1"], "{kind}");
        assert_eq!(store.find_post_facts(STAGE, "p3").await.unwrap().unwrap().id, "p3");
        assert_eq!(store.list_post_facts(STAGE, 2).await.unwrap().len(), 2);
    }
}

#[tokio::test]
async fn what_people_say_stands_beside_what_rules_say() {
    for db in stores().await {
        prepared(&db).await;
        let (store, kind) = (&db.store, db.kind);
        store.add_topic(&topic("t1", "sport")).await.unwrap();
        store.note_sorted(1, &[sorted("p1", &["t1"]), sorted("p2", &[])]).await.unwrap();

        store.set_post_topic(STAGE, "p1", "t1", "out").await.unwrap();
        store.set_post_topic(STAGE, "p2", "t1", "in").await.unwrap();
        for (stage, post, topic) in [("stage-2", "p1", "t1"), (STAGE, "p9", "t1"), (STAGE, "p1", "t9")] {
            assert!(matches!(store.set_post_topic(stage, post, topic, "in").await, Err(Error::Orphan)), "{kind}");
        }

        assert_eq!(posts(&db, "t1").await, ["p2"], "{kind}");
        assert_eq!(store.count_topic_posts(STAGE).await.unwrap(), [("t1".into(), 1, 1)], "{kind}");
        assert_eq!(store.list_facts_by_hand(STAGE, "t1", 9).await.unwrap()[0].id, "p2");
        assert!(store.list_facts_by_hand("stage-2", "t1", 9).await.unwrap().is_empty());
        let all = ["p1".to_owned(), "p2".to_owned()];
        let held = store.list_post_topics(STAGE, &all).await.unwrap();
        let row = |post: &str, by_rule, by_hand: &str| PostTopic {
            post_id: post.into(),
            topic_id: "t1".into(),
            by_rule,
            by_hand: by_hand.into(),
        };
        assert_eq!(held, [row("p1", true, "out"), row("p2", false, "in")], "{kind}");
        assert!(store.list_post_topics("stage-2", &all).await.unwrap().is_empty());
        assert!(store.list_post_topics(STAGE, &[]).await.unwrap().is_empty());
        assert_eq!(store.list_public_topics(STAGE, NOON).await.unwrap().len(), 1);
        store.hide_post(STAGE, "p2", NOON).await.unwrap();
        assert!(posts(&db, "t1").await.is_empty() && store.list_public_topics(STAGE, NOON).await.unwrap().is_empty());

        for post in ["p1", "p2"] {
            store.set_post_topic(STAGE, post, "t1", "").await.unwrap();
        }
        assert_eq!(
            store.list_post_topics(STAGE, &all).await.unwrap(),
            [row("p1", true, "")],
            "{kind}: as if never said"
        );
    }
}

#[tokio::test]
async fn a_merged_topic_leaves_everything_to_the_other_one() {
    for db in stores().await {
        prepared(&db).await;
        let (store, kind) = (&db.store, db.kind);
        for (id, slug) in [("t1", "sport"), ("t2", "kultur"), ("t3", "rest")] {
            store.add_topic(&topic(id, slug)).await.unwrap();
        }
        store.note_sorted(3, &[sorted("p1", &["t1", "t2"]), sorted("p2", &["t1"]), sorted("p3", &[])]).await.unwrap();
        store.set_post_topic(STAGE, "p1", "t1", "out").await.unwrap(); // the rule of the other one still takes it
        store.set_post_topic(STAGE, "p2", "t1", "out").await.unwrap(); // of neither
        store.set_post_topic(STAGE, "p3", "t1", "in").await.unwrap();
        let t1 = store.find_topic(STAGE, "t1").await.unwrap().unwrap();
        assert!(store.change_topic(&t1, "Spiele", "spiele", "{}").await.unwrap());
        let t1 = store.find_topic(STAGE, "t1").await.unwrap().unwrap();
        assert!(matches!(store.merge_topic(&t1, "t9", "{}").await, Err(Error::Orphan)));

        store.merge_topic(&t1, "t2", "{\"parts\":[]}").await.unwrap();

        assert_eq!(posts(&db, "t2").await, ["p1", "p3"], "{kind}");
        let held = store.list_post_topics(STAGE, &["p2".to_owned()]).await.unwrap();
        assert_eq!((held[0].by_rule, held[0].by_hand.as_str()), (true, "out"), "{kind}");
        for slug in ["sport", "spiele", "kultur"] {
            assert_eq!(slug_leads_to(&db, slug).await.as_deref(), Some("t2"), "{kind}: {slug}");
        }
        assert_eq!(store.list_merged_topics(STAGE).await.unwrap(), [("t1".into(), "t2".into())]);
        let t2 = store.find_topic(STAGE, "t2").await.unwrap().unwrap();
        assert_eq!((t2.rule.as_str(), store.count_sorted(STAGE).await.unwrap()), ("{\"parts\":[]}", (0, 3)));
        store.merge_topic(&t2, "t3", "{}").await.unwrap();
        let mut merged = store.list_merged_topics(STAGE).await.unwrap();
        merged.sort();
        assert_eq!(merged, [("t1".into(), "t3".into()), ("t2".into(), "t3".into())], "{kind}: and on");
        assert_eq!(slug_leads_to(&db, "spiele").await.as_deref(), Some("t3"));
        db.erase_account("a").await;
        assert!(store.list_merged_topics(STAGE).await.unwrap().is_empty() && posts(&db, "t3").await.is_empty());
    }
}
