//! A newcomer builds a programme with the mouse, and says something on all screens at once.

use std::time::Duration;

use harness::{Browser, eventually, within};
use serde_json::json;

use super::{LONG, Walker};

/// Takes the first slide of the first playlist by its handle and lets it go below the last.
async fn drag_first_item_to_the_end(browser: &Browser) {
    let script = "const list = document.querySelector('.items');
        list.scrollIntoView({ block: 'center', behavior: 'instant' });
        const grip = list.querySelector('.item-grip').getBoundingClientRect();
        return [grip.left + grip.width / 2, grip.top + grip.height / 2, list.getBoundingClientRect().bottom - 2];";
    let places = browser.run(script).await;
    let (x, from, to) = (&places[0], &places[1], &places[2]);
    for (kind, y, buttons) in [("mousePressed", from, 1), ("mouseMoved", to, 1), ("mouseReleased", to, 0)] {
        let event = json!({ "type": kind, "x": x, "y": y, "button": "left", "buttons": buttons, "clickCount": 1 });
        browser.devtools("Input.dispatchMouseEvent", event).await;
    }
}

/// Waits for a preview; it stands back behind everything else that the machine does.
pub(super) async fn preview(browser: &Browser, css: &str) {
    within(Duration::from_secs(120), "a preview", || async { browser.has(css).await.then_some(()) }).await;
}

/// Says something in the editor of programmes, and on all screens at once.
pub(super) async fn build_programme(walker: &mut Walker) {
    walker.browser.click("nav.side a[href$='/programmes']").await;
    walker.look("18-programmes").await;
    walker.browser.click(".card-programme .btn-secondary").await;
    // The kiosk's own picture of what is edited, beside the editor.
    preview(&walker.browser, "#preview-face img").await;
    walker.look("18-programme").await;
    walker.browser.click(".region:first-child .region-head a").await;
    walker.look("18-programme-add").await;
    walker.browser.click("a[href*='kind=announcement']").await;
    walker.browser.fill("#seconds", "1").await;
    walker.browser.click("#stays-own").await;
    walker.browser.click(".item-form button[type=submit]").await;
    walker.browser.find("#seconds-wrong").await;
    walker.look("18-programme-slide-wrong").await;
    walker.browser.click("#stays-read").await;
    walker.browser.fill("#headline", LONG).await;
    walker.browser.click(".item-form button[type=submit]").await;
    walker.browser.wait_for_text(".items", LONG).await;
    // It is shown alone at once.
    preview(&walker.browser, "#preview-face img").await;
    assert!(
        walker.browser.run("return document.querySelector('#preview-face img').alt").await.to_string().contains(LONG)
    );
    walker.browser.run("scrollTo(0, 0)").await;
    walker.look("18-programme-draft").await;
    walker.browser.run("window.stayed = true").await;
    // By keyboard: up, before the posts; the keyboard stays with the slide.
    walker.browser.run("document.querySelector('.item:last-child button[value=up]').focus()").await;
    walker.browser.run("document.activeElement.click()").await;
    walker.browser.wait_for_text(".item:first-child", LONG).await;
    eventually("the keyboard is where it was", || async {
        let inside = "return document.querySelector('.item:first-child').contains(document.activeElement)";
        (walker.browser.run(inside).await == true).then_some(())
    })
    .await;
    // By mouse: down again, behind them.
    drag_first_item_to_the_end(&walker.browser).await;
    walker.browser.wait_for_text(".item:last-child", LONG).await;
    let taken = "return !document.querySelector('#editor .htmx-request, #desk .htmx-request') \
                 && document.querySelector('.item:last-child button[value=up]') !== null";
    eventually("the drag is taken", || async { (walker.browser.run(taken).await == true).then_some(()) }).await;
    // The bar would lie over it where the page was scrolled to the slide.
    walker.browser.run("scrollTo(0, 0)").await;
    walker.browser.click(".state .btn-primary").await;
    walker.browser.find(".state .badge-good").await;
    assert_eq!(walker.browser.run("return window.stayed").await, true, "without a new page");
    // What was dragged is there, and not only on this page.
    let here = walker.browser.path().await;
    walker.open(&here).await;
    walker.browser.wait_for_text(".item:last-child", LONG).await;
    walker.look("18-programme-published").await;
    for (leaf, name) in
        [("layout?plan=default", "layout"), ("plan", "plan"), ("calendar", "calendar"), ("history", "history")]
    {
        let path = walker.browser.path().await;
        walker.open(&format!("{path}/{leaf}")).await;
        walker.look(&format!("18-programme-{name}")).await;
        walker.open(&path).await;
    }
    walker.browser.click("nav.side a[href$='/screens']").await;
    walker.browser.click("a[href$='/alerts']").await;
    walker.look("18-alert").await;
    walker.browser.fill("#headline", "Bitte das Gebäude verlassen").await;
    // Looked at before it is sent.
    preview(&walker.browser, "#alert-face img").await;
    walker.look("18-alert-preview").await;
    walker.browser.click("main .form button[type=submit]").await;
    // The kiosk says by itself that it shows it.
    walker.browser.find("#now .badge-good").await;
    walker.look("18-alert-on").await;
    walker.browser.click("form[action$='/end'] button").await;
    walker.browser.find(".flash").await;
}
