//! The emergency stop of a stage: holds everything that is imported, takes down what may be bad, and gives exactly that back.

use crate::{
    app::{App, Error, Result},
    features::{
        history::{self, Deed},
        posts,
    },
    store::{Came, Stage, Stop, StopCounts},
};

/// What the emergency stop takes down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Take {
    /// Nothing: it only holds what is yet to come.
    Nothing,
    /// All that came here at an instant or later.
    Since(i64),
    /// All of one source that came here at an instant or later; 0 for ever.
    Source(String, i64),
}

/// The emergency stop of a stage, and what it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pulled {
    /// Since when, and who pulled it.
    pub stop: Stop,
    /// What it holds.
    pub counts: StopCounts,
}

/// Finds the emergency stop of a stage; `None` while it is not pulled.
pub async fn pulled(app: &App, stage: &Stage) -> Result<Option<Pulled>> {
    let Some(stop) = app.store.find_stop(&stage.id).await? else { return Ok(None) };
    Ok(Some(Pulled { stop, counts: app.store.count_stopped(&stage.id).await? }))
}

/// Pulls the emergency stop: from now on imports wait, and what is asked for leaves every face. Where it is pulled already,
/// more is taken. How many posts were taken.
pub async fn pull(app: &App, stage: &Stage, member_id: &str, take: &Take) -> Result<u64> {
    let now = app.clock.now();
    let (source, since) = match take {
        Take::Nothing => (None, i64::MAX),
        Take::Since(since) => (None, *since),
        Take::Source(id, since) => {
            let there = app.store.find_source(&stage.id, id).await?;
            (Some(there.ok_or(Error::NotFound("source"))?.id), *since)
        }
    };
    // First it is pulled and then taken: a post that comes between the two is held by whoever takes it.
    history::noting(app, stage, Deed::StageStopped, stage.id.as_str()).pull_stop(&stage.id, member_id, now).await?;
    let taken = app.store.take_down(&stage.id, source.as_deref(), since, now).await?;
    tracing::warn!(stage.id = %stage.id, taken, "the emergency stop of stage {} was pulled", stage.id);
    posts::left(app, &stage.id).await?;
    Ok(taken)
}

/// Releases the emergency stop: what it took is shown again; of what came meanwhile somebody says whether that waits.
pub async fn release(app: &App, stage: &Stage, came: Came) -> Result<()> {
    let store = history::noting(app, stage, Deed::StageReleased, stage.id.as_str());
    if store.release_stop(&stage.id, came, app.clock.now()).await? {
        // What was on its way at that moment may have been marked after it was looked for.
        app.store.give_back_unstopped(&stage.id, None, app.clock.now()).await?;
        tracing::warn!(stage.id = %stage.id, "the emergency stop of stage {} was released", stage.id);
    }
    posts::left(app, &stage.id).await
}
