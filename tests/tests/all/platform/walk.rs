//! A visitor follows a stage, reads it on their own wall, also without a network, and sees what was withdrawn go.

use std::time::Duration;

use harness::{Browser, Controller, Looks, Owner, Part, at_hand, eventually, within};
use serde_json::{Value, json};

use super::choose;
use crate::own_posts::{write, write_with_picture};

/// What a worker keeps it keeps when it has time, one thing after the other; a busy machine has little.
const PATIENCE: Duration = Duration::from_secs(120);

/// Everything that the browser keeps: paths in its caches, and how many of them.
const KEPT: &str = "return (async () => {
    const kept = {};
    for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        kept[name.split(' ')[1].length > 8 ? 'shell' : name] = (await cache.keys()).map(one => new URL(one.url).pathname).sort();
    }
    const workers = (await navigator.serviceWorker.getRegistrations()).length;
    return JSON.stringify({ kept, workers, local: { ...localStorage }, cookies: document.cookie });
})()";

/// What is on the page.
const SEEN: &str = "return JSON.stringify([navigator.serviceWorker.controller?.state, document.visibilityState,
    [...document.images].map(one => [one.currentSrc, one.complete, one.naturalWidth])])";

async fn kept(browser: &Browser) -> Value {
    serde_json::from_str(browser.run(KEPT).await.as_str().expect("JSON")).unwrap()
}

/// Words of all posts that are kept.
const KEPT_WORDS: &str = "return (async () => {
    const cache = await caches.open('litfass posts');
    const answers = await Promise.all((await cache.keys()).map(one => cache.match(one, { ignoreVary: true })));
    return (await Promise.all(answers.map(one => one.text()))).join();
})()";

fn list<'a>(kept: &'a Value, name: &str) -> Vec<&'a str> {
    kept["kept"][name].as_array().map(|all| all.iter().filter_map(Value::as_str).collect()).unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_followed_stage_is_read_without_a_network_and_what_is_withdrawn_goes() {
    if !at_hand(Part::Browser) {
        return;
    }
    let mut controller = Controller::new().await;
    let (town, club) =
        (Owner::new(controller.client(), "stadt").await, Owner::new(controller.client(), "verein").await);
    for (owner, name) in [(&town, "Stadt Lindenhafen"), (&club, "Ruderverein")] {
        choose(owner, name, "Am Wasser", &[("listed", "true")], Vec::new()).await.expect(303);
    }
    write(&town, &[("title", "Freibad"), ("text", "Offen")]).await;
    write_with_picture(&town, "Der Rat tagt").await;
    let id_of = |title: &str| format!("select id from posts where title = '{title}'");
    let council = controller.find_text(&id_of("Der Rat tagt")).await.unwrap();
    let pool = controller.find_text(&id_of("Freibad")).await.unwrap();
    write(&club, &[("title", "Regatta"), ("text", "Am Sonntag")]).await;
    let browser = Browser::new(&Looks::german()).await;
    let url = controller.url();
    let at = |path: &str| format!("{url}{path}");
    let (home, mine) = (at("/"), at("/wall"));
    let town_key = at("/@stadt");

    // Who only looks leaves no trace.
    browser.open(&home).await;
    browser.find(".is-alive .card").await;
    tokio::time::sleep(Duration::from_millis(800)).await;
    assert_eq!(kept(&browser).await, json!({ "kept": {}, "workers": 0, "local": {}, "cookies": "" }));

    // Following is one click, and the widget's key.
    for handle in ["stadt", "verein"] {
        browser.click(&format!("[data-follow='{handle}']")).await;
        browser.find(&format!("[data-follow='{handle}'][aria-pressed='true']")).await;
    }
    let follow: Value = serde_json::from_str(kept(&browser).await["local"]["litfass"].as_str().unwrap()).unwrap();
    assert!(follow["follow"][&town_key].is_string(), "{follow}");

    // The wall holds both, the newest first, and takes a third as it comes.
    browser.click(".ways a[href='/wall']").await;
    browser.wait_for_text(".wall", "Freibad").await;
    let titles = "return [...document.querySelectorAll('.wall article')].map(one => one.innerText).join('|')";
    let read = browser.run(titles).await.as_str().unwrap().to_owned();
    let order = ["Regatta", "Der Rat tagt", "Freibad"].map(|words| read.find(words).expect(words));
    assert!(order.is_sorted(), "{read}");
    assert!(read.contains("Stadt Lindenhafen") && read.contains("Ruderverein"), "{read}");
    browser.run("window.stayed = true").await;
    write(&club, &[("title", "Bootshaus"), ("text", "Neues Dach")]).await;
    browser.wait_for_text(".wall", "Bootshaus").await;
    assert_eq!(browser.run("return window.stayed").await, true, "without a reload");
    browser.find(".wall .new").await;

    // All of it is kept, and nothing else: not the posts that another page asks for, no page of a member.
    within(PATIENCE, "posts and a picture are kept", || async {
        let kept = kept(&browser).await;
        // Told only if it fails.
        println!("{kept} {}", browser.run(SEEN).await);
        (list(&kept, "litfass posts").len() == 2 && !list(&kept, "litfass pictures").is_empty()).then_some(())
    })
    .await;
    assert!(browser.cookie_names().await.is_empty(), "no cookie for any of this");
    for path in ["/@stadt", "/login", "/dashboard"] {
        browser.open(&at(path)).await;
    }
    browser.run("return fetch('/api/v1/stages/stadt/posts?count=3').then(answer => answer.text())").await;
    let all = kept(&browser).await;
    assert_eq!(list(&all, "litfass posts"), ["/api/v1/stages/stadt/posts", "/api/v1/stages/verein/posts"], "{all}");
    let pages: Vec<_> = list(&all, "shell").into_iter().filter(|path| !path.starts_with("/static/")).collect();
    assert_eq!(pages, ["/", "/imprint", "/privacy", "/wall"], "{all}");
    assert_eq!(all["workers"], 1);

    // Nobody answers any more: everything can be read all the same.
    controller.kill();
    browser.open(&mine).await;
    browser.wait_for_text(".wall", "Freibad").await;
    browser.wait_for_text("#kept", "nicht zu erreichen").await;
    let seen = "const img = document.querySelector('.wall img'); img.scrollIntoView(); return img.decode().then(() => img.naturalWidth)";
    assert!(browser.run(seen).await.as_i64().unwrap_or_default() > 0, "with its picture");
    browser.keep_picture("platform/wall-away").await;
    for path in ["/", "/imprint", "/privacy"] {
        browser.open(&at(path)).await;
        browser.find("main h1").await;
    }

    // Meanwhile a post is withdrawn. With the first sight of the server it is gone, from everywhere.
    controller.change(&format!("update posts set shown = false where id = '{council}'")).await;
    controller.start_again().await;
    browser.open(&mine).await;
    browser.wait_for_text(".wall", "Freibad").await;
    assert!(!browser.text(".wall").await.contains("Der Rat tagt"));
    assert_eq!(browser.text("#kept").await, "");
    assert!(!browser.run(KEPT_WORDS).await.as_str().unwrap().contains("Der Rat tagt"));
    within(PATIENCE, "its picture is gone, too", || async {
        list(&kept(&browser).await, "litfass pictures").is_empty().then_some(())
    })
    .await;

    // What is hidden while the wall is open goes at once.
    let read = browser.run("return document.querySelectorAll('.wall article').length").await.as_i64();
    assert_eq!(read, Some(3));
    town.client.post(&town.path(&format!("posts/{pool}/hide")), &[]).await.expect(303);
    eventually("the wall without it", || async { (!browser.text(".wall").await.contains("Freibad")).then_some(()) })
        .await;

    // Who follows nobody any more has nothing left of it.
    for left in [1, 0] {
        // Found and clicked in one piece: names come in late, and each draws the list anew.
        browser.run("document.querySelector('.followed button').click()").await;
        eventually("one fewer", || async {
            let count = browser.run("return document.querySelectorAll('.followed button').length").await;
            (count == left).then_some(())
        })
        .await;
    }
    browser.find("#nobody:not([hidden])").await;
    within(PATIENCE, "nothing is kept", || async {
        let kept = kept(&browser).await;
        (kept["kept"] == json!({}) && kept["workers"] == 0).then_some(())
    })
    .await;
    assert!(!browser.cookie_names().await.contains("session"), "{:?}", browser.cookie_names().await);
    let own = controller.url().trim_start_matches("http://").to_owned();
    assert_eq!(browser.hosts().await.into_iter().collect::<Vec<_>>(), [own]);
}
