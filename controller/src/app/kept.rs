//! Answers that are the same for everybody, made once and kept for a moment.

use std::{
    future::Future,
    sync::{Arc, OnceLock},
    time::Duration,
};

use futures_util::TryFutureExt;
use moka::future::Cache;
use sha2::{Digest, Sha256};
use tokio_util::bytes::Bytes;

use crate::tools::packing;

/// How long an answer is kept, in milliseconds. Other controllers are not told here what changed there, so this is how
/// long something that was withdrawn there may still be seen here.
pub const LONGEST_MS: i64 = 900;
/// Most that is kept, in bytes.
const MOST_BYTES: u64 = 64 * 1024 * 1024;
/// Shorter ones travel as they are.
const WORTH_PACKING: usize = 600;

/// The answers in memory. Who asks names in the key everything that the answer depends on.
pub struct Kept(Cache<String, Arc<Body>>);

/// An answer.
pub struct Body {
    /// Its type for HTTP.
    pub content_type: &'static str,
    /// Its bytes.
    pub plain: Bytes,
    /// Names its content; weak, because each packing of it has the same one.
    pub tag: String,
    /// By the clock, not to be given after this.
    until: i64,
    brotli: OnceLock<Option<Bytes>>,
    gzip: OnceLock<Option<Bytes>>,
}

impl Body {
    /// A body that may be given until an instant.
    pub fn new(content_type: &'static str, plain: Vec<u8>, until: i64) -> Self {
        let hash = Sha256::digest(&plain);
        let tag = format!("W/\"{}\"", shared::hex::encode(&hash[..12]));
        Self { content_type, plain: plain.into(), tag, until, brotli: OnceLock::new(), gzip: OnceLock::new() }
    }

    /// The same, packed with brotli: once, when it is wanted first. `None` where it is not worth it.
    pub fn brotli(&self) -> Option<Bytes> {
        self.packed(&self.brotli, packing::brotli)
    }

    /// The same, packed with gzip.
    pub fn gzip(&self) -> Option<Bytes> {
        self.packed(&self.gzip, packing::gzip)
    }

    fn packed(&self, held: &OnceLock<Option<Bytes>>, pack: fn(&[u8]) -> Option<Vec<u8>>) -> Option<Bytes> {
        if self.plain.len() < WORTH_PACKING {
            return None;
        }
        held.get_or_init(|| pack(&self.plain).map(Bytes::from)).clone()
    }
}

impl Default for Kept {
    fn default() -> Self {
        let weight = |key: &String, body: &Arc<Body>| {
            u32::try_from(key.len() + body.plain.len() + body.plain.len() / 2).unwrap_or(u32::MAX)
        };
        let longest = Duration::from_millis(LONGEST_MS.unsigned_abs());
        Self(Cache::builder().max_capacity(MOST_BYTES).weigher(weight).time_to_live(longest).build())
    }
}

impl Kept {
    /// The answer under a key, if it is there and good.
    pub async fn find(&self, key: &str, now: i64) -> Option<Arc<Body>> {
        let held = self.0.get(key).await?;
        if held.until <= now {
            self.0.invalidate(key).await;
            return None;
        }
        Some(held)
    }

    /// Gives the answer under a key, or has it made: by one of all who ask for it at the same time. What fails is not kept.
    /// Whoever finds it carries nothing of what making it takes.
    pub async fn get<E: Send + Sync + 'static, F: Future<Output = Result<Body, E>>>(
        &self,
        key: &str,
        now: i64,
        make: impl FnOnce() -> F,
    ) -> Result<Arc<Body>, Arc<E>> {
        if let Some(held) = self.find(key, now).await {
            return Ok(held);
        }
        Box::pin(self.0.try_get_with_by_ref(key, make().map_ok(Arc::new))).await
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    };

    use super::{Body, Kept};

    async fn ask(kept: &Kept, made: &AtomicUsize, key: &str, now: i64) -> Result<Arc<Body>, Arc<&'static str>> {
        kept.get(key, now, async || {
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
            let number = made.fetch_add(1, Ordering::Relaxed);
            if key == "broken" { Err("broken") } else { Ok(Body::new("text/plain", vec![b'0'; number + 1], 100)) }
        })
        .await
    }

    #[tokio::test]
    async fn it_is_made_once_for_all_who_ask_and_again_when_its_time_is_over() {
        let (kept, made) = (Kept::default(), AtomicUsize::new(0));

        let (one, two, other) =
            tokio::join!(ask(&kept, &made, "a", 1), ask(&kept, &made, "a", 2), ask(&kept, &made, "b", 2));
        assert_eq!(one.unwrap().tag, two.unwrap().tag);
        drop(other);
        assert_eq!(made.load(Ordering::Relaxed), 2);
        ask(&kept, &made, "a", 99).await.unwrap();
        assert_eq!(made.load(Ordering::Relaxed), 2);
        ask(&kept, &made, "a", 100).await.unwrap();
        assert_eq!(made.load(Ordering::Relaxed), 3);
    }

    #[tokio::test]
    async fn what_failed_is_tried_again_and_nothing_is_kept_for_longer_than_a_second() {
        let (kept, made) = (Kept::default(), AtomicUsize::new(0));
        for _ in 0..2 {
            assert!(ask(&kept, &made, "broken", 1).await.is_err());
        }
        assert_eq!(made.load(Ordering::Relaxed), 2);

        ask(&kept, &made, "a", 1).await.unwrap();
        tokio::time::sleep(std::time::Duration::from_millis(950)).await;
        ask(&kept, &made, "a", 1).await.unwrap();

        assert_eq!(made.load(Ordering::Relaxed), 4, "the clock stood still, time did not");
    }
}
