//! `/oembed`: pasting an address is enough.

use harness::{NOON, TestController};
use serde_json::json;

use super::{picture, post, with_posts};

/// The address that a page gives to those who want to show it elsewhere.
fn discovered(page: &str, kind: &str) -> String {
    let link = page.split("<link rel=\"alternate\"").find(|link| link.contains(&format!("type=\"{kind}\""))).unwrap();
    link.split("href=\"").nth(1).unwrap().split('"').next().unwrap().replace("&#38;", "&").replace("&amp;", "&")
}

#[tokio::test]
async fn pages_of_the_newsroom_are_found_and_framed() {
    for wall in TestController::on_each().await {
        let (_, stage) = with_posts(&wall, &["Freibad"]).await;
        let fair = picture(&wall, &stage, "fair", (1600, 900), 3).await;
        wall.app
            .store
            .take_post(&post("fair", &stage.id, "Markt \"heute\" & morgen", NOON - 5), &[fair])
            .await
            .unwrap();
        let nobody = wall.client();

        let room = nobody.get("/@stadt").await.expect(200).text();
        let answer = nobody.get(&discovered(&room, "application/json+oembed")).await.expect(200);
        assert_eq!(answer.header("access-control-allow-origin"), "*");
        let embed = answer.json();
        assert_eq!(
            (&embed["version"], &embed["type"], &embed["title"]),
            (&json!("1.0"), &json!("rich"), &json!("stadt"))
        );
        let html = embed["html"].as_str().unwrap();
        assert!(html.starts_with(&format!("<iframe src=\"{}/embed/@stadt?layout=grid\"", wall.url)), "{html}");
        assert!(
            html.contains("title=\"Beiträge von stadt\"")
                && html.ends_with("></iframe>")
                && html.contains("sandbox=\"allow-popups")
        );

        let page = nobody.get("/@stadt/p/slug-fair").await.expect(200).text();
        let embed = nobody.get(&discovered(&page, "application/json+oembed")).await.expect(200).json();
        assert_eq!(embed["title"], "Markt \"heute\" & morgen");
        let html = embed["html"].as_str().unwrap();
        assert!(
            html.contains("/embed/@stadt?layout=grid&amp;post=slug-fair\"")
                && html.contains("Markt &quot;heute&quot; &amp; morgen"),
            "{html}"
        );
        assert_eq!((&embed["thumbnail_width"], &embed["thumbnail_height"]), (&json!(640), &json!(360)));
        nobody.get(embed["thumbnail_url"].as_str().unwrap()).await.expect(200);
        let src = html.split('"').nth(1).unwrap().replace("&amp;", "&");
        assert!(nobody.get(&src).await.expect(200).text().contains("heute"));

        let xml = nobody.get(&discovered(&page, "text/xml+oembed")).await.expect(200);
        assert_eq!(xml.header("content-type"), "text/xml; charset=utf-8");
        let text = xml.text();
        assert!(
            text.contains("<title>Markt &#34;heute&#34; &#38; morgen</title>") && text.contains("<html>&#60;iframe"),
            "{text}"
        );
        assert!(text.contains("<thumbnail_width>640</thumbnail_width>"), "{text}");
    }
}

#[tokio::test]
async fn only_what_is_ours_is_framed_and_no_larger_than_wanted() {
    let wall = TestController::new().await;
    let (owner, _) = with_posts(&wall, &["Freibad"]).await;
    let get = async |query: &str| wall.client().get(&format!("/oembed?{query}").replace("{base}", &wall.url)).await;

    let small = get("url={base}/@stadt&maxwidth=320&maxheight=240").await.expect(200).json();
    assert_eq!((&small["width"], &small["height"]), (&json!(320), &json!(240)));
    assert!(small["html"].as_str().unwrap().contains("width=\"320\" height=\"240\""));
    let huge = get("url={base}/@STADT/&maxwidth=99999&maxheight=0").await.expect(200).json();
    assert_eq!((&huge["width"], &huge["height"]), (&json!(800), &json!(1)));
    for (query, status) in [
        ("", 400),
        ("url=https://elsewhere.example/@stadt", 404),
        ("url={base}/@nobody", 404),
        ("url={base}/dashboard", 404),
        ("url={base}/@stadt/p/nothing", 404),
        ("url={base}/@stadt/topics/nothing", 404),
        ("url={base}/@stadt/p/slug-p0/more", 404),
        ("url=nonsense", 404),
        ("url={base}/@stadt&format=yaml", 501),
    ] {
        get(query).await.expect(status);
    }
    get("url={base}/@stadt/p/slug-p0").await.expect(200);
    owner.client.post(&owner.path("posts/p0/hide"), &[]).await.expect(303);
    get("url={base}/@stadt/p/slug-p0").await.expect(404);
}
