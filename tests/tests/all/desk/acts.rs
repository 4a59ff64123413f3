//! What is done on the desk and taken back, on both databases: never over what somebody else did meanwhile.

use controller::{
    features::desk::aim,
    store::{Act, ActTopic, Aim, Came, Outcome, Post, Span, Stopped, Topic, What},
};
use harness::{NOON, TestStore, stores};

use super::{fill, post};
use crate::search;

const STAGE: &str = "s1";

async fn prepared(db: &TestStore) {
    for account in ["a", "b"] {
        db.add_account(account).await;
    }
    db.add_session("a", "anna").await;
    db.store.add_stage(&search::stage(STAGE)).await.unwrap();
    let theirs = controller::store::Stage { account_id: "b".into(), ..search::stage("s2") };
    db.store.add_stage(&theirs).await.unwrap();
    fill(&db.store, STAGE, "one", &["Eins", "Zwei", "Drei"]).await;
    fill(&db.store, "s2", "two", &["Fremd"]).await;
}

fn act(id: &str, at: i64) -> Act {
    Act {
        id: id.into(),
        account_id: "a".into(),
        member_id: "member of anna".into(),
        what: String::new(),
        created_at: at,
        undone_at: 0,
    }
}

async fn find(db: &TestStore, id: &str) -> Post {
    db.store.find_post(STAGE, id).await.unwrap().unwrap()
}

async fn aims(db: &TestStore, ids: &[&str]) -> Vec<Aim> {
    let mut aims = Vec::new();
    for id in ids {
        aims.push(aim(&find(db, id).await));
    }
    aims
}

/// All that a post is and where it belongs.
async fn everything(db: &TestStore) -> (Vec<Post>, Vec<controller::store::PostTopic>) {
    let ids: Vec<_> = (0..3).map(|number| format!("one{number:04}")).collect();
    let mut posts = db.store.list_account_posts("a", &ids).await.unwrap();
    posts.sort_by(|one, other| one.id.cmp(&other.id));
    (posts, db.store.list_post_topics(STAGE, &ids).await.unwrap())
}

fn outcome(done: i64, same: i64, refused: i64) -> Outcome {
    Outcome { done, same, refused, ..Outcome::default() }
}

#[tokio::test]
async fn what_is_done_with_many_is_done_once_and_undone_exactly() {
    for db in stores().await {
        prepared(&db).await;
        let draft = Post {
            source_id: None,
            remote_id: "own".into(),
            shown: false,
            draft: true,
            ..post(STAGE, "one", 9, "Entwurf")
        };
        db.store.add_own_post(&draft, &[]).await.unwrap();
        let over = Post { expires_at: Some(NOON - 5), ..find(&db, "one0002").await };
        assert!(
            db.store
                .change_terms(
                    STAGE,
                    "one0002",
                    over.changed_at,
                    Span { expires_at: over.expires_at, ..Span::default() },
                    &[],
                    NOON + 1
                )
                .await
                .unwrap()
        );
        db.store.hide_post(STAGE, "one0001", NOON + 2).await.unwrap();
        db.store.pin_post(STAGE, "one0000", NOON + 3).await.unwrap();
        let ids = ["one0000", "one0001", "one0002", "one0009"];
        let mut before = Vec::new();
        for id in ids {
            before.push(find(&db, id).await);
        }

        for (number, (what, expected)) in (10..).zip([
            (What::Show, outcome(3, 1, 0)),
            (What::Hide, outcome(2, 2, 0)),
            (What::Pin, outcome(3, 1, 0)),
            (What::Unpin, outcome(1, 3, 0)),
        ]) {
            let doing = act(&format!("act{number}"), NOON + number);
            let done = db.store.act_on_posts(&doing, what, &aims(&db, &ids).await, &[]).await.unwrap();
            assert_eq!(done, expected, "{what:?} on {}", db.kind);
            for (id, before) in ids.iter().zip(&before) {
                let now = find(&db, id).await;
                let is_as_wanted = match what {
                    What::Show => now.shown && !now.draft && now.expires_at.is_none(),
                    What::Hide => !now.shown && now.draft == before.draft,
                    What::Pin => now.pinned_at > 0,
                    _ => now.pinned_at == 0,
                };
                assert!(is_as_wanted, "{what:?} {now:?}");
            }
            assert!(db.store.undo_act(&doing, NOON + 99).await.unwrap());
            assert!(!db.store.undo_act(&doing, NOON + 99).await.unwrap(), "once is enough");
            let undone = db.store.outcome_of(&doing.id).await.unwrap();
            assert_eq!((undone.done, undone.undone), (0, expected.done), "{what:?} on {}", db.kind);
            for (id, before) in ids.iter().zip(&before) {
                assert_eq!(find(&db, id).await, *before, "{what:?} on {}", db.kind);
            }
        }
    }
}

#[tokio::test]
async fn what_somebody_else_changed_is_left_alone_both_ways() {
    for db in stores().await {
        prepared(&db).await;
        let seen = aims(&db, &["one0000", "one0001", "one0002"]).await;
        db.store.hide_post(STAGE, "one0000", NOON + 1).await.unwrap();
        db.store.pin_post(STAGE, "one0001", NOON + 1).await.unwrap();

        let first = act("first", NOON + 2);
        let done = db.store.act_on_posts(&first, What::Hide, &seen, &[]).await.unwrap();
        assert_eq!(done, outcome(1, 0, 2), "{}", db.kind);
        assert!(find(&db, "one0001").await.shown && !find(&db, "one0002").await.shown);
        let mut refused = db.store.list_act_posts("first", "refused", 9).await.unwrap();
        refused.sort();
        assert_eq!(refused, ["one0000", "one0001"]);
        // Shown by somebody else: taking the act back must not change that.
        db.store.show_post(STAGE, "one0002", NOON + 3).await.unwrap();
        let now = find(&db, "one0002").await;
        assert!(db.store.undo_act(&first, NOON + 4).await.unwrap());
        assert_eq!(find(&db, "one0002").await, now);
        let left = db.store.outcome_of("first").await.unwrap();
        assert_eq!((left.done, left.undone), (1, 0));
    }
}

#[tokio::test]
async fn two_acts_of_one_instant_are_told_apart() {
    for db in stores().await {
        prepared(&db).await;
        // Both saw it as it was; they act within one millisecond, the one in which the post last changed.
        let seen = aims(&db, &["one0000"]).await;
        let (first, second) = (act("first", NOON), act("second", NOON));

        assert_eq!(db.store.act_on_posts(&first, What::Hide, &seen, &[]).await.unwrap(), outcome(1, 0, 0));
        assert_eq!(db.store.act_on_posts(&second, What::Hide, &seen, &[]).await.unwrap(), outcome(0, 0, 1));
    }
}

#[tokio::test]
async fn topics_are_said_and_taken_back() {
    for db in stores().await {
        prepared(&db).await;
        for (id, stage_id) in [("t", STAGE), ("u", STAGE), ("x", "s2")] {
            let topic = Topic {
                id: id.into(),
                stage_id: stage_id.into(),
                name: id.into(),
                slug: id.into(),
                position: 0,
                rule: "{}".into(),
                created_at: NOON,
            };
            db.store.add_topic(&topic).await.unwrap();
        }
        let number = db.store.rules_number(STAGE).await.unwrap();
        let by_rule =
            controller::store::Sorted { post_id: "one0001".into(), content_hash: "1".into(), topics: vec!["t".into()] };
        db.store.note_sorted(number, &[by_rule]).await.unwrap();
        db.store.set_post_topic(STAGE, "one0002", "t", "out").await.unwrap();
        db.store.set_post_topic(STAGE, "one0000", "u", "in").await.unwrap();
        let before = everything(&db).await;
        let say = |id: &str, by_hand: &str| ActTopic { topic_id: id.into(), by_hand: by_hand.into() };
        let all = aims(&db, &["one0000", "one0001", "one0002"]).await;

        for (number, (said, expected, in_t, in_u)) in (1..).zip([
            (vec![say("t", "in")], outcome(2, 1, 0), 3, 1),
            (vec![say("t", "out")], outcome(1, 2, 0), 0, 1),
            (vec![say("t", "in"), say("u", "out")], outcome(2, 1, 0), 3, 0),
            (vec![say("x", "in")], outcome(0, 3, 0), 1, 1),
        ]) {
            let doing = act(&format!("act{number}"), NOON + number);
            let done = db.store.act_on_posts(&doing, What::Topics, &all, &said).await.unwrap();
            assert_eq!(done, expected, "{said:?} on {}", db.kind);
            let held = everything(&db).await.1;
            let count = |topic: &str| held.iter().filter(|one| one.topic_id == topic && one.belongs()).count();
            assert_eq!((count("t"), count("u")), (in_t, in_u), "{said:?} on {}", db.kind);
            assert!(db.store.undo_act(&doing, NOON + 50).await.unwrap());
            assert_eq!(everything(&db).await, before, "{said:?} on {}", db.kind);
        }
    }
}

#[tokio::test]
async fn nobody_acts_on_posts_of_another_account_or_undoes_what_others_did() {
    for db in stores().await {
        prepared(&db).await;
        let theirs = db.store.find_post("s2", "two0000").await.unwrap().unwrap();
        let mine = act("mine", NOON + 1);

        let done = db.store.act_on_posts(&mine, What::Hide, &[aim(&theirs)], &[]).await.unwrap();

        assert_eq!((done, db.store.find_post("s2", "two0000").await.unwrap().unwrap()), (outcome(0, 0, 0), theirs));
        let real = act("real", NOON + 2);
        db.store.act_on_posts(&real, What::Hide, &aims(&db, &["one0000"]).await, &[]).await.unwrap();
        for other in
            [Act { account_id: "b".into(), ..real.clone() }, Act { member_id: "somebody".into(), ..real.clone() }]
        {
            assert!(!db.store.undo_act(&other, NOON + 3).await.unwrap());
            assert!(db.store.find_act(&other.account_id, &other.member_id, "real").await.unwrap().is_none());
        }
        assert!(!find(&db, "one0000").await.shown);
        let ids = ["one0000".to_owned()];
        assert!(db.store.list_deeds("b", &ids).await.unwrap().is_empty());
        let deeds = db.store.list_deeds("a", &ids).await.unwrap();
        assert_eq!((deeds.len(), deeds[0].what.as_str(), deeds[0].at, deeds[0].undone), (1, "hide", NOON + 2, false));
        assert_eq!(db.store.list_act_stages("real").await.unwrap(), [STAGE]);
        // What was done is forgotten after a while; what came of it stays.
        assert_eq!(db.store.forget_acts(NOON + 2).await.unwrap(), 1);
        assert_eq!(db.store.list_deeds("a", &ids).await.unwrap().len(), 1);
        assert_eq!(db.store.forget_acts(NOON + 3).await.unwrap(), 1);
        assert!(db.store.list_deeds("a", &ids).await.unwrap().is_empty());
        assert!(!find(&db, "one0000").await.shown);
    }
}

#[tokio::test]
async fn what_is_taken_back_across_an_emergency_stop_is_as_the_stop_is_now() {
    for db in stores().await {
        prepared(&db).await;
        let store = &db.store;
        let state = async |id: &str| {
            let post = find(&db, id).await;
            (post.shown, post.stopped)
        };
        let hide = async |name: &str, post: &str, at: i64| {
            let doing = act(name, at);
            store.act_on_posts(&doing, What::Hide, &aims(&db, &[post]).await, &[]).await.unwrap();
            doing
        };

        // Hidden, then the stop, then taken back: the stop holds it like the others, and gives it back.
        let before = hide("before", "one0000", NOON + 1).await;
        store.pull_stop(STAGE, "member of anna", NOON + 2).await.unwrap();
        store.take_down(STAGE, None, 0, NOON + 3).await.unwrap();
        assert!(store.undo_act(&before, NOON + 4).await.unwrap());
        assert_eq!(state("one0000").await, (false, Stopped::Taken), "{}", db.kind);

        // Taken by the stop, hidden, released, then taken back: nothing holds it any more.
        let during = hide("during", "one0001", NOON + 5).await;
        // Shown by hand under the stop, hidden, taken back: as somebody wanted it.
        store.show_post(STAGE, "one0002", NOON + 6).await.unwrap();
        let under = hide("under", "one0002", NOON + 7).await;
        assert!(store.undo_act(&under, NOON + 8).await.unwrap());
        assert_eq!(state("one0002").await, (true, Stopped::No), "{}", db.kind);

        // Pinned, then a stop that did not mean it, then taken back: nobody has said that it should go.
        fill(store, STAGE, "more", &["Vier"]).await;
        let pinned = act("pinned", NOON - 1);
        store.act_on_posts(&pinned, What::Pin, &aims(&db, &["more0000"]).await, &[]).await.unwrap();
        assert!(store.undo_act(&pinned, NOON + 8).await.unwrap());
        assert_eq!(state("more0000").await, (true, Stopped::No), "{}", db.kind);

        assert!(store.release_stop(STAGE, Came::Wait, NOON + 9).await.unwrap());
        assert_eq!(state("one0000").await, (true, Stopped::No), "{}", db.kind);
        assert!(store.undo_act(&during, NOON + 10).await.unwrap());
        assert_eq!(state("one0001").await, (true, Stopped::No), "{}", db.kind);
    }
}
