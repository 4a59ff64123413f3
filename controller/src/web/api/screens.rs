//! `/api/v1/…/screens`: paired displays, how they are, and what they are called.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
    response::IntoResponse,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    bearer::{Bearer, Read, Screens},
    input::Sent,
    problem::Answer,
};
use crate::{
    app::{App, Error},
    features::screens::{self, Status, Wish},
    web::times::iso,
};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list_screens)).routes(routes!(get_screen, change_screen, remove_screen))
}

/// A paired display.
#[derive(Serialize, ToSchema)]
struct ScreenShape {
    /// Its id.
    id: String,
    /// What it is called.
    name: String,
    /// Its group; null for none.
    group: Option<String>,
    /// What else it is called.
    tags: Vec<String>,
    /// How it is turned, in degrees clockwise.
    rotation: i64,
    /// Id of the programme it follows.
    programme: String,
    /// Handle of the stage it shows.
    stage: String,
    /// In one word: `playing`, `catching`, `waiting`, `faulty`, `away`, `lost`, `new`.
    state: String,
    /// Whether it is connected.
    online: bool,
    /// Whether it plays the newest version of its programme.
    current: bool,
    /// Its last sign of life (RFC 3339); null for none.
    #[schema(format = DateTime)]
    seen_at: Option<String>,
    /// When it was paired (RFC 3339).
    #[schema(format = DateTime)]
    paired_at: String,
    /// Size of its display in pixels; null where it never said.
    width: Option<u32>,
    /// The same.
    height: Option<u32>,
    /// Version of the kiosk; null where it never said.
    kiosk: Option<String>,
}

/// Screens.
#[derive(Serialize, ToSchema)]
struct ScreenList {
    /// By name.
    screens: Vec<ScreenShape>,
}

/// What is to be different about a screen; what is not said stays.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
struct ScreenWish {
    /// What it is called.
    #[schema(max_length = 60)]
    name: Option<String>,
    /// Degrees clockwise: 0, 90, 180 or 270.
    rotation: Option<i64>,
    /// What else it is called.
    tags: Option<Vec<String>>,
    /// Its group; empty for none.
    group: Option<String>,
    /// Id of the programme it is to follow.
    programme: Option<String>,
}

/// The screens of a stage
#[utoipa::path(get, path = "/api/v1/stages/{handle}/screens", tag = "screens", security(("token" = ["read"])),
    params(("handle" = String, Path, description = "Handle of the stage.")),
    responses((status = 200, description = "The screens and how they are.", body = ScreenList)))]
async fn list_screens(State(app): State<App>, token: Bearer<Read>, Path(handle): Path<String>) -> Answer {
    let stage = token.stage(&app, &handle).await?;
    let screens = screens::list(&app, &stage.account_id, &stage.id).await?;
    Ok(Json(ScreenList { screens: screens.into_iter().map(ScreenShape::new).collect() }).into_response())
}

/// A screen
#[utoipa::path(get, path = "/api/v1/screens/{screen}", tag = "screens", security(("token" = ["read"])),
    params(("screen" = String, Path, description = "Its id.")),
    responses((status = 200, description = "The screen and how it is.", body = ScreenShape)))]
async fn get_screen(State(app): State<App>, token: Bearer<Read>, Path(id): Path<String>) -> Answer {
    let status = screens::get(&app, &token.holder.account_id, &id).await?;
    Ok(Json(ScreenShape::new(status)).into_response())
}

/// Renames, turns, sorts a screen
///
/// What is not said stays as it is.
#[utoipa::path(patch, path = "/api/v1/screens/{screen}", tag = "screens", security(("token" = ["screens"])),
    request_body = ScreenWish, params(("screen" = String, Path, description = "Its id.")),
    responses((status = 200, description = "The screen as it is now.", body = ScreenShape)))]
async fn change_screen(
    State(app): State<App>,
    token: Bearer<Screens>,
    Path(id): Path<String>,
    Sent(wish): Sent<ScreenWish>,
) -> Answer {
    let account = &token.holder.account_id;
    let screen = screens::get(&app, account, &id).await?.screen;
    let stage = app.store.find_stage(account, &screen.stage_id).await.map_err(Error::from)?;
    let stage = stage.ok_or(Error::NotFound("stage"))?;
    let name = wish.name.map_or(Ok(screen.name.clone()), |name| screens::name(&name))?;
    let tags = wish.tags.map_or(Ok(screen.tags()), |tags| screens::tags(&tags.join(",")))?;
    let group = match wish.group {
        Some(group) => screens::group(&app, &stage, &group).await?,
        None => screen.group_name.clone(),
    };
    let wish = Wish {
        name: &name,
        rotation: wish.rotation.unwrap_or(screen.rotation),
        tags: &tags,
        group: &group,
        programme_id: wish.programme.as_deref().unwrap_or(&screen.programme_id),
    };
    screens::set(&app, account, &id, &wish).await?;
    Ok(Json(ScreenShape::new(screens::get(&app, account, &id).await?)).into_response())
}

/// Removes a screen
///
/// It forgets everything, at once if it is connected, and shows a code for pairing.
#[utoipa::path(delete, path = "/api/v1/screens/{screen}", tag = "screens", security(("token" = ["screens"])),
    params(("screen" = String, Path, description = "Its id.")),
    responses((status = 204, description = "It is removed.")))]
async fn remove_screen(State(app): State<App>, token: Bearer<Screens>, Path(id): Path<String>) -> Answer {
    screens::revoke(&app, &token.holder.account_id, &id).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

impl ScreenShape {
    fn new(status: Status) -> Self {
        let current = status.is_current();
        let Status { screen, online, mood, seen_at, report } = status;
        let report = report.as_ref();
        Self {
            tags: screen.tags(),
            group: Some(screen.group_name).filter(|group| !group.is_empty()),
            id: screen.id,
            name: screen.name,
            rotation: screen.rotation,
            programme: screen.programme_id,
            stage: screen.handle,
            state: mood.name().to_owned(),
            online,
            current,
            seen_at: (seen_at > 0).then(|| iso(seen_at)),
            paired_at: iso(screen.paired_at),
            width: report.map(|report| report.width),
            height: report.map(|report| report.height),
            kiosk: report.map(|report| report.kiosk.clone()).filter(|kiosk| !kiosk.is_empty()),
        }
    }
}
