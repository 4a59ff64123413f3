//! Screens of a stage: how they are, their names and positions, and taking them away.

mod pair;
mod view;

use std::{collections::BTreeMap, time::Duration};

use askama::Template;
use axum::{
    Form, Router,
    extract::{Path, State},
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response, Sse, sse::KeepAlive},
    routing::{get, post},
};
use serde::Deserialize;
use tokio_stream::StreamExt;

use self::view::Card;
use super::{
    Owner, Page, Visit, events,
    page::{draw, draw_as, go},
    staged::staged,
};
use crate::{
    app::{App, Change, Error, Problem, Result},
    features::screens::{self, Status, Wish},
    store::Stage,
};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/dashboard/stages/{stage_id}/screens", get(index))
        .route("/dashboard/stages/{stage_id}/screens/list", get(list))
        .route("/dashboard/stages/{stage_id}/screens/live", get(live))
        .route("/dashboard/stages/{stage_id}/screens/{id}", get(open).post(change))
        .route("/dashboard/stages/{stage_id}/screens/{id}/now", get(now))
        .route("/dashboard/stages/{stage_id}/screens/{id}/shot", post(shot))
        .route("/dashboard/stages/{stage_id}/screens/{id}/revoke", get(confirm).post(revoke))
        .route("/dashboard/screens/{id}/picture", get(picture))
        .merge(pair::routes())
}

#[derive(Template)]
#[template(path = "screens/index.html")]
struct Index {
    page: Page,
    cards: Vec<Card>,
}

#[derive(Template)]
#[template(path = "screens/list.html")]
struct List {
    page: Page,
    cards: Vec<Card>,
}

#[derive(Template)]
#[template(path = "screens/open.html")]
struct Open {
    page: Page,
    card: Card,
    /// Its name, as it was typed.
    called: String,
    rotation: String,
    positions: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "screens/now.html")]
struct Now {
    page: Page,
    card: Card,
}

#[derive(Template)]
#[template(path = "screens/revoke.html")]
struct Confirm {
    page: Page,
    card: Card,
}

async fn index(State(app): State<App>, visit: Visit, owner: Owner, Path(stage_id): Path<String>) -> Response {
    let drawn = async {
        let (stage, page) = staged(&app, &visit, &owner, &stage_id).await?;
        let cards = cards(&app, &stage, &page).await?;
        Ok(draw(&Index { page, cards }))
    };
    drawn.await.unwrap_or_else(|error| visit.refuse(&error))
}

async fn list(State(app): State<App>, visit: Visit, owner: Owner, Path(stage_id): Path<String>) -> Response {
    let drawn = async {
        let (stage, page) = staged(&app, &visit, &owner, &stage_id).await?;
        let cards = cards(&app, &stage, &page).await?;
        Ok(draw(&List { page, cards }))
    };
    drawn.await.unwrap_or_else(|error| visit.refuse(&error))
}

/// Event `screens`: a screen of the account came, went, or said something.
async fn live(State(app): State<App>, visit: Visit, owner: Owner, Path(stage_id): Path<String>) -> Response {
    if let Err(error) = staged(&app, &visit, &owner, &stage_id).await {
        return visit.refuse(&error);
    }
    let of = owner.account_id;
    let wanted = move |c: &Change| match c {
        Change::Screen { account_id, .. } => *account_id == of,
        Change::Programme { programme_id, .. } => *programme_id == stage_id,
        _ => false,
    };
    let told = events::stream(&app, "screens", wanted);
    Sse::new(told.map(events::named)).keep_alive(KeepAlive::new().interval(Duration::from_secs(25))).into_response()
}

type Place = Path<(String, String)>;

async fn open(State(app): State<App>, visit: Visit, owner: Owner, Path((stage_id, id)): Place) -> Response {
    let drawn = async {
        let (stage, page) = staged(&app, &visit, &owner, &stage_id).await?;
        let status = get_status(&app, &stage, &id).await?;
        let (name, rotation) = (status.screen.name.clone(), status.screen.rotation.to_string());
        Ok(draw(&open_page(&app, page, &stage, status, name, rotation).await?))
    };
    drawn.await.unwrap_or_else(|error| visit.refuse(&error))
}

async fn open_page(
    app: &App,
    page: Page,
    stage: &Stage,
    status: Status,
    called: String,
    rotation: String,
) -> Result<Open> {
    let card = Card::all(app, stage, &page, vec![status]).await?.pop().ok_or(Error::NotFound("screen"))?;
    let words = |degrees: &i64| (degrees.to_string(), page.t(&format!("screens.rotation.{degrees}")));
    let positions = screens::ROTATIONS.iter().map(words).collect();
    Ok(Open { page, card, called, rotation, positions })
}

/// The part of a screen's page that changes by itself.
async fn now(State(app): State<App>, visit: Visit, owner: Owner, Path((stage_id, id)): Place) -> Response {
    let drawn = async {
        let (stage, page) = staged(&app, &visit, &owner, &stage_id).await?;
        let status = get_status(&app, &stage, &id).await?;
        let card = Card::all(&app, &stage, &page, vec![status]).await?.pop().ok_or(Error::NotFound("screen"))?;
        Ok(draw(&Now { page, card }))
    };
    drawn.await.unwrap_or_else(|error| visit.refuse(&error))
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Typed {
    name: String,
    rotation: String,
}

async fn change(
    State(app): State<App>,
    visit: Visit,
    owner: Owner,
    Path((stage_id, id)): Place,
    Form(typed): Form<Typed>,
) -> Response {
    let done = async {
        let (stage, page) = staged(&app, &visit, &owner, &stage_id).await?;
        let status = get_status(&app, &stage, &id).await?;
        match set(&app, &stage, &id, &typed).await {
            Ok(()) => Ok(go(&format!("{}/screens/{id}", page.stage_path()), "done.screen_saved")),
            Err(Error::Invalid(problems)) => {
                let page = page.with(problems);
                let open = open_page(&app, page, &stage, status, typed.name, typed.rotation).await?;
                Ok(draw_as(StatusCode::UNPROCESSABLE_ENTITY, &open))
            }
            Err(error) => Err(error),
        }
    };
    done.await.unwrap_or_else(|error| visit.refuse(&error))
}

async fn set(app: &App, stage: &Stage, id: &str, typed: &Typed) -> Result<()> {
    let name = screens::name(&typed.name)?;
    let rotation = typed.rotation.parse().map_err(|_| Error::invalid("rotation", "screens.rotation.invalid"))?;
    screens::set(app, &stage.account_id, id, &Wish { name: &name, rotation }).await
}

async fn shot(State(app): State<App>, visit: Visit, owner: Owner, Path((stage_id, id)): Place) -> Response {
    let done = async {
        let (stage, page) = staged(&app, &visit, &owner, &stage_id).await?;
        get_status(&app, &stage, &id).await?;
        let here = format!("{}/screens/{id}", page.stage_path());
        if screens::want_picture(&app, &stage.account_id, &id).await? {
            return Ok(go(&here, "done.picture_wanted"));
        }
        let status = get_status(&app, &stage, &id).await?;
        let (name, rotation) = (status.screen.name.clone(), status.screen.rotation.to_string());
        let page = page.with(vec![Problem { field: "", key: "screens.shot.away" }]);
        Ok(draw_as(StatusCode::CONFLICT, &open_page(&app, page, &stage, status, name, rotation).await?))
    };
    done.await.unwrap_or_else(|error| visit.refuse(&error))
}

async fn confirm(State(app): State<App>, visit: Visit, owner: Owner, Path((stage_id, id)): Place) -> Response {
    let drawn = async {
        let (stage, page) = staged(&app, &visit, &owner, &stage_id).await?;
        let status = get_status(&app, &stage, &id).await?;
        let card = Card::all(&app, &stage, &page, vec![status]).await?.pop().ok_or(Error::NotFound("screen"))?;
        Ok(draw(&Confirm { page, card }))
    };
    drawn.await.unwrap_or_else(|error| visit.refuse(&error))
}

async fn revoke(State(app): State<App>, visit: Visit, owner: Owner, Path((stage_id, id)): Place) -> Response {
    let done = async {
        let (stage, page) = staged(&app, &visit, &owner, &stage_id).await?;
        get_status(&app, &stage, &id).await?;
        screens::revoke(&app, &stage.account_id, &id).await?;
        Ok(go(&format!("{}/screens", page.stage_path()), "done.screen_revoked"))
    };
    done.await.unwrap_or_else(|error| visit.refuse(&error))
}

/// The last picture, for its owner alone: not to outlive the log-in on a shared computer.
async fn picture(State(app): State<App>, visit: Visit, owner: Owner, Path(id): Path<String>) -> Response {
    match screens::picture(&app, &owner.account_id, &id).await {
        Ok(bytes) => {
            let kind = if bytes.starts_with(b"\x89PNG") { "image/png" } else { "image/jpeg" };
            let headers = [
                (header::CONTENT_TYPE, kind),
                (header::CACHE_CONTROL, "private, no-cache"),
                (header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"),
                (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
            ];
            let headers = headers.map(|(name, value)| (name, HeaderValue::from_static(value)));
            (headers, bytes).into_response()
        }
        Err(error) => visit.refuse(&error),
    }
}

async fn get_status(app: &App, stage: &Stage, id: &str) -> Result<Status> {
    let status = screens::get(app, &stage.account_id, id).await?;
    if status.screen.stage_id == stage.id { Ok(status) } else { Err(Error::NotFound("screen")) }
}

async fn cards(app: &App, stage: &Stage, page: &Page) -> Result<Vec<Card>> {
    let all = screens::list(app, &stage.account_id, &stage.id).await?;
    Card::all(app, stage, page, all).await
}

/// Titles of entries that are on, each looked up once.
type Titles = BTreeMap<String, String>;
