//! Rows of the library, of files on their way and of quotas, on both databases.

use controller::store::{Arrival, Error, LibraryEntry, LibraryQuery, Media, Rendition};
use harness::{NOON, TestStore, stores};

fn entry(id: &str, kind: &str, name: &str, age: i64) -> LibraryEntry {
    LibraryEntry {
        id: id.to_owned(),
        kind: kind.to_owned(),
        sha256: format!("hash of {id}"),
        name: name.to_owned(),
        length: 70,
        created_at: NOON - age,
        ..LibraryEntry::default()
    }
}

fn media(id: &str, lengths: &[i64]) -> Media {
    let rendition = |(number, length): (usize, &i64)| Rendition {
        sha256: format!("file {number} of {id}"),
        content_type: "image/jpeg".to_owned(),
        width: 320 * (i64::try_from(number).unwrap() + 1),
        height: 240,
        length: *length,
    };
    Media {
        id: id.to_owned(),
        sha256: format!("hash of {id}"),
        width: 8,
        height: 8,
        colour: "#808080".to_owned(),
        created_at: NOON,
        renditions: lengths.iter().enumerate().map(rendition).collect(),
        web: Vec::new(),
    }
}

async fn filled(held: &TestStore) {
    let store = &held.store;
    held.add_account("a").await;
    held.add_account("b").await;
    for (id, lengths) in [("m1", &[10, 20][..]), ("m2", &[5]), ("m3", &[7])] {
        assert!(store.add_media("a", &media(id, lengths)).await.unwrap());
    }
    let ids = |ids: &[&str]| ids.iter().map(|&id| id.to_owned()).collect::<Vec<_>>();
    for (entry, ids) in [
        (entry("e1", "picture", "Älteste_Brücke.jpg", 3), ids(&["m1"])),
        (entry("e2", "document", "Satzung 100%.pdf", 2), ids(&["m2", "m3"])),
        (entry("e3", "picture", "Seite.jpg", 1), ids(&["m3"])),
    ] {
        assert!(store.add_library_entry("a", &entry, &ids).await.unwrap());
        assert!(!store.add_library_entry("a", &LibraryEntry { id: "other".into(), ..entry }, &ids).await.unwrap());
    }
}

#[tokio::test]
async fn entries_are_found_searched_described_and_removed() {
    for held in stores().await {
        filled(&held).await;
        let (store, kind) = (&held.store, held.kind);
        let list = async |wanted: LibraryQuery<'_>| {
            let found = store.list_library("a", &LibraryQuery { limit: 9, ..wanted }).await.unwrap();
            found.into_iter().map(|entry| entry.id).collect::<Vec<_>>()
        };
        let words = |words| LibraryQuery { words, ..LibraryQuery::default() };

        assert_eq!(list(LibraryQuery::default()).await, ["e3", "e2", "e1"], "{kind}");
        assert_eq!(list(LibraryQuery { kind: "document", ..LibraryQuery::default() }).await, ["e2"]);
        assert_eq!(list(words("ÄLTESTE")).await, ["e1"], "{kind}: large letters are small ones");
        assert_eq!(list(words("_brü")).await, ["e1"], "{kind}: an underscore stands for itself");
        assert_eq!(list(words("%")).await, ["e2"], "{kind}: so does a percent sign");
        assert_eq!(list(words("\\")).await, [""; 0], "{kind}: and what escapes them");
        let below = LibraryQuery { below: Some((NOON - 2, "e2")), ..LibraryQuery::default() };
        assert_eq!(list(below).await, ["e1"], "{kind}: the next page");
        assert!(
            store.list_library("b", &LibraryQuery { limit: 9, ..LibraryQuery::default() }).await.unwrap().is_empty()
        );
        let counts = store.count_library("a").await.unwrap();
        assert_eq!(counts, [("document".to_owned(), 1), ("picture".to_owned(), 2)], "{kind}");

        let found = store.find_library_entry("a", "e2").await.unwrap().unwrap();
        assert_eq!((found.media_id.as_str(), found.pages, found.kept), ("m2", 2, 12), "{kind}");
        assert_eq!(store.find_library_entry("b", "e2").await.unwrap(), None, "somebody else's");
        assert_eq!(store.find_library_entry_by_hash("a", "hash of e3").await.unwrap().unwrap().id, "e3");
        assert_eq!(store.list_library_media("a", "e2").await.unwrap(), ["m2", "m3"]);
        assert!(store.list_library_media("b", "e2").await.unwrap().is_empty());

        let first = store.find_library_entry("a", "e1").await.unwrap().unwrap();
        let said = LibraryEntry { alt: "Ein Bogen".into(), credit: "Ada".into(), focus_x: 10, focus_y: 90, ..first };
        assert!(!store.change_library_entry("b", &said).await.unwrap(), "somebody else's");
        assert!(store.change_library_entry("a", &said).await.unwrap());
        assert_eq!(store.find_library_entry("a", "e1").await.unwrap().as_ref(), Some(&said), "{kind}");
        assert_eq!(list(words("bogen")).await, ["e1"], "{kind}: what is said is found, too");
        let undescribed = LibraryQuery { undescribed: true, ..LibraryQuery::default() };
        assert_eq!(list(undescribed).await, ["e3"], "{kind}");
        let ids = ["m1".to_owned(), "m2".to_owned()];
        let words = store.list_media_words("a", &ids).await.unwrap();
        let told = (words.len(), words[0].alt.as_str(), words[0].focus_y, words[0].credit.as_str());
        assert_eq!(told, (1, "Ein Bogen", 90, "Ada"), "{kind}");
        assert!(store.list_media_words("b", &ids).await.unwrap().is_empty());

        assert!(store.delete_unused_media(NOON + 1).await.unwrap().is_empty(), "{kind}: the library keeps them");
        assert_eq!(store.delete_library_entry("b", "e2", NOON).await.unwrap(), None, "somebody else's");
        assert_eq!(
            store.delete_library_entry("a", "e2", NOON).await.unwrap().unwrap(),
            ["file 0 of m2"],
            "m3 is in another one"
        );
        assert_eq!(store.delete_library_entry("a", "e2", NOON).await.unwrap(), None);
        assert!(store.delete_unused_media(NOON + 1).await.unwrap().is_empty(), "{kind}: m2 is gone with its entry");
    }
}

#[tokio::test]
async fn room_is_what_is_kept_once_what_waits_and_what_is_on_its_way() {
    for held in stores().await {
        filled(&held).await;
        let (store, kind) = (&held.store, held.kind);
        assert_eq!(store.sum_library("a", NOON).await.unwrap(), 42, "{kind}: m3 is in two entries and counts once");
        assert_eq!(store.sum_library("b", NOON).await.unwrap(), 0, "{kind}");

        let film = Media { renditions: Vec::new(), ..media("f1", &[]) };
        assert!(store.add_film("a", &film).await.unwrap());
        let sent = entry("e4", "film", "Film.mp4", 0);
        assert!(store.add_library_entry("a", &sent, &["f1".to_owned()]).await.unwrap());
        assert_eq!(store.sum_library("a", NOON).await.unwrap(), 112, "{kind}: a film as it was sent");
        store.refuse_film("f1", "media.film.broken", 0).await.unwrap();
        assert_eq!(store.sum_library("a", NOON).await.unwrap(), 42, "{kind}: of a refused one nothing is kept");

        let arrival = |id: &str, account_id: &str, mark: &str| Arrival {
            id: id.to_owned(),
            account_id: account_id.to_owned(),
            name: "Film.mp4".to_owned(),
            mark: mark.to_owned(),
            length: 1_000,
            library_id: None,
            created_at: NOON,
            expires_at: NOON + 10,
        };
        store.add_arrival(&arrival("u1", "a", "x")).await.unwrap();
        assert!(matches!(store.add_arrival(&arrival("u2", "a", "x")).await, Err(Error::Taken)), "{kind}");
        store.add_arrival(&arrival("u2", "b", "x")).await.unwrap();
        store.add_arrival(&arrival("u3", "a", "y")).await.unwrap();
        assert_eq!(store.sum_library("a", NOON).await.unwrap(), 2_042, "{kind}: room is kept for what comes");
        assert_eq!(store.find_arrival("b", "u1", NOON).await.unwrap(), None, "somebody else's");
        assert_eq!(store.find_arrival("a", "u1", NOON + 10).await.unwrap(), None, "its time is over");
        assert_eq!(store.find_arrival_by_mark("a", "y", NOON).await.unwrap().unwrap().id, "u3");
        store.finish_arrival("b", "u1", "e1").await.unwrap();
        assert_eq!(store.list_arrivals("a", NOON).await.unwrap().len(), 2, "{kind}: somebody else cannot end it");
        store.finish_arrival("a", "u1", "e1").await.unwrap();
        assert_eq!(store.list_arrivals("a", NOON).await.unwrap().len(), 1, "{kind}");
        assert_eq!(store.find_arrival("a", "u1", NOON).await.unwrap().unwrap().library_id.as_deref(), Some("e1"));
        assert_eq!(store.sum_library("a", NOON).await.unwrap(), 1_042, "{kind}");
        store.delete_library_entry("a", "e1", NOON).await.unwrap();
        assert_eq!(store.find_arrival("a", "u1", NOON).await.unwrap(), None, "{kind}: it may be sent anew");
        assert!(!store.delete_arrival("b", "u3").await.unwrap() && store.delete_arrival("a", "u3").await.unwrap());
        assert!(store.delete_expired_arrivals(NOON + 9).await.unwrap().is_empty());
        assert_eq!(store.delete_expired_arrivals(NOON + 10).await.unwrap(), ["u2"], "{kind}");

        assert_eq!(store.find_media_quota("a").await.unwrap(), None);
        store.set_media_quota("a", Some(5)).await.unwrap();
        store.set_media_quota("a", Some(7)).await.unwrap();
        assert_eq!(store.find_media_quota("a").await.unwrap(), Some(7), "{kind}");
        assert_eq!(store.find_media_quota("b").await.unwrap(), None, "{kind}");
        store.set_media_quota("a", None).await.unwrap();
        assert_eq!(store.find_media_quota("a").await.unwrap(), None, "{kind}");
        assert!(matches!(store.set_media_quota("nobody", Some(1)).await, Err(Error::Orphan)), "{kind}");
        held.erase_account("a").await;
        assert!(store.count_library("a").await.unwrap().is_empty(), "{kind}: erased");
    }
}
