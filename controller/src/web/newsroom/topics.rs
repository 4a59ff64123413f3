//! The posts of a topic, under its name; names that it had before lead there.

use axum::{
    Router,
    extract::{Path, Query, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
    routing::get,
};

use super::{PER_PAGE, Room, Which, list_page, uncookied};
use crate::{
    app::App,
    features::{hits::Place, posts},
    store::Below,
    web::{errors, hits::Seen},
};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/{at_handle}/topics/{slug}", get(topic))
}

async fn topic(
    State(app): State<App>,
    Path((at_handle, slug)): Path<(String, String)>,
    Query(which): Query<Which>,
    seen: Seen,
    headers: HeaderMap,
) -> Response {
    let room = match Room::find(&app, &at_handle, &headers).await {
        Ok(room) => room,
        Err(refusal) => return refusal,
    };
    let topic = match app.store.find_topic_by_slug(&room.stage.id, &slug).await {
        Ok(Some(topic)) => topic,
        Ok(None) => return errors::told(room.language, StatusCode::NOT_FOUND, "newsroom.no_topic"),
        Err(error) => return errors::answer(room.language, &error.into()),
    };
    let before = which.before.as_deref().map(Below::parse);
    if topic.slug != slug || before == Some(None) {
        // Not for ever: another topic may have the name one day.
        return uncookied(Redirect::to(&room.topic_path(&topic)).into_response());
    }
    let below = before.flatten();
    let first = below.is_none();
    match posts::list_of_topic(&app, &room.stage, &topic.id, &below.unwrap_or_default(), PER_PAGE).await {
        Ok(part) => {
            seen.note(&app, &room.stage, Place::Topic, None);
            list_page(room, Some(topic), part, which.part.as_deref(), first)
        }
        Err(error) => errors::answer(room.language, &error),
    }
}
