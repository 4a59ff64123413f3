//! Fake networks that one signs in to: one small server each, as their documents describe them.
//!
//! What a test does to them: posts appended, edited and removed; what the person at the sign-in page decides; faults,
//! each for one request; and a log of all that was asked.

mod access;
mod facebook;
mod faults;
mod instagram;
mod linkedin;
mod meta;
mod request;
mod tiktok;
mod x;

use std::{
    path::PathBuf,
    sync::{Arc, Mutex, MutexGuard},
};

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, Method, Uri},
    response::Response,
};
use controller::{
    config::{Config, NetworkSettings, Secret},
    tools::clock::Clock,
};
use serde_json::Value;
use tokio_util::sync::{CancellationToken, DropGuard};

use self::request::Reply;
pub use self::{
    access::{Access, Rotation},
    faults::Fault,
    request::Asked,
};
use crate::{
    TestClient,
    paper::{STYLE, escape},
    parts::listen,
};

/// Name and secret under which the tests are registered everywhere.
pub const CLIENT_ID: &str = "litfass-client";
/// The secret of that registration.
pub const CLIENT_SECRET: &str = "litfass-secret";

/// Which network is played.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Instagram with Instagram Login.
    Instagram,
    /// Pages of Facebook.
    Facebook,
    /// TikTok's Display API.
    TikTok,
    /// X, API v2.
    X,
    /// Organisations of LinkedIn.
    LinkedIn,
}

impl Kind {
    /// Its name in settings and addresses.
    pub fn name(self) -> &'static str {
        match self {
            Self::Instagram => "instagram",
            Self::Facebook => "facebook",
            Self::TikTok => "tiktok",
            Self::X => "x",
            Self::LinkedIn => "linkedin",
        }
    }

    /// Its name for people.
    pub fn label(self) -> &'static str {
        match self {
            Self::Instagram => "Instagram",
            Self::Facebook => "Facebook",
            Self::TikTok => "TikTok",
            Self::X => "X",
            Self::LinkedIn => "LinkedIn",
        }
    }
}

/// Everything a fake network knows.
struct Inside {
    kind: Kind,
    url: String,
    clock: Clock,
    access: Access,
    /// Posts as the network writes them, newest first; `media:NAME` stands for a signed address.
    posts: Vec<Value>,
    /// Posts on a page, whatever is asked for at most.
    page_size: usize,
    /// X only: its fields have their new names.
    renamed: bool,
    /// Where photographs lie that it shows instead of plain colours.
    album: Option<PathBuf>,
    /// Where it writes down what it knows of tokens.
    notebook: Option<PathBuf>,
    faults: Vec<(String, usize, Fault)>,
    log: Vec<Asked>,
}

impl Inside {
    fn now(&self) -> i64 {
        self.clock.now()
    }

    fn answer(&mut self, asked: &Asked) -> Reply {
        if let Some(name) = asked.path.strip_prefix("/media/") {
            return request::medium(name, asked, self.now(), self.album.as_deref());
        }
        if let Some(id) = asked.path.strip_prefix("/posts/") {
            let text = format!("This is post {id} at the fake {}.", self.kind.label());
            return Reply::page(page(self.kind, &format!("<p>{}</p>", escape(&text))));
        }
        match self.kind {
            Kind::Instagram => instagram::answer(self, asked),
            Kind::Facebook => facebook::answer(self, asked),
            Kind::TikTok => tiktok::answer(self, asked),
            Kind::X => x::answer(self, asked),
            Kind::LinkedIn => linkedin::answer(self, asked),
        }
    }

    /// Writes down what it knows of tokens, where it does.
    fn note(&self) {
        if let Some(file) = &self.notebook {
            let text = serde_json::to_string(&self.access).expect("write tokens");
            std::fs::write(file, text).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        }
    }

    /// A post as it is sent: with addresses of media that end after a while.
    fn sent(&self, post: &Value, lasting_secs: i64) -> Value {
        let ends = self.now() / 1000 + lasting_secs;
        let text = post.to_string();
        let mut parts = text.split("\"media:");
        let mut sent = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let (name, rest) = part.split_once('"').expect("a name that ends");
            sent += &format!("\"{}/media/{name}?oe={ends:x}\"{rest}", self.url);
        }
        serde_json::from_str(&sent).expect("a post is JSON")
    }
}

/// A network on the loopback address; it ends with this value.
pub struct FakeNetwork {
    inside: Arc<Mutex<Inside>>,
    kind: Kind,
    /// Its address, without a slash at the end.
    pub url: String,
    _end: DropGuard,
}

impl FakeNetwork {
    /// Starts one with the machine's clock and one person, who has no posts.
    pub async fn new(kind: Kind) -> Self {
        Self::at(kind, 0).await
    }

    /// The same on this port, or on another one where that is taken.
    pub async fn at(kind: Kind, port: u16) -> Self {
        let listener = listen(port).await;
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let inside = Inside {
            kind,
            url: url.clone(),
            clock: Clock::System,
            access: Access::default(),
            posts: Vec::new(),
            page_size: 100,
            renamed: false,
            album: None,
            notebook: None,
            faults: Vec::new(),
            log: Vec::new(),
        };
        let inside = Arc::new(Mutex::new(inside));
        let router = Router::new().fallback(answer).with_state(Arc::clone(&inside));
        let end = CancellationToken::new();
        let ended = end.clone().cancelled_owned();
        tokio::spawn(async move { axum::serve(listener, router).with_graceful_shutdown(ended).await });
        Self { inside, kind, url, _end: end.drop_guard() }
    }

    /// Lives by this clock.
    pub fn follow(&self, clock: &Clock) {
        self.inside().clock = clock.clone();
    }

    /// Shows photographs of this folder where a post names one.
    pub fn show_photographs(&self, folder: PathBuf) {
        self.inside().album = Some(folder);
    }

    /// Keeps what it knows of tokens in a file, so that they outlive it.
    pub fn keep_tokens(&self, file: PathBuf) {
        let mut inside = self.inside();
        if let Some(access) = std::fs::read(&file).ok().and_then(|text| serde_json::from_slice(&text).ok()) {
            inside.access = access;
        }
        inside.notebook = Some(file);
    }

    /// Settings of a controller that is registered here, and may reach this machine.
    pub fn configure(&self, config: &mut Config) {
        let url = url::Url::parse(&self.url).expect("an address");
        let settings = NetworkSettings {
            client_id: Some(CLIENT_ID.to_owned()),
            client_secret: Some(Secret::new(CLIENT_SECRET.to_owned())),
            approved: true,
            api_base: Some(url.clone()),
            auth_base: Some(url.clone()),
            token_base: Some(url),
            ..NetworkSettings::default()
        };
        config.networks.insert(self.kind.name().to_owned(), settings);
        config.allow.push("127.0.0.0/8".to_owned());
    }

    /// The same as an environment: `LITFASS_NETWORK`.
    pub fn environment(&self) -> String {
        let name = self.kind.name();
        let bases = ["api", "auth", "token"].map(|base| format!("{name}.{base}-base={}", self.url)).join(",");
        format!("{name}.client-id={CLIENT_ID},{name}.client-secret={CLIENT_SECRET},{name}.approved=true,{bases}")
    }

    /// Name of the network in settings and addresses.
    pub fn name(&self) -> &'static str {
        self.kind.name()
    }

    /// Adds a post as the newest.
    pub fn append(&self, post: Value) {
        self.inside().posts.insert(0, post);
    }

    /// Changes the post with this id.
    pub fn edit(&self, id: &str, change: impl FnOnce(&mut Value)) {
        let mut inside = self.inside();
        change(inside.posts.iter_mut().find(|post| post["id"] == id).expect("a post with this id"));
    }

    /// Takes the post with this id away.
    pub fn remove(&self, id: &str) {
        self.inside().posts.retain(|post| post["id"] != id);
    }

    /// Puts so many posts on a page.
    pub fn page_size(&self, posts: usize) {
        self.inside().page_size = posts;
    }

    /// Gives the fields of X their new names.
    pub fn rename_fields(&self) {
        self.inside().renamed = true;
    }

    /// Lets the next request whose path holds this end badly.
    pub fn fail(&self, path: &str, fault: Fault) {
        self.fail_after(path, 0, fault);
    }

    /// The same, for the request after so many good ones.
    pub fn fail_after(&self, path: &str, good: usize, fault: Fault) {
        self.inside().faults.push((path.to_owned(), good, fault));
    }

    /// Everything that was asked at a path that holds this.
    pub fn asked(&self, path: &str) -> Vec<Asked> {
        self.inside().log.iter().filter(|asked| asked.path.contains(path)).cloned().collect()
    }

    /// Goes through the page where one signs in and allows everything; returns where the browser is sent then.
    pub async fn allow(&self, address: &str) -> String {
        self.decide(address, "allow").await
    }

    /// Goes through the page where one signs in and allows nothing.
    pub async fn deny(&self, address: &str) -> String {
        self.decide(address, "deny").await
    }

    async fn decide(&self, address: &str, decision: &str) -> String {
        assert!(address.starts_with(&self.url), "{address} is not of this network");
        let browser = TestClient::new(&self.url);
        let page = browser.get(address).await.expect(200).text();
        let link = page.split("href=\"").filter_map(|rest| rest.split('"').next());
        let link = link.map(|link| link.replace("&amp;", "&"));
        let link = link.into_iter().find(|link| link.ends_with(&format!("decision={decision}"))).expect("a link");
        browser.get(&link).await.expect(302).location().to_owned()
    }

    /// A form with which Meta tells of whoever signed in, at this time (milliseconds since 1970).
    pub fn signed_request(&self, now: i64, secret: &str) -> String {
        let person = if self.kind == Kind::Facebook { facebook::PERSON } else { instagram::PERSON };
        meta::signed_request(person, now / 1_000, secret)
    }

    /// What the network knows of people and tokens.
    pub fn access<T>(&self, look: impl FnOnce(&mut Access) -> T) -> T {
        look(&mut self.inside().access)
    }

    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().expect("the network's lock")
    }
}

/// A page of a network, for people.
fn page(kind: Kind, content: &str) -> String {
    let name = kind.label();
    format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>Fake {name}</title>\
         <style>{STYLE}</style><main><p class=\"name\">You are at the fake {name}.</p>{content}</main></html>"
    )
}

async fn answer(
    State(inside): State<Arc<Mutex<Inside>>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let asked = Asked::new(&method, &uri, &headers, &body);
    let (fault, reply) = {
        let mut inside = inside.lock().expect("the network's lock");
        inside.log.push(asked.clone());
        let at = inside.faults.iter().position(|(path, ..)| asked.path.contains(path.as_str()));
        let fault = at.and_then(|at| match &mut inside.faults[at].1 {
            0 => Some(inside.faults.remove(at).2),
            good => {
                *good -= 1;
                None
            }
        });
        let reply = match &fault {
            Some(fault) if fault.comes_first() => Reply::empty(500),
            _ => inside.answer(&asked),
        };
        inside.note();
        (fault, reply)
    };
    match fault {
        Some(fault) => fault.befall(reply).await,
        None => reply.response(),
    }
}
