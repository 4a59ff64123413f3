//! Registering, logging in and out.

use askama::Template;
use axum::{
    Form, Router,
    extract::{Query, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use serde::Deserialize;

use super::{
    Owner, Visit, client, cookies, errors, local,
    page::{Page, draw, draw_as, go},
};
use crate::{
    app::{App, Error, Result},
    features::{
        accounts::{self, Registration},
        sessions,
    },
};

/// Where a member goes first.
const HOME: &str = "/dashboard";

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/register", get(register_page).post(register))
        .route("/login", get(log_in_page).post(log_in))
        .route("/logout", post(log_out))
}

#[derive(Template)]
#[template(path = "accounts/login.html")]
struct LogInPage {
    page: Page,
    typed: LogIn,
    open: bool,
}

/// Kept in the form, but for the password.
#[derive(Default, Deserialize)]
#[serde(default)]
struct LogIn {
    mail: String,
    password: String,
    then: String,
}

async fn log_in_page(State(app): State<App>, visit: Visit, Query(typed): Query<LogIn>) -> Response {
    if visit.member.is_some() {
        return Redirect::to(local::path(&typed.then, HOME)).into_response();
    }
    match accounts::is_open(&app).await {
        Ok(open) => draw(&LogInPage { page: Page::new(visit), typed, open }),
        Err(error) => visit.refuse(&error),
    }
}

async fn log_in(State(app): State<App>, visit: Visit, headers: HeaderMap, Form(typed): Form<LogIn>) -> Response {
    let error = match try_log_in(&app, &visit, &headers, &typed).await {
        Ok(response) => return response,
        Err(error) => error,
    };
    let open = accounts::is_open(&app).await.unwrap_or(false);
    match error {
        Error::Invalid(problems) => {
            let page = Page::new(visit).with(problems);
            draw_as(StatusCode::UNPROCESSABLE_ENTITY, &LogInPage { page, typed, open })
        }
        Error::TooMany(secs) => {
            let page = Page::new(visit).wrong("accounts.login.too_many");
            errors::again(draw_as(StatusCode::TOO_MANY_REQUESTS, &LogInPage { page, typed, open }), secs)
        }
        error => visit.refuse(&error),
    }
}

async fn try_log_in(app: &App, visit: &Visit, headers: &HeaderMap, typed: &LogIn) -> Result<Response> {
    let (from, mail) = (client::group(visit.address), typed.mail.trim().to_lowercase());
    let limits = &app.limits;
    limits.log_ins_from.check(&from).map_err(Error::TooMany)?;
    limits.log_ins_as_from.check(&format!("{from} {mail}")).map_err(Error::TooMany)?;
    limits.log_ins_as.check(&mail).map_err(Error::TooMany)?;
    let member = accounts::log_in(app, &typed.mail, &typed.password).await?;
    begin(app, visit, headers, &member.id, Redirect::to(local::path(&typed.then, HOME)).into_response()).await
}

/// Begins a new session; whatever the browser held before ends.
async fn begin(
    app: &App,
    visit: &Visit,
    headers: &HeaderMap,
    member_id: &str,
    mut response: Response,
) -> Result<Response> {
    end(app, visit).await?;
    let token = sessions::begin(app, member_id, visit.address, agent(headers)).await?;
    cookies::begin_session(app, &mut response, token)?;
    Ok(response)
}

/// What the browser says of itself.
pub(super) fn agent(headers: &HeaderMap) -> &str {
    headers.get(header::USER_AGENT).and_then(|v| v.to_str().ok()).unwrap_or_default()
}

/// Ends the session of this visit; one that is gone already is ended well enough.
async fn end(app: &App, visit: &Visit) -> Result<()> {
    let Some(Owner { member_id, session_id, .. }) = &visit.member else { return Ok(()) };
    match sessions::end(app, member_id, session_id).await {
        Err(Error::NotFound(_)) => Ok(()),
        other => other,
    }
}

async fn log_out(State(app): State<App>, visit: Visit) -> Response {
    if let Err(error) = end(&app, &visit).await {
        return visit.refuse(&error);
    }
    let mut response = go("/login", "done.logged_out");
    cookies::end_session(&app, &mut response);
    response
}

#[derive(Template)]
#[template(path = "accounts/register.html")]
struct RegisterPage {
    page: Page,
    typed: Registration,
    open: bool,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct RegisterForm {
    first_name: String,
    last_name: String,
    institution: String,
    phone: String,
    mail: String,
    password: String,
}

impl From<RegisterForm> for Registration {
    fn from(form: RegisterForm) -> Self {
        let RegisterForm { first_name, last_name, institution, phone, mail, password } = form;
        Self { first_name, last_name, institution, phone, mail, password }
    }
}

async fn register_page(State(app): State<App>, visit: Visit) -> Response {
    if visit.member.is_some() {
        return Redirect::to(HOME).into_response();
    }
    match accounts::is_open(&app).await {
        Ok(open) => draw(&RegisterPage { page: Page::new(visit), typed: Registration::default(), open }),
        Err(error) => visit.refuse(&error),
    }
}

async fn register(
    State(app): State<App>,
    visit: Visit,
    headers: HeaderMap,
    Form(form): Form<RegisterForm>,
) -> Response {
    let typed = Registration::from(form);
    match try_register(&app, &visit, &headers, &typed).await {
        Ok(response) => response,
        Err(Error::Invalid(problems)) => {
            let page = Page::new(visit).with(problems);
            draw_as(StatusCode::UNPROCESSABLE_ENTITY, &RegisterPage { page, typed, open: true })
        }
        Err(Error::TooMany(secs)) => {
            let page = Page::new(visit).wrong("accounts.register.too_many");
            errors::again(draw_as(StatusCode::TOO_MANY_REQUESTS, &RegisterPage { page, typed, open: true }), secs)
        }
        Err(error) => visit.refuse(&error),
    }
}

async fn try_register(app: &App, visit: &Visit, headers: &HeaderMap, typed: &Registration) -> Result<Response> {
    app.limits.registrations_from.check(&client::group(visit.address)).map_err(Error::TooMany)?;
    if !accounts::is_open(app).await? {
        return Err(Error::Forbidden);
    }
    let member = accounts::register(app, typed, visit.language).await?;
    begin(app, visit, headers, &member.id, Redirect::to(HOME).into_response()).await
}
