//! Tells of posts that begin or cease to be shown when their time has come.

use std::time::Duration;

use crate::{app::App, features::posts::Turns};

/// Longest sleep: what was planned a second ahead, here or by another controller, is told on the instant.
const LONGEST_SLEEP: Duration = Duration::from_secs(1);
/// Shortest sleep.
const SHORTEST_SLEEP: Duration = Duration::from_millis(1);

/// Starts the job; it ends when the app is told to stop.
pub(super) fn start(app: &App) {
    let app = app.clone();
    app.tasks.clone().spawn(async move {
        let mut turns = Turns::new(app.clock.now());
        loop {
            let sleep = match turns.tell(&app).await {
                Ok(next) => until(next, app.clock.now()),
                Err(error) => {
                    tracing::error!("tell of posts whose time has come: {error}");
                    LONGEST_SLEEP
                }
            };
            tokio::select! {
                () = app.stop.cancelled() => return,
                () = tokio::time::sleep(sleep) => {}
            }
        }
    });
}

fn until(next: Option<i64>, now: i64) -> Duration {
    let wait = next.map_or(LONGEST_SLEEP, |next| Duration::from_millis(u64::try_from(next - now).unwrap_or(0)));
    wait.clamp(SHORTEST_SLEEP, LONGEST_SLEEP)
}
