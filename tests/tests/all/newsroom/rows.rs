//! Statements of newsrooms, on both databases.

use controller::store::{Newsroom, PressContact, PublicKinds, PublicQuery};
use harness::{NOON, TestStore, stores};

use super::{post, source};

async fn prepared(db: &TestStore) {
    db.add_account("a").await;
    let stage = controller::store::Stage {
        id: "s".into(),
        account_id: "a".into(),
        handle: "museum".into(),
        likeness: "museum".into(),
        name: "Museum".into(),
        description: String::new(),
        accent: "#0c7a6e".into(),
        background: "#0c1b1e".into(),
        logo_id: None,
        language: "de".into(),
        time_zone: "Europe/Berlin".into(),
        created_at: NOON,
        changed_at: NOON,
    };
    db.store.add_stage(&stage).await.unwrap();
    for network in ["feed", "x"] {
        db.store.add_source(&source(network, "s")).await.unwrap();
    }
}

fn contact(name: &str) -> PressContact {
    PressContact { name: name.into(), role: String::new(), mail: format!("{name}@a.example"), phone: String::new() }
}

#[tokio::test]
async fn what_a_newsroom_holds_is_kept_in_its_order_and_replaced_as_a_whole() {
    for db in stores().await {
        prepared(&db).await;
        assert_eq!(
            db.store.find_newsroom("s").await.unwrap(),
            Newsroom { profiles: "[]".into(), ..Newsroom::default() }
        );
        assert_eq!(db.store.find_newsroom("nobody").await.unwrap(), Newsroom::default());
        let one = Newsroom { profiles: r#"["https://a.example/"]"#.into(), imprint: "i".into(), ..Newsroom::default() };

        db.store.keep_newsroom("a", "s", &one, &[contact("z"), contact("b")], &["not there".into()]).await.unwrap();
        let held = db.store.find_newsroom("s").await.unwrap();
        assert_eq!(held, Newsroom { has_press: true, ..one }, "{}", db.kind);
        assert_eq!(db.store.list_press_contacts("s").await.unwrap(), [contact("z"), contact("b")]);
        assert!(db.store.list_press_files("s").await.unwrap().is_empty());
        assert!(db.store.list_press_renditions("s", "not there").await.unwrap().is_empty());

        db.store.keep_newsroom("a", "s", &Newsroom::default(), &[], &[]).await.unwrap();
        assert_eq!(db.store.find_newsroom("s").await.unwrap(), Newsroom::default());
        db.store.keep_newsroom("a", "s", &Newsroom::default(), &[contact("z")], &[]).await.unwrap();
        db.erase_account("a").await;
        assert!(db.store.list_press_contacts("s").await.unwrap().is_empty(), "people go with the account");
    }
}

#[tokio::test]
async fn the_public_is_given_what_it_asks_for() {
    for db in stores().await {
        prepared(&db).await;
        let film = r#"{"tags":[],"media":["film"]}"#.to_owned();
        for (id, source, at, facts) in [
            ("a", Some("feed"), NOON, "{}".to_owned()),
            ("b", Some("x"), NOON - 1, film),
            ("c", Some("feed"), NOON - 1_000, "{}".to_owned()),
            ("later", Some("feed"), NOON + 10, "{}".to_owned()),
        ] {
            let post = controller::store::Post { source_id: source.map(str::to_owned), facts, ..post(id, "s", id, at) };
            db.store.take_post(&post, &[]).await.unwrap();
        }
        let all = PublicQuery { limit: 9, from: i64::MIN, ..PublicQuery::default() };
        let ids = async |wanted: PublicQuery<'_>| {
            let posts = db.store.list_public_posts("s", &wanted, NOON).await.unwrap();
            posts.into_iter().map(|post| post.id).collect::<Vec<_>>()
        };
        assert_eq!(ids(all.clone()).await, ["a", "b", "c"], "{}", db.kind);
        assert_eq!(ids(PublicQuery { medium: "film", ..all.clone() }).await, ["b"]);
        assert_eq!(ids(PublicQuery { medium: "text", ..all.clone() }).await, ["a", "c"]);
        assert!(ids(PublicQuery { medium: "picture", ..all.clone() }).await.is_empty());
        assert_eq!(ids(PublicQuery { from: NOON - 1, until: Some(NOON), ..all.clone() }).await, ["b"]);
        assert_eq!(ids(PublicQuery { limit: 1, ..all.clone() }).await, ["a"]);
        assert!(ids(PublicQuery { topic_id: "none", ..all }).await.is_empty());
        let kinds = db.store.find_public_kinds("s", NOON).await.unwrap();
        assert_eq!(kinds, PublicKinds { pictures: false, films: true, texts: true });
        assert_eq!(db.store.list_public_dates("s", NOON).await.unwrap(), [NOON, NOON - 1, NOON - 1_000]);
        let slugs = db.store.list_public_slugs("s", NOON, 1, 1).await.unwrap();
        assert_eq!(slugs, [("slug-b".to_owned(), NOON - 1)]);
        assert_eq!(db.store.list_public_stages(NOON).await.unwrap(), [("museum".to_owned(), 3, NOON)]);
        assert_eq!(db.store.next_turn_of_stage("s", NOON).await.unwrap(), Some(NOON + 10));
        assert_eq!(db.store.next_turn_of_stage("s", NOON + 10).await.unwrap(), None);
    }
}
