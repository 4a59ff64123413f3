//! What makes the platform a program of its own on a device: its manifest, and the worker that reads it without a network.

use std::sync::LazyLock;

use axum::{
    Json, Router,
    extract::{Query, State},
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Response},
    routing::get,
};
use serde::Deserialize;
use serde_json::json;

use super::Sheet;
use crate::{
    app::App,
    web::{packed::Packed, statics},
};

/// Files that the pages of the platform name; the worker keeps them.
const FILES: [&str; 7] = [
    "favicon.svg",
    "my_wall.js",
    "platform.css",
    "platform.js",
    "vendor/inter/files/inter-latin-wght-normal.woff2",
    "widget/follows.js",
    "widget/parts.js",
];

pub(super) fn routes() -> Router<App> {
    Router::new().route("/manifest.webmanifest", get(manifest)).route("/worker.js", get(worker))
}

static WORKER: LazyLock<Packed> = LazyLock::new(|| Packed::new(compose().into_bytes()));

/// The worker, with the version of all files in it: where one of them changes, it is another worker.
async fn worker(asked: HeaderMap) -> Response {
    let said = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/javascript; charset=utf-8")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-cache")),
    ];
    WORKER.answer(&asked, said)
}

fn compose() -> String {
    let json = |value: serde_json::Value| value.to_string();
    let files = FILES.map(statics::address);
    let text = statics::text("worker.js");
    text.replacen("\"@version\"", &json(json!(statics::version())), 1).replacen("\"@files\"", &json(json!(files)), 1)
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Wish {
    lang: Option<String>,
}

async fn manifest(State(app): State<App>, Query(wish): Query<Wish>, headers: HeaderMap) -> Response {
    let sheet = Sheet::read(&app, &headers, "/manifest.webmanifest".to_owned(), wish.lang.as_deref());
    let icon = |name: &str, sizes: &str, purpose: &str| json!({ "src": statics::address(name), "sizes": sizes, "type": "image/png", "purpose": purpose });
    let manifest = json!({
        "id": "/wall",
        "name": format!("Litfass – {}", sheet.host()),
        "short_name": "Litfass",
        "description": sheet.t("platform.wall.about"),
        "lang": sheet.lang(),
        "dir": "ltr",
        "start_url": "/wall",
        "scope": "/",
        "display": "standalone",
        "background_color": "#faf5ec",
        "theme_color": "#faf5ec",
        "categories": ["news"],
        "icons": [
            icon("icons/192.png", "192x192", "any"),
            icon("icons/512.png", "512x512", "any"),
            icon("icons/maskable-512.png", "512x512", "maskable"),
        ],
        "shortcuts": [
            { "name": sheet.t("platform.wall"), "url": "/wall" },
            { "name": sheet.t("platform.stages"), "url": "/#stages" },
        ],
    });
    let headers = [(header::CONTENT_TYPE, "application/manifest+json"), (header::CACHE_CONTROL, "no-cache")];
    (headers, Json(manifest)).into_response()
}

#[cfg(test)]
mod tests {
    use super::{FILES, compose, statics};

    #[test]
    fn the_worker_is_whole_and_names_files_that_are_there() {
        let worker = compose();

        assert!(!worker.contains("\"@") && worker.contains(statics::version()), "{worker}");
        for name in FILES {
            assert!(worker.contains(&statics::address(name)), "{name}");
            assert!(statics::is_there(name), "{name}");
        }
    }
}
