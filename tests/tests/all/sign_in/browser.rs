//! A sign-in in a real browser: our policy lets it go to the network and come back, and the pages hold no barrier.

use harness::{Browser, Looks, Part, at_hand, closed::Kind};
use serde_json::json;

use super::House;

const DESKTOP: (u32, u32) = (1280, 900);
const PHONE: (u32, u32) = (390, 844);

async fn look(browser: &Browser, name: &str) {
    for (size, dark, kind) in
        [(DESKTOP, false, "desktop-light"), (PHONE, true, "phone-dark"), (PHONE, false, "phone-light")]
    {
        browser.wear(size, dark).await;
        browser.keep_picture(&format!("networks/{name}-{kind}")).await;
        let barriers = browser.accessibility_problems().await;
        assert!(barriers.is_empty(), "{name}-{kind}: {barriers:?}");
        let wider = browser.run("return document.documentElement.scrollWidth - innerWidth").await;
        assert!(wider.as_i64().unwrap_or(1) <= 0, "{name}-{kind}: {wider} pixels wider than the window");
    }
    browser.wear(DESKTOP, false).await;
}

#[tokio::test]
async fn a_browser_goes_to_the_network_and_comes_back() {
    if !at_hand(Part::Browser) {
        return;
    }
    let house = House::new(Kind::Facebook).await;
    house.network.access(|access| access.several = true);
    house.network.append(
        json!({"id": "1_2", "message": "Hallo", "from": {"id": "104455667788", "name": "Stadt Beispielhausen"}}),
    );
    let browser = Browser::new(&Looks::german()).await;
    let place = format!("{}{}", house.wall.url, house.owner.path("sources"));
    browser.open(&place).await;
    browser.fill("#mail", "museum@owner.example").await;
    browser.fill("#password", "correct horse battery staple").await;
    browser.click("button[type=submit]").await;
    browser.wait_for_text("main", "Bei Facebook anmelden").await;
    look(&browser, "sources").await;

    browser.click("form[action$='/sources/sign-in'] button").await;
    browser.wait_for_text("h1", "Litfass wants to read your posts").await;
    browser.click("#deny").await;
    browser.wait_for_text("main", "Es wurde nichts verbunden").await;
    look(&browser, "denied").await;

    browser.click("form[action$='/sources/sign-in'] button").await;
    browser.wait_for_text("h1", "Litfass wants to read your posts").await;
    browser.click("#allow").await;
    browser.wait_for_text("main", "Museum Beispielhausen").await;
    look(&browser, "choice").await;
    browser.click("form[action$='/sources/choice'] button").await;
    browser.wait_for_text("main", "Verbunden.").await;

    house.network.access(harness::closed::Access::revoke_all);
    house.visit().await;
    browser.open(&place).await;
    browser.wait_for_text("main", "Bitte melden Sie sich neu an").await;
    look(&browser, "stopped").await;
    let cookies: Vec<_> = browser.cookie_names().await.into_iter().collect();
    assert_eq!(cookies, ["session", "xsrf"]);
}
