//! Tells an open desk that posts came, changed, were hidden or shown.

use std::time::Duration;

use axum::{
    Router,
    extract::{Path, State},
    response::{IntoResponse, Response, Sse, sse::KeepAlive},
    routing::get,
};
use tokio_stream::StreamExt;

use super::super::{Owner, Visit, events, staged::staged};
use crate::app::{App, Change};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/dashboard/stages/{stage_id}/live", get(live))
}

/// Events `posts` and `sources` of one stage.
async fn live(State(app): State<App>, visit: Visit, owner: Owner, Path(stage_id): Path<String>) -> Response {
    let stage = match staged(&app, &visit, &owner, &stage_id).await {
        Ok((stage, _)) => stage,
        Err(error) => return visit.refuse(&error),
    };
    let (posts_of, sources_of) = (stage.id.clone(), stage.id);
    let posts =
        events::stream(&app, "posts", move |c| matches!(c, Change::Posts { stage_id } if *stage_id == posts_of));
    let of_this = move |c: &Change| matches!(c, Change::Source { stage_id } if *stage_id == sources_of);
    let sources = events::stream_of_sources(&app, "sources", of_this);
    let both = posts.merge(sources).map(events::named);
    Sse::new(both).keep_alive(KeepAlive::new().interval(Duration::from_secs(25))).into_response()
}
