//! Every statement about addresses of ours, on each database.

use controller::store::Source;
use harness::{NOON, TestStore, plain_source, plain_stage, stores};

pub(super) async fn prepared(db: &TestStore) {
    db.add_account("a").await;
    db.store.add_stage(&plain_stage("stage", "a")).await.unwrap();
    for id in ["s", "t"] {
        let source = Source {
            network: "webhook".into(),
            name: "Rathaus".into(),
            state: "new".into(),
            ..plain_source(id, "stage")
        };
        db.store.add_source(&source).await.unwrap();
    }
    db.store.put_hook("s", "token", b"one", NOON).await.unwrap();
}

async fn next_at(db: &TestStore, id: &str) -> i64 {
    db.store.find_source("stage", id).await.unwrap().unwrap().next_at
}

#[tokio::test]
async fn an_address_keeps_its_name_when_its_secret_is_renewed_and_goes_with_its_account() {
    for db in stores().await {
        prepared(&db).await;
        let kind = db.kind;
        let home = db.store.find_hook_home("token").await.unwrap().unwrap();
        assert_eq!((home.source_id.as_str(), home.stage_id.as_str(), home.network.as_str()), ("s", "stage", "webhook"));
        assert_eq!(db.store.find_hook_home("other").await.unwrap(), None, "{kind}");

        db.store.put_hook("s", "another", b"two", NOON + 5).await.unwrap();

        let hook = db.store.list_hooks("stage").await.unwrap().remove(0);
        assert_eq!((hook.token.as_str(), hook.made_at), ("token", NOON + 5));
        assert_eq!(db.store.find_hook_home("token").await.unwrap().unwrap().sealed, b"two");
        assert!(db.store.put_hook("t", "token", b"x", NOON).await.is_err(), "{kind}: no two with one address");
        db.erase_account("a").await;
        assert_eq!(db.store.find_hook_home("token").await.unwrap(), None, "{kind}");
    }
}

#[tokio::test]
async fn deliveries_come_once_in_order_and_wake_their_source() {
    for db in stores().await {
        prepared(&db).await;
        let kind = db.kind;
        for (message, body, new) in [("b", "1", true), ("a", "2", true), ("b", "3", false)] {
            assert_eq!(db.store.add_delivery("s", (message, ""), body, NOON).await.unwrap(), new, "{kind} {message}");
        }
        assert!(db.store.add_delivery("t", ("b", ""), "4", NOON).await.unwrap(), "{kind}: names are its sender's own");
        assert_eq!(db.store.list_hooks("stage").await.unwrap()[0].rang_at, NOON);

        let waiting = db.store.list_deliveries("s", 9).await.unwrap();
        let bodies: Vec<_> = waiting.iter().map(|delivery| delivery.body.as_str()).collect();
        assert_eq!(bodies, ["1", "2"], "{kind}");
        assert_eq!(db.store.list_deliveries("s", 1).await.unwrap().len(), 1);
        let claimed = db.store.claim_due_sources(NOON + 1, NOON + 99, 9).await.unwrap();
        assert_eq!(claimed.len(), 2, "{kind}");
        // A delivery in the same millisecond is seen by whoever visits just now.
        db.store.add_delivery("s", ("c", ""), "5", NOON).await.unwrap();
        assert_ne!(next_at(&db, "s").await, claimed.iter().find(|s| s.id == "s").unwrap().next_at, "{kind}");

        db.store.settle_deliveries("s", &["b".into(), "a".into()]).await.unwrap();
        db.store.settle_deliveries("s", &[]).await.unwrap();
        assert_eq!(
            (db.store.count_deliveries("s").await.unwrap(), db.store.count_deliveries("t").await.unwrap()),
            (1, 1)
        );
        assert!(!db.store.add_delivery("s", ("a", ""), "again", NOON + 1).await.unwrap(), "{kind}: still known");
        assert_eq!(db.store.delete_old_deliveries(NOON, NOON - 9).await.unwrap(), 0, "{kind}");
        assert_eq!(db.store.delete_old_deliveries(NOON + 1, NOON).await.unwrap(), 2, "{kind}: what was taken");
        assert_eq!(db.store.delete_old_deliveries(NOON + 1, NOON + 1).await.unwrap(), 2, "{kind}: what never was");
    }
}

#[tokio::test]
async fn a_source_is_rung_for_a_time_and_always_for_another_one() {
    for db in stores().await {
        prepared(&db).await;
        db.store.ring_source("s", NOON).await.unwrap();
        assert_eq!(next_at(&db, "s").await, NOON, "{}", db.kind);
        db.store.ring_source("s", NOON).await.unwrap();
        assert_eq!(next_at(&db, "s").await, NOON - 1, "{}", db.kind);
        db.store.ring_source("s", NOON + 5_000).await.unwrap();
        assert_eq!(next_at(&db, "s").await, NOON + 5_000, "{}", db.kind);
        assert_eq!(db.store.find_post_date("s", "none").await.unwrap(), None);
    }
}

#[tokio::test]
async fn what_fails_waits_behind_all_others_and_goes_with_the_next_word_about_its_post() {
    for db in stores().await {
        prepared(&db).await;
        let kind = db.kind;
        for (message, subject) in [("a", "p"), ("b", "q"), ("c", "r"), ("d", "")] {
            db.store.add_delivery("s", (message, subject), message, NOON).await.unwrap();
        }
        let waiting = async |limit| {
            let all = db.store.list_deliveries("s", limit).await.unwrap();
            all.into_iter().map(|sent| format!("{} {}", sent.message, sent.failures)).collect::<Vec<_>>()
        };

        db.store.fail_deliveries("s", &["a".into()]).await.unwrap();
        db.store.fail_deliveries("s", &[]).await.unwrap();
        db.store.fail_deliveries("t", &["b".into()]).await.unwrap();

        assert_eq!(waiting(3).await, ["b 0", "c 0", "d 0"], "{kind}: no room for it");
        assert_eq!(waiting(9).await, ["a 1", "b 0", "c 0", "d 0"], "{kind}: in the order in which they came");
        // A later word about the same post is taken first: the one before must not overwrite it.
        db.store.add_delivery("s", ("e", "p"), "e", NOON).await.unwrap();
        db.store.settle_deliveries("s", &["b".into(), "e".into(), "d".into()]).await.unwrap();
        assert_eq!(waiting(9).await, ["c 0"], "{kind}");
    }
}
