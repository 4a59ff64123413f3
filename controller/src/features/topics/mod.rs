//! Topics: headings of a stage, which rules and people put posts under.

pub mod rule;
#[cfg(test)]
mod rule_tests;
mod sorting;
mod suggest;

pub use sorting::{Caught, Hand, Progress, catch, kept, progress, put, sort_new, sort_next};
pub use suggest::suggest;

use std::collections::HashMap;

use sha2::{Digest, Sha256};

use crate::{
    app::{App, Change, Error, Result},
    features::{
        history::{self, Deed, Thing},
        posts,
    },
    store::{self, Stage, Topic},
    tools::ids,
};
use rule::Rule;

/// Longest name, in characters.
pub const LONGEST_NAME: usize = 60;
/// Most topics of a stage.
pub const MOST: usize = 100;

/// A name that a topic can have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TopicName(String);

impl TopicName {
    /// Takes what was typed; refuses what is empty or too long.
    pub fn parse(typed: &str) -> Result<Self> {
        let name = typed.split_whitespace().collect::<Vec<_>>().join(" ");
        if name.is_empty() {
            return Err(Error::invalid("name", "topics.name.empty"));
        }
        if name.chars().count() > LONGEST_NAME {
            return Err(Error::invalid("name", "topics.name.too_long"));
        }
        Ok(Self(name))
    }

    /// The name in addresses; of one that no Latin letter is in, some letters that stay the same.
    fn slug(&self) -> String {
        let readable = posts::readable(&self.0);
        if readable.is_empty() { shared::hex::encode(&Sha256::digest(&self.0)[..4]) } else { readable }
    }
}

/// How many posts a topic has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// All of them, shown or not.
    pub posts: i64,
    /// Of these, put there by hand.
    pub by_hand: i64,
}

/// Lists the topics of a stage in their order.
pub async fn list(app: &App, stage: &Stage) -> Result<Vec<Topic>> {
    Ok(app.store.list_topics(&stage.id).await?)
}

/// Counts the posts of each topic of a stage, by its id.
pub async fn count(app: &App, stage: &Stage) -> Result<HashMap<String, Count>> {
    let counts = app.store.count_topic_posts(&stage.id).await?;
    Ok(counts.into_iter().map(|(id, posts, by_hand)| (id, Count { posts, by_hand })).collect())
}

/// What the topics of a stage are called, by their ids, and by those of topics that became part of them.
pub async fn names(app: &App, stage_id: &str) -> Result<HashMap<String, Topic>> {
    let topics = app.store.list_topics(stage_id).await?;
    let mut names: HashMap<_, _> = topics.into_iter().map(|topic| (topic.id.clone(), topic)).collect();
    for (old, now) in app.store.list_merged_topics(stage_id).await? {
        if let Some(topic) = names.get(&now).cloned() {
            names.insert(old, topic);
        }
    }
    Ok(names)
}

/// Gets a topic of a stage.
pub async fn get(app: &App, stage: &Stage, id: &str) -> Result<Topic> {
    app.store.find_topic(&stage.id, id).await?.ok_or(Error::NotFound("topic"))
}

/// Makes a topic; its id.
pub async fn create(app: &App, stage: &Stage, name: &TopicName, rule: &Rule) -> Result<String> {
    checked(rule)?;
    if list(app, stage).await?.len() >= MOST {
        return Err(Error::invalid("", "topics.too_many"));
    }
    let now = app.clock.now();
    let topic = Topic {
        id: ids::new(now),
        stage_id: stage.id.clone(),
        name: name.0.clone(),
        slug: name.slug(),
        position: 0,
        rule: rule.write(),
        created_at: now,
    };
    let thing = Thing { id: &topic.id, name: &topic.name, other: "" };
    history::noting(app, stage, Deed::TopicMade, thing).add_topic(&topic).await.map_err(taken)?;
    told(app, stage);
    Ok(topic.id)
}

/// Gives a topic another name and rule. Its old addresses lead to it, and old posts are sorted in the background.
pub async fn change(app: &App, stage: &Stage, id: &str, seen: &str, name: &TopicName, rule: &Rule) -> Result<()> {
    checked(rule)?;
    let old = get(app, stage, id).await?;
    if !seen.is_empty() && seen != mark(&old) {
        return Err(Error::Stale);
    }
    let (written, thing) = (rule.write(), Thing { id, name: &old.name, other: &name.0 });
    let store = match (old.rule == written, old.name == name.0) {
        (true, true) => app.store.clone(),
        (true, false) => history::noting(app, stage, Deed::TopicRenamed, thing),
        (false, _) => history::noting(app, stage, Deed::TopicRule, thing),
    };
    let done = store.change_topic(&old, &name.0, &name.slug(), &written).await.map_err(taken)?;
    if !done {
        return Err(Error::Stale);
    }
    told(app, stage);
    Ok(())
}

/// A mark of what a topic is called and what it takes: another one once somebody has changed that.
pub fn mark(topic: &Topic) -> String {
    let hash = Sha256::digest(format!("{}\n{}", topic.name, topic.rule));
    shared::hex::encode(&hash[..8])
}

/// Moves a topic one place up or down.
pub async fn shift(app: &App, stage: &Stage, id: &str, to: Direction) -> Result<()> {
    let mut all: Vec<_> = list(app, stage).await?.into_iter().map(|topic| topic.id).collect();
    let at = all.iter().position(|held| held == id).ok_or(Error::NotFound("topic"))?;
    let place = match to {
        Direction::Up => at.saturating_sub(1),
        Direction::Down => (at + 1).min(all.len() - 1),
    };
    all.swap(at, place);
    app.store.order_topics(&stage.id, &all).await?;
    told(app, stage);
    Ok(())
}

/// Where a topic is moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// One place towards the first.
    Up,
    /// One place towards the last.
    Down,
}

/// Makes a topic part of another one: posts, rule, addresses and programmes follow.
pub async fn merge(app: &App, stage: &Stage, id: &str, into: &str) -> Result<()> {
    let (from, target) = (get(app, stage, id).await?, app.store.find_topic(&stage.id, into).await?);
    let target = target.filter(|target| target.id != from.id).ok_or(Error::invalid("into", "topics.merge.choose"))?;
    let rule = Rule::read(&target.rule).or(Rule::read(&from.rule));
    checked(&rule)?;
    let thing = Thing { id: &from.id, name: &from.name, other: &target.name };
    history::noting(app, stage, Deed::TopicMerged, thing).merge_topic(&from, &target.id, &rule.write()).await?;
    told(app, stage);
    Ok(())
}

/// Removes a topic. Its posts stay where they are, without it; a programme that asks for it shows none of them.
pub async fn delete(app: &App, stage: &Stage, id: &str) -> Result<()> {
    let topic = get(app, stage, id).await?;
    let store = history::noting(app, stage, Deed::TopicRemoved, Thing { id, name: &topic.name, other: "" });
    if !store.delete_topic(&stage.id, id).await? {
        return Err(Error::NotFound("topic"));
    }
    told(app, stage);
    Ok(())
}

fn checked(rule: &Rule) -> Result<()> {
    rule.problem().map_or(Ok(()), |problem| Err(Error::Invalid(vec![problem])))
}

fn taken(error: store::Error) -> Error {
    match error {
        store::Error::Taken => Error::invalid("name", "topics.name.taken"),
        error => error.into(),
    }
}

/// Pages, programmes and whoever sorts posts look again.
fn told(app: &App, stage: &Stage) {
    app.news.tell(Change::Topics { stage_id: stage.id.clone() });
    app.news.tell(Change::Posts { stage_id: stage.id.clone() });
}
