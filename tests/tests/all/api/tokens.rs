//! Tokens: made and shown once, good for what they say and no more, gone at once.

use harness::{Owner, Program, TestController};
use serde_json::json;

use super::{ALL, house};
use crate::own_posts::everybody_is;

const MINE: &str = "/api/v1/stages";

#[tokio::test]
async fn a_token_is_shown_once_and_ends_when_it_is_revoked_or_its_time_is_over() {
    for wall in TestController::on_each().await {
        let owner = Owner::new(wall.client(), "museum").await;
        let program = Program::new(&owner, wall.client(), "Website", &["read"]).await;
        let short = Program::new(&owner, wall.client(), "Kurz", &["read"]).await;
        assert!(program.token.starts_with("litfass_") && program.token.len() == 72, "{}", program.token);

        assert_eq!(program.get(MINE).await.expect(200).json()["stages"][0]["handle"], "museum");

        let page = owner.client.get("/dashboard/tokens").await.expect(200).text();
        assert!(!page.contains(&program.token) && page.contains(&program.token[68..]) && page.contains("Website"));
        let row = page.split("<tr>").find(|row| row.contains("Website")).unwrap();
        let id = row.split("/dashboard/tokens/").nth(1).unwrap().split("/revoke").next().unwrap();
        owner.client.post(&format!("/dashboard/tokens/{id}/revoke"), &[]).await.expect(303);
        let refused = program.get(MINE).await.expect(401);
        assert_eq!(refused.header("content-type"), "application/problem+json");
        assert!(refused.header("www-authenticate").contains("invalid_token"));
        assert_eq!(refused.json()["type"], "/api#problem-bad_token");
        short.get(MINE).await.expect(200);
        wall.wait_secs(90 * 86_400);
        short.get(MINE).await.expect(401);
    }
}

#[tokio::test]
async fn only_a_good_token_in_its_header_counts() {
    let wall = TestController::new().await;
    let (owner, program) = house(&wall, "museum").await;
    let anybody = wall.client();
    assert_eq!(anybody.get(MINE).await.expect(401).json()["type"], "/api#problem-no_token");
    assert_eq!(
        owner.client.get(MINE).await.expect(401).header("www-authenticate"),
        "Bearer",
        "a cookie is nothing here"
    );
    for said in [
        program.token.clone(),
        format!("Basic {}", program.token),
        "Bearer ".to_owned(),
        format!("Bearer {}x", program.token),
        format!("Bearer {}", program.token.to_uppercase()),
        format!("Bearer litfass_{}", "0".repeat(64)),
    ] {
        let request = anybody.request(reqwest::Method::GET, MINE).header("authorization", &said);
        anybody.send(request).await.expect(401);
        let public = anybody.request(reqwest::Method::GET, "/api/v1/stages/museum").header("authorization", &said);
        anybody.send(public).await.expect(401);
    }
    let answer = program.get(MINE).await.expect(200);
    assert!(answer.headers.get("access-control-allow-origin").is_none(), "no page of others reads this");
    assert_eq!(answer.header("cache-control"), "no-store");
    assert!(answer.headers.get("set-cookie").is_none());
    let preflight = anybody.request(reqwest::Method::OPTIONS, "/api/v1/stages/museum/posts");
    let preflight = preflight.header("origin", "https://evil.example").header("access-control-request-method", "POST");
    assert!(anybody.send(preflight.header("access-control-request-headers", "authorization")).await.status >= 400);
}

#[tokio::test]
async fn nobody_gives_more_than_they_have_and_loses_it_with_their_role() {
    for wall in TestController::on_each().await {
        let (owner, program) = house(&wall, "museum").await;
        let write = json!({ "text": "Sommerfest" });
        program.json("POST", "/api/v1/stages/museum/posts", &write).await.expect(201);

        everybody_is(&wall, "moderator").await;

        let refused = program.json("POST", "/api/v1/stages/museum/posts", &write).await.expect(403).json();
        assert_eq!((refused["scope"].as_str(), refused["type"].as_str()), (Some("posts"), Some("/api#problem-scope")));
        program.get("/api/v1/stages/museum/desk").await.expect(200);
        let fields = [("name", "Mehr"), ("days", "0"), ("read", "true"), ("posts", "true")];
        let page = owner.client.post("/dashboard/tokens", &fields).await.expect(422).text();
        assert!(page.contains("id=\"scopes-wrong\"") && !page.contains("the-token"));
        Program::new(&owner, wall.client(), "Weniger", &["read", "moderation"]).await;
        for fields in [
            [("name", ""), ("days", "90"), ("read", "true")],
            [("name", "x"), ("days", "7"), ("read", "true")],
            [("name", "x"), ("days", "90"), ("everything", "true")],
        ] {
            owner.client.post("/dashboard/tokens", &fields).await.expect(422);
        }
    }
}

#[tokio::test]
async fn what_a_token_does_stands_in_the_history_with_its_name() {
    for wall in TestController::on_each().await {
        let (owner, program) = house(&wall, "museum").await;
        let post = program.json("POST", "/api/v1/stages/museum/posts", &json!({ "text": "Fest" })).await.expect(201);
        let path = format!("/api/v1/stages/museum/posts/{}", post.json()["post"]["id"].as_str().unwrap());
        program.json("POST", &format!("{path}/moderation"), &json!({ "act": "hide" })).await.expect(200);
        program.delete(&path).await.expect(204);

        let page = owner.client.get(&owner.path("history")).await.expect(200).text();
        assert_eq!(page.matches("Ada Beispiel, mit dem Token „Website“").count(), 3, "{page}");
        let csv = owner.client.get(&owner.path("history.csv")).await.expect(200).text();
        assert_eq!(csv.matches(",Ada Beispiel,,Website").count(), 3, "{csv}");
    }
}

#[tokio::test]
async fn a_token_that_asks_too_often_waits_and_no_other_does() {
    let wall = TestController::new().await;
    let (owner, program) = house(&wall, "museum").await;
    let other = Program::new(&owner, wall.client(), "Archiv", &ALL).await;
    let mut last = program.get(MINE).await;
    for _ in 0..600 {
        last = program.get(MINE).await;
    }
    let refused = last.expect(429);
    assert!(refused.header("retry-after").parse::<u64>().unwrap() >= 1);
    assert_eq!(refused.json()["type"], "/api#problem-too_many");
    other.get(MINE).await.expect(200);
    wall.wait_secs(2);
    program.get(MINE).await.expect(200);
}
