//! The controller goes away and comes back: whoever reads keeps what there is, and gets what came meanwhile.

use harness::{Browser, Controller, FeedServer, Looks, Owner, Part, Post, at_hand, eventually};

use super::page::{Site, kept, says, wait_for_cards};

#[tokio::test(flavor = "multi_thread")]
async fn what_is_shown_stays_while_the_controller_is_away() {
    if !at_hand(Part::Browser) {
        return;
    }
    let feed = FeedServer::new().await;
    feed.append(Post::new("1", "Freibad", "<p>Offen</p>"));
    feed.append(Post::new("2", "Rat", "<p>Tagt</p>"));
    let host = feed.url_of("").trim_start_matches("http://").to_owned();
    let mut controller = Controller::with_settings(&[("LITFASS_ALLOW", &host), ("LITFASS_FEED_INTERVAL", "1")]).await;
    let owner = Owner::new(controller.client(), "stadt").await;
    owner.link(&feed.url()).await;
    owner.newsroom_says("Rat").await;
    let site = Site::new().await;
    // The page brings the script along, so that it is there when nobody else is.
    let script = controller.client().get("/widget.js").await.expect(200).text();
    site.put("/widget.js", "text/javascript", &script);
    let body = format!(
        "<script src=\"/widget.js\"></script><litfass-wall stage=\"stadt\" origin=\"{}\">Bald mehr.</litfass-wall>",
        controller.url()
    );
    let page = site.page("/", "", "", &body);
    let browser = Browser::new(&Looks::german()).await;
    browser.open(&page).await;
    wait_for_cards(&browser, 2).await;

    controller.kill();
    browser.run("document.dispatchEvent(new Event('visibilitychange'))").await;
    tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    assert!(says(&browser).await.contains("Freibad"), "what is shown stays");
    browser.open(&page).await;
    wait_for_cards(&browser, 2).await;
    assert!(says(&browser).await.contains("Freibad"), "and is there again after a reload");
    let nothing = serde_json::json!({ "cookies": "", "local": [], "session": [], "databases": [], "caches": [] });
    assert_eq!(kept(&browser).await, nothing, "out of the browser's own memory for answers");

    feed.append(Post::new("3", "Markt", "<p>Morgen</p>"));
    feed.remove("1");
    controller.start_again().await;
    owner.newsroom_says("Markt").await;
    eventually("what came meanwhile", || async { says(&browser).await.contains("Markt").then_some(()) }).await;

    // Who was never here sees what the page itself says.
    controller.kill();
    let stranger = Browser::new(&Looks::german()).await;
    stranger.open(&page).await;
    stranger.wait_for_text("litfass-wall", "Bald mehr.").await;
}
