//! The machine's clock, and the controller's as far as it is known.

use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::{Instant, SystemTime, UNIX_EPOCH},
};

/// Reads the machine's clock; tests set it wrong on purpose.
#[derive(Clone)]
pub struct Clock {
    wall: Arc<dyn Fn() -> i64 + Send + Sync>,
    start: Instant,
    ahead: Arc<AtomicI64>,
}

/// Nothing heard from the controller yet.
const UNKNOWN: i64 = i64::MIN;

impl Clock {
    /// The clock of the machine.
    pub fn system() -> Self {
        Self::with_wall(|| {
            SystemTime::now()
                .duration_since(UNIX_EPOCH)
                .map_or(0, |since| i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
        })
    }

    /// A clock that shows what a function says, in milliseconds since 1970.
    pub fn with_wall(wall: impl Fn() -> i64 + Send + Sync + 'static) -> Self {
        Self { wall: Arc::new(wall), start: Instant::now(), ahead: Arc::new(AtomicI64::new(UNKNOWN)) }
    }

    /// What the machine's clock shows, right or wrong, in milliseconds since 1970.
    pub fn wall(&self) -> i64 {
        (self.wall)()
    }

    /// The controller's time as far as it is known, else the machine's. Once known it
    /// runs evenly, whatever somebody does to the machine's clock.
    pub fn now(&self) -> i64 {
        match self.ahead.load(Ordering::Relaxed) {
            UNKNOWN => self.wall(),
            ahead => self.even().saturating_add(ahead),
        }
    }

    /// Whether the controller's time is known.
    pub fn is_set(&self) -> bool {
        self.ahead().is_some()
    }

    /// How far the controller's clock is ahead of [`Clock::even`], where that is known.
    pub fn ahead(&self) -> Option<i64> {
        Some(self.ahead.load(Ordering::Relaxed)).filter(|ahead| *ahead != UNKNOWN)
    }

    /// Milliseconds that pass evenly since the start.
    pub fn even(&self) -> i64 {
        i64::try_from(self.start.elapsed().as_millis()).unwrap_or(i64::MAX)
    }

    /// Sets how far the controller's clock is ahead of [`Clock::even`].
    pub fn set_ahead(&self, ahead: i64) {
        self.ahead.store(ahead.max(UNKNOWN + 1), Ordering::Relaxed);
    }

    /// Sets the time to an instant that has certainly passed, when the machine's clock
    /// stands before it and nothing better is known: after a flat battery, say.
    pub fn not_before(&self, passed: i64) {
        if !self.is_set() && self.wall() < passed {
            self.set_ahead(passed.saturating_sub(self.even()));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    };

    use super::Clock;

    #[test]
    fn a_known_time_does_not_jump_with_the_machine() {
        let hand = Arc::new(AtomicI64::new(1_000));
        let clock = Clock::with_wall({
            let hand = hand.clone();
            move || hand.load(Ordering::Relaxed)
        });
        assert_eq!(clock.now(), 1_000);

        clock.set_ahead(5_000_000);
        hand.store(-7, Ordering::Relaxed);

        assert!((5_000_000..5_060_000).contains(&clock.now()));
    }

    #[test]
    fn a_flat_battery_does_not_bring_the_past_back() {
        let clock = Clock::with_wall(|| 3);

        clock.not_before(2);
        assert!(!clock.is_set());
        clock.not_before(1_700_000_000_000);

        assert!(clock.now() >= 1_700_000_000_000);
    }
}
