//! Somebody who moderates, in a real browser: rules tried while they are typed, reasons on the desk, the emergency stop.

use harness::{Browser, Controller, FeedServer, Looks, Owner, Part, Post, at_hand};

use crate::walk::{LONG, Walker};

/// What a person looks for, in their language.
struct Words {
    found: &'static str,
    wrong: &'static str,
    saved: &'static str,
    reason: &'static str,
    stopped: &'static str,
    featured: &'static str,
}

const GERMAN: Words = Words {
    found: "Beitrag von den letzten 3",
    wrong: "Zeile 2",
    saved: "Gespeichert.",
    reason: "steht auf Ihrer Sperrliste",
    stopped: "Die Notbremse ist gezogen.",
    featured: "Hervorgehoben",
};
const ENGLISH: Words = Words {
    found: "post of the latest 3",
    wrong: "Line 2",
    saved: "Saved.",
    reason: "is on your block list",
    stopped: "The emergency stop is on.",
    featured: "Featured",
};

#[tokio::test(flavor = "multi_thread")]
async fn a_stage_is_moderated_in_german() {
    walk(Looks::german(), &GERMAN).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stage_is_moderated_in_english() {
    walk(Looks::english(), &ENGLISH).await;
}

async fn submit(browser: &Browser, css: &str) {
    browser.click(css).await;
}

async fn walk(looks: Looks, words: &Words) {
    if !at_hand(Part::Browser) {
        return;
    }
    let feed = FeedServer::new().await;
    for (id, title) in [("1", "Sommerfest am Kai"), ("2", &format!("Knöllchen {LONG}")), ("3", "Guten Morgen")] {
        feed.append(Post::new(id, title, "<p>Mehr dazu morgen.</p>"));
    }
    let host = feed.url_of("").trim_start_matches("http://").to_owned();
    let controller = Controller::with_settings(&[("LITFASS_ALLOW", &host), ("LITFASS_FEED_INTERVAL", "1")]).await;
    let owner = Owner::new(controller.client(), "museum").await;
    owner.link(&feed.url()).await;
    owner.newsroom_says("Guten Morgen").await;
    let mut walker = Walker::new(&controller, looks).await;
    walker.log_in("museum@owner.example").await;

    walker.open(&owner.path("rules")).await;
    walker.look("60-rules-none").await;
    walker.browser.fill("#words", "knöllchen").await;
    walker.browser.wait_for_text("#found", words.found).await;
    walker.look("61-rules-typed").await;
    walker.browser.fill("#words", "knöllchen\n…").await;
    submit(&walker.browser, "button[value=save]").await;
    walker.browser.wait_for_text("#words-wrong", words.wrong).await;
    walker.look("62-rules-wrong").await;
    walker.browser.fill("#words", "knöllchen").await;
    walker.browser.click("#language-de").await;
    submit(&walker.browser, "button[value=save]").await;
    walker.browser.wait_for_text("#flashes", words.saved).await;
    walker.look("63-rules-saved").await;
    submit(&walker.browser, ".apply button").await;
    walker.browser.find(".flash").await;
    walker.open(&owner.path("posts?filter=queue")).await;
    harness::eventually("the post waits", || async {
        walker.open(&owner.path("posts?filter=queue")).await;
        walker.browser.has(".post-reason").await.then_some(())
    })
    .await;
    walker.browser.wait_for_text(".post-reason", words.reason).await;
    walker.look("64-queue").await;

    walker.open(&owner.path("posts?filter=shown")).await;
    walker.browser.click(".post-row:first-child a[href$='/feature']").await;
    walker.look("65-feature").await;
    submit(&walker.browser, "main form .btn-primary").await;
    walker.browser.wait_for_text("main", words.featured).await;
    walker.look("66-featured").await;
    walker.open("/@museum").await;
    walker.look("67-newsroom-featured").await;

    walker.open(&owner.path("stop")).await;
    walker.look("68-stop").await;
    submit(&walker.browser, "main .btn-danger").await;
    walker.browser.wait_for_text(".stop-sign", words.stopped).await;
    walker.look("69-stopped").await;
    walker.open(&owner.path("posts")).await;
    walker.look("70-stopped-desk").await;
    assert!(!owner.newsroom().await.contains("Guten Morgen"));
    submit(&walker.browser, ".stop-sign button").await;
    owner.newsroom_says("Guten Morgen").await;
    walker.assert_clean(&["session", "xsrf"]).await;
}
