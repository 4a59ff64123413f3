//! Words made comparable: letters folded, endings of German and English taken off.

use std::ops::Range;

use rust_stemmers::{Algorithm, Stemmer};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Which endings are taken off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tongue {
    /// German ones.
    German,
    /// English ones.
    English,
    /// German or English ones: nobody said what the text is written in.
    Unknown,
    /// None.
    Other,
}

impl Tongue {
    /// The tongue of a BCP 47 language tag.
    pub fn of(language: Option<&str>) -> Self {
        let primary = language.map(|tag| tag.split(['-', '_']).next().unwrap_or_default().to_lowercase());
        match primary.as_deref() {
            Some("de") => Self::German,
            Some("en") => Self::English,
            None | Some("" | "und" | "mul") => Self::Unknown,
            Some(_) => Self::Other,
        }
    }
}

/// A word in every form in which it may be compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// As it stands in the text.
    pub written: String,
    /// Lower case without marks, umlauts and ß spelled out: `strasse`, `baeder`.
    pub plain: String,
    /// The same for `Bäcker`, `Baecker` and `Backer`: how a word is looked up that somebody types in haste.
    pub loose: String,
    /// What forms of a German word share.
    pub german: String,
    /// What forms of an English word share.
    pub english: String,
}

impl Word {
    fn new(raw: &str) -> Self {
        let (plain, umlauts) = (spelled_out(raw), with_umlauts(raw));
        Self {
            written: raw.to_owned(),
            loose: umlauts.replace('ä', "a").replace('ö', "o").replace('ü', "u"),
            german: german(&umlauts),
            english: Stemmer::create(Algorithm::English).stem(&plain).into_owned(),
            plain,
        }
    }

    /// What no word of any rule is: phrases do not go across it.
    pub fn gap() -> Self {
        let nothing = || "\n".to_owned();
        Self { written: nothing(), plain: nothing(), loose: nothing(), german: nothing(), english: nothing() }
    }

    /// Whether a word of a text in a tongue is this one, in whatever form.
    pub fn is_form_of(&self, other: &Self, tongue: Tongue) -> bool {
        self.plain == other.plain
            || match tongue {
                Tongue::German => self.german == other.german,
                Tongue::English => self.english == other.english,
                Tongue::Unknown => self.german == other.german || self.english == other.english,
                Tongue::Other => false,
            }
            || (is_unspaced(&other.plain) && self.plain.contains(&other.plain))
    }

    /// What all its forms share.
    pub fn stem(&self, tongue: Tongue) -> &str {
        match tongue {
            Tongue::German | Tongue::Unknown => &self.german,
            Tongue::English => &self.english,
            Tongue::Other => &self.plain,
        }
    }

    /// Whether it begins like this: `schwimm` of `Schwimmbad`.
    pub fn begins_like(&self, start: &Self) -> bool {
        self.plain.starts_with(&start.plain)
    }

    /// Whether it ends in another word, in whatever form: `bad` of `Schwimmbäder`.
    pub fn ends_in(&self, end: &Self, tongue: Tongue) -> bool {
        self.plain.ends_with(&end.plain)
            || match tongue {
                Tongue::German => self.german.ends_with(&end.german),
                Tongue::English => self.english.ends_with(&end.english),
                Tongue::Unknown => self.german.ends_with(&end.german) || self.english.ends_with(&end.english),
                Tongue::Other => false,
            }
    }
}

/// The words of a text in their order; addresses of web pages are none.
pub fn words(text: &str) -> Vec<Word> {
    spans(text).into_iter().map(|(_, word)| word).collect()
}

/// The words of a text in their order, and where in it each stands.
pub fn spans(text: &str) -> Vec<(Range<usize>, Word)> {
    let is_in_word = |c: char| c.is_alphanumeric() || is_combining_mark(c) || is_joint(c);
    let place = |part: &str| part.as_ptr() as usize - text.as_ptr() as usize;
    let mut spans = Vec::new();
    for piece in text.split_whitespace().filter(|piece| !piece.contains("://") && !piece.starts_with("www.")) {
        for part in piece.split(|c| !is_in_word(c)).map(|part| part.trim_matches(is_joint)) {
            if !part.is_empty() {
                spans.push((place(part)..place(part) + part.len(), Word::new(&bare(part))));
            }
        }
    }
    spans
}

/// The same, but signs of scripts that put no spaces between words stand alone: there, words are looked up as rows of signs.
pub fn atoms(text: &str) -> Vec<(Range<usize>, Word)> {
    let mut atoms = Vec::new();
    for (range, word) in spans(text) {
        if !is_unspaced(&word.plain) {
            atoms.push((range, word));
            continue;
        }
        let mut runs: Vec<Range<usize>> = Vec::new();
        let mut alone = true;
        for (at, c) in text[range.clone()].char_indices() {
            let end = range.start + at + c.len_utf8();
            match runs.last_mut() {
                Some(run) if is_combining_mark(c) || !(alone || is_sign(c)) => run.end = end,
                _ => {
                    runs.push(range.start + at..end);
                    alone = is_sign(c);
                }
            }
        }
        atoms.extend(runs.into_iter().map(|run| (run.clone(), Word::new(&bare(&text[run])))));
    }
    atoms
}

/// Hashtags in a text, folded; a place in a web page (`/#start`) is none.
pub fn tags(text: &str) -> Vec<String> {
    let is_in_word = |c: char| c.is_alphanumeric() || c == '/' || c == '&';
    let marks = text.match_indices(['#', '＃']).filter(|(at, _)| !text[..*at].ends_with(is_in_word));
    let tags = marks.map(|(at, mark)| {
        let rest = &text[at + mark.len()..];
        let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_' && !is_combining_mark(c));
        tag(&rest[..end.unwrap_or(rest.len())])
    });
    tags.filter(|tag| !tag.is_empty()).collect()
}

/// A hashtag or category as it is compared: `#Kultur & Freizeit` is `kulturfreizeit`.
pub fn tag(typed: &str) -> String {
    spelled_out(typed).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Apostrophes join letters to one word; a soft hyphen is no letter.
fn is_joint(c: char) -> bool {
    matches!(c, '\'' | '’' | '\u{ad}')
}

/// Without the English genitive, and without joints.
fn bare(word: &str) -> String {
    let word = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word);
    word.chars().filter(|c| !is_joint(*c)).collect()
}

/// Lower case, ß as ss; of marks, umlauts stay.
fn folded(word: &str) -> String {
    let mut text = String::with_capacity(word.len());
    for c in word.nfc().flat_map(char::to_lowercase) {
        match c {
            'ä' | 'ö' | 'ü' => text.push(c),
            'ß' => text.push_str("ss"),
            c if c.is_ascii() => text.push(c),
            c => text.extend(std::iter::once(c).nfkd().filter(|c| !is_combining_mark(*c))),
        }
    }
    text
}

fn spelled_out(word: &str) -> String {
    folded(word).replace('ä', "ae").replace('ö', "oe").replace('ü', "ue")
}

/// What forms of a German word share; the library does not know `Sportlerinnen`.
fn german(word: &str) -> String {
    let women = word.strip_suffix("nen").filter(|stem| stem.ends_with("rin") && stem.chars().count() > 5);
    Stemmer::create(Algorithm::German).stem(women.unwrap_or(word)).into_owned()
}

/// With umlauts where they were spelled out: `baeder` as `bäder`, but `neue` and `quelle` as they are.
fn with_umlauts(word: &str) -> String {
    let mut text = String::with_capacity(word.len());
    for c in folded(word).chars() {
        let mut back = text.chars().rev();
        let (last, before) = (back.next(), back.next());
        let spelled = match last {
            Some('a') => 'ä',
            Some('o') => 'ö',
            Some('u') => 'ü',
            _ => '\0',
        };
        if c == 'e' && spelled != '\0' && !before.is_some_and(|c| "aeiouyäöüq".contains(c)) {
            text.pop();
            text.push(spelled);
        } else {
            text.push(c);
        }
    }
    text
}

/// Whether a word is of a script that puts no spaces between words.
fn is_unspaced(word: &str) -> bool {
    word.chars().any(is_sign)
}

/// Whether a letter is of such a script.
pub fn is_sign(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{e7f}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}')
}

#[cfg(test)]
mod tests {
    use super::{Tongue, tag, tags, words};

    fn same(one: &str, other: &str, tongue: Tongue) -> bool {
        words(one)[0].is_form_of(&words(other)[0], tongue)
    }

    #[test]
    fn forms_of_a_word_are_the_same_word() {
        for (one, other) in [
            ("Bäder", "Bad"),
            ("Baeder", "Bad"),
            ("Ausstellungen", "Ausstellung"),
            ("STRASSEN", "Straße"),
            ("Bürgermeister", "Buergermeisters"),
            ("Sportlerin", "Sportlerinnen"),
            ("Kinder", "Kindern"),
            ("neue", "neuen"),
            ("Häuser", "haeuser"),
        ] {
            assert!(same(one, other, Tongue::German), "{one} {other}");
        }
        for (one, other) in [("libraries", "library"), ("Swimming", "swim"), ("museum’s", "museums")] {
            assert!(same(one, other, Tongue::English), "{one} {other}");
        }
        assert!(same("Bäder", "Bad", Tongue::Unknown) && same("libraries", "library", Tongue::Unknown));
    }

    #[test]
    fn other_words_and_other_tongues_are_not_bent() {
        for (one, other) in [("Bad", "Band"), ("Rat", "Rad"), ("Markt", "Marke"), ("Musik", "Museum")] {
            assert!(!same(one, other, Tongue::Unknown), "{one} {other}");
        }
        assert!(!same("libraries", "library", Tongue::German) && !same("libraries", "library", Tongue::Other));
        assert!(same("Café", "cafe", Tongue::Other) && same("Müller", "MUELLER", Tongue::Other));
        assert!(same("市立美術館の展示", "美術館", Tongue::Other) && !same("kunstmuseum", "museum", Tongue::Other));
    }

    #[test]
    fn a_text_is_taken_apart_where_people_would() {
        let plain = |text: &str| words(text).into_iter().map(|word| word.plain).collect::<Vec<_>>();

        assert_eq!(plain("Die Rhein-Sieg-Halle, heute!"), ["die", "rhein", "sieg", "halle", "heute"]);
        assert_eq!(plain("mehr: https://museum.example/ausstellung www.museum.example"), ["mehr"]);
        assert_eq!(plain("the museum's garden, don’t"), ["the", "museum", "garden", "dont"]);
        assert_eq!(plain("#Stadtfest 2026"), ["stadtfest", "2026"]);
        assert!(plain("… 🎉 — ' ’").is_empty());
    }

    #[test]
    fn atoms_stand_where_they_are_written() {
        let text = "Heute: Bäder 市立2026年 ไทย!";
        let all: Vec<_> = super::atoms(text).into_iter().map(|(range, word)| (&text[range], word.loose)).collect();

        let expected =
            [("Heute", "heute"), ("Bäder", "bader"), ("市", "市"), ("立", "立"), ("2026", "2026"), ("年", "年")];
        assert_eq!(all[..6], expected.map(|(written, loose)| (written, loose.to_owned())));
        assert_eq!(all[6..].iter().map(|(written, _)| *written).collect::<String>(), "ไทย");
    }

    #[test]
    fn a_word_is_looked_up_however_its_umlauts_are_typed() {
        let loose = |text: &str| words(text)[0].loose.clone();
        for typed in ["Bäckerei", "BAECKEREI", "backerei", "Ba\u{308}ckerei"] {
            assert_eq!(loose(typed), "backerei", "{typed}");
        }
        assert_eq!(loose("Straße"), loose("strasse"));
    }

    #[test]
    fn tags_are_read_from_texts_and_categories() {
        let all = tags("Los! #Stadtfest2026, #Bürger_Fest; nicht a # https://wall.example/#start &#39; C#dur");

        assert_eq!(all, ["stadtfest2026", "buergerfest"]);
        assert_eq!(
            (tag("#Kultur & Freizeit"), tag("kulturFreizeit")),
            ("kulturfreizeit".into(), "kulturfreizeit".into())
        );
    }

    #[test]
    fn the_tongue_is_that_of_the_language() {
        let of = |tag: Option<&str>| Tongue::of(tag);
        assert_eq!(
            [of(Some("de-AT")), of(Some("EN_gb")), of(Some("tr")), of(None)],
            [Tongue::German, Tongue::English, Tongue::Other, Tongue::Unknown]
        );
    }
}
