//! Writes down how often public pages were seen, a few times a minute and at the end.

use std::time::Duration;

use tokio::time::{MissedTickBehavior, interval};

use crate::{app::App, features::hits};

const PAUSE: Duration = Duration::from_secs(15);

/// Starts the job; it ends when the app is told to stop, and writes what is left then.
pub(super) fn start(app: &App) {
    let app = app.clone();
    app.tasks.clone().spawn(async move {
        let mut beat = interval(PAUSE);
        beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            let last = tokio::select! {
                () = app.stop.cancelled() => true,
                _ = beat.tick() => false,
            };
            match hits::write(&app).await {
                Ok(0) => {}
                Ok(seen) => tracing::debug!(seen, "wrote down that {seen} pages were seen"),
                Err(error) => tracing::error!("write down how often pages were seen: {error}"),
            }
            if last {
                return;
            }
        }
    });
}
