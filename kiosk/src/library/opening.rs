//! Opening the library: reads what is whole, repairs what is not, sweeps what is left over.

use std::{
    collections::HashSet,
    io::{self, Read},
    path::Path,
    sync::{Arc, Mutex},
};

use sha2::{Digest, Sha256};
use shared::{
    hex,
    programme::{Medium, Programme},
};

use super::{
    Inner, Library, State, media_name, programme_name,
    record::{self, Found},
    store::Store,
    verify::{self, Verified},
};
use crate::tools::keys::Key;

type Broken = Vec<(&'static str, String)>;

impl Library {
    /// Opens a library on any store.
    pub(super) fn with_store(folder: &Path, store: Box<dyn Store>) -> io::Result<Arc<Self>> {
        let names = store.list("")?;
        let mut broken = Broken::new();
        let key = read_key(store.as_ref(), &mut broken)?;
        let mut state = read_state(store.as_ref(), &mut broken)?;
        let programme = find_programme(store.as_ref(), &state, &names, &mut broken);
        state.programme = programme.as_ref().map(|p| p.seen().document_sha256);
        let present = match &programme {
            Some(verified) => check_media(store.as_ref(), verified.programme(), &mut broken),
            None => HashSet::new(),
        };
        for (name, detail) in &broken {
            tracing::warn!("open the library: {name}: {detail}");
        }
        let inner = Mutex::new(Inner { key, state, programme, present, found: broken });
        Ok(Arc::new(Self { folder: folder.to_owned(), store, inner, writing: Mutex::default() }))
    }
}

fn read_key(store: &dyn Store, broken: &mut Broken) -> io::Result<Key> {
    let found = record::read(store, "key")?;
    if let Found::Whole(text, _) = &found
        && let Some(key) = Key::read(text)
    {
        keep(store, &key);
        return Ok(key);
    }
    if found != Found::Nothing {
        broken.push(("cache", "the key was broken; the screen needs pairing anew".to_owned()));
    }
    let key = Key::make()?;
    keep(store, &key);
    Ok(key)
}

/// A disk that refuses the key is told of when something must be kept.
fn keep(store: &dyn Store, key: &Key) {
    if let Err(error) = record::keep_twice(store, "key", &key.secret()) {
        tracing::warn!("keep the key: {error}");
    }
}

fn read_state(store: &dyn Store, broken: &mut Broken) -> io::Result<State> {
    let found = record::read(store, "state")?;
    if let Found::Whole(text, _) = &found
        && let Ok(state) = serde_json::from_str(text)
    {
        return Ok(state);
    }
    if found != Found::Nothing {
        broken.push(("cache", "the pairing was broken; the screen needs pairing anew".to_owned()));
    }
    Ok(State::default())
}

/// The programme that was on; when its file is broken, the newest other one that is
/// signed and whole.
fn find_programme(store: &dyn Store, state: &State, names: &[String], broken: &mut Broken) -> Option<Verified> {
    let pairing = state.pairing.as_ref()?;
    let current = state.programme.as_ref()?;
    let read = |name: &str| match record::read(store, name) {
        Ok(Found::Whole(text, _)) => verify::check(text.as_bytes(), pairing, None).ok(),
        _ => None,
    };
    let named = programme_name(current);
    if let Some(verified) = read(&named).filter(|v| v.seen().document_sha256 == *current) {
        return Some(verified);
    }
    broken.push(("cache", "the programme was broken; it is fetched anew".to_owned()));
    let others: HashSet<_> =
        names.iter().filter(|n| n.starts_with("programme-")).filter_map(|n| Some(n.rsplit_once('.')?.0)).collect();
    others.into_iter().filter_map(read).max_by_key(|v| v.programme().version)
}

/// Hashes every file of a programme; what is not what it should be goes, and is fetched anew.
fn check_media(store: &dyn Store, programme: &Programme, broken: &mut Broken) -> HashSet<String> {
    let mut present = HashSet::new();
    for medium in &programme.media {
        match is_whole(store, medium) {
            Ok(true) => {
                present.insert(medium.sha256.clone());
            }
            Ok(false) => broken.push(("hash", format!("file {} was broken; it is fetched anew", medium.sha256))),
            Err(e) => broken.push(("hash", format!("file {} cannot be read; it is fetched anew: {e}", medium.sha256))),
        }
    }
    present
}

fn is_whole(store: &dyn Store, medium: &Medium) -> io::Result<bool> {
    let mut file = store.open(&media_name(&medium.sha256))?.take(medium.length + 1);
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 256 << 10];
    let mut length = 0;
    loop {
        let count = file.read(&mut buffer)?;
        if count == 0 {
            break;
        }
        length += count as u64;
        hasher.update(&buffer[..count]);
    }
    Ok(length == medium.length && hex::encode(&hasher.finalize()) == medium.sha256)
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path, sync::Arc};

    use crate::library::{
        Library,
        samples::{Owner, medium},
    };

    const PICTURES: [&[u8]; 2] = [b"first picture", b"second picture"];

    fn fill(folder: &Path) -> Arc<Library> {
        let library = Library::open(folder).unwrap();
        let owner = Owner::new();
        library.adopt(owner.pairing()).unwrap();
        for bytes in PICTURES {
            let mut incoming = library.receive(&medium(bytes)).unwrap();
            incoming.write(bytes).unwrap();
            incoming.finish().unwrap();
        }
        let envelope = owner.envelope(&owner.programme(3, &PICTURES));
        library.commit(&library.verify(envelope.as_bytes()).unwrap()).unwrap();
        library.settle().unwrap();
        library
    }

    fn files(folder: &Path) -> Vec<std::path::PathBuf> {
        let inside = |folder: &Path| fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect::<Vec<_>>();
        let mut files = [inside(folder), inside(&folder.join("media"))].concat();
        files.retain(|path| path.is_file() && !path.ends_with("lock"));
        files.sort();
        files
    }

    /// Breaks one file after the other in some way, opens, and looks at what plays.
    fn break_each(how: impl Fn(&Path)) {
        for at in 0..8 {
            let folder = tempfile::tempdir().unwrap();
            let key = fill(folder.path()).key().public();
            let victim = files(folder.path())[at].clone();
            how(&victim);

            let library = Library::open(folder.path()).unwrap();

            let (programme, screen) = library.last().unwrap_or_else(|| panic!("dark after {victim:?}"));
            assert_eq!((programme.version, screen.name.as_str()), (3, "Foyer"));
            assert_eq!(library.key().public(), key, "{victim:?}");
            let picture = victim.parent().unwrap().ends_with("media");
            assert_eq!(library.missing(&programme).len(), usize::from(picture), "{victim:?}");
            for medium in &programme.media {
                let whole = fs::read(library.path(&medium.sha256)).is_ok_and(|b| PICTURES.contains(&b.as_slice()));
                assert!(whole || library.missing(&programme).contains(medium), "{victim:?}");
            }
            drop(library);
            assert_eq!(files(folder.path()).len(), 8 - usize::from(picture), "second copies are back: {victim:?}");
        }
    }

    #[test]
    fn any_one_file_may_break_and_the_programme_still_plays() {
        break_each(|path| {
            let mut bytes = fs::read(path).unwrap();
            let middle = bytes.len() / 2;
            bytes[middle] ^= 1;
            fs::write(path, bytes).unwrap();
        });
        break_each(|path| fs::write(path, b"").unwrap());
        break_each(|path| fs::write(path, vec![0; 70_000]).unwrap());
        break_each(|path| fs::remove_file(path).unwrap());
        break_each(|path| {
            let bytes = fs::read(path).unwrap();
            fs::write(path, [bytes, b"more".to_vec()].concat()).unwrap();
        });
    }

    #[test]
    fn a_folder_of_rubbish_becomes_a_new_kiosk() {
        let folder = tempfile::tempdir().unwrap();
        drop(fill(folder.path()));
        for path in files(folder.path()) {
            fs::write(path, b"rubbish").unwrap();
        }

        let library = Library::open(folder.path()).unwrap();

        assert!(library.last().is_none() && library.paired().is_none());
        let names: Vec<_> = library.found_broken().into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["cache", "cache"]);
        assert_eq!(files(folder.path()).len(), 4, "a key and a state, twice each: {:?}", files(folder.path()));
    }

    #[test]
    fn a_signed_programme_that_was_exchanged_on_the_disk_is_not_played() {
        let folder = tempfile::tempdir().unwrap();
        drop(fill(folder.path()));
        let stranger = Owner { account: "club".to_owned(), ..Owner::new() };
        let forged = stranger.envelope(&stranger.programme(9, &PICTURES));
        for path in files(folder.path()).iter().filter(|p| p.to_string_lossy().contains("programme-")) {
            use sha2::Digest;
            let sum = shared::hex::encode(&sha2::Sha256::digest(&forged));
            fs::write(path, format!("{sum}\n{forged}")).unwrap();
        }

        let library = Library::open(folder.path()).unwrap();

        assert!(library.last().is_none() && library.paired().is_some());
    }
}
