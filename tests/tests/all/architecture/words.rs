//! Texts for people: the same keys in every language, every used key there, none unused.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use super::{files, name, nothing_wrong, read, root};

const LANGUAGES: &[&str] = &["de", "en"];

/// Keys of a language, with dots, and the values each text wants.
fn texts(language: &str) -> BTreeMap<String, BTreeSet<String>> {
    let folder = root().join("assets/translations");
    let mut all = files(&folder.join(language), &["ftl"]);
    all.extend([folder.join(format!("{language}.ftl"))].into_iter().filter(|file| file.exists()));
    let mut texts: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for file in all {
        let mut key = String::new();
        for line in read(&file).lines().filter(|line| !line.starts_with('#')) {
            if let Some((id, _)) = line.split_once(" =").filter(|(id, _)| is_id(id)) {
                key = id.replace('-', ".");
                assert!(!texts.contains_key(&key), "{}: `{key}` twice", name(&file));
                texts.insert(key.clone(), BTreeSet::new());
            }
            for value in line.split('$').skip(1) {
                let value = value.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                texts.entry(key.clone()).or_default().insert(value);
            }
        }
    }
    texts
}

fn is_id(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_')
}

/// Every quoted text in code and templates that could be a key: `accounts.mail.taken`, or with a gap, `slides.{kind}.name`.
fn quoted() -> BTreeMap<String, String> {
    let sources = ["controller/src", "kiosk/src", "shared/src", "assets/templates"];
    let mut found = BTreeMap::new();
    for file in sources.iter().flat_map(|folder| files(&root().join(folder), &["rs", "html", "txt", "xml"])) {
        for text in strings(&read(&file)) {
            let mut parts = text.split('.');
            let fits = parts.clone().count() > 1 && parts.all(|part| !part.is_empty() && part.chars().all(in_key));
            if fits {
                found.insert(text, name(&file));
            }
        }
    }
    found
}

fn in_key(c: char) -> bool {
    c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '{' | '}')
}

/// Everything between two quotation marks on one line.
fn strings(text: &str) -> Vec<String> {
    let lines = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    // Attributes of templates nest keys in quotes of either kind; each split finds some of them.
    lines.flat_map(|line| line.split(['"', '\'', '`']).map(str::to_owned)).collect()
}

/// Tells whether a key fits a quoted text, where a gap stands for part of a word.
fn fits(quoted: &str, key: &str) -> bool {
    let Some((start, rest)) = quoted.split_once('{') else { return quoted == key };
    let Some(rest_of_key) = key.strip_prefix(start) else { return false };
    let Some((_, end)) = rest.split_once('}') else { return false };
    (0..=rest_of_key.len()).any(|at| rest_of_key.is_char_boundary(at) && fits(end, &rest_of_key[at..]))
}

#[test]
fn every_language_has_the_same_texts_with_the_same_values() {
    let all: Vec<_> = LANGUAGES.iter().map(|language| (language, texts(language))).collect();
    let mut wrong = Vec::new();
    for (language, texts) in &all {
        for (other, others) in all.iter().filter(|(other, _)| other != language) {
            for (key, values) in texts {
                match others.get(key) {
                    None => wrong.push(format!("`{key}` is in {language} but not in {other}")),
                    Some(theirs) if theirs != values => {
                        wrong.push(format!("`{key}` takes {values:?} in {language} and {theirs:?} in {other}"));
                    }
                    Some(_) => {}
                }
            }
        }
    }
    nothing_wrong(&wrong);
}

#[test]
fn every_text_is_there_and_none_is_unused() {
    let texts = texts(LANGUAGES[0]);
    let rooms: BTreeSet<_> = texts.keys().filter_map(|key| key.split('.').next()).collect();
    let quoted = quoted();
    let mut wrong = Vec::new();
    for (text, file) in quoted.iter().filter(|(text, _)| !text.contains('{')) {
        let (room, rest) = text.split_once('.').unwrap_or_default();
        let is_file = Path::new(rest).extension().is_some() && root().join("assets/static").join(text).exists();
        if rooms.contains(room) && !texts.contains_key(text) && !is_file && !is_file_name(rest) {
            wrong.push(format!("{file}: no text for `{text}`"));
        }
    }
    for key in texts.keys() {
        if !quoted.keys().any(|text| fits(text, key)) {
            wrong.push(format!("nobody says `{key}`"));
        }
    }
    nothing_wrong(&wrong);
}

/// `stage.html` is a template, not a text of the room `stage`.
fn is_file_name(rest: &str) -> bool {
    ["html", "txt", "xml", "svg", "css", "js", "png", "webp", "json", "toml", "db", "ttf", "otf"].contains(&rest)
}

#[test]
fn gaps_stand_for_words() {
    assert!(fits("slides.{kind}.name", "slides.post.name"));
    assert!(fits("errors.{0}", "errors.xsrf"));
    assert!(!fits("slides.{kind}.name", "slides.post.text"));
    assert!(!fits("slides.post", "slides.post.name"));
}
