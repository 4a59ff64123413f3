//! Files a browser needs, built in, under addresses that change with their content.

use std::sync::LazyLock;

use axum::{
    Router,
    extract::Path,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};
use tower_http::compression::CompressionLayer;

use crate::app::App;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../assets/static"]
struct Own;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../assets/vendor"]
struct Vendor;

/// Emoji of the house, the kiosk's own.
const EMOJI: &[u8] = include_bytes!("../../../assets/fonts/Twemoji.ttf");
const EMOJI_NAME: &str = "fonts/Twemoji.ttf";

/// Eight bytes of the hash of all files. One for all, because a style sheet names
/// its fonts by relative address and so gives them its own version.
static VERSION: LazyLock<String> = LazyLock::new(|| {
    let own = Own::iter().filter_map(|name| Some((name.clone(), Own::get(&name)?)));
    let vendor = Vendor::iter().filter_map(|name| Some((name.clone(), Vendor::get(&name)?)));
    let mut all = Sha256::new_with_prefix(EMOJI);
    for (name, file) in own.chain(vendor) {
        all.update(name.as_bytes());
        all.update(file.metadata.sha256_hash());
    }
    shared::hex::encode(&all.finalize()[..8])
});

/// Address of a built-in file, good for ever: `/static/<version>/litfass.css`.
pub fn address(name: &str) -> String {
    format!("/static/{}/{name}", *VERSION)
}

/// Address of the emoji of the house, a colour font (COLR version 0).
pub(super) fn emoji() -> String {
    address(EMOJI_NAME)
}

/// The version of all built-in files.
pub(super) fn version() -> &'static str {
    &VERSION
}

/// A built-in file of our own as text; empty when there is none.
pub(super) fn text(name: &str) -> String {
    Own::get(name).map_or_else(String::new, |file| String::from_utf8_lossy(&file.data).into_owned())
}

/// Our own built-in files under a folder, as text.
pub(super) fn texts(folder: &str) -> impl Iterator<Item = String> {
    Own::iter().filter(move |name| name.starts_with(folder)).map(|name| text(&name))
}

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/static/{version}/{*name}", get(file))
        .layer(CompressionLayer::new().br(true).gzip(true))
        .route("/favicon.ico", get(|| async { serve("favicon.ico", "public, max-age=86400") }))
}

async fn file(Path((version, name)): Path<(String, String)>) -> Response {
    // A page from before an update asks for the old version: it gets today's file, but not for ever.
    let cache = if version == *VERSION { "public, max-age=31536000, immutable" } else { "no-cache" };
    serve(&name, cache)
}

fn serve(name: &str, cache: &'static str) -> Response {
    let found = match name.strip_prefix("vendor/") {
        Some(name) => Vendor::get(name).map(|file| file.data),
        None if name == EMOJI_NAME => Some(EMOJI.into()),
        None if name.ends_with(".css") => Own::get(name).map(|_| joined(&text(name)).into_bytes().into()),
        None => Own::get(name).map(|file| file.data),
    };
    let Some(found) = found else { return StatusCode::NOT_FOUND.into_response() };
    let headers = [(header::CONTENT_TYPE, content_type(name)), (header::CACHE_CONTROL, cache)];
    (headers, found.into_owned()).into_response()
}

/// A style sheet with those inside that it imports from `vendor/`: a browser draws nothing before it has all of them, and
/// one that it must ask for late is the slowest.
fn joined(sheet: &str) -> String {
    let line = |line: &str| {
        let name = line.strip_prefix("@import \"vendor/").and_then(|rest| rest.strip_suffix("\";"));
        let imported = name.and_then(|name| Some((name.rsplit_once('/')?.0, Vendor::get(name)?)));
        imported.map_or_else(
            || line.to_owned(),
            |(folder, file)| String::from_utf8_lossy(&file.data).replace("url(./", &format!("url(vendor/{folder}/")),
        )
    };
    sheet.split('\n').map(line).collect::<Vec<_>>().join("\n")
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ttf") => "font/ttf",
        Some("woff2") => "font/woff2",
        Some("webmanifest") => "application/manifest+json",
        Some("ico") => "image/x-icon",
        _ => "text/plain; charset=utf-8",
    }
}

/// Whether there is a built-in file of this name.
#[cfg(test)]
pub(super) fn is_there(name: &str) -> bool {
    name.strip_prefix("vendor/").map_or_else(|| Own::get(name), Vendor::get).is_some()
}

#[cfg(test)]
mod tests {
    use super::{Own, Vendor, is_there, joined, text};

    #[test]
    fn every_file_that_pages_name_is_built_in() {
        for name in ["litfass.css", "litfass.js", "logo.svg", "favicon.svg", "favicon.ico", "robots.txt"] {
            assert!(Own::get(name).is_some(), "{name}");
        }
        for name in ["bootstrap/bootstrap.min.css", "htmx/htmx.min.js", "htmx/sse.min.js", "inter/inter.css"] {
            assert!(Vendor::get(name).is_some(), "vendor/{name}");
        }
    }

    #[test]
    fn a_sheet_has_inside_what_it_imports() {
        for name in ["litfass.css", "newsroom.css", "platform.css"] {
            let sheet = joined(&text(name));
            assert!(!sheet.contains("@import") && sheet.contains("--"), "{name}");
            let fonts: Vec<_> = sheet.split("url(").skip(1).filter_map(|rest| rest.split(')').next()).collect();
            let fonts: Vec<_> = fonts.into_iter().filter(|address| address.ends_with("woff2")).collect();
            assert!(fonts.len() > 5 && fonts.iter().all(|font| is_there(font)), "{name}: {fonts:?}");
        }
    }
}
