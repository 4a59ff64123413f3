//! `GET /wall/live?stage=a&stage=b`: server-sent events that say when one of these stages shows something else.

use std::{
    collections::BTreeSet,
    sync::{Arc, LazyLock},
    time::Duration,
};

use axum::{
    Router,
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Response, Sse, sse::KeepAlive},
    routing::get,
};
use tokio::sync::Semaphore;

use crate::{
    app::{App, Change, Result},
    tools::words::Language,
    web::{errors, events},
};

/// Most walls that are told; the others ask now and then.
const MOST: usize = 5_000;
static PLACES: LazyLock<Arc<Semaphore>> = LazyLock::new(|| Arc::new(Semaphore::new(MOST)));
/// Most stages of one wall that are listened to.
const MOST_STAGES: usize = 100;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/wall/live", get(live))
}

async fn live(State(app): State<App>, Query(pairs): Query<Vec<(String, String)>>) -> Response {
    let stage_ids = match find(&app, &pairs).await {
        Ok(stage_ids) => stage_ids,
        Err(error) => return errors::answer(Language::default(), &error),
    };
    if stage_ids.is_empty() {
        // A browser does not come again after that.
        return StatusCode::NO_CONTENT.into_response();
    }
    let Ok(place) = Arc::clone(&PLACES).try_acquire_owned() else {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    };
    let stream = events::stream(&app, "posts", move |change| {
        // The place is given back when the stream ends.
        let _held = &place;
        match change {
            Change::Posts { stage_id } | Change::Topics { stage_id } | Change::Stage { stage_id } => {
                stage_ids.contains(stage_id)
            }
            _ => false,
        }
    });
    let stream = tokio_stream::StreamExt::map(stream, events::named);
    Sse::new(stream).keep_alive(KeepAlive::new().interval(Duration::from_secs(25))).into_response()
}

/// The stages of these handles, as far as there are any.
async fn find(app: &App, pairs: &[(String, String)]) -> Result<BTreeSet<String>> {
    let mut found = BTreeSet::new();
    for (_, handle) in pairs.iter().filter(|(name, _)| name == "stage").take(MOST_STAGES) {
        found.extend(app.store.find_stage_by_handle(&handle.to_lowercase()).await?.map(|stage| stage.id));
    }
    Ok(found)
}
