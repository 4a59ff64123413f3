//! `GET /api/v1/stages/{handle}/posts`: what a stage shows, as JSON.

use axum::{
    Extension, Router,
    extract::{Path, Query, State},
    http::{HeaderMap, HeaderValue, header},
    response::Response,
    routing::get,
};
use serde::Deserialize;

use super::{
    get_stage, json,
    pages::{Kept, Pages},
    refused,
};
use crate::{
    app::{App, Error, Result},
    features::posts,
    store::Below,
};

/// Posts on one page where nobody says how many.
const USUAL: usize = 24;
/// Most posts on one page.
const MOST: usize = 100;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/api/v1/stages/{handle}/posts", get(list))
}

#[derive(Deserialize)]
struct Wish {
    /// Slug of a topic.
    topic: Option<String>,
    /// How many posts.
    count: Option<String>,
    /// Where the page begins, as `next` of the page before says.
    before: Option<String>,
}

/// A wish that can be fulfilled.
struct Wanted {
    topic: String,
    count: usize,
    below: Option<Below>,
}

impl Wanted {
    fn parse(wish: Wish) -> Result<Self> {
        let count = match wish.count.as_deref().filter(|count| !count.is_empty()) {
            Some(count) => count.parse().map_err(|_| Error::invalid("count", "errors.invalid"))?,
            None => USUAL,
        };
        let below = wish
            .before
            .as_deref()
            .map(|before| Below::parse(before).ok_or_else(|| Error::invalid("before", "errors.invalid")));
        Ok(Self { topic: wish.topic.unwrap_or_default(), count: count.clamp(1, MOST), below: below.transpose()? })
    }

    /// Tells it from others.
    fn key(&self, handle: &str) -> String {
        let below = self.below.as_ref().map_or_else(String::new, Below::to_string);
        format!("{handle}\n{}\n{}\n{below}", self.topic, self.count)
    }
}

async fn list(
    State(app): State<App>,
    Extension(pages): Extension<Pages>,
    Path(handle): Path<String>,
    Query(wish): Query<Wish>,
    headers: HeaderMap,
) -> Response {
    let answer = async {
        let wanted = Wanted::parse(wish)?;
        pages.get(&app, wanted.key(&handle), || make(&app, &handle, &wanted)).await
    };
    match answer.await {
        Ok(kept) => kept.packed.answer(
            &headers,
            [
                (header::CONTENT_TYPE, HeaderValue::from_static("application/json")),
                // Whoever keeps it asks each time whether it still holds: a withdrawn post is gone at once.
                (header::CACHE_CONTROL, HeaderValue::from_static("public, no-cache")),
            ],
        ),
        Err(error) => refused(&error),
    }
}

async fn make(app: &App, handle: &str, wanted: &Wanted) -> Result<Kept> {
    let stage = get_stage(app, handle).await?;
    let number = app.news.face_number(&stage.id);
    let topic = match wanted.topic.as_str() {
        "" => None,
        slug => Some(app.store.find_topic_by_slug(&stage.id, slug).await?.ok_or(Error::NotFound("topic"))?),
    };
    let below = wanted.below.clone().unwrap_or_default();
    let part = posts::list_given(app, &stage, topic.as_ref(), &below, wanted.count).await?;
    let page = json::Page::new(app, &stage, topic.as_ref(), wanted.count, &part);
    let body = serde_json::to_vec(&page).map_err(|error| Error::internal("write posts as JSON", error))?;
    Kept::new(app, &stage.id, number, body).await
}
