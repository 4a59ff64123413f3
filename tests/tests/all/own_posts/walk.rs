//! A press officer at work in a real browser: pictures sent as soon as they are chosen, the card beside the form, times,
//! and what becomes of a post.

use std::path::Path;

use harness::{Browser, Controller, FeedServer, Looks, Owner, Part, Post, at_hand, eventually};

use crate::walk::{LONG, Walker};

/// What a person looks for, in their language.
struct Words {
    missing: &'static str,
    no_picture: &'static str,
    order: &'static str,
    published: &'static str,
    planned: &'static str,
    draft: &'static str,
    pinned: &'static str,
}

const GERMAN: Words = Words {
    missing: "Bitte schreiben Sie etwas",
    no_picture: "kein Bild, das wir zeigen können",
    order: "verschwinden, bevor er erscheint",
    published: "Veröffentlicht.",
    planned: "Geplant für den 24. Dezember 2099, 18:00 Uhr",
    draft: "Entwurf",
    pinned: "Angeheftet",
};
const ENGLISH: Words = Words {
    missing: "Please write something",
    no_picture: "not a picture we can show",
    order: "would go before it appears",
    published: "Published.",
    planned: "Planned for 24 December 2099, 18:00",
    draft: "Draft",
    pinned: "Pinned",
};

#[tokio::test(flavor = "multi_thread")]
async fn a_post_is_written_in_german() {
    walk(Looks::german(), &GERMAN).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_post_is_written_in_english() {
    walk(Looks::english(), &ENGLISH).await;
}

async fn walk(looks: Looks, words: &Words) {
    if !at_hand(Part::Browser) {
        return;
    }
    let feed = FeedServer::new().await;
    let host = feed.url_of("").trim_start_matches("http://").to_owned();
    let controller = Controller::with_settings(&[("LITFASS_ALLOW", &host)]).await;
    let owner = Owner::new(controller.client(), "museum").await;
    let files = tempfile::tempdir().unwrap();
    let mut walker = Walker::new(&controller, looks).await;
    walker.log_in("museum@owner.example").await;
    walker.open(&owner.path("posts")).await;
    walker.look("40-no-posts").await;

    write(&mut walker, files.path(), words).await;
    plan(&mut walker, &owner, words).await;
    draft(&mut walker, &owner, words).await;
    from_elsewhere(&mut walker, &controller, &owner, &feed).await;
    sort_out(&mut walker, &owner, words).await;
    walker.assert_clean(&["session", "xsrf"]).await;
}

/// Chooses files, as the window for files does.
async fn choose(browser: &Browser, paths: &[&Path]) {
    let input = browser.find("#pictures-file").await;
    let all: Vec<_> = paths.iter().map(|path| path.display().to_string()).collect();
    input.send_keys(&all.join("\n")).await.unwrap();
}

async fn count(browser: &Browser, css: &str, wanted: u64) {
    eventually(&format!("{wanted} of {css}"), || async {
        let found = browser.run(&format!("return document.querySelectorAll('{css}').length")).await;
        (found == wanted).then_some(())
    })
    .await;
}

fn picture(folder: &Path, name: &str, shade: u8) -> std::path::PathBuf {
    let file = folder.join(name);
    image::RgbImage::from_fn(640, 400, |x, y| image::Rgb([(x / 3) as u8, (y / 2) as u8, shade])).save(&file).unwrap();
    file
}

async fn write(walker: &mut Walker, files: &Path, words: &Words) {
    walker.browser.click(".head a.btn-primary, .empty a[href$='/posts/new']").await;
    walker.browser.find("#item-face .is-blank, #item-face.sight-face").await;
    walker.look("41-new-post").await;
    // Nothing at all: said where it is.
    walker.browser.click("button[value=publish]").await;
    walker.browser.wait_for_text("#text-wrong", words.missing).await;
    walker.look("42-post-wrong").await;
    walker.browser.fill("#title", "Sommerfest am Kai").await;
    walker.browser.fill("#text", "Ab drei Uhr, mit Musik und Kuchen.").await;
    walker.browser.wait_for_text("#item-face", "Ab drei Uhr").await;
    // The Enter key looks, and publishes nothing.
    walker.browser.find("#title").await.send_keys("\u{e007}").await.unwrap();
    let (one, two) = (picture(files, "one.png", 20), picture(files, "two.png", 220));
    let text = files.join("text.jpg");
    std::fs::write(&text, "only words").unwrap();
    choose(&walker.browser, &[&text]).await;
    walker.browser.wait_for_text("#pictures-wrong", words.no_picture).await;
    choose(&walker.browser, &[&one]).await;
    count(&walker.browser, ".series > li", 1).await;
    choose(&walker.browser, &[&two]).await;
    count(&walker.browser, ".series > li", 2).await;
    count(&walker.browser, "#item-face img", 2).await;
    let order = "return Array.from(document.querySelectorAll('.series input[type=checkbox]')).map(box => box.value)";
    let before = walker.browser.run(order).await;
    walker.browser.fill(".series li:first-child input[name^=pictures_alt_]", "Ein Zelt am Wasser").await;
    // The second one first, by keyboard.
    walker.browser.run("document.querySelector('.series li:last-child [data-move=up]').focus()").await;
    walker.browser.run("document.activeElement.click()").await;
    let after = walker.browser.run(order).await;
    assert_eq!((&after[0], &after[1]), (&before[1], &before[0]));
    eventually("the card in the new order", || async {
        let alt = walker.browser.run("return document.querySelectorAll('#item-face img')[1]?.alt").await;
        (alt == "Ein Zelt am Wasser").then_some(())
    })
    .await;
    walker.look("43-post-typed").await;
    walker.browser.click("button[value=publish]").await;
    walker.browser.wait_for_text("#flashes", words.published).await;
    walker.look("44-published").await;
    // The order is kept, and what is to be seen.
    walker.browser.click(".post-small-acts a").await;
    walker.browser.find(".series").await;
    assert_eq!(walker.browser.run(order).await, after);
    walker.look("45-edit").await;
}

async fn plan(walker: &mut Walker, owner: &Owner, words: &Words) {
    walker.open(&owner.path("posts/new")).await;
    walker.browser.fill("#text", &format!("Weihnachten {LONG}")).await;
    let set = |name: &str, value: &str| format!("document.getElementById('{name}').value = '{value}'");
    walker.browser.run(&set("publish", "2099-12-24T18:00")).await;
    walker.browser.run(&set("until", "2099-12-24T17:00")).await;
    walker.browser.click("button[value=publish]").await;
    walker.browser.wait_for_text("#until-wrong", words.order).await;
    walker.look("46-times-wrong").await;
    walker.browser.run(&set("until", "2099-12-26T00:00")).await;
    walker.browser.click("button[value=publish]").await;
    walker.browser.wait_for_text(".post-rows", words.planned).await;
}

async fn draft(walker: &mut Walker, owner: &Owner, words: &Words) {
    for text in ["معرض جديد في المتحف", "Noch ohne Schluss"] {
        walker.open(&owner.path("posts/new")).await;
        walker.browser.fill("#text", text).await;
        walker.browser.click("button[value=draft]").await;
        walker.browser.wait_for_text(".post-rows", words.draft).await;
    }
    walker.look("47-states").await;
    walker.open(&owner.path("posts?filter=waiting")).await;
    walker.look("48-waiting").await;
}

/// Of an imported post it can be said until when, and what is to be seen.
async fn from_elsewhere(walker: &mut Walker, controller: &Controller, owner: &Owner, feed: &FeedServer) {
    feed.serve_picture("/boat.png", 640, 480, [200, 90, 40]);
    feed.append(Post::new("1", "Aus dem Feed", "<p>Kurz.</p>").with_picture("/boat.png"));
    owner.link(&feed.url()).await;
    owner.newsroom_says("Aus dem Feed").await;
    walker.open(&owner.path("posts")).await;
    let id = controller.find_text("select id from posts where title = 'Aus dem Feed'").await.unwrap();
    walker.browser.click(&format!("#post-{id} .post-small-acts a")).await;
    walker.browser.fill("#alt-1", "Ein Boot im Abendlicht").await;
    walker.look("49-from-elsewhere").await;
    walker.browser.click("main form .btn-primary").await;
    walker.browser.find(".flash").await;
    owner.newsroom_says("Ein Boot im Abendlicht").await;
}

async fn sort_out(walker: &mut Walker, owner: &Owner, words: &Words) {
    walker.open(&owner.path("posts?filter=shown")).await;
    walker.browser.click(".post-row:last-child form[action$='/pin'] button").await;
    walker.browser.wait_for_text(".post-row:first-child", words.pinned).await;
    walker.look("50-pinned").await;
    walker.open("/@museum").await;
    walker.look("51-newsroom").await;
    walker.browser.click("main article:last-child h2 a").await;
    walker.look("52-post").await;
    walker.open(&owner.path("posts?filter=shown")).await;
    walker.browser.click(".post-row:last-child .post-small-acts a").await;
    walker.browser.click("a[href$='/delete']").await;
    walker.look("53-delete").await;
    walker.browser.click("main form .btn-danger").await;
    walker.browser.find(".flash").await;
    assert!(!owner.newsroom().await.contains("Sommerfest am Kai"));
}
