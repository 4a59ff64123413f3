//! `/wall`: the stages that a visitor follows, as one wall. Whom that is only their browser knows; it puts the wall together.

use std::collections::BTreeMap;

use askama::Template;
use axum::{
    Router,
    extract::{Query, State},
    http::HeaderMap,
    response::Response,
    routing::get,
};
use serde::Deserialize;

use super::Sheet;
use crate::{app::App, tools::words, web::kept::Fresh};

/// Everything that the script of the page says.
const SAID: [&str; 10] = [
    "platform.wall.away",
    "platform.wall.gone",
    "platform.wall.less",
    "platform.wall.unfollow",
    "widget.arrived",
    "widget.more",
    "widget.new",
    "widget.nothing",
    "widget.original",
    "widget.window",
];

pub(super) fn routes() -> Router<App> {
    Router::new().route("/wall", get(show))
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Wish {
    lang: Option<String>,
}

#[derive(Template)]
#[template(path = "platform/wall.html")]
struct Wall {
    sheet: Sheet,
    /// What the script says, as JSON.
    said: String,
}

async fn show(State(app): State<App>, Query(wish): Query<Wish>, headers: HeaderMap) -> Response {
    let sheet = Sheet::read(&app, &headers, "/wall".to_owned(), wish.lang.as_deref());
    let make = async || Fresh::page(&Wall { said: said(&sheet), sheet: sheet.clone() });
    sheet.page(&app, &headers, make).await
}

/// What the script says; names are filled in by the script.
fn said(sheet: &Sheet) -> String {
    let values = [("name", "{name}".into()), ("host", "{host}".into()), ("when", "{when}".into())];
    let one =
        |key: &'static str| (key.rsplit('.').next().unwrap_or_default(), words::say(sheet.language, key, &values));
    let all = SAID.map(one).into_iter().collect::<BTreeMap<_, _>>();
    serde_json::to_string(&all).unwrap_or_default()
}
