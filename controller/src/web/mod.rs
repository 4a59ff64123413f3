//! What a click sets off: pages, forms, feeds, and the addresses of the kiosks.

mod errors;
mod guard;
mod health;
mod media;
mod page;
mod statics;
mod visit;

use axum::Router;
pub use page::Page;
pub use visit::{Owner, Visit};

use crate::app::App;

/// Every address.
///
/// Two halves: what the public and the kiosks use carries no cookie at all; what
/// members use goes through [`guard`], which knows language, session and XSRF token.
pub fn router(app: App) -> Router {
    let open = Router::new().merge(health::routes()).merge(statics::routes()).merge(media::routes());
    let guarded = Router::new()
        .merge(media::dashboard_routes())
        .layer(axum::middleware::from_fn_with_state(app.clone(), guard::guard));
    Router::new().merge(open).merge(guarded).fallback(errors::not_found).with_state(app)
}
