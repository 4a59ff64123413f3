//! `/api/v1`: what programs read and do. What everybody may read is open to pages of others too; everything else wants a
//! token. No cookie is looked at, and none is set. Routes and their description are one: each handler says both.

mod alerts;
mod bearer;
mod desk;
mod document;
mod hits;
mod input;
mod live;
mod media;
mod posts;
pub(super) mod problem;
mod programmes;
mod reference;
mod screens;
mod shapes;
mod stages;
mod writing;

use std::sync::Arc;

use axum::{
    Router,
    extract::{Request, State},
    http::{HeaderName, HeaderValue, header},
    middleware::{Next, from_fn, from_fn_with_state},
    response::Response,
};
use utoipa_axum::router::OpenApiRouter;

use crate::{
    app::{App, Error, Result},
    features,
    store::Stage,
};

/// Largest body of JSON.
const LARGEST: usize = 256 * 1024;

pub(super) fn routes(app: &App) -> Router<App> {
    let (open_router, _) = open_routes().split_for_parts();
    let (token_router, _) = token_routes().split_for_parts();
    let token_router = token_router.layer(axum::extract::DefaultBodyLimit::max(LARGEST));
    // A file is limited as it comes.
    let (file_router, _) = media::file_routes().split_for_parts();
    let file_router = file_router.layer(axum::extract::DefaultBodyLimit::disable());
    let token_router = token_router.merge(file_router).layer(from_fn_with_state(app.clone(), private));
    let open_router = open_router.layer(from_fn_with_state(app.clone(), public));
    Router::new().merge(open_router).merge(document::routes().layer(from_fn(open))).merge(token_router)
}

/// What members and visitors look at.
pub(super) fn page_routes() -> Router<App> {
    reference::routes()
}

/// What everybody may read.
fn open_routes() -> OpenApiRouter<App> {
    OpenApiRouter::default().merge(stages::open_routes()).merge(posts::open_routes()).merge(live::open_routes())
}

/// What wants a token.
fn token_routes() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .merge(stages::token_routes())
        .merge(writing::routes())
        .merge(desk::routes())
        .merge(media::routes())
        .merge(screens::routes())
        .merge(programmes::routes())
        .merge(alerts::routes())
        .merge(hits::routes())
}

/// Whoever asks may read the answer, also a script on somebody else's page. Nothing here depends on who asks.
const OPEN: [(HeaderName, HeaderValue); 3] = [
    (header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*")),
    (header::ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static("date, etag, retry-after")),
    (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("cross-origin")),
];

async fn open(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    response.headers_mut().extend(OPEN);
    response
}

/// Around what everybody may read. One layer: each costs every answer something.
async fn public(State(app): State<App>, request: Request, next: Next) -> Response {
    let mut response = problem::speak(request, async |request| bearer::known(&app, request, next).await).await;
    response.headers_mut().extend(OPEN);
    response
}

/// Around what a member's program reads and does: nobody on the way keeps it.
async fn private(State(app): State<App>, request: Request, next: Next) -> Response {
    let mut response = problem::speak(request, async |request| bearer::known(&app, request, next).await).await;
    response.headers_mut().entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

/// The stage of a handle, written with or without its `@`.
async fn get_stage(app: &App, handle: &str) -> Result<Arc<Stage>> {
    features::stages::get_public(app, handle.strip_prefix('@').unwrap_or(handle)).await
}

/// Refuses what has to be looked up for whoever asks while all of them together ask too often: counted by stage, never by who
/// they are. What is in memory is given however often.
fn may_read(app: &App, stage: &Stage) -> Result<()> {
    app.limits.api_reads.check(&stage.id).map_err(Error::TooMany)
}
