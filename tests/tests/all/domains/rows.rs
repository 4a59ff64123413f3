//! Rows of domains, on both databases.

use controller::store::{Domain, Error};
use harness::{NOON, TestStore, plain_stage, stores};

fn domain(stage_id: &str, host: &str) -> Domain {
    Domain {
        stage_id: stage_id.to_owned(),
        host: host.to_owned(),
        proof: format!("litfass={stage_id}"),
        state: "waiting".to_owned(),
        added_at: NOON,
        due_at: NOON + 60,
        resolves: true,
        ..Domain::default()
    }
}

async fn prepared(db: &TestStore) {
    for account in ["a", "b"] {
        db.add_account(account).await;
        db.store.add_stage(&plain_stage(account, account)).await.unwrap();
        db.store.add_domain(&domain(account, "news.stadt.example")).await.unwrap();
    }
}

#[tokio::test]
async fn several_claim_a_name_and_one_has_it() {
    for db in stores().await {
        prepared(&db).await;
        assert_eq!(db.store.find_domain("a").await.unwrap(), Some(domain("a", "news.stadt.example")), "{}", db.kind);
        assert!(matches!(db.store.add_domain(&domain("a", "other.example")).await, Err(Error::Taken)));
        assert!(db.store.list_active_domains().await.unwrap().is_empty());

        let proven = |id: &str| Domain {
            state: "proven".to_owned(),
            proven_at: NOON,
            trouble: "other".to_owned(),
            found: "x".to_owned(),
            resolves: false,
            ..domain(id, "news.stadt.example")
        };
        assert!(db.store.keep_domain_check(&proven("a"), "waiting").await.unwrap());
        assert!(matches!(db.store.keep_domain_check(&proven("b"), "waiting").await, Err(Error::Taken)), "{}", db.kind);
        assert!(!db.store.keep_domain_check(&proven("a"), "waiting").await.unwrap(), "somebody was faster");

        assert_eq!(db.store.find_domain("a").await.unwrap(), Some(proven("a")));
        assert_eq!(db.store.find_proven_domain("news.stadt.example").await.unwrap(), Some(proven("a")));
        let active = db.store.list_active_domains().await.unwrap();
        let active: Vec<_> = active.iter().map(|one| (one.host.as_str(), one.handle.as_str())).collect();
        assert_eq!(active, [("news.stadt.example", "handle-a")], "{}", db.kind);
        assert!(db.store.delete_domain("a").await.unwrap() && !db.store.delete_domain("a").await.unwrap());
        assert!(db.store.keep_domain_check(&proven("b"), "waiting").await.unwrap());
        db.erase_account("b").await;
        assert!(db.store.list_active_domains().await.unwrap().is_empty(), "it goes with its account");
    }
}

#[tokio::test]
async fn a_domain_that_is_due_is_taken_once() {
    for db in stores().await {
        prepared(&db).await;
        assert_eq!(db.store.claim_domain(NOON + 59, NOON + 99).await.unwrap(), None, "{}", db.kind);

        let mut taken = Vec::new();
        while let Some(domain) = db.store.claim_domain(NOON + 60, NOON + 99).await.unwrap() {
            assert_eq!(domain.due_at, NOON + 99);
            taken.push(domain.stage_id);
        }

        assert_eq!(taken, ["a", "b"], "{}", db.kind);
    }
}
