//! Rows of the history, on both databases.

use controller::store::{Happening, HistoryQuery, Stage};
use harness::{NOON, TestStore, stores};

use crate::merging::{post, source};

const STAGE: &str = "stage-1";

async fn prepared(db: &TestStore) {
    db.add_account("a").await;
    db.add_session("a", "s1").await;
    for id in [STAGE, "stage-2"] {
        let stage = Stage {
            id: id.to_owned(),
            account_id: "a".to_owned(),
            handle: id.to_owned(),
            likeness: id.to_owned(),
            name: "Museum".to_owned(),
            description: String::new(),
            accent: "#000000".to_owned(),
            background: "#ffffff".to_owned(),
            logo_id: None,
            language: "de".to_owned(),
            time_zone: "Europe/Berlin".to_owned(),
            created_at: NOON,
            changed_at: NOON,
        };
        db.store.add_stage(&stage).await.unwrap();
    }
    db.store.add_source(&source("feed", STAGE, "feed")).await.unwrap();
    db.store.take_post(&post("p1", STAGE, "feed", "Text", NOON), &[]).await.unwrap();
}

fn happening(id: &str, deed: &str, thing: &str, at: i64) -> Happening {
    Happening {
        id: id.to_owned(),
        account_id: "a".to_owned(),
        stage_id: Some(STAGE.to_owned()),
        happened_at: at,
        deed: deed.to_owned(),
        thing_id: thing.to_owned(),
        member_id: Some("member of s1".to_owned()),
        ..Happening::default()
    }
}

async fn ids(db: &TestStore, query: HistoryQuery) -> Vec<String> {
    let told = db.store.list_happenings(STAGE, &query).await.unwrap();
    told.into_iter().map(|one| one.happening.id).collect()
}

#[tokio::test]
async fn what_happened_is_written_with_the_change_or_not_at_all() {
    for db in stores().await {
        prepared(&db).await;
        let noting = |id: &str| db.store.noting(happening(id, "post.hidden", "p1", NOON));

        assert!(noting("h1").hide_post(STAGE, "p1", NOON).await.unwrap());
        assert!(!noting("h2").hide_post(STAGE, "p1", NOON).await.unwrap(), "it is hidden already");
        assert!(!noting("h3").hide_post("stage-2", "p1", NOON).await.unwrap());
        assert!(db.store.show_post(STAGE, "p1", NOON).await.unwrap(), "what is not noted is done all the same");
        let lost = Happening { account_id: "nobody".into(), ..happening("h4", "post.hidden", "p1", NOON) };
        db.store.noting(lost).hide_post(STAGE, "p1", NOON).await.unwrap_err();

        assert!(db.store.find_post(STAGE, "p1").await.unwrap().unwrap().shown, "{}: both or neither", db.kind);
        assert_eq!(ids(&db, HistoryQuery::default()).await, ["h1"], "{}", db.kind);
    }
}

#[tokio::test]
async fn the_history_is_asked_by_kind_thing_member_and_time_and_page_by_page() {
    for db in stores().await {
        prepared(&db).await;
        let by_itself = Happening {
            member_id: None,
            reason: "history.because.time".into(),
            ..happening("h3", "post.ended", "p2", NOON + 2)
        };
        let rows = [
            happening("h1", "post.hidden", "p1", NOON),
            happening("h2", "postal.sent", "p1", NOON + 2),
            by_itself,
            happening("h4", "topic.made", "t1", NOON + 3),
        ];
        for row in &rows {
            db.store.add_happening(row).await.unwrap();
            db.store.add_happening(&Happening { deed: "again".into(), ..row.clone() }).await.unwrap();
        }
        let all = HistoryQuery::default();

        assert_eq!(ids(&db, all.clone()).await, ["h4", "h3", "h2", "h1"], "{}", db.kind);
        assert_eq!(ids(&db, HistoryQuery { kind: "post".into(), ..all.clone() }).await, ["h3", "h1"]);
        assert_eq!(ids(&db, HistoryQuery { thing_id: "p1".into(), ..all.clone() }).await, ["h2", "h1"]);
        assert_eq!(ids(&db, HistoryQuery { member_id: "-".into(), ..all.clone() }).await, ["h3"]);
        assert_eq!(
            ids(&db, HistoryQuery { member_id: "member of s1".into(), ..all.clone() }).await,
            ["h4", "h2", "h1"]
        );
        assert_eq!(ids(&db, HistoryQuery { from: NOON + 1, until: NOON + 3, ..all.clone() }).await, ["h3", "h2"]);
        let below = HistoryQuery { below: (NOON + 2, "h3".into()), limit: 1, ..all.clone() };
        assert_eq!(ids(&db, below).await, ["h2"], "{}", db.kind);
        assert!(db.store.list_happenings("stage-2", &all).await.unwrap().is_empty());

        assert_eq!(db.store.delete_happenings_before(NOON + 2).await.unwrap(), 1, "{}", db.kind);
        assert_eq!(ids(&db, all.clone()).await, ["h4", "h3", "h2"]);
        db.erase_account("a").await;
        assert!(ids(&db, all).await.is_empty(), "{}", db.kind);
    }
}
