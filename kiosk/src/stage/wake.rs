//! Waking a display that waits, and letting it wait.

use std::{
    sync::{Arc, Condvar, Mutex, PoisonError},
    time::{Duration, Instant},
};

use bevy::ecs::resource::Resource;

/// Wakes the display so that it draws a frame; callable from any thread.
#[derive(Clone)]
pub struct Wake(Arc<dyn Fn() + Send + Sync>);

impl Wake {
    /// Wakes by calling a function.
    pub fn new(call: impl Fn() + Send + Sync + 'static) -> Self {
        Self(Arc::new(call))
    }

    /// Wakes.
    pub fn call(&self) {
        (self.0)();
    }
}

/// A bell that a display without a window waits for.
#[derive(Clone, Default)]
pub struct Bell(Arc<(Mutex<bool>, Condvar)>);

impl Bell {
    /// Rings.
    pub fn ring(&self) {
        *self.0.0.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.0.1.notify_all();
    }

    /// Waits until it has rung since the last time, or for so long.
    pub fn wait(&self, longest: Duration) {
        let rung = self.0.0.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.0.1.wait_timeout_while(rung, longest, |rung| !*rung);
        let (mut rung, _) = waited.unwrap_or_else(PoisonError::into_inner);
        *rung = false;
    }
}

/// When the next frame is due.
#[derive(Clone, Copy, Debug, Default, Resource)]
pub struct Pace {
    /// Something moves or is being made ready: the next frame follows at once.
    pub busy: bool,
    /// Something changes then.
    pub due: Option<Instant>,
    /// Something is to be looked after then.
    pub watch: Option<Instant>,
}

/// A frame now and then shows the watchdog that drawing works.
const HEARTBEAT: Duration = Duration::from_secs(5);

impl Pace {
    /// How long to wait for the next frame.
    pub fn wait(&self) -> Duration {
        if self.busy {
            return Duration::ZERO;
        }
        let next = self.due.into_iter().chain(self.watch).min();
        next.map_or(HEARTBEAT, |next| next.saturating_duration_since(Instant::now()).min(HEARTBEAT))
    }
}
