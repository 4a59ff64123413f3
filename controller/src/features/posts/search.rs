//! Posts found by their words.

use super::{Full, marks::Marker, one_more, with_pictures};
use crate::{
    app::{App, Error, Result},
    store::{Below, Post, Search, Stage},
    tools::stems::{Word, atoms},
};

/// Longest query, in characters; the rest is passed over.
pub const LONGEST_QUERY: usize = 200;

/// Most words and phrases of a query; the rest is passed over.
const MOST_PARTS: usize = 12;

/// Posts whose words are read in one go.
const AT_ONCE: i64 = 200;

/// Quotation marks around words that are to stand in a row.
const QUOTES: &[char] = &['"', '„', '“', '”', '«', '»', '‟', '＂'];

/// What somebody looks for: words in any form, all of them; phrases between quotation marks as they stand; the last word
/// may be the beginning of a longer one, because it is perhaps still being typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    typed: String,
    parts: Vec<Part>,
}

/// A word or a phrase of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// Its words in a row.
    pub(super) words: Vec<Word>,
    /// Whether it stands between quotation marks, or is a row of signs: found as it stands only.
    pub(super) is_phrase: bool,
    /// Whether the last word may go on.
    pub(super) begins: bool,
}

impl Query {
    /// Reads what was typed. Whatever it is, this gives a query, perhaps an empty one.
    pub fn parse(typed: &str) -> Self {
        let typed: String = typed.trim_start().chars().take(LONGEST_QUERY).collect();
        let mut parts = Vec::new();
        let pieces: Vec<_> = typed.split(QUOTES).collect();
        for (number, piece) in pieces.iter().enumerate() {
            let words = |text| atoms(text).into_iter().map(|(_, word)| word).filter(|word| !word.loose.is_empty());
            if number % 2 == 1 {
                parts.push(Part { words: words(piece).collect(), is_phrase: true, begins: false });
                continue;
            }
            for word in piece.split_whitespace() {
                parts.extend(apart(atoms(word)));
            }
        }
        parts.retain(|part| !part.words.is_empty());
        parts.truncate(MOST_PARTS);
        // An even number of marks: nothing is open, and the last piece holds what was typed last.
        let is_at_word = typed.ends_with(|c: char| c.is_alphanumeric());
        if let Some(last) = parts.last_mut().filter(|_| is_at_word) {
            last.begins = last.words.last().is_some_and(is_long_enough);
        }
        Self { typed: typed.trim().to_owned(), parts }
    }

    /// Whether there is nothing to look for.
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// What was typed, for the field it was typed into.
    pub fn typed(&self) -> &str {
        &self.typed
    }

    pub(super) fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// As the store is asked for it.
    pub fn search(&self) -> Search {
        let mut search = Search::default();
        for part in &self.parts {
            match part.words.as_slice() {
                [word] if !part.is_phrase => search.word(word, part.begins),
                words => search.phrase(words, part.begins),
            }
        }
        search
    }
}

/// The parts of what stands between two spaces: signs of scripts without spaces belong together, words do not.
fn apart(atoms: Vec<(std::ops::Range<usize>, Word)>) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let mut end = None;
    for (range, word) in atoms.into_iter().filter(|(_, word)| !word.loose.is_empty()) {
        match parts.last_mut().filter(|_| end == Some(range.start)) {
            Some(part) => {
                part.words.push(word);
                part.is_phrase = true;
            }
            None => parts.push(Part { words: vec![word], is_phrase: false, begins: false }),
        }
        end = Some(range.end);
    }
    parts
}

/// One letter begins half of all words; one sign is a word.
fn is_long_enough(word: &Word) -> bool {
    word.loose.chars().count() > 1
}

/// A post that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The post with its pictures.
    pub full: Full,
    /// Its headline as harmless HTML, in which `<mark>` stands around what was found.
    pub title: Option<String>,
    /// A part of its text around the first place that was found, in the same way.
    pub excerpt: String,
}

/// A part of what was found, and where the next part begins.
#[derive(Clone, Debug)]
pub struct Hits {
    /// The posts: those that fit best, then the newest.
    pub found: Vec<Found>,
    /// Where the others begin; `None` when these are the last.
    pub older: Option<Below>,
}

/// Searches what the public sees of a stage; nothing where the query is empty.
pub async fn search(app: &App, stage: &Stage, query: &Query, below: &Below, count: usize) -> Result<Hits> {
    let now = app.clock.now();
    let mut hits = app.store.search_shown_posts(&stage.id, &query.search(), below, now, one_more(count)).await?;
    let more = hits.len() > count;
    hits.truncate(count);
    let older = hits.last().filter(|_| more).map(Below::from);
    let posts = hits.into_iter().map(|hit| hit.post).collect();
    let found = |full: Full| {
        let (title, excerpt) = marked(query, &full.post);
        Found { full, title, excerpt }
    };
    Ok(Hits { found: with_pictures(app, stage, posts).await?.into_iter().map(found).collect(), older })
}

/// A post's headline and a part of its text as harmless HTML, in which `<mark>` stands around what a query looks for.
pub fn marked(query: &Query, post: &Post) -> (Option<String>, String) {
    let (marker, language) = (Marker::new(query), post.language.as_deref());
    (post.title.as_deref().map(|title| marker.title(title, language)), marker.excerpt(&post.text, language))
}

/// Reads the words of posts behind an id that were not read yet; the last of these, `None` when all are read.
pub async fn read_words(app: &App, after: &str) -> Result<Option<String>> {
    let posts = app.store.list_unread_posts(after, AT_ONCE).await?;
    app.store.keep_words(&posts).await.map_err(Error::from)?;
    Ok(posts.last().map(|post| post.id.clone()))
}

#[cfg(test)]
mod tests {
    use super::Query;

    /// A query in short: `~` for words in any form, `*` for what may go on.
    fn read(typed: &str) -> Vec<String> {
        let parts = Query::parse(typed).parts;
        let part = |part: super::Part| {
            let words: Vec<_> = part.words.into_iter().map(|word| word.loose).collect();
            format!(
                "{}{}{}",
                if part.is_phrase { "" } else { "~" },
                words.join(" "),
                if part.begins { "*" } else { "" }
            )
        };
        parts.into_iter().map(part).collect()
    }

    #[test]
    fn words_phrases_and_beginnings_are_told_apart() {
        assert_eq!(read("neue Bäder"), ["~neue", "~bader*"]);
        assert_eq!(read("neue Bäder "), ["~neue", "~bader"]);
        assert_eq!(read("\"neue Bäder\" Schwimm"), ["neue bader", "~schwimm*"]);
        assert_eq!(read("„neue Bäder“"), ["neue bader"]);
        assert_eq!(read("«neue Bä"), ["neue ba*"], "still being typed");
        assert_eq!(read("Rhein-Sieg"), ["~rhein", "~sieg*"]);
        assert_eq!(read("美術館 x"), ["美 術 館", "~x"]);
        assert!(read("").is_empty() && read("\"\" -- https://museum.example/ 🎉").is_empty());
    }

    #[test]
    fn a_query_ends_somewhere() {
        assert_eq!(read(&"wort ".repeat(100)).len(), 12);
        assert_eq!(Query::parse(&"x".repeat(5_000)).typed.len(), 200);
    }
}
