//! `/embed/@handle`: a page that may be framed, and nothing else that may.

use harness::{NOON, TestController};

use super::{picture, post, with_posts};

#[tokio::test]
async fn the_wall_may_be_framed_and_nothing_else() {
    for wall in TestController::on_each().await {
        let (_, stage) = with_posts(&wall, &["Freibad & <b>Sauna</b>"]).await;
        let fair = picture(&wall, &stage, "fair", (800, 600), 3).await;
        wall.app.store.take_post(&post("fair", &stage.id, "Markt", NOON - 5), &[fair]).await.unwrap();
        let nobody = wall.client();
        nobody.speak("en");

        let page = nobody.get("/embed/@stadt?layout=masonry&theme=dark&language=de").await.expect(200);

        let policy = page.header("content-security-policy");
        assert!(policy.contains("frame-ancestors *") && policy.starts_with("default-src 'none'"), "{policy}");
        assert!(page.headers.get("x-frame-options").is_none() && page.headers.get("set-cookie").is_none());
        assert_eq!((page.header("cache-control"), page.header("referrer-policy")), ("public, no-cache", "no-referrer"));
        let text = page.text();
        assert!(
            text.contains("<html lang=\"de\">") && text.contains("class=\"wall masonry\" data-theme=\"dark\""),
            "{text}"
        );
        assert!(text.contains("Freibad &#38; &#60;b&#62;Sauna") && text.contains("<strong>Markt</strong>"), "{text}");
        assert!(text.contains(&format!("href=\"{}/@stadt/p/slug-fair\" rel=\"noopener noreferrer\"", wall.url)));
        assert!(text.contains("alt=\"Bild 3\" loading=\"lazy\"") && text.contains("feed.example ↗"));
        let english = nobody.get("/embed/@stadt?language=en").await.expect(200).text();
        assert!(english.contains("Posts by stadt") && !english.contains("data-theme"));
        let newsroom = nobody.get("/@stadt").await.expect(200);
        assert!(newsroom.header("content-security-policy").contains("frame-ancestors 'none'"));
        let json = nobody.get("/api/v1/stages/stadt/posts").await.expect(200);
        assert!(json.header("content-security-policy").contains("frame-ancestors 'none'"));
    }
}

#[tokio::test]
async fn a_frame_shows_one_post_or_a_topic_and_what_is_gone_is_gone() {
    let wall = TestController::new().await;
    let (owner, _) = with_posts(&wall, &["Freibad", "Rat"]).await;
    let get = async |query: &str| wall.client().get(&format!("/embed/{query}")).await;

    let one = get("@stadt?post=slug-p1").await.expect(200).text();
    assert!(one.contains("Text zu <strong>Rat") && !one.contains("Freibad"));
    assert_eq!(get("@stadt?count=1").await.expect(200).text().matches("<article>").count(), 1);
    get("@Stadt").await.expect(200);
    owner.client.post(&owner.path("posts/p1/hide"), &[]).await.expect(303);
    for gone in ["@stadt?post=slug-p1", "@stadt?topic=nowhere", "@nobody", "stadt"] {
        let page = get(gone).await.expect(404);
        assert!(
            page.header("content-security-policy").contains("frame-ancestors *"),
            "an empty frame says why: {gone}"
        );
    }
    assert!(!get("@stadt").await.expect(200).text().contains("Rat"));
    owner.client.post(&owner.path("posts/p0/hide"), &[]).await.expect(303);
    assert!(get("@stadt?language=de").await.expect(200).text().contains("Hier wurde noch nichts"));
}
