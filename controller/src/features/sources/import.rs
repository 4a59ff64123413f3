//! One visit to a source: what it brought is taken post by post.

use std::collections::HashSet;

use tracing::{info, warn};

use super::{
    Saying, doors,
    fetch::{Asking, fetch, link_of},
    hooks::Sent,
    pictures::{self, Patience},
    policy::Rules,
    quotas, saying, settings, standing,
    subscriptions::{self, Told},
};
use crate::{
    app::{App, Change, Error, Result, acting},
    features::{
        history::{self, Deed},
        merging,
        moderation::{self, Ready, Reason},
        posts::{self, slug},
        topics,
    },
    networks::{self, Batch, Class, Doors, ImportedPost, Network, News, Next, Settings, Visited},
    store::{self, Post, Source, Stage, Subscription, Taken, VisitResult},
    tools::ids,
};

/// Most posts one visit takes, newest first.
const MOST_POSTS: usize = 200;
/// A source that is switched off is due at the end of time.
pub(super) const NEVER: i64 = i64::MAX;

/// What a visit brought.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// Posts that were not here before.
    pub new: usize,
    /// Posts that were edited.
    pub changed: usize,
    /// Posts that their source withdrew.
    pub withdrawn: usize,
    /// Pictures that could not be had; their posts came without them.
    pub without_picture: usize,
    /// New posts that wait, because they carry a warning.
    pub waiting: usize,
    /// Posts that could not be stored; they are tried again.
    pub failed: usize,
}

/// Visits a claimed source, takes what it brought, and notes how it went.
pub async fn visit(app: &App, source: &Source) -> Result<Imported> {
    let stage = app.store.find_any_stage(&source.stage_id).await?.ok_or(Error::NotFound("stage"))?;
    let subscription = app.store.find_subscription(&source.id).await?;
    visit_for(app, &stage, source, subscription).await
}

/// The same for whoever knows its stage, and its subscription if it has one.
pub async fn visit_for(
    app: &App,
    stage: &Stage,
    source: &Source,
    subscription: Option<Subscription>,
) -> Result<Imported> {
    let network = networks::find(&source.network).ok_or(Error::NotFound("network"))?;
    let settings = settings(app);
    let doors = doors(app, &settings)?;
    let told = Told::new(subscription, app.clock.now());
    let imported = visit_through(app, (stage, source, told), network, &settings, &doors).await;
    // It was asked for, whatever came of it.
    quotas::note(app, network, &settings, &stage.account_id, &doors.meter).await?;
    imported
}

async fn visit_through(
    app: &App,
    (stage, source, told): (&Stage, &Source, Told),
    network: &dyn Network,
    settings: &Settings,
    doors: &Doors<'_>,
) -> Result<Imported> {
    let rules = Rules::of(network);
    let began = app.clock.now();
    let subscribers = app.followers.count(&app.store, (&source.network, &source.address), began).await?;
    let sent = Sent::to(app, source, network).await?;
    let usual_secs = quotas::every_secs(app, network, settings, &stage.account_id).await?;
    let asking = Asking {
        subscribers: usize::try_from(subscribers).unwrap_or(1),
        every_secs: told.every_secs(usual_secs),
        sent: &sent.bodies,
    };
    let mut visited = fetch(app, source, network, doors, asking).await?;
    if let Some((host, until)) = visited.host_pause.clone() {
        app.pauses.note(host, until, began);
    }
    let mut imported = Imported::default();
    let mut name = source.name.clone();
    let mut failed = HashSet::new();
    let said = match &visited.outcome {
        Ok(News::Batch(batch)) => {
            if let Some(title) = &batch.source.title {
                name.clone_from(title);
            }
            failed = take(app, stage, source, batch, rules, &mut imported).await?;
            if !batch.is_partial
                && let Some(link) = link_of(app, source, network).await?
            {
                imported.withdrawn += standing::follow_listing(app, source, network, doors, &link, batch).await?;
            }
            tell(app, stage, source, &imported).await?;
            subscriptions::follow(app, source, &batch.source).await?;
            remark(batch, &imported)
        }
        // What was odd about the same document still is.
        Ok(News::Unchanged) if source.failures == 0 => Saying::of(source).unwrap_or_default(),
        Ok(News::Unchanged) => Saying::default(),
        Err(trouble) => saying(trouble),
    };
    if visited.outcome.is_ok()
        && let Some(latest) = told.judge(app, source, imported.new + imported.changed > 0, usual_secs).await?
        && let Next::At(time) = visited.next
    {
        visited.next = Next::At(time.min(latest));
    }
    if imported.failed > 0 {
        // As if it had not been seen: else "nothing new" would be all that is heard of those posts from now on.
        visited.memory.clone_from(&source.memory);
    }
    let settled = sent.settle(app, source, &failed).await?;
    if let Some(pause) = settled.again_millis
        && visited.next == Next::WhenSent
    {
        visited.next = Next::At(began + pause);
    }
    note(app, source, name, said, visited, began).await?;
    if settled.goes_on {
        app.store.ring_source(&source.id, app.clock.now()).await?;
    }
    app.news.tell(Change::Source { stage_id: stage.id.clone() });
    Ok(imported)
}

/// Takes posts, and returns the ids of those that could not be stored.
async fn take(
    app: &App,
    stage: &Stage,
    source: &Source,
    batch: &Batch,
    rules: Rules,
    imported: &mut Imported,
) -> Result<HashSet<String>> {
    let mut moderation = Moderation::read(app, source).await?;
    let mut oldest: Vec<_> = batch.posts.iter().take(MOST_POSTS).rev().collect();
    let ids: Vec<_> = oldest.iter().map(|post| post.remote_id.as_str()).collect();
    let known = app.store.list_content_hashes(&source.id, &ids).await?;
    // Some sources begin with the oldest. What bears no date is dated now.
    oldest.sort_by_key(|post| post.published_at.unwrap_or(i64::MAX));
    let (mut patience, mut failed) = (Patience::default(), HashSet::new());
    // Oldest first, so that the newest is the last to arrive and ids follow time.
    for post in oldest {
        if known.get(&post.remote_id) == Some(&post.content_hash) {
            continue;
        }
        match take_one(app, stage, source, post, rules, &mut moderation, &mut patience).await {
            Ok(Taken::Same) => continue,
            Ok(Taken::New) => {
                imported.new += 1;
                imported.waiting += usize::from(post.warning.is_some());
            }
            Ok(Taken::Changed) => imported.changed += 1,
            Err(error) => {
                // One bad post must not stop the others; it is tried again at the next visit that brings anything.
                warn!(source.id = %source.id, "take a post of source {}: {error}", source.id);
                failed.insert(post.remote_id.clone());
                continue;
            }
        }
        app.news.tell(Change::Posts { stage_id: stage.id.clone() });
    }
    imported.without_picture = patience.missed;
    imported.failed = failed.len();
    for remote_id in &batch.withdrawn {
        if withdraw(app, source, remote_id).await? {
            imported.withdrawn += 1;
        }
    }
    Ok(failed)
}

/// Removes a post that its source withdrew; whether it was here.
pub(super) async fn withdraw(app: &App, source: &Source, remote_id: &str) -> Result<bool> {
    let Some(stage) = app.store.find_any_stage(&source.stage_id).await? else { return Ok(false) };
    let Some(id) = app.store.find_post_of(&source.id, remote_id).await? else { return Ok(false) };
    let gone = acting::by_itself("history.because.withdrawn", async {
        let store = history::noting(app, &stage, Deed::PostWithdrawn, id.as_str());
        store.delete_withdrawn_post(&source.id, remote_id, app.clock.now()).await
    });
    Ok(gone.await?)
}

/// Tells whoever has to know what a visit brought.
async fn tell(app: &App, stage: &Stage, source: &Source, imported: &Imported) -> Result<()> {
    if imported.withdrawn > 0 {
        posts::withdrawn(app, &stage.id).await?;
    }
    if imported.new + imported.changed + imported.withdrawn > 0 {
        info!(
            source.id = %source.id,
            new = imported.new,
            changed = imported.changed,
            withdrawn = imported.withdrawn,
            "fetched source {}",
            source.id
        );
    }
    Ok(())
}

/// What the owner has posts of a source held to.
struct Moderation {
    /// Which edit of the rules.
    number: i64,
    rules: Ready,
    /// Whether new ones wait.
    held: bool,
}

impl Moderation {
    async fn read(app: &App, source: &Source) -> Result<Self> {
        let (rules, number) = moderation::read(app, &source.stage_id).await?;
        Ok(Self { number, rules: Ready::new(&rules), held: source.held })
    }

    /// As it is now: pictures may have taken minutes, and an owner who has seen something bad has not waited for them.
    async fn renew(&mut self, app: &App, source: &Source) -> Result<()> {
        let (rules, number) = moderation::read(app, &source.stage_id).await?;
        if number != self.number {
            (self.rules, self.number) = (Ready::new(&rules), number);
        }
        if let Some(source) = app.store.find_source(&source.stage_id, &source.id).await? {
            self.held = source.held;
        }
        Ok(())
    }
}

async fn take_one(
    app: &App,
    stage: &Stage,
    source: &Source,
    post: &ImportedPost,
    network: Rules,
    terms: &mut Moderation,
    patience: &mut Patience,
) -> Result<Taken> {
    let now = app.clock.now();
    let id = ids::new(now);
    let pictures = pictures::fetch(app, stage, source, &id, post, network.pictures(), patience).await?;
    let words = post.title.as_deref().unwrap_or(&post.text);
    let old = app.store.find_imported_post(&source.id, &post.remote_id).await?;
    let published_at = match post.published_at {
        // A post from the future would stand above all others until then.
        Some(at) => at.min(now),
        // An edit of a post that bears no date leaves it where it is.
        None => old.as_ref().map_or(now, |old| old.published_at),
    };
    terms.renew(app, source).await?;
    let judged = Source { held: terms.held, ..source.clone() };
    let fate = moderation::decide(app, &judged, &terms.rules, post, published_at, old.as_ref()).await?;
    let decided = fate.deed(old.as_ref());
    let row = Post {
        slug: slug(words, &source.id, &post.remote_id),
        id,
        stage_id: stage.id.clone(),
        source_id: Some(source.id.clone()),
        remote_id: post.remote_id.clone(),
        title: post.title.clone(),
        text: post.text.clone(),
        html: post.html.clone(),
        link: post.link.clone(),
        author: post.author.clone(),
        language: post.language.clone(),
        content_hash: post.content_hash.clone(),
        published_at,
        imported_at: now,
        changed_at: now,
        shown: fate.shown,
        standing: fate.standing,
        reasons: Reason::write(&fate.reasons),
        stopped: fate.stopped,
        facts: topics::kept(post),
        ..Post::default()
    };
    let taken = app.store.take_post(&row, &pictures).await?;
    if taken == Taken::Same {
        return Ok(taken);
    }
    let Some(id) = app.store.find_post_of(&source.id, &post.remote_id).await? else { return Ok(taken) };
    moderation::settle(app, stage, &id, old.as_ref().is_some_and(|old| old.shown)).await?;
    if let Some(deed) = decided {
        history::note_decision(app, stage.into(), deed, &id).await?;
    }
    // What it said before goes from the pictures of screens, too, whatever it says now.
    if old.is_some_and(|old| old.shown) {
        posts::left(app, &stage.id).await?;
    }
    // What goes wrong here is made up for in the background: the post counts as one that nobody sorted.
    if let Err(error) = topics::sort_new(app, &stage.id, &id).await {
        warn!(source.id = %source.id, "sort a post of source {}: {error}", source.id);
    }
    if let Err(error) = merging::look_at(app, stage, &id).await {
        warn!(source.id = %source.id, "look for copies of a post of source {}: {error}", source.id);
    }
    Ok(taken)
}

/// What the owner should know of a source that works all the same: the worst of it.
fn remark(batch: &Batch, imported: &Imported) -> Saying {
    const OF_THE_WHOLE: &[&str] = &[
        "feeds.problem.truncated",
        "feeds.problem.too_many_elements",
        "feeds.problem.too_many_posts",
        "feeds.problem.encoding",
        "networks.problem.opted_out",
        "networks.problem.moved",
    ];
    const LEFT_OUT: &[&str] = &["feeds.problem.cut_post", "feeds.problem.json_without_id", "feeds.problem.empty_post"];
    let keys = || batch.problems.iter().map(|problem| problem.key);
    let left_out = keys().filter(|key| LEFT_OUT.contains(key)).count();
    if let Some(key) = OF_THE_WHOLE.iter().find(|key| keys().any(|found| found == **key)) {
        Saying::new(key, &[])
    } else if left_out > 0 {
        Saying::new("sources.remark.left_out", &[("count", left_out.to_string())])
    } else if imported.waiting > 0 {
        Saying::new("sources.remark.waiting", &[("count", imported.waiting.to_string())])
    } else if imported.without_picture > 0 {
        Saying::new("sources.remark.pictures", &[("count", imported.without_picture.to_string())])
    } else if batch.source.expired {
        Saying::new("sources.remark.expired", &[])
    } else {
        Saying::default()
    }
}

async fn note(app: &App, source: &Source, name: String, said: Saying, visited: Visited, began: i64) -> Result<()> {
    let now = app.clock.now();
    let trouble = visited.outcome.as_ref().err();
    let next_at = match visited.next {
        // Counted from the end: a server that keeps us waiting must not be due again at once.
        Next::At(time) => time.saturating_add(now - began),
        Next::WhenSent | Next::Never => NEVER,
    };
    let stopped = visited.next == Next::Never
        || trouble.is_some_and(|t| {
            matches!(t.class, Class::Gone | Class::ReauthRequired | Class::PermissionMissing { .. } | Class::BadRequest)
        });
    if let Some(trouble) = trouble {
        info!(source.id = %source.id, "source {} could not be fetched: {}", source.id, trouble.detail);
    }
    let state = match (trouble, stopped) {
        (None, false) => "working",
        (_, true) => "stopped",
        (Some(_), false) => "failing",
    };
    let result = VisitResult {
        address: visited.moved_to.unwrap_or_else(|| source.address.clone()),
        name,
        memory: visited.memory,
        state,
        problem: said.key,
        detail: serde_json::to_string(&said.args).unwrap_or_else(|_| "{}".to_owned()),
        failures: if trouble.is_some() { source.failures + 1 } else { 0 },
        // A hub that told of news meanwhile told of what may not be among what came.
        fetched_at: began,
        succeeded_at: if trouble.is_some() { source.succeeded_at } else { now },
        next_at,
    };
    let store = if state == "stopped" && source.state != "stopped" {
        let stage = app.store.find_any_stage(&source.stage_id).await?.ok_or(Error::NotFound("stage"))?;
        acting::by_itself("history.because.trouble", async { super::noting(app, &stage, Deed::SourceStopped, source) })
            .await
    } else {
        app.store.clone()
    };
    match store.note_visit(source, &result).await {
        // It moved to where another source of the stage is already: it stays where it was.
        Err(store::Error::Taken) => {
            let result = VisitResult { address: source.address.clone(), ..result };
            Ok(store.note_visit(source, &result).await?)
        }
        done => Ok(done?),
    }
}
