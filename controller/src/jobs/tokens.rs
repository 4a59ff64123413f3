//! Renews tokens of networks ahead of time, so that no visit has to wait for that.

use std::time::Duration;

use tracing::error;

use crate::{app::App, features::sources};

/// Pause after the last token that was due.
const PAUSE: Duration = Duration::from_secs(1);

pub(super) fn start(app: &App) {
    let app = app.clone();
    app.tasks.clone().spawn(async move {
        loop {
            // Never broken off in the middle, not by a stop either: an answer that nobody reads may hold the only good
            // token.
            let found = match sources::renew_due(&app).await {
                Ok(renewed) => renewed > 0,
                Err(error) => {
                    error!("renew tokens: {error}");
                    false
                }
            };
            if app.stop.is_cancelled() {
                return;
            }
            if !found {
                tokio::select! {
                    () = app.stop.cancelled() => return,
                    () = tokio::time::sleep(PAUSE) => {}
                }
            }
        }
    });
}
