//! Every statement about answers and look-ups, on each database.

use controller::store::{Answer, Edit, Programme};
use harness::{NOON, TestStore, plain_stage, stores};

fn wanted(id: &str, account_id: &str, kind: &str) -> Answer {
    Answer {
        id: id.into(),
        account_id: account_id.into(),
        stage_id: format!("stage of {account_id}"),
        kind: kind.into(),
        want: format!("{{\"{id}\":1}}"),
        created_at: NOON,
        ..Answer::default()
    }
}

async fn prepared() -> Vec<TestStore> {
    let all = stores().await;
    for db in &all {
        for account in ["a", "b"] {
            db.add_account(account).await;
            db.store.add_stage(&plain_stage(&format!("stage of {account}"), account)).await.unwrap();
        }
    }
    all
}

async fn claimed(db: &TestStore, now: i64, limit: i64, share: i64) -> Vec<String> {
    let rows = db.store.claim_due_answers("events", now, now + 1_000, limit, share).await.unwrap();
    let mut ids: Vec<_> = rows.into_iter().map(|row| row.id).collect();
    ids.sort();
    ids
}

#[tokio::test]
async fn a_want_is_taken_down_once_and_only_so_many() {
    for db in prepared().await {
        assert!(db.store.want_answer(&wanted("1", "a", "events"), 2).await.unwrap());
        let twice = Answer { id: "9".into(), ..wanted("1", "a", "events") };
        assert!(!db.store.want_answer(&twice, 2).await.unwrap(), "{}: known", db.kind);
        assert!(db.store.want_answer(&wanted("2", "a", "events"), 2).await.unwrap());
        assert!(!db.store.want_answer(&wanted("3", "a", "events"), 2).await.unwrap(), "{}: enough", db.kind);
        assert!(db.store.want_answer(&wanted("4", "a", "weather"), 2).await.unwrap(), "{}: another kind", db.kind);
        assert!(db.store.want_answer(&wanted("5", "b", "events"), 2).await.unwrap(), "{}: another account", db.kind);

        assert_eq!(db.store.count_answers("a", "events").await.unwrap(), 2);
        let rows = db.store.list_answers("stage of a").await.unwrap();
        assert_eq!(rows.len(), 3, "{}", db.kind);
        assert_eq!((rows[0].next_at, rows[0].asked_at, rows[0].detail.as_str()), (NOON, 0, "{}"));
        db.store.delete_answer("stage of b", "1").await.unwrap();
        assert_eq!(db.store.list_answers("stage of a").await.unwrap().len(), 3, "{}: not theirs", db.kind);
        db.store.delete_answer("stage of a", "1").await.unwrap();
        assert_eq!(db.store.list_answers("stage of a").await.unwrap().len(), 2, "{}", db.kind);
    }
}

#[tokio::test]
async fn claims_are_shared_among_accounts_and_end_by_themselves() {
    for db in prepared().await {
        for id in ["1", "2", "3", "4"] {
            db.store.want_answer(&wanted(id, "a", "events"), 9).await.unwrap();
        }
        db.store.want_answer(&wanted("5", "b", "events"), 9).await.unwrap();
        db.store.want_answer(&wanted("6", "b", "weather"), 9).await.unwrap();

        assert!(claimed(&db, NOON - 1, 9, 2).await.is_empty(), "{}: not due", db.kind);
        assert_eq!(db.store.next_answer_due("events").await.unwrap(), Some(NOON));
        assert_eq!(claimed(&db, NOON, 9, 2).await, ["1", "2", "5"], "{}", db.kind);
        assert!(claimed(&db, NOON + 1, 9, 2).await.is_empty(), "{}: its places are taken", db.kind);
        db.store.release_answer("1").await.unwrap();
        assert_eq!(claimed(&db, NOON + 2, 9, 2).await, ["1"], "{}: one is free", db.kind);
        assert_eq!(claimed(&db, NOON + 1_500, 1, 2).await.len(), 1, "{}: claims ended", db.kind);
        assert_eq!(db.store.next_answer_due("page").await.unwrap(), None);
    }
}

#[tokio::test]
async fn an_answer_is_noted_and_a_wish_to_ask_sooner_wins() {
    for db in prepared().await {
        db.add_picture("a", "m").await;
        db.add_picture("b", "theirs").await;
        db.store.want_answer(&wanted("1", "a", "events"), 9).await.unwrap();
        let row = db.store.claim_due_answers("events", NOON, NOON + 9, 9, 9).await.unwrap().remove(0);
        let noted = Answer {
            answer: "[]".into(),
            media_id: Some("m".into()),
            memory: "{}".into(),
            asked_at: NOON,
            answered_at: NOON,
            next_at: NOON + 900,
            detail: "{}".into(),
            ..row.clone()
        };

        db.store.note_answer(&row, &noted).await.unwrap();
        let kept = db.store.list_answers("stage of a").await.unwrap().remove(0);
        assert_eq!(kept, Answer { claimed_until: 0, ..noted.clone() }, "{}", db.kind);

        db.store.ask_again("stage of a", "events", NOON + 50).await.unwrap();
        db.store.note_answer(&kept, &Answer { media_id: Some("theirs".into()), ..noted }).await.unwrap();
        let kept = db.store.list_answers("stage of a").await.unwrap().remove(0);
        assert_eq!((kept.next_at, kept.media_id), (NOON + 50, None), "{}: sooner, and no picture of others", db.kind);
    }
}

#[tokio::test]
async fn an_answer_keeps_its_picture_and_goes_with_its_stage() {
    for db in prepared().await {
        db.add_picture("a", "m").await;
        db.store.want_answer(&wanted("1", "a", "page"), 9).await.unwrap();
        let row = db.store.list_answers("stage of a").await.unwrap().remove(0);
        db.store.note_answer(&row, &Answer { media_id: Some("m".into()), ..row.clone() }).await.unwrap();

        db.store.delete_unused_media(NOON + 1).await.unwrap();
        let held = async || db.store.list_media("a", &["m".to_owned()]).await.unwrap().len();
        assert_eq!(held().await, 1, "{}: shown", db.kind);
        db.store.delete_answer("stage of a", "1").await.unwrap();
        db.store.delete_unused_media(NOON + 1).await.unwrap();
        assert_eq!(held().await, 0, "{}: not shown any more", db.kind);

        db.store.want_answer(&wanted("2", "b", "events"), 9).await.unwrap();
        db.erase_account("b").await;
        assert_eq!(db.store.count_answers("b", "events").await.unwrap(), 0, "{}: erased", db.kind);
    }
}

#[tokio::test]
async fn drafts_that_anybody_may_come_to_see_are_listed() {
    for db in prepared().await {
        let programme =
            Programme { id: "p".into(), account_id: "a".into(), stage_id: "stage of a".into(), ..Programme::default() };
        db.store.insert_programme(&programme, "first", NOON).await.unwrap();
        for (seen, draft) in [(1, "second"), (2, "third"), (3, "edited")] {
            let edit = Edit { account_id: "a", member_id: "", programme_id: "p", seen, draft, media: &[] };
            db.store.add_revision(&edit, NOON).await.unwrap();
        }
        let live = async |now| db.store.list_live_drafts("stage of a", now).await.unwrap();

        assert_eq!(live(NOON).await, ["first", "edited"], "{}", db.kind);
        db.store.set_published("p", 3, NOON + 10, NOON).await.unwrap();
        assert_eq!(live(NOON).await, ["first", "third", "edited"], "{}", db.kind);
        assert_eq!(live(NOON + 10).await, ["third", "edited"], "{}", db.kind);
        assert!(db.store.list_live_drafts("stage of b", NOON).await.unwrap().is_empty());
        let stages = db.store.list_stages_with_programme().await.unwrap();
        assert_eq!(stages, [("a".to_owned(), "stage of a".to_owned())], "{}", db.kind);
    }
}

#[tokio::test]
async fn what_services_said_is_kept_while_it_is_used() {
    for db in prepared().await {
        assert_eq!(db.store.find_lookup("place:bonn", NOON).await.unwrap(), None);
        db.store.keep_lookup("place:bonn", "1", NOON).await.unwrap();
        db.store.keep_lookup("place:bonn", "2", NOON + 1).await.unwrap();
        db.store.keep_lookup("place:old", "3", NOON).await.unwrap();

        assert_eq!(db.store.find_lookup("place:bonn", NOON + 90).await.unwrap().as_deref(), Some("2"), "{}", db.kind);
        assert_eq!(db.store.delete_unused_lookups(NOON + 90).await.unwrap(), 1, "{}: used a moment ago", db.kind);
        assert_eq!(db.store.find_lookup("place:old", NOON + 91).await.unwrap(), None);
    }
}
