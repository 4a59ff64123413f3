//! The controller goes away and comes back: whoever reads keeps what there is, and gets what came meanwhile.

use harness::{Browser, Controller, Looks, Owner, Part, at_hand, eventually};

use super::page::{Site, kept, says, wait_for_cards};
use crate::own_posts::write;

#[tokio::test(flavor = "multi_thread")]
async fn what_is_shown_stays_while_the_controller_is_away() {
    if !at_hand(Part::Browser) {
        return;
    }
    let mut controller = Controller::new().await;
    let owner = Owner::new(controller.client(), "stadt").await;
    write(&owner, &[("title", "Freibad"), ("text", "Offen")]).await;
    let council = write(&owner, &[("title", "Rat"), ("text", "Tagt")]).await;
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

    controller.start_again().await;
    write(&owner, &[("title", "Markt"), ("text", "Morgen")]).await;
    owner.client.post(&owner.path(&format!("posts/{council}/hide")), &[]).await.expect(303);
    eventually("what came and went meanwhile", || async {
        let words = says(&browser).await;
        (words.contains("Markt") && !words.contains("Rat")).then_some(())
    })
    .await;

    // Who was never here sees what the page itself says.
    controller.kill();
    let stranger = Browser::new(&Looks::german()).await;
    stranger.open(&page).await;
    stranger.wait_for_text("litfass-wall", "Bald mehr.").await;
}
