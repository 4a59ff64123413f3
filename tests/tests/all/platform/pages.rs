//! The pages of the platform as whole requests.

use std::time::Duration;

use controller::{features::platform, store::Stage};
use futures_util::StreamExt;
use harness::{Owner, TestController, plain_stage, within};

use super::{choose, listed};
use crate::own_posts::write;

#[tokio::test]
async fn the_directory_names_those_who_chose_it_and_nobody_else() {
    for wall in TestController::on_each().await {
        let museum = listed(&wall, "museum", "Museum <Süd>", "Kunst & Café.\nMitten in der Stadt.").await;
        let club = Owner::new(wall.client(), "club").await;
        write(&museum, &[("title", "Freibad"), ("text", "Offen")]).await;
        let visitor = wall.client();
        let here = async || visitor.get("/").await.expect(200).text();

        let page = here().await;
        assert!(page.contains("href=\"/@museum\"") && !page.contains("/@club"), "{page}");
        assert!(
            page.contains("Museum &#60;Süd&#62;") && page.contains("Kunst &#38; Café. Mitten in der Stadt."),
            "{page}"
        );
        assert!(page.contains("Zuletzt am 4.\u{a0}Mai\u{a0}2026"), "{page}");
        assert!(visitor.cookie_names().is_empty(), "{:?}", visitor.cookie_names());

        let form = club.client.get(&club.path("look")).await.expect(200).text();
        assert!(form.contains("name=\"listed\"") && !form.contains("name=\"listed\" value=\"true\" checked"), "{form}");
        choose(&club, "Club", "", &[("listed", "true")], Vec::new()).await.expect(303);
        let form = club.client.get(&club.path("look")).await.expect(200).text();
        assert!(form.contains("name=\"listed\" value=\"true\" checked"), "{form}");
        choose(&museum, "Museum", "", &[], Vec::new()).await.expect(303);
        within(Duration::from_secs(3), "the page of a moment ago is over", || async {
            let page = here().await;
            (page.contains("/@club") && !page.contains("/@museum")).then_some(())
        })
        .await;
    }
}

#[tokio::test]
async fn stages_are_found_by_name_handle_and_description() {
    for wall in TestController::on_each().await {
        listed(&wall, "baeckerei", "Bäckerei Müller", "Brot aus der Straße am Mühlplatz").await;
        listed(&wall, "hafen", "Hafenamt", "").await;
        let visitor = wall.client();
        for (typed, finds) in [
            ("backerei", "baeckerei"),
            ("BÄCKEREI+muller", "baeckerei"),
            ("strasse", "baeckerei"),
            ("%40hafen", "hafen"),
            ("amt", "hafen"),
        ] {
            let page = visitor.get(&format!("/?q={typed}")).await.expect(200).text();
            let other = if finds == "hafen" { "baeckerei" } else { "hafen" };
            assert!(
                page.contains(&format!("href=\"/@{finds}\"")) && !page.contains(&format!("/@{other}")),
                "{typed}: {page}"
            );
            assert!(page.contains("<meta name=\"robots\" content=\"noindex, follow\">"));
        }
        for nothing in ["backerei+hafen", "%25", "!!!", "%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E"] {
            let page = visitor.get(&format!("/?q={nothing}")).await.expect(200).text();
            assert!(page.contains("Keine Bühne passt") && !page.contains("data-follow"), "{nothing}: {page}");
            assert!(!page.contains("<script>alert"), "{page}");
        }
        for odd in ["/?q=", "/?page=0", "/?page=x", "/?page=-9", "/?lang=tlh"] {
            assert!(visitor.get(odd).await.expect(200).text().contains("/@hafen"), "{odd}");
        }
        assert!(visitor.get("/?page=999999999999").await.expect(200).text().contains("rel=\"prev\""));
    }
}

#[tokio::test]
async fn many_stages_have_pages() {
    let wall = TestController::new().await;
    let owner = Owner::new(wall.client(), "museum").await;
    let account_id = wall.app.store.find_any_stage(&owner.stage_id).await.unwrap().unwrap().account_id;
    for number in 10..45 {
        let name = format!("Verein {number}");
        let stage =
            Stage { name, handle: format!("verein-{number}"), ..plain_stage(&format!("s{number}"), &account_id) };
        wall.app.store.add_stage(&stage).await.unwrap();
        platform::enter(&wall.app, &stage).await.unwrap();
    }
    let visitor = wall.client();

    let first = visitor.get("/").await.expect(200).text();
    let second = visitor.get("/?page=2").await.expect(200).text();
    let found = visitor.get("/?q=verein&page=2").await.expect(200).text();

    let count = |page: &str| page.matches("data-follow=").count();
    assert_eq!((count(&first), count(&second), count(&found)), (24, 11, 11));
    assert!(first.contains("href=\"/?page=2\"") && !first.contains("rel=\"prev\""), "{first}");
    assert!(second.contains("href=\"/#stages\"") && !second.contains("rel=\"next\""), "{second}");
    assert!(found.contains("href=\"/?q=verein\""), "{found}");
    assert!(first.contains("Verein 10") && second.contains("Verein 44") && !second.contains("Verein 10"));
}

#[tokio::test]
async fn pages_come_from_memory_in_the_language_of_who_asks() {
    let wall = TestController::new().await;
    let owner = listed(&wall, "museum", "Museum", "").await;
    let visitor = wall.client();
    for path in ["/", "/wall", "/imprint", "/privacy"] {
        let german = visitor.get(path).await.expect(200);
        assert_eq!(german.header("cache-control"), "no-cache", "{path}");
        assert_eq!(german.header("vary"), "accept-encoding, accept-language, cookie", "{path}");
        let again = visitor.request(reqwest::Method::GET, path).header("if-none-match", german.header("etag"));
        assert_eq!(visitor.send(again).await.status, 304, "{path}");
        assert!(german.text().contains("<html lang=\"de\">"), "{path}");
        let english = visitor.get(&format!("{path}?lang=en")).await.expect(200).text();
        assert!(english.contains("<html lang=\"en\">"), "{path}: {english}");
        assert!(german.text().contains("href=\"/login\"") && !german.text().contains("href=\"/dashboard\""), "{path}");
        // Whoever has logged in finds back to work; nothing else of them stands there.
        let theirs = owner.client.get(path).await.expect(200).text();
        assert!(theirs.contains("href=\"/dashboard\"") && !theirs.contains("Ada"), "{path}");
    }
    assert!(visitor.cookie_names().is_empty());
    controller::features::hits::write(&wall.app).await.unwrap();
    assert!(wall.app.store.list_stage_hits(&owner.stage_id, 0).await.unwrap().is_empty(), "counted nowhere");
}

#[tokio::test]
async fn it_can_be_put_on_a_device() {
    let wall = TestController::new().await;
    let visitor = wall.client();

    let manifest = visitor.get("/manifest.webmanifest?lang=de").await.expect(200);
    let worker = visitor.get("/worker.js").await.expect(200);

    assert_eq!(manifest.header("content-type"), "application/manifest+json");
    let manifest = manifest.json();
    assert_eq!((manifest["start_url"].as_str(), manifest["lang"].as_str()), (Some("/wall"), Some("de")));
    for icon in manifest["icons"].as_array().unwrap() {
        let picture = visitor.get(icon["src"].as_str().unwrap()).await.expect(200);
        let size = image::load_from_memory(&picture.bytes).map(|picture| (picture.width(), picture.height())).unwrap();
        assert_eq!(icon["sizes"].as_str().unwrap(), format!("{}x{}", size.0, size.1));
    }
    assert_eq!(worker.header("content-type"), "text/javascript; charset=utf-8");
    assert_eq!(worker.header("cache-control"), "no-cache", "a browser hears of a newer one at once");
    let landing = visitor.get("/").await.expect(200).text();
    let file = landing.split('"').find(|text| text.ends_with("/platform.css")).unwrap();
    assert!(worker.text().contains(file), "it has the version of the files: {file}");
}

#[tokio::test]
async fn a_wall_hears_of_the_stages_that_it_names() {
    let wall = TestController::new().await;
    let museum = listed(&wall, "museum", "Museum", "").await;
    let club = listed(&wall, "club", "Club", "").await;
    let visitor = wall.client();
    visitor.get("/wall/live").await.expect(204);
    visitor.get("/wall/live?stage=nobody&other=museum").await.expect(204);

    let answer = visitor.request(reqwest::Method::GET, "/wall/live?stage=nobody&stage=Museum").send().await.unwrap();
    assert_eq!(answer.status(), 200);
    let mut events = answer.bytes_stream();
    write(&club, &[("text", "Nicht für diese Wand")]).await;
    let quiet = tokio::time::timeout(Duration::from_millis(400), events.next()).await;
    assert!(quiet.is_err(), "{quiet:?}");
    write(&museum, &[("text", "Für diese Wand")]).await;
    let told = tokio::time::timeout(Duration::from_secs(5), events.next()).await.unwrap().unwrap().unwrap();

    assert_eq!(String::from_utf8_lossy(&told), "event: posts\ndata: posts\n\n");
}
