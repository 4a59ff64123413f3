//! The routes of the program, read from its source, so that none can be added and forgotten.

use std::{collections::BTreeSet, fs, path::Path};

use harness::root;

const METHODS: &[&str] = &["get", "post", "put", "patch", "delete", "head", "options", "any"];

/// Every route as `GET /path/{id}`.
pub(crate) fn all() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    collect(&root().join("controller/src/web"), &mut found);
    found
}

fn collect(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.extend(of_source(&fs::read_to_string(&path).unwrap()));
        }
    }
}

/// The routes that one file adds.
fn of_source(source: &str) -> Vec<String> {
    let program = source.split("\n#[cfg(test)]").next().unwrap_or_default();
    for hidden in [".nest(", ".nest_service(", ".route_service(", ".method_not_allowed_fallback("] {
        assert!(!program.contains(hidden), "{hidden}…): write `.route(\"…\", …)`, which this test can read");
    }
    let mut routes = described(program);
    for (at, call) in program.match_indices(".route(") {
        let inside = argument(&program[at + call.len()..]);
        let (path, handlers) = inside.split_once(',').expect("a path and its handlers");
        let path = match path.trim().strip_prefix('"') {
            Some(literal) => literal.trim_end_matches('"').to_owned(),
            None => constant(program, path.trim()),
        };
        let methods = methods(handlers);
        assert!(!methods.is_empty(), "no method in {inside}");
        routes.extend(methods.iter().map(|method| format!("{} {path}", method.to_uppercase())));
    }
    routes
}

/// The routes that say themselves where they are: `#[utoipa::path(get, path = "/api/…", …)]`.
pub(crate) fn described(program: &str) -> Vec<String> {
    let calls = program.match_indices("#[utoipa::path(").map(|(at, call)| argument(&program[at + call.len()..]));
    let route = |inside: &str| {
        let method = inside.split(',').next().unwrap_or_default().trim();
        let path = inside.split_once("path = \"").expect("a path").1.split('"').next().unwrap_or_default();
        format!("{} {path}", method.to_uppercase())
    };
    calls.map(route).collect()
}

/// The text up to the parenthesis that closes the call.
fn argument(text: &str) -> &str {
    let mut depth = 0;
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' if depth == 0 => return &text[..at],
            ')' => depth -= 1,
            _ => {}
        }
    }
    panic!("a call that never ends: {text}")
}

fn constant(program: &str, name: &str) -> String {
    let line = program.lines().find(|line| line.contains(&format!("const {name}: &str = \"")));
    let line = line.unwrap_or_else(|| panic!("the path {name} is neither written here nor a constant of its file"));
    line.split('"').nth(1).unwrap().to_owned()
}

/// Calls outside every parenthesis: of `get(a).post(b(c))` these are `get` and `post`.
fn methods(handlers: &str) -> Vec<&'static str> {
    let (mut depth, mut word, mut found) = (0_i32, String::new(), Vec::new());
    for c in handlers.chars() {
        if c == '(' && depth == 0 {
            found.extend(METHODS.iter().copied().find(|method| *method == word));
        }
        depth += i32::from("([{".contains(c)) - i32::from(")]}".contains(c));
        if c.is_alphanumeric() || c == '_' { word.push(c) } else { word.clear() }
    }
    found
}

#[test]
fn routes_are_read_from_a_source_as_it_is_written() {
    let source = r#"
        const HERE: &str = "/here";
        Router::new().route("/a/{id}", get(show).post(change)).route(HERE, get(|| async { get(HERE) }))
            .route(
                "/long/{id}",
                post(long),
            )
        #[utoipa::path(put, path = "/api/{id}", tag = "x", responses((status = 200, body = A)))]
        async fn put_it() {}
    "#;
    assert_eq!(of_source(source), ["PUT /api/{id}", "GET /a/{id}", "POST /a/{id}", "GET /here", "POST /long/{id}"]);
    let all = all();
    for known in ["GET /", "GET /dashboard/sessions", "GET /screens/v1/link", "POST /dashboard/stages/{stage_id}/look"]
    {
        assert!(all.contains(known), "{known} is not in {all:#?}");
    }
}
