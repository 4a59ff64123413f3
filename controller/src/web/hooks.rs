//! `/hooks/…`: addresses of ours that programs of others send to. No cookie is looked at, and nobody's address is kept.

use std::time::Duration;

use axum::{
    Json, Router,
    body::Body,
    extract::{Path, RawQuery, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use serde::Serialize;
use tokio::time::timeout;

use super::errors::again;
use crate::{
    app::{App, Error},
    features::sources::{self, Taken},
    networks::{Flaw, Parcel, websub::Intent},
    tools::words::{self, Language},
};

/// Largest delivery, in bytes: one post in words, with the addresses of its pictures.
const LARGEST: usize = 256 * 1024;
/// Largest delivery of a hub: a whole feed, of which only the signature is looked at.
const LARGEST_OF_HUBS: usize = 5 * 1024 * 1024;
/// Longest time that one may take to come.
const LONGEST: Duration = Duration::from_secs(30);

pub(super) fn routes() -> Router<App> {
    Router::new().route("/hooks/{token}", get(confirm).post(deliver))
}

/// A hub asks whether we meant it.
async fn confirm(State(app): State<App>, Path(token): Path<String>, RawQuery(query): RawQuery) -> Response {
    let Some(intent) = Intent::read(&query.unwrap_or_default()) else { return StatusCode::NOT_FOUND.into_response() };
    match sources::answer_hub(&app, &token, &intent).await {
        Ok(Some(challenge)) => ([(header::CACHE_CONTROL, "no-store")], challenge).into_response(),
        Ok(None) => StatusCode::NOT_FOUND.into_response(),
        Err(error) => {
            tracing::error!("answer a hub: {error}");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

async fn deliver(State(app): State<App>, Path(token): Path<String>, headers: HeaderMap, body: Body) -> Response {
    let wanted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let language = Language::accepted(wanted);
    let of_hub = sources::is_of_hub(&token);
    // A whole feed is not taken in for nothing.
    match if of_hub { sources::expects(&app, &token).await } else { Ok(true) } {
        Ok(true) => {}
        Ok(false) => return StatusCode::GONE.into_response(),
        Err(error) => return failed(language, &error),
    }
    let largest = if of_hub { LARGEST_OF_HUBS } else { LARGEST };
    let body = match timeout(LONGEST, axum::body::to_bytes(body, largest)).await {
        Ok(Ok(body)) => body,
        Ok(Err(_)) => return refused(language, StatusCode::PAYLOAD_TOO_LARGE, "hooks.too_large", &[]),
        Err(_) => return StatusCode::REQUEST_TIMEOUT.into_response(),
    };
    let parcel = Parcel { headers: &headers, body: &body, now: app.clock.now() };
    match sources::deliver(&app, &token, &parcel).await {
        Ok(Taken::Kept) => StatusCode::ACCEPTED.into_response(),
        Ok(Taken::Known | Taken::Heard) => StatusCode::OK.into_response(),
        Ok(Taken::Erased { page, code }) => Json(Erased { url: page, confirmation_code: code }).into_response(),
        Ok(Taken::Gone) => StatusCode::GONE.into_response(),
        Ok(Taken::Stranger) => refused(language, StatusCode::UNAUTHORIZED, "hooks.stranger", &[]),
        Ok(Taken::Flawed(flaws)) => refused(language, StatusCode::UNPROCESSABLE_ENTITY, "hooks.flawed", &flaws),
        Err(Error::TooMany(secs)) => {
            again(refused(language, StatusCode::TOO_MANY_REQUESTS, "hooks.too_many", &[]), secs)
        }
        Err(Error::Busy(secs)) => again(refused(language, StatusCode::SERVICE_UNAVAILABLE, "hooks.busy", &[]), secs),
        Err(error) => failed(language, &error),
    }
}

fn failed(language: Language, error: &Error) -> Response {
    tracing::error!("take a delivery: {error}");
    refused(language, StatusCode::INTERNAL_SERVER_ERROR, "hooks.failed", &[])
}

/// What a network is answered that asked for somebody to be forgotten, in the words that it expects.
#[derive(Serialize)]
struct Erased {
    url: String,
    confirmation_code: String,
}

/// Why something was not taken (RFC 9457).
#[derive(Serialize)]
struct Problem {
    title: String,
    status: u16,
    detail: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<Place>,
}

/// One thing to mend.
#[derive(Serialize)]
struct Place {
    pointer: String,
    detail: String,
}

fn refused(language: Language, status: StatusCode, key: &str, flaws: &[Flaw]) -> Response {
    let say = |key: &str| words::say(language, key, &[]);
    let place = |flaw: &Flaw| {
        let args: Vec<_> = flaw.args.iter().map(|(name, value)| (*name, value.as_str().into())).collect();
        Place { pointer: flaw.pointer.clone(), detail: words::say(language, flaw.key, &args) }
    };
    let problem = Problem {
        title: say(key),
        status: status.as_u16(),
        detail: say(&format!("{key}.text")),
        errors: flaws.iter().map(place).collect(),
    };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json")),
        (header::CONTENT_LANGUAGE, HeaderValue::from_static(language.code())),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    (status, headers, Json(problem)).into_response()
}
