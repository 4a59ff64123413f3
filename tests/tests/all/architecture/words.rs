//! Texts for people: the same keys in every language, every used key there, none unused.

use std::collections::{BTreeMap, BTreeSet};

use super::{files, name, nothing_wrong, read, root};

const LANGUAGES: &[&str] = &["de", "en"];

/// The texts of one program.
struct Words {
    /// Below `assets/translations`, where `*` is the language.
    place: &'static str,
    /// Who says them.
    sources: &'static [&'static str],
    /// Keys begin with the room, and every quoted text that begins so has to be a key.
    rooms: bool,
}

const CONTROLLER: Words =
    Words { place: "*", sources: &["controller/src", "shared/src", "assets/templates"], rooms: true };
const KIOSK: Words = Words { place: "kiosk/*.ftl", sources: &["kiosk/src"], rooms: false };

impl Words {
    /// Keys of a language, with dots, and the values each text wants.
    fn texts(&self, language: &str) -> BTreeMap<String, BTreeSet<String>> {
        let place = root().join("assets/translations").join(self.place.replace('*', language));
        let all = if place.is_file() { vec![place] } else { files(&place, &["ftl"]) };
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

    /// Every quoted text that could be a key: `accounts.mail.taken`, or with a gap, `slides.{kind}.name`.
    fn quoted(&self) -> BTreeMap<String, String> {
        let mut found = BTreeMap::new();
        for file in self.sources.iter().flat_map(|folder| files(&root().join(folder), &["rs", "html", "txt", "xml"])) {
            for text in strings(&read(&file)) {
                let text = if self.rooms { text } else { text.replace('-', ".") };
                let mut parts = text.split('.');
                if (!self.rooms || text.contains('.')) && parts.all(|part| !part.is_empty() && part.chars().all(in_key))
                {
                    found.insert(text, name(&file));
                }
            }
        }
        found
    }
}

fn is_id(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_')
}

fn in_key(c: char) -> bool {
    c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '{' | '}')
}

/// Everything between two quotation marks on one line.
fn strings(text: &str) -> Vec<String> {
    let lines = text.lines().filter(|line| !["//", "{#"].iter().any(|note| line.trim_start().starts_with(note)));
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
    let mut wrong = Vec::new();
    for words in [CONTROLLER, KIOSK] {
        let all: Vec<_> = LANGUAGES.iter().map(|language| (language, words.texts(language))).collect();
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
    }
    nothing_wrong(&wrong);
}

#[test]
fn every_text_is_there_and_none_is_unused() {
    let mut wrong = Vec::new();
    for words in [CONTROLLER, KIOSK] {
        let texts = words.texts(LANGUAGES[0]);
        let rooms: BTreeSet<_> = texts.keys().filter_map(|key| key.split('.').next()).collect();
        let quoted = words.quoted();
        for (text, file) in quoted.iter().filter(|(text, _)| words.rooms && !text.contains('{')) {
            let (room, rest) = text.split_once('.').unwrap_or_default();
            if rooms.contains(room) && !texts.contains_key(text) && !is_file_name(rest) {
                wrong.push(format!("{file}: no text for `{text}`"));
            }
        }
        for key in texts.keys().filter(|key| !quoted.keys().any(|text| fits(text, key))) {
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
