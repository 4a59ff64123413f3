//! What outsiders would measure: Lighthouse over pages that the public sees, and whether the HTML of all of them is valid.

use std::{path::Path, process::Command};

use controller::features::{media, programmes, sources};
use harness::{FeedServer, NOON, Owner, Part, Post, TestController, at_hand, of_node};
use serde_json::Value;

use crate::{library::photo, newsroom::fill, platform::listed, widget::Site};

/// Of 100, in all that does not depend on how fast this machine is.
const WHOLE: f64 = 100.0;
/// What the validator looks at: all that it recommends, save how HTML is written (templates leave white space and end no
/// empty element), that an id begins with a letter (it may begin with anything), the role that a list without marks needs in
/// Safari, and that a telephone number has no white space at which a line may break (the style sheet says so).
const RULES: &str = r#"{
  "root": true,
  "extends": ["html-validate:recommended"],
  "rules": {
    "aria-label-misuse": ["error", { "allowAnyNamable": true }],
    "doctype-style": "off",
    "long-title": "off",
    "no-redundant-role": "off",
    "no-trailing-whitespace": "off",
    "tel-non-breaking": "off",
    "valid-id": ["error", { "relaxed": true }],
    "void-style": "off"
  }
}"#;

/// A controller with a stage in the directory: posts with and without a picture, and a page for the press.
async fn house() -> (TestController, FeedServer, Owner) {
    let wall = TestController::with(|config| config.allow.push("127.0.0.0/8".to_owned())).await;
    let owner = listed(&wall, "museum", "Stadtmuseum", "Was im Stadtmuseum geschieht, jeden Tag.").await;
    fill(&owner).await;
    let feed = FeedServer::new().await;
    for number in 0..5 {
        let (id, path) = (number.to_string(), format!("/{number}.jpg"));
        let post = Post::new(&id, &format!("Ausstellung {number}"), "<p>Bilder vom <em>Hafen</em>.</p>");
        let post = post.published(&format!("2026-05-04T0{number}:00:00Z"));
        feed.serve(&path, "image/jpeg", photo(1_000, 667, number));
        feed.append(if number == 2 { post } else { post.with_picture(&path) });
    }
    owner.link(&feed.url()).await;
    for source in wall.app.store.claim_due_sources(NOON, NOON + 60_000, 9).await.unwrap() {
        sources::visit(&wall.app, &source).await.unwrap();
    }
    while media::encode_next(&wall.app).await.unwrap() {}
    programmes::publish(&wall.app, &owner.stage_id).await.unwrap();
    (wall, feed, owner)
}

/// What Lighthouse says of a page, as a telephone in a slow network sees it. Now and then it loses what it recorded, and asks
/// to be run again.
async fn measured(address: &str) -> Value {
    let mut said = Vec::new();
    for _ in 0..3 {
        match report(address).await {
            Ok(report) if report["runtimeError"].is_null() => return report,
            Ok(report) => said.push(report["runtimeError"].to_string()),
            Err(instead) => said.push(instead),
        }
    }
    panic!("{address}: no report but {said:?}");
}

/// One run of Lighthouse, or what it said instead.
async fn report(address: &str) -> Result<Value, String> {
    let folder = tempfile::tempdir().unwrap();
    let report = folder.path().join("report.json");
    let mut command = Command::new(of_node("lighthouse").unwrap());
    command.current_dir(folder.path()).env("HOME", folder.path()).arg(address);
    // Chromium's box does not start for root, and all that it opens here is ours.
    command.arg("--chrome-flags=--headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage");
    command.args(["--quiet", "--no-enable-error-reporting", "--disable-full-page-screenshot", "--output=json"]);
    command.arg("--only-categories=performance,accessibility,best-practices,seo");
    command.arg(format!("--output-path={}", report.display()));
    let done = tokio::task::spawn_blocking(move || command.output()).await.unwrap().unwrap();
    if !done.status.success() {
        return Err(String::from_utf8_lossy(&done.stderr).into_owned());
    }
    Ok(serde_json::from_slice(&std::fs::read(report).unwrap()).unwrap())
}

/// How good a page is in a category, of 100.
fn score(report: &Value, category: &str) -> f64 {
    let score = report["categories"][category]["score"].as_f64();
    (score.unwrap_or_else(|| panic!("no score in {category}")) * 100.0).round()
}

/// What costs points in a category.
fn faults(report: &Value, category: &str) -> Vec<String> {
    let parts = report["categories"][category]["auditRefs"].as_array().unwrap();
    let weighty = parts.iter().filter(|part| part["weight"].as_f64().unwrap_or_default() > 0.0);
    let audits = weighty.map(|part| &report["audits"][part["id"].as_str().unwrap()]);
    let faulty = audits.filter(|audit| audit["score"].as_f64().is_some_and(|score| score < 0.9));
    faulty.map(|audit| format!("{}: {}", audit["id"], audit["details"]["items"])).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn lighthouse_finds_nothing_to_mend_in_what_the_public_sees() {
    if !at_hand(Part::Lighthouse) {
        return;
    }
    let (wall, _feed, _) = house().await;
    let site = Site::new().await;
    let script = format!("<script src=\"{}/widget.js\" data-stage=\"museum\" async></script>", wall.url);
    let about = "<meta name=\"description\" content=\"Was in der Stadt geschieht.\">";
    let pages = [wall.url.clone() + "/", wall.url.clone() + "/@museum", site.page("/", "", about, &script)];

    for page in pages {
        let mut report = measured(&page).await;
        // What else this machine does can only cost points: the best of three counts.
        for _ in 0..2 {
            if score(&report, "performance") < WHOLE {
                println!("{page}: performance {}", score(&report, "performance"));
                report = measured(&page).await;
            }
        }
        for category in ["performance", "accessibility", "best-practices", "seo"] {
            assert!(score(&report, category) >= WHOLE, "{page} in {category}: {:?}", faults(&report, category));
        }
        let moved = &report["audits"]["cumulative-layout-shift"]["numericValue"];
        assert_eq!(moved.as_f64(), Some(0.0), "{page}: {}", report["audits"]["layout-shifts"]["details"]);
        println!("{page}: {:?}", faults(&report, "performance"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_html_of_every_public_page_is_valid() {
    if !at_hand(Part::Validator) {
        return;
    }
    let (wall, _feed, owner) = house().await;
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("rules.json"), RULES).unwrap();
    let room = owner.newsroom().await;
    let slug = room.split("/p/").nth(1).expect("a post").split('"').next().unwrap();
    let post = format!("/@museum/p/{slug}");
    let pages = [
        ("landing", "/", 200),
        ("found", "/?q=museum", 200),
        ("nobody", "/?q=nobody", 200),
        ("wall", "/wall", 200),
        ("imprint", "/imprint", 200),
        ("privacy", "/privacy", 200),
        ("api", "/api", 200),
        ("login", "/login", 200),
        ("register", "/register", 200),
        ("newsroom", "/@museum", 200),
        ("pictures", "/@museum?media=pictures", 200),
        ("archive", "/@museum/archive", 200),
        ("month", "/@museum/archive/2026-05", 200),
        ("search", "/@museum/search", 200),
        ("hits", "/@museum/search?q=Hafen", 200),
        ("no-hits", "/@museum/search?q=nothing", 200),
        ("press", "/@museum/press", 200),
        ("post", post.as_str(), 200),
        ("frame", "/embed/@museum", 200),
        ("frame-carousel", "/embed/@museum?layout=carousel&theme=dark", 200),
        ("screen", "/@museum/screen", 200),
        ("gone", "/nothing", 404),
        ("gone-stage", "/@nobody", 404),
        ("gone-post", "/@museum/p/nothing", 404),
    ];
    for language in ["de", "en"] {
        let visitor = wall.client();
        visitor.speak(language);
        for (name, path, status) in pages {
            let page = visitor.get(path).await.expect(status).text();
            // What stands in other pages and on screens speaks the language of its stage.
            let spoken = if path.starts_with("/embed/") || name == "screen" { "de" } else { language };
            assert!(page.contains(&format!("<html lang=\"{spoken}\"")), "{path} in {language}");
            std::fs::write(folder.path().join(format!("{name}-{language}.html")), page).unwrap();
        }
    }
    let dashboard = owner.client.get(&owner.path("widget")).await.expect(200).text();
    for name in ["plain", "pinned", "element", "frame"] {
        let page = with_snippet(&dashboard, name);
        std::fs::write(folder.path().join(format!("snippet-{name}.html")), page).unwrap();
    }

    let (valid, said) = validate(folder.path());

    assert!(valid, "{said}");
    // The validator can see.
    std::fs::write(folder.path().join("wrong.html"), "<p><div></div></p>").unwrap();
    assert!(!validate(folder.path()).0);
}

/// A page with nothing but what the dashboard gives to paste.
fn with_snippet(dashboard: &str, name: &str) -> String {
    let start = format!("id=\"snippet-{name}\">");
    let snippet = dashboard.split_once(&start).unwrap_or_else(|| panic!("no {name} in {dashboard}")).1;
    let mut snippet = snippet.split_once("</code>").expect("an end").0.to_owned();
    for (written, meant) in [("&#60;", "<"), ("&#62;", ">"), ("&#34;", "\""), ("&#39;", "'"), ("&#38;", "&")] {
        snippet = snippet.replace(written, meant);
    }
    // A frame is as wide as its place and has no border also where the page around it permits no style: only attributes
    // of old can say so.
    let snippet = snippet.replace(" width=\"100%\"", "").replace(" frameborder=\"0\"", "");
    assert!(snippet.contains("/widget.js") || snippet.contains("<iframe"), "{snippet}");
    format!(
        "<!doctype html>\n<html lang=\"de\"><head><meta charset=\"utf-8\"><title>Stadt</title></head>\
         <body><main><h1>Willkommen</h1>{snippet}</main></body></html>"
    )
}

/// Whether all pages of a folder are valid, and what is not.
fn validate(folder: &Path) -> (bool, String) {
    let pages = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let pages = pages.filter(|path| path.extension().is_some_and(|ending| ending == "html"));
    let mut command = Command::new(of_node("html-validate").unwrap());
    command.current_dir(folder).args(["--config", "rules.json", "--formatter", "text"]).args(pages);
    let done = command.output().unwrap();
    (done.status.success(), String::from_utf8_lossy(&done.stdout).into_owned())
}
