//! Rows of tokens and of what is told, on both databases.

use controller::store::{ApiToken, JournalQuery, Webhook};
use harness::{NOON, TestStore, plain_stage, stores};

use crate::merging::{post, source};

async fn prepared(db: &TestStore) {
    db.add_account("a").await;
    db.add_session("a", "s1").await;
    db.add_session("a", "s2").await;
    db.store.add_stage(&plain_stage("s", "a")).await.unwrap();
    db.store.add_source(&source("feed", "s", "feed")).await.unwrap();
}

fn token(id: &str, member: &str, expires_at: Option<i64>) -> ApiToken {
    ApiToken {
        id: id.to_owned(),
        member_id: format!("member of {member}"),
        name: id.to_owned(),
        token_hash: id.as_bytes().to_vec(),
        scopes: "read posts".to_owned(),
        created_at: NOON,
        expires_at,
        ..ApiToken::default()
    }
}

#[tokio::test]
async fn a_token_is_found_by_its_hash_while_it_is_good() {
    for db in stores().await {
        prepared(&db).await;
        for one in [token("t1", "s1", None), token("t2", "s1", Some(NOON + 5)), token("t3", "s2", None)] {
            db.store.add_api_token(&one).await.unwrap();
        }
        db.store.add_api_token(&ApiToken { id: "t4".into(), ..token("t1", "s1", None) }).await.unwrap_err();

        let found = db.store.find_api_token(b"t2", NOON + 4).await.unwrap().unwrap();
        assert_eq!((found.token.id.as_str(), found.account_id.as_str(), found.role.as_str()), ("t2", "a", "owner"));
        assert!(db.store.find_api_token(b"t2", NOON + 5).await.unwrap().is_none(), "{}", db.kind);
        db.store.touch_api_token("t1", 7).await.unwrap();
        db.store.touch_api_token("t1", 5).await.unwrap();
        assert_eq!(db.store.find_api_token(b"t1", NOON).await.unwrap().unwrap().token.used_day, 7);
        let list = async |account: &str, member: Option<&str>| {
            let held = db.store.list_api_tokens(account, member).await.unwrap();
            held.into_iter().map(|one| one.token.id).collect::<Vec<_>>()
        };
        assert_eq!(list("a", None).await, ["t3", "t2", "t1"]);
        assert_eq!(list("a", Some("member of s2")).await, ["t3"]);
        assert!(list("b", None).await.is_empty());
        assert!(!db.store.delete_api_token("a", Some("member of s2"), "t1").await.unwrap());
        assert!(!db.store.delete_api_token("b", None, "t1").await.unwrap());
        assert!(db.store.delete_api_token("a", None, "t1").await.unwrap());
        assert_eq!(db.store.delete_ended_api_tokens(NOON + 6).await.unwrap(), 1);
        assert_eq!(list("a", None).await, ["t3"]);
        db.erase_account("a").await;
        assert!(db.store.find_api_token(b"t3", NOON).await.unwrap().is_none(), "it goes with its member");
    }
}

#[tokio::test]
async fn each_change_is_noted_once_and_what_is_withdrawn_leaves_its_id() {
    for db in stores().await {
        prepared(&db).await;
        let networks = ["feed", "own"];
        for (id, at) in [("p1", NOON - 2), ("p2", NOON - 1), ("p3", NOON + 5)] {
            db.store.take_post(&post(id, "s", "feed", id, at), &[]).await.unwrap();
        }
        let update = async |now| db.store.update_journal("s", &networks, now).await.unwrap();
        let noted = async |above| {
            let entries = db.store.list_journal("s", JournalQuery { above, limit: 9, ..JournalQuery::default() }).await;
            let entry = |one: controller::store::JournalEntry| format!("{} {} {}", one.number, one.post_id, one.what);
            entries.unwrap().into_iter().map(entry).collect::<Vec<_>>()
        };
        assert_eq!(update(NOON).await, None, "{}: nobody asked", db.kind);
        db.store.begin_journal("s").await.unwrap();
        db.store.begin_journal("s").await.unwrap();

        assert_eq!(update(NOON).await, Some(2));
        assert_eq!(update(NOON).await, Some(2));
        assert_eq!(noted(0).await, ["1 p1 published", "2 p2 published"]);
        db.store.hide_post("s", "p1", NOON + 1).await.unwrap();
        db.store.pin_post("s", "p2", NOON + 1).await.unwrap();
        assert_eq!(update(NOON + 6).await, Some(5));
        assert_eq!(noted(2).await, ["3 p2 changed", "4 p3 published", "5 p1 withdrawn"]);
        db.store.show_post("s", "p1", NOON + 7).await.unwrap();
        assert_eq!(update(NOON + 8).await, Some(6));
        assert_eq!(noted(5).await, ["6 p1 published"]);
        // What may not be given on any more is withdrawn.
        assert_eq!(db.store.update_journal("s", &["own"], NOON + 9).await.unwrap(), Some(9));
        assert_eq!(db.store.forget_withdrawals(NOON + 9).await.unwrap(), 0);
        assert_eq!(db.store.forget_withdrawals(NOON + 10).await.unwrap(), 3);
        assert_eq!(db.store.find_forgotten("s").await.unwrap(), 9);
        assert!(noted(0).await.is_empty());
    }
}

#[tokio::test]
async fn deliveries_of_one_post_wait_for_each_other_and_those_of_others_do_not() {
    for db in stores().await {
        prepared(&db).await;
        let networks = ["feed", "own"];
        for id in ["p1", "p2"] {
            db.store.take_post(&post(id, "s", "feed", id, NOON - 1), &[]).await.unwrap();
        }
        db.store.begin_journal("s").await.unwrap();
        db.store.update_journal("s", &networks, NOON).await.unwrap();
        let hook = Webhook {
            id: "w".to_owned(),
            stage_id: "s".to_owned(),
            name: "Archiv".to_owned(),
            address: "https://archive.example/".to_owned(),
            events: "changed withdrawn".to_owned(),
            sealed: vec![1],
            since: 2,
            created_at: NOON,
            ..Webhook::default()
        };
        db.store.add_webhook(&hook).await.unwrap();
        let claim = async |now| {
            let claimed = db.store.claim_webhook_deliveries(now, now + 100, 9).await.unwrap();
            let mut ids: Vec<_> = claimed.into_iter().map(|one| one.id).collect();
            ids.sort();
            ids
        };
        assert!(claim(NOON).await.is_empty(), "what was there is no news");
        for (id, pin) in [("p1", 1), ("p2", 1), ("p1", 2)] {
            db.store.pin_post("s", id, pin).await.unwrap();
            db.store.update_journal("s", &networks, NOON).await.unwrap();
        }

        assert_eq!(claim(NOON).await, ["w-3", "w-4"], "{}: the second of the first post waits", db.kind);
        assert!(claim(NOON).await.is_empty(), "they are claimed");
        db.store.settle_webhook_delivery("w-3", "done", 200, NOON).await.unwrap();
        assert_eq!(claim(NOON).await, ["w-5"]);
        assert_eq!(claim(NOON + 101).await, ["w-4", "w-5"], "a claim ends by itself");
        db.store.pause_webhook("w", "failing", NOON).await.unwrap();
        assert!(claim(NOON + 300).await.is_empty());
        assert!(!db.store.resume_webhook("t", "w", NOON).await.unwrap());
        assert!(db.store.resume_webhook("s", "w", NOON).await.unwrap());
        // What is withdrawn is told of; what waited is not told any more.
        db.store.hide_post("s", "p1", NOON).await.unwrap();
        db.store.update_journal("s", &networks, NOON + 300).await.unwrap();
        assert_eq!(claim(NOON + 300).await, ["w-4", "w-6"]);
        let states: Vec<_> = db.store.list_webhook_deliveries("w", 9).await.unwrap();
        let states: Vec<_> = states.iter().map(|one| (one.id.as_str(), one.state.as_str())).collect();
        assert_eq!(states, [("w-6", "waiting"), ("w-5", "dropped"), ("w-4", "waiting"), ("w-3", "done")]);
        assert_eq!(db.store.delete_old_webhook_deliveries(NOON + 1, 0).await.unwrap(), 1);
        assert!(db.store.delete_webhook("s", "w").await.unwrap());
        assert!(db.store.list_webhook_deliveries("w", 9).await.unwrap().is_empty());
    }
}
