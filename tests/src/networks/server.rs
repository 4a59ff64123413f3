//! The server below every fake network: what was asked is noted, faults are done.

use std::{
    collections::BTreeMap,
    path::PathBuf,
    sync::{Arc, Mutex, MutexGuard},
    time::Duration,
};

use axum::{
    Router,
    body::Body,
    extract::State,
    http::{HeaderMap, Method, StatusCode, Uri},
    response::{IntoResponse, Response},
};
use serde_json::Value;
use tokio_util::sync::{CancellationToken, DropGuard};

use super::shapes::{FakePost, picture, season};
use crate::parts::{listen, photograph};

/// How a fake network answers.
pub trait Kind: Send + Sync + 'static {
    /// Answers a request to its interface or its pages.
    fn answer(&self, world: &World, asked: &Asked) -> Reply;

    /// Says that there were too many requests, and for how many seconds to wait.
    fn busy(&self, world: &World, secs: i64) -> Reply;

    /// Says that there is no such account.
    fn missing(&self, _asked: &Asked) -> Reply {
        Reply::page(404)
    }
}

/// How a fake network misbehaves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Fault {
    /// Not at all.
    #[default]
    None,
    /// Too many requests, for so many seconds.
    Busy(i64),
    /// Answers everything with this status and a page for people.
    Status(u16),
    /// Knows the account no more.
    NoAccount,
    /// Sends only the first half of every body.
    HalfBody,
    /// Lists no post, though all are there.
    EmptyListing,
    /// Lists one more post that makes no sense, before all others.
    OddPost,
    /// Says more than anybody knows today: fields, kinds, media.
    FromTheFuture,
    /// Answers after so many milliseconds.
    Slow(u64),
}

/// A request as it came.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Path, decoded.
    pub path: String,
    /// Query.
    pub query: Vec<(String, String)>,
    /// `Authorization` without `Bearer`.
    pub token: String,
    /// `User-Agent`.
    pub agent: String,
}

impl Asked {
    /// A value of the query; empty when it is missing.
    pub fn value(&self, name: &str) -> &str {
        self.query.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }

    /// A number in the query.
    pub(super) fn number(&self, name: &str) -> Option<usize> {
        self.value(name).parse().ok()
    }
}

/// An answer.
pub struct Reply {
    pub(super) status: u16,
    pub(super) headers: Vec<(&'static str, String)>,
    pub(super) body: Content,
}

/// What stands in an answer.
pub(super) enum Content {
    Json(Value),
    Bytes(Vec<u8>),
}

impl Reply {
    pub(super) fn json(status: u16, value: Value) -> Self {
        let headers = vec![("content-type", "application/json; charset=utf-8".to_owned())];
        Self { status, headers, body: Content::Json(value) }
    }

    pub(super) fn text(status: u16, content_type: &str, text: String) -> Self {
        Self {
            status,
            headers: vec![("content-type", content_type.to_owned())],
            body: Content::Bytes(text.into_bytes()),
        }
    }

    pub(super) fn page(status: u16) -> Self {
        Self::text(status, "text/html", format!("<!doctype html><title>{status}</title><p>{status}</p>"))
    }

    pub(super) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }
}

/// What is on a fake network.
#[derive(Default)]
pub struct World {
    /// Where it runs, without a slash at the end.
    pub url: String,
    /// Now, as the controller's clock says, in seconds since 1970.
    pub now_secs: i64,
    /// Further switches, by name: `opted-out`.
    pub switches: BTreeMap<&'static str, String>,
    pub(super) fault: Fault,
    /// Where photographs lie that it shows instead of plain colours.
    album: Option<PathBuf>,
    posts: BTreeMap<u64, FakePost>,
    asked: Vec<Asked>,
}

impl World {
    /// What a listing holds, newest first.
    pub(super) fn listed(&self) -> Vec<&FakePost> {
        if self.fault == Fault::EmptyListing { Vec::new() } else { self.posts.values().rev().collect() }
    }

    /// One post, by its number.
    pub(super) fn post(&self, number: u64) -> Option<&FakePost> {
        self.posts.get(&number)
    }

    /// The address of something on the server.
    pub(super) fn at(&self, path: &str) -> String {
        format!("{}{path}", self.url)
    }
}

/// A running fake network; it ends with this value.
pub struct FakeNetwork {
    world: Arc<Mutex<World>>,
    _end: DropGuard,
}

impl FakeNetwork {
    /// Starts an empty one.
    pub async fn new(kind: Box<dyn Kind>) -> Self {
        Self::at(kind, 0).await
    }

    /// The same on this port, or on another one where that is taken.
    pub async fn at(kind: Box<dyn Kind>, port: u16) -> Self {
        let listener = listen(port).await;
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let world = Arc::new(Mutex::new(World { url, ..World::default() }));
        let state: (Arc<Mutex<World>>, Arc<dyn Kind>) = (Arc::clone(&world), kind.into());
        let router = Router::new().fallback(answer).with_state(state);
        let end = CancellationToken::new();
        let ended = end.clone().cancelled_owned();
        tokio::spawn(async move { axum::serve(listener, router).with_graceful_shutdown(ended).await });
        Self { world, _end: end.drop_guard() }
    }

    /// Where it runs, without a slash at the end.
    pub fn url(&self) -> String {
        self.lock().url.clone()
    }

    /// Shows photographs of this folder where a post names one.
    pub fn show_photographs(&self, folder: PathBuf) {
        self.lock().album = Some(folder);
    }

    /// Publishes a post, or another version of it.
    pub fn publish(&self, post: FakePost) {
        self.lock().posts.insert(post.number, post);
    }

    /// Edits a post.
    pub fn edit(&self, number: u64, words: &str) {
        let mut world = self.lock();
        let post = world.posts.get_mut(&number).expect("a post to edit");
        words.clone_into(&mut post.words);
        post.edited = true;
    }

    /// Deletes a post.
    pub fn delete(&self, number: u64) {
        self.lock().posts.remove(&number).expect("a post to delete");
    }

    /// Misbehaves from now on.
    pub fn misbehave(&self, fault: Fault) {
        self.lock().fault = fault;
    }

    /// Sets what time it is.
    pub fn set_now(&self, millis: i64) {
        self.lock().now_secs = millis / 1000;
    }

    /// Turns a switch of this kind of network.
    pub fn switch(&self, name: &'static str, value: &str) {
        self.lock().switches.insert(name, value.to_owned());
    }

    /// Every request so far, pictures left out.
    pub fn asked(&self) -> Vec<Asked> {
        self.lock().asked.clone()
    }

    fn lock(&self) -> MutexGuard<'_, World> {
        self.world.lock().expect("the fake network's lock")
    }
}

type Shared = (Arc<Mutex<World>>, Arc<dyn Kind>);

async fn answer(State((world, kind)): State<Shared>, method: Method, uri: Uri, headers: HeaderMap) -> Response {
    let path = uri.path().to_owned();
    if let Some(name) = path.strip_prefix("/media/") {
        let album = world.lock().expect("the fake network's lock").album.clone();
        if let Some(photograph) = album.and_then(|album| photograph(&album, name)) {
            return ([("content-type", "image/jpeg")], Body::from(photograph)).into_response();
        }
        return ([("content-type", "image/png")], Body::from(picture(&path))).into_response();
    }
    let header = |name: &str| headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned();
    let query = url::form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes()).into_owned().collect();
    let token = header("authorization").trim_start_matches("Bearer ").to_owned();
    let asked = Asked { path, query, token, agent: header("user-agent") };
    let (mut reply, fault) = {
        let mut world = world.lock().expect("the fake network's lock");
        world.asked.push(asked.clone());
        let reply = match world.fault {
            _ if method != Method::GET => Reply::page(405),
            Fault::Busy(secs) => kind.busy(&world, secs),
            Fault::Status(status) => Reply::page(status),
            Fault::NoAccount => kind.missing(&asked),
            _ => kind.answer(&world, &asked),
        };
        (reply, world.fault)
    };
    if let Fault::Slow(millis) = fault {
        tokio::time::sleep(Duration::from_millis(millis)).await;
    }
    let mut bytes = match &mut reply.body {
        Content::Json(value) => {
            if fault == Fault::FromTheFuture {
                season(value);
            }
            value.to_string().into_bytes()
        }
        Content::Bytes(bytes) => std::mem::take(bytes),
    };
    if fault == Fault::HalfBody {
        bytes.truncate(bytes.len() / 2);
    }
    let status = StatusCode::from_u16(reply.status).expect("a status");
    let mut response = (status, Body::from(bytes)).into_response();
    for (name, value) in reply.headers {
        response.headers_mut().insert(name, value.parse().expect("a header"));
    }
    response
}
