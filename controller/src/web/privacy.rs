//! `/privacy/…`: what whoever asked to be forgotten can see of that. No cookie is set.

use askama::Template;
use axum::{
    Router,
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, header},
    response::Response,
    routing::get,
};

use super::{
    Visit, cookies, errors,
    page::{Page, draw},
};
use crate::{
    app::{App, Error},
    features::sources::{self, Erased},
};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/privacy/deletion/{code}", get(deletion))
}

#[derive(Template)]
#[template(path = "privacy/deletion.html")]
struct Deletion {
    page: Page,
    erased: Erased,
}

async fn deletion(State(app): State<App>, headers: HeaderMap, Path(code): Path<String>) -> Response {
    let language = cookies::wanted_language(&headers).unwrap_or_default();
    match sources::erased(&app, &code).await {
        Ok(Some(erased)) => {
            let mut visit = Visit::stranger(language);
            visit.path = format!("/privacy/deletion/{code}");
            let mut response = draw(&Deletion { page: Page::new(visit), erased });
            response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
            response
        }
        Ok(None) => errors::answer(language, &Error::NotFound("erasure")),
        Err(error) => errors::answer(language, &error),
    }
}
