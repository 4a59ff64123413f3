//! How pictures go: when nothing shows them any more, and files that nobody knows.

use std::time::Duration;

use futures_util::TryStreamExt;

use super::{Error, Result, hold::unless_needed};
use crate::{app::App, services::storage::FileName};

/// A picture that was just sent may still be on its way into a post.
const GRACE: Duration = Duration::from_secs(3_600);
const GRACE_MS: i64 = 3_600_000;

/// Removes pictures that nothing uses any more, of all accounts; says how many files went.
pub async fn tidy(app: &App) -> Result<usize> {
    let now = app.clock.now();
    app.store.forget_file_holds(now).await?;
    let files = app.store.delete_unused_media(now - GRACE_MS).await?;
    delete_files(app, &files).await
}

/// Removes those of these files that no picture of any account needs any more; says how many went.
pub async fn delete_files(app: &App, files: &[String]) -> Result<usize> {
    let mut gone = 0;
    for name in files.iter().filter_map(|file| FileName::parse(file)) {
        match remove(app, &name).await? {
            Removed::Gone => gone += 1,
            Removed::Needed => {}
            // Nor could the others be.
            Removed::LeftBehind => break,
        }
    }
    Ok(gone)
}

/// What became of a file.
enum Removed {
    Gone,
    Needed,
    /// It could not be removed. Its rows are gone, so nobody gets it; it goes with the next sweep, which is due from now on.
    LeftBehind,
}

async fn remove(app: &App, name: &FileName) -> Result<Removed> {
    let removed = unless_needed(app, name.as_str(), async {
        if let Err(error) = app.storage.delete(name).await {
            tracing::warn!("remove file {}, again within the hour: {error}", name.as_str());
            return Ok(Removed::LeftBehind);
        }
        Ok::<_, Error>(Removed::Gone)
    });
    Ok(removed.await?.unwrap_or(Removed::Needed))
}

/// Removes files that no row knows and that are not new, and what killed writers left; says how many went.
pub async fn sweep(app: &App) -> Result<usize> {
    let mut gone = app.storage.clear_unfinished(GRACE).await?;
    let before = app.clock.now() - GRACE_MS;
    let mut files = app.storage.list();
    while let Some(file) = files.try_next().await? {
        if file.written_at >= before {
            continue;
        }
        match remove(app, &file.name).await? {
            Removed::Gone => gone += 1,
            Removed::Needed => {}
            Removed::LeftBehind => break,
        }
    }
    Ok(gone)
}
