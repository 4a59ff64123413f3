//! Tells programs elsewhere of posts: notes what has changed, and sends what is due.

use std::{collections::BTreeSet, time::Duration};

use tokio::{
    sync::broadcast::{Receiver, error::RecvError},
    time::{Instant, sleep_until},
};

use super::backlog::Backlog;
use crate::{
    app::{App, Change},
    features::webhooks,
};

/// Longest sleep: what is to be sent again is due within seconds at the earliest, and other controllers do not tell.
const PAUSE: Duration = Duration::from_secs(2);
/// News within this time are noted as one.
const BURST: Duration = Duration::from_millis(300);
/// So often all stages are looked at, for what was not told here.
const ROUND: Duration = Duration::from_secs(30);

/// Starts the job; it ends when the app is told to stop.
pub(super) fn start(app: &App) {
    app.tasks.spawn(note(app.clone(), app.news.listen()));
    let sending = Backlog {
        after_failure: PAUSE,
        ..Backlog::new("send to webhooks", PAUSE, |change| matches!(change, Change::Webhooks))
    };
    sending.start(app, |app| async move { webhooks::next(&app).await });
}

async fn note(app: App, mut news: Receiver<Change>) {
    // Stages with news; `None` for all.
    let mut stages = None;
    let mut at = Instant::now();
    loop {
        tokio::select! {
            () = app.stop.cancelled() => return,
            heard = news.recv() => match heard {
                Ok(Change::Posts { stage_id } | Change::Topics { stage_id } | Change::Stage { stage_id }) => {
                    if let Some(stages) = &mut stages {
                        let stages: &mut BTreeSet<String> = stages;
                        stages.insert(stage_id);
                    }
                    at = at.min(Instant::now() + BURST);
                }
                Ok(_) => {}
                Err(RecvError::Lagged(_)) => (stages, at) = (None, Instant::now()),
                Err(RecvError::Closed) => return,
            },
            () = sleep_until(at) => {
                // At the end of a round nobody has told of anything: then all are looked at.
                let wanted = stages.take().filter(|stages| !stages.is_empty());
                if let Err(error) = webhooks::note(&app, wanted.as_ref()).await {
                    tracing::error!("note what webhooks are told: {error}");
                }
                (stages, at) = (Some(BTreeSet::new()), Instant::now() + ROUND);
            }
        }
    }
}
