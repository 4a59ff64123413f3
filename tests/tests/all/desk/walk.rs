//! The desk in real browsers: with the keyboard alone, with a colleague at it at the same time, and without scripts.

use harness::{Browser, Controller, FeedServer, Looks, Owner, Part, Post, at_hand, eventually};
use serde_json::json;
use sqlx::{AssertSqlSafe, Connection, Executor, SqliteConnection};

use super::colleague;
use crate::walk::{LONG, Walker};

/// What a person looks for, in their language.
struct Words {
    hidden: &'static str,
    shown: &'static str,
    pinned: &'static str,
    by_anna: &'static str,
    one_new: &'static str,
    two_chosen: &'static str,
    undone: &'static str,
}

const GERMAN: Words = Words {
    hidden: "Verborgen",
    shown: "Sichtbar",
    pinned: "Angeheftet",
    by_anna: "von Anna verborgen",
    one_new: "1 neuer Beitrag",
    two_chosen: "2 ausgewählt",
    undone: "wieder, wie er war",
};
const ENGLISH: Words = Words {
    hidden: "Hidden",
    shown: "Shown",
    pinned: "Pinned",
    by_anna: "hidden by Anna",
    one_new: "1 new post",
    two_chosen: "2 selected",
    undone: "as it was",
};

#[tokio::test(flavor = "multi_thread")]
async fn two_people_at_one_desk_in_german() {
    walk(Looks::german(), &GERMAN).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_people_at_one_desk_in_english() {
    walk(Looks::english(), &ENGLISH).await;
}

/// Presses a key where the keyboard is.
async fn press(browser: &Browser, key: &str) {
    let (code, text) = match key {
        "Enter" => (13, Some("\r")),
        "Escape" => (27, None),
        "ArrowDown" => (40, None),
        " " => (32, Some(" ")),
        letter => (0, Some(letter)),
    };
    for kind in ["keyDown", "keyUp"] {
        let mut event = json!({ "type": kind, "key": key, "windowsVirtualKeyCode": code });
        if let Some(text) = text.filter(|_| kind == "keyDown") {
            event["text"] = json!(text);
        }
        browser.devtools("Input.dispatchKeyEvent", event).await;
    }
}

/// Waits until the keyboard is on the post with this headline.
async fn is_at(browser: &Browser, title: &str) {
    let called = "return document.activeElement.closest('.desk-row')?.querySelector('h2')?.textContent ?? ''";
    eventually(&format!("the keyboard is on {title}"), || async {
        (browser.run(called).await.as_str() == Some(title)).then_some(())
    })
    .await;
}

/// What stands on the post with this headline.
async fn says(browser: &Browser, title: &str, words: &str) {
    let row = format!(
        "return Array.from(document.querySelectorAll('.desk-row')).find(
            row => row.querySelector('h2')?.textContent === '{title}')?.innerText ?? ''"
    );
    eventually(&format!("{title} says {words}"), || async {
        browser.run(&row).await.as_str().is_some_and(|text| text.contains(words)).then_some(())
    })
    .await;
}

async fn walk(looks: Looks, words: &Words) {
    if !at_hand(Part::Browser) {
        return;
    }
    let feed = FeedServer::new().await;
    let host = feed.url_of("").trim_start_matches("http://").to_owned();
    let controller = Controller::with_settings(&[("LITFASS_ALLOW", &host), ("LITFASS_FEED_INTERVAL", "1")]).await;
    let owner = Owner::new(controller.client(), "museum").await;
    let mut ada = Walker::new(&controller, looks.clone()).await;
    ada.log_in("museum@owner.example").await;
    ada.open("/dashboard/desk").await;
    ada.look("50-desk-empty").await;
    fill(&owner, &feed).await;

    by_keyboard(&mut ada, words).await;
    let file = controller.data().join("litfass.db");
    let mut database = SqliteConnection::connect(&format!("sqlite://{}", file.display())).await.unwrap();
    database.execute(AssertSqlSafe(colleague("museum", "Anna", "moderator"))).await.unwrap();
    let mut anna = Walker::new(&controller, looks.clone()).await;
    anna.log_in("anna@museum.example").await;
    together(&mut ada, &mut anna, &feed, words).await;
    anna.look("59-desk-of-a-colleague").await;
    filters(&mut ada).await;
    without_scripts(&controller, looks, words).await;
    anna.assert_clean(&["session", "xsrf"]).await;
    ada.assert_clean(&["session", "xsrf"]).await;
}

/// Posts of every length, and a topic.
async fn fill(owner: &Owner, feed: &FeedServer) {
    let fields = [("name", "Bäder"), ("what", "save"), ("at", "0.any"), ("is", "words"), ("text", "Schwimmhalle")];
    owner.client.post(&owner.path("topics"), &fields).await.expect(303);
    feed.serve_picture("/first.png", 1200, 800, [200, 90, 40]);
    for number in 1..=7 {
        let post = Post::new(&number.to_string(), &format!("Meldung {number}"), "<p>Das Freibad öffnet morgen.</p>");
        feed.append(if number == 6 { post.with_picture("/first.png") } else { post });
    }
    feed.append(Post::new("8", LONG, &format!("<p>{LONG} {}</p>", "Ein sehr langer Text. ".repeat(60))));
    owner.link(&feed.url()).await;
    for number in 1..=7 {
        owner.newsroom_says(&format!("Meldung {number}")).await;
    }
    owner.newsroom_says(LONG).await;
}

async fn by_keyboard(ada: &mut Walker, words: &Words) {
    ada.open("/dashboard/desk").await;
    ada.look("51-desk-many").await;
    let browser = &ada.browser;
    let first = browser.run("return document.querySelector('.desk-row h2').textContent").await;
    let second = browser.run("return document.querySelectorAll('.desk-row h2')[1].textContent").await;
    let third = browser.run("return document.querySelectorAll('.desk-row h2')[2].textContent").await;
    let [first, second, third] = [&first, &second, &third].map(|title| title.as_str().unwrap().to_owned());

    press(browser, "j").await;
    is_at(browser, &first).await;
    press(browser, "ArrowDown").await;
    is_at(browser, &second).await;
    // Hidden, and at once on to the next; then all is as it was.
    press(browser, "h").await;
    says(browser, &second, words.hidden).await;
    is_at(browser, &third).await;
    press(browser, "u").await;
    says(browser, &second, words.shown).await;
    browser.wait_for_text("#desk-toast", words.undone).await;
    press(browser, "i").await;
    says(browser, &third, words.pinned).await;
    press(browser, "k").await;
    is_at(browser, &second).await;
    // Topics: the window has the keyboard, and gives it back.
    press(browser, "t").await;
    browser.find("#desk-topics[open] input[name=belongs]").await;
    press(browser, " ").await;
    press(browser, "Enter").await;
    says(browser, &second, "Bäder").await;
    is_at(browser, &second).await;
    // Two at once, and both back with one key.
    press(browser, "x").await;
    press(browser, "J").await;
    browser.wait_for_text("#desk-chosen", words.two_chosen).await;
    ada.look("52-desk-chosen").await;
    let browser = &ada.browser;
    browser.run("document.querySelector('.desk-bulk button[value=hide]').focus()").await;
    press(browser, "Enter").await;
    for title in [&second, &third] {
        says(browser, title, words.hidden).await;
    }
    press(browser, "z").await;
    for title in [&second, &third] {
        says(browser, title, words.shown).await;
    }
    press(browser, "?").await;
    browser.find("#desk-help[open]").await;
    ada.look("53-desk-help").await;
    press(&ada.browser, "Escape").await;
    eventually("the help is closed", || async { (!ada.browser.has("#desk-help[open]").await).then_some(()) }).await;
}

async fn together(ada: &mut Walker, anna: &mut Walker, feed: &FeedServer, words: &Words) {
    ada.browser.run("window.stayed = true").await;
    anna.open("/dashboard/desk").await;
    let (browser, other) = (&ada.browser, &anna.browser);
    browser.run("document.querySelectorAll('.desk-row')[3].focus()").await;
    let title = browser.run("return document.activeElement.querySelector('h2').textContent").await;
    let title = title.as_str().unwrap();
    let id = browser.run("return document.activeElement.id").await;
    let id = id.as_str().unwrap();
    // Anna hides the post that Ada is at: Ada sees it at once, and stays where she is.
    other.click(&format!("#{id} [data-key=h]")).await;
    says(browser, title, words.by_anna).await;
    is_at(browser, title).await;
    browser.wait_for_text("#desk-status", words.by_anna).await;

    // A new post is told, and stands in nobody's way until somebody wants it.
    feed.append(Post::new("9", "Eilmeldung", "<p>Die Schwimmhalle bleibt zu.</p>"));
    browser.wait_for_text("#desk-news", words.one_new).await;
    assert!(!browser.text("#desk-rows").await.contains("Eilmeldung"));
    is_at(browser, title).await;
    ada.look("54-desk-news").await;
    let browser = &ada.browser;
    press(browser, "n").await;
    browser.wait_for_text("#desk-rows", "Eilmeldung").await;
    is_at(browser, title).await;
    let first = browser.run("return document.querySelector('.desk-row h2').textContent").await;
    assert_eq!(first, "Eilmeldung", "where it belongs");
    assert_eq!(browser.run("return window.stayed").await, true, "without a reload");
}

async fn filters(ada: &mut Walker) {
    press(&ada.browser, "/").await;
    ada.browser.fill("#q", "Freibäder").await;
    press(&ada.browser, "Enter").await;
    ada.browser.find(".desk-row mark").await;
    let address = ada.browser.run("return location.search").await;
    assert_eq!(address, "?q=Freib%C3%A4der", "nothing else stands in the address");
    ada.look("55-desk-search").await;
    // A choice applies itself, and the way back leads back.
    ada.browser.click(".desk-more summary").await;
    ada.browser
        .run(
            "const topic = document.getElementById('topic'); topic.value = 'none';
                     topic.dispatchEvent(new Event('change', { bubbles: true }))",
        )
        .await;
    eventually("the topic stands in the address", || async {
        let address = ada.browser.run("return location.search").await;
        address.as_str().is_some_and(|address| address.contains("topic=none")).then_some(())
    })
    .await;
    ada.look("56-desk-filters").await;
    ada.browser.run("history.back()").await;
    eventually("the search before", || async {
        (ada.browser.run("return location.search").await == "?q=Freib%C3%A4der").then_some(())
    })
    .await;
    ada.open("/dashboard/desk?q=gibtesnicht").await;
    ada.look("57-desk-none").await;
}

async fn without_scripts(controller: &Controller, looks: Looks, words: &Words) {
    let walker = Walker::new(controller, Looks { without_scripts: true, ..looks }).await;
    walker.log_in("museum@owner.example").await;
    walker.open("/dashboard/desk?q=Eilmeldung").await;
    walker.browser.click(".desk-row button[value^=hide]").await;
    walker.browser.wait_for_text(".desk-row", words.hidden).await;
    walker.browser.click("#desk-toast form button").await;
    walker.browser.wait_for_text("#desk-toast", words.undone).await;
    walker.browser.wait_for_text(".desk-row", words.shown).await;
}
