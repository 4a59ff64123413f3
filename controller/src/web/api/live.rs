//! `GET /api/v1/stages/{handle}/live`: server-sent events that say when the posts of a stage are others.

use std::{
    sync::{Arc, LazyLock},
    time::Duration,
};

use axum::{
    extract::{Path, State},
    response::{IntoResponse, Sse, sse::KeepAlive},
};
use tokio::sync::Semaphore;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{super::events, get_stage, may_read, problem::Answer};
use crate::app::{App, Change, Error};

/// Most pages that are told; the others ask now and then.
const MOST: usize = 5_000;
static PLACES: LazyLock<Arc<Semaphore>> = LazyLock::new(|| Arc::new(Semaphore::new(MOST)));
/// When to come again where all places are taken.
const AGAIN_SECS: u64 = 60;

pub(super) fn open_routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(hear_changes))
}

/// Hears of changes
///
/// A stream of server-sent events that does not end: each `posts` says that the posts of the stage are others by now.
#[utoipa::path(get, path = "/api/v1/stages/{handle}/live", tag = "posts",
    params(("handle" = String, Path, description = "Handle of the stage.")),
    responses((status = 200, description = "Events.", body = String, content_type = "text/event-stream")))]
async fn hear_changes(State(app): State<App>, Path(handle): Path<String>) -> Answer {
    let stage = get_stage(&app, &handle).await?;
    may_read(&app, &stage)?;
    let stage_id = stage.id.clone();
    let place = Arc::clone(&PLACES).try_acquire_owned().map_err(|_| Error::Busy(AGAIN_SECS))?;
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
    Ok(Sse::new(stream).keep_alive(KeepAlive::new().interval(Duration::from_secs(25))).into_response())
}
