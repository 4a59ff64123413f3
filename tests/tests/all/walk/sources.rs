//! Sources that are fed or told of at an address of ours: their pages in a real browser.

use harness::{
    Controller, FakeHub, FeedServer, HubPlace, Looks, Owner, Part, Post, Sender, at_hand,
    networks::{FakeNetwork, FakePost, FakeYouTube, KEY},
};

use super::{LONG, Walker};

/// What a person looks for, in their language.
struct Words {
    no_name: &'static str,
    once: &'static str,
    awaiting: &'static str,
    told: &'static str,
    working: &'static str,
    waits: &'static str,
}

const GERMAN: Words = Words {
    no_name: "Bitte geben Sie der Quelle einen Namen",
    once: "nur dieses eine Mal",
    awaiting: "Wartet auf Beiträge",
    told: "wird sofort gemeldet",
    working: "Läuft",
    waits: "YouTube gewährt allen Konten dieses Servers",
};
const ENGLISH: Words = Words {
    no_name: "Please give the source a name",
    once: "this one time only",
    awaiting: "Waiting for posts",
    told: "is told at once",
    working: "Working",
    waits: "YouTube grants a certain number of requests",
};

#[tokio::test(flavor = "multi_thread")]
async fn a_webhook_is_linked_and_a_hub_found_in_german() {
    walk(Looks::german(), &GERMAN).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_webhook_is_linked_and_a_hub_found_in_english() {
    walk(Looks::english(), &ENGLISH).await;
}

async fn walk(looks: Looks, words: &Words) {
    if !at_hand(Part::Browser) {
        return;
    }
    let (feed, hub) = (FeedServer::new().await, FakeHub::new().await);
    feed.name_hub(&hub.url(), HubPlace::Header);
    feed.append(Post::new("1", "Neue Ausstellung", "<p>Ab Sonntag.</p>"));
    let hosts = [feed.url_of(""), hub.url().replace("/hub", "")].map(|url| url.replace("http://", "")).join(",");
    let youtube = FakeNetwork::new(Box::new(FakeYouTube)).await;
    youtube.publish(FakePost::new(1, "Rundgang"));
    let hosts = format!("{hosts},{}", youtube.url().replace("http://", ""));
    let network =
        format!("youtube.key={KEY},youtube.api-base={0},youtube.feed-base={0},youtube.quota=2", youtube.url());
    let settings = [("LITFASS_ALLOW", hosts.as_str()), ("LITFASS_NETWORK", network.as_str())];
    let controller = Controller::with_settings(&settings).await;
    let owner = Owner::new(controller.client(), "museum").await;
    let mut walker = Walker::new(&controller, looks).await;
    walker.log_in("museum@owner.example").await;

    walker.open(&owner.path("sources")).await;
    walker.browser.click("a[href$='?network=webhook']").await;
    walker.look("50-webhook").await;
    walker.browser.click("main .form button[type=submit]").await;
    walker.browser.wait_for_text("main", words.no_name).await;
    walker.browser.fill("#address", &format!("Rathaus {}", &LONG[..60])).await;
    walker.browser.click("main .form button[type=submit]").await;
    walker.browser.wait_for_text("main", words.once).await;
    walker.look("51-webhook-secret").await;
    let page = walker.browser.run("return document.documentElement.outerHTML").await;
    let sender = Sender::of_page(controller.client(), page.as_str().unwrap());
    walker.open(&owner.path("sources")).await;
    walker.browser.wait_for_text("#sources", words.awaiting).await;
    // Both by themselves, without a reload.
    let now = i64::try_from(std::time::UNIX_EPOCH.elapsed().unwrap().as_millis()).unwrap();
    sender.send("m1", now, r#"{"id":"1","title":"Wintermarkt"}"#).await.expect(202);
    walker.browser.wait_for_text("#sources", words.working).await;
    owner.link(&feed.url()).await;
    walker.browser.wait_for_text("#sources", words.told).await;
    walker.look("52-sources-told").await;
    let channel = [("network", "youtube"), ("address", "https://www.youtube.com/channel/UCbeispiel00000000000000")];
    owner.client.post(&owner.path("sources"), &channel).await.expect(303);
    walker.browser.wait_for_text("#sources", words.waits).await;
    walker.look("54-sources-waiting").await;
    walker.open(&owner.path(&format!("sources/{}/hook", sender.source_id))).await;
    walker.look("53-webhook-later").await;
    walker.assert_clean(&["session", "xsrf"]).await;
}
