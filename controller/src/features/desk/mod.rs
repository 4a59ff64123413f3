//! The desk: the posts of all stages of an account, for those who decide what is seen.

mod acts;
mod filter;

pub use acts::{Done, KEPT_MILLIS, Order, Writes, act, aim, deeds, find_done, forget, undo};
pub use filter::{Filter, STATES};

use std::collections::HashSet;

use crate::{
    app::{App, Result},
    features::posts::{self, Part},
    store::{Below, Post, Stage},
};

/// Posts on one page.
pub const PER_PAGE: usize = 30;

/// Most posts something is done with at once; more are counted no further.
pub const MOST_AT_ONCE: i64 = 5_000;

/// Most posts that came while a page is open that are told.
const MOST_NEWS: usize = 60;

/// Lists posts of an account, the newest first, behind a place.
pub async fn list(app: &App, account_id: &str, stages: &[Stage], filter: &Filter, below: &Below) -> Result<Part> {
    let limit = i64::try_from(PER_PAGE).unwrap_or(i64::MAX - 1) + 1;
    let query = filter.query(stages);
    let mut found = app.store.list_desk_posts(account_id, &query, below, app.clock.now(), limit).await?;
    let more = found.len() > PER_PAGE;
    found.truncate(PER_PAGE);
    let older = found.last().filter(|_| more).map(place);
    Ok(Part { posts: posts::complete(app, account_id, found).await?, older })
}

/// How many posts fit a filter; [`MOST_AT_ONCE`] and one more for anything above.
pub async fn count(app: &App, account_id: &str, stages: &[Stage], filter: &Filter) -> Result<i64> {
    let query = filter.query(stages);
    Ok(app.store.count_desk_posts(account_id, &query, app.clock.now(), MOST_AT_ONCE + 1).await?)
}

/// Posts of an account by their ids, in no order.
pub async fn find(app: &App, account_id: &str, ids: &[String]) -> Result<Part> {
    let found = app.store.list_account_posts(account_id, ids).await?;
    Ok(Part { posts: posts::complete(app, account_id, found).await?, older: None })
}

/// Posts that fit a filter and are not on a page that is open: those that belong there, above the `last` one on it.
pub async fn news(
    app: &App,
    account_id: &str,
    stages: &[Stage],
    filter: &Filter,
    held: &[String],
    last: Option<&Below>,
) -> Result<Part> {
    let held: HashSet<_> = held.iter().collect();
    let limit = i64::try_from(held.len() + MOST_NEWS).unwrap_or(i64::MAX);
    let query = filter.query(stages);
    let all = app.store.list_desk_posts(account_id, &query, &Below::default(), app.clock.now(), limit).await?;
    let is_above = |post: &Post| last.is_none_or(|last| (post.published_at, &post.id) > (last.published_at, &last.id));
    let fresh = all.into_iter().filter(|post| is_above(post) && !held.contains(&post.id)).take(MOST_NEWS).collect();
    Ok(Part { posts: posts::complete(app, account_id, fresh).await?, older: None })
}

/// The place of a post in lists of the desk, where pins count for nothing.
pub fn place(post: &Post) -> Below {
    Below { pinned_at: 0, ..Below::from(post) }
}
