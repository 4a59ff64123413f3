//! Topics in a real browser: made, tried, filled and read, with the keyboard alone where it matters, in both languages.

use harness::{Browser, Controller, FeedServer, Looks, Owner, Part, Post, at_hand, eventually};

const DESKTOP: (u32, u32) = (1280, 900);
const PHONE: (u32, u32) = (390, 844);

/// Keeps pictures of a page in four looks and collects what is wrong with it.
async fn look(browser: &Browser, name: &str, language: &str, wrong: &mut Vec<String>) {
    for (size, dark) in [(DESKTOP, false), (DESKTOP, true), (PHONE, true), (PHONE, false)] {
        browser.wear(size, dark).await;
        let width = if size == PHONE { "phone" } else { "desktop" };
        let kind = format!("{name}-{language}-{width}-{}", if dark { "dark" } else { "light" });
        browser.keep_picture(&format!("topics/{kind}")).await;
        let found = browser.accessibility_problems().await;
        wrong.extend(found.into_iter().map(|problem| format!("{kind}: {problem}")));
        let wider = browser.run("return document.documentElement.scrollWidth - innerWidth").await;
        if wider.as_i64().unwrap_or(1) > 0 {
            wrong.push(format!("{kind}: {wider} pixels wider than the window"));
        }
    }
    browser.wear(DESKTOP, false).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn topics_are_made_and_read_in_german() {
    walk(Looks::german(), "Beiträge von 4 werden gefunden").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn topics_are_made_and_read_in_english() {
    walk(Looks::english(), "posts of 4 are found").await;
}

async fn walk(looks: Looks, found: &str) {
    if !at_hand(Part::Browser) {
        return;
    }
    let feed = FeedServer::new().await;
    for (id, title) in [("1", "Freibäder öffnen"), ("2", "Rat tagt"), ("3", "Neue Becken im Freibad"), ("4", "Fest")]
    {
        feed.append(Post::new(id, title, "<p>Mehr dazu morgen.</p>"));
    }
    let host = feed.url_of("").trim_start_matches("http://").to_owned();
    let controller = Controller::with_settings(&[("LITFASS_ALLOW", &host), ("LITFASS_FEED_INTERVAL", "1")]).await;
    let owner = Owner::new(controller.client(), "stadt").await;
    owner.link(&feed.url()).await;
    owner.newsroom_says("Rat tagt").await;
    let browser = Browser::new(&looks).await;
    let language = looks.language;
    let mut wrong = Vec::new();
    let open = async |path: String| browser.open(&format!("{}{path}", controller.url())).await;
    open("/login".to_owned()).await;
    browser.fill("#mail", "stadt@owner.example").await;
    browser.fill("#password", "correct horse battery staple").await;
    browser.click("main button[type=submit]").await;
    browser.find("nav.side").await;

    open(owner.path("topics")).await;
    look(&browser, "01-none", language, &mut wrong).await;
    browser.click("main .empty a").await;
    browser.fill("#name", "Bäder & Donaudampfschifffahrtsgesellschaftskapitäne").await;
    // What a rule takes is shown while it is typed.
    browser.fill("#text-0", "Freibad").await;
    browser.wait_for_text("#caught", "2").await;
    browser.wait_for_text("#caught", found).await;
    look(&browser, "02-editor", language, &mut wrong).await;
    // A row more, by keyboard: the new row has the focus, and what was typed stays.
    browser.run("document.getElementById('add-0-none').focus()").await;
    browser.find("#add-0-none").await.send_keys("\u{E007}").await.unwrap();
    browser.find("#text-1").await;
    eventually("the new row has the focus", || async {
        (browser.run("return document.activeElement.id").await == "is-1").then_some(())
    })
    .await;
    browser.fill("#text-1", "Becken").await;
    browser.wait_for_text("#caught", "1").await;
    let kept = browser.run("return document.getElementById('text-0').value").await;
    assert_eq!(kept, "Freibad");
    browser.click("#drop-1").await;
    eventually("the row is gone", || async { (!browser.has("#text-1").await).then_some(()) }).await;
    // Enter in a field saves.
    browser.find("#text-0").await.send_keys("\u{E007}").await.unwrap();
    browser.find(".topics .topic").await;
    browser.wait_for_text(".topics", "2").await;

    open(owner.path("topics/new")).await;
    browser.fill("#name", "Rat").await;
    browser.fill("#text-0", "Rat").await;
    browser.click(".row-actions .btn-primary").await;
    browser.find(".topics .topic:nth-child(2)").await;
    look(&browser, "03-list", language, &mut wrong).await;
    // Order by keyboard: the button that was pressed keeps the focus.
    let up = browser.run("return document.querySelector('.topic:nth-child(2) button[value=up]').id").await;
    let up = up.as_str().unwrap().to_owned();
    browser.run(&format!("document.getElementById('{up}').focus()")).await;
    browser.find(&format!("#{up}")).await.send_keys("\u{E007}").await.unwrap();
    eventually("the topic is the first", || async {
        let first = browser.text(".topic:nth-child(1) h2").await;
        (first == "Rat").then_some(())
    })
    .await;
    assert_eq!(browser.run("return document.activeElement.id").await, up);

    open(owner.path("posts")).await;
    look(&browser, "04-posts", language, &mut wrong).await;
    browser.click(".post-row:nth-child(1) .post-topics a").await;
    look(&browser, "05-by-hand", language, &mut wrong).await;
    browser.run("document.querySelector('main select').value = 'in'").await;
    browser.click("main form button[type=submit]").await;
    browser.find(".flash").await;

    // The newsroom: a topic's page, alive.
    let visitor = Browser::new(&looks).await;
    visitor.open(&format!("{}/@stadt", controller.url())).await;
    look(&visitor, "06-newsroom", language, &mut wrong).await;
    visitor.click("nav.topics a[href$='kapitaene']").await;
    visitor.wait_for_text("main", "Neue Becken im Freibad").await;
    assert!(!visitor.text("main").await.contains("Rat tagt"));
    look(&visitor, "07-topic", language, &mut wrong).await;
    visitor.run("window.stayed = true").await;
    feed.append(Post::new("5", "Freibad-Fest am Abend", "<p>Bis 23 Uhr.</p>"));
    visitor.wait_for_text("main", "Freibad-Fest am Abend").await;
    let post = controller.find_text("select id from posts where title = 'Neue Becken im Freibad'").await.unwrap();
    owner.client.post(&owner.path(&format!("posts/{post}/hide")), &[]).await.expect(303);
    eventually("the hidden post left the topic", || async {
        (!visitor.text("main").await.contains("Neue Becken im Freibad")).then_some(())
    })
    .await;
    assert_eq!(visitor.run("return window.stayed").await, true, "without a reload");

    let topic = controller.find_text("select id from topics where name like 'B%'").await.unwrap();
    open(owner.path(&format!("topics/{topic}/remove"))).await;
    look(&browser, "08-remove", language, &mut wrong).await;
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    for watched in [&browser, &visitor] {
        let complaints = watched.complaints().await;
        // htmx puts the focus into a new row where the browser itself would not.
        let harmless = ["htmx:sendAbort", "Autofocus processing was blocked"];
        let faults: Vec<_> =
            complaints.iter().filter(|line| !harmless.iter().any(|known| line.contains(known))).collect();
        assert!(faults.is_empty(), "{faults:?}");
    }
}
