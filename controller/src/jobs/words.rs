//! Reads the words of posts that were here before they could be searched, or before words were read as they are now.

use std::time::Duration;

use crate::{app::App, features::posts};

/// How long it rests once all are read. Whatever writes a post keeps its words by itself.
const PAUSE: Duration = Duration::from_secs(3_600);

/// How long it rests between two portions, so that whoever waits for the database is served.
const BREATH: Duration = Duration::from_millis(20);

/// Starts the job; it ends when the app is told to stop.
pub(super) fn start(app: &App) {
    let app = app.clone();
    app.tasks.clone().spawn(async move {
        let mut after = String::new();
        loop {
            let pause = match posts::read_words(&app, &after).await {
                Ok(Some(last)) => {
                    after = last;
                    BREATH
                }
                Ok(None) => {
                    after.clear();
                    PAUSE
                }
                Err(error) => {
                    tracing::error!("read the words of posts: {error}");
                    PAUSE
                }
            };
            tokio::select! {
                () = app.stop.cancelled() => break,
                () = tokio::time::sleep(pause) => {}
            }
        }
    });
}
