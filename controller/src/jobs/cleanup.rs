//! Removes what has had its time: codes, revoked screens, ended alerts, unfinished uploads, pictures of screens that are gone.

use std::time::Duration;

use tokio::time::{MissedTickBehavior, interval};

use crate::{
    app::App,
    features::{
        alerts, desk, history, hits, journal,
        media::{self, arrivals},
        pairings, screens, sources, tokens, webhooks,
    },
};

const PAUSE: Duration = Duration::from_secs(60);

/// Starts the job; it ends when the app is told to stop.
pub(super) fn start(app: &App) {
    let app = app.clone();
    app.tasks.clone().spawn(async move {
        let mut beat = interval(PAUSE);
        beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                () = app.stop.cancelled() => break,
                _ = beat.tick() => clean(&app).await,
            }
        }
    });
}

async fn clean(app: &App) {
    let results = [
        ("codes", pairings::clean(app).await),
        ("revoked screens", screens::clean(app).await),
        ("alerts that ended", alerts::remember_ends(app).await),
        ("ended alerts", alerts::clean(app).await),
        ("old history", history::clean(app).await),
        ("acts of yesterday on desks", desk::forget(app).await),
        ("ended sign-ins", sources::clean(app).await),
        ("deliveries that were taken", sources::forget_deliveries(app).await),
        ("uploads that nobody went on with", arrivals::clean(app).await),
        ("files that uploads left behind", media::clear_uploads(app).await),
        ("counts of what networks granted", sources::forget_uses(app).await),
        ("notes of what was deleted", sources::forget_erasures(app).await),
        ("posts hidden and gone long ago", sources::forget_hidden(app).await),
        ("tokens that ended", tokens::clean(app).await),
        ("withdrawals of long ago", journal::clean(app).await),
        ("deliveries to webhooks", webhooks::clean(app).await),
        ("counts of pages seen long ago", hits::clean(app).await),
        ("pictures of screens", screens::erase_orphans(app).await),
    ];
    for (what, result) in results {
        match result {
            Ok(0) => {}
            Ok(gone) => tracing::debug!("removed {gone} {what}"),
            Err(error) => tracing::error!("remove {what}: {error}"),
        }
    }
}
