//! A disk whose power is cut at every instant, and the library opened on what is left.

use std::{
    collections::BTreeMap,
    io::{self, Cursor, Read},
    path::Path,
    sync::{Arc, Mutex},
};

use super::{
    Library,
    store::{Store, Writing},
};

/// What was asked of the disk, in order. Files are numbered as they are made.
#[derive(Clone, Debug)]
enum Step {
    Create { name: String, file: usize },
    Write { file: usize, bytes: Vec<u8> },
    Sync { file: usize },
    Rename { from: String, to: String, file: usize },
    Remove { name: String },
    SyncFolder { folder: String },
}

/// A disk in memory that records every step.
#[derive(Clone, Default)]
pub(super) struct CrashStore(Arc<Mutex<Memory>>);

#[derive(Default)]
struct Memory {
    names: BTreeMap<String, usize>,
    files: Vec<Vec<u8>>,
    log: Vec<Step>,
}

impl CrashStore {
    /// A disk that holds these files, all of them synced.
    fn holding(image: &BTreeMap<String, Vec<u8>>) -> Self {
        let mut memory = Memory::default();
        for (file, (name, bytes)) in image.iter().enumerate() {
            memory.names.insert(name.clone(), file);
            memory.files.push(bytes.clone());
        }
        Self(Arc::new(Mutex::new(memory)))
    }

    fn steps(&self) -> Vec<Step> {
        self.0.lock().unwrap().log.clone()
    }

    fn image(&self) -> BTreeMap<String, Vec<u8>> {
        let memory = self.0.lock().unwrap();
        memory.names.iter().map(|(name, file)| (name.clone(), memory.files[*file].clone())).collect()
    }
}

fn folder_of(name: &str) -> &str {
    name.rsplit_once('/').map_or("", |(folder, _)| folder)
}

impl Store for CrashStore {
    fn create(&self, name: &str) -> io::Result<Box<dyn Writing>> {
        let mut memory = self.0.lock().unwrap();
        let file = memory.files.len();
        memory.files.push(Vec::new());
        memory.names.insert(name.to_owned(), file);
        memory.log.push(Step::Create { name: name.to_owned(), file });
        Ok(Box::new(CrashFile { store: self.clone(), file }))
    }

    fn open(&self, name: &str) -> io::Result<Box<dyn Read + '_>> {
        let memory = self.0.lock().unwrap();
        let file = memory.names.get(name).ok_or(io::ErrorKind::NotFound)?;
        Ok(Box::new(Cursor::new(memory.files[*file].clone())))
    }

    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        let mut memory = self.0.lock().unwrap();
        let file = memory.names.remove(from).ok_or(io::ErrorKind::NotFound)?;
        memory.names.insert(to.to_owned(), file);
        memory.log.push(Step::Rename { from: from.to_owned(), to: to.to_owned(), file });
        Ok(())
    }

    fn remove(&self, name: &str) -> io::Result<()> {
        let mut memory = self.0.lock().unwrap();
        memory.names.remove(name).ok_or(io::ErrorKind::NotFound)?;
        memory.log.push(Step::Remove { name: name.to_owned() });
        Ok(())
    }

    fn list(&self, folder: &str) -> io::Result<Vec<String>> {
        let memory = self.0.lock().unwrap();
        let inside = memory.names.keys().filter(|name| folder_of(name) == folder);
        Ok(inside.map(|name| name.rsplit('/').next().unwrap().to_owned()).collect())
    }

    fn sync_folder(&self, folder: &str) -> io::Result<()> {
        self.0.lock().unwrap().log.push(Step::SyncFolder { folder: folder.to_owned() });
        Ok(())
    }
}

struct CrashFile {
    store: CrashStore,
    file: usize,
}

impl Writing for CrashFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        let mut memory = self.store.0.lock().unwrap();
        memory.files[self.file].extend_from_slice(bytes);
        memory.log.push(Step::Write { file: self.file, bytes: bytes.to_owned() });
        Ok(())
    }

    fn sync(&mut self) -> io::Result<()> {
        self.store.0.lock().unwrap().log.push(Step::Sync { file: self.file });
        Ok(())
    }
}

/// A small generator, so that a failure can be repeated by its number.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % most
    }
}

/// How the power goes.
enum Cut {
    /// Only the process is killed: the system writes everything out.
    Process,
    /// Only what was synced is left.
    Hard,
    /// Of what was not synced, any part is left: single writes whole, torn or as
    /// zeros, single names changed or not.
    Random(Chance),
}

/// What is on the disk when the power goes after `steps`, on top of what was there.
fn after_cut(before: &BTreeMap<String, Vec<u8>>, steps: &[Step], mut cut: Cut) -> BTreeMap<String, Vec<u8>> {
    let mut lucky = |lasts: bool| match &mut cut {
        Cut::Process => 0,
        _ if lasts => 0,
        Cut::Hard => 1,
        Cut::Random(chance) => chance.below(3),
    };
    let lasts = |at: usize, step: &Step| {
        steps[at..].iter().any(|later| match (step, later) {
            (Step::Write { file, .. }, Step::Sync { file: synced }) => file == synced,
            (Step::Create { name, .. } | Step::Rename { to: name, .. } | Step::Remove { name }, later) => {
                matches!(later, Step::SyncFolder { folder } if folder_of(name) == folder)
            }
            _ => false,
        })
    };
    let mut files: BTreeMap<usize, Vec<u8>> = BTreeMap::new();
    let mut names: BTreeMap<String, Result<usize, Vec<u8>>> =
        before.iter().map(|(name, bytes)| (name.clone(), Err(bytes.clone()))).collect();
    for (at, step) in steps.iter().enumerate() {
        let luck = lucky(lasts(at, step));
        match step {
            Step::Write { file, bytes } => {
                let kept = [bytes.len(), 0, bytes.len() / 2][usize::try_from(luck).unwrap()];
                let whole = files.entry(*file).or_default();
                whole.extend_from_slice(&bytes[..kept]);
                whole.resize(whole.len() + bytes.len() - kept, 0);
            }
            Step::Create { name, file } if luck == 0 => {
                names.insert(name.clone(), Ok(*file));
            }
            Step::Rename { from, to, file } if luck == 0 => {
                names.remove(from);
                names.insert(to.clone(), Ok(*file));
            }
            Step::Remove { name } if luck == 0 => {
                names.remove(name);
            }
            _ => {}
        }
    }
    let read = |file| match file {
        Ok(file) => files.get(&file).cloned().unwrap_or_default(),
        Err(bytes) => bytes,
    };
    names.into_iter().map(|(name, file)| (name, read(file))).collect()
}

/// Opens a library on such a disk, and tidies it as [`Library::open`] does.
fn open(store: &CrashStore) -> Arc<Library> {
    let library = Library::with_store(Path::new("/nowhere"), Box::new(store.clone())).unwrap();
    library.settle().unwrap();
    library
}

mod tests {
    use std::collections::BTreeMap;

    use sha2::{Digest, Sha256};
    use shared::hex;

    use super::{Chance, CrashStore, Cut, Library, after_cut, open};
    use crate::library::samples::{Owner, medium};

    /// What a library plays, with the hash of each of its files as it lies on the disk.
    fn playing(library: &Library, store: &CrashStore) -> Option<u64> {
        let (programme, _) = library.last()?;
        let image = store.image();
        for medium in &programme.media {
            let bytes = &image[&format!("media/{}", medium.sha256)];
            assert_eq!(hex::encode(&Sha256::digest(bytes)), medium.sha256);
            assert_eq!(bytes.len() as u64, medium.length);
        }
        assert_eq!(library.missing(&programme), []);
        Some(programme.version)
    }

    /// Does something to a library and cuts the power at every step of it, in 102 ways.
    /// After each cut it must play one of `allowed`, and so must it after doing it again.
    fn cut_everywhere(before: &CrashStore, work: impl Fn(&CrashStore), allowed: &[Option<u64>]) -> usize {
        let image = before.image();
        let store = CrashStore::holding(&image);
        work(&store);
        let steps = store.steps();
        let end = playing(&open(&store), &store);
        assert_eq!(end, *allowed.last().unwrap());

        let mut cuts = 0;
        for prefix in 0..=steps.len() {
            for way in 0..102 {
                let cut = match way {
                    0 => Cut::Process,
                    1 => Cut::Hard,
                    way => Cut::Random(Chance(way * 7_919 + prefix as u64 * 104_729 + 1)),
                };
                let left = after_cut(&image, &steps[..prefix], cut);
                let store = CrashStore::holding(&left);
                let library = open(&store);
                let now = playing(&library, &store);
                assert_eq!(library.found_broken(), [], "step {prefix}, way {way}");
                assert!(allowed.contains(&now), "step {prefix}, way {way}: {now:?}, {:#?}", left.keys());
                if way < 4 {
                    work(&store);
                    assert_eq!(playing(&open(&store), &store), end, "again after step {prefix}, way {way}");
                }
                cuts += 1;
            }
        }
        cuts
    }

    fn receive(library: &std::sync::Arc<Library>, bytes: &[u8]) {
        let mut incoming = library.receive(&medium(bytes)).unwrap();
        bytes.chunks(1_000).for_each(|chunk| incoming.write(chunk).unwrap());
        incoming.finish().unwrap();
    }

    fn play(owner: &Owner, version: u64, files: &[&[u8]]) -> impl Fn(&CrashStore) + use<> {
        let envelope = owner.envelope(&owner.programme(version, files));
        let files: Vec<_> = files.iter().map(|bytes| bytes.to_vec()).collect();
        move |store| {
            let library = open(store);
            let verified = library.verify(envelope.as_bytes()).unwrap();
            for file in &files {
                if library.missing(verified.programme()).contains(&medium(file)) {
                    receive(&library, file);
                }
            }
            library.commit(&verified).unwrap();
            library.settle().unwrap();
        }
    }

    #[test]
    fn a_power_cut_leaves_the_old_programme_or_the_new_one() {
        let owner = Owner::new();
        let (common, old, new) = (vec![1; 2_500], vec![2; 1_200], vec![3; 3_100]);
        let empty = CrashStore::default();
        let mut cuts = 0;

        cuts += cut_everywhere(&empty, |store| open(store).adopt(owner.pairing()).unwrap(), &[None]);
        let paired = CrashStore::default();
        open(&paired).adopt(owner.pairing()).unwrap();
        let first = play(&owner, 1, &[&common, &old]);
        cuts += cut_everywhere(&paired, &first, &[None, Some(1)]);
        first(&paired);
        cuts += cut_everywhere(&paired, play(&owner, 2, &[&common, &new]), &[Some(1), Some(2)]);

        println!("{cuts} power cuts");
        assert!(cuts > 10_000, "{cuts}");
    }

    #[test]
    fn what_was_withdrawn_is_off_the_disk_also_after_a_cut() {
        let owner = Owner::new();
        let (kept, withdrawn) = (vec![1; 100], b"withdrawn picture".to_vec());
        let store = CrashStore::default();
        open(&store).adopt(owner.pairing()).unwrap();
        play(&owner, 1, &[&kept, &withdrawn])(&store);
        let before = store.image();
        let cutting = CrashStore::holding(&before);
        let library = open(&cutting);
        let verified = library.verify(owner.envelope(&owner.programme(2, &[&kept])).as_bytes()).unwrap();
        library.commit(&verified).unwrap();
        let committed = cutting.steps().len();
        library.settle().unwrap();
        let steps = cutting.steps();

        let end = after_cut(&before, &steps, Cut::Hard);
        assert!(!end.contains_key(&format!("media/{}", medium(&withdrawn).sha256)), "gone without another start");
        for prefix in committed..=steps.len() {
            for cut in [Cut::Process, Cut::Hard, Cut::Random(Chance(prefix as u64 + 1))] {
                let store = CrashStore::holding(&after_cut(&before, &steps[..prefix], cut));
                open(&store);
                let image: BTreeMap<_, _> = store.image();
                assert!(!image.contains_key(&format!("media/{}", medium(&withdrawn).sha256)));
                assert_eq!(image.keys().filter(|name| name.starts_with("programme-")).count(), 2);
            }
        }
    }

    #[test]
    fn a_wiped_library_stays_wiped() {
        let owner = Owner::new();
        let store = CrashStore::default();
        let library = open(&store);
        library.adopt(owner.pairing()).unwrap();
        let key = library.key().public();
        play(&owner, 7, &[b"picture"])(&store);

        let cuts = cut_everywhere(&store, |store| open(store).wipe().unwrap(), &[Some(7), None]);
        open(&store).wipe().unwrap();

        assert!(cuts > 1_000);
        let library = open(&store);
        assert!(library.paired().is_none() && library.key().public() != key);
        assert!(store.image().keys().all(|name| !name.starts_with("media/") && !name.starts_with("programme-")));
        let all = store.image().into_values().flatten().collect::<Vec<_>>();
        assert!(!String::from_utf8_lossy(&all).contains("Foyer"), "the screen's name is gone");
        library.adopt(owner.pairing()).unwrap();
        let older = owner.envelope(&owner.programme(6, &[]));
        assert_eq!(library.verify(older.as_bytes()).unwrap_err().name(), "rollback");
    }
}
