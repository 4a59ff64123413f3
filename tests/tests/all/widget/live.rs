//! What moves in an open wall, and when it keeps still.

use std::time::Duration;

use harness::{Browser, Looks, NOON, Part, TestController, at_hand, eventually};
use serde_json::json;

use super::{
    page::{Site, says, wait_for_cards},
    post, with_posts,
};

/// A page with a wall of this layout.
async fn open(wall: &TestController, browser: &Browser, layout: &str) -> Site {
    let site = Site::new().await;
    let script =
        format!("<script src=\"{}/widget.js\" data-stage=\"stadt\" data-layout=\"{layout}\" async></script>", wall.url);
    browser.open(&site.page("/", "", "", &script)).await;
    site
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_comes_in_around_the_focus_and_what_is_gone_goes_at_once() {
    if !at_hand(Part::Browser) {
        return;
    }
    let wall = TestController::new().await;
    let (owner, stage) = with_posts(&wall, &["Freibad", "Rat", "Markt"]).await;
    let browser = Browser::new(&Looks::german()).await;
    let _site = open(&wall, &browser, "grid").await;
    wait_for_cards(&browser, 3).await;
    let focus = "const link = document.querySelector('litfass-wall').shadowRoot.querySelector('article a');
        link.focus({ focusVisible: true }); return link.getRootNode().activeElement === link";
    assert_eq!(browser.run(focus).await, json!(true));

    wall.app.store.take_post(&post("new", &stage.id, "Ganz neu", NOON - 1), &[]).await.unwrap();
    owner.client.post(&owner.path("posts/p1/hide"), &[]).await.expect(303);

    eventually("the withdrawn post has gone", || async { (!says(&browser).await.contains("Rat")).then_some(()) }).await;
    assert!(!says(&browser).await.contains("Ganz neu"), "somebody reads there");
    let kept = "return document.querySelector('litfass-wall').shadowRoot.activeElement.textContent";
    assert_eq!(browser.run(kept).await, json!("Freibad"), "the focus stays where it was");
    browser.run("document.activeElement.shadowRoot.activeElement.blur()").await;
    eventually("what is new comes in", || async { says(&browser).await.contains("Ganz neu").then_some(()) }).await;
    let told = "return document.querySelector('litfass-wall').shadowRoot.querySelector('[role=status]').textContent";
    assert_eq!(browser.run(told).await, json!("Es gibt etwas Neues."));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_follower_sees_what_is_new_since_the_last_visit() {
    if !at_hand(Part::Browser) {
        return;
    }
    let wall = TestController::new().await;
    let (_, stage) = with_posts(&wall, &["Freibad", "Rat"]).await;
    let browser = Browser::new(&Looks::english()).await;
    let site = open(&wall, &browser, "list").await;
    wait_for_cards(&browser, 2).await;
    let button = "document.querySelector('litfass-wall').shadowRoot.querySelector('.buttons button')";
    let new = "return [...document.querySelector('litfass-wall').shadowRoot.querySelectorAll('article:has(.new) .title')].map(title => title.textContent)";
    browser.run(&format!("{button}.click()")).await;
    assert_eq!(
        browser.run(&format!("return [{button}.textContent, {button}.ariaPressed]")).await,
        json!(["Sie folgen", "true"])
    );

    wall.app.store.take_post(&post("new", &stage.id, "Ganz neu", NOON - 1), &[]).await.unwrap();
    wall.wait_secs(3);
    browser.open(&format!("{}/", site.url)).await;
    wait_for_cards(&browser, 3).await;

    assert_eq!(browser.run(new).await, json!(["Ganz neu"]));
    browser.open(&format!("{}/", site.url)).await;
    wait_for_cards(&browser, 3).await;
    assert_eq!(browser.run(new).await, json!([]), "seen is seen");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_carousel_moves_only_while_it_may() {
    if !at_hand(Part::Browser) {
        return;
    }
    let wall = TestController::new().await;
    with_posts(&wall, &["Eins", "Zwei", "Drei", "Vier", "Fünf", "Sechs"]).await;
    let browser = Browser::new(&Looks::german().phone()).await;
    let site = open(&wall, &browser, "carousel").await;
    wait_for_cards(&browser, 6).await;
    let list = "document.querySelector('litfass-wall').shadowRoot.querySelector('.posts')";
    let at = async || browser.run(&format!("return Math.round(Math.abs({list}.scrollLeft))")).await.as_i64().unwrap();
    let press = async |label: &str| {
        let pressed =
            format!("document.querySelector('litfass-wall').shadowRoot.querySelector('[aria-label={label}]').click()");
        browser.run(&pressed).await;
    };
    let moved = async |from: i64| {
        eventually("the carousel moves", || async { (at().await != from).then_some(()) }).await;
        tokio::time::sleep(Duration::from_secs(1)).await;
        at().await
    };

    // Who wants little motion gets none by itself.
    tokio::time::sleep(Duration::from_secs(7)).await;
    assert_eq!(at().await, 0);
    press("Weiter").await;
    let second = moved(0).await;
    press("Zurück").await;
    assert_eq!(moved(second).await, 0);
    press("Zurück").await;
    assert!(moved(0).await > second, "from the first to the last");

    let motion = json!({ "features": [{ "name": "prefers-reduced-motion", "value": "no-preference" }] });
    browser.devtools("Emulation.setEmulatedMedia", motion).await;
    browser.open(&format!("{}/", site.url)).await;
    wait_for_cards(&browser, 6).await;
    let there = moved(0).await;
    assert!(there > 0, "it moves by itself");
    press("Anhalten").await;
    let still = at().await;
    tokio::time::sleep(Duration::from_secs(7)).await;
    assert_eq!(at().await, still, "and stops when it is told to");
    press("Abspielen").await;
    moved(still).await;
}
