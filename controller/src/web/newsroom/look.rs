//! The stage's colours as a style sheet, readable whatever they are.

use axum::{
    Router,
    extract::{Path, State},
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
    routing::get,
};

use super::Room;
use crate::{app::App, tools::colour::Colour};

/// Cards in light and dark: what links must be readable on.
const LIGHT: Colour = Colour::new(0xf6, 0xf5, 0xf2);
const DARK: Colour = Colour::new(0x1e, 0x1e, 0x23);

pub(super) fn routes() -> Router<App> {
    Router::new().route("/{at_handle}/look.css", get(look))
}

async fn look(State(app): State<App>, Path(at_handle): Path<String>, headers: HeaderMap) -> Response {
    let room = match Room::find(&app, &at_handle, &headers).await {
        Ok(room) => room,
        Err(refusal) => return refusal,
    };
    let accent = Colour::parse(&room.stage.accent).unwrap_or(Colour::new(0x26, 0x32, 0x4a));
    let css = format!(
        ":root{{--accent:{accent};--on-accent:{};--link:{};--link-dark:{}}}\n",
        accent.ink(),
        accent.readable_on(LIGHT),
        accent.readable_on(DARK),
    );
    // The address changes with the look.
    let headers = [
        (header::CONTENT_TYPE, "text/css; charset=utf-8"),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    (headers, css).into_response()
}
