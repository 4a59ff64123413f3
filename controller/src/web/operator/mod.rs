//! Whoever runs this instance: the legal pages that everybody reads, and the page on which they are written.

mod desk;
mod facts;
mod legal;

use axum::Router;

use crate::app::App;

/// What everybody may ask for; no cookie is looked at but the language.
pub(super) fn routes() -> Router<App> {
    legal::routes()
}

/// What the operator may ask for.
pub(super) fn dashboard_routes() -> Router<App> {
    desk::routes()
}
