//! `/api/v1/stages/{handle}/programmes`: what plays when, and publishing it.

use axum::{
    Json,
    extract::{Path, State},
    response::IntoResponse,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    bearer::{Bearer, Programmes, Read},
    input::Sent,
    problem::Answer,
};
use crate::{
    app::{App, Error, Result},
    features::programmes::{self, Editing, Open},
    store::Stage,
    tools::dates,
    web::times::iso,
};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_programmes))
        .routes(routes!(get_programme))
        .routes(routes!(publish_programme))
}

/// A programme in a list.
#[derive(Serialize, ToSchema)]
struct ProgrammeRow {
    /// Its id.
    id: String,
    /// What it is called.
    name: String,
    /// How many screens follow it.
    screens: i64,
}

/// Programmes.
#[derive(Serialize, ToSchema)]
struct ProgrammeList {
    /// Those first that were made first.
    programmes: Vec<ProgrammeRow>,
}

/// A programme.
#[derive(Serialize, ToSchema)]
struct ProgrammeShape {
    /// Its id.
    id: String,
    /// What it is called.
    name: String,
    /// Number of the newest edit.
    revision: i64,
    /// Number of the edit that screens show; null for none.
    published: Option<i64>,
    /// Whether screens show what was edited last.
    is_published: bool,
    /// Number of the edit that is shown later; null for none.
    planned: Option<i64>,
    /// When that is (RFC 3339).
    #[schema(format = DateTime)]
    planned_at: Option<String>,
    /// What plays when, as it is edited: layouts with regions, playlists and items, as the editor keeps them.
    #[schema(value_type = Vec<Object>)]
    plans: serde_json::Value,
}

/// When it is published.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
struct Publication {
    /// Number of the edit that was seen: where somebody has gone on since, nothing is published.
    revision: Option<i64>,
    /// From when on screens show it (RFC 3339); at once where nothing is said.
    at: Option<String>,
}

/// The programmes of a stage
#[utoipa::path(get, path = "/api/v1/stages/{handle}/programmes", tag = "programmes", security(("token" = ["read"])),
    params(("handle" = String, Path, description = "Handle of the stage.")),
    responses((status = 200, description = "The programmes.", body = ProgrammeList)))]
async fn list_programmes(State(app): State<App>, token: Bearer<Read>, Path(handle): Path<String>) -> Answer {
    let stage = token.stage(&app, &handle).await?;
    let programmes = programmes::list(&app, &stage).await?.into_iter();
    let programmes = programmes.map(|one| ProgrammeRow { id: one.id, name: one.name, screens: one.screens }).collect();
    Ok(Json(ProgrammeList { programmes }).into_response())
}

/// A programme
#[utoipa::path(get, path = "/api/v1/stages/{handle}/programmes/{programme}", tag = "programmes",
    security(("token" = ["read"])),
    params(("handle" = String, Path, description = "Handle of the stage."),
           ("programme" = String, Path, description = "Its id.")),
    responses((status = 200, description = "The programme.", body = ProgrammeShape)))]
async fn get_programme(
    State(app): State<App>,
    token: Bearer<Read>,
    Path((handle, id)): Path<(String, String)>,
) -> Answer {
    let stage = token.stage(&app, &handle).await?;
    Ok(Json(shape(&app, &stage, &id).await?).into_response())
}

/// Publishes a programme
///
/// Screens show what was edited last: at once, or from an instant on.
#[utoipa::path(post, path = "/api/v1/stages/{handle}/programmes/{programme}/publication", tag = "programmes",
    security(("token" = ["programmes"])), request_body = Publication,
    params(("handle" = String, Path, description = "Handle of the stage."),
           ("programme" = String, Path, description = "Its id.")),
    responses((status = 200, description = "The programme as it is now.", body = ProgrammeShape)))]
async fn publish_programme(
    State(app): State<App>,
    token: Bearer<Programmes>,
    Path((handle, id)): Path<(String, String)>,
    Sent(wish): Sent<Publication>,
) -> Answer {
    let stage = token.stage(&app, &handle).await?;
    let open = programmes::open(&app, &stage.account_id, &stage.id, &id).await?;
    let at = wish.at.as_deref().filter(|at| !at.is_empty());
    let at = at.map(|at| dates::parse(at).ok_or_else(|| Error::invalid("at", "api.field.wrong"))).transpose()?;
    let who = Editing {
        account_id: &stage.account_id,
        member_id: &token.holder.member_id,
        programme_id: &id,
        seen: wish.revision.unwrap_or(open.revision.number),
    };
    programmes::publish_at(&app, &who, at).await?;
    Ok(Json(shape(&app, &stage, &id).await?).into_response())
}

async fn shape(app: &App, stage: &Stage, id: &str) -> Result<ProgrammeShape> {
    let open = programmes::open(app, &stage.account_id, &stage.id, id).await?;
    let is_published = open.is_published();
    let Open { programme, revision, draft, published, planned, .. } = open;
    let plans = serde_json::to_value(&draft.plans).map_err(|error| Error::internal("write a draft as JSON", error))?;
    Ok(ProgrammeShape {
        id: programme.id,
        name: programme.name,
        revision: revision.number,
        published: published.map(|shown| shown.number),
        is_published,
        planned: planned.map(|(number, _)| number),
        planned_at: planned.map(|(_, at)| iso(at)),
        plans,
    })
}
