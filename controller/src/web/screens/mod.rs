//! Screens of a stage: how they are, their names and positions, and taking them away.

mod groups;
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

use self::{groups::GroupView, view::Card};
use super::{
    Owner, Page, Visit, events,
    page::{draw, draw_as, go},
    staged::staged,
};
use crate::{
    app::{App, Change, Error, Problem, Result},
    features::{
        alerts::{self, Told},
        programmes,
        screens::{self, Status, Wish},
    },
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
        .merge(groups::routes())
        .merge(pair::routes())
}

#[derive(Template)]
#[template(path = "screens/index.html")]
struct Index {
    page: Page,
    groups: Vec<GroupView>,
    /// What interrupts them.
    alerts: Vec<Told>,
}

#[derive(Template)]
#[template(path = "screens/list.html")]
struct List {
    page: Page,
    groups: Vec<GroupView>,
    /// What interrupts them.
    alerts: Vec<Told>,
}

#[derive(Template)]
#[template(path = "screens/open.html")]
struct Open {
    page: Page,
    card: Card,
    /// What stands in the form.
    typed: Typed,
    positions: Vec<(String, String)>,
    /// Programmes to choose from: id and name.
    programmes: Vec<(String, String)>,
    /// Tags of other screens.
    known_tags: Vec<String>,
    /// Groups of other screens.
    known_groups: Vec<String>,
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
        let groups = GroupView::all(&app, &stage, &page).await?;
        let alerts = alerts::list(&app, &stage).await?;
        Ok(draw(&Index { page, groups, alerts }))
    };
    drawn.await.unwrap_or_else(|error| visit.refuse(&error))
}

async fn list(State(app): State<App>, visit: Visit, owner: Owner, Path(stage_id): Path<String>) -> Response {
    let drawn = async {
        let (stage, page) = staged(&app, &visit, &owner, &stage_id).await?;
        let groups = GroupView::all(&app, &stage, &page).await?;
        let alerts = alerts::list(&app, &stage).await?;
        Ok(draw(&List { page, groups, alerts }))
    };
    drawn.await.unwrap_or_else(|error| visit.refuse(&error))
}

/// Event `screens`: a screen of the account came, went, or said something, or what it is to show changed.
async fn live(State(app): State<App>, visit: Visit, owner: Owner, Path(stage_id): Path<String>) -> Response {
    let found = async {
        let (stage, _) = staged(&app, &visit, &owner, &stage_id).await?;
        programmes::list(&app, &stage).await
    };
    let programmes: Vec<_> = match found.await {
        Ok(programmes) => programmes.into_iter().map(|programme| programme.id).collect(),
        Err(error) => return visit.refuse(&error),
    };
    let of = owner.account_id;
    let wanted = move |c: &Change| match c {
        Change::Screen { account_id, .. } => *account_id == of,
        Change::Programme { programme_id, .. } => programmes.contains(programme_id),
        Change::Alerts { stage_id: told } => *told == stage_id,
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
        let typed = Typed::of(&status);
        Ok(draw(&open_page(&app, page, &stage, status, typed).await?))
    };
    drawn.await.unwrap_or_else(|error| visit.refuse(&error))
}

async fn open_page(app: &App, page: Page, stage: &Stage, status: Status, typed: Typed) -> Result<Open> {
    let card = Card::all(app, stage, &page, vec![status]).await?.pop().ok_or(Error::NotFound("screen"))?;
    let words = |degrees: &i64| (degrees.to_string(), page.t(&format!("screens.rotation.{degrees}")));
    let positions = screens::ROTATIONS.iter().map(words).collect();
    let programmes = programmes::list(app, stage).await?.into_iter().map(|one| (one.id, one.name)).collect();
    let known_tags = screens::known_tags(app, stage).await?;
    let known_groups = screens::known_groups(app, stage).await?;
    Ok(Open { page, card, typed, positions, programmes, known_tags, known_groups })
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
    tags: String,
    group: Option<String>,
    programme: String,
}

impl Typed {
    fn of(status: &Status) -> Self {
        let screen = &status.screen;
        Self {
            name: screen.name.clone(),
            rotation: screen.rotation.to_string(),
            tags: screen.tags().join(", "),
            group: Some(screen.group_name.clone()),
            programme: screen.programme_id.clone(),
        }
    }
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
        match set(&app, &stage, &status, &typed).await {
            Ok(()) => Ok(go(&format!("{}/screens/{id}", page.stage_path()), "done.screen_saved")),
            Err(Error::Invalid(problems)) => {
                let page = page.with(problems);
                let open = open_page(&app, page, &stage, status, typed).await?;
                Ok(draw_as(StatusCode::UNPROCESSABLE_ENTITY, &open))
            }
            Err(error) => Err(error),
        }
    };
    done.await.unwrap_or_else(|error| visit.refuse(&error))
}

async fn set(app: &App, stage: &Stage, status: &Status, typed: &Typed) -> Result<()> {
    let name = screens::name(&typed.name)?;
    let tags = screens::tags(&typed.tags)?;
    // A form that does not ask for it leaves it as it is.
    let group = match &typed.group {
        Some(typed) => screens::group(app, stage, typed).await?,
        None => status.screen.group_name.clone(),
    };
    let wanted = if typed.programme.is_empty() { &status.screen.programme_id } else { &typed.programme };
    let programmes = programmes::list(app, stage).await?;
    if !programmes.iter().any(|programme| programme.id == *wanted) {
        return Err(Error::invalid("programme", "screens.programme.missing"));
    }
    let rotation = typed.rotation.parse().map_err(|_| Error::invalid("rotation", "screens.rotation.invalid"))?;
    let wish = Wish { name: &name, rotation, tags: &tags, group: &group, programme_id: wanted };
    screens::set(app, &stage.account_id, &status.screen.id, &wish).await
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
        let typed = Typed::of(&status);
        let page = page.with(vec![Problem { field: "", key: "screens.shot.away" }]);
        Ok(draw_as(StatusCode::CONFLICT, &open_page(&app, page, &stage, status, typed).await?))
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

/// Titles of entries that are on, each looked up once.
type Titles = BTreeMap<String, String>;
