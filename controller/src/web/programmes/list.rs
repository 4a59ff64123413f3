//! The programmes of a stage: making, copying, naming and removing them.

use askama::Template;
use axum::{
    Form, Router,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use serde::Deserialize;

use super::place;
use crate::{
    app::{App, Error, Result},
    features::{programmes, screens},
    store::{ProgrammeCount, Stage},
    web::{
        Owner, Page, Visit,
        page::{draw, draw_as, go},
        staged::staged,
    },
};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/dashboard/stages/{stage_id}/programmes", get(index).post(create))
        .route("/dashboard/stages/{stage_id}/programmes/{id}/name", get(ask_name).post(rename))
        .route("/dashboard/stages/{stage_id}/programmes/{id}/copy", post(copy))
        .route("/dashboard/stages/{stage_id}/programmes/{id}/delete", get(confirm).post(delete))
}

#[derive(Template)]
#[template(path = "programmes/index.html")]
struct Index {
    page: Page,
    programmes: Vec<ProgrammeCount>,
    /// Name of a new one, as it was typed.
    called: String,
}

#[derive(Template)]
#[template(path = "programmes/name.html")]
struct Name {
    page: Page,
    programme: ProgrammeCount,
    /// Its name, as it was typed.
    called: String,
}

#[derive(Template)]
#[template(path = "programmes/delete.html")]
struct Confirm {
    page: Page,
    programme: ProgrammeCount,
    /// Whether it is the stage's first, which stays.
    first: bool,
    /// Names of the screens that follow it.
    followers: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Typed {
    name: String,
}

type Place = Path<(String, String)>;

async fn index(State(app): State<App>, visit: Visit, owner: Owner, Path(stage_id): Path<String>) -> Response {
    let drawn = async {
        let (stage, page) = staged(&app, &visit, &owner, &stage_id).await?;
        let programmes = programmes::list(&app, &stage).await?;
        Ok(draw(&Index { page, programmes, called: String::new() }))
    };
    drawn.await.unwrap_or_else(|error| visit.refuse(&error))
}

async fn create(
    State(app): State<App>,
    visit: Visit,
    owner: Owner,
    Path(stage_id): Path<String>,
    Form(typed): Form<Typed>,
) -> Response {
    let done = async {
        let (stage, page) = staged(&app, &visit, &owner, &stage_id).await?;
        match programmes::create(&app, &stage, &typed.name).await {
            Ok(id) => Ok(go(&place(&page, &id), "done.programme_made")),
            Err(Error::Invalid(problems)) => {
                let programmes = programmes::list(&app, &stage).await?;
                let index = Index { page: page.with(problems), programmes, called: typed.name };
                Ok(draw_as(StatusCode::UNPROCESSABLE_ENTITY, &index))
            }
            Err(error) => Err(error),
        }
    };
    done.await.unwrap_or_else(|error| visit.refuse(&error))
}

async fn ask_name(State(app): State<App>, visit: Visit, owner: Owner, Path((stage_id, id)): Place) -> Response {
    let drawn = async {
        let (stage, page) = staged(&app, &visit, &owner, &stage_id).await?;
        let programme = one(&app, &stage, &id).await?;
        Ok(draw(&Name { page, called: programme.name.clone(), programme }))
    };
    drawn.await.unwrap_or_else(|error| visit.refuse(&error))
}

async fn rename(
    State(app): State<App>,
    visit: Visit,
    owner: Owner,
    Path((stage_id, id)): Place,
    Form(typed): Form<Typed>,
) -> Response {
    let done = async {
        let (stage, page) = staged(&app, &visit, &owner, &stage_id).await?;
        let programme = one(&app, &stage, &id).await?;
        match programmes::rename(&app, &stage, &id, &typed.name).await {
            Ok(()) => Ok(go(&place(&page, &id), "done.programme_named")),
            Err(Error::Invalid(problems)) => {
                let form = Name { page: page.with(problems), programme, called: typed.name };
                Ok(draw_as(StatusCode::UNPROCESSABLE_ENTITY, &form))
            }
            Err(error) => Err(error),
        }
    };
    done.await.unwrap_or_else(|error| visit.refuse(&error))
}

async fn copy(State(app): State<App>, visit: Visit, owner: Owner, Path((stage_id, id)): Place) -> Response {
    let done = async {
        let (stage, page) = staged(&app, &visit, &owner, &stage_id).await?;
        let old = one(&app, &stage, &id).await?;
        let room = programmes::LONGEST_NAME - page.t1("programmes.copy.name", "name", "").chars().count();
        let short: String = old.name.chars().take(room).collect();
        let name = page.t1("programmes.copy.name", "name", short);
        let copy = programmes::copy(&app, &stage, &id, &name).await?;
        Ok(go(&place(&page, &copy), "done.programme_copied"))
    };
    done.await.unwrap_or_else(|error| visit.refuse(&error))
}

async fn confirm(State(app): State<App>, visit: Visit, owner: Owner, Path((stage_id, id)): Place) -> Response {
    let drawn = async {
        let (stage, page) = staged(&app, &visit, &owner, &stage_id).await?;
        Ok(draw(&confirmation(&app, &stage, page, &id).await?))
    };
    drawn.await.unwrap_or_else(|error| visit.refuse(&error))
}

async fn confirmation(app: &App, stage: &Stage, page: Page, id: &str) -> Result<Confirm> {
    let programme = one(app, stage, id).await?;
    let all = screens::list(app, &stage.account_id, &stage.id).await?;
    let own = all.into_iter().filter(|status| status.screen.programme_id == programme.id);
    let followers = own.map(|status| status.screen.name).collect();
    Ok(Confirm { page, first: programme.id == stage.id, programme, followers })
}

async fn delete(State(app): State<App>, visit: Visit, owner: Owner, Path((stage_id, id)): Place) -> Response {
    let done = async {
        let (stage, page) = staged(&app, &visit, &owner, &stage_id).await?;
        one(&app, &stage, &id).await?;
        match programmes::delete(&app, &stage, &id).await {
            Ok(()) => {
                let list = format!("{}/programmes?done=programme_deleted", page.stage_path());
                Ok(Redirect::to(&list).into_response())
            }
            Err(Error::Invalid(problems)) => {
                let confirm = confirmation(&app, &stage, page.with(problems), &id).await?;
                Ok(draw_as(StatusCode::UNPROCESSABLE_ENTITY, &confirm))
            }
            Err(error) => Err(error),
        }
    };
    done.await.unwrap_or_else(|error| visit.refuse(&error))
}

/// A programme of the stage.
async fn one(app: &App, stage: &Stage, id: &str) -> Result<ProgrammeCount> {
    let all = programmes::list(app, stage).await?;
    all.into_iter().find(|programme| programme.id == id).ok_or(Error::NotFound("programme"))
}
