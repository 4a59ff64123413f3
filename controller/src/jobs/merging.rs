//! Looks for copies among posts that nobody has looked at: old ones, and those of which something went wrong at first.

use std::time::Duration;

use tokio::sync::broadcast::error::RecvError;

use crate::{
    app::{App, Change},
    features::merging,
};

/// Longest sleep, so that what another controller left is seen.
const PAUSE: Duration = Duration::from_secs(30);
/// Shortest sleep: posts that come are looked at as they come.
const REST: Duration = Duration::from_secs(2);

/// Starts the job; it ends when the app is told to stop.
pub(super) fn start(app: &App) {
    app.tasks.spawn(run(app.clone()));
}

async fn run(app: App) {
    let mut news = app.news.listen();
    while !app.stop.is_cancelled() {
        match merging::look_next(&app).await {
            Ok(true) => {
                // Whoever waits for the database goes first.
                tokio::task::yield_now().await;
                continue;
            }
            Ok(false) => {}
            Err(error) => tracing::error!("look for copies of posts: {error}"),
        }
        tokio::select! {
            () = app.stop.cancelled() => break,
            () = tokio::time::sleep(PAUSE) => {}
            () = told(&mut news) => {}
        }
    }
}

/// Waits until posts came or changed.
async fn told(news: &mut tokio::sync::broadcast::Receiver<Change>) {
    loop {
        match news.recv().await {
            Ok(Change::Posts { .. }) | Err(RecvError::Lagged(_)) => return tokio::time::sleep(REST).await,
            Ok(_) => {}
            Err(RecvError::Closed) => return std::future::pending().await,
        }
    }
}
