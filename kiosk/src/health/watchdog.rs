//! Tells systemd that the kiosk is ready, and that it is alive.

use std::time::{Duration, Instant};

use sd_notify::NotifyState;

/// Beats at most this often: systemd asks for two in `WatchdogSec`, which is 30 s.
const BETWEEN_BEATS: Duration = Duration::from_secs(2);

/// When it last told systemd.
#[derive(Default)]
pub(super) struct Watchdog {
    last: Option<Instant>,
}

impl Watchdog {
    /// A new frame was presented.
    pub(super) fn beat(&mut self) {
        let states: &[NotifyState] = match self.last {
            None => &[NotifyState::Ready, NotifyState::Watchdog],
            Some(last) if last.elapsed() >= BETWEEN_BEATS => &[NotifyState::Watchdog],
            Some(_) => return,
        };
        self.last = Some(Instant::now());
        // Without systemd there is nobody to tell, and that is no error.
        if let Err(error) = sd_notify::notify(states) {
            tracing::debug!("tell systemd: {error}");
        }
    }
}
