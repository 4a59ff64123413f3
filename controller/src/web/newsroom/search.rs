//! Posts found by their words, with the words marked.

use askama::Template;
use axum::{
    Router,
    extract::{Path, Query, State},
    http::HeaderMap,
    response::Response,
    routing::get,
};
use serde::Deserialize;

use super::{
    super::{kept::Fresh, pictures::Drawn},
    front::{Front, lead},
    head::Head,
    room::Room,
};
use crate::{
    app::{App, Result},
    features::posts::{self, Found, Query as Words},
    store::Below,
};

/// Posts on one page.
const PER_PAGE: usize = 24;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/{at_handle}/search", get(search))
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Which {
    /// What is looked for.
    q: String,
    /// Where the page begins.
    before: Option<String>,
    /// Language.
    lang: Option<String>,
}

#[derive(Template)]
#[template(path = "newsroom/search.html")]
struct Page {
    room: Room,
    head: Head,
    words: Words,
    found: Vec<Hit>,
    first: bool,
    older: String,
}

/// A post that was found.
struct Hit {
    post: Drawn,
    /// Harmless HTML with marks.
    title: Option<String>,
    excerpt: String,
}

async fn search(
    State(app): State<App>,
    Path(at_handle): Path<String>,
    Query(which): Query<Which>,
    headers: HeaderMap,
) -> Response {
    let front = match Front::find(&app, &at_handle, &headers, which.lang.as_deref()).await {
        Ok(front) => front,
        Err(refusal) => return refusal,
    };
    let words = Words::parse(&which.q);
    let path = address(&front, words.typed());
    let before = which.before.as_deref().map(Below::parse);
    if before == Some(None) {
        return lead(&front.home.to(&path));
    }
    let below = before.flatten();
    let place = below.as_ref().map_or_else(String::new, ToString::to_string);
    let key = format!("search {place} {}", words.typed());
    front.page(&app, &headers, &key, || draw(&app, &front, words, path, below)).await
}

/// Where something is looked for.
fn address(front: &Front, typed: &str) -> String {
    let typed = url::form_urlencoded::byte_serialize(typed.as_bytes()).collect::<String>();
    format!("{}/search?q={typed}", front.path())
}

async fn draw(app: &App, front: &Front, words: Words, path: String, below: Option<Below>) -> Result<Fresh> {
    let room = Room::open(app, front).await?;
    let first = below.is_none();
    let hits = posts::search(app, &room.stage, &words, &below.unwrap_or_default(), PER_PAGE).await?;
    let hit = |found: Found| Hit { post: Drawn::public(found.full), title: found.title, excerpt: found.excerpt };
    let older = hits.older.map_or_else(String::new, |below| format!("{path}&before={below}"));
    let head = Head::of_list(&room, &room.t("newsroom.search"), path).unlisted();
    Fresh::page(&Page { found: hits.found.into_iter().map(hit).collect(), room, head, words, first, older })
}
