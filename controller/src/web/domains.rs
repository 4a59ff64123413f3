//! The domain of a stage: what to set, how it stands; and the question of proxies whether a name is one of ours.

use askama::Template;
use axum::{
    Form, Router,
    extract::{Path, Query, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use serde::Deserialize;

use super::{
    Owner, Page, Visit,
    page::{draw, draw_as, go},
    staged::staged,
};
use crate::{
    app::{App, Error, Result},
    features::domains::{self, Home, LONGEST, PATIENCE_MILLIS},
    store::{Domain, Stage},
};

/// How long a proxy may go on with a yes, in seconds.
const YES: &str = "public, max-age=60";
/// How long with a no: somebody may be proving the name right now.
const NO: &str = "public, max-age=5";

/// What proxies ask; no cookie is looked at.
pub(super) fn routes() -> Router<App> {
    Router::new().route("/domains/ask", get(ask))
}

/// What members use.
pub(super) fn dashboard_routes() -> Router<App> {
    Router::new()
        .route("/dashboard/stages/{stage_id}/domain", get(show).post(add))
        .route("/dashboard/stages/{stage_id}/domain/check", post(check))
        .route("/dashboard/stages/{stage_id}/domain/delete", post(delete))
}

#[derive(Template)]
#[template(path = "domains/index.html")]
struct Index {
    page: Page,
    domain: Option<Domain>,
    /// What was typed.
    typed: String,
    /// The newsroom where it is found now.
    home: Home,
    /// Where the name has to lead: the name of this instance, or its number.
    target: String,
    may_write: bool,
}

impl Index {
    fn longest(&self) -> usize {
        LONGEST
    }

    /// Kind of the record that leads to us: a number can be no other name.
    fn kind(&self) -> &'static str {
        match self.target.parse::<std::net::IpAddr>() {
            Ok(address) if address.is_ipv6() => "AAAA",
            Ok(_) => "A",
            Err(_) => "CNAME",
        }
    }

    fn proof_name(&self, domain: &Domain) -> String {
        domains::proof_name(&domain.host)
    }

    /// The name as people write it.
    fn readable(&self, domain: &Domain) -> String {
        domains::readable(&domain.host)
    }

    /// How it stands: kind of badge and translation key.
    fn badge(&self, domain: &Domain) -> (&'static str, &'static str) {
        match (domain.state.as_str(), domain.failed_since) {
            ("proven", 0) => ("good", "domains.state.proven"),
            ("proven", _) => ("warn", "domains.state.failing"),
            ("lost", _) => ("bad", "domains.state.lost"),
            _ => ("busy", "domains.state.waiting"),
        }
    }

    /// How it stands, in a sentence.
    fn state(&self, domain: &Domain) -> String {
        match (domain.state.as_str(), domain.failed_since) {
            ("proven", 0) => self.page.t1("domains.proven.since", "when", self.page.when(&domain.proven_at)),
            ("proven", since) => {
                let end = since.saturating_add(PATIENCE_MILLIS);
                self.page.t1("domains.failing.until", "when", self.page.when(&end))
            }
            ("lost", _) => self.page.t("domains.lost.text"),
            _ => self.page.t("domains.waiting.text"),
        }
    }

    /// What is wrong; empty for nothing.
    fn trouble(&self, domain: &Domain) -> String {
        let record = self.proof_name(domain);
        match domain.trouble.as_str() {
            "" => String::new(),
            "other" => self.page.t2("domains.trouble.other", "record", record, "found", domain.found.clone()),
            "unresolved" => self.page.t1("domains.trouble.unresolved", "host", self.readable(domain)),
            trouble => self.page.t1(&format!("domains.trouble.{trouble}"), "record", record),
        }
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Typed {
    host: String,
}

async fn index(app: &App, stage: &Stage, page: Page, owner: &Owner, typed: String) -> Result<Index> {
    let target = app.config.base_url.host_str().unwrap_or_default();
    Ok(Index {
        domain: domains::find(app, stage).await?,
        typed,
        home: Home::of(app, stage),
        target: target.trim_matches(['[', ']']).to_owned(),
        may_write: owner.may_write(),
        page,
    })
}

async fn show(State(app): State<App>, visit: Visit, owner: Owner, Path(stage_id): Path<String>) -> Response {
    let drawn = async {
        let (stage, page) = staged(&app, &visit, &owner, &stage_id).await?;
        Ok(draw(&index(&app, &stage, page, &owner, String::new()).await?))
    };
    drawn.await.unwrap_or_else(|error: Error| visit.refuse(&error))
}

async fn add(
    State(app): State<App>,
    visit: Visit,
    owner: Owner,
    Path(stage_id): Path<String>,
    Form(typed): Form<Typed>,
) -> Response {
    let done = async {
        let (stage, page) = staged(&app, &visit, &owner, &stage_id).await?;
        match domains::add(&app, &stage, &typed.host).await {
            Ok(_) => Ok(go(&format!("{}/domain", page.stage_path()), "done.domain_added")),
            Err(Error::Invalid(problems)) => {
                let index = index(&app, &stage, page.with(problems), &owner, typed.host).await?;
                Ok(draw_as(StatusCode::UNPROCESSABLE_ENTITY, &index))
            }
            Err(error) => Err(error),
        }
    };
    done.await.unwrap_or_else(|error| visit.refuse(&error))
}

async fn check(State(app): State<App>, visit: Visit, owner: Owner, Path(stage_id): Path<String>) -> Response {
    let done = async {
        let (stage, page) = staged(&app, &visit, &owner, &stage_id).await?;
        domains::check(&app, &stage).await?;
        Ok(go(&format!("{}/domain", page.stage_path()), "done.domain_checked"))
    };
    done.await.unwrap_or_else(|error: Error| visit.refuse(&error))
}

async fn delete(State(app): State<App>, visit: Visit, owner: Owner, Path(stage_id): Path<String>) -> Response {
    let done = async {
        let (stage, page) = staged(&app, &visit, &owner, &stage_id).await?;
        domains::remove(&app, &stage).await?;
        Ok(go(&format!("{}/domain", page.stage_path()), "done.domain_removed"))
    };
    done.await.unwrap_or_else(|error: Error| visit.refuse(&error))
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Asked {
    domain: String,
}

/// Tells a proxy whether it should get a certificate for a name.
async fn ask(State(app): State<App>, Query(asked): Query<Asked>) -> Response {
    match domains::is_active(&app, &asked.domain).await {
        Ok(true) => ([(header::CACHE_CONTROL, YES)], "yes\n").into_response(),
        Ok(false) => (StatusCode::NOT_FOUND, [(header::CACHE_CONTROL, NO)], "no\n").into_response(),
        Err(error) => {
            tracing::error!("answer whether a name is ours: {error}");
            (StatusCode::SERVICE_UNAVAILABLE, [(header::CACHE_CONTROL, "no-store")]).into_response()
        }
    }
}
