//! The newsroom: the public page of a stage. No cookie, no script needed.

mod desk;
mod feeds;
mod front;
mod head;
mod list;
mod live;
mod look;
mod post;
mod press;
mod room;
mod search;
mod share;
mod sitemap;

use axum::Router;

pub(super) use self::look::Accent;

use crate::app::App;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .merge(feeds::routes())
        .merge(list::routes())
        .merge(live::routes())
        .merge(look::routes())
        .merge(post::routes())
        .merge(press::routes())
        .merge(search::routes())
        .merge(sitemap::routes())
}

/// What members use.
pub(super) fn dashboard_routes() -> Router<App> {
    desk::routes()
}
