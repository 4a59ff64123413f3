//! Tells an open newsroom that something changed, so that it fetches the list anew.

use std::{
    sync::{Arc, LazyLock},
    time::Duration,
};

use axum::{
    Router,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response, Sse, sse::KeepAlive},
    routing::get,
};
use tokio::sync::Semaphore;

use super::super::events;
use super::front::Front;
use crate::app::{App, Change};

/// Most open newsrooms that are told; the others still show everything on reload.
const MOST: usize = 5_000;
static PLACES: LazyLock<Arc<Semaphore>> = LazyLock::new(|| Arc::new(Semaphore::new(MOST)));

pub(super) fn routes() -> Router<App> {
    Router::new().route("/{at_handle}/live", get(live))
}

async fn live(State(app): State<App>, Path(at_handle): Path<String>, headers: HeaderMap) -> Response {
    let front = match Front::find(&app, &at_handle, &headers, None).await {
        Ok(front) => front,
        Err(refusal) => return refusal,
    };
    let Ok(place) = Arc::clone(&PLACES).try_acquire_owned() else {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    };
    let stage_id = front.stage.id.clone();
    let stream = events::stream(&app, "posts", move |change| {
        // The place is given back when the stream ends.
        let _held = &place;
        matches!(change, Change::Posts { stage_id: id } | Change::Stage { stage_id: id } if *id == stage_id)
    });
    let stream = tokio_stream::StreamExt::map(stream, events::named);
    Sse::new(stream).keep_alive(KeepAlive::new().interval(Duration::from_secs(25))).into_response()
}
