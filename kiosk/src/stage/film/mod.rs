//! Film: each one that a drawing names is played on a thread of its own, on the programme's time, over the still drawing.

mod course;
mod named;
mod paint;
mod picture;
mod pipeline;
mod reel;
#[cfg(test)]
pub(crate) mod samples;
mod screen;
#[cfg(test)]
mod tests;

use std::{
    collections::{HashMap, HashSet},
    io,
    path::PathBuf,
    sync::Arc,
    thread,
    time::{Duration, Instant},
};

use bevy::{
    asset::Assets,
    ecs::{
        resource::Resource,
        system::{Res, ResMut},
    },
    image::Image,
};
pub use named::{Film, Run};
pub(super) use paint::{Paint, plugin};
use reel::Reel;
use screen::Screen;

use super::{
    drawing::{Drawing, Piece},
    frames::Showing,
    live::Live,
    sprite::Sprite,
    surface::Surface,
    wake::{Pace, Wake},
};
use crate::tools::clock::Clock;

/// Finds the file of a film by its hash; called off the main thread.
pub type Opener = Arc<dyn Fn(&str) -> io::Result<PathBuf> + Send + Sync>;

/// A film that shows nothing for so long is given up; one that is made ready ahead of its time has until then.
const LONGEST_WAIT: Duration = Duration::from_secs(2);
/// But so much later, in milliseconds.
const GRACE_MILLIS: i64 = 1_500;
/// Nobody waits for a display on which time stands still.
const LONGEST_WAIT_FOR_ONE: Duration = Duration::from_secs(20);
/// How often it is looked whether films still run.
const LOOK_AGAIN: Duration = Duration::from_millis(250);

/// What every film needs.
#[derive(Clone)]
struct House {
    open: Opener,
    clock: Clock,
    wake: Wake,
    /// Whether time goes on; else each film shows one picture.
    runs: bool,
}

/// All films that are on or soon will be.
#[derive(Resource)]
pub struct Films {
    house: House,
    known: HashMap<Run, Playing>,
    broken: HashSet<String>,
    bad: Vec<(String, String)>,
}

struct Playing {
    reel: Reel,
    screen: Option<Screen>,
    begun: Instant,
    since: i64,
}

impl Playing {
    /// Why it is given up, if it is.
    fn failure(&self, house: &House) -> Option<String> {
        let longest = if house.runs { LONGEST_WAIT } else { LONGEST_WAIT_FOR_ONE };
        let waited = self.begun.elapsed() > longest;
        let due = !house.runs || house.clock.now() > self.since.saturating_add(GRACE_MILLIS);
        let stuck = waited && self.reel.silent_for() > LONGEST_WAIT;
        let none = waited && due && self.screen.is_none();
        let reason = if stuck { "playing it got stuck" } else { "no picture came" };
        self.reel.failure().or_else(|| (stuck || none).then(|| reason.to_owned()))
    }
}

/// Every film in a drawing.
fn films(drawing: &Drawing) -> impl Iterator<Item = &Film> {
    drawing.parts.iter().flat_map(|part| &part.pieces).filter_map(|piece| match piece {
        Piece::Live(Live::Film(film)) => Some(film),
        _ => None,
    })
}

impl Films {
    /// Films from these files, on the time of this clock; `wake` is called for each new picture. Where time does not go
    /// on (`runs`), each film shows the one picture of that instant.
    pub fn new(open: Opener, clock: Clock, wake: Wake, runs: bool) -> Self {
        let house = House { open, clock, wake, runs };
        Self { house, known: HashMap::new(), broken: HashSet::new(), bad: Vec::new() }
    }

    /// Finds out what this machine can play, before the first film needs it: that takes a while at the first start.
    pub fn get_ready(&self) {
        let begun = thread::Builder::new().name("film-ready".to_owned()).spawn(|| {
            if let Err(error) = pipeline::init() {
                tracing::warn!("{error}");
            }
        });
        if let Err(error) = begun {
            tracing::warn!("look for what can play films: {error}");
        }
    }

    /// Files that turned out not to be films, or to stop.
    pub fn broken(&self) -> &HashSet<String> {
        &self.broken
    }

    /// Tries broken ones again: the programme may have been changed because of them.
    pub fn forgive(&mut self) {
        self.broken.clear();
    }

    /// Hashes of films that have failed since the last time, with the reason.
    pub fn collect(&mut self) -> Vec<(String, String)> {
        std::mem::take(&mut self.bad)
    }

    /// Whether every film of a drawing has its first picture, or will never have one.
    pub(super) fn ready(&self, drawing: &Drawing, showing: &Showing) -> bool {
        films(drawing).all(|film| {
            let there =
                |playing: &Playing| playing.screen.as_ref().is_some_and(|screen| showing.drawn_since(screen.since));
            self.broken.contains(&film.run.sha256) || self.known.get(&film.run).is_some_and(there)
        })
    }

    /// Whether the first picture of a film is on its way to the graphics processor.
    pub(super) fn begin(&self, showing: &Showing) -> bool {
        self.known
            .values()
            .filter_map(|playing| playing.screen.as_ref())
            .any(|screen| !showing.drawn_since(screen.since))
    }

    /// Whether every film shows its picture of this instant, where time stands still.
    pub fn caught_up(&self) -> bool {
        let now = self.house.clock.now();
        self.known.values().all(|playing| playing.screen.as_ref().is_some_and(|screen| screen.at == now))
    }

    /// What a sprite that shows a film is painted with; nothing until it has a picture.
    pub(super) fn paint(&self, sprite: &Sprite) -> Option<Paint> {
        let screen = self.known.get(sprite.film.as_ref()?)?.screen.as_ref()?;
        Some(Paint::new(screen, sprite.from, sprite.seen))
    }

    fn fail(&mut self, sha256: &str, reason: String) {
        if self.broken.insert(sha256.to_owned()) {
            self.bad.push((sha256.to_owned(), reason));
        }
    }
}

/// Starts what is named, stops what is not any more, and takes in new pictures.
pub(super) fn follow(
    mut films_here: ResMut<'_, Films>,
    surface: Res<'_, Surface>,
    mut images: ResMut<'_, Assets<Image>>,
    showing: Res<'_, Showing>,
    mut pace: ResMut<'_, Pace>,
) {
    let here = &mut *films_here;
    let named: HashMap<&Run, &Film> = surface.drawings().flat_map(films).map(|film| (&film.run, film)).collect();
    // Letting go of a reel stops its thread, which takes down the rest by itself.
    here.known.retain(|run, _| named.contains_key(run));
    for (run, film) in named {
        if !here.known.contains_key(run) && !here.broken.contains(&run.sha256) {
            let reel = Reel::start(film, &here.house);
            let playing = Playing { reel, screen: None, begun: Instant::now(), since: film.since };
            here.known.insert(run.clone(), playing);
        }
    }
    let mut failed = Vec::new();
    for (run, playing) in &mut here.known {
        if let Some(picture) = playing.reel.take_picture() {
            Screen::show(&mut playing.screen, picture, showing.frame, &mut images);
        }
        if !pipeline::is_ready() {
            playing.begun = Instant::now();
        }
        if let Some(reason) = playing.failure(&here.house) {
            failed.push((run.sha256.clone(), reason));
        }
    }
    for (sha256, reason) in failed {
        here.fail(&sha256, reason);
    }
    if !here.bad.is_empty() {
        // Whoever says what is on hears of it with the next frame.
        here.house.wake.call();
    }
    pace.watch = (!here.known.is_empty()).then(|| Instant::now() + LOOK_AGAIN);
}
