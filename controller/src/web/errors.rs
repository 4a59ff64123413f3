//! Errors as pages, in the language of whoever asked.

use askama::Template;
use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, Uri, header},
    response::Response,
};

use super::{
    Visit,
    page::{Page, draw_as},
};
use crate::{app::Error, tools::words::Language};

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage {
    page: Page,
    status: u16,
    key: &'static str,
    text: String,
    /// Where it leads.
    to: String,
    /// Key of what stands there.
    way: &'static str,
}

/// An error as a page.
pub fn answer(language: Language, error: &Error) -> Response {
    match error {
        Error::NotFound(_) => told(language, StatusCode::NOT_FOUND, "errors.not_found"),
        Error::Invalid(_) => told(language, StatusCode::UNPROCESSABLE_ENTITY, "errors.invalid"),
        Error::TooMany(secs) => again(told(language, StatusCode::TOO_MANY_REQUESTS, "errors.too_many"), *secs),
        Error::Busy(secs) => again(told(language, StatusCode::SERVICE_UNAVAILABLE, "errors.busy"), *secs),
        Error::Stale => told(language, StatusCode::CONFLICT, "errors.stale"),
        Error::Forbidden => told(language, StatusCode::FORBIDDEN, "errors.forbidden"),
        Error::Internal(why) => {
            tracing::error!("{why}");
            told(language, StatusCode::INTERNAL_SERVER_ERROR, "errors.internal")
        }
    }
}

/// Says when to come again.
pub(super) fn again(mut response: Response, secs: u64) -> Response {
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(secs));
    response
}

/// A page that says one thing: `KEY` is its title, `KEY.text` what to do.
pub fn told(language: Language, status: StatusCode, key: &'static str) -> Response {
    led(language, status, key, ("/", "errors.home"))
}

/// The same, and leads elsewhere than to the start: an address, and the key of what stands there.
pub fn led(language: Language, status: StatusCode, key: &'static str, (to, way): (&str, &'static str)) -> Response {
    let page = Page::new(Visit::stranger(language));
    let text = page.t(&format!("{key}.text"));
    draw_as(status, &ErrorPage { page, status: status.as_u16(), key, text, to: to.to_owned(), way })
}

/// For addresses that do not exist.
pub async fn not_found(uri: Uri, headers: HeaderMap) -> Response {
    if uri.path().starts_with("/api/") {
        return super::api::problem::not_found(&headers);
    }
    told(super::cookies::wanted_language(&headers).unwrap_or_default(), StatusCode::NOT_FOUND, "errors.not_found")
}
