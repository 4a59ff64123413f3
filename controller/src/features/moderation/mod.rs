//! Moderation: which imported posts wait for somebody, or are hidden, by themselves; and the emergency stop.

mod applying;
mod fate;
mod judge;
mod letters;
mod links;
mod lists;
mod rules;
mod stop;
mod text;

use std::sync::Arc;

pub use applying::{Trial, apply, apply_next, try_out};
pub use fate::Fate;
pub use judge::{Action, Ready, Reason, Subject, Verdict, judge};
pub use lists::languages;
pub use rules::{Does, LONGEST_LINE, Limit, MOST_LINES, MOST_MINUTES, MOST_POSTS, Rules, TypedRules, Wrong};
pub use stop::{Pulled, Take, pull, pulled, release};

use crate::{
    app::{App, Error, Result},
    features::history::{self, Deed},
    networks::ImportedPost,
    store::{Post, Source, Stage},
};

/// Reads the rules of a stage, and which edit they are: 0 where nobody has made any.
pub async fn read(app: &App, stage_id: &str) -> Result<(Rules, i64)> {
    let row = app.store.find_moderation(stage_id).await?.unwrap_or_default();
    Ok((Rules::read(&row.rules), row.number))
}

/// Whether rules are being applied to posts that are shown already.
pub async fn is_applying(app: &App, stage: &Stage) -> Result<bool> {
    Ok(app.store.find_moderation(&stage.id).await?.is_some_and(|row| row.applying))
}

/// Keeps the rules of a stage; they hold for what comes from now on. [`Error::Stale`] when they are not as they were seen.
pub async fn save(app: &App, stage: &Stage, rules: &Rules, seen: i64) -> Result<()> {
    let store = history::noting(app, stage, Deed::StageRules, stage.id.as_str());
    if store.save_moderation(&stage.id, &rules.write(), seen).await? { Ok(()) } else { Err(Error::Stale) }
}

/// Makes rules ready for many posts.
pub fn ready(rules: &Rules) -> Arc<Ready> {
    Arc::new(Ready::new(rules))
}

/// What becomes of an imported post: a new one, or an edit of an old one.
pub async fn decide(
    app: &App,
    source: &Source,
    rules: &Ready,
    post: &ImportedPost,
    published_at: i64,
    old: Option<&Post>,
) -> Result<Fate> {
    let is_stopped = app.store.find_stop(&source.stage_id).await?.is_some();
    let mut subject = subject(post);
    let warned = post.warning.as_ref().map(|_| Reason::Warning);
    if let Some(old) = old {
        return Ok(Fate::of_edit(old, warned.into_iter().collect(), judge(&subject, rules), is_stopped));
    }
    // What a source brings on its first visit was written over years.
    if let Some(limit) = rules.limit().filter(|_| source.succeeded_at > 0) {
        let after = published_at - limit.minutes * 60_000;
        subject.before = app.store.count_posts_between(&source.id, after, published_at, &post.remote_id).await?;
    }
    let held = source.held.then_some(Reason::Queue).into_iter().chain(warned).collect();
    Ok(Fate::of_new(held, judge(&subject, rules), is_stopped))
}

/// After a post was taken: holds it where the emergency stop was pulled at the same moment, and where an edit reaches one that
/// somebody showed by hand while it is pulled; gives it back where the stop was released at the same moment. `was_shown` says
/// that an earlier version was to be seen. Whether it was held.
pub async fn settle(app: &App, stage: &Stage, id: &str, was_shown: bool) -> Result<bool> {
    let (reasons, now) = (Reason::write(&[Reason::Stop]), app.clock.now());
    let held = app.store.hold_if_stopped(&stage.id, id, was_shown, &reasons, now).await?;
    app.store.give_back_unstopped(&stage.id, Some(id), now).await?;
    Ok(held)
}

fn subject(post: &ImportedPost) -> Subject {
    Subject {
        title: post.title.clone().unwrap_or_default(),
        text: post.text.clone(),
        html: post.html.clone(),
        alts: post.media.iter().filter_map(|medium| medium.alt.clone()).collect(),
        link: post.link.clone(),
        author: post.author.clone(),
        language: post.language.clone(),
        before: 0,
    }
}
