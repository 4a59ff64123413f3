//! Hits: how often public pages were seen. No address, no identifier, no cookie: nothing but numbers, by day.

mod chart;

use std::collections::HashMap;

use shared::programme::Date;

pub use self::chart::{Bar, Chart, SIZE};
pub use crate::app::Place;
use crate::{
    app::{App, Counts, Result},
    store::{PostHits, Stage, StageHits},
    tools::zones,
};

/// Days of the past that are shown.
pub const DAYS: i32 = 30;
/// Counts are kept for two years and a month.
pub const KEPT_DAYS: i64 = 761;
/// How many of the posts that were seen most are listed.
const MOST_SEEN: i64 = 10;
const DAY_MILLIS: i64 = 86_400_000;

/// Writes what was counted since the last time; says how many pages that were. What cannot be written is counted on.
///
/// # Errors
/// When the database fails.
pub async fn write(app: &App) -> Result<u64> {
    let counts = app.hits.take();
    if counts.places.is_empty() {
        return Ok(0);
    }
    let seen = counts.places.values().sum::<i64>();
    let result = add(app, &counts).await;
    if result.is_err() {
        app.hits.add(counts);
    }
    result.map(|()| seen.unsigned_abs())
}

async fn add(app: &App, counts: &Counts) -> Result<()> {
    let now = app.clock.now();
    let zones: HashMap<_, _> = app.store.list_time_zones().await?.into_iter().collect();
    // Whose stage is gone, is not written: no day of it is known.
    let days: HashMap<_, _> =
        counts.places.keys().filter_map(|(stage, _)| Some((stage.as_str(), day(now, zones.get(stage)?)))).collect();
    let stages: Vec<_> = counts
        .places
        .iter()
        .filter_map(|((stage, place), seen)| {
            let day = *days.get(stage.as_str())?;
            Some(StageHits { stage_id: stage.clone(), place: place.name().to_owned(), day, seen: *seen })
        })
        .collect();
    let posts: Vec<_> = counts
        .posts
        .iter()
        .filter_map(|((stage, slug), seen)| {
            let day = *days.get(stage.as_str())?;
            Some(PostHits { stage_id: stage.clone(), slug: slug.clone(), day, seen: *seen })
        })
        .collect();
    app.store.add_hits(&stages, &posts).await?;
    Ok(())
}

/// Forgets what is older than two years; says how many counts went.
///
/// # Errors
/// When the database fails.
pub async fn clean(app: &App) -> Result<u64> {
    Ok(app.store.delete_old_hits(app.clock.now().div_euclid(DAY_MILLIS) - KEPT_DAYS).await?)
}

/// How a stage was seen lately.
#[derive(Clone, Debug)]
pub struct Overview {
    /// Each of the last [`DAYS`] days.
    pub chart: Chart,
    /// How often pages were seen in the same number of days before.
    pub before: i64,
    /// By page.
    pub places: Vec<(Place, i64)>,
    /// Posts that were seen most: id and how often.
    pub most: Vec<(String, i64)>,
}

/// How a stage was seen lately.
///
/// # Errors
/// When the database fails.
pub async fn overview(app: &App, stage: &Stage) -> Result<Overview> {
    let today = zones::table(&stage.time_zone, app.clock.now()).date(app.clock.now());
    let first = today.plus(1 - DAYS);
    let hits = app.store.list_stage_hits(&stage.id, i64::from(first.plus(-DAYS).0)).await?;
    let (now, before): (Vec<_>, Vec<_>) = hits.iter().partition(|hits| hits.day >= i64::from(first.0));
    let sum = |place: Place| now.iter().filter(|hits| hits.place == place.name()).map(|hits| hits.seen).sum();
    let mut by_day = HashMap::new();
    for hits in &now {
        *by_day.entry(hits.day).or_insert(0) += hits.seen;
    }
    let days: Vec<_> = (0..DAYS).map(|day| first.plus(day)).collect();
    Ok(Overview {
        chart: Chart::of(days.iter().map(|date| (*date, by_day.get(&i64::from(date.0)).copied().unwrap_or(0)))),
        before: before.iter().map(|hits| hits.seen).sum(),
        places: Place::ALL.map(|place| (place, sum(place))).to_vec(),
        most: app.store.list_most_seen(&stage.id, i64::from(first.0), MOST_SEEN).await?,
    })
}

/// The day by the clock of a place.
fn day(now: i64, zone: &str) -> i64 {
    let Date(day) = zones::table(zone, now).date(now);
    i64::from(day)
}
