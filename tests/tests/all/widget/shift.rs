//! Nothing on the page moves when posts and pictures come.

use harness::{Browser, Looks, NOON, Part, TestController, at_hand};
use serde_json::{Value, json};

use super::{
    page::{Site, wait_for_cards},
    picture, post, with_posts,
};

const OBSERVER: &str = "window.moved = [];
    new PerformanceObserver(list => list.getEntries().forEach(entry => moved.push({ value: entry.value,
        sources: entry.sources.map(source => (source.node?.nodeName ?? '?') + ' ' + (source.node?.className ?? '')) })))
        .observe({ type: 'layout-shift', buffered: true });";

#[tokio::test(flavor = "multi_thread")]
async fn no_layout_shifts_anything() {
    if !at_hand(Part::Browser) {
        return;
    }
    let wall = TestController::new().await;
    let (_, stage) = with_posts(&wall, &["Ohne Bild"]).await;
    for (number, size) in (0_u8..).zip([(1600, 900), (600, 1000), (800, 800), (1200, 500), (640, 960), (1600, 1200)]) {
        let id = format!("with-{number}");
        let pictures = [picture(&wall, &stage, &id, size, number).await];
        let post = post(&id, &stage.id, &format!("Mit Bild {number}"), NOON - 600_000 - i64::from(number));
        wall.app.store.take_post(&post, &pictures).await.unwrap();
    }
    let site = Site::new().await;
    site.put("/page.js", "text/javascript", OBSERVER);
    site.put("/page.css", "text/css", "litfass-wall { display: block; height: 640px }");
    let browser = Browser::new(&Looks::german()).await;
    // Pictures come late, each time anew.
    browser.devtools("Network.setCacheDisabled", json!({ "cacheDisabled": true })).await;
    let slow = json!({ "offline": false, "latency": 150, "downloadThroughput": -1, "uploadThroughput": -1 });
    browser.devtools("Network.emulateNetworkConditions", slow).await;
    for layout in ["grid", "list", "carousel", "masonry"] {
        let script = format!(
            "<script src=\"{}/widget.js\" data-stage=\"stadt\" data-layout=\"{layout}\" async></script>",
            wall.url
        );
        let element = format!(
            "<script src=\"{}/widget.js\" async></script><litfass-wall stage=\"stadt\" layout=\"{layout}\" height=\"640\">\
             </litfass-wall><p>Darunter steht noch etwas.</p>",
            wall.url
        );
        // As the configurator gives it: the page itself need say nothing of its height.
        let reserved = element.replace(
            "height=\"640\">",
            "height=\"640\"><svg display=\"block\" width=\"1\" height=\"640\" aria-hidden=\"true\"></svg>",
        );
        assert_ne!(reserved, element);
        for (name, head, body) in [
            ("reserved", "<script src=\"/page.js\"></script>", reserved),
            ("script", "<script src=\"/page.js\"></script>", script),
            ("element", "<script src=\"/page.js\"></script><link rel=\"stylesheet\" href=\"/page.css\">", element),
        ] {
            browser.open(&site.page(&format!("/{layout}-{name}"), "", head, &body)).await;
            wait_for_cards(&browser, 7).await;
            see_all_pictures(&browser).await;
            let moved = browser.run("return moved").await;
            assert_eq!(moved, Value::Array(Vec::new()), "{layout} as {name}");
        }
    }
    // The observer can see: something that moves is told.
    browser.run("const box = document.createElement('div'); box.style.height = '99px'; document.querySelector('main').prepend(box)").await;
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    assert_ne!(browser.run("return moved").await, Value::Array(Vec::new()));
}

/// Scrolls through page and wall until every picture has come.
async fn see_all_pictures(browser: &Browser) {
    browser
        .run(
            "return (async () => {
               const wall = document.querySelector('litfass-wall'), root = wall.shadowRoot;
               for (const picture of root.querySelectorAll('img')) {
                 picture.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
                 if (!picture.complete) await new Promise(done => { picture.onload = picture.onerror = done; });
                 if (!picture.naturalWidth) throw new Error('a picture is missing: ' + picture.currentSrc);
                 await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
               }
             })()",
        )
        .await;
}
