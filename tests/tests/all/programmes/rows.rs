//! Every statement about programmes, revisions and alerts, on each database.

use controller::store::{Alert, Edit, Error, Media, Programme, Rendition, SigningKey, Store};
use harness::{NOON, TestStore, plain_stage, stores};

fn programme(id: &str) -> Programme {
    Programme {
        id: id.into(),
        account_id: "a".into(),
        stage_id: "stage".into(),
        name: "Foyer".into(),
        ..Programme::default()
    }
}

async fn prepared() -> Vec<TestStore> {
    let all = stores().await;
    for db in &all {
        db.add_account("a").await;
        db.store.add_stage(&plain_stage("stage", "a")).await.unwrap();
    }
    all
}

fn edit<'a>(seen: i64, draft: &'a str, media: &'a [String]) -> Edit<'a> {
    Edit { account_id: "a", member_id: "nobody", programme_id: "p", seen, draft, media }
}

#[tokio::test]
async fn no_two_documents_ever_share_a_version() {
    for db in prepared().await {
        let missing = db.store.list_stages_without_programme().await.unwrap();
        assert_eq!(missing, [("a".to_owned(), "stage".to_owned())], "{}", db.kind);
        assert!(db.store.insert_programme(&programme("p"), "{}", NOON).await.unwrap());
        assert!(!db.store.insert_programme(&programme("p"), "{}", NOON).await.unwrap(), "{}", db.kind);
        assert!(db.store.list_stages_without_programme().await.unwrap().is_empty());
        let orphan = Programme { stage_id: "none".into(), ..programme("q") };
        assert!(matches!(db.store.insert_programme(&orphan, "{}", NOON).await, Err(Error::Orphan)));

        assert!(db.store.publish_programme("p", 0, 1, "one", NOON).await.unwrap());
        assert!(!db.store.publish_programme("p", 0, 1, "other", NOON).await.unwrap(), "{}: too late", db.kind);

        let found = db.store.find_any_programme("p").await.unwrap().unwrap();
        assert_eq!((found.version, found.envelope.as_str(), found.issued_at), (1, "one", NOON), "{}", db.kind);
        let versions = db.store.list_programme_versions().await.unwrap();
        assert_eq!((versions.len(), versions[0].version), (1, 1));
    }
}

#[tokio::test]
async fn keys_are_kept_for_their_account() {
    for db in prepared().await {
        let key = |number: u8| SigningKey { public_key: vec![number; 32], sealed: vec![number; 60] };

        assert!(db.store.insert_key("a", "programme", &key(1), NOON).await.unwrap());
        assert!(!db.store.insert_key("a", "programme", &key(2), NOON).await.unwrap(), "{}: the first stays", db.kind);
        assert_eq!(db.store.find_key("a", "programme").await.unwrap(), Some(key(1)), "{}", db.kind);
        assert_eq!(db.store.find_key("a", "other").await.unwrap(), None);
    }
}

#[tokio::test]
async fn programmes_are_listed_renamed_and_removed_unless_somebody_follows() {
    for db in prepared().await {
        for id in ["stage", "p"] {
            db.store.insert_programme(&programme(id), "{}", NOON).await.unwrap();
        }
        db.add_screen("a", "stage", "s").await;

        assert!(db.store.rename_programme("a", "p", "Kasse").await.unwrap());
        assert!(!db.store.rename_programme("b", "p", "Mine").await.unwrap(), "{}", db.kind);
        assert!(db.store.find_programme("b", "p").await.unwrap().is_none());
        let listed = db.store.list_programmes("a", "stage").await.unwrap();
        let listed: Vec<_> = listed.iter().map(|one| (one.id.as_str(), one.name.as_str(), one.screens)).collect();
        assert_eq!(listed, [("programme of s", "", 1), ("p", "Kasse", 0), ("stage", "Foyer", 0)], "{}", db.kind);
        assert!(db.store.list_programmes("b", "stage").await.unwrap().is_empty());

        assert!(!db.store.delete_programme("a", "stage", "stage").await.unwrap(), "{}: the first stays", db.kind);
        assert!(!db.store.delete_programme("a", "stage", "programme of s").await.unwrap(), "{}: followed", db.kind);
        assert!(!db.store.delete_programme("b", "stage", "p").await.unwrap(), "{}: somebody else's", db.kind);
        assert!(db.store.delete_programme("a", "stage", "p").await.unwrap(), "{}", db.kind);
        db.store.revoke_screen("a", "s", NOON).await.unwrap();
        assert!(db.store.delete_programme("a", "stage", "programme of s").await.unwrap(), "{}", db.kind);
        let revoked = db.store.list_revoked_screens().await.unwrap();
        assert_eq!(revoked, ["s"], "{}: its kiosk does not know yet", db.kind);
    }
}

#[tokio::test]
async fn an_edit_that_comes_late_changes_nothing() {
    for db in prepared().await {
        db.store.insert_programme(&programme("p"), "{\"n\":1}", NOON).await.unwrap();

        assert_eq!(db.store.add_revision(&edit(1, "{\"n\":2}", &[]), NOON + 1).await.unwrap(), Some(2), "{}", db.kind);
        assert_eq!(db.store.add_revision(&edit(1, "{\"n\":3}", &[]), NOON + 2).await.unwrap(), None, "{}", db.kind);
        let other = Edit { account_id: "b", ..edit(2, "{}", &[]) };
        assert_eq!(db.store.add_revision(&other, NOON).await.unwrap(), None, "{}: somebody else's", db.kind);

        let found = db.store.find_programme("a", "p").await.unwrap().unwrap();
        assert_eq!(found.revision, 2);
        let revision = db.store.find_revision("p", 2).await.unwrap().unwrap();
        let facts = (revision.parent, revision.draft.as_str(), revision.made_by, revision.made_at, revision.publish_at);
        assert_eq!(facts, (1, "{\"n\":2}", None, NOON + 1, None), "{}", db.kind);
        assert_eq!(db.store.list_revisions("p", 9).await.unwrap().len(), 2);
        assert!(db.store.find_revision("p", 3).await.unwrap().is_none());
    }
}

#[tokio::test]
async fn edits_are_undone_and_done_again_and_old_ones_go() {
    for db in prepared().await {
        db.store.insert_programme(&programme("p"), "1", NOON).await.unwrap();
        for seen in 1..=4 {
            db.store.add_revision(&edit(seen, "x", &[]), NOON).await.unwrap();
        }

        assert!(db.store.turn_revision("a", "p", 5, 4).await.unwrap());
        assert!(!db.store.turn_revision("a", "p", 5, 3).await.unwrap(), "{}: late", db.kind);
        assert!(!db.store.turn_revision("a", "p", 4, 9).await.unwrap(), "{}: nowhere", db.kind);
        assert!(!db.store.turn_revision("b", "p", 4, 3).await.unwrap(), "{}: somebody else's", db.kind);
        assert_eq!(db.store.find_child("p", 4).await.unwrap(), Some(5), "{}", db.kind);
        assert_eq!(db.store.find_child("p", 5).await.unwrap(), None, "{}", db.kind);
        assert_eq!(db.store.add_revision(&edit(4, "y", &[]), NOON).await.unwrap(), Some(6), "{}", db.kind);
        assert_eq!(db.store.find_child("p", 4).await.unwrap(), Some(6), "{}: the newest", db.kind);

        assert!(db.store.turn_revision("a", "p", 6, 3).await.unwrap());
        assert_eq!(db.store.prune_revisions("p", 2).await.unwrap(), 2, "{}", db.kind);
        let left: Vec<_> = db.store.list_revisions("p", 9).await.unwrap().iter().map(|r| r.number).collect();
        assert_eq!(left, [6, 5, 3, 1], "{}: the newest, the current, the published", db.kind);
    }
}

#[tokio::test]
async fn screens_show_what_was_published_last_and_not_what_is_to_come() {
    for db in prepared().await {
        db.store.insert_programme(&programme("p"), "1", NOON).await.unwrap();
        for seen in 1..=3 {
            db.store.add_revision(&edit(seen, "x", &[]), NOON).await.unwrap();
        }
        let shown = async |at: i64| db.store.find_published_revision("p", at).await.unwrap().map(|r| r.number);
        let coming = async || db.store.list_programme_changes(NOON).await.unwrap();

        assert!(db.store.set_published("p", 2, NOON + 50, NOON).await.unwrap());
        assert_eq!([shown(NOON - 1).await, shown(NOON).await, shown(NOON + 50).await], [None, Some(1), Some(2)]);
        assert_eq!(coming().await, [("p".to_owned(), NOON + 50)], "{}", db.kind);
        assert!(db.store.set_published("p", 3, NOON + 90, NOON).await.unwrap());
        assert_eq!(shown(NOON + 50).await, Some(1), "{}: in the place of the other", db.kind);
        assert!(db.store.withdraw_published("p", NOON).await.unwrap());
        assert!(!db.store.withdraw_published("p", NOON).await.unwrap(), "{}", db.kind);
        assert!(coming().await.is_empty());
        assert!(db.store.set_published("p", 4, NOON, NOON).await.unwrap());
        assert_eq!(shown(NOON).await, Some(4), "{}: of two at once the newer", db.kind);
        assert!(!db.store.set_published("p", 9, NOON, NOON).await.unwrap());
    }
}

fn picture(id: &str) -> Media {
    let file = Rendition {
        sha256: format!("file of {id}"),
        content_type: "image/jpeg".into(),
        width: 8,
        height: 8,
        length: 1,
    };
    Media {
        id: id.into(),
        sha256: format!("hash of {id}"),
        width: 8,
        height: 8,
        colour: "#808080".into(),
        created_at: NOON,
        renditions: vec![file],
        web: Vec::new(),
    }
}

async fn is_public(store: &Store, id: &str, now: i64) -> bool {
    store.find_public_file(&format!("file of {id}"), now).await.unwrap().is_some()
}

#[tokio::test]
async fn pictures_stay_while_a_revision_has_them_and_are_public_while_one_shows_them() {
    for db in prepared().await {
        db.store.insert_programme(&programme("p"), "1", NOON).await.unwrap();
        for id in ["m1", "m2", "m3"] {
            assert!(db.store.add_media("a", &picture(id)).await.unwrap());
        }
        let media = ["m1".to_owned(), "m2".to_owned(), "not there".to_owned()];
        db.store.add_revision(&edit(1, "x", &media[..1]), NOON).await.unwrap();
        db.store.add_revision(&edit(2, "y", &media[1..]), NOON).await.unwrap();

        assert!(!is_public(&db.store, "m1", NOON).await, "{}: never published", db.kind);
        db.store.set_published("p", 2, NOON + 10, NOON).await.unwrap();
        assert!(!is_public(&db.store, "m1", NOON + 9).await && is_public(&db.store, "m1", NOON + 10).await);
        db.store.set_published("p", 3, NOON + 20, NOON + 15).await.unwrap();
        assert!(is_public(&db.store, "m1", NOON + 19).await, "{}", db.kind);
        assert!(!is_public(&db.store, "m1", NOON + 20).await && is_public(&db.store, "m2", NOON + 20).await);

        assert_eq!(db.store.delete_unused_media(NOON + 1).await.unwrap(), ["file of m3"], "{}", db.kind);
        assert!(db.store.delete_programme("a", "stage", "p").await.unwrap());
        assert_eq!(db.store.delete_unused_media(NOON + 1).await.unwrap().len(), 2, "{}", db.kind);
    }
}

#[tokio::test]
async fn alerts_are_on_until_their_end() {
    for db in prepared().await {
        db.store.insert_programme(&programme("p"), "1", NOON).await.unwrap();
        let alert = |id: &str, until_at| Alert {
            id: id.into(),
            stage_id: "stage".into(),
            from_at: NOON,
            until_at,
            shape: "band".into(),
            tags: "[\"Foyer\"]".into(),
            content: "{}".into(),
            created_at: NOON,
            ended_at: None,
        };
        db.store.add_alert(&alert("open", None)).await.unwrap();
        db.store.add_alert(&alert("short", Some(NOON + 60))).await.unwrap();
        let on = async |now: i64| -> Vec<String> {
            db.store.list_alerts("stage", now).await.unwrap().into_iter().map(|alert| alert.id).collect()
        };

        assert_eq!(on(NOON + 59).await, ["short", "open"], "{}", db.kind);
        assert_eq!(on(NOON + 60).await, ["open"], "{}", db.kind);
        assert_eq!(db.store.list_programme_changes(NOON).await.unwrap(), [("p".to_owned(), NOON + 60)], "{}", db.kind);
        assert_eq!(db.store.find_alert("stage", "short").await.unwrap(), Some(alert("short", Some(NOON + 60))));
        assert!(db.store.find_alert("other", "short").await.unwrap().is_none(), "{}", db.kind);
        assert!(!db.store.end_alert("other", "open", NOON).await.unwrap(), "{}", db.kind);
        assert!(db.store.end_alert("stage", "open", NOON + 5).await.unwrap());
        assert!(!db.store.end_alert("stage", "open", NOON + 6).await.unwrap(), "{}: it is over", db.kind);
        assert_eq!(on(NOON + 5).await, ["short"], "{}", db.kind);
        assert_eq!(db.store.delete_alerts_ended_before(NOON + 60).await.unwrap(), 1, "{}", db.kind);
        assert_eq!(db.store.delete_alerts_ended_before(NOON + 61).await.unwrap(), 1, "{}", db.kind);
    }
}
