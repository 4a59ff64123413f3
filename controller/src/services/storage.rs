//! The door to files: each is named by what is in it. A directory now; any S3 can stand behind it later.

use std::{
    io::{self, SeekFrom},
    ops::Range,
    path::{Path as FolderPath, PathBuf},
    pin::Pin,
    sync::Arc,
    time::{Duration, SystemTime},
};

use futures_util::{Stream, StreamExt, TryStreamExt};
use object_store::{
    GetOptions, GetRange, GetResultPayload, ObjectStore, ObjectStoreExt, PutPayload, local::LocalFileSystem, path::Path,
};
use tokio::io::{AsyncReadExt, AsyncSeekExt, AsyncWriteExt};
use tokio_util::{bytes::Bytes, io::ReaderStream};

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
}

impl Storage {
    /// Keeps files in a folder, which is made if need be.
    pub fn folder(folder: &FolderPath) -> Result<Self> {
        std::fs::create_dir_all(folder)?;
        // A file is written beside its place, flushed, renamed, and its folder flushed: after a power cut it is there
        // whole or not at all.
        let files = LocalFileSystem::new_with_prefix(folder)?.with_fsync(true);
        Ok(Self { files: Arc::new(files), folder: Some(folder.to_owned()) })
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
        let mut pieces = match self.files.get(&name.path()).await {
            Ok(found) => found.into_stream(),
            Err(object_store::Error::NotFound { .. }) => return Ok(false),
            Err(error) => return Err(error.into()),
        };
        while let Some(piece) = pieces.try_next().await? {
            to.write_all(&piece).await?;
        }
        to.flush().await?;
        Ok(true)
    }

    /// Whether there is such a file.
    pub async fn exists(&self, name: &FileName) -> Result<bool> {
        match self.files.head(&name.path()).await {
            Ok(_) => Ok(true),
            Err(object_store::Error::NotFound { .. }) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// Reads a part of a file piece by piece; `None` when there is no such file.
    pub async fn open(&self, name: &FileName, part: Range<u64>) -> Result<Option<Pieces>> {
        if part.is_empty() {
            return Ok(self.exists(name).await?.then(|| futures_util::stream::empty().boxed() as Pieces));
        }
        let options = GetOptions { range: Some(GetRange::Bounded(part)), ..GetOptions::default() };
        let found = match self.files.get_opts(&name.path(), options).await {
            Ok(found) => found,
            Err(object_store::Error::NotFound { .. }) => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        let part = found.range.clone();
        match found.payload {
            GetResultPayload::File(file, _) => {
                let mut file = tokio::fs::File::from_std(file);
                file.seek(SeekFrom::Start(part.start)).await?;
                let pieces = ReaderStream::with_capacity(file.take(part.end - part.start), CHUNK_BYTES);
                Ok(Some(Box::pin(pieces)))
            }
            GetResultPayload::Stream(pieces) => Ok(Some(Box::pin(pieces.map_err(io::Error::other)))),
        }
    }

    /// Reads a whole file; `None` when there is no such file.
    pub async fn get(&self, name: &FileName) -> Result<Option<Vec<u8>>> {
        match self.files.get(&name.path()).await {
            Ok(found) => Ok(Some(found.bytes().await?.into())),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Removes a file; it may be gone already.
    pub async fn delete(&self, name: &FileName) -> Result<()> {
        match self.files.delete(&name.path()).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
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

    /// Removes what writers left that were killed at work, if it is older than this; says how many.
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

impl From<object_store::Error> for Error {
    fn from(error: object_store::Error) -> Self {
        let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(&error);
        while let Some(one) = cause {
            if one.downcast_ref().is_some_and(is_full) {
                return Self::Full;
            }
            cause = one.source();
        }
        Self::Broken(error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name_of(content: &[u8]) -> FileName {
        FileName::parse(&crate::tools::pictures::sha256(content)).unwrap()
    }

    async fn read(storage: &Storage, name: &FileName, part: Range<u64>) -> Option<Vec<u8>> {
        let pieces = storage.open(name, part).await.unwrap()?;
        Some(pieces.try_fold(Vec::new(), |all, piece| async move { Ok([all, piece.to_vec()].concat()) }).await.unwrap())
    }

    #[tokio::test]
    async fn what_is_put_is_read_back_whole_and_in_parts() {
        let folder = tempfile::tempdir().unwrap();
        let storage = Storage::folder(folder.path()).unwrap();
        let content: Vec<u8> = (0..200_000_u32).map(|n| (n % 251) as u8).collect();
        let name = name_of(&content);

        storage.put(&name, content.clone()).await.unwrap();
        storage.put(&name, content.clone()).await.unwrap();

        let place = folder.path().join(&name.as_str()[..2]).join(&name.as_str()[2..4]).join(name.as_str());
        assert_eq!(std::fs::read(place).unwrap(), content);
        assert_eq!(storage.get(&name).await.unwrap().unwrap(), content);
        assert_eq!(read(&storage, &name, 0..200_000).await.unwrap(), content);
        assert_eq!(read(&storage, &name, 70_000..150_001).await.unwrap(), &content[70_000..150_001]);
        assert_eq!(read(&storage, &name, 5..5).await.unwrap(), b"");
        let listed: Vec<_> = storage.list().try_collect().await.unwrap();
        assert_eq!((listed.len(), &listed[0].name, listed[0].length), (1, &name, 200_000));
    }

    #[tokio::test]
    async fn a_large_file_is_put_and_copied_piece_by_piece() {
        let folder = tempfile::tempdir().unwrap();
        let storage = Storage::folder(&folder.path().join("media")).unwrap();
        let content = vec![7; PIECE_BYTES + 5];
        let (name, from, to) = (name_of(&content), folder.path().join("from"), folder.path().join("to"));
        std::fs::write(&from, &content).unwrap();

        storage.put_file(&name, &from).await.unwrap();
        let mut copy = tokio::fs::File::create(&to).await.unwrap();
        assert!(storage.copy_to(&name, &mut copy).await.unwrap());

        assert_eq!(std::fs::read(&to).unwrap(), content);
        assert!(!storage.copy_to(&name_of(b"none"), &mut copy).await.unwrap());
        assert!(storage.put_file(&name_of(b"none"), &folder.path().join("none")).await.is_err());
        assert_eq!(storage.list().try_collect::<Vec<_>>().await.unwrap().len(), 1);
    }

    #[tokio::test]
    async fn what_is_deleted_is_gone_and_may_be_deleted_again() {
        let folder = tempfile::tempdir().unwrap();
        let storage = Storage::folder(folder.path()).unwrap();
        let name = name_of(b"gone");
        storage.put(&name, b"gone".to_vec()).await.unwrap();
        assert!(storage.exists(&name).await.unwrap());

        storage.delete(&name).await.unwrap();
        storage.delete(&name).await.unwrap();

        assert!(!storage.exists(&name).await.unwrap());
        assert!(read(&storage, &name, 0..4).await.is_none());
        assert!(storage.get(&name).await.unwrap().is_none());
    }

    #[tokio::test]
    async fn what_a_killed_writer_left_is_never_listed_and_cleared_later() {
        let folder = tempfile::tempdir().unwrap();
        let storage = Storage::folder(folder.path()).unwrap();
        let name = name_of(b"whole");
        storage.put(&name, b"whole".to_vec()).await.unwrap();
        let left = folder.path().join(&name.as_str()[..2]).join(format!("{}#1", name.as_str()));
        std::fs::write(&left, b"who").unwrap();

        assert_eq!(storage.list().try_collect::<Vec<_>>().await.unwrap().len(), 1);
        assert_eq!(storage.clear_unfinished(Duration::from_secs(60)).await.unwrap(), 0);
        assert_eq!(storage.clear_unfinished(Duration::ZERO).await.unwrap(), 1);

        assert!(!left.exists() && storage.exists(&name).await.unwrap());
    }

    #[test]
    fn only_a_hash_is_a_name() {
        let good = "0123456789abcdef".repeat(4);
        assert!(FileName::parse(&good).is_some());
        for bad in
            ["", "../../etc/passwd", &good[1..], &good.to_uppercase(), &format!("{good}0"), &good.replace('0', "/")]
        {
            assert!(FileName::parse(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn a_full_disk_is_told_apart() {
        let full = object_store::Error::Generic {
            store: "folder",
            source: Box::new(io::Error::from(io::ErrorKind::StorageFull)),
        };
        assert!(matches!(Error::from(full), Error::Full));
    }
}
