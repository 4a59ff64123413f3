//! The newsroom: the public page of a stage. No cookie, no script needed.

mod live;
mod look;
mod room;
mod topics;

use askama::Template;
use axum::{
    Router,
    extract::{Path, Query, State},
    http::{HeaderMap, header},
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use serde::Deserialize;

pub(super) use self::look::Accent;
use self::room::Room;
use super::{errors, hits::Seen, page::draw, pictures::Drawn};
use crate::{
    app::{App, Error},
    features::{
        hits::Place,
        posts::{self, Part},
    },
    store::{Below, Topic},
};

/// Posts on one page.
const PER_PAGE: usize = 24;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/{at_handle}", get(index))
        .route("/{at_handle}/p/{slug}", get(one))
        .merge(live::routes())
        .merge(look::routes())
        .merge(topics::routes())
}

#[derive(Deserialize)]
struct Which {
    /// Where the page begins: `<published>.<id>` of the last post of the page before.
    before: Option<String>,
    /// `posts`: only the list, for the script that keeps it up to date.
    part: Option<String>,
}

#[derive(Template)]
#[template(path = "newsroom/index.html")]
struct Index {
    room: Room,
    posts: Vec<Drawn>,
    older: String,
    first: bool,
    /// The topic whose posts these are; `None` for all.
    topic: Option<Topic>,
}

impl Index {
    /// Where this list begins.
    fn here(&self) -> String {
        self.topic.as_ref().map_or_else(|| self.room.path(), |topic| self.room.topic_path(topic))
    }

    fn is_here(&self, topic: &Topic) -> bool {
        self.topic.as_ref().is_some_and(|here| here.id == topic.id)
    }

    /// What it is a list of.
    fn called(&self) -> &str {
        self.topic.as_ref().map_or(&self.room.stage.name, |topic| &topic.name)
    }
}

#[derive(Template)]
#[template(path = "newsroom/list.html")]
struct List {
    room: Room,
    posts: Vec<Drawn>,
}

#[derive(Template)]
#[template(path = "newsroom/post.html")]
struct One {
    room: Room,
    post: Drawn,
}

impl One {
    /// Where this post stands.
    fn here(&self) -> String {
        format!("{}/p/{}", self.room.path(), self.post.post.slug)
    }
}

async fn index(
    State(app): State<App>,
    Path(at_handle): Path<String>,
    Query(which): Query<Which>,
    seen: Seen,
    headers: HeaderMap,
) -> Response {
    let room = match Room::find(&app, &at_handle, &headers).await {
        Ok(room) => room,
        Err(refusal) => return refusal,
    };
    let before = which.before.as_deref().map(Below::parse);
    if before == Some(None) {
        return Redirect::to(&room.path()).into_response();
    }
    let below = before.flatten();
    let first = below.is_none();
    let list = posts::list_shown(&app, &room.stage, &below.unwrap_or_default(), PER_PAGE).await;
    let part = match list {
        Ok(part) => part,
        Err(error) => return errors::answer(room.language, &error),
    };
    seen.note(&app, &room.stage, Place::Newsroom, None);
    list_page(room, None, part, which.part.as_deref(), first)
}

/// A list of posts, the whole page or the list alone.
fn list_page(room: Room, topic: Option<Topic>, part: Part, wanted: Option<&str>, first: bool) -> Response {
    let posts = part.posts.into_iter().map(Drawn::public).collect();
    let mut page = Index { room, posts, older: String::new(), first, topic };
    if wanted == Some("posts") {
        return uncookied(draw(&List { room: page.room, posts: page.posts }));
    }
    page.older = part.older.map_or_else(String::new, |b| format!("{}?before={b}", page.here()));
    uncookied(draw(&page))
}

async fn one(
    State(app): State<App>,
    Path((at_handle, slug)): Path<(String, String)>,
    seen: Seen,
    headers: HeaderMap,
) -> Response {
    let room = match Room::find(&app, &at_handle, &headers).await {
        Ok(room) => room,
        Err(refusal) => return refusal,
    };
    match posts::get_shown(&app, &room.stage, &slug).await {
        Ok(post) => {
            seen.note(&app, &room.stage, Place::Post, Some(&post.post.id));
            uncookied(draw(&One { room, post: Drawn::public(post) }))
        }
        Err(Error::NotFound(_)) => room.no_such_post(),
        Err(error) => errors::answer(room.language, &error),
    }
}

/// Pages differ by language only; caches may keep them only if they ask again.
fn uncookied(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, header::HeaderValue::from_static("no-cache"));
    headers.insert(header::VARY, header::HeaderValue::from_static("accept-language, cookie"));
    response
}
