//! What everybody may read of a stage, and in which words what cannot be answered is explained.

use harness::TestController;
use reqwest::Method;
use serde_json::{Value, json};

use super::{house, photo};

fn titles(page: &Value) -> Vec<&str> {
    page["posts"].as_array().unwrap().iter().map(|post| post["title"].as_str().unwrap_or_default()).collect()
}

#[tokio::test]
async fn a_stage_its_topics_and_its_posts_are_read_as_they_are_asked_for() {
    for wall in TestController::on_each().await {
        let (owner, program) = house(&wall, "museum").await;
        let fields = [("name", "Feste"), ("at", "0.any"), ("is", "words"), ("text", "fest"), ("what", "save")];
        owner.client.post(&owner.path("topics"), &fields).await.expect(303);
        let picture = program.send(Method::POST, "/api/v1/media?name=kai.jpg", Some(("image/jpeg", photo(3)))).await;
        let picture = picture.expect(201).json()["id"].as_str().unwrap().to_owned();
        let posts = "/api/v1/stages/museum/posts";
        let pictured =
            json!({ "title": "Hafen", "text": "Am Kai", "pictures": [{ "id": picture, "alt": "Ein Boot" }] });
        program.json("POST", posts, &pictured).await.expect(201);
        wall.wait_secs(60);
        let fest = json!({ "title": "Sommerfest", "text": "Musik", "topics": ["feste"] });
        let fest = program.json("POST", posts, &fest).await.expect(201).json();
        program
            .json("POST", posts, &json!({ "title": "Geheim", "text": "Noch nicht", "draft": true }))
            .await
            .expect(201);
        let anybody = wall.client();
        let list = async |query: &str| anybody.get(&format!("{posts}?{query}")).await.expect(200).json();

        let stage = anybody.get("/api/v1/stages/@Museum").await.expect(200).json();
        assert_eq!((&stage["handle"], &stage["topics"][0]["slug"]), (&json!("museum"), &json!("feste")));
        assert_eq!(stage["links"], json!([]));
        assert_eq!(anybody.get("/api/v1/stages/museum/topics").await.expect(200).json()["topics"][0]["name"], "Feste");
        assert_eq!(titles(&list("").await), ["Sommerfest", "Hafen"]);
        assert_eq!(titles(&list("topic=feste").await), ["Sommerfest"]);
        assert_eq!(titles(&list("kind=picture").await), ["Hafen"]);
        assert_eq!(titles(&list("kind=text").await), ["Sommerfest"]);
        assert!(titles(&list("network=mastodon").await).is_empty());
        assert_eq!(titles(&list("network=own&count=1").await), ["Sommerfest"]);
        assert_eq!(titles(&list("q=musik").await), ["Sommerfest"]);
        assert!(titles(&list("q=geheim").await).is_empty());
        assert_eq!(titles(&list("since=2026-05-04T12:01:00Z").await), ["Sommerfest"]);
        assert_eq!(titles(&list("until=2026-05-04T14:01:00%2B02:00").await), ["Hafen"]);
        let first = list("kind=&count=1").await;
        let next = first["next"].as_str().unwrap();
        assert_eq!(titles(&anybody.get(next).await.expect(200).json()), ["Hafen"]);

        let id = fest["post"]["id"].as_str().unwrap();
        let one = anybody.get(&format!("{posts}/{id}")).await.expect(200);
        assert_eq!(one.header("access-control-allow-origin"), "*");
        let slug = one.json()["url"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
        assert_eq!(anybody.get(&format!("{posts}/{slug}")).await.expect(200).json()["title"], "Sommerfest");
        let held = anybody.request(Method::GET, &format!("{posts}/{id}")).header("if-none-match", one.header("etag"));
        anybody.send(held).await.expect(304);
        program.json("POST", &format!("{posts}/{id}/moderation"), &json!({ "act": "hide" })).await.expect(200);
        for name in [id, &slug] {
            anybody.get(&format!("{posts}/{name}")).await.expect(404);
        }
        let desk = program.get("/api/v1/stages/museum/desk?group=hidden").await.expect(200).json();
        assert_eq!(
            (&desk["posts"][0]["state"], &desk["posts"][0]["post"]["title"]),
            (&json!("hidden"), &json!("Sommerfest"))
        );
    }
}

#[tokio::test]
async fn what_cannot_be_answered_is_explained_in_the_language_that_is_accepted() {
    let wall = TestController::new().await;
    let (_, program) = house(&wall, "museum").await;
    let anybody = wall.client();
    let posts = "/api/v1/stages/museum/posts";
    let send = async |method: Method, path: &str, kind: &str, body: &str| {
        program.send(method, path, Some((kind, body.as_bytes().to_vec()))).await
    };
    let json = "application/json";
    for (answer, status, kind) in [
        (program.get("/api/v1/nothing").await, 404, "unknown"),
        (program.get("/api/v2").await, 404, "unknown"),
        (program.get("/api/v1/stages/nobody").await, 404, "unknown"),
        (program.delete("/api/v1/stages/museum").await, 405, "method"),
        (send(Method::POST, posts, json, "{").await, 400, "unread"),
        (send(Method::POST, posts, "text/plain", "{}").await, 415, "media_type"),
        (send(Method::POST, posts, json, &format!("\"{}\"", "x".repeat(300_000))).await, 413, "too_large"),
        (send(Method::POST, posts, json, "{\"title\": 7}").await, 422, "invalid"),
        (send(Method::POST, posts, json, "{\"text\": \"a\\u0000b\"}").await, 422, "invalid"),
        (program.get(&format!("{posts}?kind=sound")).await, 422, "invalid"),
        (program.get(&format!("{posts}?topic=a%00b")).await, 400, "unread"),
        (program.get("/api/v1/stages/a%00b").await, 400, "unread"),
    ] {
        let answer = answer.expect(status);
        assert_eq!(answer.header("content-type"), "application/problem+json", "{kind}");
        assert_eq!(answer.json()["type"], format!("/api#problem-{kind}"), "{}", answer.text());
        assert_eq!((&answer.json()["status"], answer.header("content-language")), (&status.into(), "en"));
    }
    let wrong = program.json("POST", posts, &serde_json::json!({ "until": "2026-05-04T10:00:00Z", "text": "" })).await;
    let wrong = wrong.expect(422).json();
    let fields: Vec<_> = wrong["errors"].as_array().unwrap().iter().map(|one| one["field"].as_str().unwrap()).collect();
    assert_eq!(fields, ["text", "until"], "{wrong}");
    let shape = send(Method::POST, posts, json, "{\"pictures\": [{\"id\": 7}]}").await.expect(422).json();
    assert_eq!(shape["errors"][0]["field"], "pictures[0].id");
    anybody.speak("de-AT, en;q=0.5");
    let german = anybody.get("/api/v1/stages/nobody").await.expect(404);
    assert_eq!((german.json()["title"].as_str(), german.header("content-language")), (Some("Nicht gefunden"), "de"));
    assert!(german.json()["detail"].as_str().unwrap().contains("Bühne"));
}
