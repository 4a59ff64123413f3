//! Makes smaller files of the pictures in posts, one after the other.

use std::time::Duration;

use crate::{app::App, features::media};

/// How long it rests when nothing is to be done.
const PAUSE: Duration = Duration::from_secs(5);

/// Starts the job; it ends when the app is told to stop.
pub(super) fn start(app: &App) {
    let app = app.clone();
    app.tasks.clone().spawn(async move {
        loop {
            let done = tokio::select! {
                () = app.stop.cancelled() => break,
                done = media::encode_next(&app) => done,
            };
            match done {
                Ok(true) => continue,
                Ok(false) => {}
                Err(error) => tracing::error!("encode pictures for browsers: {error}"),
            }
            tokio::select! {
                () = app.stop.cancelled() => break,
                () = tokio::time::sleep(PAUSE) => {}
            }
        }
    });
}
