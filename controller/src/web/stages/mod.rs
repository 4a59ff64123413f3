//! Stages: the start of the dashboard, and making a new one.

mod look;

use askama::Template;
use axum::{
    Form, Router,
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use serde::Deserialize;

use super::{
    Owner, Place, Visit,
    page::{Page, draw, draw_as, go},
};
use crate::{
    app::{App, Error, Result},
    features::{
        operator,
        stages::{self, NewStage},
    },
    store::{Stage, StageCount},
};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/dashboard", get(home))
        .route("/dashboard/stages/new", get(new).post(create))
        .route("/dashboard/stages/handle", get(suggest))
        .route("/dashboard/stages/{stage_id}", get(open))
        .merge(look::routes())
}

impl From<&Stage> for Place {
    fn from(stage: &Stage) -> Self {
        Self {
            id: stage.id.clone(),
            name: stage.name.clone(),
            handle: stage.handle.clone(),
            time_zone: stage.time_zone.clone(),
            stopped_at: 0,
        }
    }
}

#[derive(Template)]
#[template(path = "stages/home.html")]
struct Home {
    page: Page,
    first_name: String,
    cards: Vec<Card>,
    steps: Vec<Step>,
    /// Whether this instance lacks an imprint, and whoever asks is to write it.
    lacking: bool,
}

/// A stage on the start page.
struct Card {
    stage: Stage,
    count: StageCount,
}

/// One of the first steps.
struct Step {
    title: &'static str,
    text: &'static str,
    done: bool,
    address: Option<String>,
}

async fn home(State(app): State<App>, visit: Visit, owner: Owner) -> Response {
    let cards = match cards(&app, &owner.account_id).await {
        Ok(cards) => cards,
        Err(error) => return visit.refuse(&error),
    };
    let lacking = match operator::lacks_imprint(&app).await {
        Ok(lacking) => lacking && owner.operator,
        Err(error) => return visit.refuse(&error),
    };
    let steps = first_steps(&cards);
    draw(&Home { page: Page::new(visit), first_name: owner.first_name, cards, steps, lacking })
}

async fn cards(app: &App, account_id: &str) -> Result<Vec<Card>> {
    let mut counts = stages::count(app, account_id).await?;
    let cards = stages::list(app, account_id).await?.into_iter().map(|stage| {
        let place = counts.iter().position(|count| count.stage_id == stage.id);
        let none = || StageCount { stage_id: stage.id.clone(), sources: 0, posts: 0, screens: 0 };
        let count = place.map_or_else(none, |place| counts.swap_remove(place));
        Card { stage, count }
    });
    Ok(cards.collect())
}

/// What there is to do until the first post is on the first screen; nothing once that is done.
fn first_steps(cards: &[Card]) -> Vec<Step> {
    let leaf = |leaf| cards.first().map(|card| format!("/dashboard/stages/{}/{leaf}", card.stage.id));
    let any = |has: fn(&StageCount) -> bool| cards.iter().any(|card| has(&card.count));
    let steps = vec![
        Step {
            title: "stages.step.stage",
            text: "stages.step.stage.text",
            done: !cards.is_empty(),
            address: Some("/dashboard/stages/new".to_owned()),
        },
        Step {
            title: "stages.step.source",
            text: "stages.step.source.text",
            done: any(|count| count.sources > 0),
            address: leaf("sources"),
        },
        Step {
            title: "stages.step.screen",
            text: "stages.step.screen.text",
            done: any(|count| count.screens > 0),
            address: leaf("screens"),
        },
    ];
    if steps.iter().all(|step| step.done) { Vec::new() } else { steps }
}

#[derive(Template)]
#[template(path = "stages/new.html")]
struct New {
    page: Page,
    typed: NewStage,
    host: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct NewForm {
    name: String,
    handle: String,
    time_zone: String,
}

impl From<NewForm> for NewStage {
    fn from(NewForm { name, handle, time_zone }: NewForm) -> Self {
        Self { name, handle, time_zone }
    }
}

async fn new(State(app): State<App>, visit: Visit, _: Owner) -> Response {
    draw(&New { page: Page::new(visit), typed: NewStage::default(), host: host(&app) })
}

async fn create(State(app): State<App>, visit: Visit, owner: Owner, Form(form): Form<NewForm>) -> Response {
    let typed = NewStage::from(form);
    match stages::create(&app, &owner.account_id, &typed, visit.language).await {
        Ok(stage) => go(&format!("/dashboard/stages/{}/sources", stage.id), "done.stage_created"),
        Err(Error::Invalid(problems)) => {
            let page = Page::new(visit).with(problems);
            draw_as(StatusCode::UNPROCESSABLE_ENTITY, &New { page, typed, host: host(&app) })
        }
        Err(error) => visit.refuse(&error),
    }
}

/// Host and port as people type them before a handle.
fn host(app: &App) -> String {
    app.config.address("").split("://").last().unwrap_or_default().to_owned()
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Named {
    name: String,
}

/// A free handle for a name, as plain text, while somebody types the name.
async fn suggest(State(app): State<App>, visit: Visit, _: Owner, Query(named): Query<Named>) -> Response {
    match stages::free_handle(&app, &named.name).await {
        Ok(handle) => handle.map_or_else(String::new, |handle| handle.as_str().to_owned()).into_response(),
        Err(error) => visit.refuse(&error),
    }
}

async fn open(State(app): State<App>, visit: Visit, owner: Owner, Path(id): Path<String>) -> Response {
    match stages::get(&app, &owner.account_id, &id).await {
        Ok(stage) => Redirect::to(&format!("/dashboard/stages/{}/posts", stage.id)).into_response(),
        Err(error) => visit.refuse(&error),
    }
}
