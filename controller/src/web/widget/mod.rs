//! The widget: posts of a stage on other people's pages, as a script, in a frame, or by pasting an address.

mod desk;
mod frame;
mod oembed;
mod script;
mod snippets;

use axum::{
    Router,
    http::{HeaderName, HeaderValue, header},
};

use crate::app::App;

/// What everybody may ask for; no cookie is looked at.
pub(super) fn routes() -> Router<App> {
    Router::new().merge(frame::routes()).merge(oembed::routes()).merge(script::routes())
}

/// What members may ask for.
pub(super) fn dashboard_routes() -> Router<App> {
    desk::routes()
}

/// Pages of others may load it, also those that want everything to say so (COEP).
const SHARED: [(HeaderName, HeaderValue); 2] = [
    (header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*")),
    (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("cross-origin")),
];
