//! `/api/v1/stages`: what a stage is, and its topics.

use axum::{
    Json,
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Response},
};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    bearer::{Bearer, Read},
    may_read,
    problem::Answer,
    shapes::{StageShape, Stages, Topics, WholeStage, topic_shapes},
};
use crate::{
    app::{App, Error, Result},
    features::{newsroom, topics},
    store::Stage,
    web::kept::{self, Fresh},
};

pub(super) fn open_routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(get_stage)).routes(routes!(list_topics))
}

pub(super) fn token_routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list_stages))
}

/// A stage
///
/// Its name, description, links and topics.
#[utoipa::path(get, path = "/api/v1/stages/{handle}", tag = "stages",
    params(("handle" = String, Path, description = "Its handle, with or without `@`.")),
    responses((status = 200, description = "The stage.", body = WholeStage)))]
async fn get_stage(State(app): State<App>, Path(handle): Path<String>, headers: HeaderMap) -> Answer {
    let stage = super::get_stage(&app, &handle).await?;
    let make = async || {
        let (held, topics) = (newsroom::held(&app, &stage).await?, topics::list(&app, &stage).await?);
        fresh(&WholeStage::new(&app, &stage, held, &topics))
    };
    give(&app, &headers, &stage, "stage as JSON", make).await
}

/// The topics of a stage
#[utoipa::path(get, path = "/api/v1/stages/{handle}/topics", tag = "stages",
    params(("handle" = String, Path, description = "Its handle, with or without `@`.")),
    responses((status = 200, description = "The topics in their order.", body = Topics)))]
async fn list_topics(State(app): State<App>, Path(handle): Path<String>, headers: HeaderMap) -> Answer {
    let stage = super::get_stage(&app, &handle).await?;
    let make = async || {
        let topics = topics::list(&app, &stage).await?;
        fresh(&Topics { topics: topic_shapes(&app, &stage, &topics) })
    };
    give(&app, &headers, &stage, "topics as JSON", make).await
}

/// The stages of the account
#[utoipa::path(get, path = "/api/v1/stages", tag = "stages", security(("token" = ["read"])),
    responses((status = 200, description = "The stages of the account that the token belongs to.", body = Stages)))]
async fn list_stages(State(app): State<App>, token: Bearer<Read>) -> Answer {
    let stages = app.store.list_stages(&token.holder.account_id).await.map_err(Error::from)?;
    let stages = stages.iter().map(|stage| StageShape::new(&app, stage)).collect();
    Ok(Json(Stages { stages }).into_response())
}

/// Writes something as JSON, to be kept.
pub(super) fn fresh(shape: &impl serde::Serialize) -> Result<Fresh> {
    let text = serde_json::to_string(shape).map_err(|error| Error::internal("write an answer as JSON", error))?;
    Ok(Fresh { content_type: "application/json", text })
}

/// Gives what the public may read of a stage, out of memory where it is there.
pub(super) async fn give<F: Future<Output = Result<Fresh>>>(
    app: &App,
    headers: &HeaderMap,
    stage: &Stage,
    key: &str,
    make: impl FnOnce() -> F,
) -> Answer {
    let make = async || {
        may_read(app, stage)?;
        make().await
    };
    Ok(open(kept::answer(app, headers, &stage.id, key, make).await?))
}

/// The same, if it is in memory.
pub(super) async fn held(app: &App, headers: &HeaderMap, stage: &Stage, key: &str) -> Option<Response> {
    kept::held(app, headers, &stage.id, key).await.map(open)
}

/// Whoever keeps it asks each time whether it still holds: a withdrawn post is gone at once.
fn open(mut response: Response) -> Response {
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("public, no-cache"));
    response
}
