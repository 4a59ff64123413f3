//! Rules of a stage: which imported posts wait or are hidden by themselves. Data, as it is stored and as it is typed.

use serde::{Deserialize, Serialize};

use super::links::domain;
use crate::tools::stems::words;

/// Most lines of one list.
pub const MOST_LINES: usize = 1_000;
/// Longest line, in characters.
pub const LONGEST_LINE: usize = 100;
/// Most posts that a limit may let through, and most minutes in which it counts.
pub const MOST_POSTS: i64 = 1_000;
/// See [`MOST_POSTS`].
pub const MOST_MINUTES: i64 = 1_440;
/// Fewest letters of a word with a star: fewer would find nearly everything.
const FEWEST_LETTERS: usize = 3;

/// What becomes of a post that a list finds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Does {
    /// It waits for somebody.
    #[default]
    Queue,
    /// It is hidden.
    Hide,
}

impl Does {
    /// As it stands in forms.
    pub fn name(self) -> &'static str {
        match self {
            Self::Queue => "queue",
            Self::Hide => "hide",
        }
    }

    /// Reads what [`Does::name`] says; the milder one for anything else.
    pub fn parse(text: &str) -> Self {
        if text == Self::Hide.name() { Self::Hide } else { Self::Queue }
    }
}

/// How many posts of one source may appear by themselves in so many minutes; the rest waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limit {
    /// So many posts.
    pub posts: i64,
    /// In so many minutes.
    pub minutes: i64,
}

/// All rules of a stage. Without any, everything passes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Rules {
    /// Languages whose supplied lists are used.
    pub languages: Vec<String>,
    /// What these lists do.
    pub languages_do: Does,
    /// Words and phrases of the owner's own.
    pub words: Vec<String>,
    /// What these do.
    pub words_do: Does,
    /// Accounts whose posts are kept back.
    pub accounts: Vec<String>,
    /// What this list does.
    pub accounts_do: Does,
    /// Domains that nobody may link to.
    pub domains: Vec<String>,
    /// What this list does.
    pub domains_do: Does,
    /// Words and phrases in which no list finds anything.
    pub allowed_words: Vec<String>,
    /// Accounts whose posts no list and no limit keeps back.
    pub allowed_accounts: Vec<String>,
    /// How many posts of a source appear by themselves.
    pub limit: Option<Limit>,
}

/// Something that is wrong with a line of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// Name of the list, as in [`TypedRules`].
    pub field: &'static str,
    /// Which line, counted from 1; 0 for the list as a whole.
    pub line: usize,
    /// What stands there.
    pub text: String,
    /// Translation key that says what is wrong.
    pub key: &'static str,
}

/// Rules as they are typed: lists with one entry a line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedRules {
    /// See [`Rules::languages`].
    pub languages: Vec<String>,
    /// See [`Rules::languages_do`].
    pub languages_do: Does,
    /// See [`Rules::words`].
    pub words: String,
    /// See [`Rules::words_do`].
    pub words_do: Does,
    /// See [`Rules::accounts`].
    pub accounts: String,
    /// See [`Rules::accounts_do`].
    pub accounts_do: Does,
    /// See [`Rules::domains`].
    pub domains: String,
    /// See [`Rules::domains_do`].
    pub domains_do: Does,
    /// See [`Rules::allowed_words`].
    pub allowed_words: String,
    /// See [`Rules::allowed_accounts`].
    pub allowed_accounts: String,
    /// Posts of the limit; empty for none.
    pub limit_posts: String,
    /// Minutes of the limit; empty for none.
    pub limit_minutes: String,
}

impl Rules {
    /// Reads rules as they are stored; none where they make no sense.
    pub fn read(stored: &str) -> Self {
        serde_json::from_str(stored).unwrap_or_default()
    }

    /// As they are stored.
    pub fn write(&self) -> String {
        // Texts in lists: nothing that JSON could not hold.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Whether nothing is ever kept back.
    pub fn pass_all(&self) -> bool {
        let lists = [&self.languages, &self.words, &self.accounts, &self.domains];
        lists.iter().all(|list| list.is_empty()) && self.limit.is_none()
    }
}

impl TypedRules {
    /// What stands in the form of rules.
    pub fn of(rules: &Rules) -> Self {
        let lines = |list: &[String]| list.join("\n");
        let limit = |number: Option<i64>| number.map(|number| number.to_string()).unwrap_or_default();
        Self {
            languages: rules.languages.clone(),
            languages_do: rules.languages_do,
            words: lines(&rules.words),
            words_do: rules.words_do,
            accounts: lines(&rules.accounts),
            accounts_do: rules.accounts_do,
            domains: lines(&rules.domains),
            domains_do: rules.domains_do,
            allowed_words: lines(&rules.allowed_words),
            allowed_accounts: lines(&rules.allowed_accounts),
            limit_posts: limit(rules.limit.map(|limit| limit.posts)),
            limit_minutes: limit(rules.limit.map(|limit| limit.minutes)),
        }
    }

    /// Takes what was typed; else everything that is wrong with it.
    pub fn parse(&self) -> Result<Rules, Vec<Wrong>> {
        let mut wrong = Vec::new();
        let known: Vec<_> = super::languages().collect();
        let rules = Rules {
            languages: self.languages.iter().filter(|code| known.contains(&code.as_str())).cloned().collect(),
            languages_do: self.languages_do,
            words: lines("words", &self.words, word, &mut wrong),
            words_do: self.words_do,
            accounts: lines("accounts", &self.accounts, account, &mut wrong),
            accounts_do: self.accounts_do,
            domains: lines("domains", &self.domains, |line| domain(line).ok_or("moderation.wrong.domain"), &mut wrong),
            domains_do: self.domains_do,
            allowed_words: lines("allowed_words", &self.allowed_words, word, &mut wrong),
            allowed_accounts: lines("allowed_accounts", &self.allowed_accounts, account, &mut wrong),
            limit: self.limit(&mut wrong),
        };
        if wrong.is_empty() { Ok(rules) } else { Err(wrong) }
    }

    fn limit(&self, wrong: &mut Vec<Wrong>) -> Option<Limit> {
        let (posts, minutes) = (self.limit_posts.trim(), self.limit_minutes.trim());
        if posts.is_empty() && minutes.is_empty() {
            return None;
        }
        let within = |text: &str, most: i64| text.parse().ok().filter(|number| (1..=most).contains(number));
        match (within(posts, MOST_POSTS), within(minutes, MOST_MINUTES)) {
            (Some(posts), Some(minutes)) => Some(Limit { posts, minutes }),
            _ => {
                wrong.push(Wrong { field: "limit", line: 0, text: String::new(), key: "moderation.wrong.limit" });
                None
            }
        }
    }
}

/// The entries of a list: each once, without empty lines; what is wrong with a line is noted.
fn lines(
    field: &'static str,
    typed: &str,
    parse: impl Fn(&str) -> Result<String, &'static str>,
    wrong: &mut Vec<Wrong>,
) -> Vec<String> {
    let mut entries: Vec<String> = Vec::new();
    for (number, line) in (1..).zip(typed.lines()).filter(|(_, line)| !line.trim().is_empty()) {
        let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
        let parsed =
            if line.chars().count() > LONGEST_LINE { Err("moderation.wrong.long") } else { parse(line.as_str()) };
        match parsed {
            Ok(entry) if entries.contains(&entry) => {}
            Ok(entry) => entries.push(entry),
            Err(key) => {
                let text = line.chars().take(40).collect();
                wrong.push(Wrong { field, line: number, text, key });
            }
        }
    }
    if entries.len() > MOST_LINES {
        wrong.push(Wrong { field, line: 0, text: String::new(), key: "moderation.wrong.many" });
    }
    entries
}

fn word(line: &str) -> Result<String, &'static str> {
    let found = words(line);
    if found.is_empty() {
        return Err("moderation.wrong.word");
    }
    let letters: usize = found.iter().map(|word| word.plain.chars().count()).sum();
    if line.contains('*') && letters < FEWEST_LETTERS {
        return Err("moderation.wrong.star");
    }
    Ok(line.to_owned())
}

fn account(line: &str) -> Result<String, &'static str> {
    let is_name = line.trim_start_matches('@').chars().any(char::is_alphanumeric);
    if is_name { Ok(line.to_owned()) } else { Err("moderation.wrong.account") }
}

#[cfg(test)]
mod tests {
    use super::{Does, Limit, Rules, TypedRules};

    #[test]
    fn typed_lists_become_rules_and_rules_become_lists() {
        let typed = TypedRules {
            languages: vec!["de".into(), "la".into()],
            words: " Knöllchen \n\nblitz*\nKnöllchen\n".into(),
            words_do: Does::Hide,
            accounts: "@troll\nAnna  Ärger".into(),
            domains: "https://www.Casino.example/spiel?x=1\n*.spam.example".into(),
            limit_posts: "5".into(),
            limit_minutes: "10".into(),
            ..TypedRules::default()
        };

        let rules = typed.parse().unwrap();

        assert_eq!(rules.words, ["Knöllchen", "blitz*"]);
        assert_eq!(rules.accounts, ["@troll", "Anna Ärger"]);
        assert_eq!(rules.domains, ["casino.example", "spam.example"]);
        assert_eq!((rules.languages.as_slice(), rules.words_do), (["de".to_owned()].as_slice(), Does::Hide));
        assert_eq!(rules.limit, Some(Limit { posts: 5, minutes: 10 }));
        assert_eq!(Rules::read(&rules.write()), rules);
        assert_eq!(TypedRules::of(&rules).parse().unwrap(), rules);
        assert!(!rules.pass_all() && Rules::default().pass_all() && Rules::read("hologram").pass_all());
    }

    #[test]
    fn what_is_wrong_is_said_with_its_line() {
        let long = "x".repeat(101);
        let typed = TypedRules {
            words: format!("gut\n…\n*a*\n{long}"),
            accounts: "@".into(),
            domains: "kein Name\nlocalhost".into(),
            allowed_words: "!".into(),
            limit_posts: "5".into(),
            ..TypedRules::default()
        };

        let wrong: Vec<_> = typed.parse().unwrap_err().into_iter().map(|one| (one.field, one.line, one.key)).collect();

        let expected = [
            ("words", 2, "moderation.wrong.word"),
            ("words", 3, "moderation.wrong.star"),
            ("words", 4, "moderation.wrong.long"),
            ("accounts", 1, "moderation.wrong.account"),
            ("domains", 1, "moderation.wrong.domain"),
            ("domains", 2, "moderation.wrong.domain"),
            ("allowed_words", 1, "moderation.wrong.word"),
            ("limit", 0, "moderation.wrong.limit"),
        ];
        assert_eq!(wrong, expected);
        let many = TypedRules { words: (0..1_001).map(|n| format!("wort{n}\n")).collect(), ..TypedRules::default() };
        assert_eq!(many.parse().unwrap_err()[0].key, "moderation.wrong.many");
    }
}
