//! Signs programmes anew when what they show changes.

use std::{
    collections::{BTreeSet, HashMap, VecDeque},
    time::Duration,
};

use tokio::{
    sync::broadcast::error::RecvError,
    time::{Instant, MissedTickBehavior, interval, sleep_until},
};

use crate::{
    app::{App, Change},
    features::programmes,
};

/// A programme is signed at once, then at most so often.
const PAUSE: Duration = Duration::from_millis(250);
/// After so long one that could not be signed is tried again: an alert may wait in it.
const AFTER_FAILURE: Duration = Duration::from_secs(2);
/// How often every programme is looked at: the database is the truth, news are hints.
const LOOK: Duration = Duration::from_secs(60);

/// Starts the job; it ends when the app is told to stop.
pub(super) fn start(app: &App) {
    app.tasks.spawn(run(app.clone()));
}

/// What is to be done, and what was told.
#[derive(Default)]
struct Desk {
    /// Programmes to compile, and when.
    due: HashMap<String, Instant>,
    /// When each was compiled last.
    done: HashMap<String, Instant>,
    /// Programmes to look at when nothing is due.
    round: VecDeque<String>,
    /// Newest version that screens were told of.
    told: HashMap<String, i64>,
    /// Programmes that are to change by themselves, and when, in milliseconds since 1970.
    later: HashMap<String, i64>,
    /// Programmes of each stage.
    stages: HashMap<String, BTreeSet<String>>,
}

async fn run(app: App) {
    let mut news = app.news.listen();
    let mut look = interval(LOOK);
    look.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut desk = Desk::default();
    while !app.stop.is_cancelled() {
        let next = desk.next(app.clock.now());
        tokio::select! {
            () = app.stop.cancelled() => break,
            heard = news.recv() => match heard {
                Ok(change) => desk.hear(&app, change).await,
                Err(RecvError::Lagged(_)) => desk.look(&app).await,
                Err(RecvError::Closed) => break,
            },
            () = sleep_until(next.unwrap_or_else(Instant::now)), if next.is_some() => desk.work(&app).await,
            _ = look.tick() => desk.look(&app).await,
        }
    }
}

impl Desk {
    /// When there is something to do; `None` for nothing.
    fn next(&self, now: i64) -> Option<Instant> {
        let wait = |at: &i64| Duration::from_millis(u64::try_from(at - now).unwrap_or(0)).min(LOOK);
        let later = self.later.values().min().map(|at| Instant::now() + wait(at));
        let due = self.due.values().min().copied().into_iter().chain(later).min();
        if self.round.is_empty() { due } else { Some(due.unwrap_or_else(Instant::now).min(Instant::now())) }
    }

    async fn hear(&mut self, app: &App, change: Change) {
        match change {
            Change::Posts { stage_id } | Change::Stage { stage_id } | Change::Answers { stage_id } => {
                self.plan_stage(app, &stage_id).await;
            }
            Change::Alerts { stage_id } => {
                self.plan_stage(app, &stage_id).await;
                self.expect(app).await;
            }
            Change::Settings { programme_id } => {
                if !self.stages.values().any(|programmes| programmes.contains(&programme_id)) {
                    self.learn(app).await;
                }
                self.plan(programme_id);
                self.expect(app).await;
            }
            _ => {}
        }
    }

    async fn plan_stage(&mut self, app: &App, stage_id: &str) {
        if !self.stages.contains_key(stage_id) {
            self.learn(app).await;
        }
        for id in self.stages.get(stage_id).cloned().unwrap_or_default() {
            self.plan(id);
        }
    }

    /// Finds out which programmes are to change by themselves, and when.
    async fn expect(&mut self, app: &App) {
        match app.store.list_programme_changes(app.clock.now()).await {
            Ok(changes) => self.later = changes.into_iter().collect(),
            Err(error) => tracing::error!("list what programmes are to show later: {error}"),
        }
    }

    /// Plans what has come to its time.
    async fn ripen(&mut self, app: &App) {
        let now = app.clock.now();
        let ripe: Vec<_> = self.later.iter().filter(|(_, at)| **at <= now).map(|(id, _)| id.clone()).collect();
        if !ripe.is_empty() {
            // Found again by what follows; where that fails, by the next look.
            self.later.retain(|_, at| *at > now);
            ripe.into_iter().for_each(|id| self.plan(id));
            self.expect(app).await;
        }
    }

    /// Plans a programme: at once, or when its pause is over.
    fn plan(&mut self, id: String) {
        let now = Instant::now();
        let at = self.done.get(&id).map_or(now, |done| now.max(*done + PAUSE));
        self.due.entry(id).or_insert(at);
    }

    /// Compiles what is due, or the next one of the round.
    async fn work(&mut self, app: &App) {
        self.ripen(app).await;
        let now = Instant::now();
        let due = self.due.iter().filter(|(_, at)| **at <= now).min_by_key(|(_, at)| **at).map(|(id, _)| id.clone());
        let Some(id) = due.or_else(|| self.round.pop_front()) else { return };
        self.due.remove(&id);
        match programmes::publish(app, &id).await {
            Ok(Some(version)) => self.tell(app, &id, version),
            Ok(None) => {}
            Err(error) => {
                tracing::error!(programme.id = %id, "publish programme {id}: {error}");
                self.due.insert(id.clone(), Instant::now() + AFTER_FAILURE);
            }
        }
        self.done.insert(id, Instant::now());
    }

    /// Looks at every programme, and tells of versions that another controller signed.
    async fn look(&mut self, app: &App) {
        self.learn(app).await;
        self.ripen(app).await;
        self.expect(app).await;
        let ids: BTreeSet<_> = self.stages.values().flatten().cloned().collect();
        self.done.retain(|id, _| ids.contains(id));
        self.told.retain(|id, _| ids.contains(id));
        self.round = ids.into_iter().collect();
    }

    async fn learn(&mut self, app: &App) {
        if let Err(error) = programmes::start_missing(app).await {
            tracing::error!("start programmes of stages: {error}");
        }
        let versions = match app.store.list_programme_versions().await {
            Ok(versions) => versions,
            Err(error) => return tracing::error!("list programmes: {error}"),
        };
        self.stages.clear();
        for row in versions {
            let told = self.told.get(&row.id).copied();
            if row.version > 0 && told.is_some_and(|told| told < row.version) {
                self.tell(app, &row.id, u64::try_from(row.version).unwrap_or(0));
            }
            self.told.entry(row.id.clone()).or_insert(row.version);
            self.stages.entry(row.stage_id).or_default().insert(row.id);
        }
    }

    fn tell(&mut self, app: &App, id: &str, version: u64) {
        self.told.insert(id.to_owned(), i64::try_from(version).unwrap_or(i64::MAX));
        app.news.tell(Change::Programme { programme_id: id.to_owned(), version });
    }
}
