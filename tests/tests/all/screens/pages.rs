//! The owner's pages about screens, their pictures, and other people's.

use std::{io::Cursor, time::Duration};

use controller::app::Change;
use harness::{Answer, TestController, TestScreen};
use image::{DynamicImage, ImageFormat, RgbImage};
use reqwest::Method;

use super::{id, owner, pair};

const REPORT: &str = "/screens/v1/report";

fn jpeg(width: u32, height: u32) -> Vec<u8> {
    let image = RgbImage::from_fn(width, height, |x, y| image::Rgb([(x % 256) as u8, (y % 256) as u8, 99]));
    let mut file = Cursor::new(Vec::new());
    DynamicImage::from(image).write_to(&mut file, ImageFormat::Jpeg).unwrap();
    file.into_inner()
}

async fn send(screen: &TestScreen, kind: &str, body: Vec<u8>) -> Answer {
    screen.send(Method::POST, REPORT, kind, body).await
}

#[tokio::test]
async fn a_picture_is_made_anew_and_shown_to_its_owner_only() {
    let wall = TestController::new().await;
    let (museum, club) = (owner(&wall, "museum").await, owner(&wall, "club").await);
    let screen = TestScreen::new(&wall, 1);
    let page = pair(&museum, &screen, "Foyer").await;
    let address = format!("/dashboard/screens/{}/picture", id(&page));
    museum.client.get(&address).await.expect(404);
    let mut sent = jpeg(1920, 1080);
    sent.extend(b"<script>trailing</script>");

    send(&screen, "image/jpeg", sent).await.expect(204);

    let answer = museum.client.get(&address).await.expect(200);
    assert_eq!(answer.header("cache-control"), "private, no-cache");
    let seen = image::load_from_memory(&answer.bytes).unwrap();
    assert_eq!((seen.width(), seen.height()), (1280, 720));
    assert!(!answer.bytes.windows(8).any(|bytes| bytes == b"trailing"));
    assert!(museum.client.get(&page).await.text().contains(&format!("{address}?at=")));
    club.client.get(&address).await.expect(404);
    assert_eq!(wall.client().get(&address).await.status, 303);

    museum.client.post(&format!("{page}/revoke"), &[]).await.expect(303);
    museum.client.get(&address).await.expect(404);
    let left = std::fs::read_dir(wall.app.config.data.join("screens")).unwrap().count();
    assert_eq!(left, 0, "its file is gone");
}

#[tokio::test]
async fn what_is_no_picture_or_no_report_is_refused() {
    let wall = TestController::new().await;
    let museum = owner(&wall, "museum").await;
    let screen = TestScreen::new(&wall, 1);
    let page = pair(&museum, &screen, "Foyer").await;

    send(&screen, "image/jpeg", b"GIF89a nonsense".to_vec()).await.expect(422);
    send(&screen, "image/jpeg", vec![0; 2 * 1024 * 1024 + 2048]).await.expect(413);
    send(&screen, "application/json", b"{".to_vec()).await.expect(400);
    send(&screen, "text/html", b"<p>".to_vec()).await.expect(415);
    let stranger = TestScreen::new(&wall, 2);
    send(&stranger, "image/jpeg", jpeg(8, 8)).await.expect(404);

    museum.client.get(&format!("/dashboard/screens/{}/picture", id(&page))).await.expect(404);
    let report = br#"{"state":"playing","version":0,"presented_at":0,"frames":1,"width":640,"height":360}"#;
    send(&screen, "application/json", report.to_vec()).await.expect(204);
    assert!(museum.client.get(&page).await.text().contains("640 × 360"));
}

#[tokio::test]
async fn a_screen_that_is_not_connected_cannot_take_a_picture() {
    let wall = TestController::new().await;
    let museum = owner(&wall, "museum").await;
    let page = pair(&museum, &TestScreen::new(&wall, 1), "Foyer").await;

    let answer = museum.client.post(&format!("{page}/shot"), &[]).await.expect(409);

    assert!(answer.text().contains("nicht verbunden"));
}

#[tokio::test]
async fn what_is_wrong_with_a_name_is_said_and_what_was_typed_stays() {
    let wall = TestController::new().await;
    let museum = owner(&wall, "museum").await;
    let page = pair(&museum, &TestScreen::new(&wall, 1), "Foyer").await;
    let long = "Ü".repeat(61);

    let answer = museum.client.post(&page, &[("name", long.as_str()), ("rotation", "270")]).await.expect(422);

    assert!(answer.text().contains("höchstens 60 Zeichen") && answer.text().contains(&long));
    assert!(answer.text().contains("<option value=\"270\" selected>"), "{}", answer.text());
    assert!(museum.client.get(&page).await.text().contains("<h1 dir=\"auto\">Foyer</h1>"));
}

#[tokio::test]
async fn a_screen_is_there_for_its_own_account_only() {
    let wall = TestController::new().await;
    let (museum, club) = (owner(&wall, "museum").await, owner(&wall, "club").await);
    let page = pair(&museum, &TestScreen::new(&wall, 1), "Foyer").await;
    let screen = id(&page);
    let own = |leaf: &str| club.path(&format!("screens{leaf}"));
    let others = |leaf: &str| museum.path(&format!("screens{leaf}"));

    for path in [
        others(""),
        others("/list"),
        others("/live"),
        others("/pair"),
        others(&format!("/{screen}")),
        others(&format!("/{screen}/now")),
        others(&format!("/{screen}/revoke")),
        own(&format!("/{screen}")),
        own(&format!("/{screen}/now")),
        own(&format!("/{screen}/revoke")),
        format!("/dashboard/screens/{screen}/picture"),
    ] {
        assert_eq!(club.client.get(&path).await.status, 404, "GET {path}");
        assert_eq!(wall.client().get(&path).await.status, 303, "GET {path} without log-in");
    }
    let fields = [("name", "Mine"), ("rotation", "90")];
    for path in [
        others(&format!("/{screen}")),
        others(&format!("/{screen}/shot")),
        others(&format!("/{screen}/revoke")),
        own(&format!("/{screen}")),
        own(&format!("/{screen}/shot")),
        own(&format!("/{screen}/revoke")),
    ] {
        assert_eq!(club.client.post(&path, &fields).await.status, 404, "POST {path}");
        assert_eq!(museum.client.post_without_token(&path, &fields).await.status, 403, "POST {path} without token");
    }

    // Nor is it on another stage of its own account.
    let made = museum.client.post("/dashboard/stages/new", &[("name", "Depot"), ("handle", "depot")]).await.expect(303);
    let other = made.location().split("/sources").next().unwrap();
    assert_eq!(museum.client.get(&format!("{other}/screens/{screen}")).await.status, 404);
    assert_eq!(museum.client.post(&format!("{other}/screens/{screen}/revoke"), &fields).await.status, 404);

    let text = museum.client.get(&page).await.expect(200).text();
    assert!(text.contains("Foyer") && !text.contains("Mine"));
}

#[tokio::test]
async fn the_list_names_every_screen_or_says_how_to_get_one() {
    let wall = TestController::new().await;
    let museum = owner(&wall, "museum").await;
    let list = museum.path("screens");
    assert!(museum.client.get(&list).await.expect(200).text().contains("Noch kein Bildschirm"));
    for (number, name) in [(1, "Foyer <links>"), (2, "Kasse")] {
        pair(&museum, &TestScreen::new(&wall, number), name).await;
    }

    let text = museum.client.get(&list).await.expect(200).text();

    assert!(text.contains("Foyer &#60;links&#62;") && text.contains("Kasse"), "{text}");
    assert_eq!(text.matches("Gerade gekoppelt").count(), 2);
    museum.client.speak("en");
    assert!(museum.client.get(&list).await.text().contains("Just paired"));
}

#[tokio::test]
async fn an_open_page_is_told_of_changes_in_words_a_browser_passes_on() {
    let wall = TestController::new().await;
    let museum = owner(&wall, "museum").await;
    let stage_id = museum.stage_id.clone();
    let account_id = wall.app.store.find_any_stage(&stage_id).await.unwrap().unwrap().account_id;
    let screen = Change::Screen { account_id, screen_id: "any".into() };
    for (path, change) in [
        (museum.path("screens/live"), screen),
        (museum.path("live"), Change::Source { stage_id: stage_id.clone() }),
        ("/@museum/live".to_owned(), Change::Posts { stage_id }),
    ] {
        let mut stream = museum.client.request(Method::GET, &path).send().await.unwrap();
        wall.app.news.tell(change);

        let heard = tokio::time::timeout(Duration::from_secs(5), stream.chunk()).await.unwrap().unwrap().unwrap();

        let text = String::from_utf8_lossy(&heard);
        // An event without data is never dispatched (HTML, section 9.2.6).
        let data = text.lines().find_map(|line| line.strip_prefix("data:")).unwrap_or_default();
        assert!(text.starts_with("event:") && !data.trim().is_empty(), "{path}: {text:?}");
    }
}
