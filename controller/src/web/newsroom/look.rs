//! The stage's colours as a style sheet, readable whatever they are.

use axum::{
    Router,
    extract::{Path, State},
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
    routing::get,
};

use super::front::Front;
use crate::{app::App, tools::colour::Colour};

/// Cards in light and dark: what links must be readable on.
const LIGHT: Colour = Colour::new(0xf6, 0xf5, 0xf2);
const DARK: Colour = Colour::new(0x1e, 0x1e, 0x23);

pub(super) fn routes() -> Router<App> {
    Router::new().route("/{at_handle}/look.css", get(look))
}

/// The colours that follow from a stage's accent.
pub(in crate::web) struct Accent {
    /// As the owner chose it.
    pub(in crate::web) accent: Colour,
    /// For words on it.
    pub(in crate::web) on_accent: Colour,
    /// For links on light cards.
    pub(in crate::web) link: Colour,
    /// For links on dark cards.
    pub(in crate::web) link_dark: Colour,
}

impl Accent {
    /// Of a colour as it is stored.
    pub(in crate::web) fn of(accent: &str) -> Self {
        let accent = Colour::parse(accent).unwrap_or(Colour::new(0x26, 0x32, 0x4a));
        Self { on_accent: accent.ink(), link: accent.readable_on(LIGHT), link_dark: accent.readable_on(DARK), accent }
    }
}

async fn look(State(app): State<App>, Path(at_handle): Path<String>, headers: HeaderMap) -> Response {
    let front = match Front::find(&app, &at_handle, &headers, None).await {
        Ok(front) => front,
        Err(refusal) => return refusal,
    };
    let Accent { accent, on_accent, link, link_dark } = Accent::of(&front.stage.accent);
    let css = format!(":root{{--accent:{accent};--on-accent:{on_accent};--link:{link};--link-dark:{link_dark}}}\n");
    // The address changes with the look.
    let headers = [
        (header::CONTENT_TYPE, "text/css; charset=utf-8"),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    (headers, css).into_response()
}
