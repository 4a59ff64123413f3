//! `/api/v1/stages/{handle}/posts`: complete, open to all, gone at once.

use controller::features::topics::{TopicName, create, rule::Rule};
use futures_util::StreamExt;
use harness::{NOON, TestController};
use reqwest::Method;
use serde_json::{Value, json};

use super::{picture, post, with_posts};

const POSTS: &str = "/api/v1/stages/stadt/posts";

fn titles(page: &Value) -> Vec<&str> {
    page["posts"].as_array().unwrap().iter().map(|post| post["title"].as_str().unwrap_or_default()).collect()
}

#[tokio::test]
async fn a_post_is_given_with_everything_that_belongs_to_it() {
    for wall in TestController::on_each().await {
        let (_, stage) = with_posts(&wall, &["Freibad"]).await;
        let fair = picture(&wall, &stage, "fair", (1600, 900), 7).await;
        wall.app.store.take_post(&post("fair", &stage.id, "Markt", NOON - 5), &[fair]).await.unwrap();
        let topic =
            create(&wall.app, &stage, &TopicName::parse("Märkte & Feste").unwrap(), &Rule::default()).await.unwrap();
        wall.app.store.set_post_topic(&stage.id, "fair", &topic, "in").await.unwrap();

        let answer = wall.client().get(POSTS).await.expect(200);

        assert_eq!(answer.header("content-type"), "application/json");
        assert_eq!(answer.header("access-control-allow-origin"), "*");
        assert_eq!(answer.header("cross-origin-resource-policy"), "cross-origin");
        assert_eq!(answer.header("cache-control"), "public, no-cache");
        assert!(answer.headers.get("set-cookie").is_none() && answer.header("vary") == "accept-encoding");
        let page = answer.json();
        let room = format!("{}/@stadt", wall.url);
        assert_eq!((titles(&page), &page["next"]), (vec!["Markt", "Freibad"], &Value::Null));
        assert_eq!(page["stage"]["handle"], "stadt");
        assert_eq!(page["stage"]["url"], room);
        assert_eq!(page["stage"]["colours"]["accent"], "#c43514");
        let mut fair = page["posts"][0].clone();
        let media = fair["media"].take();
        let topic =
            json!({ "name": "Märkte & Feste", "slug": "maerkte-feste", "url": format!("{room}/topics/maerkte-feste") });
        let expected = json!({
            "id": "fair",
            "extent": "full",
            "url": format!("{room}/p/slug-fair"),
            "external_url": "https://www.feed.example/fair",
            "title": "Markt",
            "text": "Text zu Markt",
            "html": "<p>Text zu <strong>Markt</strong></p>",
            "language": "de",
            "author": "Pressestelle",
            "published_at": "2026-05-04T11:59:59.995Z",
            "updated_at": "2026-05-04T12:00:00Z",
            "pinned": false,
            "network": "feed",
            "source": { "name": "Quelle feed", "url": "https://www.feed.example/" },
            "topics": [topic],
            "media": null,
        });
        assert_eq!(fair, expected, "and no address of a feed, which may be a secret");
        assert_eq!(media[0]["kind"], "image");
        assert_eq!(
            (&media[0]["alt"], &media[0]["width"], &media[0]["height"]),
            (&json!("Bild 7"), &json!(1600), &json!(900))
        );
        for file in media[0]["renditions"].as_array().unwrap() {
            assert!(file["type"].as_str().unwrap().starts_with("image/") && file["width"].as_i64() > Some(0));
            let got = wall.client().get(file["url"].as_str().unwrap()).await.expect(200);
            assert_eq!(got.bytes.len() as u64, file["length"].as_u64().unwrap());
        }
        let only = wall.client().get(&format!("{POSTS}?topic=maerkte-feste")).await.expect(200).json();
        assert_eq!((titles(&only), &only["topic"]["name"]), (vec!["Markt"], &json!("Märkte & Feste")));
    }
}

#[tokio::test]
async fn a_withdrawn_post_is_gone_at_once_and_what_stays_the_same_is_not_sent_again() {
    for wall in TestController::on_each().await {
        let (owner, _) = with_posts(&wall, &["Freibad", "Rat"]).await;
        let anybody = wall.client();
        let first = anybody.get(POSTS).await.expect(200);
        let again =
            async |tag: &str| anybody.send(anybody.request(Method::GET, POSTS).header("if-none-match", tag)).await;
        let same = again(first.header("etag")).await.expect(304);
        assert_eq!((same.bytes.len(), same.header("etag")), (0, first.header("etag")));
        assert_eq!(same.header("access-control-allow-origin"), "*");

        owner.client.post(&owner.path("posts/p0/hide"), &[]).await.expect(303);

        let after = again(first.header("etag")).await.expect(200);
        assert_eq!(titles(&after.json()), ["Rat"]);
        owner.client.post(&owner.path("posts/p0/show"), &[]).await.expect(303);
        assert_eq!(titles(&anybody.get(POSTS).await.json()), ["Freibad", "Rat"]);
        owner.client.post(&owner.path("posts/p1/pin"), &[]).await.expect(303);
        assert_eq!(titles(&anybody.get(POSTS).await.json()), ["Rat", "Freibad"]);
        owner.client.post(&owner.path("sources/feed/unlink"), &[]).await.expect(303);
        assert!(titles(&anybody.get(POSTS).await.json()).is_empty());
    }
}

#[tokio::test]
async fn planned_posts_come_and_go_by_the_clock_alone() {
    let wall = TestController::new().await;
    let (_, stage) = with_posts(&wall, &[]).await;
    let planned = controller::store::Post {
        source_id: None,
        expires_at: Some(NOON + 3_000),
        ..post("own", &stage.id, "Von eins bis drei", NOON + 1_000)
    };
    wall.app.store.add_own_post(&planned, &[]).await.unwrap();
    let shown = async || titles(&wall.client().get(POSTS).await.json()).len();

    assert_eq!(shown().await, 0);
    wall.wait_secs(1);
    assert_eq!(shown().await, 1, "to the millisecond, whatever was kept");
    wall.app.clock.set(NOON + 2_999);
    assert_eq!(shown().await, 1);
    wall.app.clock.set(NOON + 3_000);
    assert_eq!(shown().await, 0);
}

#[tokio::test]
async fn what_another_controller_changed_is_seen_within_two_seconds() {
    let wall = TestController::new().await;
    let (_, stage) = with_posts(&wall, &["Freibad"]).await;
    assert_eq!(titles(&wall.client().get(POSTS).await.json()), ["Freibad"]);

    wall.app.store.hide_post(&stage.id, "p0", NOON).await.unwrap();

    assert_eq!(titles(&wall.client().get(POSTS).await.json()), ["Freibad"], "it comes from memory");
    wall.wait_secs(2);
    assert!(titles(&wall.client().get(POSTS).await.json()).is_empty());
}

#[tokio::test]
async fn pages_meet() {
    let wall = TestController::new().await;
    let names: Vec<_> = (0..7).map(|number| format!("Nummer {number}")).collect();
    with_posts(&wall, &names.iter().map(String::as_str).collect::<Vec<_>>()).await;
    let mut found = Vec::new();
    let mut next = Some(format!("{POSTS}?count=3"));

    while let Some(address) = next {
        let page = wall.client().get(&address).await.expect(200).json();
        found.extend(titles(&page).iter().map(|title| (*title).to_owned()));
        next = page["next"].as_str().map(str::to_owned);
    }

    assert_eq!(found, names);
}

#[tokio::test]
async fn what_is_asked_wrongly_is_answered_with_what_is_wrong() {
    let wall = TestController::new().await;
    with_posts(&wall, &["Freibad"]).await;
    let anybody = wall.client();
    anybody.speak("en");
    let get = async |path: &str| anybody.get(path).await;

    for (path, status, says) in [
        ("/api/v1/stages/nobody/posts", 404, "there is no such stage"),
        ("/api/v1/stages/stadt/posts?topic=nowhere", 404, "there is no such topic"),
        ("/api/v1/stages/stadt/posts?count=many", 422, "count"),
        ("/api/v1/stages/stadt/posts?before=yesterday", 422, "before"),
        ("/api/v1/stages/nobody/live", 404, "there is no such stage"),
    ] {
        let answer = get(path).await.expect(status);
        assert_eq!(answer.header("content-type"), "application/problem+json", "{path}");
        assert_eq!(answer.header("access-control-allow-origin"), "*", "else a page cannot read why");
        assert!(answer.json()["detail"].as_str().unwrap().contains(says), "{path}: {}", answer.text());
    }
    for path in ["/api/v1/stages/@stadt/posts", "/api/v1/stages/Stadt/posts", "/api/v1/stages/stadt/posts?count=0"] {
        assert_eq!(titles(&get(path).await.expect(200).json()), ["Freibad"], "{path}");
    }
}

#[tokio::test]
async fn pages_anywhere_are_told_of_changes() {
    let wall = TestController::new().await;
    let (owner, _) = with_posts(&wall, &["Freibad"]).await;
    let answer = wall.client().request(Method::GET, "/api/v1/stages/stadt/live").send().await.unwrap();
    assert_eq!(
        (answer.status().as_u16(), &answer.headers()["access-control-allow-origin"]),
        (200, &"*".parse().unwrap())
    );
    assert!(answer.headers().get("set-cookie").is_none());
    let mut pieces = answer.bytes_stream();

    owner.client.post(&owner.path("posts/p0/hide"), &[]).await.expect(303);

    let said = tokio::time::timeout(std::time::Duration::from_secs(1), pieces.next()).await.unwrap().unwrap().unwrap();
    assert!(String::from_utf8_lossy(&said).contains("event: posts"));
}
