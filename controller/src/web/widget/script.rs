//! The widget's script: put together once, under an address that stays and one that changes with every version.

use std::{collections::BTreeMap, sync::LazyLock};

use axum::{
    Router,
    extract::Path,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use base64::{Engine, prelude::BASE64_STANDARD};
use sha2::{Digest, Sha384};

use super::SHARED;
use crate::{
    app::App,
    tools::{
        pictures::sha256,
        words::{self, Language},
    },
    web::{packed::Packed, statics},
};

/// Pages that name no version get the newest within five minutes.
const SHORT: &str = "public, max-age=300";
const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// Its parts, in this order.
const PARTS: [&str; 5] = ["start", "parts", "news", "follows", "wall"];

/// Everything it says.
const KEYS: [&str; 15] = [
    "widget.wall",
    "widget.all",
    "widget.arrived",
    "widget.follow",
    "widget.follow_hint",
    "widget.following",
    "widget.more",
    "widget.new",
    "widget.next",
    "widget.nothing",
    "widget.original",
    "widget.pause",
    "widget.play",
    "widget.previous",
    "widget.window",
];

pub(super) fn routes() -> Router<App> {
    Router::new().route("/widget.js", get(newest)).route("/widget/{file}", get(version))
}

/// A version of the script.
struct Script {
    packed: Packed,
    /// Name of its file, which is its hash.
    file: String,
    /// For the attribute `integrity`.
    integrity: String,
}

static NEWEST: LazyLock<Script> = LazyLock::new(|| Script::new(compose().into_bytes()));

/// Those that came before. A name that is not its hash was never given to anybody.
static KEPT: LazyLock<Vec<Script>> =
    LazyLock::new(|| statics::texts("widget/kept/").map(|text| Script::new(text.into_bytes())).collect());

/// Address of the newest version, good for ever, and what its bytes are.
pub(super) fn pinned() -> (String, &'static str) {
    (format!("/widget/{}", NEWEST.file), &NEWEST.integrity)
}

impl Script {
    fn new(body: Vec<u8>) -> Self {
        Self {
            file: format!("{}.js", &sha256(&body)[..16]),
            integrity: format!("sha384-{}", BASE64_STANDARD.encode(Sha384::digest(&body))),
            packed: Packed::new(body),
        }
    }

    fn answer(&self, asked: &HeaderMap, cache: &'static str) -> Response {
        let said = [
            (header::CONTENT_TYPE, HeaderValue::from_static("text/javascript; charset=utf-8")),
            (header::CACHE_CONTROL, HeaderValue::from_static(cache)),
        ];
        let mut response = self.packed.answer(asked, said);
        response.headers_mut().extend(SHARED);
        response
    }
}

async fn newest(asked: HeaderMap) -> Response {
    NEWEST.answer(&asked, SHORT)
}

/// The newest version, or one that a page of others still names: they are kept in `assets/static/widget/kept`.
async fn version(Path(file): Path<String>, asked: HeaderMap) -> Response {
    if file == NEWEST.file {
        return NEWEST.answer(&asked, FOR_EVER);
    }
    match KEPT.iter().find(|kept| kept.file == file) {
        Some(kept) => kept.answer(&asked, FOR_EVER),
        None => (StatusCode::NOT_FOUND, SHARED, [(header::CACHE_CONTROL, "no-store")]).into_response(),
    }
}

/// Puts the parts together, with the words and the style; notes for readers stay here.
fn compose() -> String {
    let parts: String = PARTS.iter().map(|part| bare(&statics::text(&format!("widget/{part}.js")))).collect();
    let style = plain(&statics::text("widget/wall.css"));
    let json = |text: &str| serde_json::to_string(text).unwrap_or_default();
    let parts = parts.replacen("\"@style\"", &json(&style), 1).replacen("\"@words\"", &said(), 1);
    format!("/*! Litfass, AGPL-3.0-or-later */\n(() => {{\n\"use strict\";\n{parts}}})();\n")
}

/// A script without notes and indentation. No text in it goes over more than one line.
fn bare(script: &str) -> String {
    let lines = script.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//"));
    lines.fold(String::new(), |all, line| all + line + "\n")
}

/// A style sheet without notes, in one line.
fn plain(style: &str) -> String {
    let mut pieces = style.split("/*");
    let first = pieces.next().unwrap_or_default().to_owned();
    let style = pieces.filter_map(|piece| piece.split_once("*/")).fold(first, |all, (_, rest)| all + rest);
    style.lines().map(str::trim).collect()
}

/// What it says in each language, as JSON. Names are filled in by the script.
fn said() -> String {
    let values = [("name", "{name}".into()), ("host", "{host}".into())];
    let of = |language: Language| {
        let key = |key: &'static str| (key.trim_start_matches("widget."), words::say(language, key, &values));
        KEYS.map(key).into_iter().collect::<BTreeMap<_, _>>()
    };
    let all: BTreeMap<_, _> = Language::ALL.iter().map(|language| (language.code(), of(*language))).collect();
    serde_json::to_string(&all).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{bare, compose, plain};

    #[test]
    fn the_script_is_whole_and_bare() {
        let script = compose();
        for part in ["litfass-wall", "Alle Beitr", ":host", "new EventSource", "class Wall"] {
            assert!(script.contains(part), "{part}");
        }
        for left in ["@words", "@style", "\n//", "\n  "] {
            assert!(!script.contains(left), "{left:?}");
        }
    }

    #[test]
    fn notes_and_indentation_go_and_nothing_else() {
        assert_eq!(bare("// why\n  a(\"// b\");\n\n"), "a(\"// b\");\n");
        assert_eq!(plain("/* why\n not */\n.a { b: c; }\n.d > e {\n  f: g;\n}\n"), ".a { b: c; }.d > e {f: g;}");
    }
}
