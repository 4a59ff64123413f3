//! Lists of words and phrases, made ready to be looked for in many texts.

use std::{
    collections::HashMap,
    sync::{Arc, LazyLock},
};

use super::{
    letters::{clear, exact, folded},
    text::Token,
};
use crate::{
    features::topics::rule::{Ask, Piece, phrase},
    tools::stems::{Tongue, Word},
};

/// Languages with a list that comes along, and their lists.
const SUPPLIED: [(&str, &str); 6] = [
    ("de", include_str!("lists/de.txt")),
    ("en", include_str!("lists/en.txt")),
    ("fr", include_str!("lists/fr.txt")),
    ("tr", include_str!("lists/tr.txt")),
    ("ru", include_str!("lists/ru.txt")),
    ("ar", include_str!("lists/ar.txt")),
];

static READY: LazyLock<HashMap<&str, Arc<List>>> = LazyLock::new(|| {
    let ready = |(code, text): (&'static str, &str)| {
        let lines = text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
        (code, Arc::new(List::new(code, lines)))
    };
    SUPPLIED.into_iter().map(ready).collect()
});

/// Codes of the languages that have a list.
pub fn languages() -> impl Iterator<Item = &'static str> {
    SUPPLIED.into_iter().map(|(code, _)| code)
}

/// The list of a language that comes along; `None` for a language without one.
pub(super) fn supplied(language: &str) -> Option<Arc<List>> {
    READY.get(language).cloned()
}

/// A place in a text where an entry of a list stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Hit {
    /// First word.
    pub(super) from: usize,
    /// Behind the last word.
    pub(super) to: usize,
    /// The entry, as it stands in its list.
    pub(super) entry: String,
}

/// A list of words and phrases.
pub(super) struct List {
    /// Language of the list; empty for an owner's own.
    pub(super) name: String,
    entries: Vec<Entry>,
    /// Entries by what their first word may be.
    by_word: HashMap<String, Vec<usize>>,
    /// Entries whose first word is only part of one.
    by_part: Vec<usize>,
    /// Entries of one whole word, by how many letters it has.
    by_length: HashMap<usize, Vec<usize>>,
}

struct Entry {
    written: String,
    pieces: Vec<Piece>,
    /// Found just with these marks.
    exact: Option<String>,
    /// Found only where the text is said to be in the language of the list.
    at_home: bool,
}

impl List {
    /// Makes a list of its lines. One line is a word or a phrase as in rules of topics. In lists that come along, before it may
    /// stand `?` (only in texts of this language) and `=` (just with these marks).
    pub(super) fn new<'a>(name: &str, lines: impl IntoIterator<Item = &'a str>) -> Self {
        let read = if name.is_empty() { Entry::own } else { Entry::supplied };
        let entries: Vec<_> = lines.into_iter().map(read).filter(|entry| !entry.pieces.is_empty()).collect();
        let mut list = Self {
            name: name.to_owned(),
            by_word: HashMap::new(),
            by_part: Vec::new(),
            by_length: HashMap::new(),
            entries,
        };
        for (at, entry) in list.entries.iter().enumerate() {
            let first = &entry.pieces[0];
            if !matches!(first.ask, Ask::Form | Ask::Just) {
                list.by_part.push(at);
                continue;
            }
            for key in keys(&first.word) {
                let held = list.by_word.entry(key.to_owned()).or_default();
                if held.last() != Some(&at) {
                    held.push(at);
                }
            }
            if entry.pieces.len() == 1 && entry.exact.is_none() {
                list.by_length.entry(first.word.plain.chars().count()).or_default().push(at);
            }
        }
        list
    }

    /// Whether nothing is in it.
    pub(super) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Everywhere in a text where an entry stands. `language` is that of the text, as far as somebody said.
    pub(super) fn hits(&self, tokens: &[Token], language: Option<&str>) -> Vec<Hit> {
        let is_home = language.is_some_and(|language| primary(language) == self.name);
        // A list bends words as its own language does; an owner's words may be of any.
        let tongue = if self.name.is_empty() { Tongue::of(language) } else { Tongue::of(Some(&self.name)) };
        let mut hits = Vec::new();
        for (from, token) in tokens.iter().enumerate() {
            for at in self.candidates(token) {
                let entry = &self.entries[at];
                if (!entry.at_home || is_home) && entry.stands_at(&tokens[from..], tongue) {
                    hits.push(Hit { from, to: from + entry.pieces.len(), entry: entry.written.clone() });
                }
            }
        }
        hits
    }

    fn candidates(&self, token: &Token) -> impl Iterator<Item = usize> {
        let whole = token.forms.iter().flat_map(keys).filter_map(|key| self.by_word.get(key)).flatten();
        let hidden = token.starred.iter().filter_map(|letters| self.by_length.get(&letters.len())).flatten();
        whole.chain(&self.by_part).chain(hidden).copied()
    }
}

impl Entry {
    /// A line that an owner wrote.
    fn own(line: &str) -> Self {
        let written = line.trim();
        Self { written: written.to_owned(), pieces: phrase(&folded(&clear(written))), exact: None, at_home: false }
    }

    /// A line of a list that comes along.
    fn supplied(line: &str) -> Self {
        let written = line.trim();
        let (at_home, rest) = written.strip_prefix('?').map_or((false, written), |rest| (true, rest));
        let (exact_only, rest) = rest.strip_prefix('=').map_or((false, rest), |rest| (true, rest));
        let cleared = clear(rest);
        Self {
            written: rest.trim_matches('"').to_owned(),
            pieces: phrase(&folded(&cleared)),
            exact: exact_only.then(|| exact(&cleared)),
            at_home,
        }
    }

    fn stands_at(&self, tokens: &[Token], tongue: Tongue) -> bool {
        if let (Some(exactly), Some(token)) = (&self.exact, tokens.first()) {
            return exact(&token.cleared) == *exactly;
        }
        tokens.len() >= self.pieces.len()
            && self.pieces.iter().zip(tokens).all(|(piece, token)| {
                token.forms.iter().any(|form| piece.fits(form, tongue)) || self.is_hidden_in(piece, token)
            })
    }

    /// Whether stars in a word hide this one.
    fn is_hidden_in(&self, piece: &Piece, token: &Token) -> bool {
        let Some(letters) = &token.starred else { return false };
        self.pieces.len() == 1
            && matches!(piece.ask, Ask::Form | Ask::Just)
            && piece.word.plain.chars().count() == letters.len()
            && piece.word.plain.chars().zip(letters).all(|(letter, seen)| seen.is_none_or(|seen| seen == letter))
    }
}

/// What a word may be looked up by.
fn keys(word: &Word) -> [&str; 3] {
    [&word.plain, word.stem(Tongue::German), word.stem(Tongue::English)]
}

/// The language of a tag such as `de-AT`.
pub(super) fn primary(tag: &str) -> String {
    tag.split(['-', '_']).next().unwrap_or_default().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::{List, languages, supplied};
    use crate::features::moderation::text::tokens;

    fn found(list: &List, text: &str, language: Option<&str>) -> Vec<String> {
        list.hits(&tokens([text]), language).into_iter().map(|hit| hit.entry).collect()
    }

    #[test]
    fn words_are_found_in_every_form_and_guise_and_nowhere_else() {
        let list = List::new("de", ["Arschloch", "\"Hure\"", "leck mich am Arsch", "*schlampe", "=göt", "?Pute"]);
        let is_found = |text: &str| !found(&list, text, None).is_empty();

        for text in ["Arschlöcher!", "ARSCHLOCH", "A r s c h l o c h", "Arschl0ch", "Arsch\u{200b}loch", "Arschlooooch"]
        {
            assert!(is_found(text), "{text}");
        }
        assert!(
            is_found("Leck mich am Arsch") && is_found("Drecksschlampe") && is_found("a**chl*ch") && is_found("göt")
        );
        for text in ["Arschbombe", "Ben Hur", "Hurra", "leck mich, am Arsch der Welt", "got", "Schlamperei"] {
            assert!(!is_found(text) || text.starts_with("leck"), "{text}");
        }
        assert!(!is_found("Pute mit Rotkohl") && !found(&list, "Pute", Some("de-AT")).is_empty());
    }

    #[test]
    fn every_list_that_comes_along_is_read_and_finds_itself() {
        for code in languages() {
            let list = supplied(code).unwrap();
            assert!(list.entries.len() > 60, "{code}");
            for entry in &list.entries {
                let text = entry.written.replace('*', "");
                assert!(!found(&list, &text, Some(code)).is_empty(), "{code}: {text}");
            }
        }
        assert!(supplied("la").is_none());
    }

    #[test]
    fn no_list_has_a_word_that_towns_need() {
        let harmless = [
            "Scunthorpe",
            "Assessor",
            "assets",
            "Dickens",
            "Cockfosters",
            "Penistone",
            "Arschbombenwettbewerb",
            "Ben Hur",
            "trans Personen",
            "Ars Electronica",
            "FDP",
            "TG Lindenau",
            "1. FCK",
            "schwül",
            "Ungeziefer",
            "Sussex",
            "Essex",
            "magna cum laude",
            "Maine Coon",
            "Great tits",
            "in loser Folge",
            "Wixhausen",
            "Moby Dick",
            "Dicke Eiche",
            "Penn State",
            "nice pic",
            "sık sık",
            "Amina",
            "we got it",
            "bite",
            "Pute",
            "ein Retard",
            "shiitake",
            "Hass",
            "Rathaus",
            "Kurhaus",
            "Marsch",
            "Barsch",
            "Fischerei",
            "Sexta",
            "Sextant",
            "Analyse",
            "Kanal",
            "Klasse",
            "Masse",
        ];
        for text in harmless {
            for code in languages() {
                let hits = found(&supplied(code).unwrap(), text, None);
                assert!(hits.is_empty(), "{code}: {text}: {hits:?}");
            }
        }
    }
}
