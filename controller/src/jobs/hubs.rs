//! Asks hubs to tell of news, and again before their time is over.

use std::time::Duration;

use tracing::error;

use crate::{app::App, features::sources};

/// Pause after the last hub that was due.
const PAUSE: Duration = Duration::from_secs(2);

pub(super) fn start(app: &App) {
    let app = app.clone();
    app.tasks.clone().spawn(async move {
        loop {
            let found = tokio::select! {
                () = app.stop.cancelled() => return,
                asked = sources::ask_hubs(&app) => asked,
            };
            let found = found.unwrap_or_else(|error| {
                error!("ask hubs: {error}");
                0
            });
            if found == 0 {
                tokio::select! {
                    () = app.stop.cancelled() => return,
                    () = tokio::time::sleep(PAUSE) => {}
                }
            }
        }
    });
}
