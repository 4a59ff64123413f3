//! The desk: a stage's posts, to hide and to show.

mod live;

use std::collections::HashMap;

use askama::Template;
use axum::{
    Router,
    extract::{Path, Query, State},
    http::HeaderMap,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use serde::Deserialize;

use super::{
    Owner, Page, Visit,
    page::{draw, go},
    pictures::Drawn,
    staged::staged,
};
use crate::{
    app::{App, Result},
    features::posts::{self, Filter},
    store::{Below, PostTopic, Source, Stage},
};

/// Posts on one page.
const PER_PAGE: usize = 30;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/dashboard/stages/{stage_id}/posts", get(index))
        .route("/dashboard/stages/{stage_id}/posts/{id}/hide", post(hide))
        .route("/dashboard/stages/{stage_id}/posts/{id}/show", post(show))
        .merge(live::routes())
}

#[derive(Deserialize)]
struct Which {
    filter: Option<String>,
    before: Option<String>,
    part: Option<String>,
}

/// What a list of posts needs, whole page or part.
struct Desk {
    posts: Vec<Drawn>,
    sources: Vec<Source>,
    filter: &'static str,
    shown: i64,
    hidden: i64,
    older: String,
    first: bool,
    /// Names of the topics that posts belong to, by the posts' ids.
    topics: HashMap<String, Vec<String>>,
    /// Whether the stage has any topic.
    has_topics: bool,
}

impl Desk {
    fn source_of(&self, post: &Drawn) -> &str {
        self.sources.iter().find(|s| s.id == post.post.source_id).map_or("", |s| s.name.as_str())
    }

    fn topics_of(&self, post: &Drawn) -> &[String] {
        self.topics.get(&post.post.id).map_or(&[], Vec::as_slice)
    }

    fn is_empty_stage(&self) -> bool {
        self.shown + self.hidden == 0
    }
}

#[derive(Template)]
#[template(path = "posts/index.html")]
struct Index {
    page: Page,
    desk: Desk,
}

#[derive(Template)]
#[template(path = "posts/list.html")]
struct List {
    page: Page,
    desk: Desk,
}

#[derive(Template)]
#[template(path = "posts/row.html")]
struct Row {
    page: Page,
    desk: Desk,
    post: Drawn,
}

async fn index(
    State(app): State<App>,
    visit: Visit,
    owner: Owner,
    Path(stage_id): Path<String>,
    Query(which): Query<Which>,
) -> Response {
    let drawn = async {
        let (stage, page) = staged(&app, &visit, &owner, &stage_id).await?;
        let below = which.before.as_deref().and_then(Below::parse);
        let desk = desk(&app, &stage, filter(which.filter.as_deref()), below).await?;
        Ok(if which.part.as_deref() == Some("list") { draw(&List { page, desk }) } else { draw(&Index { page, desk }) })
    };
    drawn.await.unwrap_or_else(|error| visit.refuse(&error))
}

async fn hide(
    State(app): State<App>,
    visit: Visit,
    owner: Owner,
    Path((stage_id, id)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    let done = async {
        let (stage, page) = staged(&app, &visit, &owner, &stage_id).await?;
        posts::hide(&app, &stage, &id).await?;
        answer(&app, stage, page, &id, &headers, "done.post_hidden").await
    };
    done.await.unwrap_or_else(|error| visit.refuse(&error))
}

async fn show(
    State(app): State<App>,
    visit: Visit,
    owner: Owner,
    Path((stage_id, id)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    let done = async {
        let (stage, page) = staged(&app, &visit, &owner, &stage_id).await?;
        posts::show(&app, &stage, &id).await?;
        answer(&app, stage, page, &id, &headers, "done.post_shown").await
    };
    done.await.unwrap_or_else(|error| visit.refuse(&error))
}

/// The row alone for htmx, else back to the list.
async fn answer(app: &App, stage: Stage, page: Page, id: &str, headers: &HeaderMap, done: &str) -> Result<Response> {
    if !headers.contains_key("hx-request") {
        return Ok(go(&format!("{}/posts", page.stage_path()), done).into_response());
    }
    let post = Drawn::owned(posts::get(app, &stage, id).await?);
    let sources = app.store.list_sources(&stage.id).await?;
    let (shown, hidden) = app.store.count_posts(&stage.id).await?;
    let (topics, has_topics) = topics(app, &stage, &[id.to_owned()]).await?;
    let desk = Desk {
        posts: Vec::new(),
        sources,
        filter: "all",
        shown,
        hidden,
        older: String::new(),
        first: true,
        topics,
        has_topics,
    };
    Ok(draw(&Row { page, desk, post }))
}

async fn desk(app: &App, stage: &Stage, filter: Filter, below: Option<Below>) -> Result<Desk> {
    let first = below.is_none();
    let part = posts::list(app, stage, filter, &below.unwrap_or_default(), PER_PAGE).await?;
    let (shown, hidden) = app.store.count_posts(&stage.id).await?;
    let name = match filter {
        Filter::All => "all",
        Filter::Shown => "shown",
        Filter::Hidden => "hidden",
    };
    let older = part.older.map_or_else(String::new, |b| format!("?filter={name}&before={b}"));
    let ids: Vec<_> = part.posts.iter().map(|full| full.post.id.clone()).collect();
    let (topics, has_topics) = topics(app, stage, &ids).await?;
    Ok(Desk {
        posts: part.posts.into_iter().map(Drawn::owned).collect(),
        sources: app.store.list_sources(&stage.id).await?,
        filter: name,
        shown,
        hidden,
        older,
        first,
        topics,
        has_topics,
    })
}

/// Names of the topics that posts belong to, and whether the stage has any.
async fn topics(app: &App, stage: &Stage, ids: &[String]) -> Result<(HashMap<String, Vec<String>>, bool)> {
    let names = app.store.list_topics(&stage.id).await?;
    let mut topics: HashMap<_, Vec<_>> = HashMap::new();
    for one in app.store.list_post_topics(&stage.id, ids).await?.into_iter().filter(PostTopic::belongs) {
        if let Some(topic) = names.iter().find(|topic| topic.id == one.topic_id) {
            topics.entry(one.post_id).or_default().push(topic.name.clone());
        }
    }
    Ok((topics, !names.is_empty()))
}

fn filter(text: Option<&str>) -> Filter {
    match text {
        Some("shown") => Filter::Shown,
        Some("hidden") => Filter::Hidden,
        _ => Filter::All,
    }
}
