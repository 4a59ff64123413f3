//! `GET /api/v1/stages/{handle}/posts`: what a stage shows, as JSON.

use axum::{
    Router,
    extract::{Path, Query, State},
    http::{HeaderMap, HeaderValue, header},
    response::Response,
    routing::get,
};
use serde::Deserialize;

use super::{get_stage, json, refused};
use crate::{
    app::{App, Error, Result},
    features::posts,
    store::{Below, Stage},
    web::kept::{self, Fresh},
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
    fn key(&self) -> String {
        let below = self.below.as_ref().map_or_else(String::new, Below::to_string);
        format!("posts as JSON\n{}\n{}\n{below}", self.topic, self.count)
    }
}

async fn list(
    State(app): State<App>,
    Path(handle): Path<String>,
    Query(wish): Query<Wish>,
    headers: HeaderMap,
) -> Response {
    let asked = async { Ok((Wanted::parse(wish)?, get_stage(&app, &handle).await?)) };
    let (wanted, stage) = match asked.await {
        Ok(asked) => asked,
        Err(error) => return refused(&error),
    };
    match kept::answer(&app, &headers, &stage.id, &wanted.key(), make(&app, &stage, &wanted)).await {
        Ok(mut response) => {
            // Whoever keeps it asks each time whether it still holds: a withdrawn post is gone at once.
            response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("public, no-cache"));
            response
        }
        Err(error) => refused(&error),
    }
}

async fn make(app: &App, stage: &Stage, wanted: &Wanted) -> Result<Fresh> {
    let topic = match wanted.topic.as_str() {
        "" => None,
        slug => Some(app.store.find_topic_by_slug(&stage.id, slug).await?.ok_or(Error::NotFound("topic"))?),
    };
    let below = wanted.below.clone().unwrap_or_default();
    let part = posts::list_given(app, stage, topic.as_ref(), &below, wanted.count).await?;
    let page = json::Page::new(app, stage, topic.as_ref(), wanted.count, &part);
    let text = serde_json::to_string(&page).map_err(|error| Error::internal("write posts as JSON", error))?;
    Ok(Fresh { content_type: "application/json", text })
}
