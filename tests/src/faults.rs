//! A man in the middle who fails: between a controller and the server that holds its files.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use axum::{
    Router,
    body::{Body, Bytes},
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use tokio_util::sync::{CancellationToken, DropGuard};

/// Largest body that passes.
const LARGEST: usize = 64 << 20;

/// What goes wrong.
#[derive(Clone, Debug, PartialEq)]
pub enum Fault {
    /// Answers come late.
    Slow(Duration),
    /// The server is too busy, or broken: this status, and no deed.
    Status(u16),
    /// The line breaks: in the middle of what is fetched, or before anything else is done.
    Cut,
    /// The answer ends well, but half-way.
    Short,
    /// One byte of the answer is another.
    Wrong,
    /// It leads elsewhere.
    Elsewhere(String),
}

#[derive(Clone, Default)]
struct Plan {
    fault: Option<Fault>,
    /// Only requests of this method.
    method: Option<Method>,
    /// So many of them pass before.
    passes: usize,
    /// How many more requests it hits.
    left: usize,
    /// How many it has hit.
    hit: usize,
}

#[derive(Clone)]
struct Inside {
    target: String,
    http: reqwest::Client,
    plan: Arc<Mutex<Plan>>,
}

/// A listener before a server; it ends with this value.
pub struct Faults {
    /// Its address, without a slash at the end.
    pub url: String,
    plan: Arc<Mutex<Plan>>,
    _end: DropGuard,
}

impl Faults {
    /// Stands before a server and passes everything on, until told otherwise.
    pub async fn before(url: &str) -> Self {
        drop(rustls::crypto::ring::default_provider().install_default());
        let builder = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy();
        let http = builder.no_gzip().no_brotli().build().expect("an HTTP client");
        let plan = Arc::<Mutex<Plan>>::default();
        let inside = Inside { target: url.to_owned(), http, plan: Arc::clone(&plan) };
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let end = CancellationToken::new();
        let stop = end.clone().cancelled_owned();
        let router = Router::new().fallback(pass).with_state(inside);
        tokio::spawn(async move { axum::serve(listener, router).with_graceful_shutdown(stop).await });
        Self { url, plan, _end: end.drop_guard() }
    }

    /// Lets the next requests of a method fail, so many of them.
    pub fn fail(&self, method: Method, fault: Fault, count: usize) {
        *self.plan() = Plan { fault: Some(fault), method: Some(method), left: count, ..Plan::default() };
    }

    /// Lets every request of a method fail after so many.
    pub fn fail_after(&self, passes: usize, method: Method, fault: Fault) {
        *self.plan() = Plan { fault: Some(fault), method: Some(method), left: usize::MAX, passes, hit: 0 };
    }

    /// Lets every request fail from now on.
    pub fn fail_all(&self, fault: Fault) {
        *self.plan() = Plan { fault: Some(fault), left: usize::MAX, ..Plan::default() };
    }

    /// Passes everything on again; how many requests were hit.
    pub fn mend(&self) -> usize {
        std::mem::take(&mut *self.plan()).hit
    }

    fn plan(&self) -> std::sync::MutexGuard<'_, Plan> {
        self.plan.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inside {
    /// What is to go wrong with a request.
    fn fault(&self, method: &Method) -> Option<Fault> {
        let mut plan = self.plan.lock().unwrap_or_else(PoisonError::into_inner);
        if plan.left == 0 || plan.method.as_ref().is_some_and(|only| only != method) {
            return None;
        }
        if plan.passes > 0 {
            plan.passes -= 1;
            return None;
        }
        plan.left -= 1;
        plan.hit += 1;
        plan.fault.clone()
    }
}

async fn pass(State(inside): State<Inside>, request: Request) -> Response {
    let fault = inside.fault(request.method());
    match &fault {
        Some(Fault::Status(status)) => {
            let status = StatusCode::from_u16(*status).expect("a status");
            let words = "<?xml version=\"1.0\"?>\n<Error><Code>SlowDown</Code><Message>Please</Message></Error>";
            return (status, words).into_response();
        }
        Some(Fault::Elsewhere(place)) => {
            return (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, place.clone())]).into_response();
        }
        Some(Fault::Slow(pause)) => tokio::time::sleep(*pause).await,
        // Ends the task that holds the line, without a word.
        Some(Fault::Cut) if request.method() != Method::GET => std::panic::resume_unwind(Box::new("cut")),
        _ => {}
    }
    let (parts, body) = request.into_parts();
    let body = axum::body::to_bytes(body, LARGEST).await.expect("a request");
    let path = parts.uri.path_and_query().map_or("/", |path| path.as_str());
    let asked = inside.http.request(parts.method, format!("{}{path}", inside.target)).headers(parts.headers);
    let Ok(answer) = asked.body(body).send().await else { return StatusCode::BAD_GATEWAY.into_response() };
    let (status, headers) = (answer.status(), answer.headers().clone());
    let body = answer.bytes().await.expect("an answer");
    spoil(fault.as_ref(), status, headers, body)
}

fn spoil(fault: Option<&Fault>, status: StatusCode, mut headers: HeaderMap, body: Bytes) -> Response {
    headers.remove(header::TRANSFER_ENCODING);
    headers.remove(header::CONNECTION);
    let body = match fault {
        Some(Fault::Cut) => {
            headers.insert(header::CONTENT_LENGTH, HeaderValue::from(body.len()));
            let half = futures_util::stream::iter([Ok(body.slice(..body.len() / 2))]);
            // Whoever listens gets the first half before the line breaks.
            let end = futures_util::stream::once(async {
                tokio::time::sleep(Duration::from_millis(50)).await;
                Err(std::io::Error::other("cut"))
            });
            Body::from_stream(futures_util::StreamExt::chain(half, end))
        }
        Some(Fault::Short) => {
            headers.insert(header::CONTENT_LENGTH, HeaderValue::from(body.len() / 2));
            Body::from(body.slice(..body.len() / 2))
        }
        Some(Fault::Wrong) => {
            let mut other = body.to_vec();
            if let Some(last) = other.last_mut() {
                *last ^= 1;
            }
            Body::from(other)
        }
        _ => Body::from(body),
    };
    (status, headers, body).into_response()
}
