//! Answers kept until what they say changes.

use std::{sync::Arc, time::Duration};

use moka::future::Cache;

use crate::{
    app::{App, Result},
    web::packed::{Effort, Packed},
};

/// Most memory for answers, in bytes.
const MOST_BYTES: u64 = 64 << 20;
/// Longest time that an answer is believed, in milliseconds: another controller may have changed something.
const BELIEVED_MS: i64 = 2_000;

/// Where answers are kept.
#[derive(Clone)]
pub(super) struct Pages(Cache<String, Arc<Kept>>);

/// An answer, and for how long it is good.
pub(super) struct Kept {
    pub(super) packed: Packed,
    stage_id: String,
    /// Number of the stage's face before the answer was made.
    number: u64,
    /// From then on it may say something else.
    until: i64,
}

impl Pages {
    pub(super) fn new() -> Self {
        let weigh = |key: &String, kept: &Arc<Kept>| u32::try_from(key.len() + kept.packed.size()).unwrap_or(u32::MAX);
        let cache = Cache::builder().weigher(weigh).max_capacity(MOST_BYTES);
        Self(cache.time_to_live(Duration::from_secs(60)).build())
    }

    /// The answer kept under a key; made anew where it is not good any more, once for all who ask meanwhile.
    pub(super) async fn get<F>(&self, app: &App, key: String, make: impl Fn() -> F) -> Result<Arc<Kept>>
    where
        F: Future<Output = Result<Kept>>,
    {
        if let Some(kept) = self.0.get(&key).await {
            if kept.is_good(app) {
                return Ok(kept);
            }
            self.0.invalidate(&key).await;
        }
        // What somebody else is just making may be from before a change that whoever asks has seen.
        match self.0.try_get_with(key.clone(), async { make().await.map(Arc::new) }).await {
            Ok(kept) if kept.is_good(app) => return Ok(kept),
            // Why it failed for somebody else is told to them.
            _ => {}
        }
        let kept = Arc::new(make().await?);
        self.0.insert(key, Arc::clone(&kept)).await;
        Ok(kept)
    }
}

impl Kept {
    /// Makes an answer for a stage. `number` is its face before anything was read.
    pub(super) async fn new(app: &App, stage_id: &str, number: u64, body: Vec<u8>) -> Result<Self> {
        let now = app.clock.now();
        // Planned posts come and go by the clock alone.
        let turn = app.store.next_post_turn(now).await?.unwrap_or(i64::MAX);
        Ok(Self {
            packed: Packed::new(body, Effort::Quick),
            stage_id: stage_id.to_owned(),
            number,
            until: turn.min(now + BELIEVED_MS),
        })
    }

    fn is_good(&self, app: &App) -> bool {
        self.number == app.news.face_number(&self.stage_id) && app.clock.now() < self.until
    }
}
