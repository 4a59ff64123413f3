//! How many stages follow the same source: told to its server with every visit. Looked up for all at once, seldom.

use std::collections::HashMap;

use tokio::sync::Mutex;

use crate::store::{self, Store};

/// After so long it is looked up again, in milliseconds.
const KEPT_MILLIS: i64 = 60 * 1_000;

/// Sources that several stages follow, and how many, as it was a moment ago.
#[derive(Debug, Default)]
pub struct Followers(Mutex<Known>);

#[derive(Debug, Default)]
struct Known {
    /// When it was looked up; `None` for never.
    at: Option<i64>,
    /// By network and address.
    several: HashMap<(String, String), i64>,
}

impl Followers {
    /// How many stages follow a source.
    pub async fn count(&self, store: &Store, (network, address): (&str, &str), now: i64) -> store::Result<i64> {
        let mut known = self.0.lock().await;
        if known.at.is_none_or(|at| !(at..at + KEPT_MILLIS).contains(&now)) {
            let several = store.list_followed_often().await?;
            known.several = several.into_iter().map(|(network, address, count)| ((network, address), count)).collect();
            known.at = Some(now);
        }
        if known.several.is_empty() {
            return Ok(1);
        }
        Ok(known.several.get(&(network.to_owned(), address.to_owned())).copied().unwrap_or(1))
    }
}
