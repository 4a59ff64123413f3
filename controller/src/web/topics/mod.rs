//! Topics of a stage: the list, the editor of their rules, and the topics of a post.

mod editor;
mod list;
mod post;
mod rows;

pub(in crate::web) use self::rows::LANGUAGES;

use axum::Router;

use crate::app::App;

pub(super) fn routes() -> Router<App> {
    Router::new().merge(editor::routes()).merge(list::routes()).merge(post::routes())
}
