//! Small files that must not be lost: kept twice, each copy with its own checksum.

use std::io::{self, Read};

use sha2::{Digest, Sha256};
use shared::hex;

use super::store::Store;

/// Longer is no record of ours.
const LONGEST: u64 = 16 << 20;

/// What is left of a record.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// Its text, and which copies hold it.
    Whole(String, Copies),
    /// There are files, but none holds what was written.
    Broken,
    /// It was never written, or removed.
    Nothing,
}

/// Which copies of a record hold its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Copies {
    Both,
    First,
    Second,
}

/// Writes the first copy to a temporary file; [`place`] puts it where it counts.
pub(super) fn prepare(store: &dyn Store, name: &str, text: &str) -> io::Result<()> {
    write(store, &format!("{name}.1.new"), text)
}

/// Puts a prepared first copy in its place; lasts once the folder is synced.
pub(super) fn place(store: &dyn Store, name: &str) -> io::Result<()> {
    store.rename(&format!("{name}.1.new"), &format!("{name}.1"))
}

fn copy(store: &dyn Store, name: &str, text: &str) -> io::Result<()> {
    let new = format!("{name}.2.new");
    write(store, &new, text)?;
    store.rename(&new, &format!("{name}.2"))
}

/// Writes both copies, one after the other, so that one is always whole.
pub(super) fn write_twice(store: &dyn Store, name: &str, text: &str) -> io::Result<()> {
    prepare(store, name, text)?;
    place(store, name)?;
    store.sync_folder("")?;
    copy(store, name, text)?;
    store.sync_folder("")
}

/// Writes what is missing so that both copies hold the text.
pub(super) fn keep_twice(store: &dyn Store, name: &str, text: &str) -> io::Result<()> {
    match read(store, name)? {
        Found::Whole(kept, Copies::Both) if kept == text => Ok(()),
        Found::Whole(kept, Copies::First) if kept == text => {
            copy(store, name, text)?;
            store.sync_folder("")
        }
        _ => write_twice(store, name, text),
    }
}

/// Reads the first copy that holds what was written. Fails only where somebody else's
/// files lie: what is unreadable in any other way is broken.
pub(super) fn read(store: &dyn Store, name: &str) -> io::Result<Found> {
    let first = read_copy(store, &format!("{name}.1"));
    let second = read_copy(store, &format!("{name}.2"));
    for copy in [&first, &second] {
        if let Err(e) = copy
            && e.kind() == io::ErrorKind::PermissionDenied
        {
            return Err(e.kind().into());
        }
    }
    Ok(match (first, second) {
        (Ok(Some(first)), Ok(Some(second))) if first == second => Found::Whole(first, Copies::Both),
        (Ok(Some(text)), _) => Found::Whole(text, Copies::First),
        (_, Ok(Some(text))) => Found::Whole(text, Copies::Second),
        (Ok(None), Ok(None)) => Found::Nothing,
        _ => Found::Broken,
    })
}

fn write(store: &dyn Store, name: &str, text: &str) -> io::Result<()> {
    let mut file = store.create(name)?;
    let written = file
        .write(format!("{}\n", hex::encode(&Sha256::digest(text))).as_bytes())
        .and_then(|()| file.write(text.as_bytes()))
        .and_then(|()| file.sync());
    if written.is_err() {
        // A full disk must not stay full for half a file; what broke is told already.
        let _ = store.remove(name);
    }
    written
}

fn read_copy(store: &dyn Store, name: &str) -> io::Result<Option<String>> {
    let mut bytes = String::new();
    match store.open(name) {
        Ok(file) => file.take(LONGEST).read_to_string(&mut bytes)?,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(e) => return Err(e),
    };
    match bytes.split_once('\n') {
        Some((sum, text)) if sum == hex::encode(&Sha256::digest(text)) => Ok(Some(text.to_owned())),
        _ => Err(io::ErrorKind::InvalidData.into()),
    }
}
