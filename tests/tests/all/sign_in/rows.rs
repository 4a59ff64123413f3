//! Every statement about tokens and sign-ins, on each database.

use controller::store::{SignInRow, Source};
use harness::{NOON, TestStore, plain_source, plain_stage, stores};

pub(super) async fn prepared(db: &TestStore) {
    db.add_account("a").await;
    db.store.add_stage(&plain_stage("stage", "a")).await.unwrap();
    let source = Source {
        network: "x".into(),
        address: "1".into(),
        name: "@museum".into(),
        held: true,
        next_at: NOON,
        ..plain_source("s", "stage")
    };
    db.store.add_source(&source).await.unwrap();
    db.store.put_tokens("s", b"one", NOON + 100, ("ada", NOON)).await.unwrap();
}

#[tokio::test]
async fn tokens_are_renewed_by_one_at_a_time_and_the_ones_before_stay_until_the_new_are_used() {
    for db in stores().await {
        prepared(&db).await;
        let kind = db.kind;

        assert!(db.store.claim_due_tokens(NOON + 99, NOON + 500, 9).await.unwrap().is_empty(), "{kind}");
        let claimed = db.store.claim_due_tokens(NOON + 100, NOON + 500, 9).await.unwrap().remove(0);
        assert!(db.store.claim_due_tokens(NOON + 101, NOON + 500, 9).await.unwrap().is_empty(), "{kind}");
        assert_eq!(db.store.claim_tokens("s", 1, NOON + 499, NOON + 900).await.unwrap(), None, "{kind}");

        assert!(db.store.renew_tokens(&claimed, b"two", b"one", NOON + 700).await.unwrap());
        let row = db.store.find_tokens("s").await.unwrap().unwrap();
        assert_eq!((row.sealed.as_slice(), row.previous.as_deref(), row.version), (&b"two"[..], Some(&b"one"[..]), 2));
        assert_eq!((row.renew_at, row.claimed_until, row.failures), (NOON + 700, 0, 0), "{kind}");
        assert!(!db.store.renew_tokens(&claimed, b"late", b"one", NOON).await.unwrap(), "{kind}: not the newest");
        db.store.settle_tokens("s", 1).await.unwrap();
        assert!(db.store.find_tokens("s").await.unwrap().unwrap().previous.is_some(), "{kind}: not the newest");
        db.store.settle_tokens("s", 2).await.unwrap();
        assert!(db.store.find_tokens("s").await.unwrap().unwrap().previous.is_none(), "{kind}");

        let claimed = db.store.claim_tokens("s", 2, NOON + 500, NOON + 900).await.unwrap().unwrap();
        db.store.fail_tokens(&claimed, NOON + 800).await.unwrap();
        let row = db.store.find_tokens("s").await.unwrap().unwrap();
        assert_eq!((row.renew_at, row.claimed_until, row.failures, row.version), (NOON + 800, 0, 1, 2), "{kind}");
        // Whoever signs in again is not overwritten by a renewal that was under way.
        let under_way = db.store.claim_tokens("s", 2, NOON + 500, NOON + 900).await.unwrap().unwrap();
        db.store.put_tokens("s", b"fresh", NOON + 2_000, ("", NOON)).await.unwrap();
        assert!(!db.store.renew_tokens(&under_way, b"three", b"two", NOON).await.unwrap(), "{kind}");
        assert_eq!(db.store.find_tokens("s").await.unwrap().unwrap().sealed, b"fresh", "{kind}");

        db.erase_account("a").await;
        assert_eq!(db.store.find_tokens("s").await.unwrap(), None, "{kind}: tokens go with their account");
    }
}

#[tokio::test]
async fn a_source_stops_once_and_is_restarted_as_it_was() {
    for db in stores().await {
        prepared(&db).await;
        assert_eq!(db.store.find_source_home("s").await.unwrap(), Some(("stage".into(), "x".into())), "{}", db.kind);
        assert_eq!(db.store.find_source_home("t").await.unwrap(), None);

        assert!(db.store.stop_source("s", "why", NOON).await.unwrap());
        assert!(!db.store.stop_source("s", "why", NOON).await.unwrap(), "{}", db.kind);
        let stopped = db.store.find_source("stage", "s").await.unwrap().unwrap();
        assert_eq!((stopped.state.as_str(), stopped.problem.as_str(), stopped.next_at), ("stopped", "why", i64::MAX));

        assert!(!db.store.restart_source("other", "s", "@mine", NOON).await.unwrap(), "{}", db.kind);
        assert!(db.store.restart_source("stage", "s", "@house", NOON + 1).await.unwrap());
        let again = db.store.find_source("stage", "s").await.unwrap().unwrap();
        assert_eq!((again.state.as_str(), again.problem.as_str(), again.next_at), ("new", "", NOON + 1), "{}", db.kind);
        assert_eq!((again.name.as_str(), again.held, again.failures), ("@house", true, 0), "{}", db.kind);
    }
}

#[tokio::test]
async fn a_sign_in_is_its_sessions_alone_ends_by_itself_and_is_used_once() {
    for db in stores().await {
        prepared(&db).await;
        db.add_session("a", "mine").await;
        let row = SignInRow {
            id: "i".into(),
            session_id: "mine".into(),
            stage_id: "stage".into(),
            network: "x".into(),
            source_id: String::new(),
            held: true,
            sealed: b"sealed".to_vec(),
            expires_at: NOON + 10,
        };
        db.store.add_sign_in(&row).await.unwrap();

        assert_eq!(db.store.take_sign_in("other", "i", NOON).await.unwrap(), None, "{}", db.kind);
        assert_eq!(db.store.find_sign_in("other", "i", NOON).await.unwrap(), None, "{}", db.kind);
        assert_eq!(db.store.take_sign_in("mine", "i", NOON + 10).await.unwrap(), None, "{}: it is over", db.kind);
        assert_eq!(db.store.find_sign_in("mine", "i", NOON + 9).await.unwrap(), Some(row.clone()), "{}", db.kind);
        assert_eq!(db.store.take_sign_in("mine", "i", NOON + 9).await.unwrap(), Some(row.clone()), "{}", db.kind);
        assert_eq!(db.store.take_sign_in("mine", "i", NOON + 9).await.unwrap(), None, "{}: used up", db.kind);

        db.store.add_sign_in(&row).await.unwrap();
        assert_eq!(db.store.delete_ended_sign_ins(NOON + 9).await.unwrap(), 0);
        assert_eq!(db.store.delete_ended_sign_ins(NOON + 10).await.unwrap(), 1, "{}", db.kind);
    }
}
