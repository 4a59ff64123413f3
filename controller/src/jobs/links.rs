//! Looks whether posts are still there: as the policy of their network wants, and as owners want.

use std::time::Duration;

use tracing::error;

use crate::{app::App, features::sources};

/// Pause after the last source that was due.
const PAUSE: Duration = Duration::from_secs(60);
/// Pause between two sources, so that this never crowds out visits.
const BREATH: Duration = Duration::from_millis(200);

pub(super) fn start(app: &App) {
    let app = app.clone();
    app.tasks.clone().spawn(async move {
        loop {
            let pause = tokio::select! {
                () = app.stop.cancelled() => return,
                checked = sources::check_next(&app) => match checked {
                    Ok(true) => BREATH,
                    Ok(false) => PAUSE,
                    Err(error) => {
                        error!("look whether posts are still there: {error}");
                        PAUSE
                    }
                },
            };
            tokio::select! {
                () = app.stop.cancelled() => return,
                () = tokio::time::sleep(pause) => {}
            }
        }
    });
}
