//! Text as it came from the world, made fit to be drawn.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Longest text that is looked at: what is beyond never fits on the glass.
const LONGEST: usize = 2_000;
/// More marks than this on one letter are a joke, not a language.
const MOST_MARKS: usize = 3;
/// More Latin marks than this on one letter, and none in the text is taken seriously.
const MOST_LATIN_MARKS: usize = 2;
/// Longest word that stays with the number before it.
const LONGEST_UNIT: usize = 7;
/// Longest word after a quotation mark that stays with the one behind it, with its mark.
const LONGEST_ARTICLE: usize = 4;
/// Longest link that is shown whole.
const LONGEST_LINK: usize = 36;

/// Removes what harms a drawing: control characters, characters that turn the reading
/// direction around, piles of marks, blank lines; shortens what could never fit.
pub fn clean(text: &str) -> String {
    let mut clean = String::with_capacity(text.len().min(LONGEST * 4));
    let joke = piled(text);
    let mut marks = 0;
    let mut length = 0;
    for c in text.nfc() {
        if length >= LONGEST {
            clean.push('…');
            break;
        }
        let c = match c {
            '\n' | '\u{2028}' | '\u{2029}' | '\u{85}' => '\n',
            '\t' | '\u{a0}' | '\u{202f}' => ' ',
            c if dropped(c) => continue,
            c => c,
        };
        marks = if is_combining_mark(c) { marks + 1 } else { 0 };
        if marks > MOST_MARKS || (joke && decorates_latin(c)) {
            continue;
        }
        clean.push(c);
        length += 1;
    }
    let lines = clean.lines().map(squeezed).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}

/// One line of it.
pub fn clean_line(text: &str) -> String {
    clean(text).replace('\n', " ")
}

fn squeezed(line: &str) -> String {
    let words = line.split_whitespace().map(short_link).collect::<Vec<_>>();
    let mut line = String::new();
    for (at, word) in words.iter().enumerate() {
        if let Some(before) = at.checked_sub(1).and_then(|before| words.get(before)) {
            line.push(if belong_together(before, word) { '\u{a0}' } else { ' ' });
        }
        line.push_str(word);
    }
    line
}

/// Whether a line must not break between two words: `13 Uhr`, `12. March`, `“The sea”`.
fn belong_together(before: &str, word: &str) -> bool {
    let letters = word.trim_end_matches(|c: char| !c.is_alphanumeric());
    let number = before.trim_end_matches('.');
    let counted = number.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | ':')) && !number.is_empty();
    let counts = counted && letters.chars().count() <= LONGEST_UNIT && letters.chars().all(char::is_alphabetic);
    let opens = before.starts_with(['„', '“', '«', '»', '‚']) && before.chars().count() <= LONGEST_ARTICLE;
    (counts && (!letters.is_empty() || word.chars().count() == 1)) || opens
}

/// Links are there to be recognised, not to be typed: the QR code leads on.
fn short_link(word: &str) -> String {
    let Some(rest) = ["https://", "http://"].iter().find_map(|scheme| word.strip_prefix(scheme)) else {
        return word.to_owned();
    };
    let rest = rest.strip_prefix("www.").unwrap_or(rest).trim_end_matches('/');
    if rest.chars().count() <= LONGEST_LINK {
        return rest.to_owned();
    }
    let mut short: String = rest.chars().take(LONGEST_LINK - 1).collect();
    short.push('…');
    short
}

fn dropped(c: char) -> bool {
    matches!(c,
        // Overrides and embeddings make words read other than they are stored; single marks are kept.
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
        // Invisible and unassigned on purpose.
        | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{ad}' | '\u{2060}'..='\u{2065}' | '\u{180e}'
        | '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}')
        || c.is_control()
}

/// Whether marks are piled on letters that carry one or two in any language.
fn piled(text: &str) -> bool {
    let mut marks = 0;
    text.chars().take(LONGEST * 8).any(|c| {
        marks = if decorates_latin(c) { marks + 1 } else { 0 };
        marks > MOST_LATIN_MARKS
    })
}

fn decorates_latin(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}')
        && c != '\u{20e3}'
}

/// Whether a word is a hashtag, a mention or a link.
pub fn tinted(word: &str) -> bool {
    let mut chars = word.chars();
    let marked = matches!(chars.next(), Some('#' | '@')) && chars.next().is_some_and(char::is_alphanumeric);
    let host = word.split('/').next().unwrap_or(word);
    let linked = host.len() > 4
        && host.rsplit_once('.').is_some_and(|(name, end)| {
            name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '.')
                && name.chars().any(|c| c.is_ascii_alphabetic())
                && (2..=12).contains(&end.len())
                && end.chars().all(|c| c.is_ascii_lowercase())
                && (word.len() > host.len() || KNOWN_ENDS.contains(&end))
        });
    marked || linked
}

/// Ends of addresses that are common enough for a bare `name.end` to be one.
const KNOWN_ENDS: &[&str] =
    &["de", "com", "org", "net", "eu", "at", "ch", "io", "info", "example", "museum", "berlin", "social"];

#[cfg(test)]
mod tests {
    use super::{clean, clean_line, tinted};

    #[test]
    fn piles_of_marks_and_turned_text_are_taken_out() {
        let zalgo: String = "Z".chars().chain(std::iter::repeat_n('\u{30d}', 40)).chain("o".chars()).collect();

        assert_eq!(clean(&zalgo), "Zo");
        assert_eq!(clean("a\u{202e}gnp.exe\u{202c}b"), "agnp.exeb");
        assert_eq!(clean("a\u{0}\u{7}b\r\n\r\n\n  c\td "), "ab\nc d");
        assert_eq!(clean_line("a\nb"), "a b");
    }

    #[test]
    fn living_scripts_keep_their_marks() {
        for text in ["שָׁלוֹם", "ที่นี่", "हिन्दी", "é", "1️⃣", "👩‍👩‍👧", "Việt"]
        {
            assert_eq!(clean(text), text.chars().collect::<String>(), "{text}");
        }
    }

    #[test]
    fn numbers_keep_their_units_and_quotations_their_first_word() {
        assert_eq!(
            clean("um 19.30 Uhr am 12. März für 8 € und mehr"),
            "um 19.30\u{a0}Uhr am 12.\u{a0}März für 8\u{a0}€ und mehr"
        );
        assert_eq!(
            clean("Heute „Der Leuchtturm“ ab 7 Minderjährige"),
            "Heute „Der\u{a0}Leuchtturm“ ab 7 Minderjährige"
        );
    }

    #[test]
    fn text_is_bounded() {
        assert!(clean(&"wort ".repeat(100_000)).chars().count() <= 2_001);
    }

    #[test]
    fn links_are_short_and_tinted() {
        let text = clean("Mehr: https://www.museum.example/ausstellungen/2026/das-licht-der-stadt?utm_source=x");

        assert_eq!(text, "Mehr: museum.example/ausstellungen/2026/d…");
        assert!(tinted("museum.example/ausstellungen/2026/d…"));
        assert!(tinted("#Lichtkunst") && tinted("@museum"));
        assert!(!tinted("#") && !tinted("z.B.") && !tinted("Ende.Anfang") && !tinted("19.30"));
    }
}
