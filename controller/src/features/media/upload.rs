//! Large uploads on their way: to a file, counted and hashed as they come, never in memory.

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use sha2::{Digest, Sha256};
use tempfile::TempPath;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::{Error, Result, room};
use crate::{
    app::{self, App},
    services::storage,
    tools::shares::Share,
};

/// An upload that was cut off longer ago than this is nobody's any more.
pub const FORGOTTEN: Duration = Duration::from_secs(24 * 3_600);

/// Files of one account that programs may be sending at once: each may become as long as a film.
pub const AT_ONCE: usize = 4;

/// As much of a file as is read at once.
const PIECE: usize = 1 << 20;

/// A file being uploaded; it goes with this value.
pub struct Upload {
    file: tokio::fs::File,
    path: TempPath,
    hasher: Sha256,
    length: u64,
    most: u64,
}

/// Takes a place for a file of at least so many bytes that a program of an account sends.
///
/// # Errors
/// [`Full`](Error::Full) while all are taken; else that there is no room for it.
pub async fn place(app: &App, account_id: &str, length: u64) -> Result<Share> {
    room::need(app, account_id, length).await?;
    app.uploads.take(account_id).ok_or(Error::Full)
}

/// A file of which all is here; it goes with this value.
pub(super) struct Whole {
    pub(super) path: TempPath,
    /// SHA-256 of it.
    pub(super) sha256: String,
    /// Its length in bytes.
    pub(super) length: u64,
}

impl Upload {
    /// Begins to take a film.
    pub async fn start(app: &App) -> Result<Self> {
        let folder = folder(app);
        tokio::fs::create_dir_all(&folder).await.map_err(broken)?;
        let (file, path) = tempfile::NamedTempFile::new_in(&folder).map_err(broken)?.into_parts();
        let most = app.config.film_megabytes * 1_000_000;
        Ok(Self { file: tokio::fs::File::from_std(file), path, hasher: Sha256::new(), length: 0, most })
    }

    /// Takes the next bytes; of what is longer than allowed only the length is counted.
    pub async fn write(&mut self, bytes: &[u8]) -> Result<()> {
        self.length += bytes.len() as u64;
        if !self.is_too_long() {
            self.hasher.update(bytes);
            self.file.write_all(bytes).await.map_err(broken)?;
        }
        Ok(())
    }

    /// Whether nothing was sent.
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// Whether it is longer than films may be.
    pub fn is_too_long(&self) -> bool {
        self.length > self.most
    }

    /// Ends it, with all of it in a file.
    pub(super) async fn finish(mut self) -> Result<Whole> {
        if self.is_empty() {
            return Err(Error::Told("media.refused.empty"));
        }
        if self.is_too_long() {
            return Err(Error::Told("media.film.heavy"));
        }
        self.file.flush().await.map_err(broken)?;
        let sha256 = shared::hex::encode(&self.hasher.finalize());
        Ok(Whole { path: self.path, sha256, length: self.length })
    }
}

impl Whole {
    /// A file that lies there; it is read once, and stays where it cannot be.
    pub(super) async fn of(path: PathBuf) -> Result<Self> {
        let (mut file, mut hasher, mut length) =
            (tokio::fs::File::open(&path).await.map_err(broken)?, Sha256::new(), 0);
        let mut piece = vec![0; PIECE];
        loop {
            let count = file.read(&mut piece).await.map_err(broken)?;
            if count == 0 {
                let path = TempPath::try_from_path(path).map_err(broken)?;
                return Ok(Self { path, sha256: shared::hex::encode(&hasher.finalize()), length });
            }
            hasher.update(&piece[..count]);
            length += count as u64;
        }
    }

    /// Its first bytes.
    pub(super) async fn head(&self, count: usize) -> Result<Vec<u8>> {
        let mut head = Vec::new();
        let file = tokio::fs::File::open(&self.path).await.map_err(broken)?;
        file.take(count as u64).read_to_end(&mut head).await.map_err(broken)?;
        Ok(head)
    }
}

/// Where uploads lie until they are prepared: beside the files, because they may be too large for `/tmp`.
pub(super) fn folder(app: &App) -> PathBuf {
    app.config.data.join("uploads")
}

/// Removes from this machine what killed uploads and conversions left behind, and uploads whose row is gone; says how many.
pub async fn clear_uploads(app: &App) -> app::Result<u64> {
    let folder = folder(app);
    let cleared = tokio::task::spawn_blocking(move || clear(&folder)).await;
    let cleared = cleared.map_err(|error| app::Error::internal("clear uploads", error))?;
    cleared.map_err(|error| app::Error::internal("clear uploads", error))
}

fn clear(folder: &Path) -> std::io::Result<u64> {
    let entries = match std::fs::read_dir(folder) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(0),
        entries => entries?,
    };
    let mut gone = 0;
    for entry in entries {
        let entry = entry?;
        // It may be going by itself at this moment.
        let Ok(age) = entry.metadata().and_then(|found| found.modified()) else { continue };
        if age.elapsed().is_ok_and(|age| age > FORGOTTEN) {
            remove(&entry.path())?;
            gone += 1;
        }
    }
    Ok(gone)
}

fn remove(path: &Path) -> std::io::Result<()> {
    if path.is_dir() { std::fs::remove_dir_all(path) } else { std::fs::remove_file(path) }
}

pub(super) fn broken(error: std::io::Error) -> Error {
    storage::Error::from(error).into()
}
