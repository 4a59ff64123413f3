//! How the screen is: for the controller, for systemd, and for whoever looks on site.

mod probe;
mod watchdog;

use std::{
    path::Path,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use shared::protocol::{Fault, Report};

/// Most faults a report holds; the oldest give way.
const MOST_FAULTS: usize = 10;

/// Puts the report together and feeds systemd's watchdog.
#[derive(Clone, Default)]
pub struct Health {
    inner: Arc<Mutex<Inner>>,
}

#[derive(Default)]
struct Inner {
    report: Report,
    watchdog: watchdog::Watchdog,
}

impl Health {
    /// Starts answering on the probe, `probe.sock` in the folder: one line of JSON,
    /// the [`Report`], for each connection.
    pub fn start(folder: &Path) -> Self {
        let health = Self::default();
        health.lock().report.kiosk = env!("CARGO_PKG_VERSION").to_owned();
        if let Err(error) = probe::listen(&folder.join("probe.sock"), health.clone()) {
            tracing::warn!("listen on the probe: {error}");
        }
        health
    }

    /// Changes what the display knows of itself: state, version, what is on, size, adapter.
    pub fn change(&self, change: impl FnOnce(&mut Report)) {
        change(&mut self.lock().report);
    }

    /// The drawing thread has done a frame, and the display has got so many pictures by now: tells systemd that the kiosk is
    /// ready (at the first picture) and alive.
    pub fn presented(&self, frames: u64, at: i64) {
        let mut inner = self.lock();
        if frames > inner.report.frames {
            inner.report.frames = frames;
            inner.report.presented_at = at;
        }
        if frames > 0 {
            inner.watchdog.beat();
        }
    }

    /// Notes a fault; one of the same name is replaced.
    pub fn fault(&self, fault: Fault) {
        let faults = &mut self.lock().report.faults;
        faults.retain(|known| known.name != fault.name);
        faults.push(fault);
        let surplus = faults.len().saturating_sub(MOST_FAULTS);
        faults.drain(..surplus);
    }

    /// Forgets the fault of this name.
    pub fn cleared(&self, name: &str) {
        self.lock().report.faults.retain(|fault| fault.name != name);
    }

    /// How it is now.
    pub fn report(&self) -> Report {
        self.lock().report.clone()
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::{io::Read, os::unix::net::UnixStream};

    use shared::protocol::{Fault, Report, State};

    use super::Health;

    fn fault(name: &str, at: i64) -> Fault {
        Fault { name: name.to_owned(), detail: String::new(), at }
    }

    #[test]
    fn ten_faults_are_kept_each_name_once_newest_last() {
        let health = Health::default();

        (0..12).for_each(|n| health.fault(fault(&format!("f{n}"), n)));
        health.fault(fault("f5", 99));
        health.cleared("f11");

        let names: Vec<_> = health.report().faults.into_iter().map(|f| f.name).collect();
        assert_eq!(names, ["f2", "f3", "f4", "f6", "f7", "f8", "f9", "f10", "f5"]);
    }

    #[test]
    fn the_probe_answers_one_line_each_time() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("probe.sock"), "left by a killed kiosk").unwrap();
        let health = Health::start(folder.path());

        health.change(|report| report.state = State::Playing);
        health.presented(7, 1_000);
        health.presented(7, 2_000);

        for _ in 0..3 {
            let mut line = String::new();
            UnixStream::connect(folder.path().join("probe.sock")).unwrap().read_to_string(&mut line).unwrap();
            assert_eq!(line.matches('\n').count(), 1);
            let report: Report = serde_json::from_str(&line).unwrap();
            assert_eq!((report.state, report.frames, report.presented_at), (State::Playing, 7, 1_000));
        }
    }
}
