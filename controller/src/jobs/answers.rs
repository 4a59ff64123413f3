//! Finds out what slides want to know: at once when a slide is added, then when it is due.

use std::{collections::BTreeSet, sync::Arc, time::Duration};

use tokio::{
    sync::{Notify, Semaphore, broadcast::error::RecvError},
    time::{MissedTickBehavior, interval},
};
use tracing::error;

use crate::{
    app::{App, Change, Result},
    features::{
        answers::{self, Kind},
        programmes,
    },
    store::Answer,
};

/// A claim ends by itself after this long, in milliseconds: longer than any asking may take.
const CLAIM_MILLIS: i64 = 5 * 60 * 1_000;
/// Longest asking.
const LONGEST: Duration = Duration::from_secs(120);
/// Longest sleep, so that what another controller took down is seen.
const LONGEST_SLEEP: Duration = Duration::from_secs(5);
/// Shortest sleep, so that what cannot be claimed yet does not spin.
const SHORTEST_SLEEP: Duration = Duration::from_millis(100);
/// How often every programme is looked at: the database is the truth, news are hints.
const LOOK: Duration = Duration::from_secs(300);

/// Starts the job; it ends when the app is told to stop.
pub(super) fn start(app: &App) {
    app.tasks.spawn(listen(app.clone()));
    for kind in answers::KINDS {
        app.tasks.spawn(run(app.clone(), kind));
    }
}

/// Takes down what slides want to know when programmes change.
async fn listen(app: App) {
    let mut news = app.news.listen();
    let mut look = interval(LOOK);
    look.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        let done = tokio::select! {
            () = app.stop.cancelled() => return,
            _ = look.tick() => look_at_all(&app).await,
            heard = news.recv() => match heard {
                Ok(Change::Draft { programme_id } | Change::Settings { programme_id }) => {
                    look_at(&app, &programme_id).await
                }
                Ok(Change::Stage { stage_id }) => programmes::ask_again(&app, &stage_id).await,
                Ok(_) => Ok(()),
                Err(RecvError::Lagged(_)) => look_at_all(&app).await,
                Err(RecvError::Closed) => return,
            },
        };
        if let Err(error) = done {
            error!("take down what slides want to know: {error}");
        }
    }
}

async fn look_at(app: &App, programme_id: &str) -> Result<()> {
    let Some(programme) = app.store.find_any_programme(programme_id).await? else { return Ok(()) };
    programmes::keep_wanted(app, &programme.account_id, &programme.stage_id).await
}

async fn look_at_all(app: &App) -> Result<()> {
    for (account_id, stage_id) in app.store.list_stages_with_programme().await? {
        // A stage that has just gone must not stop the others.
        if let Err(error) = programmes::keep_wanted(app, &account_id, &stage_id).await {
            error!(stage.id = %stage_id, "take down what slides of stage {stage_id} want to know: {error}");
        }
    }
    answers::tidy(app).await?;
    Ok(())
}

/// Asks for what is due of one kind. Each kind has places of its own, so that none waits for another.
async fn run(app: App, kind: &'static Kind) {
    let (places, freed) = (Arc::new(Semaphore::new(kind.at_once)), Arc::new(Notify::new()));
    let mut news = app.news.listen();
    while !app.stop.is_cancelled() {
        let sleep = match claim(&app, kind, &places, &freed).await {
            Ok(sleep) => sleep,
            Err(error) => {
                error!("claim {} that slides want: {error}", kind.name);
                LONGEST_SLEEP
            }
        };
        tokio::select! {
            () = app.stop.cancelled() => break,
            () = tokio::time::sleep(sleep.clamp(SHORTEST_SLEEP, LONGEST_SLEEP)) => {}
            () = freed.notified() => {}
            () = wanted(&mut news) => {}
        }
    }
}

/// Waits until something may be wanted that was not.
async fn wanted(news: &mut tokio::sync::broadcast::Receiver<Change>) {
    loop {
        match news.recv().await {
            Ok(Change::Answers { .. }) | Err(RecvError::Lagged(_)) => return,
            Ok(_) => {}
            Err(RecvError::Closed) => return std::future::pending().await,
        }
    }
}

/// Asks for what is due, as far as there are places; says how long until something else is.
async fn claim(app: &App, kind: &'static Kind, places: &Arc<Semaphore>, freed: &Arc<Notify>) -> Result<Duration> {
    let free = places.available_permits();
    if free == 0 {
        return Ok(LONGEST_SLEEP);
    }
    let now = app.clock.now();
    let limit = i64::try_from(free).unwrap_or(1);
    let claimed = app.store.claim_due_answers(kind.name, now, now + CLAIM_MILLIS, limit, kind.at_once_of_one).await?;
    let mut asked = BTreeSet::new();
    for row in claimed {
        let Ok(place) = Arc::clone(places).acquire_owned().await else { break };
        asked.insert(row.id.clone());
        let (app, freed) = (app.clone(), Arc::clone(freed));
        app.tasks.clone().spawn(async move {
            ask(&app, &row).await;
            drop(place);
            freed.notify_one();
        });
    }
    let due = app.store.next_answer_due(kind.name).await?;
    let wait = due.map_or(i64::MAX, |due| due.saturating_sub(now));
    // What is due and was not claimed waits for a place of its account, which says when it is free.
    Ok(if wait <= 0 && asked.is_empty() {
        Duration::from_secs(1)
    } else {
        Duration::from_millis(u64::try_from(wait).unwrap_or(0))
    })
}

async fn ask(app: &App, row: &Answer) {
    let done = tokio::select! {
        () = app.stop.cancelled() => Ok(app.store.release_answer(&row.id).await.map_err(Into::into)),
        done = tokio::time::timeout(LONGEST, answers::ask(app, row)) => done,
    };
    match done {
        Ok(Ok(())) => {}
        Ok(Err(error)) => error!(answer.id = %row.id, "find out {} {}: {error}", row.kind, row.id),
        Err(_) => {
            if let Err(error) = answers::give_up(app, row).await {
                error!(answer.id = %row.id, "give up {} {}: {error}", row.kind, row.id);
            }
        }
    }
}
