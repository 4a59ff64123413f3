//! Visits sources when they are due.

use std::{sync::Arc, time::Duration};

use tokio::{
    sync::{
        Semaphore,
        broadcast::error::{RecvError, TryRecvError},
    },
    time::Instant,
};
use tracing::error;

use crate::{
    app::{App, Change},
    features::sources,
    store::{Source, Stage, Subscription},
    tools::shares::Shares,
};

/// Sources visited at the same time: mostly waiting for somebody's server. Enough for ten thousand a minute that take a
/// third of a second each.
const AT_ONCE: usize = 64;
/// Of these, sources of one account: whoever links many slow ones waits for them alone.
const AT_ONCE_OF_ONE: usize = 4;
/// How long a source rests that finds its account's places taken, in milliseconds.
const REST_MILLIS: i64 = 3_000;
/// A claim ends by itself after this long, in milliseconds: longer than any visit may take.
const CLAIM_MILLIS: i64 = 10 * 60 * 1_000;
/// Longest sleep, so that what another controller added is seen.
const LONGEST_SLEEP: Duration = Duration::from_secs(5);
/// Shortest time from one claim to the next: a source that is always due cannot spin, and of many that are due at once
/// several are claimed together.
const SHORTEST_SLEEP: Duration = Duration::from_millis(100);

/// Starts the job; it ends when the app is told to stop.
pub(super) fn start(app: &App) {
    app.tasks.spawn(run(app.clone()));
}

async fn run(app: App) {
    let places = Arc::new(Semaphore::new(AT_ONCE));
    let shares = Shares::new(AT_ONCE_OF_ONE);
    let mut news = app.news.listen_to_sources();
    while !app.stop.is_cancelled() {
        if let Err(error) = claim(&app, &places, &shares).await {
            error!("claim sources: {error}");
        }
        let claimed_at = Instant::now();
        let sleep = nap(&app, &places).await;
        tokio::select! {
            () = app.stop.cancelled() => break,
            () = tokio::time::sleep(sleep) => {}
            () = linked(&mut news) => {}
        }
        tokio::select! {
            () = app.stop.cancelled() => break,
            () = tokio::time::sleep_until(claimed_at + SHORTEST_SLEEP) => {}
        }
    }
}

/// Waits until a source was linked, changed, or finished.
async fn linked(news: &mut tokio::sync::broadcast::Receiver<Change>) {
    if matches!(news.recv().await, Err(RecvError::Closed)) {
        std::future::pending::<()>().await;
    }
    // All that was told until now is answered by one look.
    while matches!(news.try_recv(), Ok(_) | Err(TryRecvError::Lagged(_))) {}
}

async fn nap(app: &App, places: &Semaphore) -> Duration {
    if places.available_permits() == 0 {
        return LONGEST_SLEEP;
    }
    let now = app.clock.now();
    match app.store.next_source_due().await {
        Ok(Some(due)) => Duration::from_millis(u64::try_from(due.saturating_sub(now)).unwrap_or(0)),
        _ => LONGEST_SLEEP,
    }
    .clamp(SHORTEST_SLEEP, LONGEST_SLEEP)
}

async fn claim(app: &App, places: &Arc<Semaphore>, shares: &Shares) -> crate::app::Result<()> {
    let free = places.available_permits();
    if free == 0 {
        return Ok(());
    }
    let now = app.clock.now();
    let limit = i64::try_from(free).unwrap_or(1);
    let claimed = app.store.claim_due_sources(now, now + CLAIM_MILLIS, limit).await?;
    let source_ids: Vec<_> = claimed.iter().map(|source| source.id.as_str()).collect();
    let mut subscriptions = app.store.list_subscriptions(&source_ids).await?;
    let mut stage_ids: Vec<_> = claimed.iter().map(|source| source.stage_id.as_str()).collect();
    stage_ids.sort_unstable();
    stage_ids.dedup();
    let stages = app.store.list_any_stages(&stage_ids).await?;
    for source in claimed {
        // Gone meanwhile, and its source with it.
        let Some(stage) = stages.iter().find(|stage| stage.id == source.stage_id).cloned() else { continue };
        let Some(share) = shares.take(&stage.account_id) else {
            app.store.postpone_source(&source, now + REST_MILLIS).await?;
            continue;
        };
        let place_of_it = subscriptions.iter().position(|one| one.source_id == source.id);
        let subscription = place_of_it.map(|place| subscriptions.swap_remove(place));
        let Ok(place) = Arc::clone(places).acquire_owned().await else { return Ok(()) };
        let app = app.clone();
        let tasks = app.tasks.clone();
        tasks.spawn(async move {
            visit(&app, &stage, &source, subscription).await;
            drop((place, share));
        });
    }
    Ok(())
}

async fn visit(app: &App, stage: &Stage, source: &Source, subscription: Option<Subscription>) {
    let done = match sources::rests_for(app, &stage.account_id, source).await {
        Ok(Some(until)) => app.store.postpone_source(source, until).await.map_err(Into::into),
        Ok(None) => tokio::select! {
            () = app.stop.cancelled() => app.store.postpone_source(source, source.next_at).await.map_err(Into::into),
            visited = sources::visit_for(app, stage, source, subscription) => visited.map(|_| ()),
        },
        Err(error) => Err(error),
    };
    if let Err(error) = done {
        // The claim ends by itself; until then the source rests.
        error!(source.id = %source.id, "visit source {}: {error}", source.id);
    }
}
