//! `/api/v1`: what the public may read, for programs and for pages of others. No cookie is looked at, and none is set.

mod json;
mod live;
mod posts;

use axum::{
    Json, Router,
    extract::Request,
    http::{HeaderName, HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use serde::Serialize;

use crate::{
    app::{App, Error, Result},
    features::stages,
    store::Stage,
};

pub(super) fn routes() -> Router<App> {
    Router::new().merge(live::routes()).merge(posts::routes()).layer(axum::middleware::from_fn(open))
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

/// The stage of a handle, written with or without its `@`.
async fn get_stage(app: &App, handle: &str) -> Result<Stage> {
    stages::get_public(app, handle.strip_prefix('@').unwrap_or(handle)).await
}

/// Why there is no answer (RFC 9457); for programs, hence in English.
#[derive(Serialize)]
struct Problem {
    title: &'static str,
    status: u16,
    detail: String,
}

fn refused(error: &Error) -> Response {
    let (status, title, detail) = match error {
        Error::NotFound(what) => (StatusCode::NOT_FOUND, "not found", format!("there is no such {what}")),
        Error::Invalid(problems) => {
            let names: Vec<_> = problems.iter().map(|problem| problem.field).collect();
            (StatusCode::BAD_REQUEST, "not understood", format!("cannot be read: {}", names.join(", ")))
        }
        Error::TooMany(_) | Error::Busy(_) => {
            (StatusCode::SERVICE_UNAVAILABLE, "too busy", "ask again later".to_owned())
        }
        error => {
            tracing::error!("answer a program: {error}");
            (StatusCode::INTERNAL_SERVER_ERROR, "failed", "the reason is in the log of the controller".to_owned())
        }
    };
    let headers = [(header::CONTENT_TYPE, "application/problem+json"), (header::CACHE_CONTROL, "no-store")];
    (status, headers, Json(Problem { title, status: status.as_u16(), detail })).into_response()
}
