//! Pages are made once for all, packed, and gone at once when something of them is withdrawn.

use std::time::{Duration, Instant};

use harness::{NOON, TestController, postgres_url};
use reqwest::{Method, header};

use super::{post, read, with_posts};

/// A client that takes answers as they come.
fn bare() -> reqwest::Client {
    drop(rustls::crypto::ring::default_provider().install_default());
    reqwest::Client::builder().no_proxy().no_brotli().no_gzip().build().unwrap()
}

#[tokio::test]
async fn a_page_travels_packed_and_not_at_all_to_who_has_it() {
    let wall = TestController::new().await;
    with_posts(&wall, "museum", &["Eins", "Zwei", "Drei"]).await;
    let ask = async |headers: &[(&str, &str)]| {
        let mut request = bare().get(format!("{}/@museum", wall.url));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        request.send().await.unwrap()
    };

    let plain = ask(&[]).await;
    let tag = plain.headers()[header::ETAG].to_str().unwrap().to_owned();
    assert!(plain.headers().get(header::CONTENT_ENCODING).is_none());
    let vary = plain.headers()[header::VARY].to_str().unwrap().to_owned();
    assert_eq!(vary, "accept-encoding, accept-language, cookie");
    assert_eq!(plain.headers()[header::CACHE_CONTROL], "no-cache");
    let length = plain.bytes().await.unwrap().len();
    for name in ["br", "gzip"] {
        let packed = ask(&[("accept-encoding", name)]).await;
        assert_eq!(packed.headers()[header::CONTENT_ENCODING], name);
        assert_eq!(packed.headers()[header::ETAG], tag.as_str());
        assert!(packed.bytes().await.unwrap().len() * 2 < length, "{name}");
    }
    let held = ask(&[("if-none-match", &tag), ("accept-encoding", "br")]).await;
    assert_eq!(held.status(), 304);
    assert_eq!(held.headers()[header::VARY], vary.as_str());
    assert!(held.bytes().await.unwrap().is_empty());
    let english = ask(&[("if-none-match", &tag), ("accept-language", "en")]).await;
    assert_eq!(english.status(), 200, "in another language it is another page");
    let head = wall.client().send(wall.client().request(Method::HEAD, "/@museum")).await;
    assert!(head.status == 200 && head.bytes.is_empty() && head.header("etag") == tag);
}

#[tokio::test]
async fn a_withdrawn_post_is_gone_at_once_from_every_page() {
    for wall in TestController::on_each().await {
        let (owner, _) = with_posts(&wall, "museum", &["Eins", "Geheim", "Drei"]).await;
        let nobody = wall.client();
        let pages = [
            "/@museum",
            "/@museum?lang=en",
            "/@museum?media=texts",
            "/@museum?part=posts",
            "/@museum/archive/2026-05",
            "/@museum/p/slug-p1",
            "/@museum/sitemap.xml",
        ];
        let says = |text: &str| text.contains("Geheim") || text.contains("slug-p1");
        let mut tags = Vec::new();
        for page in pages {
            let answer = nobody.get(page).await.expect(200);
            assert!(says(&answer.text()), "{page}");
            tags.push(answer.header("etag").to_owned());
        }

        owner.client.post(&owner.path("posts/p1/hide"), &[]).await.expect(303);

        for (page, tag) in pages.iter().zip(&tags) {
            let request = nobody.request(Method::GET, page).header(header::IF_NONE_MATCH, tag);
            let answer = nobody.send(request).await;
            assert!(matches!(answer.status, 200 | 404) && !says(&answer.text()), "{page}: {}", answer.status);
        }
    }
}

#[tokio::test]
async fn a_kept_page_keeps_to_the_times_of_posts() {
    let wall = TestController::new().await;
    let (_, stage) = with_posts(&wall, "museum", &["Eins"]).await;
    let soon =
        controller::store::Post { expires_at: Some(NOON + 500), ..post("soon", &stage.id, "Gleich", NOON + 200) };
    wall.app.store.take_post(&soon, &[]).await.unwrap();
    let span = controller::store::Span { expires_at: soon.expires_at, ..Default::default() };
    let changed = wall.app.store.change_terms(&stage.id, "soon", soon.changed_at, span, &[], NOON).await;
    assert!(changed.unwrap());
    let nobody = wall.client();
    let shown = async |at: i64| {
        wall.app.clock.set(at);
        read(&nobody, "/@museum").await.contains("Gleich")
    };

    // All of it within a moment, so that only the clock can tell.
    let seen = [shown(NOON + 199).await, shown(NOON + 200).await, shown(NOON + 499).await, shown(NOON + 500).await];

    assert_eq!(seen, [false, true, true, false]);
}

#[tokio::test]
async fn what_is_kept_is_made_once_and_not_for_long() {
    let wall = TestController::new().await;
    let (_, stage) = with_posts(&wall, "museum", &["Eins", "Zwei"]).await;
    let nobody = wall.client();
    assert!(read(&nobody, "/@museum").await.contains("Zwei"));

    // Behind the back of everybody, as another controller would.
    wall.app.store.hide_post(&stage.id, "p1", NOON).await.unwrap();
    let began = Instant::now();
    while read(&nobody, "/@museum").await.contains("Zwei") {
        assert!(began.elapsed() < Duration::from_secs(5), "it is still there");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }

    let took = began.elapsed();
    assert!(took > Duration::from_millis(300) && took < Duration::from_millis(1_400), "kept for {took:?}");
}

#[tokio::test]
async fn what_one_controller_withdraws_is_gone_from_the_other_within_a_second() {
    let Some(url) = postgres_url().await else { return };
    let one = TestController::with(|config| config.database = Some(url.clone())).await;
    let (owner, _) = with_posts(&one, "museum", &["Eins", "Geheim"]).await;
    let other = TestController::with(|config| config.database = Some(url)).await;
    let visitor = other.client();
    assert!(read(&visitor, "/@museum").await.contains("Geheim"));

    owner.client.post(&owner.path("posts/p1/hide"), &[]).await.expect(303);
    let began = Instant::now();
    while read(&visitor, "/@museum").await.contains("Geheim") {
        assert!(began.elapsed() < Duration::from_secs(5), "it is still there");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }

    // A machine with other work to do may be late by itself.
    assert!(began.elapsed() < Duration::from_millis(1_500), "{:?}", began.elapsed());
}
