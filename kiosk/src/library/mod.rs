//! Everything the kiosk keeps on disk: its key, its pairing, the programme, its media.

#[cfg(test)]
mod crash;
mod incoming;
mod opening;
mod record;
mod refusal;
#[cfg(test)]
pub(crate) mod samples;
mod store;
mod verify;
mod writing;

use std::{
    collections::HashSet,
    fs, io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

pub use incoming::{Incoming, Spoiled};
pub use refusal::Refusal;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use shared::{
    hex,
    programme::{Medium, Programme},
    protocol::{Paired, Screen},
};
use store::Store;
pub use verify::{LONGEST_ENVELOPE, Verified};

use crate::tools::keys::Key;

/// Why the library cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The folder cannot be used.
    #[error("open the library {0}: {1}")]
    Io(PathBuf, #[source] io::Error),
    /// Another kiosk uses the folder.
    #[error("open the library {0}: another kiosk is using it")]
    InUse(PathBuf),
}

/// What a kiosk keeps; survives a power cut at any instant.
///
/// In the folder lie `key` and `state` (the pairing, which programme is on, the newest
/// versions seen) and `programme-…` (the envelope), each kept twice with a checksum,
/// and `media/` with files named by their SHA-256. `state` moves last and in one step.
pub struct Library {
    folder: PathBuf,
    store: Box<dyn Store>,
    inner: Mutex<Inner>,
    /// Held by whoever changes the disk; `inner` only ever for an instant, because
    /// frames wait for it.
    writing: Mutex<()>,
}

struct Inner {
    key: Key,
    state: State,
    /// The programme `state` names.
    programme: Option<Verified>,
    /// Files whose hash was checked since the start.
    present: HashSet<String>,
    /// What was found broken when the library was opened.
    found: Vec<(&'static str, String)>,
}

/// All that changes in one step.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct State {
    pairing: Option<Paired>,
    /// SHA-256 of the programme's document, which is also part of its file's name.
    programme: Option<String>,
    #[serde(default)]
    seen: verify::AllSeen,
}

impl Library {
    /// Opens the library, makes it where there is none, and repairs what is broken.
    pub fn open(folder: &Path) -> Result<Arc<Self>, Error> {
        let wrong = |e| Error::Io(folder.to_owned(), e);
        let disk = store::Disk::lock(folder).map_err(wrong)?.ok_or_else(|| Error::InUse(folder.to_owned()))?;
        let library = Self::with_store(folder, Box::new(disk)).map_err(wrong)?;
        if let Err(error) = library.settle() {
            // A disk that takes nothing still gives: play, and say so.
            tracing::warn!("tidy the library: {error}");
        }
        Ok(library)
    }

    /// Opens it only to look: changes nothing, also beside a running kiosk.
    pub fn look(folder: &Path) -> Result<Arc<Self>, Error> {
        let store = Box::new(store::Looker(folder.to_owned()));
        Self::with_store(folder, store).map_err(|e| Error::Io(folder.to_owned(), e))
    }

    /// The programme that was on last, verified, and the screen it is for.
    pub fn last(&self) -> Option<(Arc<Programme>, Screen)> {
        let inner = self.lock();
        let screen = inner.state.pairing.as_ref()?.screen.clone();
        Some((inner.programme.as_ref()?.programme().clone(), screen))
    }

    /// Where a picture or film lies. There is no file when it was found broken and has
    /// not been fetched again: the slide is then shown without it.
    pub fn path(&self, sha256: &str) -> PathBuf {
        let name = if self.lock().present.contains(sha256) { sha256 } else { "none" };
        self.folder.join(media_name(name))
    }

    /// Reads a picture and checks once more that it is what its name says. One that no longer is, or that cannot be read, is
    /// fetched anew.
    pub fn load(&self, sha256: &str) -> io::Result<Vec<u8>> {
        let whole = fs::read(self.path(sha256)).and_then(|bytes| {
            let is_whole = hex::encode(&Sha256::digest(&bytes)) == sha256;
            if is_whole { Ok(bytes) } else { Err(io::ErrorKind::InvalidData.into()) }
        });
        if whole.is_err() {
            self.lock().present.remove(sha256);
        }
        whole
    }

    /// The kiosk's own key.
    pub fn key(&self) -> Key {
        self.lock().key.clone()
    }

    /// Whom the screen belongs to.
    pub fn paired(&self) -> Option<Paired> {
        self.lock().state.pairing.clone()
    }

    /// Checks an envelope against the pinned key and everything seen before.
    pub fn verify(&self, envelope: &[u8]) -> Result<Verified, Refusal> {
        let inner = self.lock();
        let pairing = inner.state.pairing.as_ref();
        let pairing = pairing.ok_or_else(|| Refusal::Mix("this screen belongs to nobody".to_owned()))?;
        let pairing = verify::followed(pairing);
        verify::check(envelope, &pairing, inner.state.seen.get(&verify::seen_name(&pairing)))
    }

    /// Whether it is the programme that plays.
    pub fn plays(&self, verified: &Verified) -> bool {
        self.lock().programme.as_ref().is_some_and(|playing| playing.seen() == verified.seen())
    }

    /// Files of a programme that are not there yet.
    pub fn missing(&self, programme: &Programme) -> Vec<Medium> {
        let inner = self.lock();
        programme.media.iter().filter(|medium| !inner.present.contains(&medium.sha256)).cloned().collect()
    }

    /// What was found broken when the library was opened, as name and detail of faults.
    pub fn found_broken(&self) -> Vec<(&'static str, String)> {
        self.lock().found.clone()
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn media_name(sha256: &str) -> String {
    format!("media/{sha256}")
}

fn programme_name(document_sha256: &str) -> String {
    format!("programme-{document_sha256}")
}
