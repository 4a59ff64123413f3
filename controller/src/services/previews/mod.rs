//! The door to the kiosk's own renderer: pictures of what a screen would show, drawn by `litfass-kiosk shot` as a child.

#[cfg(test)]
mod tests;

use std::{
    collections::HashMap,
    ffi::OsString,
    io,
    path::{Path, PathBuf},
    process::Stdio,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use moka::future::Cache;
use rustix::process::{Pid, Signal, kill_process_group, setpriority_process};
use sha2::{Digest, Sha256};
use tempfile::TempDir;
use tokio::{process::Child, sync::Semaphore};
use tokio_util::bytes::Bytes;

use super::storage::{FileName, Storage};

/// Children at once: each may take a whole core.
const AT_ONCE: usize = 1;
/// Orders that may wait for their turn.
const MOST_WAITING: usize = 12;
/// A child that takes longer is killed.
const PATIENCE: Duration = Duration::from_secs(60);
/// How much children stand back behind everything else.
const NICENESS: i32 = 5;
/// Files of one picture, and the largest of them: what is beyond is drawn as if it were not there.
const MOST_FILES_BYTES: u64 = 96 << 20;
const LARGEST_FILE_BYTES: u64 = 24 << 20;
/// A picture of a display is never that large.
const LARGEST_PICTURE_BYTES: u64 = 32 << 20;
/// Pictures that are kept, so that nothing is drawn twice.
const CACHE_BYTES: u64 = 64 << 20;
const CACHED_FOR: Duration = Duration::from_secs(30 * 60);
/// What a child needs of the environment: where its graphics driver is.
pub const PASSED_ON: [&str; 4] = ["VK_ICD_FILENAMES", "VK_DRIVER_FILES", "LD_LIBRARY_PATH", "PATH"];

/// One picture that is to be drawn.
#[derive(Clone, Debug)]
pub struct Order {
    /// The bare programme, as JSON.
    pub programme: Vec<u8>,
    /// The instant, in milliseconds since 1970.
    pub at: i64,
    /// Width of the display in pixels.
    pub width: u32,
    /// Height of the display in pixels.
    pub height: u32,
    /// Files that are to be seen, with their lengths.
    pub files: Vec<(FileName, u64)>,
}

impl Order {
    /// A name for the picture: the same for the same picture.
    pub fn key(&self) -> String {
        let mut hash = Sha256::new();
        hash.update(format!("{} {} {}\n", self.at, self.width, self.height));
        hash.update(&self.programme);
        shared::hex::encode(&hash.finalize())
    }
}

/// Why there is no picture.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The kiosk is not on this machine.
    #[error("no kiosk on this machine")]
    Missing,
    /// The kiosk says that there is no Vulkan driver.
    #[error("no Vulkan driver")]
    NoDriver,
    /// It took too long.
    #[error("the kiosk took too long")]
    Slow,
    /// Too many wait already.
    #[error("too many previews at once")]
    Busy,
    /// Whoever ordered it has ordered another one since.
    #[error("ordered anew")]
    Overtaken,
    /// Something else went wrong: for the log.
    #[error("{0}")]
    Broken(String),
}

/// Where previews are drawn; cheap to copy.
#[derive(Clone)]
pub struct Previews {
    /// Where the kiosk may be, best first.
    programs: Arc<[PathBuf]>,
    /// What its graphics driver keeps between two pictures.
    cache_folder: PathBuf,
    /// What it is told of the environment.
    environment: Arc<[(&'static str, OsString)]>,
    turns: Arc<Semaphore>,
    waiting: Arc<AtomicUsize>,
    newest: Arc<Mutex<HashMap<String, u64>>>,
    drawn: Cache<String, Bytes>,
}

impl Previews {
    /// Draws with the first of these programs that is there; its driver keeps compiled shaders in a folder. Of the
    /// environment a child gets only what is in [`PASSED_ON`].
    pub fn new(programs: Vec<PathBuf>, cache_folder: PathBuf, environment: impl Fn(&str) -> Option<OsString>) -> Self {
        let drawn = Cache::builder()
            .weigher(|_: &String, picture: &Bytes| u32::try_from(picture.len()).unwrap_or(u32::MAX))
            .max_capacity(CACHE_BYTES)
            .time_to_live(CACHED_FOR)
            .build();
        Self {
            programs: programs.into(),
            cache_folder,
            environment: PASSED_ON.iter().filter_map(|name| Some((*name, environment(name)?))).collect(),
            turns: Arc::new(Semaphore::new(AT_ONCE)),
            waiting: Arc::default(),
            newest: Arc::default(),
            drawn,
        }
    }

    /// A picture as PNG. Of several orders of the same person only the newest is drawn; `who` is their id.
    pub async fn draw(&self, order: &Order, storage: &Storage, who: &str) -> Result<Bytes, Error> {
        let key = order.key();
        if let Some(picture) = self.drawn.get(&key).await {
            return Ok(picture);
        }
        let program = self.programs.iter().find(|program| program.is_file()).ok_or(Error::Missing)?;
        let ticket = self.ticket(who);
        let place = Waiting::new(&self.waiting).ok_or(Error::Busy)?;
        let turn = self.turns.acquire().await.map_err(|error| Error::Broken(error.to_string()))?;
        drop(place);
        if let Some(picture) = self.drawn.get(&key).await {
            return Ok(picture);
        }
        if self.lock().get(who).is_some_and(|newest| *newest != ticket) {
            return Err(Error::Overtaken);
        }
        let picture = self.run(program, order, storage).await;
        drop(turn);
        let picture = picture?;
        self.drawn.insert(key, picture.clone()).await;
        Ok(picture)
    }

    fn ticket(&self, who: &str) -> u64 {
        let mut newest = self.lock();
        if newest.len() > 10_000 {
            newest.clear();
        }
        let ticket = newest.entry(who.to_owned()).or_default();
        *ticket += 1;
        *ticket
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<String, u64>> {
        self.newest.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn run(&self, program: &Path, order: &Order, storage: &Storage) -> Result<Bytes, Error> {
        let broken = |tried: &str, why: &dyn std::fmt::Display| Error::Broken(format!("preview: {tried}: {why}"));
        let folder = TempDir::with_prefix("litfass-preview-").map_err(|e| broken("make a folder", &e))?;
        lay_out(folder.path(), order, storage).await.map_err(|e| broken("lay files out", &e))?;
        let out = folder.path().join("picture.png");
        let mut command = tokio::process::Command::new(program);
        command.env_clear().envs(self.environment.iter().map(|(name, value)| (name, value)));
        command.env("HOME", folder.path()).env("XDG_CACHE_HOME", &self.cache_folder).current_dir(folder.path());
        command.arg("--config").arg(folder.path().join("kiosk.toml")).arg("--data").arg(folder.path().join("data"));
        command.args(["--window", &format!("{}x{}", order.width, order.height)]);
        command.args(["shot", "--at", &order.at.max(0).to_string(), "--out"]).arg(&out);
        command.arg("--programme").arg(folder.path().join("programme.json"));
        command.arg("--media").arg(folder.path().join("media"));
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).process_group(0).kill_on_drop(true);
        let child = command.spawn().map_err(|error| match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::PermissionDenied => Error::Missing,
            _ => broken("start the kiosk", &error),
        })?;
        let mut family = Family(child);
        // Refused inside some sandboxes, where it is drawn all the same.
        let _ = setpriority_process(family.leader(), NICENESS);
        let ended = tokio::time::timeout(PATIENCE, family.0.wait()).await.map_err(|_| Error::Slow)?;
        match ended.map_err(|e| broken("wait for the kiosk", &e))?.code() {
            Some(0) => {}
            Some(3) => return Err(Error::NoDriver),
            Some(code) => return Err(broken("run the kiosk", &format!("it ended with {code}"))),
            None => return Err(broken("run the kiosk", &"a signal ended it")),
        }
        let length = tokio::fs::metadata(&out).await.map_err(|e| broken("find the picture", &e))?.len();
        if length > LARGEST_PICTURE_BYTES {
            return Err(broken("take the picture", &format!("it has {length} bytes")));
        }
        Ok(tokio::fs::read(&out).await.map_err(|e| broken("read the picture", &e))?.into())
    }
}

/// A place in the queue, given back when its owner goes.
struct Waiting(Arc<AtomicUsize>);

impl Waiting {
    fn new(count: &Arc<AtomicUsize>) -> Option<Self> {
        let place = Self(count.clone());
        (count.fetch_add(1, Ordering::Relaxed) < MOST_WAITING).then_some(place)
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// A child and everything it starts; all of it dies with this value, also when nobody waits for the picture any more.
struct Family(Child);

impl Drop for Family {
    fn drop(&mut self) {
        // Without an id it has ended and was waited for.
        if let Some(leader) = self.leader() {
            let _ = kill_process_group(leader, Signal::KILL);
        }
    }
}

impl Family {
    fn leader(&self) -> Option<Pid> {
        Pid::from_raw(i32::try_from(self.0.id()?).ok()?)
    }
}

/// Puts everything a child reads into its folder.
async fn lay_out(folder: &Path, order: &Order, storage: &Storage) -> io::Result<()> {
    let media = folder.join("media");
    tokio::fs::create_dir(&media).await?;
    tokio::fs::write(folder.join("kiosk.toml"), "").await?;
    tokio::fs::write(folder.join("programme.json"), &order.programme).await?;
    let mut room = MOST_FILES_BYTES;
    for (name, length) in &order.files {
        if *length > LARGEST_FILE_BYTES.min(room) {
            continue;
        }
        // What is gone by now is drawn like a picture that cannot be shown.
        if let Some(content) = storage.get(name).await.map_err(io::Error::other)? {
            room = room.saturating_sub(u64::try_from(content.len()).unwrap_or(u64::MAX));
            tokio::fs::write(media.join(name.as_str()), content).await?;
        }
    }
    Ok(())
}

/// Where a kiosk may be: where the settings say, else beside this program, else in the search path.
pub fn programs(named: Option<PathBuf>, this: Option<&Path>, path: Option<OsString>) -> Vec<PathBuf> {
    const NAME: &str = "litfass-kiosk";
    if let Some(named) = named {
        return vec![named];
    }
    let beside = this.and_then(Path::parent).map(|folder| folder.join(NAME));
    let search = path.unwrap_or_default();
    beside.into_iter().chain(std::env::split_paths(&search).map(|folder| folder.join(NAME))).collect()
}
