//! Pages of somebody else, on a host of their own, into which the widget is pasted.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use axum::{
    Router,
    extract::State,
    http::{StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use harness::{Browser, eventually};
use serde_json::Value;
use tokio_util::sync::{CancellationToken, DropGuard};

type Files = Arc<Mutex<BTreeMap<String, [String; 3]>>>;

/// A website; it ends with this value.
pub(crate) struct Site {
    pub(super) url: String,
    files: Files,
    _end: DropGuard,
}

impl Site {
    pub(crate) async fn new() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let files = Files::default();
        let router = Router::new().fallback(answer).with_state(Arc::clone(&files));
        let end = CancellationToken::new();
        let ended = end.clone().cancelled_owned();
        tokio::spawn(async move { axum::serve(listener, router).with_graceful_shutdown(ended).await });
        Self { url, files, _end: end.drop_guard() }
    }

    /// Serves a file beside the pages.
    pub(super) fn put(&self, path: &str, content_type: &str, text: &str) {
        self.files.lock().unwrap().insert(path.to_owned(), [content_type.to_owned(), String::new(), text.to_owned()]);
    }

    /// Serves a page with a content security policy; its address.
    pub(crate) fn page(&self, path: &str, policy: &str, head: &str, body: &str) -> String {
        let html = format!(
            "<!doctype html><html lang=\"de\"><head><meta charset=\"utf-8\"><title>Stadt</title>\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
             <link rel=\"icon\" href=\"data:,\">{head}</head><body><main><h1>Willkommen</h1>{body}</main></body></html>"
        );
        let file = ["text/html; charset=utf-8".to_owned(), policy.to_owned(), html];
        self.files.lock().unwrap().insert(path.to_owned(), file);
        format!("{}{path}", self.url)
    }
}

async fn answer(State(files): State<Files>, uri: Uri) -> Response {
    let Some([content_type, policy, text]) = files.lock().unwrap().get(uri.path()).cloned() else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let mut response = ([(header::CONTENT_TYPE, content_type)], text).into_response();
    if !policy.is_empty() {
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy.parse().unwrap());
    }
    response
}

/// Waits until every wall on the page has so many cards.
pub(super) async fn wait_for_cards(browser: &Browser, cards: usize) {
    eventually(&format!("{cards} cards"), || async { (count_cards(browser).await == vec![cards]).then_some(()) }).await;
}

/// How many cards the walls on the page have, each number once.
async fn count_cards(browser: &Browser) -> Vec<usize> {
    let script = "return [...new Set([...document.querySelectorAll('litfass-wall')].map(
        wall => wall.shadowRoot ? wall.shadowRoot.querySelectorAll('article').length : 0))]";
    serde_json::from_value(browser.run(script).await).unwrap()
}

/// The words of the first wall, as a person sees them.
pub(super) async fn says(browser: &Browser) -> String {
    let script = "return document.querySelector('litfass-wall')?.shadowRoot.querySelector('.posts')?.innerText ?? ''";
    browser.run(script).await.as_str().unwrap_or_default().to_owned()
}

/// Everything that the browser keeps of the page that is open: cookies, storages, databases, caches.
pub(super) async fn kept(browser: &Browser) -> Value {
    let script =
        "return (async () => JSON.stringify({ cookies: document.cookie, local: Object.keys({ ...localStorage }),
        session: Object.keys({ ...sessionStorage }), databases: (await indexedDB.databases()).map(one => one.name),
        caches: await caches.keys() }))()";
    serde_json::from_str(browser.run(script).await.as_str().expect("JSON")).unwrap()
}
