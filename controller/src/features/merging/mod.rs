//! Merging: the same item on several networks is one card. What is the same says [`measure`].

mod choice;
mod links;
mod marks;
mod measure;
mod tables;
mod words;

use crate::{
    app::{App, Change, Error, Result, acting},
    features::{
        history::{self, Deed},
        moderation::Reason,
        sources,
    },
    store::{Card, Copy, Marked, OWN, Stage},
    tools::ids,
};
use choice::{Candidate, Choice, DAYS_AROUND, choose};
use measure::Said;

/// Number of the measure: with a higher one, all posts are looked at anew.
const MEASURE: i64 = 1;
/// Posts that are looked at in one go.
const AT_ONCE: i64 = 200;
/// A claim ends by itself after this long, in milliseconds: much longer than one go takes.
const CLAIM_MILLIS: i64 = 120_000;
/// How often a card is looked at anew that somebody else changed meanwhile.
const TRIES: usize = 3;
/// Most posts that are compared with one.
const COMPARED: i64 = 40;
/// How many posts are offered for putting together by hand.
pub const OFFERED: i64 = 60;
/// Most posts of one card.
pub const MOST: usize = 12;

/// A post's rank among those of its card: the highest that is visible stands for all. Own posts come first, then those that
/// may be given on in full before those of which only a link may, then those with pictures, then the longest. 0: its network
/// does not want it to stand for others (X, LinkedIn); then it is part of a card, and shows only where it is alone.
pub fn rank(post: &Copy) -> i64 {
    const OWN_POST: i64 = 1 << 40;
    const IN_FULL: i64 = 1 << 39;
    const PICTURED: i64 = 1 << 38;
    let given = match (post.network.as_str(), sources::standing_of(&post.network)) {
        (OWN, _) => OWN_POST,
        (_, sources::StandsFor::All) => IN_FULL,
        (_, sources::StandsFor::AllAtNeed) => 0,
        (_, sources::StandsFor::Itself) => return 0,
    };
    let length = i64::try_from(post.text.chars().count()).unwrap_or(0).min(PICTURED - 2);
    given + if post.pictured { PICTURED } else { 0 } + length + 1
}

fn said(post: &Copy) -> Said {
    Said::read(post.title.as_deref(), &post.text, &post.html, post.link.as_deref())
}

fn marked(stage_id: &str, post: &Copy) -> Marked {
    Marked {
        post_id: post.id.clone(),
        content_hash: post.content_hash.clone(),
        published_at: post.published_at,
        rank: rank(post),
        marks: said(post).marks().iter().map(|mark| marks::number(stage_id, mark)).collect(),
    }
}

/// Looks for copies of a post that is new or says something else; whether its card changed.
pub async fn look_at(app: &App, stage: &Stage, post_id: &str) -> Result<bool> {
    let found = app.store.list_copies(&stage.id, &[post_id.to_owned()]).await?;
    let Some(post) = found.into_iter().find(|post| post.id == post_id) else { return Ok(false) };
    let marked = marked(&stage.id, &post);
    app.store.mark_posts(std::slice::from_ref(&marked)).await?;
    let changed = settle(app, stage, &post, &marked).await?;
    app.store.note_measured(MEASURE, &[(post.id, post.content_hash)]).await?;
    Ok(changed)
}

/// Looks for copies of posts that no one has looked at: some of one stage. Whether there were any.
pub async fn look_next(app: &App) -> Result<bool> {
    let now = app.clock.now();
    let Some(stage_id) = app.store.claim_merging(MEASURE, now, now + CLAIM_MILLIS).await? else { return Ok(false) };
    let done = look_at_some(app, &stage_id).await;
    app.store.keep_merging(&stage_id, 0).await?;
    done?;
    Ok(true)
}

async fn look_at_some(app: &App, stage_id: &str) -> Result<()> {
    let Some(found) = app.store.find_any_stage(stage_id).await? else { return Ok(()) };
    let posts = app.store.list_unmeasured_posts(stage_id, MEASURE, AT_ONCE).await?;
    let stage = stage_id.to_owned();
    // Thousands of words: nobody else on this thread waits for them.
    let marked = tokio::task::spawn_blocking(move || {
        let marked: Vec<_> = posts.iter().map(|post| marked(&stage, post)).collect();
        (posts, marked)
    });
    let (posts, marked) = marked.await.map_err(|error| Error::internal("mark posts", error))?;
    app.store.mark_posts(&marked).await?;
    let mut changed = false;
    for (post, marked) in posts.iter().zip(&marked) {
        match settle(app, &found, post, marked).await {
            Ok(settled) => changed |= settled,
            // One post must not keep the others waiting; it is looked at again when it changes.
            Err(error) => {
                tracing::warn!(stage.id = %stage_id, "look for copies of a post of stage {stage_id}: {error}");
            }
        }
    }
    let looked_at: Vec<_> = posts.into_iter().map(|post| (post.id, post.content_hash)).collect();
    app.store.note_measured(MEASURE, &looked_at).await?;
    if changed {
        app.news.tell(Change::Posts { stage_id: stage_id.to_owned() });
    }
    Ok(())
}

/// Puts a post on the card it belongs to, or takes it off one to which it no longer does; whether anything changed.
async fn settle(app: &App, stage: &Stage, post: &Copy, marked: &Marked) -> Result<bool> {
    let around = (post.published_at - DAYS_AROUND, post.published_at + DAYS_AROUND);
    let mut ids = app.store.find_marked(&marked.marks, around, post.published_at, COMPARED).await?;
    ids.retain(|id| *id != post.id);
    if ids.is_empty() && post.card_id.is_none() {
        return Ok(false);
    }
    ids.push(post.id.clone());
    for _ in 0..TRIES {
        let found = app.store.list_copies(&stage.id, &ids).await?;
        let all: Vec<_> = found.iter().map(|copy| copy.id.clone()).collect();
        let parted = app.store.list_parted(&all).await?;
        let candidates: Vec<_> = found.iter().map(|copy| Candidate { said: said(copy), post: copy }).collect();
        let Some(subject) = candidates.iter().position(|one| one.post.id == post.id) else { return Ok(false) };
        match choose(&candidates, subject, &parted, MOST) {
            Choice::Stay => return Ok(false),
            Choice::Leave => {
                let store = acting::by_itself("history.because.changed", async {
                    history::noting(app, stage, Deed::PostLeft, post.id.as_str())
                });
                return Ok(store.await.leave_card(&stage.id, &post.id, false).await?);
            }
            Choice::Join(members) => {
                let joined = join(app, stage, post, &members, false);
                if acting::by_itself("history.because.same", joined).await? {
                    return Ok(true);
                }
            }
        }
    }
    Err(Error::internal("put a post on a card", "others change it all the time"))
}

async fn join(app: &App, stage: &Stage, post: &Copy, members: &[&Copy], by_hand: bool) -> Result<bool> {
    let card = members.iter().find_map(|post| post.card_id.clone()).unwrap_or_else(|| ids::new(app.clock.now()));
    let posts = members.iter().map(|post| (post.id.as_str(), post.card_id.as_deref())).collect();
    let store = history::noting(app, stage, Deed::PostMerged, post.id.as_str());
    let reasons = Reason::write(&[Reason::Card]);
    let card = Card { id: &card, posts, by_hand, reasons: &reasons, now: app.clock.now() };
    Ok(store.join_card(&stage.id, &card).await?)
}

/// Makes two posts one card because somebody says so, with all that are on their cards.
pub async fn merge(app: &App, stage: &Stage, id: &str, into: &str) -> Result<()> {
    if id == into {
        return Err(Error::invalid("into", "merging.problem.choose"));
    }
    let members = app.store.list_copies(&stage.id, &[id.to_owned(), into.to_owned()]).await?;
    let is_there = |wanted: &str| members.iter().any(|post| post.id == wanted);
    if !is_there(id) {
        return Err(Error::NotFound("post"));
    }
    if !is_there(into) {
        return Err(Error::invalid("into", "merging.problem.choose"));
    }
    let mut sources: Vec<_> = members.iter().map(|post| &post.source_id).collect();
    sources.sort();
    sources.dedup();
    if sources.len() < members.len() {
        return Err(Error::invalid("into", "merging.problem.same_source"));
    }
    if members.len() > MOST {
        return Err(Error::invalid("into", "merging.problem.many"));
    }
    // One that was never looked at has no rank yet.
    let marks: Vec<_> = members.iter().map(|post| marked(&stage.id, post)).collect();
    app.store.mark_posts(&marks).await?;
    let members: Vec<_> = members.iter().collect();
    let post = members.iter().find(|post| post.id == id).copied().ok_or(Error::NotFound("post"))?;
    if !join(app, stage, post, &members, true).await? {
        return Err(Error::Stale);
    }
    app.news.tell(Change::Posts { stage_id: stage.id.clone() });
    Ok(())
}

/// Takes a post off its card because somebody says so: it and the others are never one card again by themselves.
pub async fn part(app: &App, stage: &Stage, id: &str) -> Result<()> {
    app.store.find_post(&stage.id, id).await?.ok_or(Error::NotFound("post"))?;
    if history::noting(app, stage, Deed::PostParted, id).leave_card(&stage.id, id, true).await? {
        app.news.tell(Change::Posts { stage_id: stage.id.clone() });
    }
    Ok(())
}
