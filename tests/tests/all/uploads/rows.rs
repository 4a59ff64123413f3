//! Rows of films, on both databases.

use controller::store::{LibraryEntry, Media, Rendition};
use harness::{NOON, TestStore, stores};

fn media(id: &str, sha256: &str) -> Media {
    Media {
        id: id.to_owned(),
        sha256: sha256.to_owned(),
        width: 0,
        height: 0,
        colour: "#000000".to_owned(),
        created_at: NOON,
        renditions: Vec::new(),
        web: Vec::new(),
    }
}

fn file(sha256: &str, kind: &str) -> Rendition {
    Rendition { sha256: sha256.to_owned(), content_type: kind.to_owned(), width: 640, height: 360, length: 9 }
}

async fn two(store: &TestStore) {
    store.add_account("a").await;
    store.add_account("b").await;
    assert!(store.store.add_film("a", &media("f1", "s1")).await.unwrap());
    assert!(store.store.add_film("a", &Media { created_at: NOON + 1, ..media("f2", "s2") }).await.unwrap());
}

#[tokio::test]
async fn films_are_claimed_in_turn_and_kept_once() {
    for held in stores().await {
        two(&held).await;
        let (store, kind) = (&held.store, held.kind);
        assert!(!store.add_film("a", &media("f9", "s1")).await.unwrap(), "the same bytes twice");
        assert!(store.add_film("b", &Media { created_at: NOON + 9, ..media("f3", "s1") }).await.unwrap());
        assert!(store.is_file_needed("s1", NOON).await.unwrap(), "{kind}: what was sent is still to be prepared");
        assert_eq!(store.count_unready_films("a").await.unwrap(), 2);

        let first = store.claim_film(NOON, NOON + 100).await.unwrap().unwrap();
        assert_eq!((first.id.as_str(), first.account_id.as_str(), first.attempts), ("f1", "a", 1), "{kind}");
        assert_eq!(store.claim_film(NOON, NOON + 900).await.unwrap().unwrap().id, "f3", "{kind}: accounts take turns");
        assert_eq!(store.claim_film(NOON, NOON + 100).await.unwrap().unwrap().id, "f2");
        assert!(store.note_film_progress("f1", 40, NOON + 300).await.unwrap());
        assert_eq!(store.find_film("a", "f1").await.unwrap().unwrap().progress, 40);
        let silent = store.claim_film(NOON + 100, NOON + 200).await.unwrap().unwrap();
        assert_eq!((silent.id.as_str(), silent.attempts), ("f2", 2), "its controller fell silent");
        store.release_film("f2").await.unwrap();
        assert_eq!(store.find_film("a", "f2").await.unwrap().unwrap().attempts, 1);

        let done = Media { width: 640, height: 360, renditions: vec![file("p1", "image/jpeg")], ..media("f1", "s1") };
        assert!(store.finish_film(&done, &file("v1", "video/mp4"), 3_000).await.unwrap());
        assert!(!store.finish_film(&done, &file("v1", "video/mp4"), 3_000).await.unwrap(), "once only");
        let film = store.find_film_by_hash("a", "s1").await.unwrap().unwrap();
        assert_eq!((film.is_ready(), film.sha256.as_str(), film.length, film.millis), (true, "v1", 9, 3_000));
        assert_eq!(store.find_media("a", "f1").await.unwrap().unwrap(), done, "{kind}: of a film, its pictures");
        assert_eq!(store.find_file_of_account("a", "v1").await.unwrap().unwrap().content_type, "video/mp4");
        assert!(!store.note_film_progress("f1", 1, 0).await.unwrap());
    }
}

#[tokio::test]
async fn films_are_there_for_their_own_account_and_go_with_all_they_had() {
    for held in stores().await {
        two(&held).await;
        let (store, kind) = (&held.store, held.kind);
        let ids = ["f1".to_owned(), "f2".to_owned(), "f7".to_owned()];

        assert_eq!(store.find_film("b", "f1").await.unwrap(), None);
        assert_eq!(store.find_film_by_hash("b", "s1").await.unwrap(), None);
        assert!(
            store.list_films("b", &ids).await.unwrap().is_empty()
                && store.list_films("a", &[]).await.unwrap().is_empty()
        );
        assert_eq!(store.list_films("a", &ids).await.unwrap().len(), 2);
        assert!(store.list_programmes_with_media("f1").await.unwrap().is_empty());

        store.refuse_film("f1", "media.film.flashes", 7).await.unwrap();
        let refused = store.find_film("a", "f1").await.unwrap().unwrap();
        assert_eq!((refused.problem.as_str(), refused.second, refused.is_unready()), ("media.film.flashes", 7, false));
        assert!(!store.is_file_needed("s1", NOON).await.unwrap(), "{kind}");
        assert!(!store.requeue_film("b", "f1", NOON).await.unwrap(), "somebody else's");
        assert!(store.requeue_film("a", "f1", NOON).await.unwrap() && store.is_file_needed("s1", NOON).await.unwrap());

        let entry =
            LibraryEntry { id: "e".into(), kind: "film".into(), sha256: "s1".into(), ..LibraryEntry::default() };
        assert!(store.add_library_entry("a", &entry, &["f1".into()]).await.unwrap());
        let gone = store.delete_library_entry("a", "e", NOON).await.unwrap().unwrap();
        assert_eq!(gone, ["s1"], "{kind}: what was sent goes too");
        assert_eq!(store.find_film("a", "f1").await.unwrap(), None);
        assert!(store.delete_unused_media(NOON + 1).await.unwrap().is_empty(), "it is new");
        assert_eq!(store.delete_unused_media(NOON + 2).await.unwrap(), ["s2"], "{kind}");
        assert_eq!(store.claim_film(NOON, NOON).await.unwrap(), None);
    }
}

#[tokio::test]
async fn a_file_does_not_go_while_somebody_stores_it_and_is_not_stored_while_it_goes() {
    for db in stores().await {
        let (store, kind) = (&db.store, db.kind);
        let [a, b] = ["a", "b"].map(str::to_owned);
        assert!(!store.is_file_needed("a", NOON).await.unwrap(), "{kind}");
        store.hold_files(&[a.clone(), b.clone()], "one", NOON + 9).await.unwrap();
        store.hold_files(std::slice::from_ref(&a), "other", NOON + 5).await.unwrap();
        assert!(store.is_file_needed("a", NOON).await.unwrap() && store.is_file_needed("b", NOON).await.unwrap());
        store.release_files("one").await.unwrap();
        assert!(store.is_file_needed("a", NOON + 4).await.unwrap(), "{kind}: the other one holds it");
        assert!(!store.is_file_needed("a", NOON + 5).await.unwrap(), "{kind}: who never came back");
        assert!(!store.is_file_needed("b", NOON).await.unwrap());

        assert!(store.begin_departure("b", NOON, NOON + 5).await.unwrap());
        assert!(!store.begin_departure("b", NOON + 4, NOON + 9).await.unwrap(), "{kind}: somebody has it in hand");
        let both = [a, b];
        assert!(store.is_file_leaving(&both, NOON + 4).await.unwrap());
        assert!(!store.is_file_leaving(&both[..1], NOON).await.unwrap());
        assert!(!store.is_file_leaving(&both, NOON + 5).await.unwrap(), "{kind}: who never came back");
        assert!(store.begin_departure("b", NOON + 5, NOON + 9).await.unwrap());
        store.end_departure("b").await.unwrap();
        assert!(!store.is_file_leaving(&both, NOON).await.unwrap());
        store.forget_file_holds(NOON + 5).await.unwrap();
        assert!(!store.is_file_needed("a", NOON).await.unwrap(), "{kind}");
    }
}
