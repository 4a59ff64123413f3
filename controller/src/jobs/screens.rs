//! Passes news on to the screens that are connected, and writes down what they say.

use std::{collections::HashSet, time::Duration};

use shared::protocol::Down;
use tokio::{
    sync::broadcast::error::RecvError,
    time::{MissedTickBehavior, interval},
};

use crate::{
    app::{App, Change},
    features::screens,
};

/// How often reports are written and the database is asked what else happened.
const BEAT: Duration = Duration::from_secs(5);
/// How many of these until every linked screen is looked for: a minute.
const ROUNDS_A_LOOK: u64 = 12;

/// Starts the job; it ends when the app is told to stop.
pub(super) fn start(app: &App) {
    app.tasks.spawn(pass_on(app.clone()));
    app.tasks.spawn(keep(app.clone()));
}

async fn pass_on(app: App) {
    let mut news = app.news.listen();
    loop {
        tokio::select! {
            biased;
            () = app.stop.cancelled() => return,
            heard = news.recv() => match heard {
                Ok(change) => pass(&app, change),
                Err(RecvError::Lagged(_)) => remind(&app).await,
                Err(RecvError::Closed) => return,
            },
        }
    }
}

fn pass(app: &App, change: Change) {
    match change {
        Change::Programme { programme_id, version } => {
            let told = app.live.hand_out(&programme_id, version);
            tracing::debug!(programme.id = %programme_id, version, told, "told screens of programme {programme_id}");
        }
        Change::PictureWanted { screen_id } => {
            app.live.tell(&screen_id, Down::Picture);
        }
        Change::Revoked { screen_id } => {
            app.live.tell(&screen_id, Down::Revoked);
            app.live.forget(&screen_id);
        }
        _ => {}
    }
}

/// After news were missed: tells every screen what is the newest.
async fn remind(app: &App) {
    match app.store.list_programme_versions().await {
        Ok(versions) => {
            for row in versions.iter().filter(|row| row.version > 0) {
                app.live.tell_programme(&row.id, &screens::hint(&row.id, row.version));
            }
        }
        Err(error) => tracing::error!("list programmes: {error}"),
    }
    revoke(app).await;
}

/// Ends links of screens that were revoked, also by another controller.
async fn revoke(app: &App) {
    match app.store.list_revoked_screens().await {
        Ok(ids) => ids.into_iter().filter(|id| app.live.is_linked(id)).for_each(|screen_id| {
            pass(app, Change::Revoked { screen_id });
        }),
        Err(error) => tracing::error!("list revoked screens: {error}"),
    }
}

/// Ends links of screens that went with their stage or account.
async fn look(app: &App) {
    let linked = app.live.links();
    if linked.is_empty() {
        return;
    }
    match app.store.list_screen_ids().await {
        Ok(ids) => {
            let ids: HashSet<_> = ids.into_iter().collect();
            for screen_id in linked.into_iter().filter(|id| !ids.contains(id)) {
                pass(app, Change::Revoked { screen_id });
            }
        }
        Err(error) => tracing::error!("list screens: {error}"),
    }
}

async fn keep(app: App) {
    let mut beat = interval(BEAT);
    beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    for round in 0_u64.. {
        tokio::select! {
            () = app.stop.cancelled() => break,
            _ = beat.tick() => {}
        }
        if round % ROUNDS_A_LOOK == 0 {
            look(&app).await;
        }
        if let Err(error) = screens::write_due(&app).await {
            tracing::error!("write reports of screens: {error}");
        }
        revoke(&app).await;
    }
    if let Err(error) = screens::write_all(&app).await {
        tracing::error!("write reports of screens: {error}");
    }
}
