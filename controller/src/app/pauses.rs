//! Hosts that asked to be left alone, and until when. Kept in memory only.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

/// Hosts that asked to be left alone, and until when.
#[derive(Debug, Default)]
pub struct Pauses(Mutex<HashMap<String, i64>>);

impl Pauses {
    /// Notes that a host wants no request before a time.
    pub fn note(&self, host: String, until: i64, now: i64) {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.retain(|_, until| *until > now);
        let longest = held.entry(host).or_insert(until);
        *longest = (*longest).max(until);
    }

    /// Until when a host wants no request; `None` when it may be asked.
    pub fn until(&self, host: &str, now: i64) -> Option<i64> {
        let held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.get(host).copied().filter(|until| *until > now)
    }
}

#[cfg(test)]
mod tests {
    use super::Pauses;

    #[test]
    fn a_host_rests_until_the_latest_time_it_named() {
        let pauses = Pauses::default();
        pauses.note("a.example".to_owned(), 500, 100);
        pauses.note("a.example".to_owned(), 300, 100);

        assert_eq!(pauses.until("a.example", 499), Some(500));
        assert_eq!(pauses.until("a.example", 500), None);
        assert_eq!(pauses.until("b.example", 100), None);
        pauses.note("b.example".to_owned(), 900, 600);
        assert_eq!(pauses.0.lock().unwrap().len(), 1, "what is over is forgotten");
    }
}
