//! The emergency stop of a stage: pulling it, and releasing it with one click.

use askama::Template;
use axum::{
    Form, Router,
    extract::{Path, State},
    http::StatusCode,
    response::Response,
    routing::{get, post},
};
use serde::Deserialize;

use super::{
    Owner, Page, Visit,
    page::{draw, draw_as, go},
    staged::staged,
};
use crate::{
    app::{App, Error, Problem, Result},
    features::{
        moderation::{self, Pulled, Take},
        programmes::instant,
    },
    store::{Came, Stage},
    tools::zones,
};

/// What is offered at first: the last hour.
const USUAL_MILLIS: i64 = 3_600_000;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/dashboard/stages/{stage_id}/stop", get(open).post(pull))
        .route("/dashboard/stages/{stage_id}/stop/release", post(release))
}

#[derive(Template)]
#[template(path = "moderation/stop.html")]
struct StopPage {
    page: Page,
    pulled: Option<Pulled>,
    /// Sources to choose from: id and name.
    sources: Vec<(String, String)>,
    typed: Typed,
}

#[derive(Clone, Debug, Default, Deserialize)]
struct Typed {
    /// `since`, `source` or `nothing`.
    #[serde(default)]
    take: String,
    /// From when on, as it was typed.
    #[serde(default)]
    since: String,
    #[serde(default)]
    source: String,
}

#[derive(Deserialize)]
struct Release {
    /// Set: what came meanwhile is shown, too.
    came: Option<String>,
}

async fn stop_page(app: &App, stage: &Stage, page: Page, typed: Option<Typed>) -> Result<StopPage> {
    let sources = app.store.list_sources(&stage.id).await?;
    let now = page.visit.now;
    let typed = typed.unwrap_or_else(|| Typed {
        take: "since".to_owned(),
        since: zones::local(now - USUAL_MILLIS, &zones::table(&stage.time_zone, now)),
        source: String::new(),
    });
    Ok(StopPage {
        pulled: moderation::pulled(app, stage).await?,
        sources: sources.into_iter().map(|source| (source.id, source.name)).collect(),
        typed,
        page,
    })
}

async fn open(State(app): State<App>, visit: Visit, owner: Owner, Path(stage_id): Path<String>) -> Response {
    let drawn = async {
        let (stage, page) = staged(&app, &visit, &owner, &stage_id).await?;
        Ok(draw(&stop_page(&app, &stage, page, None).await?))
    };
    drawn.await.unwrap_or_else(|error| visit.refuse(&error))
}

async fn pull(
    State(app): State<App>,
    visit: Visit,
    owner: Owner,
    Path(stage_id): Path<String>,
    Form(typed): Form<Typed>,
) -> Response {
    let done = async {
        let (stage, page) = staged(&app, &visit, &owner, &stage_id).await?;
        let since = instant(typed.since.trim(), &zones::table(&stage.time_zone, visit.now));
        let take = match (typed.take.as_str(), since) {
            ("nothing", _) => Some(Take::Nothing),
            ("source", _) => Some(Take::Source(typed.source.clone(), 0)),
            (_, Some(since)) => Some(Take::Since(since)),
            (_, None) => None,
        };
        let Some(take) = take else {
            let page = page.with(vec![Problem { field: "since", key: "slides.problem.moment" }]);
            let form = stop_page(&app, &stage, page, Some(typed.clone())).await?;
            return Ok(draw_as(StatusCode::UNPROCESSABLE_ENTITY, &form));
        };
        match moderation::pull(&app, &stage, &owner.member_id, &take).await {
            Ok(_) => Ok(go(&format!("{}/stop", page.stage_path()), "done.stop_pulled")),
            // Chosen from a list that is older than the source's end; nothing of this stage is told.
            Err(Error::NotFound("source")) => {
                let page = page.with(vec![Problem { field: "source", key: "moderation.stop.no_source" }]);
                let form = stop_page(&app, &stage, page, Some(typed.clone())).await?;
                Ok(draw_as(StatusCode::UNPROCESSABLE_ENTITY, &form))
            }
            Err(error) => Err(error),
        }
    };
    done.await.unwrap_or_else(|error| visit.refuse(&error))
}

async fn release(
    State(app): State<App>,
    visit: Visit,
    owner: Owner,
    Path(stage_id): Path<String>,
    Form(form): Form<Release>,
) -> Response {
    let done = async {
        let (stage, page) = staged(&app, &visit, &owner, &stage_id).await?;
        let came = if form.came.is_some() { Came::Show } else { Came::Wait };
        moderation::release(&app, &stage, came).await?;
        let done = if came == Came::Show { "done.stop_released_all" } else { "done.stop_released" };
        Ok(go(&format!("{}/stop", page.stage_path()), done))
    };
    done.await.unwrap_or_else(|error| visit.refuse(&error))
}
