//! The one clock of the program: handed in, so that tests can move it.

use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::{SystemTime, UNIX_EPOCH},
};

/// Tells the time in milliseconds since 1970.
#[derive(Clone, Debug, Default)]
pub enum Clock {
    /// The machine's.
    #[default]
    System,
    /// One that stands still until it is moved.
    Moved(Arc<AtomicI64>),
}

impl Clock {
    /// A clock that stands at `now` until [`Clock::set`] moves it.
    pub fn at(now: i64) -> Self {
        Self::Moved(Arc::new(AtomicI64::new(now)))
    }

    /// Milliseconds since 1970.
    pub fn now(&self) -> i64 {
        match self {
            Self::System => SystemTime::now()
                .duration_since(UNIX_EPOCH)
                .map_or(0, |d| i64::try_from(d.as_millis()).unwrap_or(i64::MAX)),
            Self::Moved(now) => now.load(Ordering::SeqCst),
        }
    }

    /// Moves a clock made by [`Clock::at`]; the machine's does not listen.
    pub fn set(&self, to: i64) {
        if let Self::Moved(now) = self {
            now.store(to, Ordering::SeqCst);
        }
    }
}
