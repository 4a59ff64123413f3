//! Tells the hub, where one is set, of news in feeds of our own.

use std::{collections::BTreeSet, time::Duration};

use tokio::sync::broadcast::error::RecvError;

use crate::{
    app::{App, Change},
    features::newsroom,
};

/// News within this time are told as one.
const BURST: Duration = Duration::from_secs(2);
/// Pause after a hub that did not want to listen.
const PAUSE: Duration = Duration::from_secs(60);

/// Starts the job; it ends when the app is told to stop.
pub(super) fn start(app: &App) {
    if app.config.hub.is_some() {
        app.tasks.spawn(run(app.clone(), app.news.listen()));
    }
}

async fn run(app: App, mut news: tokio::sync::broadcast::Receiver<Change>) {
    let mut stages = BTreeSet::new();
    let mut wait = None;
    loop {
        tokio::select! {
            () = app.stop.cancelled() => return,
            heard = news.recv() => match heard {
                Ok(Change::Posts { stage_id } | Change::Topics { stage_id } | Change::Stage { stage_id }) => {
                    stages.insert(stage_id);
                    wait.get_or_insert_with(|| tokio::time::Instant::now() + BURST);
                }
                // A feed that nobody tells of is read all the same, a little later.
                Ok(_) | Err(RecvError::Lagged(_)) => {}
                Err(RecvError::Closed) => return,
            },
            () = tokio::time::sleep_until(wait.unwrap_or_else(tokio::time::Instant::now)), if wait.is_some() => {
                wait = None;
                while let Some(stage_id) = stages.first().cloned() {
                    if let Err(error) = newsroom::tell_hub(&app, &stage_id).await {
                        tracing::warn!(stage.id = %stage_id, "tell the hub of stage {stage_id}: {error}");
                        wait = Some(tokio::time::Instant::now() + PAUSE);
                        break;
                    }
                    stages.remove(&stage_id);
                }
            }
        }
    }
}
