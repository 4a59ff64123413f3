//! Why there is no answer, as programs read it (RFC 9457), in the language that they accept.

use std::sync::Arc;

use axum::{
    Json,
    extract::Request,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    app::Error,
    features::tokens::Scope,
    tools::words::{self, Language},
    web::{errors::again, hosts},
};

/// Every kind of problem.
pub(super) const NAMES: [&str; 15] = [
    "unread",
    "no_token",
    "bad_token",
    "scope",
    "forbidden",
    "unknown",
    "method",
    "stale",
    "forgotten",
    "too_large",
    "media_type",
    "invalid",
    "too_many",
    "failed",
    "busy",
];

/// What went wrong.
#[derive(Serialize, ToSchema)]
pub(super) struct Problem {
    /// Which kind of problem it is: a place on the page that describes the API.
    #[serde(rename = "type")]
    kind: String,
    /// What it is, in a few words.
    title: String,
    /// The status of the answer.
    status: u16,
    /// What to do about it.
    detail: String,
    /// What is wrong with which field.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<Flaw>,
    /// The scope that the token lacks.
    #[serde(skip_serializing_if = "Option::is_none")]
    scope: Option<&'static str>,
}

/// What is wrong with a field.
#[derive(Serialize, ToSchema)]
struct Flaw {
    /// Its name; empty for the whole.
    field: String,
    /// What to do about it.
    detail: String,
}

/// Why something is refused.
#[derive(Clone, Debug)]
pub(super) enum Refused {
    /// A feature refuses it.
    Failed(Arc<Error>),
    /// There is no token.
    NoToken,
    /// The token is none of ours, was revoked, or has ended.
    BadToken,
    /// The token may not do that.
    Scope(Scope),
    /// What was sent is not what is expected there: which field, and what is said of it.
    Shape(String, String),
    /// What was sent cannot be read, is too large, or of another type.
    Unread(StatusCode),
    /// Changes of so long ago are not known any more.
    Forgotten,
}

impl From<Error> for Refused {
    fn from(error: Error) -> Self {
        Self::Failed(Arc::new(error))
    }
}

impl From<Arc<Error>> for Refused {
    fn from(error: Arc<Error>) -> Self {
        Self::Failed(error)
    }
}

impl IntoResponse for Refused {
    /// An answer that [`speak`] writes out.
    fn into_response(self) -> Response {
        let mut response = StatusCode::INTERNAL_SERVER_ERROR.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// What handlers of the API give.
pub(super) type Answer = std::result::Result<Response, Refused>;

/// The language of whoever asks; nothing but this header says it.
pub(super) fn language(headers: &HeaderMap) -> Language {
    let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    accepted.map(Language::accepted).unwrap_or_default()
}

/// Writes out what is refused, by us or by what stands before our handlers.
pub(super) async fn speak<F: Future<Output = Response>>(
    request: Request,
    answer: impl FnOnce(Request) -> F,
) -> Response {
    let language = language(request.headers());
    let is_odd = hosts::is_odd(request.uri());
    let mut response =
        if is_odd { Refused::Unread(StatusCode::BAD_REQUEST).into_response() } else { answer(request).await };
    if let Some(refused) = response.extensions_mut().remove::<Refused>() {
        return told(language, &refused);
    }
    let status = response.status();
    if !status.is_client_error() && !status.is_server_error() {
        return response;
    }
    let mut told = told(language, &Refused::Unread(status));
    if let Some(allowed) = response.headers_mut().remove(header::ALLOW) {
        told.headers_mut().insert(header::ALLOW, allowed);
    }
    told
}

/// For addresses that do not exist.
pub(in crate::web) fn not_found(headers: &HeaderMap) -> Response {
    told(language(headers), &Refused::Unread(StatusCode::NOT_FOUND))
}

fn told(language: Language, refused: &Refused) -> Response {
    let mut retry = None;
    let (status, name) = match refused {
        Refused::Failed(error) => {
            if let Error::TooMany(secs) | Error::Busy(secs) = **error {
                retry = Some(secs);
            }
            failed(error)
        }
        Refused::NoToken => (StatusCode::UNAUTHORIZED, "no_token"),
        Refused::BadToken => (StatusCode::UNAUTHORIZED, "bad_token"),
        Refused::Scope(_) => (StatusCode::FORBIDDEN, "scope"),
        Refused::Shape(..) => (StatusCode::UNPROCESSABLE_ENTITY, "invalid"),
        Refused::Unread(status) => unread(*status),
        Refused::Forgotten => (StatusCode::GONE, "forgotten"),
    };
    let errors = errors(language, refused);
    let fields: Vec<_> = errors.iter().map(|flaw| flaw.field.as_str()).filter(|field| !field.is_empty()).collect();
    let scope = if let Refused::Scope(scope) = refused { Some(scope.name()) } else { None };
    let values = [
        ("fields", fields.join(", ").into()),
        ("scope", scope.unwrap_or_default().into()),
        ("thing", thing(language, refused).into()),
    ];
    let problem = Problem {
        kind: format!("/api#problem-{name}"),
        title: words::say(language, &format!("api.problem.{name}"), &[]),
        status: status.as_u16(),
        detail: words::say(language, &format!("api.problem.{name}.text"), &values),
        errors,
        scope,
    };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (header::CONTENT_LANGUAGE, HeaderValue::from_static(language.code())),
        (header::VARY, HeaderValue::from_static("accept-language")),
    ];
    let mut response = (status, headers, Json(problem)).into_response();
    let challenge = match refused {
        Refused::NoToken => Some("Bearer".to_owned()),
        Refused::BadToken => Some("Bearer error=\"invalid_token\"".to_owned()),
        Refused::Scope(scope) => Some(format!("Bearer error=\"insufficient_scope\", scope=\"{}\"", scope.name())),
        _ => None,
    };
    if let Some(challenge) = challenge.and_then(|challenge| HeaderValue::from_str(&challenge).ok()) {
        response.headers_mut().insert(header::WWW_AUTHENTICATE, challenge);
    }
    match retry {
        Some(secs) => again(response, secs),
        None => response,
    }
}

fn failed(error: &Error) -> (StatusCode, &'static str) {
    match error {
        Error::NotFound(_) => (StatusCode::NOT_FOUND, "unknown"),
        Error::Invalid(_) => (StatusCode::UNPROCESSABLE_ENTITY, "invalid"),
        Error::TooMany(_) => (StatusCode::TOO_MANY_REQUESTS, "too_many"),
        Error::Busy(_) => (StatusCode::SERVICE_UNAVAILABLE, "busy"),
        Error::Stale => (StatusCode::CONFLICT, "stale"),
        Error::Forbidden => (StatusCode::FORBIDDEN, "forbidden"),
        Error::Internal(why) => {
            tracing::error!("answer a program: {why}");
            (StatusCode::INTERNAL_SERVER_ERROR, "failed")
        }
    }
}

/// Refusals of what stands before our handlers, by their status.
fn unread(status: StatusCode) -> (StatusCode, &'static str) {
    let name = match status {
        StatusCode::NOT_FOUND => "unknown",
        StatusCode::METHOD_NOT_ALLOWED => "method",
        StatusCode::PAYLOAD_TOO_LARGE => "too_large",
        StatusCode::UNSUPPORTED_MEDIA_TYPE => "media_type",
        status if status.is_server_error() => "failed",
        _ => "unread",
    };
    (status, name)
}

fn errors(language: Language, refused: &Refused) -> Vec<Flaw> {
    match refused {
        Refused::Failed(error) => match &**error {
            Error::Invalid(problems) => {
                let flaw = |problem: &crate::app::Problem| Flaw {
                    field: problem.field.to_owned(),
                    detail: words::say(language, problem.key, &[]),
                };
                problems.iter().map(flaw).collect()
            }
            _ => Vec::new(),
        },
        Refused::Shape(field, detail) => vec![Flaw { field: field.clone(), detail: detail.clone() }],
        _ => Vec::new(),
    }
}

/// What there is none of, in words.
fn thing(language: Language, refused: &Refused) -> String {
    let name = match refused {
        Refused::Failed(error) => match **error {
            Error::NotFound(what) => what,
            _ => "",
        },
        _ => "",
    };
    let key = format!("api.thing.{name}");
    words::say(language, if words::knows(language, &key) { &key } else { "api.thing.any" }, &[])
}
