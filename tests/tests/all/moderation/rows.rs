//! Rows of moderation and of the emergency stop, on both databases.

use std::time::Instant;

use controller::store::{Below, Came, Post, PostGroup, PostState, Ruling, Standing, StopCounts, Stopped};
use harness::{NOON, TestStore, plain_source, plain_stage, stores};

const STAGE: &str = "stage-1";

async fn prepared(db: &TestStore) {
    db.add_account("a").await;
    db.add_session("a", "session").await;
    for id in [STAGE, "stage-2"] {
        db.store.add_stage(&plain_stage(id, "a")).await.unwrap();
    }
    for id in ["feed", "other"] {
        db.store.add_source(&plain_source(id, STAGE)).await.unwrap();
    }
}

fn post(id: &str, source_id: &str, imported_at: i64) -> Post {
    Post {
        id: id.to_owned(),
        stage_id: STAGE.to_owned(),
        source_id: Some(source_id.to_owned()),
        remote_id: id.to_owned(),
        slug: format!("slug-{id}"),
        text: "Text".to_owned(),
        html: "<p>Text</p>".to_owned(),
        content_hash: "1".to_owned(),
        published_at: NOON - 10,
        imported_at,
        changed_at: imported_at,
        shown: true,
        facts: "{}".to_owned(),
        ..Post::default()
    }
}

async fn state(db: &TestStore, id: &str) -> PostState {
    db.store.find_post(STAGE, id).await.unwrap().unwrap().state(NOON)
}

async fn shown(db: &TestStore) -> Vec<String> {
    let posts = db.store.list_shown_posts(STAGE, &Below::default(), NOON, 99).await.unwrap();
    let mut ids: Vec<_> = posts.into_iter().map(|post| post.id).collect();
    ids.sort();
    ids
}

#[tokio::test]
async fn waiting_hidden_by_hand_and_hidden_by_a_rule_are_three_things() {
    for db in stores().await {
        prepared(&db).await;
        let reasons = "[{\"kind\":\"queue\"}]";
        let kept =
            |id: &str, standing| Post { shown: false, standing, reasons: reasons.to_owned(), ..post(id, "feed", NOON) };
        db.store.take_post(&post("open", "feed", NOON), &[]).await.unwrap();
        db.store.take_post(&post("hidden", "feed", NOON), &[]).await.unwrap();
        db.store.take_post(&kept("waits", Standing::Waiting), &[]).await.unwrap();
        db.store.take_post(&kept("ruled", Standing::Ruled), &[]).await.unwrap();
        assert!(db.store.hide_post(STAGE, "hidden", NOON).await.unwrap());

        assert_eq!(state(&db, "open").await, PostState::Shown, "{}", db.kind);
        assert_eq!(state(&db, "hidden").await, PostState::Hidden);
        assert_eq!(state(&db, "waits").await, PostState::Waiting);
        assert_eq!(state(&db, "ruled").await, PostState::Ruled);
        let counts = db.store.count_posts(STAGE, NOON).await.unwrap();
        assert_eq!((counts.shown, counts.queue, counts.waiting, counts.hidden), (1, 1, 0, 2), "{}", db.kind);
        let queue = db.store.list_posts(STAGE, PostGroup::Queue, &Below::default(), NOON, 9).await.unwrap();
        assert_eq!((queue.len(), queue[0].reasons.as_str()), (1, reasons));

        // Declined by hand, it is no longer in the queue; shown by hand, no edit takes it down.
        assert!(db.store.hide_post(STAGE, "waits", NOON + 1).await.unwrap());
        assert!(!db.store.hide_post(STAGE, "waits", NOON + 2).await.unwrap(), "is so already");
        assert_eq!(state(&db, "waits").await, PostState::Hidden);
        assert!(db.store.show_post(STAGE, "ruled", NOON + 1).await.unwrap());
        for id in ["ruled", "waits", "open"] {
            let edit = Post { content_hash: "2".into(), ..kept(id, Standing::Waiting) };
            db.store.take_post(&edit, &[]).await.unwrap();
        }
        let held = async |id: &str| db.store.find_imported_post("feed", id).await.unwrap().unwrap().standing;
        assert_eq!(held("ruled").await, Standing::Published, "{}", db.kind);
        assert_eq!((held("waits").await, held("open").await), (Standing::Hidden, Standing::Waiting));
        assert_eq!(shown(&db).await, ["ruled"]);
    }
}

#[tokio::test]
async fn rules_are_kept_once_and_a_slower_edit_is_refused() {
    for db in stores().await {
        prepared(&db).await;
        let (store, kind) = (&db.store, db.kind);
        assert_eq!(store.find_moderation(STAGE).await.unwrap(), None);
        assert!(!store.begin_applying(STAGE).await.unwrap(), "{kind}: there are no rules");
        assert!(store.save_moderation(STAGE, "{}", 0).await.unwrap());
        assert!(!store.save_moderation(STAGE, "{\"words\":[]}", 0).await.unwrap(), "{kind}: somebody was quicker");
        assert!(store.save_moderation(STAGE, "{\"words\":[]}", 1).await.unwrap());

        let row = store.find_moderation(STAGE).await.unwrap().unwrap();
        assert_eq!((row.rules.as_str(), row.number, row.applying), ("{\"words\":[]}", 2, false), "{kind}");
        assert_eq!(store.find_moderation("stage-2").await.unwrap(), None);
    }
}

#[tokio::test]
async fn rules_are_applied_by_one_controller_step_by_step() {
    for db in stores().await {
        prepared(&db).await;
        let (store, kind) = (&db.store, db.kind);
        for id in ["a", "b", "c", "d"] {
            store.take_post(&post(id, "feed", NOON), &[]).await.unwrap();
        }
        store.hide_post(STAGE, "b", NOON).await.unwrap();
        store.show_post(STAGE, "b", NOON).await.unwrap();
        store.save_moderation(STAGE, "{}", 0).await.unwrap();
        assert_eq!(store.claim_applying(NOON, NOON + 9).await.unwrap(), None, "{kind}: nobody wants it");
        assert!(store.begin_applying(STAGE).await.unwrap());

        let claimed = store.claim_applying(NOON, NOON + 9).await.unwrap().unwrap();
        assert_eq!((claimed.stage_id.as_str(), claimed.applied_below.as_str()), (STAGE, ""), "{kind}");
        assert_eq!(store.claim_applying(NOON + 8, NOON + 20).await.unwrap(), None, "{kind}: claimed already");
        let some = store.list_posts_to_judge(STAGE, &claimed.applied_below, 2).await.unwrap();
        assert_eq!(some.iter().map(|post| post.id.as_str()).collect::<Vec<_>>(), ["d", "c"], "{kind}");
        let ruling = |id: &str, hash: &str| Ruling {
            post_id: id.into(),
            content_hash: hash.into(),
            standing: Standing::Waiting,
            reasons: "[]".into(),
        };
        let rulings = [ruling("d", "1"), ruling("c", "0")];
        assert_eq!(store.note_rulings(&claimed, &rulings, Some("c"), NOON).await.unwrap(), 1, "{kind}: c was edited");
        assert_eq!(store.note_rulings(&claimed, &rulings, Some("c"), NOON).await.unwrap(), 0, "{kind}: done already");

        let rest = store.claim_applying(NOON, NOON + 9).await.unwrap().unwrap();
        let some = store.list_posts_to_judge(STAGE, &rest.applied_below, 2).await.unwrap();
        assert_eq!(some.iter().map(|post| post.id.as_str()).collect::<Vec<_>>(), ["a"], "{kind}: b was shown by hand");
        let rulings = [ruling("a", "1"), ruling("b", "1")];
        assert_eq!(store.note_rulings(&rest, &rulings, None, NOON).await.unwrap(), 1);
        assert_eq!(shown(&db).await, ["b", "c"], "{kind}");
        assert!(!store.find_moderation(STAGE).await.unwrap().unwrap().applying);
        assert_eq!(store.claim_applying(NOON + 99, NOON + 199).await.unwrap(), None, "{kind}: all is done");
    }
}

#[tokio::test]
async fn posts_are_counted_within_minutes() {
    for db in stores().await {
        prepared(&db).await;
        for (id, at) in [("a", NOON), ("b", NOON - 5), ("c", NOON - 10)] {
            db.store.take_post(&Post { published_at: at, ..post(id, "feed", NOON) }, &[]).await.unwrap();
        }
        let count = async |after, but| db.store.count_posts_between("feed", after, NOON, but).await.unwrap();
        assert_eq!((count(NOON - 10, "x").await, count(NOON - 11, "x").await, count(NOON - 11, "a").await), (2, 3, 2));
        assert_eq!(db.store.count_posts_between("other", 0, NOON, "").await.unwrap(), 0, "{}", db.kind);
    }
}

#[tokio::test]
async fn what_was_edited_at_its_source_since_is_taken_down_too() {
    for db in stores().await {
        prepared(&db).await;
        let store = &db.store;
        for id in ["old", "edited"] {
            store.take_post(&post(id, "feed", NOON - 99), &[]).await.unwrap();
        }
        let edit = Post { content_hash: "another".into(), changed_at: NOON, ..post("edited", "feed", NOON - 99) };
        store.take_post(&edit, &[]).await.unwrap();
        store.pull_stop(STAGE, "member of session", NOON + 1).await.unwrap();

        assert_eq!(store.take_down(STAGE, None, NOON - 5, NOON + 1).await.unwrap(), 1, "{}", db.kind);

        assert_eq!(shown(&db).await, ["old"], "{}", db.kind);
    }
}

#[tokio::test]
async fn the_stop_gives_back_what_it_took_and_nothing_else() {
    for db in stores().await {
        prepared(&db).await;
        let (store, kind) = (&db.store, db.kind);
        for (id, source, at) in [("old", "feed", NOON - 99), ("new", "feed", NOON), ("else", "other", NOON)] {
            store.take_post(&post(id, source, at), &[]).await.unwrap();
        }
        store.take_post(&post("hidden", "feed", NOON), &[]).await.unwrap();
        store.hide_post(STAGE, "hidden", NOON).await.unwrap();
        let own = Post { source_id: None, ..post("own", "", NOON) };
        store.add_own_post(&own, &[]).await.unwrap();
        assert_eq!(store.find_stop(STAGE).await.unwrap(), None);

        store.pull_stop(STAGE, "member of session", NOON + 1).await.unwrap();
        store.pull_stop(STAGE, "member of session", NOON + 5).await.unwrap();
        let stop = store.find_stop(STAGE).await.unwrap().unwrap();
        assert_eq!((stop.began_at, stop.member_id.as_deref()), (NOON + 1, Some("member of session")), "{kind}");
        assert_eq!(store.take_down(STAGE, None, NOON - 5, NOON + 1).await.unwrap(), 2, "{kind}");
        assert_eq!(shown(&db).await, ["old", "own"], "{kind}");
        assert_eq!(state(&db, "new").await, PostState::Stopped);
        assert_eq!(store.take_down(STAGE, Some("feed"), 0, NOON + 1).await.unwrap(), 1);
        assert_eq!(store.take_down("stage-2", None, 0, NOON + 1).await.unwrap(), 0);
        // Meanwhile one comes, and one of what was taken is hidden by hand.
        store.take_post(&post("late", "feed", NOON + 2), &[]).await.unwrap();
        assert!(store.hold_if_stopped(STAGE, "late", false, "[]", NOON + 2).await.unwrap());
        assert!(!store.hold_if_stopped(STAGE, "late", false, "[]", NOON + 2).await.unwrap(), "once");
        store.hide_post(STAGE, "else", NOON + 3).await.unwrap();
        assert_eq!(store.count_stopped(STAGE).await.unwrap(), StopCounts { taken: 2, came: 1 }, "{kind}");
        assert_eq!(store.count_posts(STAGE, NOON).await.unwrap().queue, 1);

        assert!(store.release_stop(STAGE, Came::Wait, NOON + 4).await.unwrap());
        assert!(!store.release_stop(STAGE, Came::Wait, NOON + 4).await.unwrap());
        assert_eq!(shown(&db).await, ["new", "old", "own"], "{kind}");
        assert_eq!((state(&db, "late").await, state(&db, "else").await), (PostState::Waiting, PostState::Hidden));
        assert_eq!(store.count_stopped(STAGE).await.unwrap(), StopCounts::default());
        assert!(!store.hold_if_stopped(STAGE, "new", false, "[]", NOON + 5).await.unwrap(), "{kind}: it is released");

        store.pull_stop(STAGE, "member of session", NOON + 6).await.unwrap();
        let came =
            Post { shown: false, standing: Standing::Waiting, stopped: Stopped::Came, ..post("came", "feed", NOON) };
        store.take_post(&came, &[]).await.unwrap();
        assert!(store.release_stop(STAGE, Came::Show, NOON + 7).await.unwrap());
        assert_eq!(shown(&db).await, ["came", "new", "old", "own"], "{kind}: and what came where somebody wants it");
        assert_eq!(store.find_post(STAGE, "came").await.unwrap().unwrap().standing, Standing::Open);
    }
}

#[tokio::test]
async fn a_hundred_thousand_posts_are_taken_and_given_back_by_one_statement_each() {
    for db in stores().await {
        prepared(&db).await;
        db.add_posts(STAGE, "feed", 100_000).await;
        db.store.pull_stop(STAGE, "member of session", NOON).await.unwrap();

        let began = Instant::now();
        let taken = db.store.take_down(STAGE, None, 0, NOON).await.unwrap();
        let took = began.elapsed();
        let left = shown(&db).await.len();
        let began = Instant::now();
        db.store.release_stop(STAGE, Came::Wait, NOON).await.unwrap();

        println!("{}: {taken} posts taken in {took:?}, given back in {:?}", db.kind, began.elapsed());
        assert_eq!((taken, left), (100_000, 0));
        assert_eq!(db.store.count_posts(STAGE, NOON).await.unwrap().shown, 100_000);
    }
}

#[tokio::test]
async fn features_and_openings_turn_on_the_instant() {
    for db in stores().await {
        prepared(&db).await;
        let store = &db.store;
        store.take_post(&post("a", "feed", NOON), &[]).await.unwrap();
        let held = async || store.find_post(STAGE, "a").await.unwrap().unwrap();
        assert!(store.feature_post(STAGE, "a", Some(NOON + 50)).await.unwrap());
        assert!(!store.feature_post("stage-2", "a", None).await.unwrap());
        assert!(held().await.is_featured(NOON + 49) && !held().await.is_featured(NOON + 50));
        assert_eq!(store.next_post_turn(NOON).await.unwrap(), Some(NOON + 50), "{}", db.kind);
        assert_eq!(store.list_turned_stages(NOON + 49, NOON + 50).await.unwrap(), [STAGE]);

        let span = controller::store::Span { opens_at: Some(NOON + 20), expires_at: None };
        assert!(store.change_terms(STAGE, "a", NOON, span, &[], NOON + 1).await.unwrap());
        assert_eq!(held().await.state(NOON + 19), PostState::Planned);
        assert!(shown(&db).await.is_empty(), "{}: not before its time", db.kind);
        assert_eq!(store.list_shown_posts(STAGE, &Below::default(), NOON + 20, 9).await.unwrap().len(), 1);
        assert_eq!(store.count_posts(STAGE, NOON + 19).await.unwrap().waiting, 1);
        assert_eq!(store.next_post_turn(NOON).await.unwrap(), Some(NOON + 20), "{}", db.kind);
        assert_eq!(store.list_turned_stages(NOON + 19, NOON + 20).await.unwrap(), [STAGE]);
        // An edit at its source leaves all of that.
        let edit = Post { content_hash: "2".into(), published_at: NOON - 99, ..post("a", "feed", NOON) };
        store.take_post(&edit, &[]).await.unwrap();
        assert_eq!((held().await.opens_at, held().await.featured_until), (Some(NOON + 20), Some(NOON + 50)));
    }
}
