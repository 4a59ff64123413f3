//! Applies rules of moderation to posts that are shown already.

use std::time::Duration;

use tokio::sync::broadcast::{Receiver, error::RecvError};

use crate::{
    app::{App, Change},
    features::moderation,
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
        match moderation::apply_next(&app).await {
            Ok(true) => continue,
            Ok(false) => {}
            Err(error) => tracing::error!("apply rules of moderation: {error}"),
        }
        tokio::select! {
            () = app.stop.cancelled() => break,
            () = tokio::time::sleep(PAUSE) => {}
            () = wanted(&mut news) => {}
        }
    }
}

/// Waits until somebody wants rules applied.
async fn wanted(news: &mut Receiver<Change>) {
    loop {
        match news.recv().await {
            Ok(Change::Rules { .. }) | Err(RecvError::Lagged(_)) => return,
            Ok(_) => {}
            Err(RecvError::Closed) => return std::future::pending().await,
        }
    }
}
