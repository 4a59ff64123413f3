//! Rows of cards, on both databases.

use controller::store::{Below, Card, Marked, PostGroup, Stage, Topic};
use harness::{NOON, TestStore, stores};

use super::{post, source};

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
    for (id, at) in [("p1", 9), ("p2", 5), ("p3", 1)] {
        db.store.add_source(&source(&format!("s-{id}"), STAGE, "feed")).await.unwrap();
        let post = post(id, STAGE, &format!("s-{id}"), &format!("Text {id}"), NOON - at);
        db.store.take_post(&post, &[]).await.unwrap();
    }
    db.store.mark_posts(&[marked("p1", 30, &[1, 2]), marked("p2", 20, &[2, 3]), marked("p3", 0, &[3])]).await.unwrap();
}

fn marked(id: &str, rank: i64, marks: &[i64]) -> Marked {
    let at = NOON - if id == "p1" { 9 } else { 5 };
    Marked {
        post_id: id.into(),
        content_hash: format!("hash of Text {id}"),
        published_at: at,
        rank,
        marks: marks.to_vec(),
    }
}

fn card<'a>(id: &'a str, posts: &[(&'a str, Option<&'a str>)], by_hand: bool) -> Card<'a> {
    Card { id, posts: posts.to_vec(), by_hand, reasons: "[]", now: NOON }
}

async fn shown(db: &TestStore) -> Vec<String> {
    let posts = db.store.list_shown_posts(STAGE, &Below::default(), NOON, 9).await.unwrap();
    posts.into_iter().map(|post| post.id).collect()
}

#[tokio::test]
async fn posts_are_found_by_their_marks_within_a_time() {
    for db in stores().await {
        prepared(&db).await;
        let find =
            async |marks: &[i64], from, until, near| db.store.find_marked(marks, (from, until), near, 9).await.unwrap();

        assert_eq!(find(&[2], 0, NOON, NOON).await, ["p2", "p1"], "{}: the nearest first", db.kind);
        assert_eq!(find(&[1, 2, 3], 0, NOON, NOON - 9).await, ["p1", "p2", "p3"]);
        assert_eq!(find(&[2], NOON - 5, NOON, NOON).await, ["p2"]);
        assert!(find(&[4], 0, NOON, NOON).await.is_empty() && find(&[], 0, NOON, NOON).await.is_empty());
        db.store.mark_posts(&[marked("p2", 20, &[7])]).await.unwrap();
        assert_eq!(find(&[2, 7], 0, NOON, NOON - 9).await, ["p1", "p2"]);
        db.store.mark_posts(&[Marked { content_hash: "older".into(), ..marked("p2", 99, &[8]) }]).await.unwrap();
        assert_eq!(find(&[7, 8], 0, NOON, NOON - 9).await, ["p2"], "{}: a late look takes nothing away", db.kind);
        assert!(find(&[8], 0, NOON, NOON).await.is_empty(), "and adds nothing");
        db.store.delete_withdrawn_post("s-p1", "remote-p1", NOON).await.unwrap();
        assert!(find(&[1, 2], 0, NOON, NOON).await.is_empty(), "marks go with their post");
    }
}

#[tokio::test]
async fn a_card_is_joined_as_it_was_seen_and_left_for_ever() {
    for db in stores().await {
        prepared(&db).await;
        let (store, kind) = (&db.store, db.kind);
        assert_eq!(shown(&db).await, ["p3", "p2", "p1"]);

        assert!(store.join_card(STAGE, &card("k", &[("p1", None), ("p2", None)], false)).await.unwrap());
        assert_eq!(shown(&db).await, ["p3", "p1"], "{kind}");
        assert!(!store.join_card(STAGE, &card("l", &[("p2", None), ("p3", None)], false)).await.unwrap(), "{kind}");
        assert!(
            !store.join_card("stage-2", &card("k", &[("p1", Some("k")), ("p3", None)], false)).await.unwrap(),
            "{kind}"
        );
        assert_eq!(shown(&db).await, ["p3", "p1"], "{kind}: nothing changed");
        assert!(store.join_card(STAGE, &card("k", &[("p1", Some("k")), ("p3", None)], false)).await.unwrap());
        assert_eq!(shown(&db).await, ["p1"], "{kind}: of rank 0 it stands for nobody, not even for itself");
        let ids: Vec<_> =
            store.list_cards(STAGE, &["k".to_owned()]).await.unwrap().into_iter().map(|post| post.id).collect();
        assert_eq!(ids, ["p1", "p2", "p3"]);
        assert_eq!(store.find_standing_post(STAGE, "p3", NOON).await.unwrap().unwrap().id, "p1");
        assert!(store.find_standing_post(STAGE, "p1", NOON).await.unwrap().is_none());
        let seen = store.list_copies(STAGE, &["p2".to_owned()]).await.unwrap();
        assert_eq!(seen.iter().map(|copy| copy.id.as_str()).collect::<Vec<_>>(), ["p1", "p2", "p3"]);

        assert!(store.leave_card(STAGE, "p2", true).await.unwrap());
        assert!(
            !store.leave_card(STAGE, "p2", true).await.unwrap()
                && !store.leave_card("stage-2", "p1", true).await.unwrap()
        );
        assert_eq!(shown(&db).await, ["p2", "p1"], "{kind}");
        let all = ["p1", "p2", "p3"].map(str::to_owned);
        let mut parted = store.list_parted(&all).await.unwrap();
        parted.sort();
        assert_eq!(parted, [("p1".into(), "p2".into()), ("p2".into(), "p3".into())], "{kind}");
        assert!(store.join_card(STAGE, &card("m", &[("p1", Some("k")), ("p2", None)], true)).await.unwrap());
        assert_eq!(
            store.list_parted(&all).await.unwrap(),
            [("p2".into(), "p3".into())],
            "{kind}: people take their word back"
        );
        assert!(store.leave_card(STAGE, "p1", false).await.unwrap());
        assert_eq!(store.list_parted(&all).await.unwrap().len(), 1);
        assert!(
            store.find_post(STAGE, "p2").await.unwrap().unwrap().card_id.is_none(),
            "{kind}: a card of one is none"
        );
    }
}

#[tokio::test]
async fn what_was_said_of_topics_before_is_so_again_once_posts_are_parted() {
    for db in stores().await {
        prepared(&db).await;
        let (store, kind) = (&db.store, db.kind);
        for (id, position) in [("t1", 0), ("t2", 1)] {
            let (stage_id, id) = (STAGE.into(), id.to_owned());
            let (name, slug, rule) = (id.clone(), id.clone(), "{}".into());
            store.add_topic(&Topic { id, stage_id, name, slug, position, rule, created_at: NOON }).await.unwrap();
        }
        store.set_post_topic(STAGE, "p1", "t1", "in").await.unwrap();
        store.set_post_topic(STAGE, "p2", "t1", "out").await.unwrap();
        store.set_post_topic(STAGE, "p1", "t2", "in").await.unwrap();
        let said = async || {
            let ids = ["p1".to_owned(), "p2".to_owned()];
            let held = store.list_post_topics(STAGE, &ids).await.unwrap();
            let mut said: Vec<_> = held.into_iter().map(|one| (one.post_id, one.topic_id, one.by_hand)).collect();
            said.sort();
            said.into_iter().map(|(post, topic, hand)| format!("{post} {topic} {hand}")).collect::<Vec<_>>()
        };
        let before = said().await;
        assert!(store.join_card(STAGE, &card("k", &[("p1", None), ("p2", None)], false)).await.unwrap());
        assert_eq!(said().await.len(), 4, "{kind}: of all the same");

        assert!(store.leave_card(STAGE, "p2", true).await.unwrap());

        assert_eq!(said().await, before, "{kind}");
    }
}

#[tokio::test]
async fn topics_and_pins_are_those_of_all_on_a_card() {
    for db in stores().await {
        prepared(&db).await;
        let (store, kind) = (&db.store, db.kind);
        for (id, slug) in [("t1", "fest"), ("t2", "rat")] {
            let (id, slug) = (id.to_owned(), slug.to_owned());
            let topic = Topic {
                name: slug.clone(),
                stage_id: STAGE.into(),
                position: 0,
                rule: "{}".into(),
                created_at: NOON,
                id,
                slug,
            };
            store.add_topic(&topic).await.unwrap();
        }
        store.set_post_topic(STAGE, "p2", "t1", "in").await.unwrap();
        assert!(store.join_card(STAGE, &card("k", &[("p1", None), ("p2", None)], false)).await.unwrap());
        let of = async |topic: &str| {
            let posts = store.list_topic_posts(STAGE, topic, &Below::default(), NOON, 9).await.unwrap();
            posts.into_iter().map(|post| post.id).collect::<Vec<_>>()
        };
        assert_eq!(of("t1").await, ["p1"], "{kind}: what was said of one is said of all");
        store.set_post_topic(STAGE, "p1", "t2", "in").await.unwrap();
        store.set_post_topic(STAGE, "p1", "t1", "").await.unwrap();
        assert!(of("t1").await.is_empty(), "{kind}: and taken back of all");
        let sorted = |id: &str, topics: &[&str]| controller::store::Sorted {
            post_id: id.into(),
            content_hash: format!("hash of Text {id}"),
            topics: topics.iter().map(|id| (*id).to_owned()).collect(),
        };
        store.note_sorted(9, &[sorted("p2", &["t1"])]).await.unwrap();
        assert_eq!(of("t1").await, ["p1"], "{kind}: by the rule of one");
        store.hide_post(STAGE, "p2", NOON).await.unwrap();
        assert!(of("t1").await.is_empty(), "{kind}: what is hidden counts for nothing");
        assert_eq!(of("t2").await, ["p1"]);

        store.pin_post(STAGE, "p1", NOON).await.unwrap();
        assert_eq!(store.find_post(STAGE, "p2").await.unwrap().unwrap().pinned_at, NOON, "{kind}");
        let counts = store.count_posts(STAGE, NOON).await.unwrap();
        assert_eq!((counts.shown, counts.hidden), (2, 1), "{kind}");
        store.show_post(STAGE, "p2", NOON).await.unwrap();
        assert_eq!(store.count_posts(STAGE, NOON).await.unwrap().shown, 2, "{kind}: one card");
        let desk = store.list_posts(STAGE, PostGroup::All, &Below::default(), NOON, 9).await.unwrap();
        assert_eq!(desk.into_iter().map(|post| post.id).collect::<Vec<_>>(), ["p1", "p3"], "{kind}");
    }
}

#[tokio::test]
async fn a_stage_is_claimed_while_a_measure_has_not_seen_its_posts() {
    for db in stores().await {
        prepared(&db).await;
        let store = &db.store;
        assert_eq!(store.claim_merging(1, NOON, NOON + 9).await.unwrap().as_deref(), Some(STAGE), "{}", db.kind);
        assert!(store.claim_merging(1, NOON, NOON + 9).await.unwrap().is_none());
        let left = store.list_unmeasured_posts(STAGE, 1, 9).await.unwrap();
        assert_eq!(left.iter().map(|copy| copy.id.as_str()).collect::<Vec<_>>(), ["p3", "p2", "p1"]);
        let seen: Vec<_> = left.into_iter().map(|copy| (copy.id, copy.content_hash)).collect();
        store.note_measured(1, &seen).await.unwrap();
        store.keep_merging(STAGE, 0).await.unwrap();
        assert!(store.claim_merging(1, NOON, NOON + 9).await.unwrap().is_none());
        assert!(store.claim_merging(2, NOON, NOON + 9).await.unwrap().is_some(), "{}: a newer one", db.kind);
        let near = store.list_near_posts(STAGE, "p1", NOON, 9).await.unwrap();
        assert_eq!(near.iter().map(|copy| copy.id.as_str()).collect::<Vec<_>>(), ["p3", "p2"]);
        db.erase_account("a").await;
        assert!(store.find_marked(&[1, 2, 3], (0, NOON), NOON, 9).await.unwrap().is_empty(), "{}", db.kind);
    }
}
