//! `/api/v1/stages/{handle}/alerts`: what everybody in a venue has to know now.

use axum::{
    Json,
    extract::{Path, State},
    http::{StatusCode, header},
    response::IntoResponse,
};
use serde::{Deserialize, Serialize};
use shared::programme::Shape;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    bearer::{Bearer, Programmes, Read},
    input::Sent,
    problem::Answer,
};
use crate::{
    app::App,
    features::alerts::{self, Told, Wish},
    web::times::iso,
};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list_alerts, start_alert)).routes(routes!(get_alert, end_alert))
}

/// An alert.
#[derive(Serialize, ToSchema)]
struct AlertShape {
    /// Its id.
    id: String,
    /// The line to be read from afar.
    headline: String,
    /// What it is about; may be empty.
    text: String,
    /// `full` for the whole display, `band` for its lower edge.
    shape: String,
    /// Screens with any of these show it: tags, and groups as `group:Name`. None means all.
    marks: Vec<String>,
    /// When it began (RFC 3339).
    #[schema(format = DateTime)]
    from: String,
    /// When it ends by itself (RFC 3339); null for when somebody ends it.
    #[schema(format = DateTime)]
    until: Option<String>,
    /// Whether it is over.
    over: bool,
    /// How many screens are to show it.
    wanted: usize,
    /// How many of them say that they do.
    showing: usize,
}

/// Alerts.
#[derive(Serialize, ToSchema)]
struct AlertList {
    /// Those that are on, the newest first.
    alerts: Vec<AlertShape>,
}

/// What everybody has to know.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AlertWish {
    /// The line to be read from afar.
    #[schema(max_length = 120)]
    headline: String,
    /// What it is about.
    #[serde(default)]
    #[schema(max_length = 600)]
    text: String,
    /// Whether it takes a band at the lower edge only, and not the whole display.
    #[serde(default)]
    band: bool,
    /// Screens with any of these tags show it; neither tags nor groups means all.
    #[serde(default)]
    tags: Vec<String>,
    /// Screens of these groups show it.
    #[serde(default)]
    groups: Vec<String>,
    /// After how many minutes it ends by itself; null for when somebody ends it.
    #[serde(default)]
    #[schema(minimum = 1, maximum = 10080)]
    minutes: Option<i64>,
}

/// The alerts that are on
#[utoipa::path(get, path = "/api/v1/stages/{handle}/alerts", tag = "programmes", security(("token" = ["read"])),
    params(("handle" = String, Path, description = "Handle of the stage.")),
    responses((status = 200, description = "The alerts.", body = AlertList)))]
async fn list_alerts(State(app): State<App>, token: Bearer<Read>, Path(handle): Path<String>) -> Answer {
    let stage = token.stage(&app, &handle).await?;
    let alerts = alerts::list(&app, &stage).await?.into_iter().map(AlertShape::new).collect();
    Ok(Json(AlertList { alerts }).into_response())
}

/// Starts an alert
///
/// It interrupts the screens at once.
#[utoipa::path(post, path = "/api/v1/stages/{handle}/alerts", tag = "programmes", security(("token" = ["programmes"])),
    request_body = AlertWish, params(("handle" = String, Path, description = "Handle of the stage.")),
    responses((status = 201, description = "The alert.", body = AlertShape)))]
async fn start_alert(
    State(app): State<App>,
    token: Bearer<Programmes>,
    Path(handle): Path<String>,
    Sent(wish): Sent<AlertWish>,
) -> Answer {
    let stage = token.stage(&app, &handle).await?;
    let wish = Wish {
        headline: wish.headline,
        text: wish.text,
        shape: if wish.band { Shape::Band } else { Shape::Full },
        tags: wish.tags,
        groups: wish.groups,
        minutes: wish.minutes,
    };
    let id = alerts::send(&app, &stage, &wish).await?;
    let place = app.config.address(&format!("/api/v1/stages/{}/alerts/{id}", stage.handle));
    let shape = AlertShape::new(alerts::get(&app, &stage, &id).await?);
    Ok((StatusCode::CREATED, [(header::LOCATION, place)], Json(shape)).into_response())
}

/// An alert
#[utoipa::path(get, path = "/api/v1/stages/{handle}/alerts/{alert}", tag = "programmes", security(("token" = ["read"])),
    params(("handle" = String, Path, description = "Handle of the stage."),
           ("alert" = String, Path, description = "Its id.")),
    responses((status = 200, description = "The alert, over or not.", body = AlertShape)))]
async fn get_alert(State(app): State<App>, token: Bearer<Read>, Path((handle, id)): Path<(String, String)>) -> Answer {
    let stage = token.stage(&app, &handle).await?;
    Ok(Json(AlertShape::new(alerts::get(&app, &stage, &id).await?)).into_response())
}

/// Ends an alert
#[utoipa::path(delete, path = "/api/v1/stages/{handle}/alerts/{alert}", tag = "programmes",
    security(("token" = ["programmes"])),
    params(("handle" = String, Path, description = "Handle of the stage."),
           ("alert" = String, Path, description = "Its id.")),
    responses((status = 204, description = "It is over.")))]
async fn end_alert(
    State(app): State<App>,
    token: Bearer<Programmes>,
    Path((handle, id)): Path<(String, String)>,
) -> Answer {
    let stage = token.stage(&app, &handle).await?;
    alerts::end(&app, &stage, &id).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

impl AlertShape {
    fn new(told: Told) -> Self {
        Self {
            id: told.id,
            headline: told.said.headline,
            text: told.said.text,
            shape: if told.shape == Shape::Band { "band" } else { "full" }.to_owned(),
            marks: told.marks,
            from: iso(told.from),
            until: told.until.map(iso),
            over: told.over,
            wanted: told.wanted,
            showing: told.showing,
        }
    }
}
