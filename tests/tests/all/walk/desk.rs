//! The editor by mouse: files sent and looked at before they are kept, the preview, groups, history, alerts.

use std::{path::Path, time::Duration};

use harness::{Browser, Controller, Kiosk, Looks, Owner, Part, at_hand, eventually, within};

use super::{Walker, editor::preview};
use crate::uploads::{make, pdf};

/// What a person looks for, in their language.
struct Words {
    no_picture: &'static str,
    busy: &'static str,
    needed: &'static str,
    added: &'static str,
    running: &'static str,
}

const GERMAN: Words = Words {
    no_picture: "kein Bild, das wir zeigen können",
    busy: "Der Film",
    needed: "Bitte laden Sie ein Bild hoch",
    added: "Neu: Sonntag auf der Mole",
    running: "Durchsage läuft",
};
const ENGLISH: Words = Words {
    no_picture: "not a picture we can show",
    busy: "The film",
    needed: "Please send a picture",
    added: "New: Sonntag auf der Mole",
    running: "An alert is on",
};

#[tokio::test(flavor = "multi_thread")]
async fn files_are_sent_looked_at_and_kept_in_german() {
    walk(Looks::german(), &GERMAN).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn files_are_sent_looked_at_and_kept_in_english() {
    walk(Looks::english(), &ENGLISH).await;
}

async fn walk(looks: Looks, words: &Words) {
    let parts = [Part::Browser, Part::Vulkan, Part::Documents, Part::Films];
    if !parts.into_iter().all(at_hand) {
        return;
    }
    let controller = Controller::new().await;
    let owner = Owner::new(controller.client(), "museum").await;
    let files = tempfile::tempdir().unwrap();
    let mut walker = Walker::new(&controller, looks).await;
    walker.log_in("museum@owner.example").await;
    let place = owner.path(&format!("programmes/{}", owner.stage_id));
    let form = |kind: &str| format!("{place}/item?plan=default&region=main&kind={kind}");

    photo(&mut walker, &form("photo"), files.path(), words).await;
    document(&mut walker, &form("document"), files.path()).await;
    film(&mut walker, &form("film"), files.path(), words).await;
    times(&walker, &form("clock")).await;
    walker.open(&format!("{place}/history")).await;
    walker.browser.wait_for_text("main", words.added).await;
    walker.look("31-history").await;
    walker.open(&format!("{place}/calendar")).await;
    walker.look("32-calendar").await;
    walker.open(&format!("{place}/preview?jump=morning")).await;
    walker.browser.find("#preview-face img").await;
    walker.look("33-preview").await;
    let kiosk = Kiosk::headless(&controller.url());
    group_and_alert(&mut walker, &controller, &owner, words).await;
    drop(kiosk);
    walker.assert_clean(&["session", "xsrf"]).await;
}

/// Chooses a file, as the window for files does.
async fn choose(browser: &Browser, field: &str, file: &Path) {
    let input = browser.find(field).await;
    input.send_keys(&file.display().to_string()).await.unwrap();
}

/// Waits for the picture of a form that nobody has sent.
async fn drawn(browser: &Browser) {
    let inside = "#item-face img[src^='data:image/png']";
    within(Duration::from_secs(120), "a picture of what is typed", || async {
        browser.has(inside).await.then_some(())
    })
    .await;
}

/// Sends a slide's form.
async fn keep(browser: &Browser) {
    browser.click(".item-form > .row-actions .btn-primary").await;
}

async fn photo(walker: &mut Walker, form: &str, files: &Path, words: &Words) {
    let (text, picture) = (files.join("text.jpg"), files.join("photo.png"));
    std::fs::write(&text, "only words").unwrap();
    image::RgbImage::from_fn(640, 400, |x, y| image::Rgb([(x / 3) as u8, (y / 2) as u8, 90])).save(&picture).unwrap();
    walker.open(form).await;
    // Nothing chosen: said where it is, with the keyboard there.
    keep(&walker.browser).await;
    walker.browser.wait_for_text("#picture-wrong", words.needed).await;
    assert_eq!(walker.browser.run("return document.activeElement.id").await, "picture-file");
    walker.browser.fill("#caption", "Sonntag auf der Mole").await;
    choose(&walker.browser, "#picture-file", &text).await;
    walker.browser.wait_for_text("#picture-wrong", words.no_picture).await;
    walker.look("30-photo-wrong").await;
    choose(&walker.browser, "#picture-file", &picture).await;
    // Sent by itself; now it can be said what is to be seen, before anything is kept.
    drawn(&walker.browser).await;
    walker.browser.fill("input[id^=picture-alt-]", "Ein Steg im Abendlicht").await;
    walker.browser.click(".focus-sight").await;
    walker.look("30-photo-sent").await;
    assert_eq!(walker.browser.run("return document.getElementById('caption').value").await, "Sonntag auf der Mole");
    keep(&walker.browser).await;
    walker.browser.wait_for_text(".items", "Sonntag auf der Mole").await;
    walker.browser.click(".region:first-child .item:last-child .item-title").await;
    let said = "return document.querySelector('input[id^=picture-alt-]').value";
    assert_eq!(walker.browser.run(said).await, "Ein Steg im Abendlicht");
}

async fn document(walker: &mut Walker, form: &str, files: &Path) {
    let file = files.join("menu.pdf");
    std::fs::write(&file, pdf(2, "", "", "")).unwrap();
    walker.open(form).await;
    choose(&walker.browser, "#pages-file", &file).await;
    drawn(&walker.browser).await;
    eventually("two pages", || async {
        (walker.browser.run("return document.querySelectorAll('.is-pages input:checked').length").await == 2)
            .then_some(())
    })
    .await;
    walker.look("30-document-sent").await;
    keep(&walker.browser).await;
    walker.browser.find(".region:first-child .item:last-child .item-face img").await;
}

async fn film(walker: &mut Walker, form: &str, files: &Path, words: &Words) {
    let file = files.join("film.mp4");
    let calm = "-f lavfi -i color=c=navy:size=320x180:rate=25:duration=1 -c:v libx264 -pix_fmt yuv420p";
    std::fs::write(&file, make("film.mp4", calm)).unwrap();
    walker.open(form).await;
    walker.look("30-film").await;
    choose(&walker.browser, "#film-file", &file).await;
    walker.browser.wait_for_text(".film-state", words.busy).await;
    walker.look("30-film-sent").await;
    // It is known on the page: nothing has to be sent twice.
    assert_eq!(walker.browser.run("return document.getElementById('film-file').files.length").await, 0);
    keep(&walker.browser).await;
    walker.browser.find(".region:first-child .item:last-child .film-state, .item:last-child .item-face img").await;
}

/// Who types seconds and days means them, without a further click.
async fn times(walker: &Walker, form: &str) {
    walker.open(form).await;
    walker.browser.fill("#seconds", "20").await;
    walker.browser.click(".fold summary").await;
    walker.browser.click("input[name$=_day][value='0']").await;
    keep(&walker.browser).await;
    walker.browser.wait_for_text(".region:first-child .item:last-child", "20").await;
    walker.browser.find(".region:first-child .item:last-child .fa-calendar-days").await;
    preview(&walker.browser, "#preview-face img").await;
}

async fn group_and_alert(walker: &mut Walker, controller: &Controller, owner: &Owner, words: &Words) {
    owner.pair(controller, "Foyer").await;
    walker.open(&owner.path("screens")).await;
    walker.browser.click(".card-screen h2 a").await;
    walker.browser.fill("#group", "Rathaus").await;
    walker.browser.click(".screen-page .form button[type=submit]").await;
    walker.browser.find(".flash").await;
    walker.open(&owner.path("screens")).await;
    walker.browser.click(".group-head a").await;
    walker.look("34-group").await;
    walker.open(&owner.path("alerts")).await;
    walker.browser.click("main .form button[value=send]").await;
    walker.browser.find("#headline-wrong").await;
    walker.look("35-alert-wrong").await;
    walker.browser.fill("#headline", "Heute früher zu").await;
    walker.browser.click("main .form button[value=send]").await;
    walker.browser.find("#now .badge-good").await;
    // Whoever comes back to the screens later finds it there, and its end.
    walker.open(&owner.path("screens")).await;
    walker.browser.wait_for_text(".alert-running", words.running).await;
    walker.look("36-alert-running").await;
    walker.browser.click(".alert-running a").await;
    walker.browser.click("form[action$='/end'] button").await;
    walker.browser.find(".flash").await;
}
