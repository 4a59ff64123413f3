//! Waking a display that waits, and letting it wait.

use std::{
    sync::{Arc, Condvar, Mutex, PoisonError},
    thread,
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

/// Wakes a display in a window at an instant. The window's own loop can wait for a while too, but draws a frame whenever
/// that while is another one than before.
#[derive(Clone, Resource)]
pub struct Alarm(Arc<(Mutex<Option<Instant>>, Condvar)>);

impl Alarm {
    /// An alarm that is not set; on a machine that gives it no thread the display falls back on its heartbeat.
    pub fn new(wake: Wake) -> Self {
        let alarm = Self(Arc::default());
        let waiting = alarm.clone();
        let started = thread::Builder::new().name("alarm".to_owned()).spawn(move || {
            loop {
                waiting.wait();
                wake.call();
            }
        });
        if let Err(error) = started {
            tracing::warn!("start the alarm: {error}");
        }
        alarm
    }

    /// Sets it; what it was set to before counts no longer.
    pub fn set(&self, at: Instant) {
        *self.0.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(at);
        self.0.1.notify_all();
    }

    fn wait(&self) {
        let mut set = self.0.0.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            let left = set.map(|at| at.saturating_duration_since(Instant::now()));
            set = match left {
                Some(Duration::ZERO) => {
                    *set = None;
                    return;
                }
                Some(left) => self.0.1.wait_timeout(set, left).unwrap_or_else(PoisonError::into_inner).0,
                None => self.0.1.wait(set).unwrap_or_else(PoisonError::into_inner),
            };
        }
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
pub const HEARTBEAT: Duration = Duration::from_secs(5);

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

#[cfg(test)]
mod tests {
    use std::{
        sync::mpsc,
        time::{Duration, Instant},
    };

    use super::{Alarm, Wake};

    #[test]
    fn an_alarm_rings_once_at_the_instant_it_was_last_set_to() {
        let (ring, rung) = mpsc::channel();
        let alarm = Alarm::new(Wake::new(move || ring.send(Instant::now()).unwrap()));
        let begun = Instant::now();

        alarm.set(begun + Duration::from_secs(3_600));
        alarm.set(begun + Duration::from_millis(40));

        let at = rung.recv_timeout(Duration::from_secs(20)).unwrap();
        assert!(at >= begun + Duration::from_millis(40));
        assert!(rung.recv_timeout(Duration::from_millis(100)).is_err(), "once");
    }
}
