//! The way to the controller: a thread of its own that fetches, keeps and tells.

mod channel;
mod client;
mod failure;
mod media;
mod net;
mod news;
mod pace;
mod pairing;
mod programme;
mod reports;
mod tempo;
#[cfg(test)]
mod tests;
mod thread;
mod time;

use std::{
    io,
    sync::{Arc, Mutex, mpsc},
    thread::JoinHandle,
};

use client::Client;
use net::Net;
pub use news::News;
use shared::protocol::Report;
pub use tempo::Tempo;
use time::Time;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use crate::{library::Library, settings::Settings, tools::clock::Clock};

/// Size asked for while neither settings nor display have named one.
const USUAL_SIZE: (u32, u32) = (1_920, 1_080);

/// How many news may wait for a frame.
const NEWS_WAITING: usize = 256;

/// The kiosk's end of the link; dropping it ends the thread within two seconds.
pub struct Link {
    clock: Clock,
    report: watch::Sender<Option<Report>>,
    picture: watch::Sender<Option<Arc<Vec<u8>>>>,
    drawn: watch::Sender<u64>,
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
        Self::start_with(settings, library, Clock::system(), Tempo::default(), wake)
    }

    /// Starts it with a clock and times of one's own.
    pub fn start_with(
        settings: &Settings,
        library: Arc<Library>,
        clock: Clock,
        tempo: Tempo,
        wake: impl Fn() + Send + Sync + 'static,
    ) -> io::Result<(Self, mpsc::Receiver<News>)> {
        let (news, receiver) = mpsc::sync_channel(NEWS_WAITING);
        let (report, report_of_display) = watch::channel(None);
        let (picture, picture_of_display) = watch::channel(None);
        let (drawn, drawn_by_display) = watch::channel(0);
        let stop = CancellationToken::new();
        let time = Arc::new(Time::new(clock.clone()));
        let net = Net {
            client: Client::new(&settings.controller, settings.ca.as_deref(), library.clone(), time.clone(), tempo)?,
            library,
            time,
            tempo,
            size: settings.window.map_or(USUAL_SIZE, |size| (size.width, size.height)),
            report: report_of_display,
            picture: picture_of_display,
            drawn: drawn_by_display,
            hint: watch::channel(None).0,
            ready: watch::channel(None).0,
            active: watch::channel(None).0,
            linked: watch::channel(false).0,
            stop: stop.clone(),
            news,
            wake: Box::new(wake),
            faults: Mutex::default(),
        };
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("net-worker")
            .enable_all()
            .build()?;
        let thread = std::thread::Builder::new().name("net".to_owned()).spawn(move || thread::run(runtime, net))?;
        Ok((Self { clock, report, picture, drawn, stop, thread: Some(thread) }, receiver))
    }

    /// Says how the screen is; sent when it differs from what was sent, and twice a minute.
    pub fn report(&self, report: Report) {
        self.report.send_replace(Some(report));
    }

    /// Hands over the picture (JPEG) that [`News::PictureWanted`] asked for.
    pub fn picture(&self, jpeg: Vec<u8>) {
        self.picture.send_replace(Some(Arc::new(jpeg)));
    }

    /// Says that a version's first picture is drawn, so that it could be shown at once.
    pub fn drawn(&self, version: u64) {
        self.drawn.send_replace(version);
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
            // It ends by itself within two seconds; how it ended was told as news.
            let _ = thread.join();
        }
    }
}
