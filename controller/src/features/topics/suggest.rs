//! Words for a rule, from posts that people put under its topic.

use std::collections::{HashMap, HashSet};

use super::rule::{Matcher, Rule, Subject};
use crate::{
    app::{App, Result},
    store::{PostFacts, Stage, Topic},
    tools::stems::{Tongue, words},
};

/// Posts put there by hand that are looked at.
const BY_HAND: i64 = 100;
/// Other posts that tell which words are usual.
const USUAL: i64 = 400;
/// Most words that are suggested.
const MOST: usize = 6;
/// Shortest word that is suggested, in characters.
const SHORTEST: usize = 4;

/// Words that mark posts put under a topic by hand, which its rule does not take yet: the best first.
pub async fn suggest(app: &App, stage: &Stage, topic: &Topic, rule: &Rule) -> Result<Vec<String>> {
    let chosen = app.store.list_facts_by_hand(&stage.id, &topic.id, BY_HAND).await?;
    if chosen.is_empty() {
        return Ok(Vec::new());
    }
    let others = app.store.list_post_facts(&stage.id, USUAL).await?;
    Ok(marks(&chosen, &others, &Matcher::new(rule)))
}

/// Words of the chosen posts that the rule misses, each in two of them at least, and at least three times as frequent
/// there as in the others.
fn marks(chosen: &[PostFacts], others: &[PostFacts], rule: &Matcher) -> Vec<String> {
    let missed: Vec<_> = chosen.iter().filter(|post| !rule.takes(&Subject::of(post))).collect();
    let ids: HashSet<_> = chosen.iter().map(|post| post.id.as_str()).collect();
    let usual: Vec<_> = others.iter().filter(|post| !ids.contains(post.id.as_str())).collect();
    let (there, elsewhere) = (count(&missed), count(&usual));
    let share = |posts: usize, all: usize| if all == 0 { 0.0 } else { posts as f64 / all as f64 };
    let mut marks: Vec<_> = there
        .into_iter()
        .filter(|(_, (posts, written))| *posts >= 2 && written.chars().count() >= SHORTEST)
        .filter_map(|(stem, (posts, written))| {
            let here = share(posts, missed.len());
            let usual = share(elsewhere.get(&stem).map_or(0, |(posts, _)| *posts), usual.len());
            (here >= 3.0 * usual).then_some((here - usual, written))
        })
        .collect();
    marks.sort_by(|one, other| other.0.total_cmp(&one.0).then_with(|| one.1.cmp(&other.1)));
    marks.into_iter().take(MOST).map(|(_, written)| written).collect()
}

/// In how many posts each word is, and how it is written there first.
fn count(posts: &[&PostFacts]) -> HashMap<String, (usize, String)> {
    let mut counts: HashMap<String, (usize, String)> = HashMap::new();
    for post in posts {
        let text = format!("{} {}", post.title.as_deref().unwrap_or_default(), post.text);
        let tongue = Tongue::of(post.language.as_deref());
        let mut seen = HashSet::new();
        for word in words(&text).into_iter().filter(|word| word.plain.chars().any(char::is_alphabetic)) {
            let stem = word.stem(tongue).to_owned();
            if seen.insert(stem.clone()) {
                counts.entry(stem).or_insert((0, word.written)).0 += 1;
            }
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::marks;
    use crate::{
        features::topics::rule::{Condition, Matcher, Part, Rule},
        store::PostFacts,
    };

    fn post(id: &str, text: &str) -> PostFacts {
        PostFacts {
            id: id.into(),
            title: None,
            text: text.into(),
            language: Some("de".into()),
            source_id: Some("s".into()),
            network: "feed".into(),
            facts: "{}".into(),
            pictured: false,
            content_hash: "1".into(),
        }
    }

    #[test]
    fn words_that_mark_the_chosen_posts_are_suggested_and_usual_ones_are_not() {
        let chosen = [
            post("1", "Heute öffnen die Freibäder der Stadt"),
            post("2", "Das Freibad der Stadt ist heute beheizt, ins Becken!"),
            post("3", "Neue Becken für die Stadt"),
        ];
        let others: Vec<_> = (4..12).map(|id| post(&id.to_string(), "Heute tagt der Rat der Stadt")).collect();
        let rule = |words: &[&str]| {
            let any = words.iter().map(|word| Condition::Words((*word).into())).collect();
            Matcher::new(&Rule { parts: vec![Part { any, ..Part::default() }] })
        };

        assert_eq!(marks(&chosen, &others, &rule(&[])), ["Becken", "Freibäder"]);
        assert!(marks(&chosen, &others, &rule(&["Freibad"])).is_empty(), "once in what is still missed");
        assert!(marks(&[], &others, &rule(&[])).is_empty());
    }
}
