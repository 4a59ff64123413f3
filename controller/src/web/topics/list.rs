//! The topics of a stage: their order, how far posts are sorted, merging and removing.

use std::collections::HashMap;

use askama::Template;
use axum::{
    Form, Router,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::Response,
    routing::{get, post},
};
use serde::Deserialize;

use crate::{
    app::{App, Error, Result},
    features::topics::{self, Count, Direction, Progress},
    store::{Stage, Topic},
    web::{
        Owner, Page, Visit,
        page::{draw, draw_as, go},
        staged::staged,
    },
};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/dashboard/stages/{stage_id}/topics", get(index).post(super::editor::create))
        .route("/dashboard/stages/{stage_id}/topics/list", get(part))
        .route("/dashboard/stages/{stage_id}/topics/{id}/move", post(shift))
        .route("/dashboard/stages/{stage_id}/topics/{id}/remove", get(sure).post(remove))
        .route("/dashboard/stages/{stage_id}/topics/{id}/merge", post(merge))
}

#[derive(Template)]
#[template(path = "topics/index.html")]
struct Index {
    page: Page,
    list: Shelf,
}

#[derive(Template)]
#[template(path = "topics/list.html")]
struct List {
    page: Page,
    list: Shelf,
}

#[derive(Template)]
#[template(path = "topics/remove.html")]
struct Remove {
    page: Page,
    topic: Topic,
    count: Count,
    others: Vec<(String, String)>,
    /// The other one that is chosen at first.
    chosen: String,
}

/// Topics with what there is to say about each.
struct Shelf {
    topics: Vec<Topic>,
    counts: HashMap<String, Count>,
    progress: Progress,
}

impl Shelf {
    async fn of(app: &App, stage: &Stage) -> Result<Self> {
        // First of all, or posts that are sorted meanwhile are counted as before, and the page does not ask again.
        let progress = topics::progress(app, stage).await?;
        Ok(Self { progress, topics: topics::list(app, stage).await?, counts: topics::count(app, stage).await? })
    }

    fn count(&self, topic: &Topic) -> Count {
        self.counts.get(&topic.id).copied().unwrap_or_default()
    }

    /// Whether posts are being sorted; without a topic nobody need know.
    fn is_sorting(&self) -> bool {
        !self.topics.is_empty() && !self.progress.is_done()
    }

    fn is_by_hand_only(&self, topic: &Topic) -> bool {
        topics::rule::Rule::read(&topic.rule).takes_nothing()
    }
}

async fn index(State(app): State<App>, visit: Visit, owner: Owner, Path(stage_id): Path<String>) -> Response {
    let drawn = async {
        let (stage, page) = staged(&app, &visit, &owner, &stage_id).await?;
        Ok(draw(&Index { list: Shelf::of(&app, &stage).await?, page }))
    };
    drawn.await.unwrap_or_else(|error| visit.refuse(&error))
}

async fn part(State(app): State<App>, visit: Visit, owner: Owner, Path(stage_id): Path<String>) -> Response {
    let drawn = async {
        let (stage, page) = staged(&app, &visit, &owner, &stage_id).await?;
        Ok(draw(&List { list: Shelf::of(&app, &stage).await?, page }))
    };
    drawn.await.unwrap_or_else(|error| visit.refuse(&error))
}

#[derive(Deserialize)]
struct Shift {
    to: String,
}

async fn shift(
    State(app): State<App>,
    visit: Visit,
    owner: Owner,
    Path((stage_id, id)): Path<(String, String)>,
    headers: HeaderMap,
    Form(form): Form<Shift>,
) -> Response {
    let done = async {
        let (stage, page) = staged(&app, &visit, &owner, &stage_id).await?;
        let to = if form.to == "down" { Direction::Down } else { Direction::Up };
        topics::shift(&app, &stage, &id, to).await?;
        if headers.contains_key("hx-request") {
            return Ok(draw(&List { list: Shelf::of(&app, &stage).await?, page }));
        }
        Ok(go(&format!("{}/topics", page.stage_path()), "done.topic_moved"))
    };
    done.await.unwrap_or_else(|error| visit.refuse(&error))
}

async fn sure(
    State(app): State<App>,
    visit: Visit,
    owner: Owner,
    Path((stage_id, id)): Path<(String, String)>,
) -> Response {
    let drawn = async {
        let (stage, page) = staged(&app, &visit, &owner, &stage_id).await?;
        Ok(draw(&removing(&app, &stage, page, &id).await?))
    };
    drawn.await.unwrap_or_else(|error| visit.refuse(&error))
}

async fn removing(app: &App, stage: &Stage, page: Page, id: &str) -> Result<Remove> {
    let topic = topics::get(app, stage, id).await?;
    let others = topics::list(app, stage).await?.into_iter().filter(|other| other.id != topic.id);
    let others: Vec<_> = others.map(|other| (other.id, other.name)).collect();
    let chosen = others.first().map(|(id, _)| id.clone()).unwrap_or_default();
    let count = topics::count(app, stage).await?.get(id).copied().unwrap_or_default();
    Ok(Remove { page, topic, count, others, chosen })
}

async fn remove(
    State(app): State<App>,
    visit: Visit,
    owner: Owner,
    Path((stage_id, id)): Path<(String, String)>,
) -> Response {
    let done = async {
        let (stage, page) = staged(&app, &visit, &owner, &stage_id).await?;
        topics::delete(&app, &stage, &id).await?;
        Ok(go(&format!("{}/topics", page.stage_path()), "done.topic_removed"))
    };
    done.await.unwrap_or_else(|error| visit.refuse(&error))
}

#[derive(Deserialize)]
struct Merge {
    #[serde(default)]
    into: String,
}

async fn merge(
    State(app): State<App>,
    visit: Visit,
    owner: Owner,
    Path((stage_id, id)): Path<(String, String)>,
    Form(form): Form<Merge>,
) -> Response {
    let done = async {
        let (stage, page) = staged(&app, &visit, &owner, &stage_id).await?;
        match topics::merge(&app, &stage, &id, &form.into).await {
            Ok(()) => Ok(go(&format!("{}/topics", page.stage_path()), "done.topic_merged")),
            Err(Error::Invalid(problems)) => {
                let form = removing(&app, &stage, page.with(problems), &id).await?;
                Ok(draw_as(StatusCode::UNPROCESSABLE_ENTITY, &form))
            }
            Err(error) => Err(error),
        }
    };
    done.await.unwrap_or_else(|error| visit.refuse(&error))
}
