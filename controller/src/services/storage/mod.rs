//! The door to files: each is named by what is in it. They lie in a folder of this machine or in a bucket of any S3.

mod bucket;
mod checked;
mod held;
#[cfg(test)]
mod tests;

use std::{
    io::{self, SeekFrom},
    ops::Range,
    path::{Path as FolderPath, PathBuf},
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, SystemTime},
};

use futures_util::{Stream, StreamExt, TryStreamExt};
use object_store::{
    Error as Failure, GetOptions, GetRange, GetResultPayload, ObjectStore, ObjectStoreExt, PutPayload,
    local::LocalFileSystem, path::Path,
};
use tokio::io::{AsyncReadExt, AsyncSeekExt, AsyncWriteExt};
use tokio_util::{bytes::Bytes, io::ReaderStream};

use self::{
    checked::{Checked, Wanted, checked},
    held::Held,
};
use crate::config::Bucket;

/// How much of a file one reader holds in memory: ten thousand slow screens must fit.
const CHUNK_BYTES: usize = 64 * 1024;

/// How much of a large file is written at once: the least that an S3 takes as a part is five megabytes.
const PIECE_BYTES: usize = 8 << 20;

/// The name of a file: SHA-256 of its content, 64 lower-case hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileName(String);

impl FileName {
    /// Reads a name; `None` for anything else, so that no path can be smuggled in.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        (digits && text.len() == 64).then(|| Self(text.to_owned()))
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Two levels of folders keep each of them small.
    fn path(&self) -> Path {
        Path::from(format!("{}/{}/{}", &self.0[..2], &self.0[2..4], self.0))
    }
}

/// What can go wrong with files.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No room left.
    #[error("no room left for files")]
    Full,
    /// The bucket does not answer, or not with what was asked for: it may in a while.
    #[error("bucket: {0}")]
    Away(String),
    /// Reading or writing failed.
    #[error("files: {0}")]
    Broken(String),
}

/// What storage functions return.
pub type Result<T> = std::result::Result<T, Error>;

/// Pieces of a file.
pub type Pieces = Pin<Box<dyn Stream<Item = io::Result<Bytes>> + Send>>;

/// A file in the storage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// Its name.
    pub name: FileName,
    /// Its length.
    pub length: u64,
    /// When it was last written, in milliseconds since 1970.
    pub written_at: i64,
}

/// Where files are kept; cheap to copy.
#[derive(Clone, Debug)]
pub struct Storage {
    files: Arc<dyn ObjectStore>,
    /// Set where files are in a folder of this machine.
    folder: Option<PathBuf>,
    /// Whether a file could not be removed.
    left_behind: Arc<AtomicBool>,
    held: Held,
}

impl Storage {
    /// Keeps files in a folder, which is made if need be.
    pub fn folder(folder: &FolderPath) -> Result<Self> {
        std::fs::create_dir_all(folder)?;
        // A file is written beside its place, flushed, renamed, and its folder flushed: after a power cut it is there
        // whole or not at all.
        let files = LocalFileSystem::new_with_prefix(folder)?.with_fsync(true);
        Ok(Self {
            files: Arc::new(files),
            folder: Some(folder.to_owned()),
            left_behind: Arc::default(),
            held: Held::default(),
        })
    }

    /// Keeps files in a bucket, which is there already. Nothing is asked yet.
    pub fn bucket(bucket: &Bucket) -> Result<Self> {
        Ok(Self {
            files: Arc::new(bucket::open(bucket)?),
            folder: None,
            left_behind: Arc::default(),
            held: Held::default(),
        })
    }

    /// Whether the bucket answers. What only its operator can mend is an error; all else may be over in a while.
    pub async fn check(&self) -> Result<()> {
        if self.folder.is_some() {
            return Ok(());
        }
        match self.files.list(None).try_next().await {
            Err(error) if bucket::is_lasting(&error) => Err(Error::Broken(bucket::told(&error))),
            Err(error) => Err(error.into()),
            Ok(_) => Ok(()),
        }
    }

    /// Writes a file; once this returns it survives a power cut. Writing the same again does no harm, and mends it.
    pub async fn put(&self, name: &FileName, content: Vec<u8>) -> Result<()> {
        self.files.put(&name.path(), PutPayload::from(content)).await?;
        Ok(())
    }

    /// Writes a file as [`Self::put`] does, piece by piece from another one.
    pub async fn put_file(&self, name: &FileName, from: &FolderPath) -> Result<()> {
        let mut from = tokio::fs::File::open(from).await?;
        let mut upload = self.files.put_multipart(&name.path()).await?;
        let copied = async {
            loop {
                let mut piece = Vec::with_capacity(PIECE_BYTES);
                (&mut from).take(PIECE_BYTES as u64).read_to_end(&mut piece).await?;
                if piece.is_empty() {
                    upload.complete().await?;
                    return Ok(());
                }
                upload.put_part(PutPayload::from(piece)).await?;
            }
        };
        let copied: Result<()> = copied.await;
        if copied.is_err() {
            // What cannot be removed now is cleared later.
            let _ = upload.abort().await;
        }
        copied
    }

    /// Copies a file into another one that is open; `false` when there is no such file.
    pub async fn copy_to(&self, name: &FileName, to: &mut tokio::fs::File) -> Result<bool> {
        let Some(mut pieces) = self.read(name).await? else { return Ok(false) };
        while let Some(piece) = pieces.try_next().await? {
            to.write_all(&piece).await?;
        }
        to.flush().await?;
        Ok(true)
    }

    /// Whether there is such a file.
    pub async fn exists(&self, name: &FileName) -> Result<bool> {
        Ok(there(self.files.head(&name.path()).await)?.is_some())
    }

    /// Reads a part of a file of this length piece by piece; `None` when there is no such file. What comes from a bucket
    /// and is not what was asked for ends with an error before its last piece: nobody takes it for the whole.
    pub async fn open(&self, name: &FileName, part: Range<u64>, length: u64) -> Result<Option<Pieces>> {
        if part.is_empty() {
            return Ok(self.exists(name).await?.then(|| futures_util::stream::empty().boxed() as Pieces));
        }
        let options = GetOptions { range: Some(GetRange::Bounded(part.clone())), ..GetOptions::default() };
        let Some(found) = there(self.files.get_opts(&name.path(), options).await)? else { return Ok(None) };
        if self.folder.is_none() && (found.meta.size != length || found.range != part) {
            return Err(Error::Away(format!("{} has {} bytes, not {length}", name.as_str(), found.meta.size)));
        }
        let part = found.range.clone();
        match found.payload {
            GetResultPayload::File(file, _) => {
                let mut file = tokio::fs::File::from_std(file);
                file.seek(SeekFrom::Start(part.start)).await?;
                let pieces = ReaderStream::with_capacity(file.take(part.end - part.start), CHUNK_BYTES);
                Ok(Some(Box::pin(pieces)))
            }
            GetResultPayload::Stream(pieces) => {
                let name = (part == (0..length)).then(|| name.clone());
                let mut pieces = checked(pieces, Wanted { name, length: part.end - part.start });
                // Whoever asked can still be told of what fails before the first piece.
                let first = pieces.next().await.transpose()?;
                Ok(Some(Box::pin(futures_util::stream::iter(first.map(Ok)).chain(pieces.map_err(io::Error::other)))))
            }
        }
    }

    /// Gives a small file of this length as a whole, from memory where it was asked for a moment ago. `None` when there is
    /// no such file, or it is large and [`Self::open`] is the way.
    pub async fn small(&self, name: &FileName, length: u64) -> Result<Option<Bytes>> {
        if length > held::LARGEST {
            return Ok(None);
        }
        if let Some(bytes) = self.held.get(name).await {
            return Ok(Some(bytes));
        }
        let Some(bytes) = self.get(name).await?.map(Bytes::from) else { return Ok(None) };
        if bytes.len() as u64 != length {
            return Err(Error::Away(format!("{} has {} bytes, not {length}", name.as_str(), bytes.len())));
        }
        self.held.hold(name, &bytes).await;
        Ok(Some(bytes))
    }

    /// Reads a whole file; `None` when there is no such file.
    pub async fn get(&self, name: &FileName) -> Result<Option<Vec<u8>>> {
        let Some(pieces) = self.read(name).await? else { return Ok(None) };
        let whole = pieces.try_fold(Vec::new(), |mut whole, piece| async move {
            whole.extend_from_slice(&piece);
            Ok(whole)
        });
        Ok(Some(whole.await?))
    }

    /// All pieces of a file, held against its name.
    async fn read(&self, name: &FileName) -> Result<Option<Checked>> {
        let Some(found) = there(self.files.get(&name.path()).await)? else { return Ok(None) };
        let wanted = Wanted { name: Some(name.clone()), length: found.meta.size };
        Ok(Some(checked(found.into_stream(), wanted)))
    }

    /// Removes a file; it may be gone already.
    pub async fn delete(&self, name: &FileName) -> Result<()> {
        self.held.forget(name).await;
        let removed = there(self.files.delete(&name.path()).await).map(|_| ());
        if removed.is_err() {
            self.left_behind.store(true, Ordering::Relaxed);
        }
        removed
    }

    /// Whether a file could not be removed since this was asked last.
    pub fn has_left_behind(&self) -> bool {
        self.left_behind.swap(false, Ordering::Relaxed)
    }

    /// Every file, in no order.
    pub fn list(&self) -> Pin<Box<dyn Stream<Item = Result<Stored>> + Send>> {
        let named = |meta: object_store::ObjectMeta| {
            let name = FileName::parse(meta.location.filename()?)?;
            Some(Stored { name, length: meta.size, written_at: meta.last_modified.timestamp_millis() })
        };
        let files = self.files.list(None).map_err(Error::from);
        Box::pin(files.try_filter_map(move |meta| std::future::ready(Ok(named(meta)))))
    }

    /// Removes what writers left that were killed at work, if it is older than this; says how many. In a bucket that is
    /// for a rule of the bucket's own.
    pub async fn clear_unfinished(&self, older_than: Duration) -> Result<usize> {
        let Some(folder) = self.folder.clone() else { return Ok(0) };
        let before = SystemTime::now().checked_sub(older_than).unwrap_or(SystemTime::UNIX_EPOCH);
        let cleared = tokio::task::spawn_blocking(move || clear_unfinished(&folder, before)).await;
        Ok(cleared.map_err(|error| Error::Broken(error.to_string()))??)
    }
}

fn clear_unfinished(folder: &FolderPath, before: SystemTime) -> io::Result<usize> {
    let mut cleared = 0;
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            cleared += clear_unfinished(&entry.path(), before)?;
        } else if entry.file_name().to_string_lossy().contains('#') && entry.metadata()?.modified()? < before {
            std::fs::remove_file(entry.path())?;
            cleared += 1;
        }
    }
    Ok(cleared)
}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        if is_full(&error) { Self::Full } else { Self::Broken(error.to_string()) }
    }
}

fn is_full(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded)
}

/// What was found, or that there is nothing.
fn there<T>(found: object_store::Result<T>) -> Result<Option<T>> {
    match found {
        Ok(found) => Ok(Some(found)),
        Err(Failure::NotFound { .. }) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

impl From<Failure> for Error {
    fn from(error: Failure) -> Self {
        let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(&error);
        while let Some(one) = cause {
            if one.downcast_ref().is_some_and(is_full) {
                return Self::Full;
            }
            cause = one.source();
        }
        if !bucket::is_remote(&error) {
            return Self::Broken(error.to_string());
        }
        let told = bucket::told(&error);
        if bucket::is_full(&told) { Self::Full } else { Self::Away(told) }
    }
}
