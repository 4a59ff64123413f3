//! Signing in at a network: leaving, coming back, choosing.

use askama::Template;
use axum::{
    Form, Router,
    extract::{Path, Query, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use serde::Deserialize;

use super::{Index, Typed, facts, rows, view};
use crate::{
    app::{App, Error, Result},
    features::sources::{self, Begun, Found, Outcome, Saying},
    store::Stage,
    web::{
        Owner, Page, Visit, errors,
        page::{draw, draw_as, go},
        staged::{place, staged},
    },
};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/dashboard/stages/{stage_id}/sources/sign-in", post(leave))
        .route("/dashboard/stages/{stage_id}/sources/choice", get(show_choice).post(choose))
        .route("/dashboard/signed-in/{network}", get(come_back))
}

/// A network that one signs in to, in the page of sources.
pub(super) struct Offer {
    pub(super) name: &'static str,
    pub(super) label: &'static str,
    pub(super) hint: &'static str,
    pub(super) icon: String,
    /// Why it cannot be linked yet, in words; empty if it can.
    pub(super) missing: String,
}

impl Offer {
    /// All of them, those first that can be used.
    pub(super) fn all(app: &App, page: &Page) -> Vec<Self> {
        let mut offers = sources::offers(app);
        offers.sort_by_key(|offer| offer.missing.is_some());
        let offer = |offer: sources::Offer| Self {
            name: offer.facts.name,
            label: offer.facts.label,
            hint: offer.facts.hint,
            icon: view::icon(offer.facts.icon),
            missing: offer.missing.map_or_else(String::new, |missing| view::say(page, &missing)),
        };
        offers.into_iter().map(offer).collect()
    }
}

#[derive(Template)]
#[template(path = "sources/leave.html")]
struct Leave {
    page: Page,
    /// Name of the network, a translation key.
    label: &'static str,
    icon: String,
    address: String,
}

#[derive(Template)]
#[template(path = "sources/choice.html")]
struct Choice {
    page: Page,
    id: String,
    found: Vec<Profile>,
}

/// A profile to choose.
struct Profile {
    found: Found,
    is_linked: bool,
}

#[derive(Deserialize)]
struct LeaveForm {
    network: String,
    held: Option<String>,
    source: Option<String>,
}

/// Sends somebody to the network. A page in between, because no form of ours may lead to another host.
async fn leave(
    State(app): State<App>,
    visit: Visit,
    owner: Owner,
    Path(stage_id): Path<String>,
    Form(form): Form<LeaveForm>,
) -> Response {
    let done = async {
        let (stage, page) = staged(&app, &visit, &owner, &stage_id).await?;
        let known = facts(&form.network).ok_or(Error::NotFound("network"))?;
        let source = form.source.as_deref().filter(|id| !id.is_empty());
        let begun = sources::begin(&app, &stage, &owner.session_id, known.name, form.held.is_some(), source).await;
        let address = match begun {
            Ok(Begun::At(address)) => address,
            Ok(Begun::Wait(wait)) => {
                let words = view::not_now(&page, known.name, wait);
                return failed(&app, &stage, page, words).await;
            }
            Err(Error::Invalid(problems)) => {
                let words = problems.first().map_or_else(String::new, |problem| page.t(problem.key));
                return failed(&app, &stage, page, words).await;
            }
            Err(error) => return Err(error),
        };
        let refresh = HeaderValue::from_str(&format!("0; url={address}"));
        let refresh = refresh.map_err(|error| Error::internal("send somebody to a network", error))?;
        let mut response = draw(&Leave { page, label: known.label, icon: view::icon(known.icon), address });
        response.headers_mut().insert(header::REFRESH, refresh);
        Ok(response)
    };
    done.await.unwrap_or_else(|error| visit.refuse(&error))
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Back {
    state: String,
    code: Option<String>,
    error: Option<String>,
}

async fn come_back(
    State(app): State<App>,
    visit: Visit,
    owner: Owner,
    Path(network): Path<String>,
    Query(back): Query<Back>,
) -> Response {
    // Some networks end the address with `#_`, and some proxies keep that.
    let code = back.code.map(|code| code.trim_end_matches("#_").to_owned()).filter(|code| !code.is_empty());
    let back = sources::Return { state: back.state, code, error: back.error.filter(|error| !error.is_empty()) };
    let done = async {
        let arrived = sources::arrive(&app, &owner.account_id, &owner.session_id, &network, &back).await?;
        let page = Page::new(visit.clone()).at(place(&app, &arrived.stage).await?);
        answer(&app, &arrived.stage, page, arrived.outcome).await
    };
    match done.await {
        Ok(response) => response,
        Err(Error::NotFound("sign-in")) => errors::told(visit.language, StatusCode::NOT_FOUND, "errors.sign_in"),
        Err(error) => visit.refuse(&error),
    }
}

async fn answer(app: &App, stage: &Stage, page: Page, outcome: Outcome) -> Result<Response> {
    let path = format!("{}/sources", page.stage_path());
    match outcome {
        Outcome::Linked => Ok(go(&path, "done.source_linked")),
        Outcome::Reconnected => Ok(go(&path, "done.source_reconnected")),
        Outcome::Choose(id) => Ok(Redirect::to(&format!("{path}/choice?id={id}")).into_response()),
        Outcome::Wait(network, wait) => {
            let words = view::not_now(&page, network, wait);
            failed(app, stage, page, words).await
        }
        Outcome::Trouble(saying) => {
            let words = view::say(&page, &saying);
            failed(app, stage, page, words).await
        }
    }
}

/// The page of sources, with what went wrong.
async fn failed(app: &App, stage: &Stage, mut page: Page, words: String) -> Result<Response> {
    // Whoever switches the language here must not bring the same answer again.
    page.visit.path = format!("{}/sources", page.stage_path());
    let rows = rows(app, stage, &page).await?;
    let index = Index { sign_in_trouble: words, ..Index::new(app, page, rows, &Typed::new(), None) };
    Ok(draw_as(StatusCode::UNPROCESSABLE_ENTITY, &index))
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct ChoiceForm {
    id: String,
    profile: String,
}

async fn show_choice(
    State(app): State<App>,
    visit: Visit,
    owner: Owner,
    Path(stage_id): Path<String>,
    Query(form): Query<ChoiceForm>,
) -> Response {
    let drawn = async {
        let (stage, page) = staged(&app, &visit, &owner, &stage_id).await?;
        let Some(found) = sources::choices(&app, &stage, &owner.session_id, &form.id).await? else {
            return Ok(Redirect::to(&format!("{}/sources", page.stage_path())).into_response());
        };
        let linked = app.store.list_sources(&stage.id).await?;
        let is_linked = |found: &Found| linked.iter().any(|source| source.address == found.address);
        let found = found.into_iter().map(|found| Profile { is_linked: is_linked(&found), found }).collect();
        Ok(draw(&Choice { page, id: form.id, found }))
    };
    drawn.await.unwrap_or_else(|error| visit.refuse(&error))
}

async fn choose(
    State(app): State<App>,
    visit: Visit,
    owner: Owner,
    Path(stage_id): Path<String>,
    Form(form): Form<ChoiceForm>,
) -> Response {
    let done = async {
        let (stage, page) = staged(&app, &visit, &owner, &stage_id).await?;
        match sources::choose(&app, &stage, &owner.session_id, &form.id, &form.profile).await {
            Ok(outcome) => answer(&app, &stage, page, outcome).await,
            Err(Error::Invalid(problems)) => {
                let key = problems.first().map_or("sources.sign_in.over", |problem| problem.key);
                let words = view::say(&page, &Saying { key: key.to_owned(), ..Saying::default() });
                failed(&app, &stage, page, words).await
            }
            Err(error) => Err(error),
        }
    };
    done.await.unwrap_or_else(|error| visit.refuse(&error))
}
