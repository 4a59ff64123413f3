//! Tells programs elsewhere of posts: notes what has changed, and sends what is due.

use std::{collections::BTreeSet, sync::Arc, time::Duration};

use tokio::{
    sync::{
        Semaphore,
        broadcast::{Receiver, error::RecvError},
    },
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
/// After so long what could not be noted is tried again.
const AFTER_FAILURE: Duration = Duration::from_secs(5);
/// So often all stages are looked at, for what was not told here.
const ROUND: Duration = Duration::from_secs(30);

/// Starts the job; it ends when the app is told to stop.
pub(super) fn start(app: &App) {
    app.tasks.spawn(note(app.clone(), app.news.listen()));
    let sending = Backlog {
        after_failure: PAUSE,
        ..Backlog::new("send to webhooks", PAUSE, |change| matches!(change, Change::Webhooks))
    };
    let places = Arc::new(Semaphore::new(webhooks::AT_ONCE));
    sending.start(app, move |app| {
        let places = Arc::clone(&places);
        async move { webhooks::next(&app, &places).await }
    });
}

async fn note(app: App, mut news: Receiver<Change>) {
    // Stages with news.
    let mut stages = BTreeSet::new();
    let (mut at, mut round_at) = (None, Instant::now());
    loop {
        tokio::select! {
            () = app.stop.cancelled() => return,
            heard = news.recv() => match heard {
                Ok(Change::Posts { stage_id } | Change::Topics { stage_id } | Change::Stage { stage_id }) => {
                    stages.insert(stage_id);
                    at.get_or_insert_with(|| Instant::now() + BURST);
                }
                Ok(_) => {}
                Err(RecvError::Lagged(_)) => round_at = Instant::now(),
                Err(RecvError::Closed) => return,
            },
            () = sleep_until(at.unwrap_or(round_at).min(round_at)) => {
                let all = round_at <= Instant::now();
                let wanted = std::mem::take(&mut stages);
                at = None;
                if all {
                    round_at = Instant::now() + ROUND;
                }
                match webhooks::note(&app, (!all).then_some(&wanted)).await {
                    Ok(failed) => stages.extend(failed),
                    Err(error) => {
                        tracing::error!("note what webhooks are told: {error}");
                        stages.extend(wanted);
                    }
                }
                if !stages.is_empty() {
                    at = Some(Instant::now() + AFTER_FAILURE);
                }
            }
        }
    }
}
