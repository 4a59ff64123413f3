//! Sources of a stage: link, look after, unlink.

mod hook;
mod signin;
mod view;

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use axum::{
    Form, Router,
    extract::{Path, Query, State},
    http::StatusCode,
    response::Response,
    routing::{get, post},
};

use self::view::{AnyForm, Choice, NetworkForm, Row};
use super::{
    Owner, Page, Visit,
    page::{draw, draw_as, go},
    staged::staged,
};
use crate::{
    app::{App, Error, Result},
    features::sources::{self, Linked},
    networks::{self, Fed},
    store::{Source, Stage},
};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/dashboard/stages/{stage_id}/sources", get(index).post(link))
        .route("/dashboard/stages/{stage_id}/sources/list", get(list))
        .route("/dashboard/stages/{stage_id}/sources/{id}/visit", post(visit_now))
        .route("/dashboard/stages/{stage_id}/sources/{id}/hold", post(hold))
        .route("/dashboard/stages/{stage_id}/sources/{id}/release", post(release))
        .route("/dashboard/stages/{stage_id}/sources/{id}/follow", post(follow))
        .route("/dashboard/stages/{stage_id}/sources/{id}/unfollow", post(unfollow))
        .route("/dashboard/stages/{stage_id}/sources/{id}/unlink", get(confirm).post(unlink))
        .merge(hook::routes())
        .merge(signin::routes())
}

#[derive(Template)]
#[template(path = "sources/index.html")]
struct Index {
    page: Page,
    rows: Vec<Row>,
    form: AnyForm,
    /// The form of a network that was chosen for its further fields.
    own: Option<NetworkForm>,
    /// Networks that can be chosen so.
    more: Vec<NetworkForm>,
    /// Networks whose posts somebody sends to us.
    sent: Vec<NetworkForm>,
    choices: Vec<Choice>,
    /// What could not be linked, in words; empty if nothing.
    trouble: String,
    offers: Vec<signin::Offer>,
    /// Why a sign-in came to nothing, in words; empty if none did.
    sign_in_trouble: String,
}

impl Index {
    /// The page with forms filled with what was typed, and the network it was taken for.
    fn new(app: &App, page: Page, rows: Vec<Row>, typed: &Typed, taken_for: Option<&str>) -> Self {
        Self {
            offers: signin::Offer::all(app, &page),
            form: AnyForm::of(&page, typed, taken_for),
            own: None,
            more: NetworkForm::with_more_fields(),
            sent: NetworkForm::sent(),
            page,
            rows,
            choices: Vec::new(),
            trouble: String::new(),
            sign_in_trouble: String::new(),
        }
    }
}

#[derive(Template)]
#[template(path = "sources/list.html")]
struct List {
    page: Page,
    rows: Vec<Row>,
}

#[derive(Template)]
#[template(path = "sources/unlink.html")]
struct Confirm {
    page: Page,
    row: Row,
}

type Typed = BTreeMap<String, String>;

async fn index(
    State(app): State<App>,
    visit: Visit,
    owner: Owner,
    Path(stage_id): Path<String>,
    Query(asked): Query<Typed>,
) -> Response {
    let drawn = async {
        let (stage, page) = staged(&app, &visit, &owner, &stage_id).await?;
        let rows = rows(&app, &stage, &page).await?;
        let own = asked.get("network").and_then(|name| NetworkForm::of(name, &Typed::new()));
        Ok(draw(&Index { own, ..Index::new(&app, page, rows, &Typed::new(), None) }))
    };
    drawn.await.unwrap_or_else(|error| visit.refuse(&error))
}

async fn list(State(app): State<App>, visit: Visit, owner: Owner, Path(stage_id): Path<String>) -> Response {
    let drawn = async {
        let (stage, page) = staged(&app, &visit, &owner, &stage_id).await?;
        let rows = rows(&app, &stage, &page).await?;
        Ok(draw(&List { page, rows }))
    };
    drawn.await.unwrap_or_else(|error| visit.refuse(&error))
}

async fn link(
    State(app): State<App>,
    visit: Visit,
    owner: Owner,
    Path(stage_id): Path<String>,
    Form(typed): Form<Typed>,
) -> Response {
    let done = async {
        let (stage, page) = staged(&app, &visit, &owner, &stage_id).await?;
        let network = typed.get("network").map(String::as_str).filter(|name| !name.is_empty());
        let held = typed.contains_key("held");
        let mut taken_for = network.and_then(facts).map(|facts| facts.name);
        let linked = sources::link(&app, &stage, network, &typed, held).await;
        let (page, choices, trouble) = match linked {
            Ok(Linked::Done(source)) if is_sent(&source.network) => {
                return hook::with_new_secret(&app, &stage, page, *source).await;
            }
            Ok(Linked::Done(_)) => return Ok(go(&format!("{}/sources", page.stage_path()), "done.source_linked")),
            Ok(Linked::Choose(network, found)) => (page, Choice::all(network, &found), String::new()),
            Ok(Linked::Wait(network, wait)) => {
                let words = view::not_now(&page, network, wait);
                (page, Vec::new(), words)
            }
            Ok(Linked::Trouble(network, saying)) => {
                taken_for = network;
                let words = view::say(&page, &saying);
                (page, Vec::new(), words)
            }
            Err(Error::Invalid(problems)) => (page.with(problems), Vec::new(), String::new()),
            Err(error) => return Err(error),
        };
        let rows = rows(&app, &stage, &page).await?;
        let status = if choices.is_empty() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
        let own = network.filter(|_| typed.contains_key("own")).and_then(|name| NetworkForm::of(name, &typed));
        Ok(draw_as(status, &Index { own, choices, trouble, ..Index::new(&app, page, rows, &typed, taken_for) }))
    };
    done.await.unwrap_or_else(|error| visit.refuse(&error))
}

async fn visit_now(
    State(app): State<App>,
    visit: Visit,
    owner: Owner,
    Path((stage_id, id)): Path<(String, String)>,
) -> Response {
    let done = async {
        let (stage, page) = staged(&app, &visit, &owner, &stage_id).await?;
        sources::visit_now(&app, &stage, &id).await?;
        Ok(back(&page, "done.source_visit"))
    };
    done.await.unwrap_or_else(|error| visit.refuse(&error))
}

async fn hold(
    State(app): State<App>,
    visit: Visit,
    owner: Owner,
    Path((stage_id, id)): Path<(String, String)>,
) -> Response {
    let done = async {
        let (stage, page) = staged(&app, &visit, &owner, &stage_id).await?;
        sources::hold(&app, &stage, &id, true).await?;
        Ok(back(&page, "done.source_held"))
    };
    done.await.unwrap_or_else(|error| visit.refuse(&error))
}

async fn release(
    State(app): State<App>,
    visit: Visit,
    owner: Owner,
    Path((stage_id, id)): Path<(String, String)>,
) -> Response {
    let done = async {
        let (stage, page) = staged(&app, &visit, &owner, &stage_id).await?;
        sources::hold(&app, &stage, &id, false).await?;
        Ok(back(&page, "done.source_released"))
    };
    done.await.unwrap_or_else(|error| visit.refuse(&error))
}

async fn follow(
    State(app): State<App>,
    visit: Visit,
    owner: Owner,
    Path((stage_id, id)): Path<(String, String)>,
) -> Response {
    let done = async {
        let (stage, page) = staged(&app, &visit, &owner, &stage_id).await?;
        sources::follow_links(&app, &stage, &id, true).await?;
        Ok(back(&page, "done.source_follows"))
    };
    done.await.unwrap_or_else(|error| visit.refuse(&error))
}

async fn unfollow(
    State(app): State<App>,
    visit: Visit,
    owner: Owner,
    Path((stage_id, id)): Path<(String, String)>,
) -> Response {
    let done = async {
        let (stage, page) = staged(&app, &visit, &owner, &stage_id).await?;
        sources::follow_links(&app, &stage, &id, false).await?;
        Ok(back(&page, "done.source_unfollows"))
    };
    done.await.unwrap_or_else(|error| visit.refuse(&error))
}

async fn confirm(
    State(app): State<App>,
    visit: Visit,
    owner: Owner,
    Path((stage_id, id)): Path<(String, String)>,
) -> Response {
    let drawn = async {
        let (stage, page) = staged(&app, &visit, &owner, &stage_id).await?;
        let source = app.store.find_source(&stage.id, &id).await?.ok_or(Error::NotFound("source"))?;
        let row = Row::of(source, None, &page);
        Ok(draw(&Confirm { page, row }))
    };
    drawn.await.unwrap_or_else(|error| visit.refuse(&error))
}

async fn unlink(
    State(app): State<App>,
    visit: Visit,
    owner: Owner,
    Path((stage_id, id)): Path<(String, String)>,
) -> Response {
    let done = async {
        let (stage, page) = staged(&app, &visit, &owner, &stage_id).await?;
        sources::unlink(&app, &stage, &id).await?;
        Ok(back(&page, "done.source_unlinked"))
    };
    done.await.unwrap_or_else(|error| visit.refuse(&error))
}

fn back(page: &Page, done: &str) -> Response {
    go(&format!("{}/sources", page.stage_path()), done)
}

async fn rows(app: &App, stage: &Stage, page: &Page) -> Result<Vec<Row>> {
    let doors = sources::list_doors(app, stage).await?;
    let told = sources::list_told(app, stage).await?;
    let all = app.store.list_sources(&stage.id).await?;
    let mut waits = BTreeMap::new();
    for network in all.iter().map(|source| source.network.as_str()).collect::<BTreeSet<_>>() {
        if let Some(wait) = sources::wait(app, network, &stage.account_id).await? {
            waits.insert(network.to_owned(), view::waits(page, network, wait));
        }
    }
    let row = |source: Source| {
        let door = doors.iter().find(|door| door.source_id == source.id);
        let waits = waits.get(&source.network).filter(|_| source.state != "stopped").cloned().unwrap_or_default();
        let is_told = told.contains(&source.id);
        Row::of(source, door, page).told(is_told).waiting(waits)
    };
    Ok(all.into_iter().map(row).collect())
}

/// Whether posts of a network are sent to us.
fn is_sent(network: &str) -> bool {
    facts(network).is_some_and(|facts| facts.fed == Fed::Sent)
}

/// Facts of a network, for its icon and name.
fn facts(name: &str) -> Option<&'static networks::Facts> {
    networks::find(name).map(networks::Network::facts)
}
