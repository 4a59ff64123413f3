//! How often something may happen: counted per key, in memory only.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

/// How many keys are remembered at most; the emptiest are forgotten first.
const MOST_KEYS: usize = 50_000;

/// So many times within so long; what is spent comes back evenly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quota {
    /// What is counted.
    pub name: &'static str,
    /// How many times.
    pub times: i64,
    /// Within how many milliseconds.
    pub millis: i64,
}

impl Quota {
    fn step(&self) -> i64 {
        (self.millis / self.times.max(1)).max(1)
    }
}

/// Counters of everything that is limited. Unlike a limiter that counts each call (governor), this
/// can count failures alone, and it runs on the clock it is told.
#[derive(Debug, Default)]
pub struct Quotas(Mutex<HashMap<(&'static str, String), i64>>);

impl Quotas {
    /// How many seconds to wait before the next time; `None` when it may happen now.
    pub fn wait(&self, quota: &Quota, key: &str, now: i64) -> Option<u64> {
        let held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let full_until = held.get(&(quota.name, key.to_owned())).copied().unwrap_or(now).max(now);
        let over = full_until + quota.step() - now - quota.millis;
        (over > 0).then(|| u64::try_from(over).unwrap_or(0).div_ceil(1_000))
    }

    /// Counts one time (generic cell rate: one instant per key says how full it is).
    pub fn note(&self, quota: &Quota, key: &str, now: i64) {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if held.len() >= MOST_KEYS {
            held.retain(|_, full_until| *full_until > now);
            if held.len() >= MOST_KEYS {
                let mut ends: Vec<_> = held.values().copied().collect();
                let (_, middle, _) = ends.select_nth_unstable(MOST_KEYS / 2);
                let middle = *middle;
                held.retain(|_, full_until| *full_until > middle);
            }
        }
        let full_until = held.entry((quota.name, key.to_owned())).or_insert(now);
        *full_until = (*full_until).max(now) + quota.step();
    }

    /// Counts one time if it may happen now; else says how many seconds to wait.
    pub fn take(&self, quota: &Quota, key: &str, now: i64) -> Result<(), u64> {
        match self.wait(quota, key, now) {
            Some(seconds) => Err(seconds),
            None => {
                self.note(quota, key, now);
                Ok(())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{MOST_KEYS, Quota, Quotas};

    const TEN: Quota = Quota { name: "wrong codes", times: 10, millis: 600_000 };

    #[test]
    fn what_is_spent_comes_back_evenly_and_for_its_key_only() {
        let quotas = Quotas::default();

        let taken = (0..12).filter(|_| quotas.take(&TEN, "a", 1_000).is_ok()).count();

        assert_eq!(taken, 10);
        assert_eq!(quotas.take(&TEN, "a", 1_000), Err(60));
        assert_eq!(quotas.take(&TEN, "a", 31_000), Err(30));
        assert_eq!(quotas.take(&TEN, "b", 31_000), Ok(()));
        assert_eq!(quotas.take(&TEN, "a", 61_000), Ok(()));
        assert_eq!(quotas.take(&TEN, "a", 61_000), Err(60));
    }

    #[test]
    fn a_flood_of_keys_does_not_fill_the_memory() {
        let quotas = Quotas::default();

        for key in 0..MOST_KEYS + 10 {
            quotas.note(&TEN, &key.to_string(), i64::try_from(key).unwrap());
        }

        assert!(quotas.0.lock().unwrap().len() <= MOST_KEYS);
    }
}
