//! Whether posts still stand at their network: looked up by the network's policy, or where an owner wants it. A post
//! never goes for being absent, only for what a look-up says.

use std::{collections::HashSet, time::Duration};

use tokio::time::{Instant, timeout_at};
use tracing::info;

use super::{doors, fetch::link_of, policy::Rules, quotas, rests, settings, told};
use crate::{
    app::{App, Error, Result},
    features::posts,
    networks::{self, Batch, Class, Doors, Link, Network, PostRef, Standing},
    store::{Source, Stage},
};

/// Time between two looks at the pages of a source whose owner wants it, in milliseconds.
const EVERY_MILLIS: i64 = 24 * 3_600 * 1_000;
/// Time between two looks at the page of a post that is no longer young: seldom does one of those go.
const SELDOM_MILLIS: i64 = 7 * EVERY_MILLIS;
/// So long a post is young.
const YOUNG_MILLIS: i64 = 30 * EVERY_MILLIS;
/// So long it is remembered that people had hidden a post that went, in milliseconds.
pub const HIDDEN_MILLIS: i64 = 365 * 24 * 3_600 * 1_000;
/// Time between two looks whether posts of a source are due, in milliseconds.
const LOOK_MILLIS: i64 = 3_600 * 1_000;
/// Time after which the rest of many due posts is looked up, in milliseconds.
const REST_MILLIS: i64 = 60 * 1_000;
/// Posts that are looked up at a time.
const MOST: i64 = 30;
/// Posts that a network is asked about in one go.
const AT_A_TIME: usize = 10;
/// Posts missing from a listing that are looked up in one visit.
const MOST_ABSENT: usize = 20;
/// A post that was there so lately, in milliseconds, is not looked up for missing in a listing.
const LATELY_MILLIS: i64 = 30 * 60 * 1_000;
/// A post that was seen so lately, in milliseconds, need not be noted again.
const NOTED_MILLIS: i64 = 10 * 60 * 1_000;
/// Longest time one source may take; what was not answered by then is asked another time.
const LONGEST: Duration = Duration::from_secs(60);

/// Sets whether posts go when their page is gone (404 or 410). Where the network's policy wants look-ups, they stay on.
pub async fn follow_links(app: &App, stage: &Stage, id: &str, follows: bool) -> Result<()> {
    let source = app.store.find_source(&stage.id, id).await?.ok_or(Error::NotFound("source"))?;
    let always = networks::find(&source.network).is_some_and(|network| Rules::of(network).checks());
    if follows && !always && !source.checks_links {
        // Whoever wants it has seen one that is gone: every page is looked at, however lately its post came.
        app.store.forget_checks(&source.id).await?;
    }
    let found = app.store.check_source_links(&stage.id, id, follows || always, app.clock.now()).await?;
    told(app, stage, found)
}

/// Forgets which posts people had hidden that went long ago; says how many.
pub async fn forget_hidden(app: &App) -> Result<u64> {
    Ok(app.store.forget_hidden_posts(app.clock.now() - HIDDEN_MILLIS).await?)
}

/// When the posts of a new source are looked at first; `None` where nobody wants it.
pub(super) fn first_check(network: &dyn Network, now: i64) -> Option<i64> {
    Rules::of(network).checks().then_some(now + LOOK_MILLIS)
}

/// Looks up posts of the next source that is due; `false` when none is.
pub async fn check_next(app: &App) -> Result<bool> {
    let now = app.clock.now();
    let Some(source) = app.store.claim_source_links(now, now + EVERY_MILLIS).await? else { return Ok(false) };
    let network = networks::find(&source.network).ok_or(Error::NotFound("network"))?;
    let rules = Rules::of(network);
    // What may not be kept any longer goes at its time, also while the network is left alone.
    let (gone, goes_on) = match (rests(app, &source).await?, rules.due_before(now)) {
        (Some(until), _) => {
            app.store.postpone_checks(&source.id, until).await?;
            (0, false)
        }
        (None, Some(before)) => check_due(app, &source, network, before).await?,
        (None, None) => (check_pages(app, &source, network).await?, false),
    };
    let stale = match rules.stale_before(now) {
        // After weeks without a controller all are due, and most of them stand.
        Some(_) if goes_on => 0,
        Some(before) => app.store.delete_unchecked_posts(&source.id, before, now).await?,
        None => 0,
    };
    if gone > 0 || stale > 0 {
        info!(source.id = %source.id, gone, stale, "posts of source {} are gone", source.id);
        posts::withdrawn(app, &source.stage_id).await?;
    }
    Ok(true)
}

/// What a network wants looked up: what is gone goes, what stands is noted. Says how many went, and whether the look-ups go
/// on because there were answers and there is more to ask.
async fn check_due(app: &App, source: &Source, network: &dyn Network, before: i64) -> Result<(usize, bool)> {
    let now = app.clock.now();
    let posts = refs(app.store.list_posts_to_check(&source.id, before, MOST).await?);
    let mut next = now + LOOK_MILLIS;
    let (mut gone, mut goes_on) = (0, false);
    if !posts.is_empty() {
        let settings = settings(app);
        let doors = doors(app, &settings)?;
        if let Some(link) = link_of(app, source, network).await? {
            let counts = look_up(app, source, network, (&doors, &link), &posts).await?;
            if let Some(stage) = app.store.find_any_stage(&source.stage_id).await? {
                quotas::note(app, network, &settings, &stage.account_id, &doors.meter).await?;
            }
            gone = counts.gone;
            goes_on = posts.len() >= usize::try_from(MOST).unwrap_or(usize::MAX) && counts.gone + counts.standing > 0;
            if goes_on {
                next = now + REST_MILLIS;
            }
        }
    }
    app.store.postpone_checks(&source.id, rests(app, source).await?.unwrap_or(next)).await?;
    Ok((gone, goes_on))
}

/// What an owner wants: posts whose page is gone go. All are looked at in turn.
async fn check_pages(app: &App, source: &Source, network: &dyn Network) -> Result<usize> {
    let now = app.clock.now();
    let since = (now - YOUNG_MILLIS, now - EVERY_MILLIS, now - SELDOM_MILLIS);
    let mut posts = app.store.list_pages_to_check(&source.id, since, MOST).await?;
    let due = posts.len();
    // Tells a website that is broken from one that has put away all of these.
    if let Some(newest) = app.store.find_newest_page(&source.id).await?
        && !posts.contains(&newest)
    {
        posts.push(newest);
    }
    let posts = refs(posts);
    let settings = settings(app);
    let doors = doors(app, &settings)?;
    let Some(link) = link_of(app, source, network).await? else { return Ok(0) };
    let answers = ask(app, source, network, (&doors, &link), &posts).await;
    // Where no page answers, the website is broken, and nothing was deleted.
    if !answers.iter().any(|(_, standing)| *standing == Standing::Stands) {
        return Ok(0);
    }
    let (gone, rest): (Vec<_>, Vec<_>) = answers.into_iter().partition(|(_, standing)| *standing == Standing::Gone);
    let mut withdrawn = 0;
    for (id, _) in gone {
        withdrawn += usize::from(super::import::withdraw(app, source, id).await?);
    }
    // What its page says nothing of has had its turn, too.
    let looked_at: Vec<_> = rest.into_iter().map(|(id, _)| id).collect();
    app.store.note_posts_there(&source.id, &looked_at, now, now).await?;
    if due >= usize::try_from(MOST).unwrap_or(usize::MAX) {
        app.store.postpone_checks(&source.id, now + REST_MILLIS).await?;
    }
    Ok(withdrawn)
}

/// Notes which posts a listing held, and looks up those that it should have held and did not; says how many are gone. A
/// listing without posts is an outage, and says nothing.
pub(super) async fn follow_listing(
    app: &App,
    source: &Source,
    network: &dyn Network,
    doors: &Doors<'_>,
    link: &Link,
    batch: &Batch,
) -> Result<usize> {
    let now = app.clock.now();
    let oldest = batch.posts.iter().filter_map(|post| post.published_at).min();
    let Some(oldest) = oldest.filter(|_| Rules::of(network).checks()) else { return Ok(0) };
    let there: Vec<_> = batch.posts.iter().map(|post| post.remote_id.as_str()).collect();
    app.store.note_posts_there(&source.id, &there, now, now - NOTED_MILLIS).await?;
    let unseen = app.store.list_posts_unseen(&source.id, oldest, now - LATELY_MILLIS).await?;
    let there: HashSet<_> = there.into_iter().collect();
    let absent = refs(unseen.into_iter().filter(|(id, _)| !there.contains(id.as_str())).take(MOST_ABSENT).collect());
    if absent.is_empty() {
        return Ok(0);
    }
    Ok(look_up(app, source, network, (doors, link), &absent).await?.gone)
}

/// What a look-up came to.
struct Counts {
    gone: usize,
    standing: usize,
}

/// Looks posts up: what is gone goes, what stands is noted.
async fn look_up(
    app: &App,
    source: &Source,
    network: &dyn Network,
    through: (&Doors<'_>, &Link),
    posts: &[PostRef],
) -> Result<Counts> {
    let now = app.clock.now();
    let mut there = Vec::new();
    let mut gone = 0;
    for (id, standing) in ask(app, source, network, through, posts).await {
        match standing {
            Standing::Stands => there.push(id),
            Standing::Gone => gone += usize::from(super::import::withdraw(app, source, id).await?),
            Standing::Unknown => {}
        }
    }
    app.store.note_posts_there(&source.id, &there, now, now).await?;
    Ok(Counts { gone, standing: there.len() })
}

/// Asks a network how posts stand. What some of them came to counts, whatever becomes of the rest: slow answers must not
/// make all of them unseen.
async fn ask<'a>(
    app: &App,
    source: &Source,
    network: &dyn Network,
    (doors, link): (&Doors<'_>, &Link),
    posts: &'a [PostRef],
) -> Vec<(&'a str, Standing)> {
    let end = Instant::now() + LONGEST;
    let mut answers = Vec::with_capacity(posts.len());
    for posts in posts.chunks(AT_A_TIME) {
        match timeout_at(end, network.verify(doors, link, posts)).await {
            Ok(Ok(standings)) => answers.extend(posts.iter().map(|post| post.remote_id.as_str()).zip(standings)),
            Ok(Err(trouble)) => {
                if let (Class::RateLimited { until }, Some(host)) = (&trouble.class, network.host(doors.settings, link))
                {
                    app.pauses.note(host, *until, app.clock.now());
                }
                info!(source.id = %source.id, "posts of source {} could not be looked up: {}", source.id, trouble.detail);
                break;
            }
            Err(_) => break,
        }
    }
    answers
}

fn refs(posts: Vec<(String, Option<String>)>) -> Vec<PostRef> {
    posts.into_iter().map(|(remote_id, link)| PostRef { remote_id, link }).collect()
}
