//! What kiosks ask for: no cookies, every request signed with the kiosk's own key.

mod auth;
mod link;
mod pairing;
mod programme;
mod refused;
mod report;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    routing::{get, post},
};

use crate::{app::App, features::screens::LARGEST_PICTURE};

/// Largest request that is no picture.
const LARGEST_WORDS: usize = 64 * 1_024;

/// The addresses of the kiosks.
pub(super) fn routes() -> Router<App> {
    let words = Router::new()
        .route("/screens/v1/pairing", post(pairing::ask))
        .route("/screens/v1/link", get(link::open))
        .route("/screens/v1/programme", get(programme::fetch))
        .layer(DefaultBodyLimit::max(LARGEST_WORDS));
    let report = Router::new()
        .route("/screens/v1/report", post(report::take))
        .layer(DefaultBodyLimit::max(LARGEST_PICTURE + 1_024));
    words.merge(report)
}
