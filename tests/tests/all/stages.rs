//! Stages: making one, its handle, its look, and whose it is.

use controller::{
    app::Change,
    store::{Account, Member, Stage, StageCount},
};
use harness::{Answer, NOON, TestClient, TestController, stores};

async fn register(wall: &TestController, mail: &str) -> TestClient {
    let visitor = wall.client();
    let fields = [
        ("first_name", "Erika"),
        ("last_name", "Muster"),
        ("institution", "Museum"),
        ("mail", mail),
        ("password", "zwölf bunte Enten"),
    ];
    visitor.post("/register", &fields).await.expect(303);
    visitor
}

/// Makes a stage and gives the path of its pages.
async fn stage(owner: &TestClient, name: &str, handle: &str) -> String {
    let made = owner.post("/dashboard/stages/new", &[("name", name), ("handle", handle)]).await.expect(303);
    made.location().split("/sources").next().unwrap().to_owned()
}

const LOOK: [(&str, &str); 6] = [
    ("name", "Museum"),
    ("description", "Ein Haus."),
    ("accent", "#1D6F5C"),
    ("background", "fff"),
    ("language", "en"),
    ("time_zone", "Europe/Vienna"),
];

async fn change_look(owner: &TestClient, path: &str, fields: &[(&str, &str)], logo: Vec<u8>) -> Answer {
    owner.upload(&format!("{path}/look"), fields, "logo", ("logo.png", logo)).await
}

/// A picture of one colour.
fn png() -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let picture = image::RgbImage::from_pixel(64, 64, image::Rgb([29, 111, 92]));
    picture.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

#[tokio::test]
async fn a_stage_is_made_with_a_name_and_a_handle_that_goes_with_it() {
    for wall in TestController::on_each().await {
        let erika = register(&wall, "erika@museum.example").await;
        let first = erika.get("/dashboard").await.expect(200).text();
        assert!(first.contains("Eine Bühne anlegen") && !first.contains("card-stage"), "{first}");

        let suggested = erika.get("/dashboard/stages/handle?name=Museum+f%C3%BCr+K%C3%A4se").await.expect(200).text();
        assert_eq!(suggested, "museum-fuer-kaese");
        let path = stage(&erika, "Museum für Käse", "").await;

        let again = erika.get("/dashboard/stages/handle?name=Museum+f%C3%BCr+K%C3%A4se").await.expect(200).text();
        assert_eq!(again, "museum-fuer-kaese-2", "the first is taken");
        let home = erika.get("/dashboard").await.expect(200).text();
        assert!(home.contains("Museum für Käse") && home.contains("@museum-fuer-kaese"), "{home}");
        assert_eq!(erika.get(&path).await.expect(303).location(), format!("{path}/posts"));
    }
}

#[tokio::test]
async fn a_handle_that_is_taken_reserved_or_mistakable_is_refused_with_what_was_typed() {
    let wall = TestController::new().await;
    let erika = register(&wall, "erika@museum.example").await;
    let emil = register(&wall, "emil@museum.example").await;
    stage(&erika, "Museum", "museum").await;
    for (handle, text) in [
        ("museum", "zum Verwechseln ähnliche, gibt es schon"),
        ("mu5eum", "zum Verwechseln ähnliche, gibt es schon"),
        ("l0gin", "wie ein Teil von Litfass"),
        ("ab", "3 bis 30 Zeichen"),
        ("für", "nur a–z"),
        ("a--b", "nur einzeln"),
    ] {
        let answer = emil.post("/dashboard/stages/new", &[("name", "Mein Haus"), ("handle", handle)]).await.expect(422);
        let page = answer.text();
        assert!(page.contains(text), "{handle}: {page}");
        assert!(page.contains("value=\"Mein Haus\"") && page.contains(&format!("value=\"{handle}\"")), "{handle}");
    }
    let nameless = emil.post("/dashboard/stages/new", &[("name", " "), ("handle", "")]).await.expect(422).text();
    assert!(nameless.contains("einen Namen") && nameless.contains("wählen Sie eine Adresse"), "{nameless}");
}

#[tokio::test]
async fn a_new_look_is_checked_kept_and_told() {
    for wall in TestController::on_each().await {
        let erika = register(&wall, "erika@museum.example").await;
        let path = stage(&erika, "Museum", "museum").await;
        let mut news = wall.app.news.listen();

        let saved = change_look(&erika, &path, &LOOK, png()).await.expect(303);

        let stage = wall.app.store.find_stage_by_handle("museum").await.unwrap().unwrap();
        assert_eq!(saved.location(), format!("{path}/look?done=stage_saved"));
        assert_eq!((&*stage.accent, &*stage.background, &*stage.language), ("#1d6f5c", "#ffffff", "en"));
        assert_eq!(news.try_recv().unwrap(), Change::Stage { stage_id: stage.id.clone() });
        let page = erika.get(&format!("{path}/look")).await.expect(200).text();
        let logo = page.split("src=\"/dashboard/media/").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
        assert_eq!(
            erika.get(&format!("/dashboard/media/{logo}")).await.expect(200).header("content-type"),
            "image/png"
        );

        change_look(&erika, &path, &LOOK, Vec::new()).await.expect(303);
        assert_eq!(wall.app.store.find_any_stage(&stage.id).await.unwrap().unwrap().logo_id, stage.logo_id, "it stays");
        let without: Vec<_> = LOOK.into_iter().chain([("no_logo", "true")]).collect();
        change_look(&erika, &path, &without, Vec::new()).await.expect(303);
        assert_eq!(wall.app.store.find_any_stage(&stage.id).await.unwrap().unwrap().logo_id, None);
    }
}

#[tokio::test]
async fn a_look_that_cannot_be_taken_says_why_and_changes_nothing() {
    let wall = TestController::new().await;
    let erika = register(&wall, "erika@museum.example").await;
    let path = stage(&erika, "Museum", "museum").await;
    let before = wall.app.store.find_stage_by_handle("museum").await.unwrap();
    let bad = [("name", ""), ("accent", "\"><b>"), ("background", "#12"), ("language", "tlh"), ("time_zone", "Mars")];

    let page = change_look(&erika, &path, &bad, Vec::new()).await.expect(422).text();
    let picture = change_look(&erika, &path, &LOOK, b"not a picture".to_vec()).await.expect(422).text();

    assert_eq!(page.matches("eine Farbe wie").count(), 2, "{page}");
    assert!(page.contains("einen Namen") && page.contains("value=\"&#34;&#62;&#60;b&#62;\""), "{page}");
    assert!(picture.contains("id=\"logo-wrong\""), "{picture}");
    assert_eq!(wall.app.store.find_stage_by_handle("museum").await.unwrap(), before);
}

#[tokio::test]
async fn somebody_elses_stage_is_not_there() {
    let wall = TestController::new().await;
    let erika = register(&wall, "erika@museum.example").await;
    let emil = register(&wall, "emil@museum.example").await;
    let path = stage(&erika, "Museum", "museum").await;
    for page in ["", "/look", "/posts", "/sources"] {
        emil.get(&format!("{path}{page}")).await.expect(404);
        wall.client().get(&format!("{path}{page}")).await.expect(303);
    }

    change_look(&emil, &path, &LOOK, Vec::new()).await.expect(404);

    assert!(!emil.get("/dashboard").await.text().contains("museum-fuer"));
    assert_eq!(wall.app.store.find_stage_by_handle("museum").await.unwrap().unwrap().accent, "#c43514");
}

#[tokio::test]
async fn cards_count_what_a_stage_has() {
    for db in stores().await {
        let account = Account { id: "a".into(), institution: "M".into(), phone: None, created_at: NOON };
        let member = Member {
            id: "m".into(),
            account_id: "a".into(),
            first_name: "E".into(),
            last_name: "M".into(),
            mail: "e@m.example".into(),
            password: String::new(),
            role: "owner".into(),
            language: "de".into(),
            created_at: NOON,
        };
        db.store.add_account(&account, &member).await.unwrap();
        let stage = |id: &str| Stage {
            id: id.into(),
            account_id: "a".into(),
            handle: id.into(),
            likeness: format!("like {id}"),
            name: id.into(),
            description: String::new(),
            accent: "#000000".into(),
            background: "#ffffff".into(),
            logo_id: None,
            language: "de".into(),
            time_zone: "UTC".into(),
            created_at: NOON,
            changed_at: NOON,
        };
        db.store.add_stage(&stage("one")).await.unwrap();
        db.store.add_stage(&stage("two")).await.unwrap();
        db.add_screen("a", "two", "screen-1").await;
        db.add_screen("a", "two", "screen-2").await;

        let mut counts = db.store.count_in_stages("a").await.unwrap();

        counts.sort_by(|one, other| one.stage_id.cmp(&other.stage_id));
        let count = |id: &str, screens| StageCount { stage_id: id.into(), sources: 0, posts: 0, screens };
        assert_eq!(counts, [count("one", 0), count("two", 2)], "{}", db.kind);
        assert!(db.store.count_in_stages("b").await.unwrap().is_empty());
        assert!(db.store.has_likeness("like one").await.unwrap() && !db.store.has_likeness("one").await.unwrap());
    }
}
