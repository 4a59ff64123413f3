//! `/dashboard/operator`: where whoever runs this instance writes its legal pages. For everybody else there is no such page.

use askama::Template;
use axum::{Form, Router, extract::State, http::StatusCode, response::Response, routing::get};
use serde::Deserialize;

use super::facts::{self, Chapter};
use crate::{
    app::{App, Error, Problem, Result},
    features::operator::{self, LONGEST, Typed},
    web::{
        Owner, Visit,
        page::{Page, draw_as, go},
    },
};

const HERE: &str = "/dashboard/operator";

pub(super) fn routes() -> Router<App> {
    Router::new().route(HERE, get(show).post(change))
}

#[derive(Template)]
#[template(path = "operator/desk.html")]
struct Desk {
    page: Page,
    typed: Typed,
    longest: usize,
    /// Whether the imprint is missing.
    lacking: bool,
    /// What the program says by itself.
    chapters: Vec<Chapter>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct LegalForm {
    imprint_de: String,
    imprint_en: String,
    privacy_de: String,
    privacy_en: String,
    alone: String,
}

impl From<LegalForm> for Typed {
    fn from(form: LegalForm) -> Self {
        Self {
            imprint: [form.imprint_de, form.imprint_en],
            privacy: [form.privacy_de, form.privacy_en],
            alone: !form.alone.is_empty(),
        }
    }
}

/// Refuses whoever does not run this instance: they need not know of this page.
fn must_operate(owner: &Owner) -> Result<()> {
    if owner.operator { Ok(()) } else { Err(Error::NotFound("operator")) }
}

async fn show(State(app): State<App>, visit: Visit, owner: Owner) -> Response {
    let drawn = async {
        must_operate(&owner)?;
        let typed = operator::typed(&app).await?;
        draw(&app, &visit, typed, Vec::new()).await
    };
    drawn.await.unwrap_or_else(|error| visit.refuse(&error))
}

async fn change(State(app): State<App>, visit: Visit, owner: Owner, Form(form): Form<LegalForm>) -> Response {
    let done = async {
        must_operate(&owner)?;
        let typed = Typed::from(form);
        match operator::change(&app, &typed).await {
            Ok(()) => Ok(go(HERE, "done.operator_saved")),
            Err(Error::Invalid(problems)) => draw(&app, &visit, typed, problems).await,
            Err(error) => Err(error),
        }
    };
    done.await.unwrap_or_else(|error| visit.refuse(&error))
}

async fn draw(app: &App, visit: &Visit, typed: Typed, problems: Vec<Problem>) -> Result<Response> {
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = Page::new(visit.clone()).with(problems);
    let chapters = facts::chapters(app, visit.language, None);
    let lacking = operator::lacks_imprint(app).await?;
    Ok(draw_as(status, &Desk { page, typed, longest: LONGEST, lacking, chapters }))
}
