//! Hits: counted without knowing anybody, on both databases, and read by their owner.

use controller::{
    features::hits,
    store::{Post, PostHits, StageHits},
};
use harness::{Browser, Looks, NOON, Owner, Part, TestController, at_hand, plain_stage, stores};

const DESKTOP: (u32, u32) = (1280, 900);
const PHONE: (u32, u32) = (390, 844);
/// The day of [`NOON`].
const TODAY: i64 = NOON / 86_400_000;

fn post(id: &str, stage_id: &str) -> Post {
    Post {
        id: id.to_owned(),
        stage_id: stage_id.to_owned(),
        remote_id: id.to_owned(),
        slug: format!("slug-{id}"),
        title: Some(format!("Beitrag {id}")),
        content_hash: "1".to_owned(),
        published_at: NOON - 60_000,
        imported_at: NOON,
        changed_at: NOON,
        shown: true,
        facts: "{}".to_owned(),
        ..Post::default()
    }
}

fn of_stage(stage_id: &str, place: &str, day: i64, seen: i64) -> StageHits {
    StageHits { stage_id: stage_id.to_owned(), place: place.to_owned(), day, seen }
}

fn of_post(stage_id: &str, id: &str, day: i64, seen: i64) -> PostHits {
    PostHits { stage_id: stage_id.to_owned(), slug: format!("slug-{id}"), day, seen }
}

#[tokio::test]
async fn counts_of_a_day_add_up_and_go_with_what_they_count() {
    for db in stores().await {
        db.add_account("a").await;
        for id in ["s", "other"] {
            db.store.add_stage(&plain_stage(id, "a")).await.unwrap();
            db.store.add_own_post(&post(&format!("{id}-1"), id), &[]).await.unwrap();
            db.store.add_own_post(&post(&format!("{id}-2"), id), &[]).await.unwrap();
        }
        let stages = [of_stage("s", "newsroom", 10, 3), of_stage("s", "post", 11, 2), of_stage("gone", "post", 11, 9)];
        let posts = [
            of_post("s", "s-1", 11, 1),
            of_post("s", "s-2", 11, 5),
            of_post("other", "other-1", 11, 7),
            of_post("s", "other-2", 11, 9),
        ];

        for _ in 0..2 {
            db.store.add_hits(&stages, &posts).await.unwrap();
        }

        let listed = db.store.list_stage_hits("s", 10).await.unwrap();
        assert_eq!(listed, [of_stage("s", "newsroom", 10, 6), of_stage("s", "post", 11, 4)], "{}", db.kind);
        assert_eq!(db.store.list_stage_hits("s", 11).await.unwrap().len(), 1);
        let most = async |from, count| db.store.list_most_seen("s", from, count).await.unwrap();
        assert_eq!(most(11, 9).await, [("s-2".to_owned(), 10), ("s-1".to_owned(), 2)], "{}", db.kind);
        assert_eq!(most(11, 1).await.len(), 1);
        assert!(most(12, 9).await.is_empty());

        assert!(db.store.delete_own_post("s", "s-2").await.unwrap());
        assert_eq!(most(11, 9).await, [("s-1".to_owned(), 2)], "{}: with its post", db.kind);
        assert_eq!(db.store.delete_old_hits(11).await.unwrap(), 1, "{}", db.kind);
        assert_eq!(db.store.delete_old_hits(12).await.unwrap(), 3, "{}", db.kind);
        assert!(db.store.list_stage_hits("s", 0).await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn a_visit_counts_and_nothing_of_the_visitor_is_kept() {
    for wall in TestController::on_each().await {
        let owner = Owner::new(wall.client(), "museum").await;
        wall.app.store.add_own_post(&post("p", &owner.stage_id), &[]).await.unwrap();
        let page = owner.client.get(&owner.path("hits")).await.expect(200).text();
        assert!(page.contains("Noch keine Aufrufe"), "{page}");

        let visitor = wall.client();
        for path in ["/@museum", "/@museum", "/@museum?part=posts", "/@museum/p/slug-p", "/@museum/p/none"] {
            visitor.get(path).await;
        }
        visitor.send(visitor.request(reqwest::Method::HEAD, "/@museum")).await;
        let ahead = visitor.request(reqwest::Method::GET, "/@museum").header("sec-purpose", "prefetch");
        visitor.send(ahead).await.expect(200);
        assert!(visitor.cookie_names().is_empty(), "{:?}", visitor.cookie_names());
        assert_eq!(hits::write(&wall.app).await.unwrap(), 3);
        assert_eq!(hits::write(&wall.app).await.unwrap(), 0, "once");

        let held = wall.app.store.list_stage_hits(&owner.stage_id, 0).await.unwrap();
        let expected =
            [("newsroom", 2), ("post", 1)].map(|(place, seen)| of_stage(&owner.stage_id, place, TODAY, seen));
        assert_eq!(held, expected);
        let page = owner.client.get(&owner.path("hits")).await.expect(200).text();
        assert!(page.contains("3 Aufrufe") && page.contains("Beitrag p"), "{page}");
        assert!(!page.contains("in den 30 Tagen davor"), "nothing to compare with: {page}");

        // The day ends by the clock of the stage: ten at night in Greenwich is tomorrow in Berlin.
        wall.wait_secs(10 * 3_600 + 60);
        visitor.get("/@museum").await.expect(200);
        hits::write(&wall.app).await.unwrap();
        let held = wall.app.store.list_stage_hits(&owner.stage_id, TODAY + 1).await.unwrap();
        assert_eq!(held, [of_stage(&owner.stage_id, "newsroom", TODAY + 1, 1)]);
    }
}

#[tokio::test]
async fn what_could_not_be_written_is_written_later() {
    let wall = TestController::new().await;
    let owner = Owner::new(wall.client(), "museum").await;
    wall.client().get("/@museum").await.expect(200);
    let counts = wall.app.hits.take();

    wall.app.hits.add(counts);
    wall.client().get("/@museum").await.expect(200);

    assert_eq!(hits::write(&wall.app).await.unwrap(), 2);
    assert_eq!(wall.app.store.list_stage_hits(&owner.stage_id, 0).await.unwrap()[0].seen, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_chart_is_read_in_both_languages_and_all_looks() {
    if !at_hand(Part::Browser) {
        return;
    }
    let wall = TestController::new().await;
    let owner = Owner::new(wall.client(), "museum").await;
    let long = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverleihungsurkundenvordruck".to_owned();
    let mut seen = Vec::new();
    for number in 0..9 {
        let id = format!("p{number}");
        let title = if number == 1 { long.clone() } else { format!("Der Mühlplatz wird {number} Tage gesperrt") };
        let post = Post { title: Some(title), ..post(&id, &owner.stage_id) };
        wall.app.store.add_own_post(&post, &[]).await.unwrap();
        seen.push(of_post(&owner.stage_id, &id, TODAY, 400 - 37 * number));
    }
    let newsroom = (0..50).map(|ago| of_stage(&owner.stage_id, "newsroom", TODAY - ago, 40 + (ago * 7_919) % 431));
    let posts = (0..50).map(|ago| of_stage(&owner.stage_id, "post", TODAY - ago, (ago * 104_729) % 257));
    wall.app.store.add_hits(&newsroom.chain(posts).collect::<Vec<_>>(), &seen).await.unwrap();

    let mut wrong = Vec::new();
    for looks in [Looks::german(), Looks::english()] {
        let browser = Browser::new(&looks).await;
        browser.open(&format!("{}/login", wall.url)).await;
        browser.fill("#mail", "museum@owner.example").await;
        browser.fill("#password", "correct horse battery staple").await;
        browser.click("main button[type=submit]").await;
        browser.click(".card-stage h3 a").await;
        browser.click("nav.side a[href$='/hits']").await;
        browser.find(".hits-bar").await;
        for (size, dark) in [(DESKTOP, false), (DESKTOP, true), (PHONE, true), (PHONE, false)] {
            browser.wear(size, dark).await;
            let width = if size == PHONE { "phone" } else { "desktop" };
            let kind = format!("{}-{width}-{}", looks.language, if dark { "dark" } else { "light" });
            browser.keep_picture(&format!("hits/{kind}")).await;
            let found = browser.accessibility_problems().await;
            wrong.extend(found.into_iter().map(|problem| format!("{kind}: {problem}")));
            let wider = browser.run("return document.documentElement.scrollWidth - innerWidth").await;
            if wider.as_i64().unwrap_or(1) > 0 {
                wrong.push(format!("{kind}: {wider} pixels wider than the window"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
