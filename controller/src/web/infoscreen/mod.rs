//! The infoscreen: what kiosks play, in any browser, by the plain address of a stage or a secret one of a programme.

mod desk;
mod live;
mod page;
mod script;
mod words;

use axum::{
    Router,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

pub(super) use self::desk::Browsers;
use super::{cookies, errors};
use crate::{
    app::{App, Error, Result},
    features::infoscreen::{self, Infoscreen},
};

/// What everybody may ask for; no cookie is looked at.
pub(super) fn routes() -> Router<App> {
    Router::new().merge(live::routes()).merge(page::routes()).merge(script::routes())
}

/// What members may ask for.
pub(super) fn dashboard_routes() -> Router<App> {
    desk::routes()
}

/// By this a page knows that its address leads nowhere any more, and that it was not somebody on the way who said so.
const GONE: (HeaderName, HeaderValue) = (HeaderName::from_static("x-litfass-screen"), HeaderValue::from_static("gone"));
const UNKEPT: (HeaderName, HeaderValue) = (header::CACHE_CONTROL, HeaderValue::from_static("no-store"));

/// Finds what stands at `/@handle/screen` or `/@handle/screen/<secret>`.
async fn find(app: &App, at_handle: &str, secret: Option<&str>) -> Result<Infoscreen> {
    let handle = at_handle.strip_prefix('@').ok_or(Error::NotFound("infoscreen"))?;
    infoscreen::find(app, handle, secret).await
}

/// Says to a program that there is nothing, or that something went wrong.
fn refuse(error: &Error) -> Response {
    match error {
        Error::NotFound(_) => (StatusCode::NOT_FOUND, [GONE, UNKEPT]).into_response(),
        error => {
            tracing::error!("give an infoscreen: {error:?}");
            (StatusCode::INTERNAL_SERVER_ERROR, [UNKEPT]).into_response()
        }
    }
}

/// The same to a person. A wrong secret, and what was never there, look alike.
fn refuse_page(error: &Error, asked: &HeaderMap) -> Response {
    let language = cookies::wanted_language(asked).unwrap_or_default();
    let mut response = match error {
        Error::NotFound(_) => errors::told(language, StatusCode::NOT_FOUND, "errors.not_found"),
        error => errors::answer(language, error),
    };
    let gone = response.status() == StatusCode::NOT_FOUND;
    response.headers_mut().extend(Some(GONE).filter(|_| gone).into_iter().chain([UNKEPT]));
    response
}
