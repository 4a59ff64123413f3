//! What is kept of a post to find it by: tokens that the program makes of its words, the same for both databases.
//!
//! SQLite has FTS5 and PostgreSQL `tsvector`, and both fold and stem in ways of their own: neither does so in the language of
//! each post, nor would one find what the other finds. So the program folds and stems, as it does for the rules of topics,
//! and the databases only keep tokens in their order: FTS5 with the tokenizer `ascii`, which takes them as they stand,
//! PostgreSQL as the text of a `tsvector`, which no configuration touches. The first letter says what a token is:
//!
//! - `p` and a word with its letters folded, in the order of the text: words, their beginnings, and phrases
//! - `d`, `e` and what forms of a German or English word share, each once
//! - `t` before any of these: in the headline
//! - `s` and the id of the stage, so that a search in one need not pass through the posts of all others
//! - `g` alone: here phrases end

use std::collections::BTreeSet;

use super::Post;
use crate::tools::stems::{Tongue, Word, atoms, is_sign};

/// Counts up when the same words give other tokens: all posts are read anew then.
const RULES: u32 = 1;

/// So many words of a post are kept; PostgreSQL knows no place behind 16,383.
const MOST: usize = 5_000;

/// Longest word, in characters. What is longer is found by its beginning.
const LONGEST: usize = 60;

/// Where phrases end.
const GAP: &str = "g";

/// What a word becomes in the order of the text.
pub(super) fn in_order(word: &Word) -> String {
    token('p', &word.loose)
}

/// What forms of a word share, in German and in English; of signs there are no forms.
pub(super) fn bent(word: &Word, tongue: Tongue) -> Vec<String> {
    if word.plain.chars().any(is_sign) {
        return Vec::new();
    }
    let (german, english) = (token('d', &word.german), token('e', &word.english));
    match tongue {
        Tongue::German => vec![german],
        Tongue::English => vec![english],
        Tongue::Unknown => vec![german, english],
        Tongue::Other => Vec::new(),
    }
}

/// Marks the stage.
pub(super) fn of_stage(stage_id: &str) -> String {
    token('s', &stage_id.replace(|c: char| !c.is_alphanumeric(), ""))
}

fn token(kind: char, word: &str) -> String {
    std::iter::once(kind).chain(word.chars().take(LONGEST)).collect()
}

/// All tokens of a post.
pub(super) struct Tokens(Vec<String>);

impl Tokens {
    pub(super) fn of(post: &Post) -> Self {
        let tongue = Tongue::of(post.language.as_deref());
        let mut tokens = vec![of_stage(&post.stage_id)];
        let title = tokens_of(post.title.as_deref().unwrap_or_default(), tongue);
        tokens.extend(title.iter().map(|token| format!("t{token}")));
        for part in
            [title, tokens_of(&post.text, tongue), tokens_of(post.author.as_deref().unwrap_or_default(), tongue)]
        {
            tokens.push(GAP.to_owned());
            tokens.extend(part);
        }
        Self(tokens)
    }

    /// For FTS5: one after the other.
    pub(super) fn spaced(&self) -> String {
        self.0.join(" ")
    }

    /// For PostgreSQL: each with its place. Tokens hold letters and digits only; quotes keep the others apart anyway.
    pub(super) fn placed(&self) -> String {
        let quoted = |(at, token): (usize, &String)| format!("'{token}':{at}");
        (1..).zip(&self.0).map(quoted).collect::<Vec<_>>().join(" ")
    }

    /// What they are made of: while this is the same, so are they.
    pub(super) fn made_of(content_hash: &str) -> String {
        format!("{RULES}:{content_hash}")
    }
}

/// The words of a text in order, then what their forms share.
fn tokens_of(text: &str, tongue: Tongue) -> Vec<String> {
    let words: Vec<_> = atoms(text).into_iter().take(MOST).map(|(_, word)| word).collect();
    let words = words.iter().filter(|word| !word.loose.is_empty());
    let forms: BTreeSet<_> = words.clone().flat_map(|word| bent(word, tongue)).collect();
    words.map(in_order).chain(forms).collect()
}

#[cfg(test)]
mod tests {
    use super::{Post, Tokens};

    fn spaced(language: &str, title: &str, text: &str) -> String {
        let post = Post {
            stage_id: "0a".into(),
            language: Some(language.into()),
            title: Some(title.into()),
            text: text.into(),
            ..Post::default()
        };
        Tokens::of(&post).spaced()
    }

    #[test]
    fn words_stand_in_their_order_and_forms_once() {
        assert_eq!(
            spaced("de", "Bäder", "Neue Bäder, neues Bad"),
            "s0a tpbader tdbad g pbader dbad g pneue pbader pneues pbad dbad dneu g"
        );
        assert_eq!(spaced("en", "", "Two libraries"), "s0a g g ptwo plibraries elibrari etwo g");
        assert_eq!(spaced("ja", "", "市立の O'Neill"), "s0a g g p市 p立 pの poneill g");
    }

    #[test]
    fn nothing_in_a_text_means_anything_to_a_database() {
        let hostile = "' \" \\ :* & | ! <-> NEAR( AND {title} -x ^y \u{0} 'a':1";
        let spaced = spaced("tr", hostile, hostile);
        assert!(spaced.chars().all(|c| c.is_alphanumeric() || c == ' '), "{spaced}");
    }
}
