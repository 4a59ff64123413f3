//! Small files that are asked for again and again, in memory.

use std::time::Duration;

use moka::future::Cache;
use tokio_util::bytes::Bytes;

use super::FileName;

/// Larger ones are read piece by piece, each time.
pub(super) const LARGEST: u64 = 256 * 1024;
/// Most that is held, in bytes.
const MOST_BYTES: u64 = 48 << 20;
/// What another controller removes is forgotten here after this long.
const LONGEST: Duration = Duration::from_secs(60);

/// The files in memory; cheap to copy.
#[derive(Clone, Debug)]
pub(super) struct Held(Cache<FileName, Bytes>);

impl Default for Held {
    fn default() -> Self {
        let weight = |_: &FileName, bytes: &Bytes| u32::try_from(bytes.len() + 200).unwrap_or(u32::MAX);
        Self(Cache::builder().max_capacity(MOST_BYTES).weigher(weight).time_to_live(LONGEST).build())
    }
}

impl Held {
    pub(super) async fn get(&self, name: &FileName) -> Option<Bytes> {
        self.0.get(name).await
    }

    pub(super) async fn hold(&self, name: &FileName, bytes: &Bytes) {
        self.0.insert(name.clone(), bytes.clone()).await;
    }

    pub(super) async fn forget(&self, name: &FileName) {
        self.0.invalidate(name).await;
    }
}
