//! The script of infoscreens: put together once from its modules in `assets/static/screen`, under an address that is its hash.

use std::{collections::BTreeSet, sync::LazyLock};

use axum::{
    Router,
    extract::Path,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};

use super::words;
use crate::{
    app::App,
    tools::pictures::sha256,
    web::{packed::Packed, statics},
};

const FOR_EVER: &str = "public, max-age=31536000, immutable";
const SCRIPT: &str = "text/javascript; charset=utf-8";
const STYLE: &str = "text/css; charset=utf-8";
/// What everything else is imported from.
const FIRST: &str = "start.js";

pub(super) fn routes() -> Router<App> {
    Router::new().route("/screen/worker.js", get(worker)).route("/screen/{file}", get(file))
}

/// A file under its hash.
struct File {
    name: String,
    kind: &'static str,
    packed: Packed,
}

impl File {
    fn new(text: String, end: &str, kind: &'static str) -> Self {
        let body = text.into_bytes();
        Self { name: format!("{}.{end}", &sha256(&body)[..16]), kind, packed: Packed::new(body) }
    }
}

static FILES: LazyLock<[File; 2]> = LazyLock::new(|| {
    let style = statics::text("screen/screen.css").replacen("@emoji", &statics::emoji(), 1);
    [File::new(compose(), "js", SCRIPT), File::new(style, "css", STYLE)]
});
static WORKER: LazyLock<Packed> = LazyLock::new(|| Packed::new(statics::text("screen/worker.js").into_bytes()));

/// Address of the script.
pub(super) fn script() -> String {
    format!("/screen/{}", FILES[0].name)
}

/// Address of the style.
pub(super) fn style() -> String {
    format!("/screen/{}", FILES[1].name)
}

async fn file(Path(name): Path<String>, asked: HeaderMap) -> Response {
    let Some(file) = FILES.iter().find(|file| file.name == name) else {
        return (StatusCode::NOT_FOUND, [(header::CACHE_CONTROL, "no-store")]).into_response();
    };
    let said = [
        (header::CONTENT_TYPE, HeaderValue::from_static(file.kind)),
        (header::CACHE_CONTROL, HeaderValue::from_static(FOR_EVER)),
    ];
    file.packed.answer(&asked, said)
}

/// What answers while there is no network. It may look after pages of stages alone, of which each asks for its own.
async fn worker(asked: HeaderMap) -> Response {
    let said = [
        (header::CONTENT_TYPE, HeaderValue::from_static(SCRIPT)),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-cache")),
        (HeaderName::from_static("service-worker-allowed"), HeaderValue::from_static("/@")),
    ];
    WORKER.answer(&asked, said)
}

/// Every module once, after those it imports from, each in a scope of its own; with the words, without notes.
fn compose() -> String {
    let (mut seen, mut all) = (BTreeSet::new(), String::new());
    add(FIRST, &mut seen, &mut all);
    let all = all.replacen("\"@words\"", &words::json(), 1);
    format!("/*! Litfass, AGPL-3.0-or-later */\n(function () {{\n\"use strict\";\n{all}}})();\n")
}

fn add(path: &str, seen: &mut BTreeSet<String>, all: &mut String) {
    if !seen.insert(path.to_owned()) {
        return;
    }
    let (mut body, mut exports) = (String::new(), Vec::new());
    for line in statics::text(&format!("screen/{path}")).lines().map(str::trim) {
        if line.is_empty() || line.starts_with("//") {
            continue;
        }
        if let Some((names, from)) = imported(line) {
            let from = beside(path, from);
            add(&from, seen, all);
            body += &format!("const {names} = {};\n", scope(&from));
            continue;
        }
        let line = line.strip_prefix("export ").inspect(|rest| exports.extend(declared(rest))).unwrap_or(line);
        body += line;
        body.push('\n');
    }
    *all += &format!("const {} = (function () {{\n{body}return {{ {} }};\n}})();\n", scope(path), exports.join(", "));
}

/// `{ a, b }` and `./c.js` of `import { a, b } from "./c.js";`.
fn imported(line: &str) -> Option<(&str, &str)> {
    let (names, from) = line.strip_prefix("import ")?.split_once(" from ")?;
    Some((names, from.trim_end_matches(';').trim_matches('"')))
}

/// What a declaration gives a name to.
fn declared(line: &str) -> Option<String> {
    let rest = ["const ", "function ", "class ", "async function "].iter().find_map(|word| line.strip_prefix(word))?;
    Some(rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect())
}

/// Where a module lies that one beside it names: `./a.js`, `../a.js`, `./slides/a.js`.
fn beside(path: &str, name: &str) -> String {
    let mut parts: Vec<_> = path.split('/').collect();
    parts.pop();
    for part in name.split('/') {
        match part {
            "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

fn scope(path: &str) -> String {
    format!("in_{}", path.trim_end_matches(".js").replace('/', "_"))
}

#[cfg(test)]
mod tests {
    use super::{beside, compose, declared, imported};
    use crate::web::statics;

    #[test]
    fn the_script_is_whole_and_bare() {
        let script = compose();

        for part in ["in_programme", "in_slides_post", "new EventSource", "Weiterlesen", "Opens today at {time}"] {
            assert!(script.contains(part), "{part}");
        }
        for left in ["@words", "\n//", "\n  ", "import ", "\nexport "] {
            assert!(!script.contains(left), "{left:?}");
        }
        let slides = statics::text("screen/slides.js");
        for kind in shared::slides::TYPES {
            assert!(slides.contains(kind.name), "a browser draws {}, too", kind.name);
        }
    }

    #[test]
    fn modules_find_each_other() {
        assert_eq!(imported("import { a, b } from \"../c.js\";"), Some(("{ a, b }", "../c.js")));
        assert_eq!(beside("slides/post.js", "../copy.js"), "copy.js");
        assert_eq!(beside("slides.js", "./slides/post.js"), "slides/post.js");
        assert_eq!(declared("async function load() {").as_deref(), Some("load"));
        assert_eq!(declared("const post = {").as_deref(), Some("post"));
    }
}
