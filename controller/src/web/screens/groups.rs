//! A group of screens: what all of them show, and its name.

use askama::Template;
use axum::{
    Form, Router,
    extract::{Path, Query, State},
    http::StatusCode,
    response::Response,
    routing::get,
};
use serde::Deserialize;

use super::view::Card;
use crate::{
    app::{App, Error, Problem, Result},
    features::{
        programmes,
        screens::{self, Group},
    },
    store::Stage,
    web::{
        Owner, Page, Visit,
        page::{draw, draw_as, go},
        staged::staged,
    },
};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/dashboard/stages/{stage_id}/screens/group", get(open).post(change))
}

/// Screens of a group in the list.
pub(super) struct GroupView {
    /// Its name; empty for the screens that are in none.
    pub(super) name: String,
    /// Its screens.
    pub(super) cards: Vec<Card>,
}

impl GroupView {
    /// All screens of a stage in their groups.
    pub(super) async fn all(app: &App, stage: &Stage, page: &Page) -> Result<Vec<Self>> {
        let screens = screens::list(app, &stage.account_id, &stage.id).await?;
        let mut views = Vec::new();
        for Group { name, screens } in screens::grouped(screens) {
            views.push(Self { name, cards: Card::all(app, stage, page, screens).await? });
        }
        Ok(views)
    }

    /// Its name, as an address carries it.
    pub(super) fn query(&self) -> String {
        url::form_urlencoded::byte_serialize(self.name.as_bytes()).collect()
    }
}

#[derive(Template)]
#[template(path = "screens/group.html")]
struct Open {
    page: Page,
    /// The group.
    group: Group,
    /// Its new name, as it was typed.
    typed: String,
    /// Programmes to choose from: id and name.
    programmes: Vec<(String, String)>,
    /// The one that is chosen.
    programme: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Typed {
    group: String,
    /// What to do: `follow` or `rename`.
    what: String,
    programme: String,
    name: String,
}

async fn open(
    State(app): State<App>,
    visit: Visit,
    owner: Owner,
    Path(stage_id): Path<String>,
    Query(typed): Query<Typed>,
) -> Response {
    let drawn = async {
        let (stage, page) = staged(&app, &visit, &owner, &stage_id).await?;
        let name = typed.group.clone();
        Ok(draw(&form(&app, &stage, page, &typed.group, name, Vec::new()).await?))
    };
    drawn.await.unwrap_or_else(|error| visit.refuse(&error))
}

async fn form(
    app: &App,
    stage: &Stage,
    page: Page,
    group: &str,
    typed: String,
    problems: Vec<Problem>,
) -> Result<Open> {
    let screens = screens::list(app, &stage.account_id, &stage.id).await?;
    let mut groups = screens::grouped(screens).into_iter();
    let group = groups.find(|one| !one.name.is_empty() && one.name == group).ok_or(Error::NotFound("group"))?;
    let programmes: Vec<_> = programmes::list(app, stage).await?.into_iter().map(|one| (one.id, one.name)).collect();
    let programme = group.programme().unwrap_or_default().to_owned();
    Ok(Open { page: page.with(problems), group, typed, programmes, programme })
}

async fn change(
    State(app): State<App>,
    visit: Visit,
    owner: Owner,
    Path(stage_id): Path<String>,
    Form(typed): Form<Typed>,
) -> Response {
    let done = async {
        let (stage, page) = staged(&app, &visit, &owner, &stage_id).await?;
        let told = match typed.what.as_str() {
            "follow" => follow(&app, &stage, &typed).await.map(|()| "done.group_follows"),
            "rename" => {
                screens::rename_group(&app, &stage, &typed.group, &typed.name).await.map(|()| "done.group_saved")
            }
            _ => Err(Error::NotFound("button")),
        };
        match told {
            Ok(done) => Ok(go(&format!("{}/screens", page.stage_path()), done)),
            Err(Error::Invalid(problems)) => {
                let form = form(&app, &stage, page, &typed.group, typed.name, problems).await?;
                Ok(draw_as(StatusCode::UNPROCESSABLE_ENTITY, &form))
            }
            Err(error) => Err(error),
        }
    };
    done.await.unwrap_or_else(|error| visit.refuse(&error))
}

/// Has the group follow a programme of its own stage.
async fn follow(app: &App, stage: &Stage, typed: &Typed) -> Result<()> {
    let programmes = programmes::list(app, stage).await?;
    if !programmes.iter().any(|programme| programme.id == typed.programme) {
        return Err(Error::invalid("programme", "screens.programme.missing"));
    }
    screens::group_follow(app, stage, &typed.group, &typed.programme).await
}
