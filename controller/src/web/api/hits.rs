//! `/api/v1/stages/{handle}/hits`: how often public pages were seen, by day; nothing of who looked.

use axum::{
    Json,
    extract::{Path, State},
    response::IntoResponse,
};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    bearer::{Bearer, Read},
    problem::Answer,
};
use crate::{app::App, features::hits};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(get_hits))
}

/// How a stage was seen lately.
#[derive(Serialize, ToSchema)]
struct HitsShape {
    /// Each of the last thirty days by the clock of the stage, the oldest first.
    days: Vec<DayShape>,
    /// All of these together.
    sum: i64,
    /// In the thirty days before.
    before: i64,
    /// By page.
    places: Vec<PlaceShape>,
    /// Posts that were seen most.
    posts: Vec<SeenPost>,
}

/// A day.
#[derive(Serialize, ToSchema)]
struct DayShape {
    /// Which one: `2026-05-04`.
    #[schema(format = Date)]
    date: String,
    /// How often pages were seen.
    seen: i64,
}

/// A kind of public page.
#[derive(Serialize, ToSchema)]
struct PlaceShape {
    /// `newsroom`, `topic` or `post`.
    place: String,
    /// How often it was seen in the thirty days.
    seen: i64,
}

/// A post that was seen.
#[derive(Serialize, ToSchema)]
struct SeenPost {
    /// Its id.
    id: String,
    /// How often it was seen in the thirty days.
    seen: i64,
}

/// Views of a stage
#[utoipa::path(get, path = "/api/v1/stages/{handle}/hits", tag = "hits", security(("token" = ["read"])),
    params(("handle" = String, Path, description = "Handle of the stage.")),
    responses((status = 200, description = "Numbers of the last thirty days.", body = HitsShape)))]
async fn get_hits(State(app): State<App>, token: Bearer<Read>, Path(handle): Path<String>) -> Answer {
    let stage = token.stage(&app, &handle).await?;
    let seen = hits::overview(&app, &stage).await?;
    let days = seen.chart.bars.iter().map(|bar| DayShape { date: bar.date.to_string(), seen: bar.seen }).collect();
    let places = seen.places.iter().map(|(place, seen)| PlaceShape { place: place.name().to_owned(), seen: *seen });
    Ok(Json(HitsShape {
        days,
        sum: seen.chart.sum,
        before: seen.before,
        places: places.collect(),
        posts: seen.most.into_iter().map(|(id, seen)| SeenPost { id, seen }).collect(),
    })
    .into_response())
}
