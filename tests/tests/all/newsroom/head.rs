//! What pages say to machines, and that they are HTML: whatever posts hold.

use harness::{NOON, TestController};
use html5ever::{parse_document, tendril::TendrilSink};
use markup5ever_rcdom::RcDom;
use serde_json::Value;

use super::{between, post, read, with_posts};

/// Everything that could end an attribute, an element or a script.
const HOSTILE: &str = "</script><script>alert(1)</script> \"'&amp;<!-- ]]> \u{202e}{{ x }} %0a";

/// What a browser would have to put up with.
fn errors(html: &str) -> Vec<String> {
    let dom = parse_document(RcDom::default(), Default::default()).one(html);
    dom.errors.borrow().iter().map(ToString::to_string).collect()
}

#[tokio::test]
async fn pages_are_html_without_a_mistake_whatever_posts_hold() {
    let wall = TestController::new().await;
    let (owner, stage) = with_posts(&wall, "museum", &["Eins", HOSTILE]).await;
    let nameless = controller::store::Post {
        title: None,
        text: HOSTILE.to_owned(),
        html: "<p>Harmlos</p>".to_owned(),
        author: Some(HOSTILE.to_owned()),
        ..post("hostile", &stage.id, "", NOON - 7)
    };
    wall.app.store.take_post(&nameless, &[]).await.unwrap();
    super::desk::fill(&owner).await;
    let nobody = wall.client();

    for page in [
        "/@museum",
        "/@museum?lang=en",
        "/@museum?media=texts",
        "/@museum/archive",
        "/@museum/archive/2026-05",
        "/@museum/press",
        "/@museum/p/slug-p0",
        "/@museum/p/slug-p1",
        "/@museum/p/slug-hostile",
    ] {
        let html = read(&nobody, page).await;
        assert_eq!(errors(&html), Vec::<String>::new(), "{page}");
        assert!(!html.contains("<script>"), "{page}");
        assert_eq!(html.matches("<h1").count(), 1, "{page}");
        for data in html.split("<script type=\"application/ld+json\">").skip(1) {
            let data = data.split("</script>").next().unwrap();
            serde_json::from_str::<Value>(data).unwrap_or_else(|error| panic!("{page}: {error} in {data}"));
        }
    }
    assert_ne!(errors("<p><div></p></b>"), Vec::<String>::new(), "mistakes are seen");
    let gone = nobody.get("/@museum/p/gone").await.expect(404).text();
    assert_eq!(errors(&gone), Vec::<String>::new());
}

#[tokio::test]
async fn a_post_says_to_machines_what_it_says_to_people() {
    let wall = TestController::new().await;
    with_posts(&wall, "museum", &["Freibäder öffnen"]).await;

    let page = read(&wall.client(), "/@museum/p/slug-p0").await;

    let data: Value =
        serde_json::from_str(between(&page, "<script type=\"application/ld+json\">", "</script>")).unwrap();
    assert_eq!(data["@type"], "NewsArticle");
    assert_eq!(data["headline"], "Freibäder öffnen");
    assert_eq!(data["datePublished"], "2026-05-04T12:00:00Z");
    assert_eq!(data["publisher"]["name"], "museum");
    assert_eq!(data["mainEntityOfPage"], format!("{}/@museum/p/slug-p0", wall.url));
    assert_eq!(between(&page, "property=\"og:title\" content=\"", "\""), "Freibäder öffnen");
    assert_eq!(between(&page, "property=\"og:type\" content=\"", "\""), "article");
    assert_eq!(between(&page, "name=\"description\" content=\"", "\""), "Worte zu Freibäder öffnen.");
}
