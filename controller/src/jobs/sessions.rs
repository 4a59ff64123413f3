//! Removes sessions that have ended by themselves, hourly.

use std::time::Duration;

use tracing::warn;

use crate::{app::App, features::sessions};

const PAUSE: Duration = Duration::from_secs(3_600);

pub(super) fn start(app: &App) {
    let app = app.clone();
    app.tasks.clone().spawn(async move {
        loop {
            if let Err(error) = sessions::tidy(&app).await {
                warn!("remove ended sessions: {error}");
            }
            tokio::select! {
                () = app.stop.cancelled() => break,
                () = tokio::time::sleep(PAUSE) => {}
            }
        }
    });
}
