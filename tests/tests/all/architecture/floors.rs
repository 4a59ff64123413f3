//! Stairs only go down, and libraries stay in their rooms.

use std::{collections::BTreeSet, path::Path};

use super::{code, files, name, nothing_wrong, read, root};

/// Floors of the controller, top first. A module may use what stands on a lower
/// floor, never its own floor's neighbours and never a higher floor.
const CONTROLLER: &[&[&str]] = &[
    &["main", "commands"],
    &["web", "jobs"],
    &["features"],
    &["app"],
    &["store", "networks", "services"],
    &["config", "tools"],
];

/// Floors of the kiosk, top first. The link stands above the library, because what it fetches goes there.
const KIOSK: &[&[&str]] = &[
    &["main", "screens"],
    &["slides"],
    &["stage"],
    &["player"],
    &["link"],
    &["library", "health"],
    &["settings", "tools"],
];

/// Libraries that may appear in some rooms only: crate, library, rooms.
const KEPT_IN: &[(&str, &str, &[&str])] = &[
    ("controller", "axum", &["web", "commands"]),
    ("controller", "sqlx", &["store"]),
    ("controller", "reqwest", &["networks", "services", "tools"]),
    ("kiosk", "reqwest", &["link", "library"]),
    ("kiosk", "tokio", &["link", "library"]),
    ("kiosk", "tokio_tungstenite", &["link"]),
    ("kiosk", "gstreamer", &["stage/film"]),
    ("kiosk", "gstreamer_app", &["stage/film"]),
    ("kiosk", "gstreamer_video", &["stage/film"]),
    ("kiosk", "bevy", &["main", "screens", "slides", "stage", "player"]),
];

/// Libraries a whole crate must do without.
const NEVER: &[(&str, &[&str])] = &[
    ("controller", &["bevy", "kiosk", "litfass-kiosk", "parley"]),
    ("kiosk", &["axum", "controller", "litfass-controller", "sqlx", "askama"]),
];

/// First module name below `src`: `web/topics.rs` gives `web`.
fn module(src: &Path, file: &Path) -> String {
    let inside = file.strip_prefix(src).unwrap();
    let first = inside.iter().next().unwrap().to_str().unwrap();
    first.trim_end_matches(".rs").to_owned()
}

/// Names that follow `crate::`, also inside `crate::{a, b::c}`.
fn uses(text: &str) -> BTreeSet<String> {
    let word = |text: &str| text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let mut names = BTreeSet::new();
    for (at, path) in text.match_indices("crate::") {
        let rest = &text[at + path.len()..];
        let Some(group) = rest.strip_prefix('{') else {
            names.insert(word(rest));
            continue;
        };
        let (mut depth, mut fresh) = (0_i32, true);
        for (at, c) in group.char_indices() {
            match c {
                '{' => depth += 1,
                '}' if depth == 0 => break,
                '}' => depth -= 1,
                ',' if depth == 0 => fresh = true,
                _ if depth == 0 && fresh && c.is_alphanumeric() => {
                    names.insert(word(&group[at..]));
                    fresh = false;
                }
                _ => {}
            }
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

/// How many times `super::` may be said in a file before it stands at the root of the crate.
fn depth(src: &Path, file: &Path) -> usize {
    let inside = file.strip_prefix(src).unwrap();
    inside.iter().count() - usize::from(inside.ends_with("mod.rs"))
}

fn wrong_stairs(krate: &str, floors: &[&[&str]]) -> Vec<String> {
    let src = root().join(krate).join("src");
    let floor = |name: &str| floors.iter().position(|floor| floor.contains(&name));
    let mut wrong = Vec::new();
    for file in files(&src, &["rs"]) {
        let from = module(&src, &file);
        if from == "lib" {
            continue;
        }
        let code = code(&file);
        let Some(here) = floor(&from) else {
            wrong.push(format!("{}: give module `{from}` a floor", name(&file)));
            continue;
        };
        for to in uses(&code).into_iter().filter(|to| *to != from) {
            match floor(&to) {
                Some(there) if there > here => {}
                Some(_) => wrong.push(format!("{}: `{from}` must not use `{to}`", name(&file))),
                None => wrong.push(format!("{}: `crate::{to}` has no floor", name(&file))),
            }
        }
        if code.contains(&"super::".repeat(depth(&src, &file))) {
            wrong.push(format!("{}: says `super` up to the root: say `crate`", name(&file)));
        }
    }
    wrong
}

#[test]
fn stairs_of_the_controller_go_down() {
    nothing_wrong(&wrong_stairs("controller", CONTROLLER));
}

#[test]
fn stairs_of_the_kiosk_go_down() {
    nothing_wrong(&wrong_stairs("kiosk", KIOSK));
}

#[test]
fn libraries_stay_in_their_rooms() {
    let mut wrong = Vec::new();
    for (krate, library, rooms) in KEPT_IN {
        let src = root().join(krate).join("src");
        for file in files(&src, &["rs"]) {
            let from = module(&src, &file);
            let inside = file.strip_prefix(&src).unwrap();
            let at_home = rooms.iter().any(|room| from == *room || inside.starts_with(room));
            if mentions(&code(&file), library) && !at_home {
                wrong.push(format!("{}: `{library}` belongs in {rooms:?}", name(&file)));
            }
        }
    }
    for (krate, libraries) in NEVER {
        let manifest = read(&root().join(krate).join("Cargo.toml"));
        for line in manifest.lines() {
            let library = line.split(['.', ' ', '=']).next().unwrap_or_default();
            if libraries.contains(&library) {
                wrong.push(format!("{krate}/Cargo.toml: no `{library}` here"));
            }
        }
    }
    nothing_wrong(&wrong);
}

/// Finds `library::`, but not `other_library::`.
fn mentions(code: &str, library: &str) -> bool {
    code.match_indices(&format!("{library}::"))
        .any(|(at, _)| !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':'))
}

#[test]
fn shared_knows_no_clock_no_file_and_no_socket() {
    const LIBRARIES: &[&str] = &["serde", "serde_json"];
    const WORDS: &[&str] =
        &["SystemTime", "Instant::now", "std::fs", "std::net", "std::env", "std::process", "std::thread", "async fn"];
    let mut wrong = Vec::new();
    let manifest = read(&root().join("shared/Cargo.toml"));
    let dependencies = manifest.split_once("[dependencies]").map_or("", |(_, rest)| rest);
    for line in dependencies.lines().take_while(|line| !line.starts_with('[')) {
        let library = line.split(['.', ' ', '=']).next().unwrap_or_default();
        if !library.is_empty() && !library.starts_with('#') && !LIBRARIES.contains(&library) {
            wrong.push(format!("shared/Cargo.toml: must not depend on `{library}`"));
        }
    }
    for file in files(&root().join("shared/src"), &["rs"]) {
        let code = code(&file);
        for word in WORDS.iter().filter(|word| code.contains(**word)) {
            wrong.push(format!("{}: `{word}` does not belong in `shared`", name(&file)));
        }
    }
    nothing_wrong(&wrong);
}

#[test]
fn groups_of_names_are_read_right() {
    let text = "use crate::{app::{App, Doors}, store, tools::clock::Clock}; crate::web::site();";
    let names = uses(text).into_iter().collect::<Vec<_>>();
    assert_eq!(names, ["app", "store", "tools", "web"]);
}
