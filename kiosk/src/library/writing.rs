//! What changes the library, each in an order that a power cut may interrupt anywhere.

use std::{
    collections::HashSet,
    io,
    sync::{Arc, MutexGuard, PoisonError},
};

use shared::{
    programme::Programme,
    protocol::{Paired, Screen},
};

use super::{
    Library, State, programme_name, record,
    verify::{Verified, followed, seen_name},
};
use crate::tools::keys::Key;

/// Most accounts and programmes whose newest version is remembered.
const MOST_SEEN: usize = 64;

impl Library {
    /// Keeps whom the screen belongs to from now on.
    pub fn adopt(&self, pairing: Paired) -> io::Result<()> {
        let _writing = self.writing();
        let mut state = self.state();
        let same = state.pairing.as_ref().is_some_and(|old| seen_name(old) == seen_name(&pairing));
        state.pairing = Some(pairing);
        if !same {
            state.programme = None;
        }
        self.move_to(&state)?;
        let mut inner = self.lock();
        inner.state = state;
        if !same {
            inner.programme = None;
        }
        drop(inner);
        self.tidy()
    }

    /// Keeps the screen's changed document, and which programme it follows from now on. Whether it differs from the old
    /// one. What plays goes on until the other programme is there.
    pub fn set_screen(&self, screen: &Screen) -> io::Result<bool> {
        let _writing = self.writing();
        let mut state = self.state();
        match &mut state.pairing {
            Some(pairing) if pairing.screen != *screen => pairing.screen = screen.clone(),
            _ => return Ok(false),
        }
        self.move_to(&state)?;
        self.lock().state = state.clone();
        record::keep_twice(self.store.as_ref(), "state", &text(&state)?)?;
        Ok(true)
    }

    /// Makes a programme whose files are all there the one that plays. Call
    /// [`Library::settle`] once it does.
    pub fn commit(&self, verified: &Verified) -> io::Result<Arc<Programme>> {
        let _writing = self.writing();
        let mut state = self.state();
        if !self.missing(verified.programme()).is_empty() {
            return Err(io::ErrorKind::NotFound.into());
        }
        let pairing = followed(state.pairing.as_ref().ok_or(io::ErrorKind::NotFound)?);
        if verified.programme().id != pairing.programme {
            // The screen was given another one while this was on its way.
            return Err(io::ErrorKind::InvalidInput.into());
        }
        let seen_name = seen_name(&pairing);
        state.pairing = Some(pairing);
        let seen = verified.seen();
        // That the same version is the same document was checked; an older one cannot be
        // committed after a newer one either.
        if state.seen.get(&seen_name).is_some_and(|known| known.version > seen.version) {
            return Err(io::ErrorKind::InvalidInput.into());
        }
        state.programme = Some(seen.document_sha256.clone());
        if state.seen.len() >= MOST_SEEN && !state.seen.contains_key(&seen_name) {
            state.seen.pop_first();
        }
        state.seen.insert(seen_name, seen.clone());

        let name = programme_name(&seen.document_sha256);
        record::prepare(self.store.as_ref(), &name, verified.envelope())?;
        record::place(self.store.as_ref(), &name)?;
        self.store.sync_folder("media")?;
        self.move_to(&state)?;
        let mut inner = self.lock();
        inner.state = state;
        inner.programme = Some(verified.clone());
        Ok(verified.programme().clone())
    }

    /// Brings second copies up to date and removes every file nobody refers to, also
    /// what a withdrawn post left. Not while files are being received.
    pub fn settle(&self) -> io::Result<()> {
        let _writing = self.writing();
        self.tidy()
    }

    /// Forgets everything but the newest versions seen, and takes a new key. When it
    /// succeeds, nothing of it is on the disk.
    pub fn wipe(&self) -> io::Result<()> {
        let _writing = self.writing();
        let key = Key::make()?;
        let state = State { seen: self.state().seen, ..State::default() };
        let mut inner = self.lock();
        inner.programme = None;
        inner.present.clear();
        inner.state = state.clone();
        inner.key = key.clone();
        drop(inner);
        // The state first, so that no half of the rest is ever taken for a whole; but on
        // a full disk only removing makes room for it.
        let state = text(&state)?;
        let first = record::write_twice(self.store.as_ref(), "state", &state);
        self.sweep("", |name| !is_ours(name))?;
        self.sweep("media", |_| false)?;
        first.or_else(|_| record::write_twice(self.store.as_ref(), "state", &state))?;
        record::write_twice(self.store.as_ref(), "key", &key.secret())
    }

    /// The one step that counts: everything the state names lasts before it does.
    fn move_to(&self, state: &State) -> io::Result<()> {
        record::prepare(self.store.as_ref(), "state", &text(state)?)?;
        self.store.sync_folder("")?;
        record::place(self.store.as_ref(), "state")?;
        self.store.sync_folder("")
    }

    fn tidy(&self) -> io::Result<()> {
        self.store.sync_folder("media")?;
        let (state, programme) = {
            let inner = self.lock();
            (text(&inner.state)?, inner.programme.clone())
        };
        record::keep_twice(self.store.as_ref(), "state", &state)?;
        let mut wanted = HashSet::new();
        if let Some(verified) = &programme {
            let name = programme_name(&verified.seen().document_sha256);
            record::keep_twice(self.store.as_ref(), &name, verified.envelope())?;
            wanted.extend([format!("{name}.1"), format!("{name}.2")]);
        }
        self.sweep("", |name| wanted.contains(name) || !is_ours(name))?;
        let present = {
            let mut inner = self.lock();
            let media = programme.iter().flat_map(|p| &p.programme().media).map(|medium| &medium.sha256);
            let media: HashSet<_> = media.collect();
            inner.present.retain(|sha256| media.contains(sha256));
            inner.present.clone()
        };
        // A file that failed its hash goes too: it is fetched anew.
        self.sweep("media", |name| present.contains(name))
    }

    fn sweep(&self, folder: &str, keep: impl Fn(&str) -> bool) -> io::Result<()> {
        let mut removed = false;
        for name in self.store.list(folder)? {
            if !keep(&name) {
                let path = if folder.is_empty() { name } else { format!("{folder}/{name}") };
                self.store.remove(&path)?;
                removed = true;
            }
        }
        if removed { self.store.sync_folder(folder) } else { Ok(()) }
    }

    fn state(&self) -> State {
        self.lock().state.clone()
    }

    fn writing(&self) -> MutexGuard<'_, ()> {
        self.writing.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Programmes, and what was being written when the power went.
fn is_ours(name: &str) -> bool {
    name.starts_with("programme-") || name.ends_with(".new")
}

fn text(state: &State) -> io::Result<String> {
    Ok(serde_json::to_string(state)?)
}

#[cfg(test)]
mod tests {
    use crate::library::{Library, samples::Owner};

    #[test]
    fn a_screen_that_is_given_another_programme_plays_the_old_one_until_the_other_is_there() {
        let folder = tempfile::tempdir().unwrap();
        let owner = Owner::new();
        let library = Library::open(folder.path()).unwrap();
        library.adopt(owner.pairing()).unwrap();
        let verified = library.verify(owner.envelope(&owner.programme(7, &[])).as_bytes()).unwrap();
        library.commit(&verified).unwrap();
        let mut screen = owner.pairing().screen;
        screen.programme = "window".to_owned();

        assert!(library.set_screen(&screen).unwrap());
        assert!(library.commit(&verified).is_err() && library.verify(verified.envelope().as_bytes()).is_err());
        drop(library);
        let library = Library::open(folder.path()).unwrap();
        assert_eq!(library.last().unwrap().0.version, 7, "also after a power cut");

        let mut other = owner.programme(1, &[]);
        other.id = "window".to_owned();
        library.commit(&library.verify(owner.envelope(&other).as_bytes()).unwrap()).unwrap();
        drop(library);
        let library = Library::open(folder.path()).unwrap();
        assert_eq!(library.last().unwrap().0.id, "window");
    }
}
