//! Posts, sources and stages: every statement on each database, and what the desk does with them.

use controller::store::{
    Below, Error, Post, PostCounts, PostGroup, PostPicture, Source, Stage, Standing, Taken, VisitResult,
};
use harness::{NOON, TestStore, plain_source, stores};

const ACCOUNT: &str = "account-1";

fn stage(id: &str) -> Stage {
    Stage {
        id: id.to_owned(),
        account_id: ACCOUNT.to_owned(),
        handle: format!("handle-{id}"),
        likeness: format!("likeness{id}"),
        name: "Museum".to_owned(),
        description: String::new(),
        accent: "#0c7a6e".to_owned(),
        background: "#0c1b1e".to_owned(),
        logo_id: None,
        language: "de".to_owned(),
        time_zone: "Europe/Berlin".to_owned(),
        created_at: NOON,
        changed_at: NOON,
    }
}

fn source(id: &str, stage_id: &str) -> Source {
    let (state, credential) = ("new".to_owned(), Some(b"sealed".to_vec()));
    Source { state, next_at: NOON, credential, ..plain_source(id, stage_id) }
}

fn post(id: &str, source_id: &str, published_at: i64) -> Post {
    Post {
        id: id.to_owned(),
        stage_id: "stage-1".to_owned(),
        source_id: Some(source_id.to_owned()),
        remote_id: format!("remote-{id}"),
        slug: format!("slug-{id}"),
        title: Some("Title".to_owned()),
        text: "Text".to_owned(),
        html: "<p>Text</p>".to_owned(),
        link: None,
        author: None,
        language: None,
        content_hash: "1".to_owned(),
        published_at,
        imported_at: NOON,
        changed_at: NOON,
        shown: true,
        facts: "{}".to_owned(),
        ..Post::default()
    }
}

/// An account with a stage and a source.
async fn prepared(db: &TestStore) {
    db.add_account(ACCOUNT).await;
    db.store.add_stage(&stage("stage-1")).await.unwrap();
    db.store.add_source(&source("source-1", "stage-1")).await.unwrap();
}

fn ids(posts: &[Post]) -> Vec<&str> {
    posts.iter().map(|p| p.id.as_str()).collect()
}

#[tokio::test]
async fn a_post_is_taken_once_changed_when_edited_and_keeps_what_people_decided() {
    for db in stores().await {
        prepared(&db).await;
        let first = post("a", "source-1", NOON);
        assert_eq!(db.store.take_post(&first, &[]).await.unwrap(), Taken::New, "{}", db.kind);
        assert_eq!(db.store.take_post(&Post { id: "b".into(), ..first.clone() }, &[]).await.unwrap(), Taken::Same);
        assert!(db.store.hide_post("stage-1", "a", NOON + 1).await.unwrap());
        assert!(!db.store.hide_post("stage-1", "a", NOON + 2).await.unwrap(), "is hidden already");
        assert!(!db.store.show_post("stage-2", "a", NOON + 2).await.unwrap(), "of another stage");

        let edited = Post { id: "c".into(), content_hash: "2".into(), text: "New".into(), ..first };
        assert_eq!(db.store.take_post(&edited, &[]).await.unwrap(), Taken::Changed);

        let held = db.store.find_post("stage-1", "a").await.unwrap().unwrap();
        assert_eq!((held.text.as_str(), held.shown, held.slug.as_str()), ("New", false, "slug-a"));
        assert!(db.store.find_shown_post("stage-1", "slug-a", NOON).await.unwrap().is_none());
        let counts = db.store.count_posts("stage-1", NOON).await.unwrap();
        assert_eq!(counts, PostCounts { hidden: 1, ..PostCounts::default() });
        assert_eq!(db.store.list_content_hashes("source-1", &["remote-a"]).await.unwrap()["remote-a"], "2");
        assert!(db.store.delete_withdrawn_post("source-1", "remote-a", NOON).await.unwrap());
        assert!(!db.store.delete_withdrawn_post("source-1", "remote-a", NOON).await.unwrap());

        // What people hid and its source took back and brings again is hidden still, once.
        let again = post("d", "source-1", NOON + 9);
        let again = Post { remote_id: "remote-a".into(), slug: "slug-a".into(), ..again };
        assert_eq!(db.store.take_post(&again, &[]).await.unwrap(), Taken::New);
        let held = db.store.find_post("stage-1", "d").await.unwrap().unwrap();
        assert_eq!((held.shown, held.standing), (false, Standing::Hidden), "{}", db.kind);
        assert!(db.store.show_post("stage-1", "d", NOON + 10).await.unwrap());
        assert_eq!(db.store.delete_unchecked_posts("source-1", NOON + 99, NOON + 99).await.unwrap(), 1);
        assert_eq!(db.store.take_post(&Post { id: "e".into(), ..again }, &[]).await.unwrap(), Taken::New);
        assert!(db.store.find_post("stage-1", "e").await.unwrap().unwrap().shown, "nobody had hidden it any more");
        assert_eq!(db.store.forget_hidden_posts(NOON + 999).await.unwrap(), 0);
    }
}

#[tokio::test]
async fn lists_are_newest_first_and_pages_meet_without_gap_or_overlap() {
    for db in stores().await {
        prepared(&db).await;
        for (id, at) in [("a", NOON), ("b", NOON + 5), ("c", NOON + 5), ("d", NOON - 5)] {
            db.store.take_post(&post(id, "source-1", at), &[]).await.unwrap();
        }
        db.store.hide_post("stage-1", "a", NOON).await.unwrap();

        let first = db.store.list_posts("stage-1", PostGroup::All, &Below::default(), NOON + 9, 2).await.unwrap();
        let below = Below::from(&first[1]);
        let second = db.store.list_posts("stage-1", PostGroup::All, &below, NOON + 9, 9).await.unwrap();
        let shown = db.store.list_shown_posts("stage-1", &Below::default(), NOON + 9, 9).await.unwrap();
        let hidden = db.store.list_posts("stage-1", PostGroup::Hidden, &Below::default(), NOON + 9, 9).await.unwrap();

        assert_eq!((ids(&first), ids(&second)), (vec!["c", "b"], vec!["a", "d"]), "{}", db.kind);
        assert_eq!((ids(&shown), ids(&hidden)), (vec!["c", "b", "d"], vec!["a"]));
        assert_eq!(Below::parse(&below.to_string()), Some(below));
        assert!(
            db.store.list_posts("stage-2", PostGroup::All, &Below::default(), NOON + 9, 9).await.unwrap().is_empty()
        );
    }
}

#[tokio::test]
async fn pictures_come_in_order_and_change_with_their_post() {
    for db in stores().await {
        prepared(&db).await;
        for id in ["m1", "m2"] {
            db.add_picture(ACCOUNT, id).await;
        }
        let picture = |id: &str| PostPicture { post_id: "a".into(), media_id: id.into(), alt: format!("alt {id}") };
        let (first, a) = (post("a", "source-1", NOON), ["a".to_owned()]);
        db.store.take_post(&first, &[picture("m2"), picture("m1")]).await.unwrap();
        let before = db.store.list_post_pictures("stage-1", &a).await.unwrap();

        db.store.take_post(&Post { content_hash: "2".into(), ..first }, &[picture("m1")]).await.unwrap();

        let after = db.store.list_post_pictures("stage-1", &a).await.unwrap();
        assert_eq!(before, [picture("m2"), picture("m1")], "{}", db.kind);
        assert_eq!(after, [picture("m1")]);
        assert!(db.store.list_post_pictures("stage-1", &[]).await.unwrap().is_empty());
        assert!(db.store.list_post_pictures("stage-2", &a).await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn visits_that_end_together_are_noted_together_and_one_that_cannot_be_costs_only_itself() {
    const SOURCES: i64 = 40;
    for db in stores().await {
        prepared(&db).await;
        for number in 2..=SOURCES {
            db.store.add_source(&source(&format!("source-{number}"), "stage-1")).await.unwrap();
        }
        let claimed = db.store.claim_due_sources(NOON, NOON + 600_000, SOURCES).await.unwrap();
        assert_eq!(claimed.len(), 40);
        let mut notes = tokio::task::JoinSet::new();
        for source in claimed {
            let store = db.store.clone();
            // One says that it moved to where another one is.
            let address =
                if source.id == "source-7" { "https://source-8.example/feed" } else { source.address.as_str() };
            let result = VisitResult {
                address: address.to_owned(),
                name: source.name.clone(),
                memory: if source.id == "source-9" { "{\"tag\":1}".to_owned() } else { source.memory.clone() },
                state: "working",
                problem: source.problem.clone(),
                detail: source.detail.clone(),
                failures: 0,
                fetched_at: NOON + 10,
                succeeded_at: NOON + 10,
                next_at: NOON + 300_000,
            };
            notes.spawn(async move { (source.id.clone(), store.note_visit(&source, &result).await) });
        }
        let mut wrong = Vec::new();
        while let Some(noted) = notes.join_next().await {
            let (id, noted) = noted.unwrap();
            if let Err(error) = noted {
                assert!(matches!(error, Error::Taken), "{}: {id}: {error}", db.kind);
                wrong.push(id);
            }
        }
        assert_eq!(wrong, ["source-7"], "{}", db.kind);
        let waiting = |source: &Source| source.claimed_until > 0;
        for source in db.store.list_sources("stage-1").await.unwrap() {
            let due = if waiting(&source) { NOON } else { NOON + 300_000 };
            assert_eq!((waiting(&source), source.next_at), (source.id == "source-7", due), "{}", source.id);
            assert_eq!(source.memory == "{\"tag\":1}", source.id == "source-9", "{}", source.id);
        }
    }
}

#[tokio::test]
async fn a_source_is_claimed_once_and_a_wish_made_meanwhile_wins() {
    for db in stores().await {
        prepared(&db).await;
        let again = db.store.add_source(&Source { id: "source-2".into(), ..source("source-1", "stage-1") }).await;
        assert!(matches!(again, Err(Error::Taken)), "{}", db.kind);
        assert_eq!(db.store.count_subscribers("feed", "https://source-1.example/feed").await.unwrap(), 1);

        let claimed = db.store.claim_due_sources(NOON, NOON + 600_000, 5).await.unwrap();
        assert_eq!(claimed.len(), 1);
        assert_eq!(claimed[0].credential.as_deref(), Some(b"sealed".as_slice()), "{}", db.kind);
        assert!(db.store.claim_due_sources(NOON, NOON + 600_000, 5).await.unwrap().is_empty(), "claimed already");
        assert_eq!(db.store.next_source_due().await.unwrap(), Some(NOON + 600_000), "a claim ends by itself");
        let result = VisitResult {
            address: "https://moved.example/feed".into(),
            name: "Moved".into(),
            memory: "{}".into(),
            state: "working",
            problem: String::new(),
            detail: "{}".into(),
            failures: 0,
            fetched_at: NOON + 10,
            succeeded_at: NOON + 10,
            next_at: NOON + 300_000,
        };
        db.store.note_visit(&claimed[0], &result).await.unwrap();
        let after = db.store.find_source("stage-1", "source-1").await.unwrap().unwrap();
        assert_eq!(
            (after.next_at, after.address.as_str(), after.claimed_until),
            (NOON + 300_000, "https://moved.example/feed", 0)
        );

        let claimed = db.store.claim_due_sources(NOON + 300_000, NOON + 900_000, 5).await.unwrap();
        assert!(db.store.visit_source_now("stage-1", "source-1", NOON + 300_001).await.unwrap());
        db.store.note_visit(&claimed[0], &VisitResult { next_at: i64::MAX, ..result }).await.unwrap();
        let after = db.store.find_source("stage-1", "source-1").await.unwrap().unwrap();
        assert_eq!(after.next_at, NOON + 300_001, "what the owner wished for meanwhile");

        let claimed = db.store.claim_due_sources(NOON + 300_001, NOON + 900_000, 5).await.unwrap();
        db.store.postpone_source(&claimed[0], NOON + 400_000).await.unwrap();
        assert_eq!(db.store.next_source_due().await.unwrap(), Some(NOON + 400_000));
        assert!(db.store.hold_source("stage-1", "source-1", true).await.unwrap());
        assert!(db.store.list_sources("stage-1").await.unwrap()[0].held);
        assert!(!db.store.hold_source("stage-2", "source-1", true).await.unwrap());
        assert!(!db.store.visit_source_now("stage-2", "source-1", NOON).await.unwrap());
        assert!(!db.store.delete_source("stage-2", "source-1").await.unwrap());
        assert!(db.store.claim_source_links(i64::MAX, i64::MAX).await.unwrap().is_none(), "nobody wants it");
        assert!(!db.store.check_source_links("stage-2", "source-1", true, NOON).await.unwrap());
        assert!(db.store.check_source_links("stage-1", "source-1", true, NOON).await.unwrap());
        assert!(db.store.claim_source_links(NOON - 1, NOON).await.unwrap().is_none(), "not yet");
        let claimed = db.store.claim_source_links(NOON, NOON + 5).await.unwrap().unwrap();
        assert_eq!((claimed.id.as_str(), claimed.links_due_at), ("source-1", NOON + 5));
        assert!(db.store.claim_source_links(NOON + 4, NOON + 9).await.unwrap().is_none(), "claimed already");
        db.store.take_post(&post("a", "source-1", NOON), &[]).await.unwrap();
        let newer = Post { link: Some("https://b.example/".into()), ..post("b", "source-1", NOON + 1) };
        db.store.take_post(&newer, &[]).await.unwrap();
        let b = ("remote-b".to_owned(), Some("https://b.example/".to_owned()));
        assert_eq!(db.store.find_newest_page("source-1").await.unwrap(), Some(b.clone()), "{}", db.kind);
        let due = async |young, often, seldom| {
            db.store.list_pages_to_check("source-1", (young, often, seldom), 9).await.unwrap().len()
        };
        assert_eq!(due(NOON, NOON, 0).await, 1, "{}", db.kind);
        assert_eq!(due(NOON + 1, NOON, 0).await, 0, "it is young no longer");
        assert_eq!(due(0, 0, NOON).await, 0);
        db.store.forget_checks("source-1").await.unwrap();
        assert_eq!(due(0, 0, 0).await, 1);
        assert!(db.store.list_followed_often().await.unwrap().is_empty());
        db.store.add_stage(&stage("stage-2")).await.unwrap();
        let address = "https://moved.example/feed".to_owned();
        let other = Source { address: address.clone(), ..source("source-3", "stage-2") };
        db.store.add_source(&other).await.unwrap();
        assert_eq!(db.store.list_followed_often().await.unwrap(), [("feed".to_owned(), address, 2)], "{}", db.kind);
        assert!(db.store.delete_source("stage-1", "source-1").await.unwrap());
        assert!(db.store.find_post("stage-1", "a").await.unwrap().is_none(), "a source takes its posts along");
    }
}

#[tokio::test]
async fn a_stage_belongs_to_its_account_alone() {
    for db in stores().await {
        prepared(&db).await;
        let taken = db.store.add_stage(&Stage { id: "x".into(), likeness: "x".into(), ..stage("stage-1") }).await;
        let alike = db.store.add_stage(&Stage { id: "x".into(), handle: "x".into(), ..stage("stage-1") }).await;
        assert!(matches!(taken, Err(Error::Taken)) && matches!(alike, Err(Error::Taken)), "{}", db.kind);
        let orphan = db.store.add_stage(&Stage { account_id: "nobody".into(), ..stage("y") }).await;
        assert!(matches!(orphan, Err(Error::Orphan)));

        let changed = Stage { name: "Haus".into(), changed_at: NOON + 1, ..stage("stage-1") };
        assert!(db.store.change_stage(&changed).await.unwrap());
        assert!(!db.store.change_stage(&Stage { account_id: "other".into(), ..changed.clone() }).await.unwrap());

        assert_eq!(db.store.find_stage(ACCOUNT, "stage-1").await.unwrap(), Some(changed.clone()));
        assert_eq!(db.store.find_stage("other", "stage-1").await.unwrap(), None);
        assert_eq!(db.store.find_any_stage("stage-1").await.unwrap(), Some(changed.clone()));
        assert_eq!(db.store.find_stage_by_handle("handle-stage-1").await.unwrap(), Some(changed.clone()));
        assert_eq!(db.store.list_stages(ACCOUNT).await.unwrap(), [changed]);
        assert!(db.store.list_stages("other").await.unwrap().is_empty());
    }
}
