//! Every layout on a page of the demo town: on a telephone, a tablet and a desktop, light and dark, in both languages.

use std::process::Command;

use harness::{Browser, Looks, Part, Process, TestClient, at_hand, eventually, free_port, program};

use super::page::Site;
use crate::walk::Walker;

const SIZES: [(&str, (u32, u32)); 4] =
    [("phone", (390, 844)), ("tablet", (820, 1180)), ("desktop", (1280, 900)), ("narrow", (320, 700))];
const LAYOUTS: [&str; 4] = ["grid", "list", "carousel", "masonry"];

/// A demo without a screen.
struct Demo {
    url: String,
    _process: Process,
    _data: tempfile::TempDir,
}

impl Demo {
    async fn new() -> Self {
        let data = tempfile::tempdir().unwrap();
        let url = format!("127.0.0.1:{}", free_port());
        let mut command = Command::new(program("litfass"));
        command.arg("demo").arg("--data").arg(data.path()).args(["--listen", &url]);
        let demo =
            Self { _process: Process::start("litfass demo", &mut command), url: format!("http://{url}"), _data: data };
        let client = TestClient::new(&demo.url);
        eventually("the demo's posts with their pictures", || async {
            let there = reqwest::get(format!("{}/healthz", demo.url)).await.is_ok();
            if !there {
                return None;
            }
            let page = client.get("/api/v1/stages/lindenhafen/posts?count=30").await;
            let posts = if page.status == 200 { page.json()["posts"].as_array().map_or(0, Vec::len) } else { 0 };
            (posts >= 20).then_some(())
        })
        .await;
        demo
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn walls_are_good_to_look_at_and_to_use() {
    if !at_hand(Part::Browser) {
        return;
    }
    let demo = Demo::new().await;
    let site = Site::new().await;
    site.put("/page.css", "text/css", "body{margin:0;font-family:sans-serif;background:#f2efe9;color:#222}main{max-width:70rem;margin:auto;padding:1rem}@media(prefers-color-scheme:dark){body{background:#111;color:#eee}}");
    let head = "<meta name=\"color-scheme\" content=\"light dark\"><link rel=\"stylesheet\" href=\"/page.css\">";
    let mut wrong = Vec::new();
    for looks in [Looks::german(), Looks::english()] {
        let language = looks.language;
        let browser = Browser::new(&looks).await;
        for layout in LAYOUTS {
            let body = format!(
                "<h2>Aktuelles</h2><script src=\"{}/widget.js\" data-stage=\"lindenhafen\" data-layout=\"{layout}\" \
                 data-count=\"18\" data-language=\"{language}\" async></script>",
                demo.url
            );
            browser.open(&site.page(&format!("/{layout}-{language}"), "", head, &body)).await;
            eventually("the wall", || async {
                let cards = browser.run("return document.querySelector('litfass-wall')?.shadowRoot.querySelectorAll('article').length ?? 0").await;
                (cards == 18).then_some(())
            })
            .await;
            for (device, size) in SIZES {
                for dark in [false, true] {
                    browser.wear(size, dark).await;
                    let kind = format!("{layout}-{language}-{device}-{}", if dark { "dark" } else { "light" });
                    // Pictures come when they are near.
                    browser.run("return (async () => { for (const img of document.querySelector('litfass-wall').shadowRoot.querySelectorAll('img')) { img.loading = 'eager'; await img.decode().catch(() => 0); } })()").await;
                    let problems = browser.accessibility_problems().await;
                    wrong.extend(problems.into_iter().map(|problem| format!("{kind}: {problem}")));
                    let wider = browser.run("return document.documentElement.scrollWidth - innerWidth").await;
                    if wider.as_i64().unwrap_or(1) > 0 {
                        wrong.push(format!("{kind}: {wider} pixels wider than the window"));
                    }
                    if language == "de" {
                        browser.keep_picture(&format!("widget/{kind}")).await;
                    }
                }
            }
        }
        for layout in LAYOUTS {
            browser.open(&format!("{}/embed/@lindenhafen?layout={layout}&language={language}&count=9", demo.url)).await;
            for (device, dark) in [("phone", false), ("desktop", true), ("narrow", false)] {
                browser.wear(SIZES.iter().find(|size| size.0 == device).unwrap().1, dark).await;
                let kind = format!("frame-{layout}-{language}-{device}");
                let problems = browser.accessibility_problems().await;
                wrong.extend(problems.into_iter().map(|problem| format!("{kind}: {problem}")));
                if browser.run("return document.documentElement.scrollWidth - innerWidth").await.as_i64().unwrap_or(1)
                    > 0
                {
                    wrong.push(format!("{kind}: wider than the window"));
                }
                browser.keep_picture(&format!("widget/{kind}")).await;
            }
        }
        let complaints = browser.complaints().await;
        wrong.extend(complaints.into_iter().map(|line| format!("console: {line}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_where_it_is_set_up_follows_every_choice() {
    if !at_hand(Part::Browser) {
        return;
    }
    for looks in [Looks::german(), Looks::english()] {
        let controller = harness::Controller::new().await;
        let owner = harness::Owner::new(controller.client(), "stadt").await;
        let long = crate::walk::LONG;
        for title in ["Freibad öffnet", "Rat tagt", long] {
            crate::own_posts::write(&owner, &[("title", title), ("text", "Alles dazu."), ("publish", "")]).await;
        }
        let mut walker = Walker::new(&controller, looks).await;
        walker.log_in("stadt@owner.example").await;
        walker.open(&owner.path("widget")).await;
        let browser = &walker.browser;
        let shows = async |css: &str| {
            let script =
                format!("return document.querySelector('litfass-wall')?.shadowRoot?.querySelector({css:?}) != null");
            eventually(css, || async { browser.run(&script).await.as_bool().unwrap_or(false).then_some(()) }).await;
        };
        shows(".wall.grid article").await;
        walker.look("widget-setup").await;
        let browser = &walker.browser;
        let shows = async |css: &str| {
            let script =
                format!("return document.querySelector('litfass-wall')?.shadowRoot?.querySelector({css:?}) != null");
            eventually(css, || async { browser.run(&script).await.as_bool().unwrap_or(false).then_some(()) }).await;
        };
        browser.run("const s = document.querySelector('#layout'); s.value = 'carousel'; s.dispatchEvent(new Event('input', { bubbles: true }))").await;
        shows(".wall.carousel article").await;
        browser.wait_for_text("#snippet-plain", "data-layout=\"carousel\"").await;
        browser.run("const s = document.querySelector('#theme'); s.value = 'dark'; s.dispatchEvent(new Event('input', { bubbles: true }))").await;
        shows(".wall.carousel[data-theme=dark]").await;
        browser.wait_for_text("#snippet-frame", "theme=dark").await;
        walker.look("widget-setup-carousel").await;
        walker.assert_clean(&["session", "xsrf"]).await;
    }
}
