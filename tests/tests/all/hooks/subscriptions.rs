//! Every statement about subscriptions to hubs, on each database.

use harness::{NOON, stores};

use super::rows::prepared;

#[tokio::test]
async fn a_subscription_is_asked_for_confirmed_doubted_and_ends() {
    for db in stores().await {
        prepared(&db).await;
        let (store, kind) = (&db.store, db.kind);
        store.add_subscription(("t", "https://hub.example/", "topic"), "address", b"sealed", NOON).await.unwrap();
        assert!(store.add_subscription(("t", "h", "t"), "other", b"", NOON).await.is_err(), "{kind}: one for each");
        let row = store.find_subscription("t").await.unwrap().unwrap();
        assert_eq!(
            (row.hub.as_str(), row.topic.as_str(), row.token.as_str()),
            ("https://hub.example/", "topic", "address")
        );
        assert_eq!((row.due_at, row.lease_until, row.failures, row.trusted, row.strong), (NOON, 0, 0, false, false));
        assert_eq!(store.find_hook_home("address").await.unwrap().unwrap().fetched_at, 0);

        // Nobody has asked yet, so nothing is confirmed and nothing is postponed.
        assert!(!store.confirm_subscription("address", "topic", NOON, NOON + 90, NOON + 60).await.unwrap(), "{kind}");
        store.postpone_subscription("t", NOON + 7).await.unwrap();
        assert!(store.claim_subscriptions(NOON - 1, NOON + 10, NOON + 50, 9).await.unwrap().is_empty(), "{kind}");
        assert_eq!(store.claim_subscriptions(NOON, NOON + 10, NOON + 50, 9).await.unwrap(), ["t"], "{kind}");
        assert!(store.claim_subscriptions(NOON, NOON + 10, NOON + 50, 9).await.unwrap().is_empty(), "{kind}: claimed");
        store.postpone_subscription("t", NOON + 20).await.unwrap();
        let row = store.find_subscription("t").await.unwrap().unwrap();
        assert_eq!((row.due_at, row.failures), (NOON + 20, 1), "{kind}");

        for (token, topic, now) in
            [("other", "topic", NOON), ("address", "another", NOON), ("address", "topic", NOON + 50)]
        {
            assert!(
                !store.confirm_subscription(token, topic, now, NOON + 90, NOON + 60).await.unwrap(),
                "{kind} {token}"
            );
        }
        assert!(
            store.confirm_subscription("address", "topic", NOON + 49, NOON + 90, NOON + 60).await.unwrap(),
            "{kind}"
        );
        assert!(
            !store.confirm_subscription("address", "topic", NOON + 49, NOON + 99, NOON + 60).await.unwrap(),
            "{kind}"
        );
        store.postpone_subscription("t", NOON + 21).await.unwrap();
        let row = store.find_subscription("t").await.unwrap().unwrap();
        assert_eq!((row.due_at, row.lease_until, row.failures), (NOON + 60, NOON + 90, 0), "{kind}: it came first");
        assert_eq!(store.list_subscribed("stage", NOON + 89).await.unwrap(), ["t"], "{kind}");
        assert!(store.list_subscribed("stage", NOON + 90).await.unwrap().is_empty(), "{kind}");

        store.hear_subscription("t", true, NOON + 5, NOON + 8).await.unwrap();
        store.hear_subscription("t", false, NOON + 6, NOON + 9).await.unwrap();
        let row = store.find_subscription("t").await.unwrap().unwrap();
        assert_eq!((row.trusted, row.strong, row.rang_at), (true, true, NOON + 6), "{kind}");
        assert_eq!(store.find_source("stage", "t").await.unwrap().unwrap().next_at, NOON + 7, "{kind}");
        store.doubt_subscription("t").await.unwrap();
        assert!(!store.find_subscription("t").await.unwrap().unwrap().trusted, "{kind}");
        assert!(!store.deny_subscription("address", "another", NOON + 500).await.unwrap(), "{kind}");
        assert!(store.deny_subscription("address", "topic", NOON + 500).await.unwrap(), "{kind}");
        let row = store.find_subscription("t").await.unwrap().unwrap();
        assert_eq!((row.due_at, row.lease_until), (NOON + 500, 0), "{kind}");

        assert!(store.stop_source("t", "why", NOON).await.unwrap());
        assert!(store.claim_subscriptions(NOON + 500, NOON + 510, NOON + 550, 9).await.unwrap().is_empty(), "{kind}");
        store.delete_subscription("t").await.unwrap();
        assert_eq!(store.find_subscription("t").await.unwrap(), None, "{kind}");
        assert_eq!(store.find_hook_home("address").await.unwrap(), None, "{kind}");
        store.add_subscription(("t", "h", "topic"), "again", b"", NOON).await.unwrap();
        db.erase_account("a").await;
        assert_eq!(store.find_subscription("t").await.unwrap(), None, "{kind}");
    }
}
