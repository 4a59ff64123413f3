//! Every statement about screens and codes, on each database.

use controller::store::{Error, Pairing, Programme, ReportRow, Screen, ScreenWish};
use harness::{NOON, TestStore, plain_stage, stores};

fn pairing(key: u8, code: &str) -> Pairing {
    Pairing { public_key: vec![key; 32], code: code.to_owned(), width: 1920, height: 1080, expires_at: NOON + 600_000 }
}

fn screen(id: &str, name: &str) -> Screen {
    Screen {
        id: id.to_owned(),
        account_id: "a".to_owned(),
        programme_id: "stage".to_owned(),
        name: name.to_owned(),
        ..Screen::default()
    }
}

/// An account with a stage and its programme.
async fn prepared(db: &TestStore) {
    db.add_account("a").await;
    db.store.add_stage(&plain_stage("stage", "a")).await.unwrap();
    let programme = Programme {
        id: "stage".into(),
        account_id: "a".into(),
        stage_id: "stage".into(),
        name: "main".into(),
        ..Programme::default()
    };
    db.store.insert_programme(&programme, "{}", NOON).await.unwrap();
}

async fn pair(db: &TestStore, key: u8, screen: &Screen) {
    db.store.insert_pairing(&pairing(key, &screen.id), NOON).await.unwrap();
    assert_eq!(db.store.pair_screen(&screen.id, screen, NOON).await.unwrap(), Some(()), "{}", db.kind);
}

#[tokio::test]
async fn a_code_stays_while_it_is_good_and_nobody_else_gets_it() {
    for db in stores().await {
        db.store.insert_pairing(&pairing(1, "CODE1"), NOON).await.unwrap();

        db.store.insert_pairing(&pairing(1, "CODE2"), NOON + 1).await.unwrap();
        assert_eq!(db.store.find_pairing(&[1; 32]).await.unwrap(), Some(pairing(1, "CODE1")), "{}", db.kind);
        let taken = db.store.insert_pairing(&pairing(2, "CODE1"), NOON).await;
        assert!(matches!(taken, Err(Error::Taken)), "{}", db.kind);
        assert_eq!(db.store.count_pairings(NOON + 599_999).await.unwrap(), 1);
        assert_eq!(db.store.count_pairings(NOON + 600_000).await.unwrap(), 0);

        let later = Pairing { expires_at: NOON + 1_200_000, ..pairing(1, "CODE3") };
        db.store.insert_pairing(&later, NOON + 600_000).await.unwrap();
        assert_eq!(db.store.find_pairing(&[1; 32]).await.unwrap(), Some(later), "{}", db.kind);
        assert_eq!(db.store.delete_ended_pairings(NOON + 1_199_999).await.unwrap(), 0);
        assert_eq!(db.store.delete_ended_pairings(NOON + 1_200_000).await.unwrap(), 1, "{}", db.kind);
    }
}

#[tokio::test]
async fn a_code_is_used_up_with_the_screen_it_makes() {
    for db in stores().await {
        prepared(&db).await;
        db.store.insert_pairing(&pairing(1, "CODE"), NOON).await.unwrap();

        assert_eq!(db.store.pair_screen("OTHER", &screen("s", "Foyer"), NOON).await.unwrap(), None);
        assert_eq!(db.store.pair_screen("CODE", &screen("s", "Foyer"), NOON + 600_000).await.unwrap(), None);
        let orphan = Screen { programme_id: "none".into(), ..screen("s", "Foyer") };
        assert!(matches!(db.store.pair_screen("CODE", &orphan, NOON).await, Err(Error::Orphan)), "{}", db.kind);
        assert_eq!(db.store.pair_screen("CODE", &screen("s", "Foyer"), NOON).await.unwrap(), Some(()), "{}", db.kind);
        assert_eq!(db.store.pair_screen("CODE", &screen("t", "Foyer"), NOON).await.unwrap(), None, "{}", db.kind);

        let found = db.store.find_screen_by_key(&[1; 32]).await.unwrap().unwrap();
        assert_eq!((found.name.as_str(), found.stage_id.as_str(), found.paired_at), ("Foyer", "stage", NOON));
        assert_eq!((found.handle.as_str(), found.language.as_str(), found.version), ("handle-stage", "de", 0));
    }
}

#[tokio::test]
async fn a_screen_is_its_accounts_alone() {
    for db in stores().await {
        prepared(&db).await;
        pair(&db, 2, &screen("t", "beta")).await;
        pair(&db, 1, &screen("s", "Alpha")).await;

        let names: Vec<_> = db.store.list_screens("a", "stage").await.unwrap().into_iter().map(|s| s.name).collect();
        assert_eq!(names, ["Alpha", "beta"], "{}", db.kind);
        assert!(db.store.list_screens("b", "stage").await.unwrap().is_empty());
        assert!(db.store.list_screens("a", "other").await.unwrap().is_empty());
        assert!(db.store.find_screen("b", "s").await.unwrap().is_none());
        let wish = |name, rotation, programme_id| ScreenWish {
            name,
            rotation,
            tags: "[\"Foyer\"]",
            group: "Rathaus",
            programme_id,
        };
        assert!(!db.store.set_screen("b", "s", &wish("Mine", 0, "stage")).await.unwrap());
        assert!(!db.store.set_screen("a", "s", &wish("Gamma", 90, "none")).await.unwrap(), "{}", db.kind);
        assert!(db.store.set_screen("a", "s", &wish("Gamma", 90, "stage")).await.unwrap());
        assert_eq!(db.store.find_screen("a", "s").await.unwrap().unwrap().tags(), ["Foyer"], "{}", db.kind);
        let found = db.store.find_screen("a", "s").await.unwrap().unwrap();
        assert_eq!((found.name.as_str(), found.rotation), ("Gamma", 90), "{}", db.kind);
        assert_eq!(found.marks(), ["Foyer", "group:Rathaus"], "{}", db.kind);
        assert_eq!(db.store.rename_screen_group("b", "stage", "Rathaus", "Mine").await.unwrap(), 0);
        assert_eq!(db.store.rename_screen_group("a", "other", "Rathaus", "Mine").await.unwrap(), 0, "{}", db.kind);
        assert_eq!(db.store.rename_screen_group("a", "stage", "Rathaus", "Haus").await.unwrap(), 1, "{}", db.kind);
        assert_eq!(db.store.find_screen("a", "s").await.unwrap().unwrap().group_name, "Haus", "{}", db.kind);
        assert!(!db.store.revoke_screen("b", "s", NOON).await.unwrap());
    }
}

#[tokio::test]
async fn pictures_of_a_stages_screens_are_forgotten_together() {
    for db in stores().await {
        prepared(&db).await;
        pair(&db, 1, &screen("s", "Alpha")).await;
        pair(&db, 2, &screen("t", "Beta")).await;
        assert!(db.store.set_screen_picture("s", NOON).await.unwrap(), "{}", db.kind);

        assert!(db.store.forget_screen_pictures("other").await.unwrap().is_empty());
        assert_eq!(db.store.forget_screen_pictures("stage").await.unwrap(), ["s"], "{}", db.kind);

        assert_eq!(db.store.find_screen("a", "s").await.unwrap().unwrap().picture_at, 0);
        assert!(db.store.forget_screen_pictures("stage").await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn reports_are_written_in_order_and_never_undone() {
    for db in stores().await {
        prepared(&db).await;
        pair(&db, 1, &screen("s", "Alpha")).await;
        let row = |report: Option<&str>, seen_at| ReportRow {
            screen_id: "s".into(),
            report: report.map(str::to_owned),
            seen_at,
        };

        db.store.write_reports(&[row(Some("one"), 5), row(None, 7)]).await.unwrap();
        db.store.write_reports(&[row(Some("late"), 6)]).await.unwrap();

        let found = db.store.find_screen("a", "s").await.unwrap().unwrap();
        assert_eq!((found.report.as_str(), found.seen_at), ("one", 7), "{}", db.kind);
    }
}

#[tokio::test]
async fn a_revoked_screen_stays_until_its_kiosk_knows_or_a_month_is_over() {
    for db in stores().await {
        prepared(&db).await;
        for (key, id) in [(1, "s"), (2, "t"), (3, "u")] {
            pair(&db, key, &screen(id, id)).await;
            assert!(db.store.set_screen_picture(id, NOON).await.unwrap());
        }
        db.store.delete_revoked_screen("u").await.unwrap();
        assert!(db.store.find_screen("a", "u").await.unwrap().is_some(), "{}: it was not revoked", db.kind);

        assert!(db.store.revoke_screen("a", "s", NOON).await.unwrap());
        assert!(!db.store.revoke_screen("a", "s", NOON).await.unwrap());
        assert!(db.store.revoke_screen("a", "t", NOON + 9).await.unwrap());

        assert_eq!(db.store.list_revoked_screens().await.unwrap(), ["s", "t"], "{}", db.kind);
        assert_eq!(db.store.list_screens_with_picture().await.unwrap(), ["u"], "{}", db.kind);
        assert_eq!(db.store.list_screen_ids().await.unwrap(), ["u"], "{}", db.kind);
        assert!(db.store.find_screen("a", "s").await.unwrap().is_none());
        assert!(!db.store.set_screen_picture("s", NOON).await.unwrap());
        assert!(db.store.find_screen_by_key(&[1; 32]).await.unwrap().unwrap().revoked_at.is_some());
        assert_eq!(db.store.delete_screens_revoked_before(NOON + 9).await.unwrap(), 1, "{}", db.kind);
        db.store.delete_revoked_screen("t").await.unwrap();
        assert!(db.store.find_screen_by_key(&[2; 32]).await.unwrap().is_none(), "{}", db.kind);
    }
}
