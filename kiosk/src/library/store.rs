//! The disk as the library sees it, so that a test can cut its power at any instant.

use std::{
    fs::{self, File, TryLockError},
    io::{self, Read, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
};

/// A folder with files in it and one folder, `media`, below it. Names are relative.
pub(super) trait Store: Send + Sync {
    /// Begins a new file (mode 0600), in the place of one of that name.
    fn create(&self, name: &str) -> io::Result<Box<dyn Writing>>;
    /// Reads a file from its start.
    fn open(&self, name: &str) -> io::Result<Box<dyn Read + '_>>;
    /// Gives a file another name, in the place of one that had it.
    fn rename(&self, from: &str, to: &str) -> io::Result<()>;
    /// Removes a file.
    fn remove(&self, name: &str) -> io::Result<()>;
    /// Names of the files in a folder; the main one is called "".
    fn list(&self, folder: &str) -> io::Result<Vec<String>>;
    /// Makes creations, renames and removals in a folder last.
    fn sync_folder(&self, folder: &str) -> io::Result<()>;
}

/// A file being written.
pub(super) trait Writing: Send {
    /// Adds to its end.
    fn write(&mut self, bytes: &[u8]) -> io::Result<()>;
    /// Makes what was written last.
    fn sync(&mut self) -> io::Result<()>;
}

/// A real folder.
pub(super) struct Disk {
    folder: PathBuf,
    /// Held as long as the kiosk runs; gone with the process, however it ends.
    _lock: File,
}

impl Disk {
    /// Opens the folder for one kiosk alone; `None` when another has it.
    pub(super) fn lock(folder: &Path) -> io::Result<Option<Self>> {
        fs::DirBuilder::new().recursive(true).mode(0o700).create(folder.join("media"))?;
        let path = folder.join("lock");
        // On a disk that can only be read, an old lock file still serves.
        let lock = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .mode(0o600)
            .open(&path)
            .or_else(|e| File::open(&path).map_err(|_| e))?;
        match lock.try_lock() {
            Ok(()) => Ok(Some(Self { folder: folder.to_owned(), _lock: lock })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(e)) => Err(e),
        }
    }
}

impl Store for Disk {
    fn create(&self, name: &str) -> io::Result<Box<dyn Writing>> {
        let path = self.folder.join(name);
        let file = File::options().write(true).create(true).truncate(true).mode(0o600).open(path)?;
        Ok(Box::new(file))
    }

    fn open(&self, name: &str) -> io::Result<Box<dyn Read + '_>> {
        Ok(Box::new(File::open(self.folder.join(name))?))
    }

    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        fs::rename(self.folder.join(from), self.folder.join(to))
    }

    fn remove(&self, name: &str) -> io::Result<()> {
        fs::remove_file(self.folder.join(name))
    }

    fn list(&self, folder: &str) -> io::Result<Vec<String>> {
        list(&self.folder.join(folder))
    }

    fn sync_folder(&self, folder: &str) -> io::Result<()> {
        File::open(self.folder.join(folder))?.sync_all()
    }
}

impl Writing for File {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.write_all(bytes)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.sync_all()
    }
}

fn list(folder: &Path) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if !entry.file_type()?.is_dir() {
            // A name that is no text is none of ours.
            names.extend(entry.file_name().into_string());
        }
    }
    Ok(names)
}

/// A folder that is only looked at, beside the kiosk that owns it.
pub(super) struct Looker(pub(super) PathBuf);

impl Store for Looker {
    fn create(&self, _: &str) -> io::Result<Box<dyn Writing>> {
        Err(io::ErrorKind::ReadOnlyFilesystem.into())
    }

    fn open(&self, name: &str) -> io::Result<Box<dyn Read + '_>> {
        Ok(Box::new(File::open(self.0.join(name))?))
    }

    fn rename(&self, _: &str, _: &str) -> io::Result<()> {
        Err(io::ErrorKind::ReadOnlyFilesystem.into())
    }

    fn remove(&self, _: &str) -> io::Result<()> {
        Err(io::ErrorKind::ReadOnlyFilesystem.into())
    }

    fn list(&self, folder: &str) -> io::Result<Vec<String>> {
        list(&self.0.join(folder))
    }

    fn sync_folder(&self, _: &str) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::{fs, os::unix::fs::PermissionsExt};

    use crate::library::{Error, Library, samples::Owner};

    #[test]
    fn a_folder_serves_one_kiosk_and_any_number_of_lookers() {
        let folder = tempfile::tempdir().unwrap();
        let library = Library::open(folder.path()).unwrap();
        library.adopt(Owner::new().pairing()).unwrap();

        assert!(matches!(Library::open(folder.path()), Err(Error::InUse(_))));
        assert_eq!(Library::look(folder.path()).unwrap().paired(), library.paired());
        drop(library);
        assert!(Library::open(folder.path()).is_ok());
    }

    #[test]
    fn nobody_else_reads_what_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        let library = Library::open(&folder.path().join("data")).unwrap();
        library.adopt(Owner::new().pairing()).unwrap();

        let entries: Vec<_> = fs::read_dir(folder.path().join("data")).unwrap().map(Result::unwrap).collect();

        assert!(entries.len() >= 5);
        for entry in entries {
            let mode = entry.metadata().unwrap().permissions().mode() & 0o777;
            assert!(matches!(mode, 0o600 | 0o700), "{:?}: {mode:o}", entry.file_name());
        }
    }
}
