//! What was read from the database a moment ago, for what everybody asks for again and again.

use std::time::Duration;

use moka::future::Cache;

use super::{LONGEST_MS, Result};

/// Most of them.
const MOST: u64 = 20_000;

/// Rows that were read a moment ago.
pub struct Recent<V: Clone + Send + Sync + 'static>(Cache<String, Held<V>>);

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
        let longest = Duration::from_millis(LONGEST_MS.unsigned_abs());
        Self(Cache::builder().max_capacity(MOST).time_to_live(longest).build())
    }
}

impl<V: Clone + Send + Sync + 'static> Recent<V> {
    /// Gives what was read under a key, or has it read, and until when it is good: unless `number` was another one then
    /// ([`super::News::number`], counted before anything is read), or it was too long ago. What fails is not kept.
    pub async fn get(
        &self,
        key: &str,
        number: u64,
        now: i64,
        read: impl Future<Output = Result<(V, i64)>>,
    ) -> Result<V> {
        if let Some(held) = self.0.get(key).await.filter(|held| held.number == number && held.until > now) {
            return Ok(held.row);
        }
        let (row, until) = read.await?;
        let until = until.min(now + LONGEST_MS);
        if until > now {
            self.0.insert(key.to_owned(), Held { row: row.clone(), number, until }).await;
        }
        Ok(row)
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
            async |number, now, row: u32| recent.get("a", number, now, async { Ok((row, i64::MAX)) }).await.unwrap();

        assert_eq!([get(1, 0, 1).await, get(1, 899, 2).await], [1, 1]);
        assert_eq!([get(2, 899, 3).await, get(2, 1_798, 4).await, get(2, 1_799, 5).await], [3, 3, 5]);
        assert!(recent.get("b", 2, 0, async { Err(Error::NotFound("row")) }).await.is_err());
        assert_eq!(recent.get("b", 2, 0, async { Ok((6, 5)) }).await.unwrap(), 6, "what failed is not kept");
        assert_eq!(recent.get("b", 2, 4, async { Ok((0, 0)) }).await.unwrap(), 6);
        assert_eq!(recent.get("b", 2, 5, async { Ok((6, 9)) }).await.unwrap(), 6, "good until then");
        tokio::time::sleep(std::time::Duration::from_millis(950)).await;
        assert_eq!(
            recent.get("b", 2, 5, async { Ok((7, 0)) }).await.unwrap(),
            7,
            "the clock stood still, time did not"
        );
        assert_eq!(
            recent.get("b", 2, 5, async { Ok((8, 9)) }).await.unwrap(),
            8,
            "what is not good any longer is not kept"
        );
    }
}
