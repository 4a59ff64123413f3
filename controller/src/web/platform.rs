//! The landing page.

use askama::Template;
use axum::{Router, extract::State, response::Response, routing::get};

use super::{
    Visit,
    page::{Page, draw},
};
use crate::app::App;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/", get(landing))
}

#[derive(Template)]
#[template(path = "platform/landing.html")]
struct Landing {
    page: Page,
    open: bool,
}

async fn landing(State(app): State<App>, visit: Visit) -> Response {
    draw(&Landing { page: Page::new(visit), open: app.config.registration })
}
