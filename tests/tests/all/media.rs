//! Pictures: kept once, served to whom they are shown, gone when nothing shows them; on both databases.

use controller::{
    app::App,
    features::{
        media::{self, library},
        posts,
    },
    services::storage::FileName,
    store::{LibraryEntry, Media, Rendition, Stage, Store},
};
use harness::{FeedServer, NOON, TestClient, TestController};

use reqwest::Method;
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection, SqliteConnection};

use crate::media_command::{bomb, files, jpeg};

const HOUR_SECS: i64 = 3_600;

/// Puts rows of other rooms where pictures need them.
async fn prepare(place: &str, statements: &[String]) {
    for statement in statements {
        let statement = AssertSqlSafe(statement.clone());
        if place.starts_with("postgres:") {
            let mut database = PgConnection::connect(place).await.unwrap();
            database.execute(statement).await.unwrap();
        } else {
            let mut database = SqliteConnection::connect(&format!("sqlite://{place}")).await.unwrap();
            database.execute(statement).await.unwrap();
        }
    }
}

fn account(id: &str) -> String {
    format!("insert into accounts (id, institution, created_at) values ('{id}', 'Museum', {NOON})")
}

fn place(wall: &TestController) -> String {
    let config = &wall.app.config;
    config.database.clone().unwrap_or_else(|| config.data.join("litfass.db").display().to_string())
}

/// Two accounts with a stage each; each stage has a source, and a post that shows nothing yet.
async fn two_accounts(wall: &TestController) {
    prepare(&place(wall), &[account("a"), account("b")]).await;
    for id in ["a", "b"] {
        wall.app.store.add_stage(&stage(id, None)).await.unwrap();
        let source = format!(
            "insert into sources (id, stage_id, network, address, name, held, memory, state, problem, detail, failures,
                                  fetched_at, succeeded_at, next_at, claimed_until, created_at)
                  values ('{id}', '{id}', 'feed', 'https://example.org/', '', false, '', 'new', '', '', 0, 0, 0, 0, 0, 0)"
        );
        let post = format!(
            "insert into posts (id, stage_id, source_id, remote_id, slug, text, html, content_hash, published_at,
                                imported_at, changed_at, shown)
                  values ('{id}', '{id}', '{id}', '1', 'one', '', '', '', 0, 0, 0, true)"
        );
        prepare(&place(wall), &[source, post]).await;
    }
}

fn stage(id: &str, logo_id: Option<&str>) -> Stage {
    Stage {
        id: id.to_owned(),
        account_id: id.to_owned(),
        handle: format!("handle{id}"),
        likeness: format!("handle{id}"),
        name: "Museum".to_owned(),
        description: String::new(),
        accent: "#000000".to_owned(),
        background: "#ffffff".to_owned(),
        logo_id: logo_id.map(str::to_owned),
        language: "de".to_owned(),
        time_zone: "Europe/Berlin".to_owned(),
        created_at: NOON,
        changed_at: NOON,
    }
}

async fn attach(wall: &TestController, post: &str, media: &Media) {
    let row = format!(
        "insert into post_media (post_id, position, media_id, alt) values ('{post}', 0, '{}', 'a boat')",
        media.id
    );
    prepare(&place(wall), &[row]).await;
}

async fn is_stored(app: &App, rendition: &Rendition) -> bool {
    app.storage.exists(&FileName::parse(&rendition.sha256).unwrap()).await.unwrap()
}

fn picture(id: &str, sha256: &str, files: &[&str]) -> Media {
    let rendition = |(width, sha256): (i64, &&str)| Rendition {
        sha256: (*sha256).to_owned(),
        content_type: "image/jpeg".to_owned(),
        width,
        height: 10,
        length: 100 * width,
    };
    Media {
        id: id.to_owned(),
        sha256: sha256.to_owned(),
        width: 2,
        height: 10,
        colour: "#102030".to_owned(),
        created_at: NOON,
        renditions: (1..).zip(files).map(rendition).collect(),
        web: Vec::new(),
    }
}

#[tokio::test]
async fn rows_of_pictures_are_alike_on_both_databases() {
    for wall in TestController::on_each().await {
        let store: &Store = &wall.app.store;
        two_accounts(&wall).await;
        let (first, second) = (picture("m1", "s1", &["f1", "f2"]), picture("m2", "s1", &["f2", "f3"]));

        assert!(store.add_media("a", &first).await.unwrap());
        assert!(!store.add_media("a", &picture("m9", "s1", &["f9"])).await.unwrap(), "the same bytes twice");
        assert!(store.add_media("b", &second).await.unwrap(), "another account may have the same");

        assert_eq!(store.find_media("a", "m1").await.unwrap().as_ref(), Some(&first));
        assert_eq!(store.find_media("b", "m1").await.unwrap(), None, "somebody else's");
        assert_eq!(store.find_media_by_hash("a", "s1").await.unwrap().as_ref(), Some(&first));
        assert_eq!(store.find_media_by_hash("a", "s2").await.unwrap(), None);
        let listed = store.list_media("a", &["m1".to_owned(), "m2".to_owned(), "m3".to_owned()]).await.unwrap();
        assert_eq!(listed.into_iter().collect::<Vec<_>>(), [("m1".to_owned(), first.clone())]);
        assert!(store.list_media("a", &[]).await.unwrap().is_empty());

        store.remember_media_address("a", "h", "m1", NOON - 5).await.unwrap();
        store.remember_media_address("a", "h", "m1", NOON).await.unwrap();
        assert_eq!(store.find_media_by_address("a", "h", NOON).await.unwrap().as_ref(), Some(&first));
        assert_eq!(store.find_media_by_address("a", "h", NOON + 1).await.unwrap(), None, "too long ago");
        assert_eq!(store.find_media_by_address("b", "h", 0).await.unwrap(), None, "somebody else's");

        assert_eq!(store.find_public_file("f2", NOON).await.unwrap(), None, "nothing shows it");
        attach(&wall, "b", &second).await;
        assert_eq!(store.find_public_file("f2", NOON).await.unwrap().unwrap().length, 100);
        assert!(store.hide_post("b", "b", NOON).await.unwrap());
        assert_eq!(store.find_public_file("f2", NOON).await.unwrap(), None, "the post is hidden");
        assert_eq!(store.find_file_of_account("b", "f2").await.unwrap().unwrap().length, 100);
        assert_eq!(store.find_file_of_account("a", "f3").await.unwrap(), None, "somebody else's");
        assert!(store.change_stage(&stage("a", Some("m1"))).await.unwrap());
        assert_eq!(store.find_public_file("f2", NOON).await.unwrap().unwrap().length, 200, "a logo shows it");

        assert!(store.add_media("a", &picture("m4", "s4", &["f4"])).await.unwrap());
        assert!(store.delete_unused_media(NOON).await.unwrap().is_empty(), "it is new");
        store.touch_media("a", "m4", NOON + 10).await.unwrap();
        assert!(store.delete_unused_media(NOON + 10).await.unwrap().is_empty(), "it was sent again");
        assert_eq!(store.delete_unused_media(NOON + 11).await.unwrap(), ["f4"]);
        assert_eq!(store.find_media("a", "m4").await.unwrap(), None);
        assert!(store.find_media("a", "m1").await.unwrap().is_some(), "a logo is used");

        let entry = LibraryEntry {
            id: "e".into(),
            kind: "picture".into(),
            sha256: "s1".into(),
            created_at: NOON,
            ..LibraryEntry::default()
        };
        assert!(store.add_library_entry("a", &entry, &["m1".into()]).await.unwrap());
        assert_eq!(store.delete_library_entry("b", "e", NOON).await.unwrap(), None, "somebody else's");
        let mut gone = store.delete_library_entry("a", "e", NOON).await.unwrap().unwrap();
        gone.sort();
        assert_eq!(gone, ["f1", "f2"]);
        assert!(!store.is_file_needed("f1", NOON).await.unwrap());
        assert!(store.is_file_needed("f2", NOON).await.unwrap(), "the other account needs it");
        assert_eq!(store.find_media_by_address("a", "h", 0).await.unwrap(), None);
    }
}

#[tokio::test]
async fn the_same_picture_is_kept_once_and_a_bad_one_leaves_nothing() {
    let wall = TestController::new().await;
    two_accounts(&wall).await;
    let folder = wall.app.config.data.join("media");

    for bad in [Vec::new(), bomb(), b"<svg onload='alert(1)'/>".to_vec(), jpeg(64, 64, 1)[..500].to_vec()] {
        assert!(matches!(media::keep(&wall.app, "a", bad).await, Err(media::Error::Refused(_))));
    }
    assert!(files(&folder).is_empty(), "{:?}", files(&folder));

    let (first, second) =
        tokio::join!(media::keep(&wall.app, "a", jpeg(700, 400, 1)), media::keep(&wall.app, "a", jpeg(700, 400, 1)));
    let (first, second) = (first.unwrap(), second.unwrap());
    assert_eq!(first.id, second.id);
    assert_eq!(first.renditions.iter().map(|r| r.width).collect::<Vec<_>>(), [160, 320, 640]);
    assert_eq!(files(&folder).len(), 3);
    for rendition in &first.renditions {
        let content = wall.app.storage.get(&FileName::parse(&rendition.sha256).unwrap()).await.unwrap().unwrap();
        assert_eq!(content.len(), usize::try_from(rendition.length).unwrap());
    }
    assert_eq!(media::choose(&first, 500).unwrap().width, 640);
    assert_eq!(media::choose(&first, 5_000).unwrap().width, 640);
}

#[tokio::test]
async fn files_go_with_the_last_picture_that_needs_them() {
    let wall = TestController::new().await;
    two_accounts(&wall).await;
    let keep = async |account: &'static str| {
        let media = library::take_picture(&wall.app, account, "b.jpg", jpeg(100, 80, 2)).await.unwrap();
        let entry = wall.app.store.find_library_entry_by_hash(account, &media.sha256).await.unwrap().unwrap();
        (media, entry.id)
    };
    let (mine, my_entry) = keep("a").await;
    let (theirs, their_entry) = keep("b").await;
    assert_eq!(mine.renditions, theirs.renditions, "two accounts, one file");

    assert!(!library::delete(&wall.app, "b", &my_entry).await.unwrap(), "somebody else's");
    assert!(library::delete(&wall.app, "a", &my_entry).await.unwrap());
    assert!(is_stored(&wall.app, &theirs.renditions[0]).await, "the other account needs it");
    assert!(library::delete(&wall.app, "b", &their_entry).await.unwrap());
    assert!(!is_stored(&wall.app, &theirs.renditions[0]).await);
}

#[tokio::test]
async fn what_nothing_shows_is_tidied_away_after_an_hour() {
    let wall = TestController::new().await;
    two_accounts(&wall).await;
    let used = media::keep(&wall.app, "a", jpeg(100, 80, 3)).await.unwrap();
    let unused = media::keep(&wall.app, "a", jpeg(100, 80, 4)).await.unwrap();
    attach(&wall, "a", &used).await;

    wall.wait_secs(HOUR_SECS / 2);
    assert_eq!(media::tidy(&wall.app).await.unwrap(), 0, "it may be on its way into a post");
    wall.wait_secs(HOUR_SECS);
    assert_eq!(media::tidy(&wall.app).await.unwrap(), 1);

    assert!(is_stored(&wall.app, &used.renditions[0]).await);
    assert!(!is_stored(&wall.app, &unused.renditions[0]).await);
}

#[tokio::test]
async fn files_that_no_row_knows_are_swept_away() {
    let wall = TestController::new().await;
    two_accounts(&wall).await;
    let kept = media::keep(&wall.app, "a", jpeg(100, 80, 5)).await.unwrap();
    let stray = FileName::parse(&"0".repeat(64)).unwrap();
    wall.app.storage.put(&stray, b"stray".to_vec()).await.unwrap();

    assert_eq!(media::sweep(&wall.app).await.unwrap(), 0, "its row may be about to come");
    // Files carry the machine's time.
    let real = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_millis();
    wall.app.clock.set(i64::try_from(real).unwrap() + 2 * HOUR_SECS * 1_000);
    assert_eq!(media::sweep(&wall.app).await.unwrap(), 1);

    assert!(!wall.app.storage.exists(&stray).await.unwrap());
    assert!(is_stored(&wall.app, &kept.renditions[0]).await);
}

#[tokio::test]
async fn a_picture_elsewhere_is_fetched_once_a_day_and_a_bad_one_says_why() {
    let server = FeedServer::new().await;
    let allowed = server.url_of("").trim_start_matches("http://").to_owned();
    let wall = TestController::with(|config| config.allow = vec![allowed]).await;
    two_accounts(&wall).await;
    let address = server.url_of("/boat.jpg");
    server.serve("/boat.jpg", "text/html", jpeg(400, 300, 6));

    let first = media::fetch_and_keep(&wall.app, "a", &address).await.unwrap();
    server.serve("/boat.jpg", "image/jpeg", jpeg(500, 300, 7));
    let again = media::fetch_and_keep(&wall.app, "a", &address).await.unwrap();
    assert_eq!(first.id, again.id, "not fetched again");
    wall.wait_secs(25 * HOUR_SECS);
    assert_eq!(media::fetch_and_keep(&wall.app, "a", &address).await.unwrap().width, 500);

    server.serve("/pixel.png", "image/png", jpeg(1, 1, 8));
    let cases = [
        (server.url_of("/pixel.png"), "media.refused.tiny"),
        (server.url_of("/missing.png"), "sources.error.not_found"),
        ("http://127.0.0.1:1/x.png".to_owned(), "sources.error.forbidden_address"),
        ("http://[::1]/x.png".to_owned(), "sources.error.forbidden_address"),
        ("file:///etc/passwd".to_owned(), "sources.error.scheme"),
    ];
    for (address, key) in cases {
        let error = media::fetch_and_keep(&wall.app, "a", &address).await.unwrap_err();
        assert_eq!(error.key(), key, "{address}: {error}");
    }
}

#[tokio::test]
async fn what_is_shown_is_served_for_ever_and_what_is_hidden_is_gone_at_once() {
    for wall in TestController::on_each().await {
        two_accounts(&wall).await;
        let kept = media::keep(&wall.app, "a", jpeg(400, 300, 9)).await.unwrap();
        let file = &kept.renditions[0];
        let path = format!("/media/{}", file.sha256);
        let visitor = wall.client();

        visitor.get(&path).await.expect(404);
        attach(&wall, "a", &kept).await;

        let answer = visitor.get(&path).await.expect(200);
        assert_eq!(answer.bytes, wall.app.storage.get(&FileName::parse(&file.sha256).unwrap()).await.unwrap().unwrap());
        for (header, value) in [
            ("content-type", "image/jpeg"),
            ("cache-control", "public, max-age=31536000, s-maxage=1, immutable"),
            ("x-content-type-options", "nosniff"),
            ("content-security-policy", "default-src 'none'; sandbox"),
            ("access-control-allow-origin", "*"),
            ("cross-origin-resource-policy", "cross-origin"),
            ("accept-ranges", "bytes"),
            ("etag", &format!("\"{}\"", file.sha256)),
            ("content-length", &file.length.to_string()),
            ("set-cookie", ""),
        ] {
            assert_eq!(answer.header(header), value, "{header}");
        }
        assert!(answer.header("content-disposition").starts_with("inline; filename=\""));

        posts::hide(&wall.app, &stage("a", None), "a").await.unwrap();
        let gone = visitor.get(&path).await.expect(404);
        assert_eq!(gone.header("cache-control"), "no-store");
        let held = visitor.request(Method::GET, &path).header("if-none-match", format!("\"{}\"", file.sha256));
        visitor.send(held).await.expect(404);

        wall.app.store.change_stage(&stage("a", Some(&kept.id))).await.unwrap();
        visitor.get(&path).await.expect(200);
    }
}

#[tokio::test]
async fn parts_and_held_copies_are_answered_as_the_standard_says() {
    let wall = TestController::new().await;
    two_accounts(&wall).await;
    let kept = media::keep(&wall.app, "a", jpeg(400, 300, 10)).await.unwrap();
    attach(&wall, "a", &kept).await;
    let file = &kept.renditions[0];
    let (path, length) = (format!("/media/{}", file.sha256), file.length);
    let visitor = wall.client();
    let whole = visitor.get(&path).await.expect(200).bytes;
    let ask = async |headers: &[(&str, &str)]| {
        let request = visitor.request(Method::GET, &path);
        visitor.send(headers.iter().fold(request, |request, (name, value)| request.header(*name, *value))).await
    };

    let part = ask(&[("range", "bytes=100-199")]).await.expect(206);
    assert_eq!(part.bytes, &whole[100..200]);
    assert_eq!(part.header("content-range"), format!("bytes 100-199/{length}"));
    let end = ask(&[("range", "bytes=-10")]).await.expect(206);
    assert_eq!(end.bytes, &whole[whole.len() - 10..]);
    let beyond = ask(&[("range", &format!("bytes={length}-"))]).await.expect(416);
    assert_eq!(beyond.header("content-range"), format!("bytes */{length}"));
    assert_eq!(ask(&[("range", "bytes=0-1,5-6")]).await.expect(200).bytes, whole);

    let tag = format!("\"{}\"", file.sha256);
    assert!(ask(&[("if-none-match", &tag)]).await.expect(304).bytes.is_empty());
    ask(&[("if-none-match", "\"other\"")]).await.expect(200);
    ask(&[("range", "bytes=0-9"), ("if-range", &tag)]).await.expect(206);
    ask(&[("range", "bytes=0-9"), ("if-range", "\"other\"")]).await.expect(200);

    let head = visitor.send(visitor.request(Method::HEAD, &path)).await.expect(200);
    assert_eq!((head.bytes.len(), head.header("content-length")), (0, length.to_string().as_str()));
    for odd in ["/media/", "/media/..%2f..%2flitfass.db", "/media/ABC", &format!("{path}0"), &path.to_uppercase()] {
        visitor.get(odd).await.expect(404);
    }
}

/// A logged-in member of a new account, and the account's id.
async fn member(wall: &TestController, mail: &str) -> (TestClient, String) {
    let client = wall.client();
    let form = [
        ("first_name", "Ada"),
        ("last_name", "Muster"),
        ("institution", "Museum"),
        ("mail", mail),
        ("password", "correct horse battery staple"),
    ];
    client.post("/register", &form).await.expect(303);
    let mut database = SqliteConnection::connect(&format!("sqlite://{}", place(wall))).await.unwrap();
    let id = sqlx::query_scalar("select account_id from members where mail = $1").bind(mail);
    let id = id.fetch_one(&mut database).await.unwrap();
    (client, id)
}

#[tokio::test]
async fn the_desk_shows_hidden_pictures_to_their_owner_only() {
    let wall = TestController::new().await;
    let (owner, account) = member(&wall, "ada@example.org").await;
    let (other, _) = member(&wall, "bo@example.org").await;
    let kept = media::keep(&wall.app, &account, jpeg(400, 300, 11)).await.unwrap();
    let path = format!("/dashboard/media/{}", kept.renditions[0].sha256);

    let answer = owner.get(&path).await.expect(200);
    assert_eq!(answer.header("cache-control"), "private, no-cache");
    assert_eq!(answer.header("access-control-allow-origin"), "");
    assert_eq!(answer.header("cross-origin-resource-policy"), "same-origin");
    assert_eq!(answer.header("content-security-policy"), "default-src 'none'; sandbox");

    other.get(&path).await.expect(404);
    owner.get(&path.replace("/dashboard", "")).await.expect(404);
    let visitor = wall.client().get(&path).await.expect(303);
    assert!(visitor.location().starts_with("/login"), "{}", visitor.location());
}
