//! The newsroom: the public page of a stage. No cookie, no script needed.

mod live;
mod look;
mod room;

use askama::Template;
use axum::{
    Router,
    extract::{Path, Query, State},
    http::{HeaderMap, header},
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use serde::Deserialize;

use self::room::Room;
use super::{errors, page::draw, pictures::Drawn};
use crate::{
    app::{App, Error},
    features::posts::{self, Filter},
    store::Below,
};

/// Posts on one page.
const PER_PAGE: usize = 24;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/{at_handle}", get(index))
        .route("/{at_handle}/p/{slug}", get(one))
        .merge(live::routes())
        .merge(look::routes())
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

async fn index(
    State(app): State<App>,
    Path(at_handle): Path<String>,
    Query(which): Query<Which>,
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
    let list = posts::list(&app, &room.stage, Filter::Shown, &below.unwrap_or_default(), PER_PAGE).await;
    let part = match list {
        Ok(part) => part,
        Err(error) => return errors::answer(room.language, &error),
    };
    let posts = part.posts.into_iter().map(Drawn::public).collect();
    let older = part.older.map_or_else(String::new, |b| format!("{}?before={b}", room.path()));
    let answer = if which.part.as_deref() == Some("posts") {
        draw(&List { room, posts })
    } else {
        draw(&Index { room, posts, older, first })
    };
    uncookied(answer)
}

async fn one(State(app): State<App>, Path((at_handle, slug)): Path<(String, String)>, headers: HeaderMap) -> Response {
    let room = match Room::find(&app, &at_handle, &headers).await {
        Ok(room) => room,
        Err(refusal) => return refusal,
    };
    match posts::get_shown(&app, &room.stage, &slug).await {
        Ok(post) => uncookied(draw(&One { room, post: Drawn::public(post) })),
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
