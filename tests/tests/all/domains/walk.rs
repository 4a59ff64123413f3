//! A press officer gives the newsroom a domain in a real browser.

use harness::{Controller, Looks, Owner, Part, at_hand};

use super::NameServer;
use crate::walk::{LONG, Walker};

#[tokio::test(flavor = "multi_thread")]
async fn a_domain_is_entered_proven_and_removed_in_german() {
    walk(Looks::german()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_domain_is_entered_proven_and_removed_in_english() {
    walk(Looks::english()).await;
}

async fn walk(looks: Looks) {
    if !at_hand(Part::Browser) {
        return;
    }
    let names = NameServer::new().await;
    let controller = Controller::with_settings(&[("LITFASS_DNS", &names.address.to_string())]).await;
    let owner = Owner::new(controller.client(), "museum").await;
    let mut walker = Walker::new(&controller, looks).await;
    walker.log_in("museum@owner.example").await;

    walker.open(&owner.path("domain")).await;
    walker.look("domain-0-none").await;
    walker.browser.fill("#host", "https://museum.example/").await;
    walker.browser.click("main button.btn-primary").await;
    walker.browser.find("#host-wrong").await;
    walker.look("domain-1-wrong").await;
    let host = format!("käse.{}.example", LONG[..50].to_lowercase());
    walker.browser.fill("#host", &host).await;
    walker.browser.click("main button.btn-primary").await;
    let record = walker.browser.find("#proof-name").await.text().await.unwrap();
    let proof = walker.browser.find("#proof-value").await.text().await.unwrap();
    walker.look("domain-2-waiting").await;
    walker.browser.click("main button.btn-primary").await;
    walker.browser.find("#trouble").await;
    walker.look("domain-3-missing").await;
    names.say(&record, &["v=spf1 include:somebody.example -all"]);
    walker.browser.click("main button.btn-primary").await;
    walker.browser.find("#trouble").await;
    walker.look("domain-4-other").await;
    names.say(&record, &[&proof]);
    names.lead(record.trim_start_matches("_litfass."));
    walker.browser.click("main button.btn-primary").await;
    walker.browser.find(".badge-good").await;
    walker.look("domain-5-proven").await;
    walker.assert_clean(&["session", "xsrf"]).await;
}
