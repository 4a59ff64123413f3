//! How a kiosk is refused: a reason it can act on, and our clock.

use axum::{
    Json,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use shared::protocol::Refused;

use crate::app::{App, Error};

/// A refusal by its status and stable reason.
pub(super) fn refused(app: &App, status: StatusCode, reason: &str) -> Response {
    let body = Refused { reason: reason.to_owned(), now: app.clock.now() };
    (status, [(header::CACHE_CONTROL, "no-store")], Json(body)).into_response()
}

/// What a feature could not do, as a refusal.
pub(super) fn answer(app: &App, error: &Error) -> Response {
    match error {
        Error::NotFound(_) => refused(app, StatusCode::NOT_FOUND, "not_found"),
        Error::Invalid(_) => refused(app, StatusCode::UNPROCESSABLE_ENTITY, "invalid"),
        Error::Stale => refused(app, StatusCode::CONFLICT, "stale"),
        Error::Forbidden => refused(app, StatusCode::FORBIDDEN, "forbidden"),
        Error::TooMany(seconds) => wait(refused(app, StatusCode::TOO_MANY_REQUESTS, "too_many"), *seconds),
        Error::Busy(seconds) => wait(refused(app, StatusCode::SERVICE_UNAVAILABLE, "busy"), *seconds),
        Error::Internal(why) => {
            tracing::error!("{why}");
            refused(app, StatusCode::INTERNAL_SERVER_ERROR, "internal")
        }
    }
}

fn wait(mut response: Response, seconds: u64) -> Response {
    response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
    response
}
