//! Files in pieces: tus 1.0.0 (core, creation, expiration, termination; <https://tus.io/protocols/resumable-upload>).

use axum::{
    Router,
    body::Body,
    extract::{Path, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::{head, options},
};
use base64::{Engine, prelude::BASE64_STANDARD};

use super::library::reason;
use crate::{
    app::{App, Result},
    features::media::{
        self,
        arrivals::{self, Came, Wish},
    },
    store::Arrival,
    web::{Owner, Visit, times},
};

const VERSION: HeaderName = HeaderName::from_static("tus-resumable");
const VERSIONS: HeaderName = HeaderName::from_static("tus-version");
const EXTENSIONS: HeaderName = HeaderName::from_static("tus-extension");
const LARGEST: HeaderName = HeaderName::from_static("tus-max-size");
const LENGTH: HeaderName = HeaderName::from_static("upload-length");
const OFFSET: HeaderName = HeaderName::from_static("upload-offset");
const WORDS: HeaderName = HeaderName::from_static("upload-metadata");
const EXPIRES: HeaderName = HeaderName::from_static("upload-expires");
/// Our own word: what a file became of which all is here.
const ENTRY: HeaderName = HeaderName::from_static("litfass-media");

const ONE: HeaderValue = HeaderValue::from_static("1.0.0");
const PIECE: &str = "application/offset+octet-stream";

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/dashboard/uploads", options(able).post(create))
        .route("/dashboard/uploads/{id}", head(look).patch(append).delete(end))
        .layer(middleware::from_fn(speak))
}

/// Speaks one version of the protocol, with members only, and says so.
async fn speak(_: Owner, request: axum::extract::Request, next: Next) -> Response {
    let asked = request.headers().get(&VERSION);
    let speaks = asked == Some(&ONE) || request.method() == axum::http::Method::OPTIONS;
    let mut response = if speaks {
        next.run(request).await
    } else {
        (StatusCode::PRECONDITION_FAILED, [(VERSIONS, ONE)]).into_response()
    };
    response.headers_mut().insert(VERSION, ONE);
    response
}

async fn able(State(app): State<App>) -> Response {
    let largest = HeaderValue::from(app.config.film_megabytes * 1_000_000);
    let extensions = HeaderValue::from_static("creation,expiration,termination");
    (StatusCode::NO_CONTENT, [(VERSIONS, ONE), (EXTENSIONS, extensions), (LARGEST, largest)]).into_response()
}

async fn create(State(app): State<App>, visit: Visit, owner: Owner, headers: HeaderMap) -> Response {
    let Some(length) = number(&headers, &LENGTH) else { return StatusCode::BAD_REQUEST.into_response() };
    let said = |name: &str| word(&headers, name).unwrap_or_default();
    let (name, age) = (said("filename"), said("modified"));
    match arrivals::begin(&app, &owner.account_id, &Wish { name: &name, length, age: &age }).await {
        Ok(arrival) => {
            let address = format!("/dashboard/uploads/{}", arrival.id);
            let mut response = StatusCode::CREATED.into_response();
            put(&mut response, &header::LOCATION, &address);
            put(&mut response, &EXPIRES, &times::http(arrival.expires_at));
            response
        }
        Err(error) => refuse(&visit, error, StatusCode::PAYLOAD_TOO_LARGE),
    }
}

async fn look(State(app): State<App>, visit: Visit, owner: Owner, Path(id): Path<String>) -> Response {
    match arrivals::get(&app, &owner.account_id, &id).await {
        Ok((arrival, held)) => {
            let mut response = state(StatusCode::OK, held, &arrival);
            put(&mut response, &LENGTH, &arrival.length.to_string());
            put(&mut response, &header::CACHE_CONTROL, "no-store");
            response
        }
        Err(error) => visit.refuse(&error),
    }
}

async fn append(
    State(app): State<App>,
    visit: Visit,
    owner: Owner,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    if headers.get(header::CONTENT_TYPE).is_none_or(|kind| kind != PIECE) {
        return StatusCode::UNSUPPORTED_MEDIA_TYPE.into_response();
    }
    let Some(offset) = number(&headers, &OFFSET) else { return StatusCode::BAD_REQUEST.into_response() };
    let came = arrivals::append(&app, &owner.account_id, &id, offset, body.into_data_stream()).await;
    let answered: Result<Response> = match came {
        Ok(Ok(Came::Elsewhere(_))) => Ok(StatusCode::CONFLICT.into_response()),
        Ok(Ok(Came::Held(_) | Came::Whole(_))) => arrivals::get(&app, &owner.account_id, &id)
            .await
            .map(|(arrival, held)| state(StatusCode::NO_CONTENT, held, &arrival)),
        Ok(Err(error)) => Ok(refuse(&visit, error, StatusCode::UNPROCESSABLE_ENTITY)),
        Err(error) => Err(error),
    };
    answered.unwrap_or_else(|error| visit.refuse(&error))
}

async fn end(State(app): State<App>, visit: Visit, owner: Owner, Path(id): Path<String>) -> Response {
    match arrivals::call_off(&app, &owner.account_id, &id).await {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(error) => visit.refuse(&error),
    }
}

/// How far a file is.
fn state(status: StatusCode, held: u64, arrival: &Arrival) -> Response {
    let mut response = status.into_response();
    put(&mut response, &OFFSET, &held.to_string());
    put(&mut response, &EXPIRES, &times::http(arrival.expires_at));
    if let Some(entry) = &arrival.library_id {
        put(&mut response, &ENTRY, entry);
    }
    response
}

/// Says in words why a file is refused.
fn refuse(visit: &Visit, error: media::Error, status: StatusCode) -> Response {
    let status = match error {
        media::Error::Full => StatusCode::INSUFFICIENT_STORAGE,
        // What is here stays: the same is asked again in a moment.
        media::Error::Away(_) => StatusCode::SERVICE_UNAVAILABLE,
        _ => status,
    };
    match reason(visit.language, error) {
        Ok(words) => (status, words).into_response(),
        Err(error) => visit.refuse(&error),
    }
}

fn put(response: &mut Response, name: &HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name.clone(), value);
    }
}

/// A whole number of digits and nothing else.
fn number(headers: &HeaderMap, name: &HeaderName) -> Option<u64> {
    let text = headers.get(name)?.to_str().ok()?;
    if text.bytes().all(|byte| byte.is_ascii_digit()) { text.parse().ok() } else { None }
}

/// A word of the file's description: pairs of a name and a value in Base64, between commas.
fn word(headers: &HeaderMap, name: &str) -> Option<String> {
    let all = headers.get(&WORDS)?.to_str().ok()?;
    let (_, value) = all.split(',').filter_map(|pair| pair.trim().split_once(' ')).find(|(held, _)| *held == name)?;
    let bytes = BASE64_STANDARD.decode(value.trim()).ok()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}
