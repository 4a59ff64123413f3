//! Tokens of a member, with which their programs use the API.

use askama::Template;
use axum::{
    Form, Router,
    extract::{Path, State},
    http::StatusCode,
    response::Response,
    routing::{get, post},
};
use serde::Deserialize;

use super::{
    Owner, Visit,
    page::{Page, draw_as, go},
};
use crate::{
    app::{App, Error, Problem, Result},
    features::tokens::{self, DAYS, LONGEST_NAME, Scope, Wish},
    store::HeldToken,
};

const HERE: &str = "/dashboard/tokens";
const DAY_MILLIS: i64 = 86_400_000;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/dashboard/tokens", get(list).post(create))
        .route("/dashboard/tokens/{id}/revoke", post(revoke))
}

#[derive(Template)]
#[template(path = "tokens/index.html")]
struct Index {
    page: Page,
    rows: Vec<Row>,
    wish: Wish,
    /// What the member may give.
    scopes: Vec<Scope>,
    /// The token that was just made; empty for none.
    fresh: String,
    /// An address to try it on.
    example: String,
    /// Whether tokens of others are listed, too.
    of_all: bool,
}

/// A token in the list.
struct Row {
    held: HeldToken,
    scopes: Vec<Scope>,
    /// When it was last used; 0 for never.
    used_at: i64,
    over: bool,
}

impl Index {
    /// After how many days it ends: value and text.
    fn days(&self) -> Vec<(String, String)> {
        let text = |days: i64| match days {
            0 => self.page.t("tokens.days.never"),
            days => self.page.t1("tokens.days.in", "count", days),
        };
        DAYS.iter().map(|days| (days.to_string(), text(*days))).collect()
    }

    fn chosen_days(&self) -> String {
        self.wish.days.to_string()
    }

    fn longest(&self) -> usize {
        LONGEST_NAME
    }

    fn is_chosen(&self, scope: &Scope) -> bool {
        self.wish.scopes.contains(scope)
    }

    /// What a token may do, in a few words.
    fn may(&self, row: &Row) -> String {
        let names: Vec<_> =
            row.scopes.iter().map(|scope| self.page.t(&format!("tokens.scope.{}.short", scope.name()))).collect();
        names.join(", ")
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Typed {
    name: String,
    days: String,
    read: bool,
    posts: bool,
    media: bool,
    moderation: bool,
    screens: bool,
    programmes: bool,
}

impl Typed {
    fn wish(&self) -> Wish {
        let is_wanted = |scope: &Scope| match scope {
            Scope::Read => self.read,
            Scope::Posts => self.posts,
            Scope::Media => self.media,
            Scope::Moderation => self.moderation,
            Scope::Screens => self.screens,
            Scope::Programmes => self.programmes,
        };
        Wish {
            name: self.name.clone(),
            scopes: Scope::ALL.into_iter().filter(is_wanted).collect(),
            days: self.days.parse().unwrap_or(-1),
        }
    }
}

async fn list(State(app): State<App>, visit: Visit, owner: Owner) -> Response {
    let wish = Wish { scopes: vec![Scope::Read], days: DAYS[1], ..Wish::default() };
    show(&app, visit, &owner, StatusCode::OK, (wish, Vec::new()), String::new()).await
}

async fn create(State(app): State<App>, visit: Visit, owner: Owner, Form(typed): Form<Typed>) -> Response {
    let wish = typed.wish();
    match tokens::create(&app, (&owner.account_id, &owner.member_id), &owner.role, &wish).await {
        Ok(token) => {
            let wish = Wish { scopes: vec![Scope::Read], days: DAYS[1], ..Wish::default() };
            show(&app, visit, &owner, StatusCode::OK, (wish, Vec::new()), token).await
        }
        Err(Error::Invalid(problems)) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            show(&app, visit, &owner, status, (wish, problems), String::new()).await
        }
        Err(error) => visit.refuse(&error),
    }
}

async fn revoke(State(app): State<App>, visit: Visit, owner: Owner, Path(id): Path<String>) -> Response {
    match tokens::revoke(&app, &owner.account_id, &owner.member_id, &owner.role, &id).await {
        Ok(()) => go(HERE, "done.token_revoked"),
        Err(error) => visit.refuse(&error),
    }
}

async fn show(
    app: &App,
    visit: Visit,
    owner: &Owner,
    status: StatusCode,
    (wish, problems): (Wish, Vec<Problem>),
    fresh: String,
) -> Response {
    let now = visit.now;
    match rows(app, owner, now).await {
        Ok(rows) => draw_as(
            status,
            &Index {
                of_all: rows.iter().any(|row| row.held.token.member_id != owner.member_id),
                rows,
                wish,
                scopes: Scope::ALL.into_iter().filter(|scope| scope.is_of(&owner.role)).collect(),
                fresh,
                example: app.config.address("/api/v1/stages"),
                page: Page::new(visit).with(problems),
            },
        ),
        Err(error) => visit.refuse(&error),
    }
}

async fn rows(app: &App, owner: &Owner, now: i64) -> Result<Vec<Row>> {
    let held = tokens::list(app, &owner.account_id, &owner.member_id, &owner.role).await?;
    let row = |held: HeldToken| Row {
        scopes: Scope::read(&held.token.scopes).into_iter().filter(|scope| scope.is_of(&held.role)).collect(),
        used_at: held.token.used_day * DAY_MILLIS,
        over: held.token.expires_at.is_some_and(|end| end <= now),
        held,
    };
    Ok(held.into_iter().map(row).collect())
}
