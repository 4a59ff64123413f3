//! A service on the loopback address that answers as a test says and remembers what it was asked.

use std::sync::{Arc, Mutex};

use axum::{
    Router,
    body::Body,
    extract::State,
    http::{HeaderMap, Uri},
    response::Response,
};
use tokio_util::sync::{CancellationToken, DropGuard};

/// What was asked: path with query, and headers.
#[derive(Clone, Debug)]
pub(super) struct Request {
    pub(super) path: String,
    pub(super) headers: HeaderMap,
}

impl Request {
    /// A header; empty where it was not sent.
    pub(super) fn header(&self, name: &str) -> String {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
    }
}

/// A value of the query.
pub(super) fn query(path: &str, name: &str) -> String {
    let url = url::Url::parse(&format!("http://x{path}")).unwrap();
    url.query_pairs().find(|(known, _)| known == name).map(|(_, value)| value.into_owned()).unwrap_or_default()
}

/// What is answered.
#[derive(Clone, Debug, Default)]
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) headers: Vec<(&'static str, String)>,
    pub(super) body: Vec<u8>,
}

impl Reply {
    pub(super) fn ok(body: impl Into<Vec<u8>>) -> Self {
        Self { status: 200, headers: Vec::new(), body: body.into() }
    }

    pub(super) fn status(status: u16) -> Self {
        Self { status, ..Self::default() }
    }

    pub(super) fn with(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }
}

type Script = Arc<dyn Fn(&Request) -> Option<Reply> + Send + Sync>;

struct Inside {
    script: Mutex<Script>,
    asked: Mutex<Vec<Request>>,
}

/// The service; it ends with this value.
pub(super) struct Service {
    pub(super) address: String,
    inside: Arc<Inside>,
    _end: DropGuard,
}

impl Service {
    /// Starts one; where the script says nothing, it never answers.
    pub(super) async fn new(script: impl Fn(&Request) -> Option<Reply> + Send + Sync + 'static) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let inside = Arc::new(Inside { script: Mutex::new(Arc::new(script)), asked: Mutex::default() });
        let router = Router::new().fallback(answer).with_state(Arc::clone(&inside));
        let end = CancellationToken::new();
        let ended = end.clone().cancelled_owned();
        tokio::spawn(async move { axum::serve(listener, router).with_graceful_shutdown(ended).await });
        Self { address, inside, _end: end.drop_guard() }
    }

    /// Answers otherwise from now on.
    pub(super) fn turn(&self, script: impl Fn(&Request) -> Option<Reply> + Send + Sync + 'static) {
        *self.inside.script.lock().unwrap() = Arc::new(script);
    }

    pub(super) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// What it was asked so far, under paths that begin so.
    pub(super) fn asked(&self, path: &str) -> Vec<Request> {
        self.inside.asked.lock().unwrap().iter().filter(|one| one.path.starts_with(path)).cloned().collect()
    }
}

async fn answer(State(inside): State<Arc<Inside>>, uri: Uri, headers: HeaderMap) -> Response {
    let path = uri.path_and_query().map_or_else(String::new, ToString::to_string);
    let request = Request { path, headers };
    inside.asked.lock().unwrap().push(request.clone());
    let script = Arc::clone(&inside.script.lock().unwrap());
    let Some(reply) = script(&request) else { return std::future::pending().await };
    let mut response = Response::builder().status(reply.status);
    for (name, value) in reply.headers {
        response = response.header(name, value);
    }
    response.body(Body::from(reply.body)).unwrap()
}
