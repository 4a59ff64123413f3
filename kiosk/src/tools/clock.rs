//! The machine's clock, and the controller's as far as it is known.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{Instant, SystemTime, UNIX_EPOCH},
};

/// Reads the machine's clock; tests set it wrong on purpose.
#[derive(Clone)]
pub struct Clock {
    wall: Arc<dyn Fn() -> i64 + Send + Sync>,
    start: Instant,
    ahead: Arc<Mutex<Option<Course>>>,
}

/// How far the controller is ahead: what was believed at an even time, and what is known since.
#[derive(Clone, Copy, Debug)]
struct Course {
    since: i64,
    believed: i64,
    known: i64,
}

/// A difference of more than this is no matter of estimates: the clock is set, in milliseconds.
const SET: i64 = 1_000;
/// Else it is made up for by one millisecond in so many, so that time neither jumps nor goes back.
const SLOWLY: i64 = 20;

impl Course {
    fn ahead(self, even: i64) -> i64 {
        let most = (even - self.since).max(0) / SLOWLY;
        self.believed + (self.known - self.believed).clamp(-most, most)
    }
}

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
        Self { wall: Arc::new(wall), start: Instant::now(), ahead: Arc::default() }
    }

    /// What the machine's clock shows, right or wrong, in milliseconds since 1970.
    pub fn wall(&self) -> i64 {
        (self.wall)()
    }

    /// The controller's time as far as it is known, else the machine's. Once known it
    /// runs evenly, whatever somebody does to the machine's clock.
    pub fn now(&self) -> i64 {
        match self.course() {
            None => self.wall(),
            Some(course) => {
                let even = self.even();
                even.saturating_add(course.ahead(even))
            }
        }
    }

    /// Whether the controller's time is known.
    pub fn is_set(&self) -> bool {
        self.ahead().is_some()
    }

    /// How far the controller's clock is ahead of [`Clock::even`], where that is known.
    pub fn ahead(&self) -> Option<i64> {
        self.course().map(|course| course.known)
    }

    fn course(&self) -> Option<Course> {
        *self.ahead.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Milliseconds that pass evenly since the start.
    pub fn even(&self) -> i64 {
        i64::try_from(self.start.elapsed().as_millis()).unwrap_or(i64::MAX)
    }

    /// Takes what is now known of how far the controller's clock is ahead of [`Clock::even`]. Small differences are made
    /// up for little by little; a clock that was set is followed at once.
    pub fn set_ahead(&self, ahead: i64) {
        let even = self.even();
        let mut course = self.ahead.lock().unwrap_or_else(PoisonError::into_inner);
        let before =
            course.map(|course| course.ahead(even)).filter(|before| before.abs_diff(ahead) <= SET.unsigned_abs());
        *course = Some(Course { since: even, believed: before.unwrap_or(ahead), known: ahead });
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

    use super::{Clock, Course};

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
    fn a_better_estimate_never_turns_time_back() {
        let course = Course { since: 1_000, believed: 500, known: 460 };

        let times: Vec<_> = (1_000..2_500).map(|even| even + course.ahead(even)).collect();

        assert!(times.is_sorted(), "it only ever goes on");
        assert_eq!((course.ahead(1_000), course.ahead(1_400), course.ahead(1_800)), (500, 480, 460));
        let clock = Clock::with_wall(|| 0);
        clock.set_ahead(10_000);
        clock.set_ahead(10_300);
        assert!((10_000..10_250).contains(&clock.now()), "{}", clock.now());
        clock.set_ahead(99_000);
        assert!((99_000..99_250).contains(&clock.now()), "a clock that was set is followed at once");
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
