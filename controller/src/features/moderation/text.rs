//! A text as lists look at it: its words in their order, and what each may be meant to say.

use super::letters::{clear, folded, guises, starred};
use crate::tools::stems::{Word, words};

/// Shortest word that is put together of single letters: `f u c k`.
const SPELLED: usize = 4;

/// A word of a text.
pub(super) struct Token {
    /// As it stands there.
    pub(super) written: String,
    /// What it says, and what else it may say.
    pub(super) forms: Vec<Word>,
    /// Its letters, where stars hide some.
    pub(super) starred: Option<Vec<Option<char>>>,
    /// Just these letters and marks, for what is to be found so.
    pub(super) cleared: String,
}

impl Token {
    fn new(word: Word, cleared: String) -> Self {
        Self { written: word.written.clone(), forms: vec![word], starred: None, cleared }
    }

    fn gap() -> Self {
        Self::new(Word::gap(), String::new())
    }
}

/// The words of texts; no phrase goes on from one text into the next.
pub(super) fn tokens<'a>(texts: impl IntoIterator<Item = &'a str>) -> Vec<Token> {
    let mut all = Vec::new();
    for text in texts.into_iter().filter(|text| !text.is_empty()) {
        all.push(Token::gap());
        read(&clear(text), &mut all);
    }
    spelled(&mut all);
    all
}

fn read(text: &str, all: &mut Vec<Token>) {
    let mut camels = Vec::new();
    for piece in text.split_whitespace() {
        camels.extend(humps(piece));
        let first = all.len();
        let plain = folded(piece);
        let found = words(&plain);
        let as_written = words(piece);
        for (at, word) in found.into_iter().enumerate() {
            let written = as_written.get(at).map_or_else(|| word.written.clone(), |word| word.written.clone());
            all.push(Token { cleared: written.clone(), written, ..Token::new(word, String::new()) });
        }
        let more: Vec<_> = guises(&plain).iter().map(|guise| words(guise)).filter(|words| words.len() == 1).collect();
        let starred = starred(piece);
        if more.is_empty() && starred.is_none() {
            continue;
        }
        // What a piece as a whole may say stands with its first word.
        if all.len() == first {
            all.push(Token::gap());
        }
        let token = &mut all[first];
        piece.trim_matches(|c: char| c.is_ascii_punctuation() && c != '*').clone_into(&mut token.written);
        token.forms.extend(more.into_iter().flatten());
        token.starred = starred;
    }
    for camel in camels {
        all.push(Token::gap());
        all.extend(words(&folded(&camel)).into_iter().map(|word| Token::new(word.clone(), word.written)));
    }
}

/// The words of a hashtag that are told apart by capital letters: `#SchönesStadtfest`.
fn humps(piece: &str) -> Option<String> {
    let tag = piece.strip_prefix('#')?;
    let mut parts = String::new();
    let mut was_small = false;
    for c in tag.chars() {
        if was_small && c.is_uppercase() {
            parts.push(' ');
        }
        was_small = c.is_lowercase();
        parts.push(c);
    }
    parts.contains(' ').then_some(parts)
}

/// Puts single letters that follow one another together, as one more thing that the first of them may say.
fn spelled(all: &mut [Token]) {
    let is_letter = |token: &Token| {
        let mut letters = token.written.chars();
        letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none()
    };
    let mut at = 0;
    while at < all.len() {
        let run = all[at..].iter().take_while(|token| is_letter(token)).count();
        if run >= SPELLED {
            let word: String = all[at..at + run].iter().map(|token| token.written.as_str()).collect();
            all[at].forms.extend(words(&folded(&word)));
            let written: Vec<_> = all[at..at + run].iter().map(|token| token.written.as_str()).collect();
            all[at].written = written.join(" ");
        }
        at += run.max(1);
    }
}

#[cfg(test)]
mod tests {
    use super::tokens;

    fn says(text: &str, word: &str) -> bool {
        tokens([text]).iter().any(|token| token.forms.iter().any(|form| form.plain == word))
    }

    #[test]
    fn hidden_words_are_read() {
        for (text, word) in [
            ("Sch3isse!", "scheisse"),
            ("du H u r e n s o h n", "hurensohn"),
            ("f.u.c.k", "fuck"),
            ("#FuckTown", "fuck"),
            ("Hurensohn", "hurensohn"),
            ("fuuuuck", "fuck"),
        ] {
            assert!(says(text, word), "{text}");
        }
        assert!(!says("A B C", "abc") && !says("https://fuck.example", "fuck"));
    }

    #[test]
    fn a_token_keeps_how_it_is_written() {
        let written: Vec<_> = tokens(["Ein A$$hole, ja"]).into_iter().map(|token| token.written).collect();
        assert!(written.contains(&"A$$hole".to_owned()), "{written:?}");
    }
}
