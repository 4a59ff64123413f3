//! What was read from the database a moment ago, for what everybody asks for again and again.

use std::{
    hash::{BuildHasher, RandomState},
    time::Duration,
};

use moka::sync::Cache;
use tokio::sync::Mutex;

use super::{LONGEST_MS, Result};

/// Most of them.
const MOST: u64 = 20_000;

/// Keys that may be read at the same time; of one, never more than one.
const TURNS: usize = 64;

/// Rows that were read a moment ago.
pub struct Recent<V: Clone + Send + Sync + 'static> {
    held: Cache<String, Held<V>>,
    longest_millis: i64,
    turns: Vec<Mutex<()>>,
    hasher: RandomState,
}

#[derive(Clone)]
struct Held<V> {
    row: V,
    /// How often the public face of anything had changed.
    number: u64,
    /// By the clock, not to be given after this.
    until: i64,
}

impl<V: Clone + Send + Sync + 'static> Default for Recent<V> {
    fn default() -> Self {
        Self::lasting(LONGEST_MS)
    }
}

impl<V: Clone + Send + Sync + 'static> Recent<V> {
    /// For what may be seen as it was so many milliseconds ago, where another controller has changed it.
    pub fn lasting(longest_millis: i64) -> Self {
        let longest = Duration::from_millis(longest_millis.unsigned_abs());
        let turns = std::iter::repeat_with(Mutex::default).take(TURNS).collect();
        let held = Cache::builder().max_capacity(MOST).time_to_live(longest).build();
        Self { held, longest_millis, turns, hasher: RandomState::new() }
    }

    /// Gives what was read under a key, or has it read, and until when it is good: unless `number` was another one then
    /// ([`super::News::number`] or the like, counted before anything is read), or it was too long ago. Of all who ask for
    /// it at the same time one reads it. What fails is not kept. Whoever finds it carries nothing of what reading it takes.
    pub async fn get<F: Future<Output = Result<(V, i64)>>>(
        &self,
        key: &str,
        number: u64,
        now: i64,
        read: impl FnOnce() -> F,
    ) -> Result<V> {
        if let Some(row) = self.find(key, number, now) {
            return Ok(row);
        }
        let place = usize::try_from(self.hasher.hash_one(key)).unwrap_or_default() % TURNS;
        let _turn = self.turns[place].lock().await;
        if let Some(row) = self.find(key, number, now) {
            return Ok(row);
        }
        let (row, until) = Box::pin(read()).await?;
        let until = until.min(now + self.longest_millis);
        if until > now {
            self.held.insert(key.to_owned(), Held { row: row.clone(), number, until });
        }
        Ok(row)
    }

    fn find(&self, key: &str, number: u64, now: i64) -> Option<V> {
        let held = self.held.get(key).filter(|held| held.number == number && held.until > now);
        held.map(|held| held.row)
    }
}

#[cfg(test)]
mod tests {
    use super::Recent;
    use crate::app::Error;

    #[tokio::test]
    async fn it_is_read_again_when_something_has_changed_or_its_time_is_over() {
        let recent = Recent::default();
        let get =
            async |number, now, row: u32| recent.get("a", number, now, async || Ok((row, i64::MAX))).await.unwrap();

        assert_eq!([get(1, 0, 1).await, get(1, 899, 2).await], [1, 1]);
        assert_eq!([get(2, 899, 3).await, get(2, 1_798, 4).await, get(2, 1_799, 5).await], [3, 3, 5]);
        assert!(recent.get("b", 2, 0, async || Err(Error::NotFound("row"))).await.is_err());
        assert_eq!(recent.get("b", 2, 0, async || Ok((6, 5))).await.unwrap(), 6, "what failed is not kept");
        assert_eq!(recent.get("b", 2, 4, async || Ok((0, 0))).await.unwrap(), 6);
        assert_eq!(recent.get("b", 2, 5, async || Ok((6, 9))).await.unwrap(), 6, "good until then");
        tokio::time::sleep(std::time::Duration::from_millis(950)).await;
        assert_eq!(recent.get("b", 2, 5, async || Ok((7, 0))).await.unwrap(), 7, "the clock stood still, time did not");
        assert_eq!(
            recent.get("b", 2, 5, async || Ok((8, 9))).await.unwrap(),
            8,
            "what is not good any longer is not kept"
        );
    }
}
