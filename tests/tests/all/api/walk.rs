//! A press officer makes a token and a webhook in a real browser, and reads what programs can do.

use harness::{Browser, Controller, Looks, Owner, Part, Receiver, at_hand, eventually};

use crate::{
    own_posts::write,
    walk::{LONG, Walker},
};

#[tokio::test(flavor = "multi_thread")]
async fn a_token_and_a_webhook_are_made_in_german() {
    walk(Looks::german()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_and_a_webhook_are_made_in_english() {
    walk(Looks::english()).await;
}

async fn text(browser: &Browser, css: &str) -> String {
    browser.find(css).await.text().await.unwrap()
}

async fn walk(looks: Looks) {
    if !at_hand(Part::Browser) {
        return;
    }
    let receiver = Receiver::new().await;
    let controller = Controller::with_settings(&[("LITFASS_ALLOW", "127.0.0.1")]).await;
    let owner = Owner::new(controller.client(), "museum").await;
    let mut walker = Walker::new(&controller, looks).await;
    walker.log_in("museum@owner.example").await;

    walker.open("/dashboard/tokens").await;
    walker.look("90-no-tokens").await;
    walker.browser.click("#scope-read").await;
    walker.browser.click("main button.btn-primary").await;
    walker.browser.find("#scopes-wrong").await;
    walker.look("91-token-wrong").await;
    walker.browser.fill("#name", &format!("Website {LONG}").chars().take(60).collect::<String>()).await;
    for scope in ["read", "posts", "media", "moderation", "screens", "programmes"] {
        walker.browser.click(&format!("#scope-{scope}")).await;
    }
    walker.browser.click("main button.btn-primary").await;
    let token = text(&walker.browser, "#the-token").await;
    walker.look("92-token-made").await;
    let program = harness::Program::with(controller.client(), &token);
    program.get("/api/v1/stages").await.expect(200);
    walker.open("/dashboard/tokens").await;
    assert!(!walker.browser.client.source().await.unwrap().contains(&token));
    walker.look("93-tokens").await;

    walker.open(&owner.path("webhooks")).await;
    walker.look("94-no-webhooks").await;
    walker.browser.fill("#name", "Archiv").await;
    walker.browser.fill("#address", "http://museum.example/").await;
    walker.browser.click("main button.btn-primary").await;
    walker.browser.find("#address-wrong").await;
    walker.look("95-webhook-wrong").await;
    walker.browser.fill("#address", &receiver.url).await;
    walker.browser.click("main button.btn-primary").await;
    let secret = text(&walker.browser, "#the-secret").await;
    walker.look("96-webhook-made").await;
    receiver.answer(&[500]);
    write(&owner, &[("text", "Sommerfest")]).await;
    // By the jobs of the program alone, again after the refusal.
    let signed = async || receiver.messages().iter().filter(|one| one.is_signed_with(&secret)).count();
    eventually("the post is told", || async { (signed().await >= 2).then_some(()) }).await;
    walker.browser.client.refresh().await.ok();
    walker.open(&owner.path("webhooks")).await;
    walker.look("97-webhooks").await;
    walker.browser.click(".hook-list a").await;
    walker.browser.find(".badge-good").await;
    walker.look("98-webhook").await;

    walker.open("/api").await;
    walker.look("99-api").await;
    walker.browser.run("document.querySelectorAll('details').forEach(one => { one.open = true })").await;
    walker.look("99-api-open").await;
    walker.assert_clean(&["session", "xsrf"]).await;
}
