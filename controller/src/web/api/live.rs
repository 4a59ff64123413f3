//! `GET /api/v1/stages/{handle}/live`: server-sent events that say when the posts of a stage are others.

use std::{
    sync::{Arc, LazyLock},
    time::Duration,
};

use axum::{
    Router,
    extract::{Path, State},
    response::{IntoResponse, Response, Sse, sse::KeepAlive},
    routing::get,
};
use tokio::sync::Semaphore;

use super::{super::events, get_stage, refused};
use crate::app::{App, Change, Error};

/// Most pages that are told; the others ask now and then.
const MOST: usize = 5_000;
static PLACES: LazyLock<Arc<Semaphore>> = LazyLock::new(|| Arc::new(Semaphore::new(MOST)));
/// When to come again where all places are taken.
const AGAIN_SECS: u64 = 60;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/api/v1/stages/{handle}/live", get(live))
}

async fn live(State(app): State<App>, Path(handle): Path<String>) -> Response {
    let stage_id = match get_stage(&app, &handle).await {
        Ok(stage) => stage.id,
        Err(error) => return refused(&error),
    };
    let Ok(place) = Arc::clone(&PLACES).try_acquire_owned() else { return refused(&Error::Busy(AGAIN_SECS)) };
    let stream = events::stream(&app, "posts", move |change| {
        // The place is given back when the stream ends.
        let _held = &place;
        match change {
            Change::Posts { stage_id: id } | Change::Topics { stage_id: id } | Change::Stage { stage_id: id } => {
                *id == stage_id
            }
            _ => false,
        }
    });
    let stream = tokio_stream::StreamExt::map(stream, events::named);
    Sse::new(stream).keep_alive(KeepAlive::new().interval(Duration::from_secs(25))).into_response()
}
