//! What rules say of a post: a pure function.

use std::{collections::BTreeSet, sync::Arc};

use serde::{Deserialize, Serialize};

use super::{
    links::{Account, hosts, is_within},
    lists::{Hit, List, supplied},
    rules::{Does, Limit, Rules},
    text::{Token, tokens},
};

/// Most reasons that are kept of one post.
const MOST_REASONS: usize = 8;
/// Longest text in a reason, in characters.
const LONGEST: usize = 80;

/// What becomes of a post.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Action {
    /// It is shown.
    #[default]
    Pass,
    /// It waits for somebody.
    Queue,
    /// It is hidden.
    Hide,
}

/// Why a post was kept back by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Reason {
    /// New posts of its source wait.
    Queue,
    /// Its network says that somebody should look at it first.
    Warning,
    /// A word or phrase of a list stands in it.
    Word {
        /// As it stands in the post.
        found: String,
        /// As it stands in the list.
        entry: String,
        /// Language of the list; empty for the stage's own.
        list: String,
    },
    /// It was written by an account of the list.
    Account {
        /// As it stands in the list.
        account: String,
    },
    /// It leads to a domain of the list.
    Domain {
        /// Where it leads.
        host: String,
    },
    /// Its source had published so many within so many minutes already.
    Flood {
        /// So many posts.
        posts: i64,
        /// In so many minutes.
        minutes: i64,
    },
    /// It came while the emergency stop was pulled.
    Stop,
    /// People have hidden what says the same.
    Card,
}

impl Reason {
    /// Whether it lies in what the post says, so that an edit may do away with it.
    pub fn is_of_content(&self) -> bool {
        matches!(self, Self::Word { .. } | Self::Account { .. } | Self::Domain { .. })
    }

    /// Whether rules found something in this post, or too many like it.
    pub fn is_of_rules(&self) -> bool {
        self.is_of_content() || matches!(self, Self::Flood { .. })
    }

    /// Reads reasons as they are stored with a post.
    pub fn read(stored: &str) -> Vec<Self> {
        serde_json::from_str(stored).unwrap_or_default()
    }

    /// Reasons as they are stored.
    pub fn write(reasons: &[Self]) -> String {
        serde_json::to_string(reasons).unwrap_or_else(|_| "[]".to_owned())
    }
}

/// What rules say of a post.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// What becomes of it.
    pub action: Action,
    /// Why; empty where it passes.
    pub reasons: Vec<Reason>,
}

/// A post as rules look at it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subject {
    /// Headline.
    pub title: String,
    /// The words, plain.
    pub text: String,
    /// The words as harmless HTML.
    pub html: String,
    /// What is to be seen on its pictures.
    pub alts: Vec<String>,
    /// Permalink at its network.
    pub link: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// BCP 47 language tag.
    pub language: Option<String>,
    /// How many posts its source published within the minutes of the limit before it.
    pub before: i64,
}

/// Rules made ready for many posts.
pub struct Ready {
    rules: Rules,
    lists: Vec<(Arc<List>, Does)>,
    allowed: List,
}

impl Ready {
    /// Makes rules ready.
    pub fn new(rules: &Rules) -> Self {
        let own = Arc::new(List::new("", rules.words.iter().map(String::as_str)));
        let mut lists = vec![(own, rules.words_do)];
        lists.extend(rules.languages.iter().filter_map(|code| supplied(code)).map(|list| (list, rules.languages_do)));
        lists.retain(|(list, _)| !list.is_empty());
        Self { allowed: List::new("", rules.allowed_words.iter().map(String::as_str)), rules: rules.clone(), lists }
    }

    /// How many posts of a source appear by themselves.
    pub fn limit(&self) -> Option<Limit> {
        self.rules.limit
    }
}

/// What rules say of a post. What one list finds, another does not undo: the sternest counts. Accounts that are allowed pass;
/// within words that are allowed no list finds anything.
pub fn judge(post: &Subject, rules: &Ready) -> Verdict {
    let account = Account::of(post.author.as_deref(), post.link.as_deref());
    if rules.rules.allowed_accounts.iter().any(|line| account.is(line)) {
        return Verdict::default();
    }
    let mut verdict = Verdict::default();
    words(post, rules, &mut verdict);
    if let Some(line) = rules.rules.accounts.iter().find(|line| account.is(line)) {
        verdict.add(rules.rules.accounts_do, Reason::Account { account: line.clone() });
    }
    if !rules.rules.domains.is_empty() {
        let texts: Vec<_> = [post.title.as_str(), post.text.as_str()].into_iter().collect();
        for host in hosts(&post.html, &texts) {
            if rules.rules.domains.iter().any(|domain| is_within(&host, domain)) {
                verdict.add(rules.rules.domains_do, Reason::Domain { host: cut(&host) });
            }
        }
    }
    if let Some(Limit { posts, minutes }) = rules.rules.limit.filter(|limit| post.before >= limit.posts) {
        verdict.add(Does::Queue, Reason::Flood { posts, minutes });
    }
    verdict
}

fn words(post: &Subject, rules: &Ready, verdict: &mut Verdict) {
    if rules.lists.is_empty() {
        return;
    }
    let texts = [post.title.as_str(), post.text.as_str()];
    let tokens = tokens(texts.into_iter().chain(post.alts.iter().map(String::as_str)));
    let language = post.language.as_deref();
    let allowed = rules.allowed.hits(&tokens, language);
    let is_allowed = |hit: &Hit| allowed.iter().any(|free| free.from <= hit.from && hit.to <= free.to);
    let mut said = BTreeSet::new();
    for (list, does) in &rules.lists {
        for hit in list.hits(&tokens, language).into_iter().filter(|hit| !is_allowed(hit)) {
            let found = cut(&written(&tokens, &hit));
            // The same word twice is one reason, whichever list has it; what the lists do adds up.
            if said.insert(found.to_lowercase()) {
                verdict.add(*does, Reason::Word { found, entry: cut(&hit.entry), list: list.name.clone() });
            } else {
                verdict.raise(*does);
            }
        }
    }
}

fn written(tokens: &[Token], hit: &Hit) -> String {
    let words: Vec<_> = tokens[hit.from..hit.to].iter().map(|token| token.written.as_str()).collect();
    words.join(" ")
}

fn cut(text: &str) -> String {
    text.chars().take(LONGEST).collect()
}

impl Verdict {
    fn raise(&mut self, does: Does) {
        let action = if does == Does::Hide { Action::Hide } else { Action::Queue };
        self.action = self.action.max(action);
    }

    fn add(&mut self, does: Does, reason: Reason) {
        self.raise(does);
        if self.reasons.len() < MOST_REASONS {
            self.reasons.push(reason);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Action, Ready, Reason, Subject, Verdict, judge};
    use crate::features::moderation::rules::{Does, Limit, Rules};

    fn post(text: &str) -> Subject {
        Subject { text: text.to_owned(), ..Subject::default() }
    }

    fn lines(lines: &[&str]) -> Vec<String> {
        lines.iter().map(|line| (*line).to_owned()).collect()
    }

    fn verdict(rules: &Rules, post: &Subject) -> Verdict {
        judge(post, &Ready::new(rules))
    }

    #[test]
    fn without_rules_everything_passes() {
        assert_eq!(verdict(&Rules::default(), &post("Arschloch https://casino.example")), Verdict::default());
    }

    #[test]
    fn a_word_keeps_a_post_back_and_says_so() {
        let rules = Rules { words: lines(&["Knöllchen", "blitz*"]), languages: lines(&["de"]), ..Rules::default() };

        let found = verdict(&rules, &Subject { title: "Blitzer heute".into(), ..post("Ihr Arschlöcher, Knoellchen!") });

        assert_eq!(found.action, Action::Queue);
        let words = found.reasons.iter().map(|reason| match reason {
            Reason::Word { found, entry, list } => (found.as_str(), entry.as_str(), list.as_str()),
            other => panic!("{other:?}"),
        });
        let words: Vec<_> = words.collect();
        assert_eq!(
            words,
            [("Blitzer", "blitz*", ""), ("Knoellchen", "Knöllchen", ""), ("Arschlöcher", "Arschloch", "de")]
        );
        let pictured = Subject { alts: vec!["Ein Knöllchen".into()], ..post("Seht her") };
        assert_eq!(verdict(&rules, &pictured).action, Action::Queue, "also in what is to be seen");
        assert_eq!(verdict(&rules, &post("Guten Morgen")), Verdict::default());
    }

    #[test]
    fn within_allowed_words_nothing_is_found() {
        let rules = Rules {
            words: lines(&["Arsch"]),
            allowed_words: lines(&["Arsch huh"]),
            words_do: Does::Hide,
            ..Rules::default()
        };

        assert_eq!(verdict(&rules, &post("Arsch huh, Zäng ussenander!")).action, Action::Pass);
        assert_eq!(verdict(&rules, &post("Arsch huh! Du Arsch")).action, Action::Hide, "elsewhere it is");
    }

    #[test]
    fn accounts_and_domains_and_floods_keep_posts_back() {
        let rules = Rules {
            accounts: lines(&["@troll"]),
            domains: lines(&["casino.example"]),
            domains_do: Does::Hide,
            allowed_accounts: lines(&["Presse"]),
            limit: Some(Limit { posts: 3, minutes: 10 }),
            ..Rules::default()
        };
        let by = |author: &str, text: &str| Subject { author: Some(author.into()), ..post(text) };

        assert_eq!(verdict(&rules, &by("Troll", "Hallo")).reasons, [Reason::Account { account: "@troll".into() }]);
        let linked = verdict(&rules, &post("Jetzt: www.casino.example/los"));
        assert_eq!(linked.reasons, [Reason::Domain { host: "casino.example".into() }]);
        assert_eq!(linked.action, Action::Hide);
        let own = Subject { link: Some("https://casino.example/1".into()), ..post("Hallo") };
        assert_eq!(verdict(&rules, &own).action, Action::Pass, "its permalink leads to itself");
        let flood = verdict(&rules, &Subject { before: 3, ..post("Hallo") });
        assert_eq!(flood.reasons, [Reason::Flood { posts: 3, minutes: 10 }]);
        assert_eq!(verdict(&rules, &Subject { before: 2, ..post("Hallo") }).action, Action::Pass);
        let allowed = Subject { before: 9, ..by("Presse", "casino.example") };
        assert_eq!(verdict(&rules, &allowed), Verdict::default(), "who is allowed passes");
    }

    #[test]
    fn the_sternest_list_counts_and_reasons_are_kept_as_they_are() {
        let rules = Rules {
            words: lines(&["Arschloch"]),
            languages: lines(&["de"]),
            languages_do: Does::Hide,
            ..Rules::default()
        };
        let found = verdict(&rules, &post("Arschloch"));

        assert_eq!((found.action, found.reasons.len()), (Action::Hide, 1));
        assert_eq!(Reason::read(&Reason::write(&found.reasons)), found.reasons);
        assert!(Reason::read("").is_empty() && found.reasons[0].is_of_content() && !Reason::Stop.is_of_content());
        let many = verdict(
            &rules,
            &post(&(0..40).map(|n| format!("{}arschloch ", (b'a' + n % 26) as char)).collect::<String>()),
        );
        assert!(many.reasons.len() <= 8 && many.action == Action::Hide);
    }
}
