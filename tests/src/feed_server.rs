//! A feed on the loopback address whose posts a test appends, edits and removes.

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    sync::{Arc, Mutex, MutexGuard},
    time::Duration,
};

use axum::{
    Router,
    body::Body,
    extract::State,
    http::{HeaderMap, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use tokio_util::sync::{CancellationToken, DropGuard};

/// One item of the feed.
#[derive(Clone, Debug)]
pub struct Post {
    /// What the feed calls it.
    pub id: String,
    /// Headline.
    pub title: String,
    /// Body, as HTML.
    pub html: String,
    /// When it was published, as RFC 3339.
    pub published: String,
    /// Path of a picture on the same server.
    pub picture: Option<String>,
}

impl Post {
    /// Makes a post without a picture.
    pub fn new(id: &str, title: &str, html: &str) -> Self {
        Self {
            id: id.to_owned(),
            title: title.to_owned(),
            html: html.to_owned(),
            published: "2026-05-04T10:00:00Z".to_owned(),
            picture: None,
        }
    }

    /// Gives it a picture that [`FeedServer::serve`] holds.
    pub fn with_picture(mut self, path: &str) -> Self {
        self.picture = Some(path.to_owned());
        self
    }

    /// Gives it a date.
    pub fn published(mut self, when: &str) -> Self {
        when.clone_into(&mut self.published);
        self
    }
}

/// What the feed is written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// Atom 1.0.
    #[default]
    Atom,
    /// RSS 2.0.
    Rss,
    /// JSON Feed 1.1.
    Json,
}

/// Where a feed names its hub.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HubPlace {
    /// In the header `Link` of its answers.
    Header,
    /// In the document.
    Document,
}

#[derive(Default)]
struct Inside {
    address: String,
    /// What it calls itself, where that is not the usual.
    title: Option<String>,
    format: Format,
    posts: Vec<Post>,
    /// Files beside the feed, by path.
    files: BTreeMap<String, (String, Vec<u8>)>,
    /// The hub that it names, and where.
    hub: Option<(String, HubPlace)>,
    /// Answers with this code instead, when set.
    failing: Option<u16>,
    /// How long every answer takes.
    delay: Duration,
    asked: u32,
    unchanged: u32,
}

/// A web server with one feed at `/feed` and any files beside it; it ends with this value.
pub struct FeedServer {
    inside: Arc<Mutex<Inside>>,
    _end: DropGuard,
}

impl FeedServer {
    /// Starts an empty Atom feed.
    pub async fn new() -> Self {
        Self::with_format(Format::Atom).await
    }

    /// Starts an empty feed in a format.
    pub async fn with_format(format: Format) -> Self {
        Self::at(format, 0).await
    }

    /// The same on this port, or on another one where that is taken.
    pub async fn at(format: Format, port: u16) -> Self {
        let listener = crate::parts::listen(port).await;
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        let inside = Arc::new(Mutex::new(Inside { address, format, ..Inside::default() }));
        let router = Router::new().fallback(answer).with_state(Arc::clone(&inside));
        let end = CancellationToken::new();
        let ended = end.clone().cancelled_owned();
        tokio::spawn(async move { axum::serve(listener, router).with_graceful_shutdown(ended).await });
        Self { inside, _end: end.drop_guard() }
    }

    /// Returns the address of the feed.
    pub fn url(&self) -> String {
        self.url_of("/feed")
    }

    /// Returns the address of a file beside the feed.
    pub fn url_of(&self, path: &str) -> String {
        format!("{}{path}", self.inside().address)
    }

    /// Calls an Atom feed so.
    pub fn call(&self, title: &str) {
        self.inside().title = Some(title.to_owned());
    }

    /// Puts a post at the end.
    pub fn append(&self, post: Post) {
        self.inside().posts.push(post);
    }

    /// Changes the post with this id.
    pub fn edit(&self, id: &str, change: impl FnOnce(&mut Post)) {
        change(self.inside().posts.iter_mut().find(|post| post.id == id).expect("a post with this id"));
    }

    /// Takes the post with this id away.
    pub fn remove(&self, id: &str) {
        self.inside().posts.retain(|post| post.id != id);
    }

    /// Serves these bytes at a path; `/feed` replaces the feed itself.
    pub fn serve(&self, path: &str, content_type: &str, bytes: impl Into<Vec<u8>>) {
        self.inside().files.insert(path.to_owned(), (content_type.to_owned(), bytes.into()));
    }

    /// Serves nothing there any more.
    pub fn take_down(&self, path: &str) {
        self.inside().files.remove(path);
    }

    /// Serves a plain picture of one colour at a path.
    pub fn serve_picture(&self, path: &str, width: u32, height: u32, colour: [u8; 3]) {
        let mut png = std::io::Cursor::new(Vec::new());
        let picture = image::RgbImage::from_pixel(width, height, image::Rgb(colour));
        picture.write_to(&mut png, image::ImageFormat::Png).expect("encode a picture");
        self.serve(path, "image/png", png.into_inner());
    }

    /// Names a hub that tells of news, and what it calls itself.
    pub fn name_hub(&self, hub: &str, place: HubPlace) {
        self.inside().hub = Some((hub.to_owned(), place));
    }

    /// Lets every request fail with this status, until `None`.
    pub fn fail_with(&self, status: Option<u16>) {
        self.inside().failing = status;
    }

    /// Takes its time for every answer.
    pub fn slow_down(&self, delay: Duration) {
        self.inside().delay = delay;
    }

    /// Returns how often the feed was asked for.
    pub fn asked(&self) -> u32 {
        self.inside().asked
    }

    /// Returns how often the answer was "not modified".
    pub fn unchanged(&self) -> u32 {
        self.inside().unchanged
    }

    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().expect("the feed's lock")
    }
}

async fn answer(State(inside): State<Arc<Mutex<Inside>>>, uri: Uri, headers: HeaderMap) -> Response {
    let (response, delay) = answer_now(&inside, &uri, &headers);
    tokio::time::sleep(delay).await;
    response
}

fn answer_now(inside: &Mutex<Inside>, uri: &Uri, headers: &HeaderMap) -> (Response, Duration) {
    let mut inside = inside.lock().expect("the feed's lock");
    let delay = inside.delay;
    let is_feed = uri.path() == "/feed";
    inside.asked += u32::from(is_feed);
    if let Some(code) = inside.failing {
        return (StatusCode::from_u16(code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR).into_response(), delay);
    }
    let (content_type, bytes) = match inside.files.get(uri.path()) {
        Some(file) => file.clone(),
        None if is_feed => inside.render(),
        None => return (StatusCode::NOT_FOUND.into_response(), delay),
    };
    let tag = format!("\"{}\"", shared::hex::encode(&<sha2::Sha256 as sha2::Digest>::digest(&bytes)));
    if headers.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes()) {
        inside.unchanged += u32::from(is_feed);
        return ((StatusCode::NOT_MODIFIED, [(header::ETAG, tag)]).into_response(), delay);
    }
    let mut response = ([(header::CONTENT_TYPE, content_type), (header::ETAG, tag)], Body::from(bytes)).into_response();
    if let Some((hub, HubPlace::Header)) = inside.hub.as_ref().filter(|_| is_feed) {
        let links = format!("<{hub}>; rel=\"hub\", <{}/feed>; rel=\"self\"", inside.address);
        response.headers_mut().insert(header::LINK, links.parse().expect("a header"));
    }
    (response, delay)
}

impl Inside {
    fn render(&self) -> (String, Vec<u8>) {
        let (content_type, text) = match self.format {
            Format::Atom => ("application/atom+xml; charset=utf-8", self.atom()),
            Format::Rss => ("application/rss+xml; charset=utf-8", self.rss()),
            Format::Json => ("application/feed+json", self.json()),
        };
        (content_type.to_owned(), text.into_bytes())
    }

    /// The hub, where the document names it.
    fn hub(&self) -> Option<&str> {
        self.hub.as_ref().filter(|(_, place)| *place == HubPlace::Document).map(|(hub, _)| hub.as_str())
    }

    fn links(&self, prefix: &str) -> String {
        let link = |rel: &str, to: &str| format!("<{prefix}link rel=\"{rel}\" href=\"{to}\"/>\n");
        self.hub().map(|hub| link("hub", hub) + &link("self", &format!("{}/feed", self.address))).unwrap_or_default()
    }

    fn atom(&self) -> String {
        let mut text = format!(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n\
             <title>{2}</title><id>{0}/feed</id><updated>2026-05-04T10:00:00Z</updated>\n{1}",
            self.address,
            self.links(""),
            self.title.as_deref().unwrap_or("Test feed")
        );
        for post in &self.posts {
            let picture = post.picture.as_ref().map(|path| format!("<img src=\"{}{path}\">", self.address));
            writeln!(
                text,
                "<entry><id>{}</id><title>{}</title><link href=\"{}/posts/{}\"/><updated>{4}</updated>\
                 <published>{4}</published><content type=\"html\">{5}</content></entry>",
                escape(&post.id),
                escape(&post.title),
                self.address,
                escape(&post.id),
                post.published,
                escape(&(post.html.clone() + &picture.unwrap_or_default())),
            )
            .expect("write to a string");
        }
        text + "</feed>\n"
    }

    fn rss(&self) -> String {
        let mut text = format!(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<rss version=\"2.0\" \
             xmlns:atom=\"http://www.w3.org/2005/Atom\"><channel><title>Test feed</title>\
             <link>{}</link><description>For tests</description>\n{}",
            self.address,
            self.links("atom:")
        );
        for post in &self.posts {
            let picture = post
                .picture
                .as_ref()
                .map(|path| format!("<enclosure url=\"{}{path}\" type=\"image/png\" length=\"0\"/>", self.address));
            writeln!(
                text,
                "<item><guid isPermaLink=\"false\">{}</guid><title>{}</title><link>{}/posts/{}</link>{}\
                 <description>{}</description></item>",
                escape(&post.id),
                escape(&post.title),
                self.address,
                escape(&post.id),
                picture.unwrap_or_default(),
                escape(&post.html),
            )
            .expect("write to a string");
        }
        text + "</channel></rss>\n"
    }

    fn json(&self) -> String {
        let items = self.posts.iter().map(|post| {
            serde_json::json!({
                "id": post.id,
                "title": post.title,
                "url": format!("{}/posts/{}", self.address, post.id),
                "content_html": post.html,
                "date_published": post.published,
                "image": post.picture.as_ref().map(|path| format!("{}{path}", self.address)),
            })
        });
        serde_json::json!({
            "version": "https://jsonfeed.org/version/1.1",
            "title": "Test feed",
            "hubs": self.hub().map(|hub| vec![serde_json::json!({ "type": "WebSub", "url": hub })]),
            "feed_url": self.hub().map(|_| format!("{}/feed", self.address)),
            "items": items.collect::<Vec<_>>(),
        })
        .to_string()
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
