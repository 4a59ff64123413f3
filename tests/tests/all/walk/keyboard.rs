//! The editor without a mouse: found, filled in, put in order, published and undone with a few keys.

use harness::{Browser, Controller, Looks, Owner, Part, at_hand, eventually};
use serde_json::json;

use super::Walker;

/// A page has no more stops than that.
const MOST_STOPS: usize = 120;

#[tokio::test(flavor = "multi_thread")]
async fn a_slide_is_added_moved_and_published_by_keyboard_alone() {
    for looks in [Looks::german(), Looks::english()] {
        if !at_hand(Part::Browser) {
            return;
        }
        let controller = Controller::new().await;
        let owner = Owner::new(controller.client(), "museum").await;
        let walker = Walker::new(&controller, looks).await;
        walker.log_in("museum@owner.example").await;
        let browser = &walker.browser;

        walker.open(&owner.path(&format!("programmes/{}", owner.stage_id))).await;
        follow(browser, ".region:first-child .region-head a").await;
        follow(browser, "a[href*='kind=announcement']").await;
        go_to(browser, "#headline").await;
        type_text(browser, "Heute offen").await;
        go_to(browser, "#seconds").await;
        type_text(browser, "12").await;
        follow(browser, ".item-form > .row-actions .btn-primary").await;
        browser.wait_for_text(".region:first-child .item:last-child", "12").await;

        // Up: the keyboard stays with the slide.
        press_on(browser, ".region:first-child .item:last-child button[value=up]").await;
        browser.wait_for_text(".region:first-child .item:first-child", "Heute offen").await;
        eventually("the keyboard is where it was", || async {
            let inside = "return document.querySelector('.item:first-child').contains(document.activeElement)";
            (browser.run(inside).await == true).then_some(())
        })
        .await;
        // Held back, by the menu of the slide.
        press_on(browser, ".region:first-child .item:first-child summary").await;
        press_on(browser, ".region:first-child .item:first-child button[value=pause]").await;
        browser.find(".region:first-child .item:first-child.is-paused").await;
        press_on(browser, ".state button[value=undo]").await;
        browser.find(".region:first-child .item:first-child:not(.is-paused)").await;
        // Later, but not without a time: the keyboard is in the field that says so.
        press_on(browser, ".later summary").await;
        press_on(browser, ".later-form button").await;
        browser.find("#at-wrong").await;
        eventually("the keyboard is at the time", || async {
            (browser.run("return document.activeElement.id").await == "at").then_some(())
        })
        .await;
        press_on(browser, ".state .btn-primary").await;
        browser.find(".state .badge-good").await;
    }
}

/// Presses a key.
async fn press(browser: &Browser, key: &str, code: u32) {
    let text = match key {
        "Enter" => json!({ "text": "\r" }),
        _ => json!({}),
    };
    for kind in ["keyDown", "keyUp"] {
        let mut event = json!({ "type": kind, "key": key, "code": key, "windowsVirtualKeyCode": code });
        if kind == "keyDown"
            && let (Some(event), Some(text)) = (event.as_object_mut(), text.as_object())
        {
            event.extend(text.clone());
        }
        browser.devtools("Input.dispatchKeyEvent", event).await;
    }
}

/// Types where the keyboard is.
async fn type_text(browser: &Browser, text: &str) {
    browser.devtools("Input.insertText", json!({ "text": text })).await;
}

/// Goes on with the tab key until the keyboard is at an element.
async fn go_to(browser: &Browser, css: &str) {
    browser.find(css).await;
    let there = format!("return document.activeElement.matches(\"{css}\")");
    for _ in 0..MOST_STOPS {
        if browser.run(&there).await == true {
            return;
        }
        press(browser, "Tab", 9).await;
    }
    panic!("the tab key does not lead to {css} on {}", browser.path().await);
}

/// Goes to a button and presses it.
async fn press_on(browser: &Browser, css: &str) {
    go_to(browser, css).await;
    press(browser, "Enter", 13).await;
}

/// Goes to a link or a button that leads to another page, and waits for that.
async fn follow(browser: &Browser, css: &str) {
    browser.run("window.left = true").await;
    press_on(browser, css).await;
    eventually(&format!("another page after {css}"), || async {
        (browser.run("return window.left !== true && document.readyState === 'complete'").await == true).then_some(())
    })
    .await;
}
