//! Prepares films, one at a time: those that were sent first.

use std::time::Duration;

use tokio::sync::broadcast::error::RecvError;

use crate::{
    app::{App, Change},
    features::media,
};

/// Longest sleep, so that what another controller took is seen.
const PAUSE: Duration = Duration::from_secs(10);
/// Rest after something failed: a film is much work to be done over and over.
const REST: Duration = Duration::from_secs(60);

/// Starts the job; it ends when the app is told to stop.
pub(super) fn start(app: &App) {
    app.tasks.spawn(run(app.clone()));
}

async fn run(app: App) {
    let mut news = app.news.listen();
    while !app.stop.is_cancelled() {
        match media::prepare_next(&app).await {
            Ok(true) => continue,
            Ok(false) => {}
            Err(error) => {
                tracing::error!("{error}");
                tokio::select! {
                    () = app.stop.cancelled() => break,
                    () = tokio::time::sleep(REST) => continue,
                }
            }
        }
        tokio::select! {
            () = app.stop.cancelled() => break,
            () = tokio::time::sleep(PAUSE) => {}
            () = sent(&mut news) => {}
        }
    }
}

/// Waits until a film was sent.
async fn sent(news: &mut tokio::sync::broadcast::Receiver<Change>) {
    loop {
        match news.recv().await {
            Ok(Change::Film) | Err(RecvError::Lagged(_)) => return,
            Ok(_) => {}
            Err(RecvError::Closed) => return std::future::pending().await,
        }
    }
}
