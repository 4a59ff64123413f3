//! The library in a real browser: dropped, sent, described with mouse and keyboard, chosen and deleted; in both languages.

use std::path::Path;

use harness::{Browser, Controller, Looks, Owner, Part, at_hand, eventually};
use serde_json::json;

use crate::{
    uploads::{make, pdf},
    walk::{LONG, Walker},
};

/// What a person looks for, in their language.
struct Words {
    done: &'static str,
    wrong: &'static str,
    gone: &'static str,
    offline: &'static str,
}

const GERMAN: Words =
    Words {
        done: "Fertig", wrong: "können wir nicht zeigen", gone: "Überall gelöscht", offline: "Keine Verbindung"
    };
const ENGLISH: Words =
    Words { done: "Done", wrong: "cannot show this file", gone: "Deleted everywhere", offline: "No connection" };

#[tokio::test(flavor = "multi_thread")]
async fn media_are_dropped_described_and_deleted_in_german() {
    walk(Looks::german(), &GERMAN).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn media_are_dropped_described_and_deleted_in_english() {
    walk(Looks::english(), &ENGLISH).await;
}

async fn walk(looks: Looks, words: &Words) {
    if ![Part::Browser, Part::Documents, Part::Films].into_iter().all(at_hand) {
        return;
    }
    let mut controller = Controller::new().await;
    let owner = Owner::new(controller.client(), "museum").await;
    let folder = tempfile::tempdir().unwrap();
    let mut walker = Walker::new(&controller, looks).await;
    walker.log_in("museum@owner.example").await;

    walker.open(&owner.path("media")).await;
    walker.look("40-media-none").await;
    send(&mut walker, folder.path(), words).await;
    describe(&mut walker).await;
    choose(&walker, &owner).await;
    walker.open(&owner.path("media")).await;
    walker.look("43-media-used").await;
    walker.browser.wear((320, 640), false).await;
    let wider = walker.browser.run("return document.documentElement.scrollWidth - innerWidth").await;
    assert_eq!(wider, 0, "on the narrowest telephones");
    walker.browser.wear((1280, 900), false).await;
    walker.browser.fill("#q", "Steg").await;
    walker.browser.click(".find button").await;
    walker.browser.find(".media-card:only-child").await;
    for cut in ["ERR_CONNECTION_", "ERR_EMPTY", "ERR_SOCKET_NOT_CONNECTED"] {
        walker.expect(cut);
    }
    resume(&mut walker, &mut controller, &owner, folder.path(), words).await;
    walker.open(&owner.path("media?q=Steg")).await;
    walker.browser.click(".media-card a").await;
    walker.browser.click("aside .btn-danger").await;
    walker.look("45-media-delete").await;
    walker.browser.click(".sure .btn-danger").await;
    walker.browser.wait_for_text(".flash", words.gone).await;
    walker.assert_clean(&["session", "xsrf"]).await;
}

/// Writes files of every kind.
fn files(folder: &Path) -> Vec<String> {
    let picture = |name: &str, shade: u8| {
        let file = folder.join(name);
        image::RgbImage::from_fn(960, 640, |x, y| image::Rgb([(x / 5) as u8, (y / 4) as u8, shade]))
            .save(&file)
            .unwrap();
        file
    };
    let film = folder.join("Rundflug.mp4");
    let calm = "-f lavfi -i testsrc2=size=640x360:rate=25:duration=2 -c:v libx264 -pix_fmt yuv420p";
    std::fs::write(&film, make("film.mp4", calm)).unwrap();
    let document = folder.join("Speisekarte.pdf");
    std::fs::write(&document, pdf(2, "", "", "")).unwrap();
    let script = folder.join("skript.svg");
    std::fs::write(&script, "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>").unwrap();
    let all = [picture("Steg.png", 60), picture(&format!("{LONG}.png"), 120), film, document, script];
    all.into_iter().map(|file| file.display().to_string()).collect()
}

/// Drags files over the page and lets them go.
async fn drop_files(browser: &Browser, files: &[String]) {
    let place = browser
        .run(
            "const box = document.getElementById('drop').getBoundingClientRect();
        return [box.left + box.width / 2, box.top + box.height / 2]",
        )
        .await;
    let data = json!({ "items": [], "files": files, "dragOperationsMask": 1 });
    for kind in ["dragEnter", "dragOver", "drop"] {
        let event = json!({ "type": kind, "x": place[0], "y": place[1], "data": data });
        browser.devtools("Input.dispatchDragEvent", event).await;
        if kind == "dragOver" {
            browser.find(".drop.is-over").await;
        }
    }
}

async fn send(walker: &mut Walker, folder: &Path, words: &Words) {
    let files = files(folder);
    drop_files(&walker.browser, &files).await;
    eventually("all have arrived", || async {
        let count = walker.browser.run("return document.querySelectorAll('.piece.is-done').length").await;
        (count == 4).then_some(())
    })
    .await;
    walker.browser.wait_for_text(".piece.is-wrong", words.wrong).await;
    walker.browser.wait_for_text("#pieces", words.done).await;
    walker.look("41-media-sent").await;
    // The list came by itself, and shows the film once it is ready.
    eventually("pictures of all four", || async {
        let count = walker.browser.run("return document.querySelectorAll('.media-card img').length").await;
        (count == 4).then_some(())
    })
    .await;
    // The same file again, by the field: it is known.
    let input = walker.browser.find("#files").await;
    input.send_keys(&files[0]).await.unwrap();
    eventually("it is there already", || async {
        let count = walker.browser.run("return document.querySelectorAll('.piece.is-done').length").await;
        (count == 5).then_some(())
    })
    .await;
    assert_eq!(walker.browser.run("return document.querySelectorAll('.media-card').length").await, 4);
}

/// By mouse and by keyboard.
async fn describe(walker: &mut Walker) {
    walker
        .browser
        .run("[...document.querySelectorAll('.media-card a')].find(a => a.innerText.includes('Steg.png')).click()")
        .await;
    let browser = &walker.browser;
    browser.find("#point .point-dot").await;
    let place = browser.run("const image = document.querySelector('#point img'); image.scrollIntoView({ block: 'center', behavior: 'instant' });
        const box = image.getBoundingClientRect(); return [box.left, box.top, box.width, box.height]").await;
    let at = |part: f64, from: usize| place[from].as_f64().unwrap() + part * place[from + 2].as_f64().unwrap();
    for (kind, x, y, buttons) in
        [("mousePressed", 0.5, 0.5, 1), ("mouseMoved", 0.25, 0.75, 1), ("mouseReleased", 0.25, 0.75, 0)]
    {
        let event = json!({ "type": kind, "x": at(x, 0), "y": at(y, 1), "button": "left", "buttons": buttons, "clickCount": 1 });
        browser.devtools("Input.dispatchMouseEvent", event).await;
    }
    let values = "return ['focus_x', 'focus_y'].map(id => document.getElementById(id).value).join()";
    assert_eq!(browser.run(values).await, "25,75", "dragged");
    assert_eq!(browser.run("return document.activeElement.className").await, "point-dot", "and the keyboard is there");
    for (key, code, shift) in [("ArrowLeft", 37, 0), ("ArrowUp", 38, 8)] {
        let event =
            json!({ "type": "keyDown", "key": key, "code": key, "windowsVirtualKeyCode": code, "modifiers": shift });
        browser.devtools("Input.dispatchKeyEvent", event).await;
    }
    assert_eq!(browser.run(values).await, "24,65", "moved by keys, faster with Shift");
    assert!(browser.text("#point-told").await.contains("24"), "and said");
    browser.fill("#alt", "Ein Steg im Abendlicht").await;
    browser.run("document.getElementById('licence').value = 'cc_by_sa'").await;
    browser.fill("#credit", "Ada Beispiel").await;
    walker.browser.run("scrollTo(0, 0)").await;
    walker.look("42-media-entry").await;
    walker.browser.click("main form .btn-primary").await;
    walker.browser.find(".flash").await;
    assert_eq!(walker.browser.run(values).await, "24,65");
}

/// The editor's slide finds it by a part of its name, and takes over what was said about it.
async fn choose(walker: &Walker, owner: &Owner) {
    walker.open(&owner.path(&format!("programmes/{}/item?plan=default&region=main&kind=photo", owner.stage_id))).await;
    walker.browser.fill("#picture-search", "steg").await;
    eventually("only one is offered", || async {
        let count = walker.browser.run("return document.querySelectorAll('.pictures-choice img').length").await;
        (count == 1).then_some(())
    })
    .await;
    eventually("the keyboard stays in the search", || async {
        (walker.browser.run("return document.activeElement.id").await == "picture-search").then_some(())
    })
    .await;
    walker.browser.click(".pictures-choice label:has(img) input").await;
    walker.browser.find("input[id^=picture-alt-]").await;
    let said = "return document.querySelector('input[id^=picture-alt-]').value";
    assert_eq!(walker.browser.run(said).await, "Ein Steg im Abendlicht");
    walker.browser.click(".item-form > .row-actions .btn-primary").await;
    walker.browser.find(".region:first-child .item:last-child .item-face img").await;
}

/// The controller is killed in the middle of a large film; the page goes on by itself.
async fn resume(walker: &mut Walker, controller: &mut Controller, owner: &Owner, folder: &Path, words: &Words) {
    let film = folder.join("lang.mp4");
    let noise = "-f lavfi -i testsrc2=size=1280x720:rate=25:duration=6,noise=alls=60:allf=t -c:v libx264 -preset ultrafast -crf 1";
    std::fs::write(&film, make("film.mp4", noise)).unwrap();
    walker.open(&owner.path("media")).await;
    let slow = json!({ "offline": false, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 12_000_000 });
    walker.browser.devtools("Network.enable", json!({})).await;
    walker.browser.devtools("Network.emulateNetworkConditions", slow).await;
    walker.browser.find("#files").await.send_keys(&film.display().to_string()).await.unwrap();
    eventually("a part is there", || async {
        let part = walker.browser.run("return document.querySelector('#pieces progress').value").await;
        part.as_i64().is_some_and(|part| part > 20 && part < 95).then_some(())
    })
    .await;
    controller.kill();
    walker.browser.wait_for_text("#pieces", words.offline).await;
    walker.look("44-media-offline").await;
    controller.start_again().await;
    walker
        .browser
        .devtools(
            "Network.emulateNetworkConditions",
            json!({ "offline": false, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 }),
        )
        .await;
    eventually("it went on", || async { walker.browser.has("#pieces .piece.is-done").await.then_some(()) }).await;
    let sent = controller.find_text("select sha256 from library where name = 'lang.mp4'").await.unwrap();
    let whole = std::fs::read(&film).unwrap();
    assert_eq!(sent, shared::hex::encode(&<sha2::Sha256 as sha2::Digest>::digest(&whole)));
}
