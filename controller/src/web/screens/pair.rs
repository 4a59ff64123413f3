//! Pairing a screen: typing its code, or coming by its QR code with the code filled in.

use askama::Template;
use axum::{
    Form, Router,
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use serde::Deserialize;

use crate::{
    app::{App, Error, Problem, Result},
    features::{
        pairings::{self, Claim, Code},
        programmes, screens,
    },
    store::Stage,
    web::{
        Owner, Page, Visit, errors,
        page::{draw, draw_as, go},
        staged::place,
    },
};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/dashboard/screens/pair", get(come).post(pair))
        .route("/dashboard/stages/{stage_id}/screens/pair", get(inside))
}

#[derive(Template)]
#[template(path = "screens/pair.html")]
struct PairPage {
    page: Page,
    typed: Typed,
    /// Stages to choose from: id and name.
    stages: Vec<(String, String)>,
    /// Command that starts a kiosk.
    command: String,
}

/// What stands in the form.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
struct Typed {
    code: String,
    name: String,
    programme: String,
}

/// From anywhere: mostly from a QR code on a display.
async fn come(State(app): State<App>, visit: Visit, owner: Owner, Query(typed): Query<Typed>) -> Response {
    let drawn = async {
        let stages = app.store.list_stages(&owner.account_id).await?;
        if stages.is_empty() {
            return Ok(Redirect::to("/dashboard/stages/new").into_response());
        }
        Ok(draw(&pair_page(&app, &visit, &stages, typed, Vec::new()).await?))
    };
    drawn.await.unwrap_or_else(|error| visit.refuse(&error))
}

/// From the screens of a stage.
async fn inside(
    State(app): State<App>,
    visit: Visit,
    owner: Owner,
    Path(stage_id): Path<String>,
    Query(typed): Query<Typed>,
) -> Response {
    let drawn = async {
        let stages = app.store.list_stages(&owner.account_id).await?;
        if !stages.iter().any(|stage| stage.id == stage_id) {
            return Err(Error::NotFound("stage"));
        }
        let typed = Typed { programme: stage_id, ..typed };
        Ok(draw(&pair_page(&app, &visit, &stages, typed, Vec::new()).await?))
    };
    drawn.await.unwrap_or_else(|error| visit.refuse(&error))
}

async fn pair_page(
    app: &App,
    visit: &Visit,
    stages: &[Stage],
    typed: Typed,
    problems: Vec<Problem>,
) -> Result<PairPage> {
    let chosen = stages.iter().find(|stage| stage.id == typed.programme);
    let mut page = Page::new(visit.clone()).with(problems);
    if let Some(stage) = chosen.or(stages.first().filter(|_| stages.len() == 1)) {
        page = page.at(place(app, stage).await?);
    }
    let command = format!("litfass-kiosk --controller {}", app.config.address(""));
    let stages = stages.iter().map(|stage| (stage.id.clone(), stage.name.clone())).collect();
    Ok(PairPage { page, typed, stages, command })
}

async fn pair(State(app): State<App>, visit: Visit, owner: Owner, Form(typed): Form<Typed>) -> Response {
    let done = async {
        let stages = app.store.list_stages(&owner.account_id).await?;
        match claim(&app, &owner, &typed).await {
            Ok(id) => Ok(go(&format!("/dashboard/stages/{}/screens/{id}", typed.programme), "done.screen_paired")),
            Err(Error::Invalid(problems)) => {
                let page = pair_page(&app, &visit, &stages, typed, problems).await?;
                Ok(draw_as(StatusCode::UNPROCESSABLE_ENTITY, &page))
            }
            // Not there, or somebody else's; what was typed stays all the same.
            Err(Error::NotFound(_)) => {
                let problems = vec![Problem { field: "programme", key: "screens.programme.missing" }];
                Ok(draw_as(StatusCode::NOT_FOUND, &pair_page(&app, &visit, &stages, typed, problems).await?))
            }
            Err(Error::TooMany(secs)) => {
                let problems = vec![Problem { field: "code", key: "screens.code.too_many" }];
                let page = pair_page(&app, &visit, &stages, typed, problems).await?;
                Ok(errors::again(draw_as(StatusCode::TOO_MANY_REQUESTS, &page), secs))
            }
            Err(error) => Err(error),
        }
    };
    done.await.unwrap_or_else(|error| visit.refuse(&error))
}

async fn claim(app: &App, owner: &Owner, typed: &Typed) -> Result<String> {
    // Makes sure that the stage is the account's and has its programme; an empty choice is a slip like any other.
    let programme = match typed.programme.as_str() {
        "" => None,
        id => Some(programmes::first(app, &owner.account_id, id).await?),
    };
    let mut problems = Vec::new();
    let name = match screens::name(&typed.name) {
        Ok(name) => name,
        Err(Error::Invalid(wrong)) => {
            problems.extend(wrong);
            String::new()
        }
        Err(error) => return Err(error),
    };
    if Code::parse(&typed.code).is_none() {
        problems.insert(0, Problem { field: "code", key: "screens.code.malformed" });
    }
    let Some(programme) = programme.filter(|_| problems.is_empty()) else {
        if typed.programme.is_empty() {
            problems.push(Problem { field: "programme", key: "screens.programme.missing" });
        }
        return Err(Error::Invalid(problems));
    };
    let claim = Claim {
        account_id: &owner.account_id,
        member_id: &owner.member_id,
        code: &typed.code,
        name: &name,
        programme_id: &programme.id,
    };
    pairings::claim(app, &claim).await
}
