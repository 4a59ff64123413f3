//! Every file is where the map says, is listed, is short, and says what lives in it.

use std::{collections::BTreeSet, fs};

use super::{files, name, nothing_wrong, read, root};

const CRATES: &[&str] = &["controller", "kiosk", "shared", "tests"];

/// Longest file, in lines.
const LONGEST: usize = 400;

#[test]
fn every_file_says_what_it_is() {
    let all = CRATES.iter().flat_map(|krate| files(&root().join(krate), &["rs"]));
    let silent = all.filter(|file| !read(file).starts_with("//!"));
    nothing_wrong(&silent.map(|file| format!("{}: no `//!` line at the top", name(&file))).collect::<Vec<_>>());
}

#[test]
fn no_file_is_too_long() {
    let mut all: Vec<_> = CRATES.iter().flat_map(|krate| files(&root().join(krate), &["rs", "sql"])).collect();
    all.extend(files(&root().join("assets/templates"), &["html", "txt", "xml", "svg"]));
    all.extend(files(&root().join("assets/static"), &["js"]));
    let long = all.into_iter().map(|file| (read(&file).lines().count(), file)).filter(|(lines, _)| *lines > LONGEST);
    nothing_wrong(&long.map(|(lines, file)| format!("{}: {lines} lines", name(&file))).collect::<Vec<_>>());
}

#[test]
fn no_merge_is_left_half_done() {
    let kinds = ["rs", "sql", "md", "toml", "ftl", "html", "css", "js", "wgsl", "txt", "service", "conf"];
    let folders = CRATES.iter().copied().chain(["assets", "systemd"]);
    let mut all: Vec<_> = folders.flat_map(|folder| files(&root().join(folder), &kinds)).collect();
    let flat = [root(), root().join(".ci")].map(|folder| fs::read_dir(folder).unwrap());
    all.extend(flat.into_iter().flatten().map(|entry| entry.unwrap().path()).filter(|path| path.is_file()));
    all.retain(|file| !name(file).contains("/vendor/"));
    let marks = ["<<<<<<< ", ">>>>>>> "];
    let halves =
        all.iter().filter(|file| read(file).lines().any(|line| marks.iter().any(|mark| line.starts_with(mark))));
    nothing_wrong(&halves.map(|file| format!("{}: two versions in one", name(file))).collect::<Vec<_>>());
}

#[test]
fn the_top_level_is_fixed() {
    const FOLDERS: &[&str] = &["assets", "controller", "kiosk", "shared", "systemd", "tests"];
    const FILES: &[&str] = &[
        "ARCHITECTURE.md",
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        "Cargo.lock",
        "Cargo.toml",
        "LICENSE",
        "Makefile",
        "PRIVACY.md",
        "README.md",
        "SECURITY.md",
        "clippy.toml",
        "rustfmt.toml",
    ];
    let ignored = read(&root().join(".gitignore"));
    let ignored: BTreeSet<_> = ignored.lines().map(|line| line.trim_matches('/')).collect();
    let mut wrong = Vec::new();
    for entry in fs::read_dir(root()).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().to_string_lossy().into_owned();
        let known = if entry.path().is_dir() { FOLDERS } else { FILES };
        if !name.starts_with('.') && !ignored.contains(name.as_str()) && !known.contains(&name.as_str()) {
            wrong.push(format!("{name}: not on the top level"));
        }
    }
    let missing = FOLDERS.iter().chain(FILES).filter(|name| !root().join(name).exists());
    wrong.extend(missing.map(|name| format!("{name}: missing")));
    nothing_wrong(&wrong);
}

#[test]
fn migrations_are_numbered_without_gaps() {
    let folder = root().join("controller/migrations");
    let mut steps = BTreeSet::new();
    let mut own = [BTreeSet::new(), BTreeSet::new()];
    for file in files(&folder, &["sql"]) {
        let step = file.file_name().unwrap().to_string_lossy().into_owned();
        // A step that differs from one database to the other has the same name in both folders.
        match file.parent().unwrap().file_name().unwrap().to_str() {
            Some("sqlite") => drop(own[0].insert(step.clone())),
            Some("postgres") => drop(own[1].insert(step.clone())),
            _ => assert!(!steps.contains(&step[..4]), "{step}: twice"),
        }
        steps.insert(step[..4].to_owned());
    }
    assert_eq!(own[0], own[1]);
    let expected: BTreeSet<_> = (1..=steps.len()).map(|step| format!("{step:04}")).collect();
    assert_eq!(steps, expected);
}

#[test]
fn documents_name_real_places() {
    let mut wrong = Vec::new();
    let mut documents = files(&root().join("assets"), &["md"]);
    documents.retain(|file| !name(file).contains("/vendor/"));
    let top = fs::read_dir(root()).unwrap().map(|entry| entry.unwrap().path());
    documents.extend(top.filter(|path| path.extension().is_some_and(|e| e == "md")));
    for document in documents {
        let text = read(&document);
        // Blocks of commands are for shells, not for the map.
        let prose: String = text.split("```").step_by(2).collect();
        for place in prose.split('`').skip(1).step_by(2).filter(|quoted| is_place(quoted)) {
            if !root().join(place).exists() {
                wrong.push(format!("{}: `{place}` does not exist", name(&document)));
            }
        }
    }
    nothing_wrong(&wrong);
}

/// Tells a path of the repository from an address, a command or a pattern.
fn is_place(quoted: &str) -> bool {
    const STARTS: &[&str] = &["assets/", "controller/", "kiosk/", "shared/", "systemd/", "tests/", ".ci/"];
    STARTS.iter().any(|start| quoted.starts_with(start)) && !quoted.contains([' ', '*', '{', '<', '…'])
}

#[test]
fn no_file_is_compiled_by_nobody() {
    let mut lost = Vec::new();
    let sources = ["controller/src", "kiosk/src", "shared/src", "tests/src", "tests/tests/all", "tests/benches"];
    for src in sources.map(|folder| root().join(folder)) {
        for file in files(&src, &["rs"]) {
            let folder = file.parent().unwrap();
            let stem = file.file_stem().unwrap().to_str().unwrap();
            let (module, parent) = match stem {
                "main" | "lib" => continue,
                "mod" => (folder.file_name().unwrap().to_str().unwrap(), folder.parent().unwrap()),
                stem => (stem, folder),
            };
            // A folder's list stands inside it or beside it.
            let beside = parent.with_extension("rs");
            let lists = ["mod.rs", "lib.rs", "main.rs"].map(|list| parent.join(list)).into_iter().chain([beside]);
            let listed = lists.filter_map(|list| fs::read_to_string(list).ok()).any(|text| lists_module(&text, module));
            if !listed {
                lost.push(format!("{}: no list names it", name(&file)));
            }
        }
    }
    nothing_wrong(&lost);
}

/// Finds `mod name;`, or `name,` and `name: Type` in the list of a macro.
fn lists_module(text: &str, module: &str) -> bool {
    text.lines().map(str::trim).any(|line| {
        line.ends_with(&format!("mod {module};"))
            || line == format!("{module},")
            || line.starts_with(&format!("{module}: "))
    })
}
