//! What an infoscreen says by itself: the words of kiosks, as its script reads them.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::tools::words::{self, Language};

/// What only a device says that is paired.
const OF_KIOSKS: [&str; 3] = ["pairing-", "fault-", "loading-"];
/// What only a browser says.
const OF_BROWSERS: [(&str, &str); 4] = [
    ("starting-title", "infoscreen.starting.title"),
    ("starting-text", "infoscreen.starting.text"),
    ("ended-title", "infoscreen.ended.title"),
    ("ended-text", "infoscreen.ended.text"),
];

/// The words of all languages as JSON: `{name}` where a value goes, and what is counted in two forms, one and many.
pub(super) fn json() -> String {
    let all: BTreeMap<_, _> = Language::ALL.iter().map(|language| (language.code(), of(*language))).collect();
    serde_json::to_string(&all).unwrap_or_default()
}

fn of(language: Language) -> BTreeMap<String, Value> {
    let mut all = read(&words::source(&format!("kiosk/{}.ftl", language.code())));
    all.retain(|key, _| !OF_KIOSKS.iter().any(|start| key.starts_with(start)));
    let own = OF_BROWSERS.map(|(key, said)| (key.to_owned(), words::say(language, said, &[]).into()));
    all.extend(own);
    all
}

/// Reads the little of Fluent that the words of kiosks need.
fn read(text: &str) -> BTreeMap<String, Value> {
    let mut all = BTreeMap::new();
    let mut key = String::new();
    let mut forms: Vec<String> = Vec::new();
    for line in text.lines() {
        if !line.starts_with([' ', '#'])
            && let Some((name, said)) = line.split_once('=')
        {
            name.trim().clone_into(&mut key);
            forms.clear();
            if !said.trim().is_empty() {
                all.insert(key.clone(), plain(said).into());
            }
        } else if let Some((_, said)) = line.trim().split_once(']').filter(|_| line.trim().starts_with(['[', '*'])) {
            forms.push(plain(said));
            all.insert(key.clone(), json!(forms));
        }
    }
    all
}

/// `until { $time }` as `until {time}`.
fn plain(said: &str) -> String {
    said.trim().replace("{ $", "{").replace(" }", "}")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Language, of, read};

    #[test]
    fn words_are_read_with_their_values_and_forms() {
        let text = "# Notes = no\nuntil = bis { $time } Uhr\ndays =\n    { $count ->\n        [one] Tag\n       *[other] { $count } Tage\n    }\n";

        let words = read(text);

        assert_eq!(words["until"], "bis {time} Uhr");
        assert_eq!(words["days"], json!(["Tag", "{count} Tage"]));
        assert_eq!(words.len(), 2);
    }

    #[test]
    fn both_languages_say_the_same_things_and_count_in_two_forms() {
        let [german, english] = [Language::De, Language::En].map(of);

        assert_eq!(german.keys().collect::<Vec<_>>(), english.keys().collect::<Vec<_>>());
        for (key, said) in german.iter().chain(&english) {
            assert!(said.as_array().is_none_or(|forms| forms.len() == 2), "{key}: {said}");
            assert!(!said.to_string().contains('$'), "{key}: {said}");
        }
        assert_eq!(german["countdown-days"], json!(["Tag", "Tage"]));
    }
}
