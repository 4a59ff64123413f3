//! Sorts old posts under topics after a rule was edited.

use std::time::Duration;

use tokio::sync::broadcast::error::RecvError;

use crate::{
    app::{App, Change},
    features::topics,
};

/// Longest sleep, so that what another controller left is seen.
const PAUSE: Duration = Duration::from_secs(10);

/// Starts the job; it ends when the app is told to stop.
pub(super) fn start(app: &App) {
    app.tasks.spawn(run(app.clone()));
}

async fn run(app: App) {
    let mut news = app.news.listen();
    while !app.stop.is_cancelled() {
        match topics::sort_next(&app).await {
            Ok(true) => continue,
            Ok(false) => {}
            Err(error) => tracing::error!("sort posts under topics: {error}"),
        }
        tokio::select! {
            () = app.stop.cancelled() => break,
            () = tokio::time::sleep(PAUSE) => {}
            () = edited(&mut news) => {}
        }
    }
}

/// Waits until topics were edited.
async fn edited(news: &mut tokio::sync::broadcast::Receiver<Change>) {
    loop {
        match news.recv().await {
            Ok(Change::Topics { .. }) | Err(RecvError::Lagged(_)) => return,
            Ok(_) => {}
            Err(RecvError::Closed) => return std::future::pending().await,
        }
    }
}
