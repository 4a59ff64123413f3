//! Looks up the records of domains when they are due, and learns which ones other controllers have found.

use std::time::Duration;

use tracing::error;

use crate::{app::App, features::domains};

/// Pause after the last domain that was due.
const PAUSE: Duration = Duration::from_secs(2);

/// Starts the job; it ends when the app is told to stop.
pub(super) fn start(app: &App) {
    let app = app.clone();
    app.tasks.clone().spawn(async move {
        loop {
            let found = tokio::select! {
                () = app.stop.cancelled() => return,
                found = next(&app) => found,
            };
            let found = found.unwrap_or_else(|error| {
                error!("look up domains: {error}");
                false
            });
            if !found {
                tokio::select! {
                    () = app.stop.cancelled() => return,
                    () = tokio::time::sleep(PAUSE) => {}
                }
            }
        }
    });
}

async fn next(app: &App) -> crate::app::Result<bool> {
    // Other jobs write addresses, too, and nobody may have asked for a page for long.
    domains::refresh(app).await?;
    domains::next(app).await
}
