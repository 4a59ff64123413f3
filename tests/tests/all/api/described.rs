//! The description of the API is true: it names every route and nothing else, and what each token may.

use std::{collections::BTreeSet, fs};

use harness::{TestController, root};
use serde_json::Value;

use crate::tenants::routes::described;

/// Every handler of the document as `GET /path`, with the scope that it wants; empty for none.
pub(super) fn handlers(document: &Value) -> Vec<(String, String, String)> {
    let mut all = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let scope = operation["security"][0]["token"][0].as_str().unwrap_or_default();
            all.push((method.to_uppercase(), path.clone(), scope.to_owned()));
        }
    }
    all
}

pub(super) async fn document(wall: &TestController) -> Value {
    wall.client().get("/api/openapi.json").await.expect(200).json()
}

#[tokio::test]
async fn every_route_is_described_and_every_description_is_a_route() {
    let wall = TestController::new().await;
    let document = document(&wall).await;
    let said: BTreeSet<_> =
        handlers(&document).into_iter().map(|(method, path, _)| format!("{method} {path}")).collect();

    let mut written = BTreeSet::new();
    for entry in fs::read_dir(root().join("controller/src/web/api")).unwrap() {
        let source = fs::read_to_string(entry.unwrap().path()).unwrap();
        for hidden in [".route(\"/api/v1", ".route_service("] {
            assert!(!source.contains(hidden), "{hidden}…): what stands there is described nowhere");
        }
        written.extend(described(&source));
    }

    assert_eq!(said, written);
    assert!(said.len() >= 30, "{said:#?}");
    // The router knows each: what it does not know would be 404 of another kind, or 405.
    for (method, path, _) in handlers(&document) {
        let path = path.replace(['{', '}'], "");
        let request = wall.client().request(method.parse().unwrap(), &path);
        let answer = wall.client().send(request).await;
        assert_ne!(answer.status, 405, "{method} {path}");
    }
}

#[tokio::test]
async fn the_document_is_whole_and_open_to_all() {
    let wall = TestController::new().await;
    let answer = wall.client().get("/api/openapi.json").await.expect(200);
    assert_eq!(
        (answer.header("content-type"), answer.header("access-control-allow-origin")),
        ("application/json", "*")
    );
    let document = answer.json();
    assert_eq!(document["openapi"], "3.1.0");
    let again = wall.client().request(reqwest::Method::GET, "/api/openapi.json");
    wall.client().send(again.header("if-none-match", answer.header("etag"))).await.expect(304);

    let mut names = BTreeSet::new();
    let text = document.to_string();
    for reference in text.split("\"$ref\":\"#/components/schemas/").skip(1) {
        let name = reference.split('"').next().unwrap();
        assert!(document["components"]["schemas"][name].is_object(), "no shape {name}");
    }
    for (method, path, _) in handlers(&document) {
        let operation = &document["paths"][&path][method.to_lowercase()];
        for field in ["summary", "operationId"] {
            assert!(operation[field].as_str().is_some_and(|text| !text.is_empty()), "{method} {path}: no {field}");
        }
        assert!(names.insert(operation["operationId"].as_str().unwrap().to_owned()), "{method} {path}: name twice");
        for placeholder in path.split('{').skip(1).map(|rest| rest.split('}').next().unwrap()) {
            let parameters = operation["parameters"].as_array().unwrap();
            assert!(parameters.iter().any(|one| one["name"] == placeholder && one["in"] == "path"), "{path}");
        }
    }
}

#[tokio::test]
async fn the_page_names_every_route_in_both_languages() {
    let wall = TestController::new().await;
    let document = document(&wall).await;
    for (language, word) in [("de", "Kein Token nötig"), ("en", "No token needed")] {
        let client = wall.client();
        client.speak(language);
        let page = client.get("/api").await.expect(200).text();
        assert!(page.contains(word), "{page}");
        for (_, path, _) in handlers(&document) {
            assert!(page.contains(&format!("<code>{path}</code>")), "{path}");
        }
        for name in document["components"]["schemas"].as_object().unwrap().keys() {
            assert!(page.contains(&format!("id=\"shape-{name}\"")), "{name}");
        }
    }
}
