//! Errors as pages, in the language of whoever asked.

use askama::Template;
use axum::{
    http::{HeaderMap, StatusCode, header},
    response::Response,
};

use super::page::draw_as;
use crate::{
    app::Error,
    tools::words::{self, Language},
};

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage {
    lang: &'static str,
    css: String,
    title: String,
    text: String,
    home: String,
}

/// An error as a page.
pub fn answer(language: Language, error: &Error) -> Response {
    match error {
        Error::NotFound(_) => told(language, StatusCode::NOT_FOUND, "errors.not_found"),
        Error::Invalid(_) => told(language, StatusCode::UNPROCESSABLE_ENTITY, "errors.invalid"),
        Error::TooMany(_) => told(language, StatusCode::TOO_MANY_REQUESTS, "errors.too_many"),
        Error::Forbidden => told(language, StatusCode::FORBIDDEN, "errors.forbidden"),
        Error::Internal(why) => {
            tracing::error!("{why}");
            told(language, StatusCode::INTERNAL_SERVER_ERROR, "errors.internal")
        }
    }
}

/// A page that says one thing: `KEY` is its title, `KEY.text` what to do.
pub fn told(language: Language, status: StatusCode, key: &str) -> Response {
    let page = ErrorPage {
        lang: language.code(),
        css: super::statics::address("litfass.css"),
        title: words::say(language, key, &[]),
        text: words::say(language, &format!("{key}.text"), &[]),
        home: words::say(language, "errors.home", &[]),
    };
    draw_as(status, &page)
}

/// For addresses that do not exist.
pub async fn not_found(headers: HeaderMap) -> Response {
    let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok()).map(Language::accepted);
    told(accepted.unwrap_or_default(), StatusCode::NOT_FOUND, "errors.not_found")
}
