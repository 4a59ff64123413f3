//! Words that are wider than their line, parted between syllables: “Donaudampf-schifffahrt”.

use hypher::Lang;

/// Fewer letters than this never stand alone before or after a hyphen.
const LEAST_BEFORE: usize = 3;
const LEAST_AFTER: usize = 4;
/// Shorter words are never parted.
const SHORTEST: usize = LEAST_BEFORE + LEAST_AFTER + 1;

/// A text with hyphens in those of its words that do not fit; `None` if that is no help. Names of accounts, hashtags, addresses
/// and words with digits stay as they are.
///
/// `fits` says whether a piece, with its hyphen, is no wider than a line.
pub fn part(text: &str, language: &str, mut fits: impl FnMut(&str) -> bool) -> Option<String> {
    let language = patterns(language)?;
    let mut parted = String::with_capacity(text.len() + 8);
    let mut any = false;
    for piece in text.split_inclusive(char::is_whitespace) {
        let word = piece.trim_end();
        let core = word.trim_matches(|c: char| !c.is_alphabetic());
        let plain =
            core.chars().all(char::is_alphabetic) && core.chars().count() >= SHORTEST && !word.starts_with(['#', '@']);
        if !plain || fits(word) {
            parted.push_str(piece);
            continue;
        }
        let start = word.find(core).unwrap_or(0);
        let (before, after) = (&word[..start], &word[start + core.len()..]);
        parted.push_str(&lines(before, core, after, language, &mut fits)?);
        parted.push_str(&piece[word.len()..]);
        any = true;
    }
    any.then_some(parted)
}

/// One word in as few pieces as fit, with hyphens between them.
fn lines(before: &str, word: &str, after: &str, language: Lang, fits: &mut impl FnMut(&str) -> bool) -> Option<String> {
    let mut done = String::new();
    let mut piece = before.to_owned();
    let syllables: Vec<_> = hypher::hyphenate_bounded(word, language, LEAST_BEFORE, LEAST_AFTER).collect();
    for (index, syllable) in syllables.iter().enumerate() {
        let last = index + 1 == syllables.len();
        let end = if last { after } else { "-" };
        if !fits(&format!("{piece}{syllable}{end}")) {
            if piece == before {
                return None;
            }
            done.push_str(&piece);
            done.push('-');
            piece.clear();
            if !fits(&format!("{syllable}{end}")) {
                return None;
            }
        }
        piece.push_str(syllable);
    }
    Some(format!("{done}{piece}{after}"))
}

fn patterns(language: &str) -> Option<Lang> {
    match language.split(['-', '_']).next() {
        Some("de") => Some(Lang::German),
        Some("en") => Some(Lang::English),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::part;

    fn short(most: usize) -> impl Fn(&str) -> bool {
        move |piece| piece.chars().count() <= most
    }

    #[test]
    fn long_words_are_parted_where_a_reader_would() {
        let part = |text, most| part(text, "de", short(most));

        assert_eq!(part("Die Donaudampfschifffahrt!", 14).as_deref(), Some("Die Donaudampf-schifffahrt!"));
        assert_eq!(part("„Rechtsschutzversicherung“", 16).as_deref(), Some("„Rechtsschutz-versicherung“"));
        assert_eq!(part("kurze Wörter", 5), None, "nothing to part in six letters");
    }

    #[test]
    fn what_has_no_syllables_stays_as_it_is() {
        for text in [
            "#Donaudampfschifffahrt",
            "@donaudampfschifffahrt",
            "https://donaudampfschifffahrt.example",
            "Aaaaaaaaaaaaaaaaaaaa",
        ] {
            assert_eq!(part(text, "de", short(12)), None, "{text}");
        }
        assert_eq!(part("Donaudampfschifffahrt", "tr", short(12)), None);
        assert_eq!(part("extraordinary", "en-GB", short(9)).as_deref(), Some("extraor-dinary"));
    }
}
