//! The platform: what this is, the directory of stages, and a visitor's own wall. No cookie is looked at but the language, and
//! nothing is counted.

mod directory;
mod live;
mod offline;
mod sheet;
mod wall;

use axum::Router;

pub(super) use self::sheet::Sheet;

use crate::app::App;

pub(super) fn routes() -> Router<App> {
    Router::new().merge(directory::routes()).merge(live::routes()).merge(offline::routes()).merge(wall::routes())
}
