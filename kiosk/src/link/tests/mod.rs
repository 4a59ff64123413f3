//! The link against a controller made of a few lines, kind or hostile as a test asks.

mod attacks;
mod fake;
mod life;
mod tls;
mod trouble;

use std::{
    cell::RefCell,
    collections::BTreeMap,
    fs,
    path::Path,
    sync::{Arc, mpsc},
    time::{Duration, Instant},
};

use fake::Fake;
use tempfile::TempDir;

use super::{Link, News, Tempo};
use crate::{
    library::{
        Library,
        samples::{Owner, medium},
    },
    settings::Settings,
    tools::clock::Clock,
};

/// Long enough for a busy machine; nothing waits for it that goes well.
const PATIENCE: Duration = Duration::from_secs(20);

/// All times of the link, made short.
fn quick() -> Tempo {
    let millis = Duration::from_millis;
    Tempo {
        pairing: millis(20),
        connect: millis(1_000),
        answer: millis(2_000),
        back_off: (millis(10), millis(100)),
        steady: millis(500),
        ping: millis(100),
        dead: millis(1_500),
        report: millis(200),
        poll: millis(60_000),
        poll_unlinked: millis(150),
        hint: millis(50),
        drawing: millis(50),
        slow: millis(400),
    }
}

/// A kiosk without a display.
struct Kiosk {
    folder: TempDir,
    library: Arc<Library>,
    link: Option<Link>,
    news: mpsc::Receiver<News>,
    /// What came and was not waited for yet.
    passed: RefCell<Vec<News>>,
}

impl Kiosk {
    fn start(fake: &Fake) -> Self {
        Self::start_at(fake, tempfile::tempdir().unwrap(), Clock::system(), quick())
    }

    fn start_at(fake: &Fake, folder: TempDir, clock: Clock, tempo: Tempo) -> Self {
        Self::start_with(&["--controller", &fake.url], folder, clock, tempo)
    }

    fn start_with(flags: &[&str], folder: TempDir, clock: Clock, tempo: Tempo) -> Self {
        let library = Library::open(folder.path()).unwrap();
        let words = ["litfass-kiosk", "--data", "unused", "--window", "800x600"].iter().chain(flags);
        let none = std::io::ErrorKind::NotFound;
        let settings = Settings::read(words.map(Into::into), |_| None, |_| Err(none.into())).unwrap();
        let (link, news) = Link::start_with(&settings, library.clone(), clock, tempo, || {}).unwrap();
        Self { folder, library, link: Some(link), news, passed: RefCell::default() }
    }

    /// Paired, and playing version 1 with one picture.
    fn playing(fake: &Fake) -> Self {
        fake.pair();
        fake.publish(1, &[b"first picture"]);
        let kiosk = Self::start(fake);
        kiosk.wait_for_version(1);
        kiosk.wait_settled(1);
        kiosk
    }

    /// Waits for a piece of news, in whatever order it comes.
    #[track_caller]
    fn wait_for<T>(&self, pick: impl Fn(&News) -> Option<T>) -> T {
        let end = Instant::now() + PATIENCE;
        let mut passed = self.passed.borrow_mut();
        if let Some((at, found)) = passed.iter().enumerate().find_map(|(at, news)| Some((at, pick(news)?))) {
            passed.remove(at);
            return found;
        }
        loop {
            match self.news.recv_timeout(end.saturating_duration_since(Instant::now())) {
                Ok(news) => match pick(&news) {
                    Some(found) => return found,
                    None => passed.push(news),
                },
                Err(_) => panic!("it never came; instead: {passed:#?}"),
            }
        }
    }

    #[track_caller]
    fn wait_for_version(&self, version: u64) {
        self.wait_for(|news| match news {
            News::Programme(programme) if programme.version == version => Some(()),
            News::Programme(programme) => panic!("version {} instead of {version}", programme.version),
            _ => None,
        });
    }

    #[track_caller]
    fn wait_for_fault(&self, name: &str) {
        self.wait_for(|news| match news {
            News::Fault(fault) if fault.name == name => Some(()),
            News::Programme(programme) => panic!("version {} instead of fault {name}", programme.version),
            _ => None,
        });
    }

    /// Waits until exactly so many files of media are on the disk.
    #[track_caller]
    fn wait_settled(&self, media: usize) {
        within(|| {
            let disk = self.disk();
            let count = |start: &str| disk.keys().filter(|name| name.starts_with(start)).count();
            let written = disk.keys().all(|name| !name.ends_with(".new"));
            written && count("media/") == media && count("programme-") == 2
        });
    }

    /// Every file the kiosk keeps.
    fn disk(&self) -> BTreeMap<String, Vec<u8>> {
        let mut all = BTreeMap::new();
        gather(self.folder.path(), "", &mut all);
        all
    }

    /// What must never change but by a programme that was signed: what plays, and the media.
    fn kept(&self) -> BTreeMap<String, Vec<u8>> {
        let mut disk = self.disk();
        disk.retain(|name, _| {
            name.starts_with("media/") || name.starts_with("programme-") || name.starts_with("state")
        });
        disk.retain(|name, _| !name.ends_with(".new"));
        disk
    }

    /// Ends the link and the library; the folder stays.
    fn stop(mut self) -> TempDir {
        let start = Instant::now();
        drop(self.link.take());
        assert!(start.elapsed() < Duration::from_secs(2), "stopping took {:?}", start.elapsed());
        self.folder
    }
}

fn gather(folder: &Path, below: &str, all: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = format!("{below}{}", path.file_name().unwrap().to_str().unwrap());
        if path.is_dir() {
            gather(&path, &format!("{name}/"), all);
        } else if let Ok(bytes) = fs::read(path) {
            all.insert(name, bytes);
        }
    }
}

#[track_caller]
fn within(done: impl Fn() -> bool) {
    let end = Instant::now() + PATIENCE;
    while !done() {
        assert!(Instant::now() < end, "it never came");
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn name_of(bytes: &[u8]) -> String {
    medium(bytes).sha256
}

fn owner() -> Owner {
    Owner::new()
}
