//! Pictures of web pages: taken by a real Chromium, of public pages only, and never of an error.

use harness::{Owner, Part, TestController, at_hand, within};
use shared::slides::{Picture, Slide};

use super::{
    SECOND, add, place, press, says,
    server::{Reply, Request, Service},
    shown, shows,
};

/// A page of one colour that loads a picture from elsewhere, and whose script tries every door.
fn page(colour: &str, elsewhere: &str) -> String {
    format!(
        "<!doctype html><html><body style=\"margin:0;background:{colour};height:3000px\">\
         <div style=\"position:absolute;right:0;top:1040px;width:40px;height:40px;background:#fff\"></div>\
         <img src=\"{elsewhere}/img\"><iframe src=\"{elsewhere}/frame\"></iframe><script>\
         fetch('{elsewhere}/fetch').catch(() => 0);\
         navigator.sendBeacon('{elsewhere}/beacon', 'x');\
         new WebSocket('{elsewhere}/socket'.replace('http', 'ws'));\
         alert('stop');\
         </script></body></html>"
    )
}

fn html(text: String) -> Option<Reply> {
    Some(Reply::ok(text).with("content-type", "text/html; charset=utf-8"))
}

async fn wall(allowed: &Service) -> TestController {
    let wall = TestController::with(|config| {
        config.allow = vec![allowed.address.clone()];
        config.page_browser = Some("chromium".into());
    })
    .await;
    controller::jobs::start(&wall.app);
    wall
}

fn picture(slide: &Slide) -> Option<Picture> {
    let Slide::Page(page) = slide else { return None };
    page.picture.clone()
}

async fn pixels(owner: &Owner, picture: &Picture) -> image::RgbImage {
    let file = owner.client.get(&format!("/media/{}", picture.sha256)).await.expect(200).bytes;
    image::load_from_memory(&file).unwrap().into_rgb8()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_is_photographed_alone_and_again_when_it_changes() {
    if !at_hand(Part::Browser) {
        return;
    }
    let inside = Service::new(|_| Some(Reply::ok("secret"))).await;
    let elsewhere = inside.url("");
    let of = move |colour: &'static str| {
        let elsewhere = elsewhere.clone();
        move |_: &Request| html(page(colour, &elsewhere))
    };
    let site = Service::new(of("#c81e3c")).await;
    let wall = wall(&site).await;
    let owner = Owner::new(wall.client(), "museum").await;

    add(&owner, "page", &[("address", &site.url("/board")), ("minutes", "5")]).await;
    press(&owner, "publish", "").await;
    let first = shows(&wall, &owner, 60 * SECOND, "a picture of the page", picture).await;

    assert_eq!((first.width, first.height), (1_920, 1_080));
    let seen = pixels(&owner, &first).await;
    let near = |a: [u8; 3], b: [u8; 3]| a.iter().zip(b).all(|(a, b)| a.abs_diff(b) < 12);
    assert!(near(seen.get_pixel(400, 900).0, [0xc8, 0x1e, 0x3c]), "{:?}", seen.get_pixel(400, 900));
    assert!(near(seen.get_pixel(1_910, 1_070).0, [255; 3]), "the lower right corner, without a scroll bar");
    assert!(inside.asked("/").is_empty(), "reached what is private: {:?}", inside.asked("/"));
    assert!(site.asked("/board").len() == 1, "{:?}", site.asked("/"));

    // The same page is the same picture, and nothing is signed again.
    let version = || async { wall.app.store.find_any_programme(&owner.stage_id).await.unwrap().unwrap().version };
    let before = version().await;
    wall.wait_secs(6 * 60);
    within(60 * SECOND, "it is looked at again", || async { (site.asked("/board").len() == 2).then_some(()) }).await;
    within(60 * SECOND, "and noted", || async {
        let row = wall.app.store.list_answers(&owner.stage_id).await.unwrap().remove(0);
        (row.answered_at == wall.app.clock.now()).then_some(())
    })
    .await;
    assert_eq!(version().await, before);

    site.turn(of("#0050aa"));
    wall.wait_secs(6 * 60);
    within(60 * SECOND, "the new colour", || async {
        let now = shown(&wall, &owner).await.iter().find_map(picture)?;
        (now.sha256 != first.sha256).then_some(())
    })
    .await;

    // An error page is never shown: the last picture stays.
    let last = shown(&wall, &owner).await.iter().find_map(picture).unwrap();
    site.turn(|_| Some(Reply { status: 502, ..Reply::ok("<h1>Bad gateway</h1>") }));
    wall.wait_secs(6 * 60);
    within(60 * SECOND, "the owner is told", || async {
        let page = owner.client.get(&place(&owner)).await.expect(200).text();
        page.contains("antwortet mit Fehler 502").then_some(())
    })
    .await;
    assert_eq!(shown(&wall, &owner).await.iter().find_map(picture), Some(last));
}

#[tokio::test]
async fn private_pages_are_not_looked_at_and_without_a_browser_nothing_is_offered() {
    let (allowed, inside) = (Service::new(|_| html(String::new())).await, Service::new(|_| html(String::new())).await);
    let wall = wall(&allowed).await;
    let owner = Owner::new(wall.client(), "museum").await;
    add(&owner, "page", &[("address", &inside.url("/")), ("minutes", "5")]).await;
    says(&owner, "privates Netz").await;
    assert!(inside.asked("/").is_empty());

    let off = TestController::new().await;
    let owner = Owner::new(off.client(), "museum").await;
    let add = |leaf: &str| format!("{}/{leaf}?plan=default&region=main&kind=page", place(&owner));
    let offered = owner.client.get(&add("add")).await.expect(200).text();
    assert!(offered.contains("kind=weather") && !offered.contains("kind=page"));
    owner.client.get(&add("item")).await.expect(404);
}
