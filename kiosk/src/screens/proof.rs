//! What really reached the glass, for the watchdog and the controller.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use bevy::ecs::resource::Resource;
use shared::protocol::{OnNow, Report, State};

use crate::{health::Health, link::Link, stage::frames::Presented, tools::clock::Clock};

/// Notes what each scene shows, and learns when it was first presented.
#[derive(Clone, Resource)]
pub struct Proof(Arc<Inner>);

struct Inner {
    health: Health,
    clock: Clock,
    link: Mutex<Option<Arc<Link>>>,
    notes: Mutex<Notes>,
}

#[derive(Default)]
struct Notes {
    scenes: BTreeMap<u64, Scene>,
    since: HashMap<Entry, i64>,
}

/// Region, id and start of a playlist entry.
pub type Entry = (String, String, i64);

/// What a scene shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Scene {
    /// Which state that is.
    pub state: State,
    /// Version of the programme.
    pub version: u64,
    /// What is on.
    pub on: Vec<Entry>,
    /// When it was to be shown, in milliseconds since 1970, if that was known before.
    pub planned: Option<i64>,
}

impl Proof {
    /// Tells health, and the link once there is one.
    pub fn new(health: Health, clock: Clock) -> Self {
        let (link, notes) = (Mutex::default(), Mutex::default());
        Self(Arc::new(Inner { health, clock, link, notes }))
    }

    /// Reports go here from now on.
    pub fn report_to(&self, link: Arc<Link>) {
        *lock(&self.0.link) = Some(link);
    }

    /// How the screen is.
    pub fn health(&self) -> &Health {
        &self.0.health
    }

    /// Says what a scene is going to show, before it is shown.
    pub fn note(&self, number: u64, scene: Scene) {
        lock(&self.0.notes).scenes.insert(number, scene);
    }

    /// Sends how the screen is.
    pub fn send(&self) {
        if let Some(link) = &*lock(&self.0.link) {
            link.report(self.0.health.report());
        }
    }

    /// Hands a picture to the controller.
    pub fn picture(&self, jpeg: Vec<u8>) {
        if let Some(link) = &*lock(&self.0.link) {
            link.picture(jpeg);
        }
    }

    /// The first picture of a version is drawn.
    pub fn drawn(&self, version: u64) {
        if let Some(link) = &*lock(&self.0.link) {
            link.drawn(version);
        }
    }

    /// A frame was presented; called on the drawing thread.
    pub fn presented(&self, frame: Presented) {
        let now = self.0.clock.now();
        self.0.health.presented(frame.frames, now);
        let Some(number) = frame.number.filter(|_| frame.first) else { return };
        let Some((scene, on)) = lock(&self.0.notes).first_shown(number, now) else { return };
        self.0.health.change(|report: &mut Report| {
            report.state = scene.state;
            report.version = scene.version;
            report.on = on;
            report.late_millis = scene.planned.map(|planned| now - planned).or(report.late_millis);
        });
        self.send();
    }
}

impl Notes {
    /// What is on with this scene, each entry with the instant it first was.
    fn first_shown(&mut self, number: u64, now: i64) -> Option<(Scene, Vec<OnNow>)> {
        let scene = self.scenes.get(&number).cloned()?;
        self.scenes.retain(|known, _| *known >= number);
        self.since.retain(|entry, _| scene.on.contains(entry));
        let on = scene.on.iter().map(|entry| {
            let presented_at = *self.since.entry(entry.clone()).or_insert(now);
            OnNow { region: entry.0.clone(), entry: entry.1.clone(), since: entry.2, presented_at }
        });
        let on = on.collect();
        Some((scene, on))
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use shared::protocol::State;

    use super::{Notes, Scene};

    fn scene(on: &[(&str, i64)]) -> Scene {
        let entry = |(id, since): &(&str, i64)| ("main".to_owned(), (*id).to_owned(), *since);
        Scene { state: State::Playing, version: 1, on: on.iter().map(entry).collect(), planned: None }
    }

    #[test]
    fn an_entry_counts_from_its_first_frame() {
        let mut notes = Notes::default();
        notes.scenes.insert(1, scene(&[("a", 0), ("clock", 0)]));
        notes.scenes.insert(2, scene(&[("b", 10), ("clock", 0)]));
        notes.scenes.insert(3, scene(&[("a", 20), ("clock", 0)]));
        let mut shown = |number, now| {
            let (_, on) = notes.first_shown(number, now).unwrap();
            on.into_iter().map(|on| (on.entry, on.presented_at)).collect::<Vec<_>>()
        };

        assert_eq!(shown(1, 5), [("a".into(), 5), ("clock".into(), 5)]);
        assert_eq!(shown(2, 12), [("b".into(), 12), ("clock".into(), 5)]);
        assert_eq!(shown(3, 22), [("a".into(), 22), ("clock".into(), 5)]);
        assert!(notes.first_shown(2, 30).is_none());
    }
}
