//! Files are stored before the rows that need them, and go once no row needs them: neither may happen within the other, on
//! this controller or another one with the same bucket.

use std::{future::Future, time::Duration};

use tokio::time::{Instant, sleep};

use crate::{app::App, store, tools::ids};

/// So long a file is held for somebody who may have died, in milliseconds; longer than a film takes into a bucket.
const HELD_MILLIS: i64 = 3_600_000;
/// So long a file may take to go, in milliseconds.
const LEAVING_MILLIS: i64 = 120_000;
/// Pause between two looks whether a file is gone.
const PAUSE: Duration = Duration::from_millis(50);

/// Does `work`, which stores files and then adds rows that need them. None of them goes meanwhile.
pub(super) async fn holding<T, E: From<store::Error>>(
    app: &App,
    sha256s: Vec<String>,
    work: impl Future<Output = Result<T, E>>,
) -> Result<T, E> {
    let now = app.clock.now();
    let holder = ids::new(now);
    app.store.hold_files(&sha256s, &holder, now + HELD_MILLIS).await?;
    let done = after_departures(app, &sha256s, work).await;
    noted(app.store.release_files(&holder).await);
    done
}

async fn after_departures<T, E: From<store::Error>>(
    app: &App,
    sha256s: &[String],
    work: impl Future<Output = Result<T, E>>,
) -> Result<T, E> {
    let begun = Instant::now();
    while app.store.is_file_leaving(sha256s, app.clock.now()).await?
        && begun.elapsed().as_millis() < LEAVING_MILLIS.unsigned_abs().into()
    {
        sleep(PAUSE).await;
    }
    work.await
}

/// Has a file go by `remove`, unless somebody needs it, holds it, or lets it go already (`None`).
pub(super) async fn unless_needed<T, E: From<store::Error>>(
    app: &App,
    sha256: &str,
    remove: impl Future<Output = Result<T, E>>,
) -> Result<Option<T>, E> {
    let now = app.clock.now();
    if app.store.is_file_needed(sha256, now).await?
        || !app.store.begin_departure(sha256, now, now + LEAVING_MILLIS).await?
    {
        return Ok(None);
    }
    // Asked again: whoever began to store it has not waited, or waits now.
    let gone = match app.store.is_file_needed(sha256, now).await {
        Ok(true) => Ok(None),
        Ok(false) => remove.await.map(Some),
        Err(error) => Err(error.into()),
    };
    noted(app.store.end_departure(sha256).await);
    gone
}

/// What was done is done, whether or not that could be noted: the note of its beginning ends by itself.
fn noted(done: store::Result<()>) {
    if let Err(error) = done {
        tracing::warn!("note that a file came or went: {error}");
    }
}
