//! How much an account may keep, and how much it does.

use super::{Error, Result};
use crate::app::App;

/// Room of an account, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    /// What is kept.
    pub used: u64,
    /// What may be kept.
    pub most: u64,
}

impl Room {
    /// Whether so much more may be kept.
    pub fn fits(&self, bytes: u64) -> bool {
        self.used.saturating_add(bytes) <= self.most
    }

    /// Whether more is kept than may be.
    pub fn is_over(&self) -> bool {
        self.used > self.most
    }

    /// Percent that is used; more than 100 where an operator has made it smaller.
    pub fn percent(&self) -> u64 {
        self.used.saturating_mul(100) / self.most.max(1)
    }
}

/// How much room an account has.
pub async fn room(app: &App, account_id: &str) -> Result<Room> {
    let own = app.store.find_media_quota(account_id).await?;
    let used = app.store.sum_library(account_id, app.clock.now()).await?;
    let bytes = |number: i64| u64::try_from(number).unwrap_or(0);
    Ok(Room { used: bytes(used), most: own.map_or(app.config.media_megabytes * 1_000_000, bytes) })
}

/// Refuses what there is no room for.
pub(super) async fn need(app: &App, account_id: &str, bytes: u64) -> Result<()> {
    if room(app, account_id).await?.fits(bytes) { Ok(()) } else { Err(Error::Told("media.library.full")) }
}
