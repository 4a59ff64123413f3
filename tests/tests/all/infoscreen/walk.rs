//! An infoscreen in a real browser: it plays, is interrupted, forgets what is hidden, and goes on without its controller.

use std::time::{Duration, Instant};

use controller::store::Below;
use harness::{Browser, Looks, Owner, Part, TestController, at_hand, eventually, within};
use serde_json::json;

use super::{renew, show};
use crate::own_posts::{write, write_with_picture};

const SECOND: Duration = Duration::from_secs(1);

/// What is to be read on the display.
async fn says(browser: &Browser) -> String {
    let read = "return [...document.querySelectorAll('#screen .part.on')].map(part => part.textContent).join(' ')";
    browser.run(read).await.as_str().unwrap_or_default().replace('\u{a0}', " ")
}

async fn wait_for(browser: &Browser, words: &str) {
    eventually(&format!("“{words}” on the display"), || async {
        says(browser).await.contains(words).then_some(())
    })
    .await;
}

/// How many files of media are kept for when there is no network.
async fn kept(browser: &Browser) -> i64 {
    let script = "const done = arguments[arguments.length - 1];
        (async () => {
            let count = 0;
            for (const name of await caches.keys()) {
                const all = await (await caches.open(name)).keys();
                count += all.filter(request => new URL(request.url).pathname.startsWith('/media/')).length;
            }
            return count;
        })().then(done, error => done(String(error)))";
    browser.client.execute_async(script, Vec::new()).await.unwrap().as_i64().expect("a number")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_plays_is_interrupted_and_goes_on_alone() {
    if !at_hand(Part::Browser) {
        return;
    }
    let wall = TestController::new().await;
    controller::jobs::start(&wall.app);
    let owner = Owner::new(wall.client(), "museum").await;
    write_with_picture(&owner, "Der Impfbus kommt").await;
    show(&owner, "programme").await;
    let browser = Browser::new(&Looks::german()).await;
    browser.wear((1280, 720), false).await;

    browser.open(&format!("{}/@museum/screen", wall.url)).await;
    wait_for(&browser, "Der Impfbus kommt").await;
    eventually("the picture is kept", || async { (kept(&browser).await > 0).then_some(()) }).await;
    browser.keep_picture("infoscreen/plays").await;

    let fields = [("headline", "Bitte das Gebäude verlassen"), ("shape", "full"), ("minutes", "5")];
    let start = Instant::now();
    let sent = owner.client.post(&owner.path("alerts"), &fields).await.expect(303);
    within(SECOND, "the alert", || async {
        says(&browser).await.contains("Bitte das Gebäude verlassen").then_some(())
    })
    .await;
    println!("an alert was to be seen after {:?}", start.elapsed());
    assert!(!says(&browser).await.contains("Impfbus"), "it takes all of the display");
    let alert = sent.location().split('?').next().unwrap().to_owned();
    owner.client.post(&format!("{alert}/end"), &[]).await.expect(303);
    wait_for(&browser, "Der Impfbus kommt").await;

    assert_eq!(browser.complaints().await, Vec::<String>::new());
    assert!(browser.cookie_names().await.is_empty());
    let own = wall.url.trim_start_matches("http://").to_owned();
    assert_eq!(browser.hosts().await.into_iter().collect::<Vec<_>>(), [own]);

    // Without a controller, and opened anew.
    eventually("everything is kept", || async {
        let script = "const done = arguments[arguments.length - 1];
            caches.match('/@museum/screen').then(found => done(Boolean(found)), () => done(false))";
        let there = browser.client.execute_async(script, Vec::new()).await.unwrap() == json!(true);
        (there && browser.run("return Boolean(navigator.serviceWorker.controller)").await == json!(true)).then_some(())
    })
    .await;
    let address = format!("{}/@museum/screen", wall.url);
    drop(wall);
    eventually("the controller is gone", || async {
        let asked = "const done = arguments[arguments.length - 1];
            fetch('/screen/time', { cache: 'no-store' }).then(() => done(true), () => done(false))";
        (browser.client.execute_async(asked, Vec::new()).await.unwrap() == json!(false)).then_some(())
    })
    .await;
    browser.open(&address).await;
    wait_for(&browser, "Der Impfbus kommt").await;
    let drawn = "return [...document.querySelectorAll('#screen img')].some(image => image.naturalWidth > 0)";
    eventually("the picture without a network", || async { (browser.run(drawn).await == json!(true)).then_some(()) })
        .await;
    browser.keep_picture("infoscreen/plays-alone").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_hidden_leaves_the_display_and_what_it_keeps_within_a_second() {
    if !at_hand(Part::Browser) {
        return;
    }
    let wall = TestController::new().await;
    controller::jobs::start(&wall.app);
    let owner = Owner::new(wall.client(), "museum").await;
    write(&owner, &[("text", "Das Freibad öffnet")]).await;
    wall.wait_secs(60);
    write_with_picture(&owner, "Der Impfbus kommt").await;
    let id =
        wall.app.store.list_shown_posts(&owner.stage_id, &Below::default(), wall.app.clock.now(), 5).await.unwrap();
    let id = id.iter().find(|post| post.title.is_some()).expect("the post").id.clone();
    let secret = renew(&owner).await;
    for base in ["/@museum/screen", &secret] {
        owner.client.post(&owner.path(&format!("posts/{id}/show")), &[]).await.expect(303);
        let browser = Browser::new(&Looks::german()).await;
        browser.open(&format!("{}{base}?rotate=90", wall.url)).await;
        // It comes round again.
        wait_for(&browser, "Der Impfbus kommt").await;
        eventually("the picture is kept", || async { (kept(&browser).await > 0).then_some(()) }).await;
        eventually("a quiet moment", || async { says(&browser).await.contains("Der Impfbus kommt").then_some(()) })
            .await;

        let start = Instant::now();
        owner.client.post(&owner.path(&format!("posts/{id}/hide")), &[]).await.expect(303);
        within(SECOND, "the hidden post has gone", || async {
            (!says(&browser).await.contains("Impfbus")).then_some(())
        })
        .await;
        println!("a hidden post was gone after {:?} at {}", start.elapsed(), base.len());
        within(SECOND, "its picture has gone", || async { (kept(&browser).await == 0).then_some(()) }).await;
        wait_for(&browser, "Das Freibad öffnet").await;
        assert!(
            browser
                .run("return document.getElementById('screen').style.transform")
                .await
                .to_string()
                .contains("rotate(90deg)")
        );
        let complaints = browser.complaints().await;
        assert!(complaints.is_empty(), "{complaints:?}");
        if base == secret {
            let place = owner.path(&format!("programmes/{}/browsers", owner.stage_id));
            owner.client.post(&place, &[("what", "close")]).await.expect(303);
            wait_for(&browser, "Hier wird nichts mehr gezeigt").await;
            let names = "const done = arguments[arguments.length - 1]; caches.keys().then(done)";
            eventually("nothing is kept any more", || async {
                (browser.client.execute_async(names, Vec::new()).await.unwrap() == json!([])).then_some(())
            })
            .await;
            browser.keep_picture("infoscreen/ended").await;
        }
    }
}
