//! A member's sessions, and their password.

use askama::Template;
use axum::{
    Form, Router,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::{Redirect, Response},
    routing::{get, post},
};
use serde::Deserialize;

use super::{
    Owner, Visit,
    accounts::agent,
    client, cookies, errors,
    page::{Page, draw_as, go},
};
use crate::{
    app::{App, Error, Problem, Result},
    features::{accounts, sessions},
    store::Session,
    tools::{
        agents,
        words::{self, Language},
    },
};

const HERE: &str = "/dashboard/sessions";

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route(HERE, get(list))
        .route("/dashboard/sessions/others", post(end_others))
        .route("/dashboard/sessions/{id}/end", post(end))
        // Whoever switches the language of a page that says what is wrong comes here again.
        .route("/dashboard/password", get(|| async { Redirect::to(HERE) }).post(change_password))
}

#[derive(Template)]
#[template(path = "accounts/sessions.html")]
struct SessionsPage {
    page: Page,
    sessions: Vec<Row>,
    /// For password managers, which want to know whose password it is.
    mail: String,
}

/// A session as its owner sees it.
struct Row {
    id: String,
    browser: String,
    symbol: &'static str,
    address: String,
    seen_at: i64,
    created_at: i64,
    here: bool,
}

impl Row {
    fn new(session: Session, language: Language, here: &str) -> Self {
        let (browser, system) = agents::read(&session.user_agent);
        let key = match (browser, system) {
            ("", "") => "sessions.agent.unknown",
            (_, "") => "sessions.agent.browser",
            ("", _) => "sessions.agent.system",
            _ => "sessions.agent.both",
        };
        Self {
            browser: words::say(language, key, &[("browser", browser.into()), ("system", system.into())]),
            symbol: if matches!(system, "iPhone" | "Android") { "mobile-screen" } else { "desktop" },
            here: session.id == here,
            id: session.id,
            address: session.address,
            seen_at: session.seen_at,
            created_at: session.created_at,
        }
    }
}

async fn list(State(app): State<App>, visit: Visit, owner: Owner) -> Response {
    show(&app, visit, &owner, StatusCode::OK, Vec::new()).await
}

async fn show(app: &App, visit: Visit, owner: &Owner, status: StatusCode, problems: Vec<Problem>) -> Response {
    let (found, mail) = match find(app, owner).await {
        Ok(found) => found,
        Err(error) => return visit.refuse(&error),
    };
    let row = |session| Row::new(session, visit.language, &owner.session_id);
    let mut sessions: Vec<_> = found.into_iter().map(row).collect();
    sessions.sort_by_key(|row| !row.here);
    draw_as(status, &SessionsPage { page: Page::new(visit).with(problems), sessions, mail })
}

async fn find(app: &App, owner: &Owner) -> Result<(Vec<Session>, String)> {
    let mail = accounts::get_mail(app, &owner.account_id, &owner.member_id).await?;
    Ok((sessions::list(app, &owner.member_id).await?, mail))
}

async fn end(State(app): State<App>, visit: Visit, owner: Owner, Path(id): Path<String>) -> Response {
    match sessions::end(&app, &owner.member_id, &id).await {
        Ok(()) => go(HERE, "done.session_ended"),
        Err(error) => visit.refuse(&error),
    }
}

async fn end_others(State(app): State<App>, visit: Visit, owner: Owner) -> Response {
    match sessions::end_others(&app, &owner.member_id, &owner.session_id).await {
        Ok(()) => go(HERE, "done.sessions_ended"),
        Err(error) => visit.refuse(&error),
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct PasswordForm {
    old: String,
    new: String,
}

async fn change_password(
    State(app): State<App>,
    visit: Visit,
    owner: Owner,
    headers: HeaderMap,
    Form(form): Form<PasswordForm>,
) -> Response {
    match try_change(&app, &visit, &owner, &headers, &form).await {
        Ok(response) => response,
        Err(Error::Invalid(problems)) => show(&app, visit, &owner, StatusCode::UNPROCESSABLE_ENTITY, problems).await,
        Err(Error::TooMany(secs)) => {
            let problem = Problem { field: "old", key: "accounts.login.too_many" };
            errors::again(show(&app, visit, &owner, StatusCode::TOO_MANY_REQUESTS, vec![problem]).await, secs)
        }
        Err(error) => visit.refuse(&error),
    }
}

/// All sessions end with the old password; this browser gets a new one.
async fn try_change(
    app: &App,
    visit: &Visit,
    owner: &Owner,
    headers: &HeaderMap,
    form: &PasswordForm,
) -> Result<Response> {
    let key = format!("{} {}", client::group(visit.address), owner.member_id);
    app.limits.log_ins_as_from.check(&key).map_err(Error::TooMany)?;
    accounts::change_password(app, &owner.account_id, &owner.member_id, &form.old, &form.new).await?;
    let mut response = go(HERE, "done.password_changed");
    let token = sessions::begin(app, &owner.member_id, visit.address, agent(headers)).await?;
    cookies::begin_session(app, &mut response, token)?;
    Ok(response)
}
