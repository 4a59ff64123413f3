//! How often somebody may try something: kept in memory only, forgotten when it no longer matters.

use std::{
    hash::{BuildHasher, RandomState},
    num::NonZeroU32,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use governor::{
    Quota, RateLimiter, clock::Clock as Watch, middleware::NoOpMiddleware, state::keyed::DashMapStateStore,
};

use super::clock::Clock;

/// After so many attempts the keys that no longer matter are thrown away.
const ROUND: u32 = 4_096;

/// A limit on attempts, each counted under a key of the caller's choice. Cheap to copy.
#[derive(Clone)]
pub struct Attempts {
    limiter: Arc<RateLimiter<u64, DashMapStateStore<u64>, Ticks, NoOpMiddleware<Duration>>>,
    clock: Ticks,
    /// Keys are kept as their hash: however long, they take little room, and nobody's name stays in memory.
    hasher: RandomState,
    count: Arc<AtomicU32>,
}

impl Attempts {
    /// So many at once, and one more after each pause.
    pub fn new(at_once: NonZeroU32, pause: Duration, clock: Clock) -> Self {
        // A pause of nothing would be no limit: it is taken for the shortest there is.
        let quota = Quota::with_period(pause).unwrap_or(Quota::per_second(NonZeroU32::MAX)).allow_burst(at_once);
        let clock = Ticks(clock);
        let limiter = Arc::new(RateLimiter::dashmap_with_clock(quota, clock.clone()));
        Self { limiter, clock, hasher: RandomState::new(), count: Arc::default() }
    }

    /// Counts an attempt; when there were too many, says in how many seconds to try again.
    pub fn check(&self, key: &str) -> Result<(), u64> {
        if self.count.fetch_add(1, Ordering::Relaxed) % ROUND == ROUND - 1 {
            self.limiter.retain_recent();
        }
        self.limiter
            .check_key(&self.hasher.hash_one(key))
            .map_err(|not_until| not_until.wait_time_from(self.clock.now()).as_secs().saturating_add(1))
    }
}

/// The program's clock as governor wants it.
#[derive(Clone)]
struct Ticks(Clock);

impl Watch for Ticks {
    type Instant = Duration;

    fn now(&self) -> Duration {
        Duration::from_millis(u64::try_from(self.0.now()).unwrap_or(0))
    }
}

#[cfg(test)]
mod tests {
    use std::{num::NonZeroU32, time::Duration};

    use super::Attempts;
    use crate::tools::clock::Clock;

    #[test]
    fn who_tries_too_often_waits_and_nobody_else_does() {
        let clock = Clock::at(1_000_000);
        let attempts = Attempts::new(NonZeroU32::new(2).unwrap(), Duration::from_secs(10), clock.clone());

        assert_eq!((attempts.check("a"), attempts.check("a")), (Ok(()), Ok(())));
        assert!(attempts.check("a").is_err_and(|secs| (1..=11).contains(&secs)));
        assert_eq!(attempts.check("b"), Ok(()));
        clock.set(1_010_001);
        assert_eq!(attempts.check("a"), Ok(()));
        assert!(attempts.check("a").is_err());
    }
}
