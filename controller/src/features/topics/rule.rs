//! Rules of topics: which posts belong to one by themselves. Data, and a pure function.

use serde::{Deserialize, Serialize};

use crate::{
    app::Problem,
    store::PostFacts,
    tools::stems::{Tongue, Word, tag, tags, words},
};

/// Most conditions of one rule.
pub const MOST_CONDITIONS: usize = 200;
/// Longest word, phrase or hashtag, in characters.
pub const LONGEST: usize = 100;

/// A post belongs to the topic when it fits at least one part.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Rule {
    /// Ways to belong to it.
    pub parts: Vec<Part>,
}

/// A post fits when one of `any`, all of `all` and none of `none` hold; of what is empty nothing is asked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Part {
    /// At least one of these.
    pub any: Vec<Condition>,
    /// All of these.
    pub all: Vec<Condition>,
    /// None of these.
    pub none: Vec<Condition>,
}

/// Something that holds of a post or does not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "value", rename_all = "snake_case")]
pub enum Condition {
    /// Its headline or text has these words next to each other, in whatever form. In quotation marks: just so. A star
    /// stands for the rest of a word: `schwimm*`, `*bad`.
    Words(String),
    /// It has this hashtag or category.
    Tag(String),
    /// It came from the source of this id.
    Source(String),
    /// It came from this network; [`crate::store::OWN`] is the name of what was written here.
    Network(String),
    /// It is written in this language.
    Language(String),
    /// It has such a medium.
    Media(Medium),
}

/// What a post brings beside words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Medium {
    /// A picture.
    Picture,
    /// A film.
    Film,
    /// A sound.
    Sound,
    /// Nothing of that.
    Nothing,
}

impl Rule {
    /// Reads a rule as it is stored; one that takes nothing where it makes no sense.
    pub fn read(stored: &str) -> Self {
        serde_json::from_str(stored).unwrap_or_default()
    }

    /// The rule as it is stored.
    pub fn write(&self) -> String {
        // Texts in lists: nothing that JSON could not hold.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Whether it takes no post at all.
    pub fn takes_nothing(&self) -> bool {
        self.parts.iter().all(Part::takes_nothing)
    }

    /// What is wrong with it.
    pub fn problem(&self) -> Option<Problem> {
        let problem = |key| Some(Problem { field: "rule", key });
        let conditions = || self.parts.iter().flat_map(|part| [&part.any, &part.all, &part.none]).flatten();
        if conditions().count() > MOST_CONDITIONS {
            return problem("topics.problem.many");
        }
        if conditions().any(|condition| condition.text().chars().count() > LONGEST) {
            return problem("topics.problem.long");
        }
        if conditions().any(Condition::says_nothing) {
            return problem("topics.problem.word");
        }
        let only_none = self.parts.iter().any(|part| part.takes_nothing() && !part.none.is_empty());
        if only_none { problem("topics.problem.none") } else { None }
    }

    /// A rule that takes what either takes.
    pub fn or(mut self, other: Self) -> Self {
        let parts = other.parts.into_iter().filter(|part| !part.takes_nothing());
        self.parts.retain(|part| !part.takes_nothing());
        for part in parts {
            // Two plain lists of which one suffices are one list.
            let plain = |part: &Part| part.all.is_empty() && part.none.is_empty();
            match self.parts.iter().position(|own| plain(own) && plain(&part)) {
                Some(place) => {
                    let own = &mut self.parts[place];
                    let fresh: Vec<_> = part.any.into_iter().filter(|one| !own.any.contains(one)).collect();
                    own.any.extend(fresh);
                }
                None if self.parts.contains(&part) => {}
                None => self.parts.push(part),
            }
        }
        self
    }
}

impl Part {
    fn takes_nothing(&self) -> bool {
        self.any.is_empty() && self.all.is_empty()
    }
}

impl Condition {
    /// What it asks for, where that is text.
    fn text(&self) -> &str {
        match self {
            Self::Words(text) | Self::Tag(text) | Self::Source(text) | Self::Network(text) | Self::Language(text) => {
                text
            }
            Self::Media(_) => "",
        }
    }

    /// Whether there is no letter in it that a post could have.
    fn says_nothing(&self) -> bool {
        match self {
            Self::Words(text) => words(text).is_empty(),
            Self::Tag(text) => tag(text).is_empty(),
            _ => false,
        }
    }
}

/// A post as rules look at it.
pub struct Subject {
    words: Vec<Word>,
    tags: Vec<String>,
    tongue: Tongue,
    language: String,
    source_id: Option<String>,
    network: String,
    media: Vec<Medium>,
}

/// What is kept of an imported post for rules beside its words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Kept {
    /// Tags and categories, without `#`.
    pub tags: Vec<String>,
    /// Kinds of media it came with.
    pub media: Vec<Medium>,
}

impl Kept {
    /// As it is stored.
    pub fn write(&self) -> String {
        // Texts in lists: nothing that JSON could not hold.
        serde_json::to_string(self).unwrap_or_default()
    }
}

impl Subject {
    /// What rules ask of a post.
    pub fn of(post: &PostFacts) -> Self {
        let kept: Kept = serde_json::from_str(&post.facts).unwrap_or_default();
        let title = post.title.as_deref().unwrap_or_default();
        let mut media: Vec<_> = kept.media.into_iter().filter(|medium| *medium != Medium::Picture).collect();
        if post.pictured {
            media.push(Medium::Picture);
        }
        if media.is_empty() {
            media.push(Medium::Nothing);
        }
        let mut all_tags = tags(title);
        all_tags.extend(tags(&post.text));
        all_tags.extend(kept.tags.iter().map(|text| tag(text)));
        let mut all = words(title);
        // A phrase does not go on from the headline into the text.
        all.push(Word::gap());
        all.extend(words(&post.text));
        let language = post.language.as_deref().unwrap_or_default();
        Self {
            words: all,
            tags: all_tags,
            tongue: Tongue::of(post.language.as_deref()),
            language: language.split(['-', '_']).next().unwrap_or_default().to_lowercase(),
            source_id: post.source_id.clone(),
            network: post.network.clone(),
            media,
        }
    }
}

/// A rule made ready for many posts.
pub struct Matcher(Vec<ReadyPart>);

struct ReadyPart {
    any: Vec<Ready>,
    all: Vec<Ready>,
    none: Vec<Ready>,
}

enum Ready {
    Phrase(Vec<Piece>),
    Tag(String),
    Source(String),
    Network(String),
    Language(String),
    Media(Medium),
}

/// A word of a phrase.
pub(in crate::features) struct Piece {
    pub(in crate::features) word: Word,
    pub(in crate::features) ask: Ask,
}

/// What is asked of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::features) enum Ask {
    /// Any form of the word.
    Form,
    /// The word as it stands there.
    Just,
    /// A word that begins so.
    Start,
    /// A word that ends so.
    End,
    /// A word that has this in it.
    Inside,
}

impl Matcher {
    /// Makes a rule ready.
    pub fn new(rule: &Rule) -> Self {
        let ready = |conditions: &[Condition]| conditions.iter().map(Ready::of).collect();
        let part = |part: &Part| ReadyPart { any: ready(&part.any), all: ready(&part.all), none: ready(&part.none) };
        Self(rule.parts.iter().filter(|part| !part.takes_nothing()).map(part).collect())
    }

    /// Whether the rule takes a post.
    pub fn takes(&self, post: &Subject) -> bool {
        self.0.iter().any(|part| {
            (part.any.is_empty() || part.any.iter().any(|one| one.holds(post)))
                && part.all.iter().all(|one| one.holds(post))
                && !part.none.iter().any(|one| one.holds(post))
        })
    }
}

impl Ready {
    fn of(condition: &Condition) -> Self {
        match condition {
            Condition::Words(text) => Self::Phrase(phrase(text)),
            Condition::Tag(text) => Self::Tag(tag(text)),
            Condition::Source(id) => Self::Source(id.clone()),
            Condition::Network(name) => Self::Network(name.clone()),
            Condition::Language(code) => Self::Language(code.clone()),
            Condition::Media(medium) => Self::Media(*medium),
        }
    }

    fn holds(&self, post: &Subject) -> bool {
        match self {
            Self::Phrase(pieces) => {
                let fits =
                    |window: &[Word]| pieces.iter().zip(window).all(|(piece, word)| piece.fits(word, post.tongue));
                !pieces.is_empty() && post.words.windows(pieces.len()).any(fits)
            }
            Self::Tag(tag) => !tag.is_empty() && post.tags.contains(tag),
            Self::Source(id) => post.source_id.as_ref() == Some(id),
            Self::Network(name) => post.network == *name,
            Self::Language(code) => post.language == *code,
            Self::Media(medium) => post.media.contains(medium),
        }
    }
}

impl Piece {
    /// Whether a word of a text in a tongue is what is asked for.
    pub(in crate::features) fn fits(&self, word: &Word, tongue: Tongue) -> bool {
        match self.ask {
            Ask::Form => word.is_form_of(&self.word, tongue),
            Ask::Just => word.plain == self.word.plain,
            Ask::Start => word.begins_like(&self.word),
            Ask::End => word.ends_in(&self.word, tongue),
            Ask::Inside => word.plain.contains(&self.word.plain),
        }
    }
}

/// The words of a phrase, and what is asked of each.
pub(in crate::features) fn phrase(text: &str) -> Vec<Piece> {
    const QUOTES: &[char] = &['"', '„', '“', '”', '»', '«'];
    let text = text.trim();
    let just = text.starts_with(QUOTES);
    let piece = |part: &str| {
        let ask = match (just, part.starts_with('*'), part.ends_with('*')) {
            (true, ..) => Ask::Just,
            (_, true, true) => Ask::Inside,
            (_, true, false) => Ask::End,
            (_, false, true) => Ask::Start,
            _ => Ask::Form,
        };
        words(part).into_iter().map(move |word| Piece { word, ask }).collect::<Vec<_>>()
    };
    text.split_whitespace().flat_map(piece).collect()
}
