//! History: who did what and when, in the dashboard and to take along; of what was erased, nothing.

mod pages;
mod rows;

use controller::store::{HistoryQuery, Told};
use harness::{Owner, TestController};

/// What happened on a stage, the oldest first: what was done, and by whom or why.
async fn told(wall: &TestController, owner: &Owner) -> Vec<(String, String)> {
    let mut told = all(wall, owner).await;
    told.reverse();
    let short = |one: Told| (one.happening.deed, one.member_name.unwrap_or(one.happening.reason));
    told.into_iter().map(short).collect()
}

async fn all(wall: &TestController, owner: &Owner) -> Vec<Told> {
    let query = HistoryQuery { limit: 999, ..HistoryQuery::default() };
    wall.app.store.list_happenings(&owner.stage_id, &query).await.unwrap()
}
