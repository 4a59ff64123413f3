//! Sorting posts under topics: new ones at once, old ones in the background, and by hand.

use super::rule::{Kept, Matcher, Medium, Rule, Subject};
use crate::{
    app::{App, Change, Error, Result},
    features::history::{self, Deed, Thing},
    networks::{ImportedPost, MediaKind},
    store::{self, PostFacts, Sorted, Stage},
};

/// Posts that are sorted in one go.
const AT_ONCE: i64 = 200;
/// A claim ends by itself after this long, in milliseconds: much longer than one go takes.
const CLAIM_MILLIS: i64 = 60_000;
/// How many of the newest posts a rule is tried on before it is saved.
const TRIED_ON: i64 = 2_000;
/// How many of what it takes are named.
const NAMED: usize = 8;

/// What is kept of an imported post for rules beside its words.
pub fn kept(post: &ImportedPost) -> String {
    let kind = |kind: MediaKind| match kind {
        MediaKind::Picture => Some(Medium::Picture),
        MediaKind::Film => Some(Medium::Film),
        MediaKind::Sound => Some(Medium::Sound),
        MediaKind::Other => None,
    };
    let mut media = Vec::new();
    for medium in post.media.iter().filter_map(|medium| kind(medium.kind)) {
        if !media.contains(&medium) {
            media.push(medium);
        }
    }
    Kept { tags: post.tags.iter().take(50).cloned().collect(), media }.write()
}

/// The rules of a stage, made ready, with the number that the newest had when they were read.
struct Rules {
    number: i64,
    topics: Vec<(String, Matcher)>,
}

impl Rules {
    async fn read(app: &App, stage_id: &str) -> Result<Self> {
        // The number first: what changes meanwhile has a higher one, and is looked at again.
        let number = app.store.rules_number(stage_id).await?;
        let topics = app.store.list_topics(stage_id).await?;
        let ready = |topic: store::Topic| (topic.id, Matcher::new(&Rule::read(&topic.rule)));
        Ok(Self { number, topics: topics.into_iter().map(ready).collect() })
    }

    fn sort(&self, post: &PostFacts) -> Sorted {
        let subject = Subject::of(post);
        let takes = self.topics.iter().filter(|(_, matcher)| matcher.takes(&subject));
        Sorted {
            post_id: post.id.clone(),
            content_hash: post.content_hash.clone(),
            topics: takes.map(|(id, _)| id.clone()).collect(),
        }
    }
}

/// Sorts a post that is new or says something else.
pub async fn sort_new(app: &App, stage_id: &str, post_id: &str) -> Result<()> {
    let rules = Rules::read(app, stage_id).await?;
    if rules.number == 0 {
        return Ok(());
    }
    let Some(post) = app.store.find_post_facts(stage_id, post_id).await? else { return Ok(()) };
    app.store.note_sorted(rules.number, &[rules.sort(&post)]).await?;
    Ok(())
}

/// Sorts posts that the newest rules have not seen: some of one stage. Whether there were any.
pub async fn sort_next(app: &App) -> Result<bool> {
    let now = app.clock.now();
    let Some((stage_id, _)) = app.store.claim_sorting(now, now + CLAIM_MILLIS).await? else { return Ok(false) };
    let done = sort_some(app, &stage_id).await;
    app.store.keep_sorting(&stage_id, 0).await?;
    done?;
    Ok(true)
}

async fn sort_some(app: &App, stage_id: &str) -> Result<()> {
    let rules = Rules::read(app, stage_id).await?;
    let posts = app.store.list_unsorted_posts(stage_id, rules.number, AT_ONCE).await?;
    let count = posts.len();
    // Thousands of words: nobody else on this thread waits for them.
    let sorted = tokio::task::spawn_blocking(move || {
        let sorted: Vec<_> = posts.iter().map(|post| rules.sort(post)).collect();
        (rules.number, sorted)
    });
    let (number, sorted) = sorted.await.map_err(|error| Error::internal("sort posts", error))?;
    if app.store.note_sorted(number, &sorted).await? {
        app.news.tell(Change::Posts { stage_id: stage_id.to_owned() });
    }
    tracing::debug!(stage.id = %stage_id, count, "sorted posts of stage {stage_id}");
    Ok(())
}

/// How far the posts of a stage are sorted by its newest rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// So many are.
    pub done: i64,
    /// So many there are.
    pub all: i64,
}

impl Progress {
    /// Whether all are.
    pub fn is_done(self) -> bool {
        self.done >= self.all
    }

    /// How far in percent; less than 100 as long as one is missing.
    pub fn percent(self) -> i64 {
        if self.is_done() { 100 } else { (self.done * 100 / self.all.max(1)).clamp(0, 99) }
    }
}

/// How far the posts of a stage are sorted.
pub async fn progress(app: &App, stage: &Stage) -> Result<Progress> {
    let (done, all) = app.store.count_sorted(&stage.id).await?;
    Ok(Progress { done, all })
}

/// What a rule takes of the posts that are there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Caught {
    /// So many of the newest were looked at.
    pub looked_at: usize,
    /// So many of these it takes.
    pub count: usize,
    /// Ids of the newest of these.
    pub newest: Vec<String>,
}

/// Tries a rule on the newest posts of a stage; nothing is kept.
pub async fn catch(app: &App, stage: &Stage, rule: &Rule) -> Result<Caught> {
    let posts = app.store.list_post_facts(&stage.id, TRIED_ON).await?;
    let matcher = Matcher::new(rule);
    let caught = tokio::task::spawn_blocking(move || {
        let looked_at = posts.len();
        let taken: Vec<_> = posts.into_iter().filter(|post| matcher.takes(&Subject::of(post))).collect();
        let newest = taken.iter().take(NAMED).map(|post| post.id.clone()).collect();
        Caught { looked_at, count: taken.len(), newest }
    });
    caught.await.map_err(|error| Error::internal("try a rule", error))
}

/// What somebody says about a post and a topic.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Hand {
    /// The rule decides.
    #[default]
    Rule,
    /// It belongs there, whatever the rule says.
    In,
    /// It never does.
    Out,
}

impl Hand {
    /// Every choice, in the order in which it is offered.
    pub const ALL: [Self; 3] = [Self::Rule, Self::In, Self::Out];

    /// As it is stored.
    pub fn name(self) -> &'static str {
        match self {
            Self::Rule => "",
            Self::In => "in",
            Self::Out => "out",
        }
    }

    /// Reads what [`Hand::name`] says.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|hand| hand.name() == text)
    }
}

/// Says by hand whether a post belongs to topics. No edit of a rule changes that.
pub async fn put(app: &App, stage: &Stage, post_id: &str, said: &[(String, Hand)]) -> Result<()> {
    let topics = app.store.list_topics(&stage.id).await?;
    for (topic_id, hand) in said {
        let name = topics.iter().find(|topic| topic.id == *topic_id).map_or("", |topic| topic.name.as_str());
        let store = history::noting(app, stage, Deed::PostSorted, Thing { id: post_id, name: "", other: name });
        match store.set_post_topic(&stage.id, post_id, topic_id, hand.name()).await {
            Ok(()) => {}
            Err(store::Error::Orphan) => return Err(Error::NotFound("topic")),
            Err(error) => return Err(error.into()),
        }
    }
    app.news.tell(Change::Posts { stage_id: stage.id.clone() });
    Ok(())
}
