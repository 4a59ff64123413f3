//! Rows of own posts, of times and of pins, on both databases.

use controller::store::{Below, Post, PostCounts, PostGroup, PostPicture, PostState, Span, Taken, Topic};
use harness::{NOON, TestStore, plain_source, plain_stage, stores};

const STAGE: &str = "stage-1";
const MINUTE: i64 = 60_000;

async fn prepared(db: &TestStore) {
    db.add_account("a").await;
    for id in [STAGE, "stage-2"] {
        db.store.add_stage(&plain_stage(id, "a")).await.unwrap();
    }
    for id in ["m1", "m2"] {
        db.add_picture("a", id).await;
    }
    db.store.add_source(&plain_source("feed", STAGE)).await.unwrap();
}

fn own(id: &str, published_at: i64) -> Post {
    Post {
        id: id.into(),
        stage_id: STAGE.into(),
        remote_id: id.into(),
        slug: format!("slug-{id}"),
        text: format!("Text {id}"),
        html: format!("<p>Text {id}</p>"),
        content_hash: "1".into(),
        published_at,
        imported_at: NOON,
        changed_at: NOON,
        shown: true,
        facts: "{}".into(),
        reasons: "[]".into(),
        ..Post::default()
    }
}

fn imported(id: &str) -> Post {
    Post { source_id: Some("feed".into()), remote_id: format!("remote-{id}"), ..own(id, NOON - MINUTE) }
}

fn picture(media_id: &str, alt: &str) -> PostPicture {
    PostPicture { post_id: String::new(), media_id: media_id.into(), alt: alt.into() }
}

async fn alts(db: &TestStore, id: &str) -> Vec<(String, String)> {
    let pictures = db.store.list_post_pictures(STAGE, &[id.to_owned()]).await.unwrap();
    pictures.into_iter().map(|picture| (picture.media_id, picture.alt)).collect()
}

/// Ids of what the public sees at an instant, and of what the desk lists under a group.
async fn shown(db: &TestStore, now: i64) -> Vec<String> {
    let posts = db.store.list_shown_posts(STAGE, &Below::default(), now, 9).await.unwrap();
    posts.into_iter().map(|post| post.id).collect()
}

async fn listed(db: &TestStore, group: PostGroup, now: i64) -> Vec<String> {
    let posts = db.store.list_posts(STAGE, group, &Below::default(), now, 9).await.unwrap();
    posts.into_iter().map(|post| post.id).collect()
}

#[tokio::test]
async fn an_own_post_is_edited_as_it_was_seen_and_nothing_else_is() {
    for db in stores().await {
        prepared(&db).await;
        let first = own("o", NOON);
        db.store.add_own_post(&first, &[picture("m2", "Boot"), picture("m1", "")]).await.unwrap();
        assert_eq!(db.store.find_post(STAGE, "o").await.unwrap(), Some(first.clone()), "{}", db.kind);
        assert!(
            db.store.add_own_post(&Post { id: "x".into(), ..first.clone() }, &[]).await.is_err(),
            "one address each"
        );
        db.store.take_post(&imported("i"), &[]).await.unwrap();

        let edited = Post { text: "Neu".into(), changed_at: NOON + 5, slug: "other".into(), ..first.clone() };
        let change =
            async |post: &Post, seen| db.store.change_own_post(post, seen, &[picture("m1", "Kai")]).await.unwrap();
        assert!(!change(&edited, NOON - 1).await, "somebody was quicker");
        assert!(!change(&Post { stage_id: "stage-2".into(), ..edited.clone() }, NOON).await, "of another stage");
        assert!(!change(&Post { id: "i".into(), ..edited.clone() }, NOON).await, "from elsewhere");
        assert!(change(&edited, NOON).await);

        let held = db.store.find_post(STAGE, "o").await.unwrap().unwrap();
        assert_eq!((held.text.as_str(), held.slug.as_str()), ("Neu", "slug-o"), "its address stays");
        assert_eq!(alts(&db, "o").await, [("m1".to_owned(), "Kai".to_owned())]);
        for (stage, id) in [("stage-2", "o"), (STAGE, "i"), (STAGE, "nobody")] {
            assert!(!db.store.delete_own_post(stage, id).await.unwrap(), "{stage} {id}");
        }
        assert!(db.store.delete_own_post(STAGE, "o").await.unwrap());
        assert_eq!(listed(&db, PostGroup::All, NOON).await, ["i"]);
        assert!(alts(&db, "o").await.is_empty());
    }
}

#[tokio::test]
async fn every_face_asks_the_clock() {
    for db in stores().await {
        prepared(&db).await;
        let from = NOON + MINUTE;
        let until = from + MINUTE;
        let post = Post { expires_at: Some(until), ..own("o", from) };
        db.store.add_own_post(&post, &[]).await.unwrap();
        db.store.add_own_post(&Post { shown: false, draft: true, ..own("d", NOON) }, &[]).await.unwrap();
        let topic = Topic {
            id: "t".into(),
            stage_id: STAGE.into(),
            name: "Fest".into(),
            slug: "fest".into(),
            position: 0,
            rule: "{}".into(),
            created_at: NOON,
        };
        db.store.add_topic(&topic).await.unwrap();
        db.store.set_post_topic(STAGE, "o", "t", "in").await.unwrap();

        for (now, state, is_shown, group) in [
            (from - 1, PostState::Planned, false, PostGroup::Waiting),
            (from, PostState::Shown, true, PostGroup::Shown),
            (until - 1, PostState::Shown, true, PostGroup::Shown),
            (until, PostState::Over, false, PostGroup::Hidden),
        ] {
            let what = format!("{}, {} ms after its beginning", db.kind, now - from);
            assert_eq!(post.state(now), state, "{what}");
            assert_eq!(!shown(&db, now).await.is_empty(), is_shown, "{what}");
            assert_eq!(db.store.find_shown_post(STAGE, "slug-o", now).await.unwrap().is_some(), is_shown, "{what}");
            let of_topic = db.store.list_topic_posts(STAGE, "t", &Below::default(), now, 9).await.unwrap();
            assert_eq!(!of_topic.is_empty(), is_shown, "{what}");
            assert_eq!(!db.store.list_public_topics(STAGE, now).await.unwrap().is_empty(), is_shown, "{what}");
            assert!(listed(&db, group, now).await.contains(&"o".to_owned()), "{what}");
            let of = |which: PostGroup| i64::from(which == group);
            let counts = PostCounts {
                shown: of(PostGroup::Shown),
                queue: 0,
                waiting: 1 + of(PostGroup::Waiting),
                hidden: of(PostGroup::Hidden),
            };
            assert_eq!(db.store.count_posts(STAGE, now).await.unwrap(), counts, "{what}");
        }
        assert_eq!(listed(&db, PostGroup::All, NOON).await, ["o", "d"]);
    }
}

#[tokio::test]
async fn showing_publishes_a_draft_and_forgets_an_end_that_is_over() {
    for db in stores().await {
        prepared(&db).await;
        let draft = Post { shown: false, draft: true, ..own("d", NOON - MINUTE) };
        db.store.add_own_post(&draft, &[]).await.unwrap();
        let over = Post { expires_at: Some(NOON), ..own("o", NOON - MINUTE) };
        db.store.add_own_post(&over, &[]).await.unwrap();
        let planned = Post { expires_at: Some(NOON + 2 * MINUTE), shown: false, ..own("p", NOON + MINUTE) };
        db.store.add_own_post(&planned, &[]).await.unwrap();

        for id in ["d", "o", "p"] {
            assert!(db.store.show_post(STAGE, id, NOON + 3).await.unwrap(), "{} {id}", db.kind);
            assert!(!db.store.show_post(STAGE, id, NOON + 3).await.unwrap(), "{} {id} twice", db.kind);
        }

        let held = async |id: &str| db.store.find_post(STAGE, id).await.unwrap().unwrap();
        assert_eq!((held("d").await.published_at, held("d").await.draft), (NOON + 3, false), "from now on");
        assert_eq!((held("o").await.published_at, held("o").await.expires_at), (NOON - MINUTE, None));
        assert_eq!(held("p").await.state(NOON + 3), PostState::Planned, "its time is still to come");
        assert_eq!(held("p").await.expires_at, planned.expires_at);
    }
}

#[tokio::test]
async fn pinned_posts_come_first_and_pages_meet() {
    for db in stores().await {
        prepared(&db).await;
        for (id, at) in [("a", NOON - 1), ("b", NOON - 2), ("c", NOON - 3), ("d", NOON - 4)] {
            db.store.add_own_post(&own(id, at), &[]).await.unwrap();
        }
        assert!(db.store.pin_post(STAGE, "d", NOON).await.unwrap());
        assert!(db.store.pin_post(STAGE, "c", NOON + 1).await.unwrap());
        assert!(!db.store.pin_post("stage-2", "a", NOON).await.unwrap(), "of another stage");

        let mut pages = Vec::new();
        let mut below = Below::default();
        loop {
            let page = db.store.list_shown_posts(STAGE, &below, NOON, 1).await.unwrap();
            let Some(last) = page.last() else { break };
            below = Below::parse(&Below::from(last).to_string()).unwrap();
            pages.push(last.id.clone());
        }
        assert_eq!(pages, ["c", "d", "a", "b"], "{}", db.kind);

        db.store.pin_post(STAGE, "c", 0).await.unwrap();
        assert_eq!(shown(&db, NOON).await, ["d", "a", "b", "c"]);
        assert_eq!(
            Below::parse("12.x"),
            Some(Below { pinned_at: 0, published_at: 12, id: "x".into() }),
            "as before pins"
        );
    }
}

#[tokio::test]
async fn what_is_said_here_about_a_picture_survives_an_edit_at_its_source() {
    for db in stores().await {
        prepared(&db).await;
        let pictures = [picture("m1", "from there"), picture("m2", "")];
        db.store.take_post(&imported("i"), &pictures).await.unwrap();
        let said = [("m1".to_owned(), "from there".to_owned()), ("m2".to_owned(), "Ein Boot".to_owned())];
        let span = Span { expires_at: Some(NOON + MINUTE), ..Span::default() };
        let change = async |seen| db.store.change_terms(STAGE, "i", seen, span, &said, NOON + 1).await.unwrap();
        assert!(!change(NOON - 1).await, "{}: somebody was quicker", db.kind);
        assert!(change(NOON).await);

        let edited = Post { id: "again".into(), content_hash: "2".into(), text: "Neu".into(), ..imported("i") };
        let others = [picture("m2", "theirs"), picture("m1", "changed there")];
        assert_eq!(db.store.take_post(&edited, &others).await.unwrap(), Taken::Changed);

        let words = [("m2".to_owned(), "Ein Boot".to_owned()), ("m1".to_owned(), "changed there".to_owned())];
        assert_eq!(alts(&db, "i").await, words, "{}", db.kind);
        let held = db.store.find_post(STAGE, "i").await.unwrap().unwrap();
        assert_eq!((held.text.as_str(), held.expires_at), ("Neu", Some(NOON + MINUTE)));
        assert!(!db.store.change_terms("stage-2", "i", held.changed_at, Span::default(), &[], NOON).await.unwrap());
    }
}

#[tokio::test]
async fn instants_at_which_something_turns_are_found_and_ends_are_noted_once() {
    for db in stores().await {
        prepared(&db).await;
        let (from, until) = (NOON + MINUTE, NOON + 2 * MINUTE);
        db.store.add_own_post(&Post { expires_at: Some(until), ..own("o", from) }, &[]).await.unwrap();
        let hidden = Post { shown: false, expires_at: Some(NOON + 5), ..own("h", NOON + 4) };
        db.store.add_own_post(&hidden, &[]).await.unwrap();
        let (store, kind) = (&db.store, db.kind);

        assert_eq!(store.next_post_turn(NOON).await.unwrap(), Some(from), "{kind}");
        assert_eq!(store.next_post_turn(from).await.unwrap(), Some(until), "{kind}");
        assert_eq!(store.next_post_turn(until).await.unwrap(), None, "{kind}");
        let turned = async |after, until| store.list_turned_stages(after, until).await.unwrap();
        assert!(turned(NOON, from - 1).await.is_empty());
        assert_eq!(turned(from - 1, from).await, [STAGE]);
        assert!(turned(from, until - 1).await.is_empty());
        assert_eq!(turned(until - 1, until).await, [STAGE]);

        store.note_ended_posts(STAGE, from).await.unwrap(); // of the hidden one, which ended long ago
        assert!(store.list_stages_with_ended_post(until - 1).await.unwrap().is_empty(), "{kind}");
        assert_eq!(store.list_stages_with_ended_post(until).await.unwrap(), [STAGE], "{kind}");
        store.note_ended_posts(STAGE, until).await.unwrap();
        assert!(store.list_stages_with_ended_post(until).await.unwrap().is_empty(), "{kind}");
        let held = store.find_post(STAGE, "o").await.unwrap().unwrap();
        let later = Post { expires_at: Some(until + MINUTE), ..held.clone() };
        assert!(
            !store.change_terms(STAGE, "o", held.changed_at, Span::default(), &[], NOON).await.unwrap(),
            "{kind}: its own form"
        );
        assert!(store.change_own_post(&later, held.changed_at, &[]).await.unwrap());
        let again = store.list_stages_with_ended_post(until + MINUTE).await.unwrap();
        assert_eq!(again, [STAGE], "{kind}: another end is noted again");
    }
}
