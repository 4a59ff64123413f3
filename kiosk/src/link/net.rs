//! What all tasks of the link share, and how they speak to the display.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError, mpsc},
    time::{Duration, Instant},
};

use shared::protocol::{Fault, Report};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use super::{News, client::Client, failure::Failure, tempo::Tempo, time::Time};
use crate::library::Library;

/// The same fault is told again after this long.
const SAME_FAULT: Duration = Duration::from_secs(60);
/// How long to wait for a display that does not take its news.
const DISPLAY_BUSY: Duration = Duration::from_millis(50);

/// One link, as its tasks see it.
pub(super) struct Net {
    pub(super) library: Arc<Library>,
    pub(super) client: Client,
    pub(super) time: Arc<Time>,
    pub(super) tempo: Tempo,
    /// Size to ask for while the display has not told its own.
    pub(super) size: (u32, u32),
    pub(super) report: watch::Receiver<Option<Report>>,
    pub(super) picture: watch::Receiver<Option<Arc<Vec<u8>>>>,
    /// The newest version whose first picture the display has drawn.
    pub(super) drawn: watch::Receiver<u64>,
    /// The newest version somebody spoke of.
    pub(super) hint: watch::Sender<Option<(String, u64)>>,
    /// The newest version that is here, whole and verified, by the id of its programme: told once it is drawn, or has had time enough to be.
    pub(super) ready: watch::Sender<Option<(String, u64)>>,
    /// Which version all screens show from when on.
    pub(super) active: watch::Sender<Option<(u64, i64)>>,
    /// Whether the link holds.
    pub(super) linked: watch::Sender<bool>,
    pub(super) stop: CancellationToken,
    pub(super) news: mpsc::SyncSender<News>,
    pub(super) wake: Box<dyn Fn() + Send + Sync>,
    pub(super) faults: Mutex<BTreeMap<&'static str, Instant>>,
}

impl Net {
    /// Tells the display; waits while it has too much to read.
    pub(super) async fn tell(&self, news: News) {
        let mut news = news;
        while let Err(mpsc::TrySendError::Full(back)) = self.news.try_send(news) {
            news = back;
            (self.wake)();
            tokio::time::sleep(DISPLAY_BUSY).await;
        }
        (self.wake)();
    }

    /// Tells a failure, once in a while.
    pub(super) async fn raise(&self, failure: &Failure) {
        self.fault(failure.name(), failure.to_string()).await;
    }

    /// Tells a fault by its name.
    pub(super) async fn fault(&self, name: &'static str, detail: String) {
        let known = self.with_faults(|faults| {
            let known = faults.get(name).is_some_and(|since| since.elapsed() < SAME_FAULT);
            if !known {
                faults.insert(name, Instant::now());
            }
            known
        });
        if !known {
            tracing::warn!("{name}: {detail}");
            let fault = Fault { name: name.to_owned(), detail, at: self.time.clock.now() };
            self.tell(News::Fault(fault)).await;
        }
    }

    /// Tells that faults are over.
    pub(super) async fn clear(&self, over: impl Fn(&str) -> bool) {
        let gone: Vec<_> = self.with_faults(|faults| {
            let gone = faults.keys().copied().filter(|name| over(name)).collect();
            faults.retain(|name, _| !over(name));
            gone
        });
        for name in gone {
            tracing::info!("{name}: over");
            self.tell(News::Cleared(name.to_owned())).await;
        }
    }

    /// Does something with the library that may wait for the disk.
    pub(super) async fn on_disk<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Library) -> std::io::Result<T> + Send + 'static,
    ) -> Result<T, Failure> {
        let library = self.library.clone();
        let done = tokio::task::spawn_blocking(move || work(&library)).await;
        Ok(done.map_err(std::io::Error::other)??)
    }

    fn with_faults<T>(&self, look: impl FnOnce(&mut BTreeMap<&'static str, Instant>) -> T) -> T {
        look(&mut self.faults.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
