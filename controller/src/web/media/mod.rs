//! Media: their files for everybody who may see them, and the library in which members keep what they sent.

mod entry;
mod files;
mod library;
mod pieces;
mod view;

use axum::Router;

use crate::app::App;

/// What everybody may ask for; no cookie is looked at.
pub(super) fn routes() -> Router<App> {
    files::routes()
}

/// What members may ask for.
pub(super) fn dashboard_routes() -> Router<App> {
    files::dashboard_routes().merge(library::routes()).merge(entry::routes()).merge(pieces::routes())
}

/// Whether a form sent to a path brings files that are too large to be kept in memory.
pub(super) fn may_bring_files(path: &str) -> bool {
    let parts: Vec<_> = path.split('/').collect();
    matches!(parts[..], ["", "dashboard", "stages", _, "media"])
}
