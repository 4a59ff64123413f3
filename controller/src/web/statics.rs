//! Files a browser needs, built in, under addresses that change with their content.

use std::{collections::HashMap, sync::LazyLock};

use axum::{
    Router,
    extract::Path,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use rust_embed::RustEmbed;

use crate::app::App;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../assets/static"]
struct Own;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../assets/vendor"]
struct Vendor;

/// Eight bytes of each file's hash, by its name (`litfass.css`, `vendor/htmx/htmx.min.js`).
static VERSIONS: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    let own = Own::iter().filter_map(|name| Some((name.to_string(), Own::get(&name)?)));
    let vendor = Vendor::iter().filter_map(|name| Some((format!("vendor/{name}"), Vendor::get(&name)?)));
    own.chain(vendor).map(|(name, file)| (name, shared::hex::encode(&file.metadata.sha256_hash()[..8]))).collect()
});

/// Address of a built-in file, good for ever: `/static/<version>/litfass.css`.
pub fn address(name: &str) -> String {
    match VERSIONS.get(name) {
        Some(version) => format!("/static/{version}/{name}"),
        None => format!("/static/-/{name}"),
    }
}

pub(super) fn routes() -> Router<App> {
    Router::new().route("/static/{version}/{*name}", get(file))
}

async fn file(Path((version, name)): Path<(String, String)>) -> Response {
    let found = match name.strip_prefix("vendor/") {
        Some(name) => Vendor::get(name),
        None => Own::get(&name),
    };
    let Some(found) = found else { return StatusCode::NOT_FOUND.into_response() };
    // A page from before an update asks for the old version: it gets today's file, but not for ever.
    let current = VERSIONS.get(&name).is_some_and(|known| *known == version);
    let cache = if current { "public, max-age=31536000, immutable" } else { "no-cache" };
    let headers = [
        (header::CONTENT_TYPE, content_type(&name)),
        (header::CACHE_CONTROL, cache),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (headers, found.data.into_owned()).into_response()
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("woff2") => "font/woff2",
        Some("webmanifest") => "application/manifest+json",
        Some("ico") => "image/x-icon",
        _ => "text/plain; charset=utf-8",
    }
}
