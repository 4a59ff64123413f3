//! What search engines may find: all newsrooms, and of each its pages and posts.

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
    super::{
        errors,
        kept::{self, Fresh},
        statics, times,
    },
    front::Front,
};
use crate::{
    app::{App, Error, Result},
    features::newsroom,
    tools::words::Language,
};

/// Posts in one part of a map; its pages stand in the first part.
const PER_PART: i64 = 2_000;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/robots.txt", get(robots))
        .route("/sitemap.xml", get(all))
        .route("/{at_handle}/robots.txt", get(robots_of_one))
        .route("/{at_handle}/sitemap.xml", get(one))
}

#[derive(Template)]
#[template(path = "newsroom/sitemaps.xml")]
struct Maps {
    parts: Vec<(String, i64)>,
}

#[derive(Template)]
#[template(path = "newsroom/sitemap.xml")]
struct Map {
    pages: Vec<(String, i64)>,
}

impl Maps {
    fn iso(&self, millis: &i64) -> String {
        times::iso(*millis)
    }
}

impl Map {
    fn iso(&self, millis: &i64) -> String {
        times::iso(*millis)
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Which {
    /// Which part, counted from 0.
    part: i64,
}

async fn robots(State(app): State<App>, headers: HeaderMap) -> Response {
    let make = async || {
        let text = format!("{}\nSitemap: {}\n", statics::text("robots.txt"), app.config.address("/sitemap.xml"));
        Ok(Fresh { content_type: "text/plain; charset=utf-8", text })
    };
    answer(&app, &headers, "robots", make).await
}

/// What crawlers read under the domain of a stage.
async fn robots_of_one(State(app): State<App>, Path(at_handle): Path<String>, headers: HeaderMap) -> Response {
    let front = match Front::find(&app, &at_handle, &headers, None).await {
        Ok(front) => front,
        Err(refusal) => return refusal,
    };
    let make = async || {
        let text = format!("{}\nSitemap: {}/sitemap.xml\n", statics::text("robots.txt"), front.home.root());
        Ok(Fresh { content_type: "text/plain; charset=utf-8", text })
    };
    front.document(&app, &headers, "robots", make).await
}

/// The index. A stage with a domain of its own has its map there. A stage without a post that is shown is not in it.
async fn all(State(app): State<App>, headers: HeaderMap) -> Response {
    let make = async || {
        let mut parts = Vec::new();
        let domains = app.domains.known();
        let stages = newsroom::public_stages(&app).await?;
        for (handle, count, changed_at) in stages.iter().filter(|(handle, ..)| domains.of_handle(handle).is_none()) {
            for part in 0..=(count - 1) / PER_PART {
                let query = if part == 0 { String::new() } else { format!("?part={part}") };
                parts.push((app.config.address(&format!("/@{handle}/sitemap.xml{query}")), *changed_at));
            }
        }
        xml(&Maps { parts })
    };
    answer(&app, &headers, "sitemap", make).await
}

async fn one(
    State(app): State<App>,
    Path(at_handle): Path<String>,
    Query(which): Query<Which>,
    headers: HeaderMap,
) -> Response {
    let front = match Front::find(&app, &at_handle, &headers, None).await {
        Ok(front) => front,
        Err(refusal) => return refusal,
    };
    let key = format!("sitemap {}", which.part);
    front.document(&app, &headers, &key, || draw(&app, &front, which.part)).await
}

async fn draw(app: &App, front: &Front, part: i64) -> Result<Fresh> {
    let (now, home) = (app.clock.now(), front.home.root());
    let from = part.checked_mul(PER_PART).filter(|from| *from >= 0).ok_or(Error::NotFound("part"))?;
    // Whoever makes a number up has nothing looked for.
    if part > 0
        && !newsroom::public_stages(app)
            .await?
            .iter()
            .any(|(handle, count, _)| *handle == front.stage.handle && *count > from)
    {
        return Err(Error::NotFound("part"));
    }
    let slugs = app.store.list_public_slugs(&front.stage.id, now, from, PER_PART).await?;
    let mut pages = Vec::new();
    if part == 0 {
        pages.push((front.home.address(), 0));
        for topic in app.store.list_public_topics(&front.stage.id, now).await? {
            pages.push((format!("{home}/topics/{}", topic.slug), 0));
        }
        if app.store.find_newsroom(&front.stage.id).await?.has_press {
            pages.push((format!("{home}/press"), 0));
        }
    }
    pages.extend(slugs.into_iter().map(|(slug, changed_at)| (format!("{home}/p/{slug}"), changed_at)));
    xml(&Map { pages })
}

fn xml(template: &impl Template) -> Result<Fresh> {
    let drawn = Fresh::page(template)?;
    Ok(Fresh { content_type: "application/xml; charset=utf-8", ..drawn })
}

async fn answer<F: Future<Output = Result<Fresh>>>(
    app: &App,
    headers: &HeaderMap,
    key: &str,
    make: impl FnOnce() -> F,
) -> Response {
    // It belongs to no stage.
    kept::answer(app, headers, "", key, make).await.unwrap_or_else(|error| errors::answer(Language::default(), &error))
}
