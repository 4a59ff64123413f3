//! A picture or film on its way to the disk: counted and hashed as it comes.

use std::{io, sync::Arc};

use sha2::{Digest, Sha256};
use shared::{hex, programme::Medium};

use super::{Library, media_name, refusal::Refusal, store::Writing};

/// Why a file is not kept.
#[derive(Debug, thiserror::Error)]
pub enum Spoiled {
    /// It is not what the programme says.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The disk does not take it.
    #[error("keep a file: {0}")]
    Io(#[from] io::Error),
}

/// A file being received. Dropped before its end, it leaves nothing behind.
pub struct Incoming {
    library: Arc<Library>,
    medium: Medium,
    file: Box<dyn Writing>,
    hasher: Sha256,
    written: u64,
    kept: bool,
}

impl Library {
    /// Begins to receive a file.
    pub fn receive(self: &Arc<Self>, medium: &Medium) -> io::Result<Incoming> {
        Ok(Incoming {
            library: self.clone(),
            medium: medium.clone(),
            file: self.store.create(&part_name(medium))?,
            hasher: Sha256::new(),
            written: 0,
            kept: false,
        })
    }
}

impl Incoming {
    /// Takes the next bytes; refuses the first one too many.
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), Spoiled> {
        if bytes.len() as u64 > self.left() {
            return Err(Refusal::Oversized(format!("file {} is longer than stated", self.medium.sha256)).into());
        }
        self.file.write(bytes)?;
        self.hasher.update(bytes);
        self.written += bytes.len() as u64;
        Ok(())
    }

    /// How many bytes are still to come.
    pub fn left(&self) -> u64 {
        self.medium.length - self.written
    }

    /// Keeps the file if it is what its name says.
    pub fn finish(mut self) -> Result<(), Spoiled> {
        let sha256 = &self.medium.sha256;
        if self.left() > 0 {
            return Err(Refusal::Hash(format!("file {sha256} ends {} bytes early", self.left())).into());
        }
        if hex::encode(&self.hasher.finalize_reset()) != *sha256 {
            return Err(Refusal::Hash(format!("file {sha256} is another one")).into());
        }
        self.file.sync()?;
        self.library.store.rename(&part_name(&self.medium), &media_name(sha256))?;
        self.kept = true;
        self.library.lock().present.insert(sha256.clone());
        Ok(())
    }
}

impl Drop for Incoming {
    fn drop(&mut self) {
        if !self.kept {
            // Swept at the next start if it cannot go now.
            let _ = self.library.store.remove(&part_name(&self.medium));
        }
    }
}

fn part_name(medium: &Medium) -> String {
    format!("{}.new", media_name(&medium.sha256))
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path, sync::Arc};

    use super::{Library, Spoiled};
    use crate::library::samples::{Owner, medium};

    fn name_of(spoiled: Spoiled) -> &'static str {
        match spoiled {
            Spoiled::Refused(refusal) => refusal.name(),
            Spoiled::Io(e) => panic!("{e}"),
        }
    }

    fn receive(library: &Arc<Library>, stated: &[u8], sent: &[u8]) -> Result<(), &'static str> {
        let mut incoming = library.receive(&medium(stated)).unwrap();
        for chunk in sent.chunks(3) {
            incoming.write(chunk).map_err(name_of)?;
        }
        incoming.finish().map_err(name_of)
    }

    fn files(folder: &Path) -> usize {
        fs::read_dir(folder.join("media")).unwrap().count()
    }

    #[test]
    fn only_the_file_that_was_meant_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        let library = Library::open(folder.path()).unwrap();

        assert_eq!(receive(&library, b"picture", b"picture"), Ok(()));
        assert_eq!(fs::read(library.path(&medium(b"picture").sha256)).unwrap(), b"picture");
        assert_eq!(receive(&library, b"another", b"forgery"), Err("hash"));
        assert_eq!(receive(&library, b"another", b"anoth"), Err("hash"));
        assert_eq!(receive(&library, b"another", b"another one"), Err("oversized"));

        assert_eq!(files(folder.path()), 1);
        assert!(!library.path(&medium(b"another").sha256).exists());
        assert!(!library.path("../../../etc/passwd").exists());
    }

    #[test]
    fn a_picture_that_rots_is_not_shown_and_asked_for_again() {
        let folder = tempfile::tempdir().unwrap();
        let library = Library::open(folder.path()).unwrap();
        let owner = Owner::new();
        library.adopt(owner.pairing()).unwrap();
        receive(&library, b"picture", b"picture").unwrap();
        let programme = owner.programme(1, &[b"picture"]);
        library.commit(&library.verify(owner.envelope(&programme).as_bytes()).unwrap()).unwrap();
        let name = medium(b"picture").sha256;
        assert_eq!(library.load(&name).unwrap(), b"picture");

        fs::write(library.path(&name), b"pictvre").unwrap();

        assert!(library.load(&name).is_err());
        assert!(!library.path(&name).exists());
        assert_eq!(library.missing(&programme).len(), 1);
    }
}
