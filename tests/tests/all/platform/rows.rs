//! What the database says of the directory.

use controller::store::{ListingQuery, Post, Stage};
use harness::{NOON, plain_stage, stores};

fn query(terms: &[&str], offset: i64, limit: i64) -> ListingQuery {
    ListingQuery { terms: terms.iter().map(|&term| term.to_owned()).collect(), offset, limit }
}

#[tokio::test]
async fn a_stage_is_found_by_its_words_and_gone_with_its_account() {
    for db in stores().await {
        for account in ["a", "b"] {
            db.add_account(account).await;
        }
        for (id, account) in [("one", "a"), ("two", "a"), ("three", "b"), ("silent", "b")] {
            db.store.add_stage(&Stage { name: id.to_owned(), ..plain_stage(id, account) }).await.unwrap();
        }
        let post = |id: &str, published_at: i64, shown: bool| Post {
            id: id.to_owned(),
            stage_id: "one".to_owned(),
            remote_id: id.to_owned(),
            slug: id.to_owned(),
            content_hash: "1".to_owned(),
            published_at,
            shown,
            facts: "{}".to_owned(),
            ..Post::default()
        };
        for (id, at, shown) in
            [("p1", NOON - 9, true), ("p2", NOON - 5, true), ("p3", NOON - 1, false), ("p4", NOON + 9, true)]
        {
            db.store.add_own_post(&post(id, at, shown), &[]).await.unwrap();
        }
        for (id, name, words) in [
            ("three", "anker", "anker 100% hafen"),
            ("one", "museum", "museum stadt kunst"),
            ("two", "theater", "theater_stadt buhne!"),
        ] {
            db.store.list_in_directory(id, name, words, NOON).await.unwrap();
        }
        let find = async |terms: &[&str], offset, limit| {
            let found = db.store.list_directory(&query(terms, offset, limit), NOON).await.unwrap();
            found.into_iter().map(|listed| listed.stage.id).collect::<Vec<_>>()
        };

        assert_eq!(find(&[], 0, 9).await, ["three", "one", "two"], "{}", db.kind);
        assert_eq!((find(&[], 1, 1).await, find(&[], 3, 1).await.len()), (vec!["one".to_owned()], 0));
        assert_eq!(find(&["stadt"], 0, 9).await, ["one", "two"]);
        assert_eq!(find(&["stadt", "kun"], 0, 9).await, ["one"]);
        for (sign, only) in [("%", "three"), ("_", "two"), ("!", "two")] {
            assert_eq!(find(&[sign], 0, 9).await, [only], "{}: {sign} stands for itself", db.kind);
        }
        let listed = db.store.list_directory(&query(&[], 0, 9), NOON).await.unwrap();
        let last: Vec<_> = listed.iter().map(|listed| listed.last_post_at).collect();
        assert_eq!(last, [None, Some(NOON - 5), None], "{}: hidden and later ones do not count", db.kind);

        db.store.list_in_directory("one", "zirkus", "zirkus", NOON + 1).await.unwrap();
        assert_eq!(find(&[], 0, 9).await, ["three", "two", "one"], "{}", db.kind);
        db.store.take_from_directory("two").await.unwrap();
        assert!(!db.store.is_in_directory("two").await.unwrap() && db.store.is_in_directory("one").await.unwrap());
        db.erase_account("b").await;
        assert_eq!(find(&[], 0, 9).await, ["one"], "{}", db.kind);
    }
}
