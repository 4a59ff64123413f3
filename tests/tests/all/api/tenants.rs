//! Tokens against every route: without one, with one of another account, and with one that may do everything else.

use std::collections::BTreeMap;

use harness::{Owner, Program, TestController, TestScreen};
use reqwest::Method;
use serde_json::json;

use super::{
    ALL,
    described::{document, handlers},
    house, photo,
};

/// What a route is sent that would be good.
fn body(method: &str, path: &str) -> Option<(&'static str, Vec<u8>)> {
    let text = match (method, path.rsplit('/').next().unwrap_or_default()) {
        ("GET" | "DELETE", _) => return None,
        ("POST", "media") => return Some(("image/jpeg", photo(9))),
        ("POST", "posts") | ("PUT", "{post}") => json!({ "text": "Text" }),
        ("PUT", "{medium}") => json!({ "name": "Bild" }),
        (_, "moderation") => json!({ "act": "pin" }),
        (_, "alerts") => json!({ "headline": "Hinaus" }),
        _ => json!({}),
    };
    Some(("application/json", text.to_string().into_bytes()))
}

/// Ids of an institution, by the names that routes have for them.
async fn ids(wall: &TestController, owner: &Owner, program: &Program, number: u8) -> BTreeMap<&'static str, String> {
    let handle = owner.handle.as_str();
    let text = |answer: harness::Answer| answer.json();
    let id = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    let screen = TestScreen::new(wall, number);
    let code = screen.code().await;
    let fields = [("code", code.as_str()), ("name", "Foyer"), ("programme", owner.stage_id.as_str())];
    owner.client.post("/dashboard/screens/pair", &fields).await.expect(303);
    let stage = format!("/api/v1/stages/{handle}");
    let draft = json!({ "text": format!("Geheim: {handle}"), "draft": true });
    let post = text(program.json("POST", &format!("{stage}/posts"), &draft).await.expect(201));
    let medium = program.send(Method::POST, "/api/v1/media?name=geheim", Some(("image/jpeg", photo(number)))).await;
    let alert = json!({ "headline": format!("Geheim: {handle}") });
    let alert = text(program.json("POST", &format!("{stage}/alerts"), &alert).await.expect(201));
    let screens = text(program.get(&format!("{stage}/screens")).await.expect(200));
    BTreeMap::from([
        ("handle", handle.to_owned()),
        ("post", id(&post["post"]["id"])),
        ("medium", id(&text(medium.expect(201))["id"])),
        ("alert", id(&alert["id"])),
        ("screen", id(&screens["screens"][0]["id"])),
        ("programme", owner.stage_id.clone()),
    ])
}

fn filled(path: &str, ids: &BTreeMap<&'static str, String>) -> String {
    let filled = ids.iter().fold(path.to_owned(), |path, (name, id)| path.replace(&format!("{{{name}}}"), id));
    assert!(!filled.contains('{'), "no id for {filled}");
    filled
}

#[tokio::test]
async fn every_route_of_tokens_is_closed_to_all_others() {
    for wall in TestController::on_each().await {
        let (owner, program) = house(&wall, "museum").await;
        let (_, other) = house(&wall, "club").await;
        let nobody = wall.client();
        let museum = ids(&wall, &owner, &program, 1).await;
        let mut routes = handlers(&document(&wall).await);
        routes.retain(|(_, _, scope)| !scope.is_empty());
        // What ends something comes last.
        routes.sort_by_key(|(method, _, _)| method == "DELETE");
        assert!(routes.len() >= 25, "{routes:?}");
        let look = async || {
            let mut pages = Vec::new();
            for leaf in ["desk", "screens", "programmes", "alerts"] {
                pages.push(program.get(&format!("/api/v1/stages/museum/{leaf}")).await.expect(200).text());
            }
            pages.push(program.get("/api/v1/media").await.expect(200).text());
            pages
        };
        let before = look().await;

        for (method, path, scope) in &routes {
            let place = filled(path, &museum);
            let send = async |who: &Program| who.send(method.parse().unwrap(), &place, body(method, path)).await;
            let mut request = nobody.request(method.parse().unwrap(), &place);
            if let Some((kind, bytes)) = body(method, path) {
                request = request.header("content-type", kind).body(bytes);
            }
            assert_eq!(nobody.send(request).await.status, 401, "{method} {place} without a token");
            // All scopes but the one.
            let others: Vec<_> = ALL.into_iter().filter(|name| name != scope).collect();
            let lacking = Program::new(&owner, wall.client(), "Fast alles", &others).await;
            let refused = send(&lacking).await;
            assert_eq!(refused.status, 403, "{method} {place} without {scope}: {}", refused.text());
            assert_eq!(refused.json()["scope"], scope.as_str(), "{method} {place}");
            if place.contains("museum") || path.contains('{') {
                let refused = send(&other).await;
                assert_eq!(refused.status, 404, "{method} {place} of another account: {}", refused.text());
                assert!(!refused.text().contains("Geheim"), "{method} {place}");
            }
        }

        assert_eq!(look().await, before, "nothing of the museum has changed");
        assert!(other.get("/api/v1/media").await.expect(200).json()["media"].as_array().unwrap().is_empty());
        assert_eq!(other.get("/api/v1/stages").await.expect(200).json()["stages"][0]["handle"], "club");
        let theirs = json!({ "text": "Meins", "pictures": [{ "id": museum["medium"] }] });
        other.json("POST", "/api/v1/stages/club/posts", &theirs).await.expect(422);
        // The same requests are good with the right token: it was the token that was looked at.
        for (method, path, _) in &routes {
            let place = filled(path, &museum);
            let answer = program.send(method.parse().unwrap(), &place, body(method, path)).await;
            assert!(matches!(answer.status, 200 | 201 | 204), "{method} {place}: {} {}", answer.status, answer.text());
        }
    }
}

#[tokio::test]
async fn what_is_hidden_is_in_no_public_answer() {
    for wall in TestController::on_each().await {
        let (_, program) = house(&wall, "museum").await;
        let posts = "/api/v1/stages/museum/posts";
        let post =
            program.json("POST", posts, &json!({ "title": "Geheim", "text": "Geheim" })).await.expect(201).json();
        let id = post["post"]["id"].as_str().unwrap().to_owned();
        let one = format!("{posts}/{id}");
        let paths = [
            "/api/v1/stages/museum".to_owned(),
            "/api/v1/stages/museum/topics".to_owned(),
            posts.to_owned(),
            format!("{posts}?q=geheim"),
            format!("{posts}?changed_since="),
            one.clone(),
        ];
        assert!(wall.client().get(&one).await.expect(200).text().contains("Geheim"));
        program.json("POST", &format!("{one}/moderation"), &json!({ "act": "hide" })).await.expect(200);
        for path in &paths {
            for answer in [wall.client().get(path).await, program.get(path).await] {
                assert!(!answer.text().contains("Geheim"), "{path}: {}", answer.text());
            }
        }
        wall.client().get("/api/v1/stages/museum/desk").await.expect(401);
    }
}
