//! What `make run` starts: a controller and networks that are played, so that all of them can be linked by hand.

use std::{
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

use harness::{Browser, Looks, Part, Process, TestClient, at_hand, eventually, free_port, program, root, within};

const DESKTOP: (u32, u32) = (1280, 900);
const PHONE: (u32, u32) = (390, 844);
/// Networks with a sign-in, and what their button is called after.
const SIGNED: [(&str, &str); 5] =
    [("instagram", "Instagram"), ("tiktok", "TikTok"), ("x", "X"), ("linkedin", "LinkedIn"), ("facebook", "Facebook")];
/// The others, and how their lines in the terminal begin.
const TYPED: [(&str, &str); 5] = [
    ("mastodon", "Mastodon"),
    ("pixelfed", "Pixelfed"),
    ("bluesky", "Bluesky"),
    ("youtube", "YouTube"),
    ("feed", "Website"),
];

/// The script behind `make run`, with programs that are built already.
struct Demo {
    process: Process,
    url: String,
}

impl Demo {
    async fn start(folder: &Path) -> Self {
        let port = free_port();
        let mut command = Command::new("bash");
        command.arg(root().join(".ci/demo"));
        let programs = program("litfass").parent().expect("a folder").to_owned();
        // The other programs of the demo have to be there, too.
        program("fake-networks");
        command.env("DEMO_PROGRAMS", programs).env("DEMO_FOLDER", folder);
        command.env("DEMO_PORT", port.to_string()).env("DEMO_NETWORKS_PORT", "0");
        let url = format!("http://127.0.0.1:{port}");
        let demo = Self { process: Process::start_family("demo", &command), url };
        let client = TestClient::new(&demo.url);
        eventually("the demo", || async { demo.process.log().contains("Litfass demo").then_some(()) }).await;
        client.get("/readyz").await.expect(200);
        demo
    }

    /// What stands in the terminal behind a label.
    fn said(&self, label: &str) -> String {
        let log = self.process.log();
        let line = log.lines().find_map(|line| line.trim().strip_prefix(label));
        line.unwrap_or_else(|| panic!("no {label} in {log}")).trim().to_owned()
    }
}

async fn look(browser: &Browser, name: &str) {
    for (size, dark, kind) in [(DESKTOP, false, "desktop-light"), (PHONE, true, "phone-dark")] {
        browser.wear(size, dark).await;
        browser.keep_picture(&format!("demo/{name}-{kind}")).await;
    }
    browser.wear(DESKTOP, false).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_network_of_the_demo_is_linked_by_clicks_and_its_posts_arrive() {
    if !at_hand(Part::Browser) {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let demo = Demo::start(folder.path()).await;
    let desk = demo.said("News").rsplit(' ').next().expect("an address").to_owned();
    let browser = Browser::new(&Looks::english()).await;
    browser.open(&format!("{}/dashboard", demo.url)).await;
    browser.fill("#mail", &demo.said("Log-in")).await;
    browser.fill("#password", &demo.said("Password")).await;
    browser.click("button[type=submit]").await;
    browser.find("a[href*='/dashboard/stages/']:not([href$='/new'])").await;
    let stage = browser
        .run("return document.querySelector(\"a[href*='/dashboard/stages/']:not([href$='/new'])\").pathname")
        .await;
    let stage: Vec<_> = stage.as_str().expect("a path").split('/').take(4).map(str::to_owned).collect();
    let sources = format!("{}{}/sources", demo.url, stage.join("/"));
    browser.open(&sources).await;
    look(&browser, "1-sources").await;

    for (name, label) in SIGNED {
        browser.open(&sources).await;
        let form = format!("form[action$='/sources/sign-in']:has(input[value='{name}']) button");
        browser.click(&form).await;
        browser.wait_for_text("main", &format!("You are at the fake {label}")).await;
        look(&browser, &format!("2-at-{name}")).await;
        browser.click("#allow").await;
        if name == "facebook" {
            browser.wait_for_text("main", "Museum Beispielhausen").await;
            browser.click("form[action$='/sources/choice'] button").await;
        }
        browser.wait_for_text("main", "Linked.").await;
    }
    for (_, label) in TYPED {
        browser.open(&sources).await;
        let address = demo.said(label).trim_start_matches("paste ").to_owned();
        browser.fill("#address", &address).await;
        browser.click("main .form button[type=submit]").await;
        browser.wait_for_text("main", "Linked.").await;
    }
    browser.open(&format!("{sources}?network=webhook")).await;
    browser.fill("#address", "Rathaus").await;
    browser.click("main .form button[type=submit]").await;
    let (address, secret) = (browser.find("#the-address").await, browser.find("#the-secret").await);
    let (address, secret) = (address.text().await.expect("an address"), secret.text().await.expect("a secret"));
    browser.open(&desk).await;
    look(&browser, "3-desk").await;
    browser.fill("input[name=address]", &address).await;
    browser.fill("input[name=secret]", &secret).await;
    browser.click("form[action='/send'] button").await;
    browser.wait_for_text("[role=status]", "it is taken").await;

    browser.open(&sources).await;
    let began = Instant::now();
    loop {
        let text = browser.text("#sources").await;
        // The town's own website is the twelfth.
        if text.matches("Working").count() >= SIGNED.len() + TYPED.len() + 2 {
            break;
        }
        assert!(began.elapsed() < Duration::from_secs(60), "{text}");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    look(&browser, "4-all-linked").await;
    let posts = sources.replace("/sources", "/posts");
    browser.open(&posts).await;
    look(&browser, "5-posts").await;

    // News on demand arrives by itself where a source may be looked at often.
    browser.open(&desk).await;
    browser.click("#feed button[value=publish]").await;
    eventually("the page after it", || async { (browser.run("return location.hash").await == "#feed").then_some(()) })
        .await;
    browser.click("#feed button[value=edit]").await;
    within(Duration::from_secs(120), "an edited post", || async {
        browser.open(&posts).await;
        browser.text("main").await.contains("Nachtrag").then_some(())
    })
    .await;
    let complaints = browser.complaints().await;
    let ours: Vec<_> = complaints.iter().filter(|line| line.contains(&demo.url)).collect();
    assert!(ours.is_empty(), "{ours:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_settings_of_the_demo_let_a_controller_reach_this_machine() {
    let folder = tempfile::tempdir().expect("a folder");
    let playground = harness::playground::Playground::new(folder.path(), 0).await;
    let address = playground.places().iter().find_map(|place| match &place.way {
        harness::playground::Way::Address(address) if place.name == "feed" => Some(address.clone()),
        _ => None,
    });
    let address = address.expect("the feed's address");
    let ask = |allowed: &[&str]| {
        let mut command = Command::new(program("litfass"));
        command.env_clear().current_dir(folder.path()).args(allowed).args(["feed", address.as_str()]);
        let output = command.output().expect("run litfass");
        serde_json::from_slice::<serde_json::Value>(&output.stdout).expect("a line of JSON")
    };
    let settings = playground.settings();
    let allowed = settings.lines().find_map(|line| line.strip_prefix("allow = ")).expect("what is allowed");
    let allowed = allowed.replace(['[', ']', '"', ' '], "");

    let read = ask(&["--allow", allowed.as_str()]);
    let refused = ask(&[]);

    assert_eq!(read["posts"].as_array().map(Vec::len), Some(4), "{read}");
    assert_eq!(refused["key"], "sources.error.forbidden_address", "{refused}");
    // Each server by its port, and nothing else of this machine.
    assert_eq!(allowed.split(',').count(), 10);
    assert!(allowed.split(',').all(|host| host.starts_with("127.0.0.1:")), "{allowed}");
}
