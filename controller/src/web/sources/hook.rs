//! The address of a source that is fed by somebody's program: how to send to it, and its secret, shown once.

use askama::Template;
use axum::{
    Router,
    extract::{Path, State},
    response::Response,
    routing::{get, post},
};

use super::{facts, view::Row};
use crate::{
    app::{App, Error, Result},
    features::sources::{self, Door},
    store::{Source, Stage},
    web::{Owner, Page, Visit, page::draw, staged::staged},
};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/dashboard/stages/{stage_id}/sources/{id}/hook", get(show))
        .route("/dashboard/stages/{stage_id}/sources/{id}/secret", post(renew))
}

#[derive(Template)]
#[template(path = "sources/hook.html")]
struct Hook {
    page: Page,
    row: Row,
    door: Door,
    /// The secret, just after it was made; else empty.
    secret: String,
    /// What stands in the example in its place.
    in_example: String,
}

async fn show(
    State(app): State<App>,
    visit: Visit,
    owner: Owner,
    Path((stage_id, id)): Path<(String, String)>,
) -> Response {
    let drawn = async {
        let (stage, page) = staged(&app, &visit, &owner, &stage_id).await?;
        let source = app.store.find_source(&stage.id, &id).await?.ok_or(Error::NotFound("source"))?;
        draw_hook(&app, &stage, page, source, String::new()).await
    };
    drawn.await.unwrap_or_else(|error| visit.refuse(&error))
}

async fn renew(
    State(app): State<App>,
    visit: Visit,
    owner: Owner,
    Path((stage_id, id)): Path<(String, String)>,
) -> Response {
    let done = async {
        let (stage, page) = staged(&app, &visit, &owner, &stage_id).await?;
        let source = app.store.find_source(&stage.id, &id).await?.ok_or(Error::NotFound("source"))?;
        with_new_secret(&app, &stage, page, source).await
    };
    done.await.unwrap_or_else(|error| visit.refuse(&error))
}

/// Makes a secret and shows it, in the answer itself: it stands nowhere else.
pub(super) async fn with_new_secret(app: &App, stage: &Stage, mut page: Page, source: Source) -> Result<Response> {
    let secret = sources::renew_secret(app, stage, &source.id).await?;
    // Whoever switches the language here must come back to a page, not to a form that was sent.
    page.visit.path = format!("{}/sources/{}/hook", page.stage_path(), source.id);
    draw_hook(app, stage, page, source, secret).await
}

async fn draw_hook(app: &App, stage: &Stage, page: Page, source: Source, secret: String) -> Result<Response> {
    let door = sources::list_doors(app, stage).await?.into_iter().find(|door| door.source_id == source.id);
    let door = door.filter(|_| facts(&source.network).is_some()).ok_or(Error::NotFound("source"))?;
    let row = Row::of(source, Some(&door), &page);
    if !row.is_sent() {
        return Err(Error::NotFound("source"));
    }
    let in_example = if secret.is_empty() { "whsec_…".to_owned() } else { secret.clone() };
    Ok(draw(&Hook { page, row, door, secret, in_example }))
}
