//! `/widget.js`: small, open to all pages, one address that stays and one for each version.

use base64::{Engine, prelude::BASE64_STANDARD};
use harness::{Browser, Looks, Owner, Part, TestController, at_hand};
use sha2::{Digest, Sha384};

use super::{
    page::{Site, wait_for_cards},
    with_posts,
};

/// Most bytes for script and style together, as they travel.
const MOST: usize = 8 * 1024;

/// Address and hash of the newest version, as the dashboard gives them.
async fn pinned(wall: &TestController) -> (String, String) {
    let owner = Owner::new(wall.client(), "stadt").await;
    let page = owner.client.get(&owner.path("widget")).await.expect(200).text().replace("&#34;", "\"");
    let snippet = page.split("id=\"snippet-pinned\"").nth(1).unwrap();
    let after = |mark: &str| snippet.split_once(mark).unwrap().1.split('"').next().unwrap().replace("&#38;", "&");
    (after("src=\"").replace(&wall.url, ""), after("integrity=\""))
}

#[tokio::test]
async fn script_and_style_together_are_small() {
    let wall = TestController::new().await;

    let served = wall.raw("/widget.js", &[("accept-encoding", "br")]).await.expect(200);

    assert_eq!(served.header("content-encoding"), "br");
    println!("widget: {} bytes with brotli", served.bytes.len());
    assert!(served.bytes.len() <= MOST, "{} bytes", served.bytes.len());
    let gzip = wall.raw("/widget.js", &[("accept-encoding", "gzip")]).await;
    assert!(gzip.header("content-encoding") == "gzip" && gzip.bytes.len() < MOST + 2_048);
    let plain = wall.raw("/widget.js", &[]).await.text();
    assert!(plain.contains("litfass-wall") && plain.contains(".masonry"), "it is all there");
    for forbidden in [
        "eval(",
        "innerHTML",
        "insertAdjacentHTML",
        "document.cookie",
        "document.write",
        "setAttribute(\"style",
        ".style.",
        "sessionStorage",
    ] {
        assert!(!plain.contains(forbidden), "{forbidden}");
    }
}

#[tokio::test]
async fn a_version_stays_what_it_is() {
    let wall = TestController::new().await;
    let (address, integrity) = pinned(&wall).await;

    let version = wall.raw(&address, &[]).await.expect(200);

    assert_eq!(version.header("cache-control"), "public, max-age=31536000, immutable");
    assert_eq!(integrity, format!("sha384-{}", BASE64_STANDARD.encode(Sha384::digest(&version.bytes))));
    let newest = wall.raw("/widget.js", &[]).await.expect(200);
    assert_eq!((newest.bytes == version.bytes, newest.header("cache-control")), (true, "public, max-age=300"));
    for answer in [&version, &newest] {
        assert_eq!(answer.header("access-control-allow-origin"), "*", "else `integrity` refuses it");
        assert_eq!(answer.header("cross-origin-resource-policy"), "cross-origin");
        assert_eq!(answer.header("content-type"), "text/javascript; charset=utf-8");
        assert!(answer.headers.get("set-cookie").is_none());
    }
    wall.raw("/widget.js", &[("if-none-match", newest.header("etag"))]).await.expect(304);
    for nobody in ["/widget/0123456789abcdef.js", "/widget/wall.css", "/widget/kept"] {
        wall.raw(nobody, &[]).await.expect(404);
    }
}

#[test]
fn versions_that_are_kept_are_named_by_their_hash() {
    let folder = harness::root().join("assets/static/widget/kept");
    for entry in std::fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        let hash = shared::hex::encode(&sha2::Sha256::digest(std::fs::read(&path).unwrap())[..8]);
        assert_eq!(path.file_name().unwrap().to_string_lossy(), format!("{hash}.js"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_module_shows_its_wall_too() {
    if !at_hand(Part::Browser) {
        return;
    }
    let wall = TestController::new().await;
    with_posts(&wall, &["Eins", "Zwei", "Drei"]).await;
    let site = Site::new().await;
    let tag = format!(
        "<script type=\"module\" src=\"{}/widget.js\" data-stage=\"stadt\" data-count=\"2\"></script>",
        wall.url
    );
    let browser = Browser::new(&Looks::german()).await;

    browser.open(&site.page("/", "", "", &tag)).await;

    wait_for_cards(&browser, 2).await;
}
