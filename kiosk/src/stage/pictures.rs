//! Pictures on their way to the glass: read off the main thread, kept while a scene needs them.

use std::{
    collections::{HashMap, HashSet},
    io,
    sync::{Arc, Mutex, PoisonError, mpsc},
};

use bevy::{
    asset::{Assets, Handle},
    ecs::resource::Resource,
    image::Image,
    tasks::AsyncComputeTaskPool,
};

use super::{
    decode,
    drawing::{Drawing, Photo, Piece},
    live::{Live, Pan},
    wake::Wake,
};

/// Reads the file of a picture by its hash; called off the main thread.
pub type Loader = Arc<dyn Fn(&str) -> io::Result<Vec<u8>> + Send + Sync>;

/// A file in a size.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    sha256: String,
    width: u32,
    height: u32,
    focus: (u8, u8),
}

impl Key {
    /// The picture a drawing asks for.
    pub fn of(photo: &Photo) -> Self {
        let (width, height) = (photo.frame.w as u32, photo.frame.h as u32);
        Self { sha256: photo.sha256.clone(), width, height, focus: (photo.focus.x, photo.focus.y) }
    }
}

enum State {
    Underway,
    There(Handle<Image>),
}

/// All pictures that are needed now or soon.
#[derive(Resource)]
pub struct Pictures {
    load: Loader,
    wake: Wake,
    known: HashMap<Key, State>,
    broken: HashSet<String>,
    done: Mutex<mpsc::Receiver<(Key, Result<Image, decode::Error>)>>,
    send: mpsc::Sender<(Key, Result<Image, decode::Error>)>,
}

/// Every picture in a drawing.
pub fn photos(drawing: &Drawing) -> impl Iterator<Item = &Photo> {
    let photo = |piece| match piece {
        &Piece::Photo(ref photo) | &Piece::Live(Live::Pan(Pan { ref photo, .. })) => Some(photo),
        _ => None,
    };
    let photos = drawing.parts.iter().flat_map(|part| &part.pieces).filter_map(photo);
    photos.filter(|photo| photo.frame.w >= 1.0 && photo.frame.h >= 1.0)
}

impl Pictures {
    /// Pictures read by a function; `wake` is called when one is ready.
    pub fn new(load: Loader, wake: Wake) -> Self {
        let (send, done) = mpsc::channel();
        Self { load, wake, known: HashMap::new(), broken: HashSet::new(), done: Mutex::new(done), send }
    }

    /// Files that turned out not to be pictures.
    pub fn broken(&self) -> &HashSet<String> {
        &self.broken
    }

    /// Tries broken ones again: their files may have been fetched anew.
    pub fn forgive(&mut self) {
        self.broken.clear();
    }

    /// Takes in what has been read; hashes of those that cannot be drawn are returned with the reason.
    pub fn collect(&mut self, images: &mut Assets<Image>) -> Vec<(String, String)> {
        let mut bad = Vec::new();
        let done = self.done.lock().unwrap_or_else(PoisonError::into_inner);
        while let Ok((key, result)) = done.try_recv() {
            match result {
                Ok(image) => {
                    self.known.insert(key, State::There(images.add(image)));
                }
                Err(error) => {
                    self.known.remove(&key);
                    if self.broken.insert(key.sha256.clone()) {
                        bad.push((key.sha256, error.to_string()));
                    }
                }
            }
        }
        bad
    }

    /// Starts reading what a drawing needs; true when everything is there.
    pub fn ready(&mut self, drawing: &Drawing) -> bool {
        let mut ready = true;
        for photo in photos(drawing) {
            let key = Key::of(photo);
            match self.known.get(&key) {
                Some(State::There(_)) => {}
                Some(State::Underway) => ready = false,
                None => {
                    ready = false;
                    self.read(key);
                }
            }
        }
        ready
    }

    /// A picture that is there.
    pub fn get(&self, photo: &Photo) -> Option<Handle<Image>> {
        match self.known.get(&Key::of(photo)) {
            Some(State::There(handle)) => Some(handle.clone()),
            _ => None,
        }
    }

    /// Lets go of what no drawing needs any more.
    pub fn keep_only<'a>(&mut self, drawings: impl Iterator<Item = &'a Drawing>) {
        let needed: HashSet<Key> = drawings.flat_map(photos).map(Key::of).collect();
        self.known.retain(|key, state| needed.contains(key) || matches!(state, State::Underway));
    }

    fn read(&mut self, key: Key) {
        let (load, send, wake) = (self.load.clone(), self.send.clone(), self.wake.clone());
        self.known.insert(key.clone(), State::Underway);
        let work = async move {
            let file = load(&key.sha256).map_err(decode::Error::from);
            let result = file.and_then(|file| decode::picture(&file, (key.width.max(1), key.height.max(1)), key.focus));
            // Nobody listens any more only when the program ends.
            let _ = send.send((key, result));
            wake.call();
        };
        AsyncComputeTaskPool::get().spawn(work).detach();
    }
}
