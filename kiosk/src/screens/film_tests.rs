//! Films among other slides, as they reach the glass: drawn off screen, every frame looked at.

use std::{
    fs,
    path::Path,
    sync::{Arc, Mutex, mpsc},
    time::{Duration, Instant},
};

use bevy::app::App;
use image::RgbImage;
use shared::{
    programme::{Area, Entry, Look, Plan, Playlist, Programme, Region, Schedule, Zone},
    protocol::Report,
    slides::{Announcement, Film, FilmFile, Slide},
};

use super::{
    app::{self, Plan as Display},
    conduct::{self, Inbox},
    conductor::Conductor,
    proof::Proof,
    state::Told,
};
use crate::{
    health::Health,
    link::News,
    settings::{Motion, Size},
    stage::{
        capture::{Captures, View},
        film::{
            Films,
            samples::{self, Form, HEIGHT, RATE, WIDTH},
        },
    },
    tools::clock::Clock,
};

/// A frame, when it was asked for and when it came.
type Frame = (i64, i64, RgbImage);

struct Glass {
    app: App,
    news: mpsc::Sender<News>,
    health: Health,
    clock: Clock,
    frames: Arc<Mutex<Vec<Frame>>>,
}

impl Glass {
    /// A display of the size of the films; `None` where nothing can draw.
    fn new(folder: &Path) -> Option<Self> {
        let (clock, folder) = (Clock::system(), folder.to_owned());
        let health = Health::default();
        let proof = Proof::new(health.clone(), clock.clone());
        let hearing = proof.clone();
        let built = app::build(Display {
            size: Some(Size { width: WIDTH, height: HEIGHT }),
            headless: true,
            load: app::load_from(folder.clone()),
            listener: Arc::new(move |frame| hearing.presented(frame)),
        });
        let Ok((mut app, wake)) = built else {
            assert!(std::env::var_os("CI").is_none(), "no Vulkan driver: `make test` installs one");
            return None;
        };
        let (news, inbox) = mpsc::channel();
        let films = Films::new(Arc::new(move |name| Ok(folder.join(name))), clock.clone(), wake, true);
        films.get_ready();
        app.insert_resource(films)
            .insert_resource(Conductor::new(Told::default(), clock.clone(), "en", None))
            .insert_resource(Inbox(Mutex::new(inbox)))
            .insert_resource(proof)
            .add_plugins(conduct::plugin);
        app::get_ready(&mut app, Motion::Full);
        Some(Self { app, news, health, clock, frames: Arc::default() })
    }

    /// Draws for so long; returns the frames.
    fn watch(&mut self, long: Duration) -> Vec<Frame> {
        let begun = Instant::now();
        let under_way = Arc::new(Mutex::new(false));
        while begun.elapsed() < long {
            let mut waits = under_way.lock().unwrap();
            if !*waits {
                *waits = true;
                let (frames, done, clock) = (self.frames.clone(), under_way.clone(), self.clock.clone());
                let asked = clock.now();
                let keep = move |picture| {
                    frames.lock().unwrap().push((asked, clock.now(), picture));
                    *done.lock().unwrap() = false;
                };
                self.app.world_mut().resource_mut::<Captures>().want(View::Upright, Arc::new(keep));
            }
            drop(waits);
            self.app.update();
            std::thread::sleep(Duration::from_millis(3));
        }
        std::mem::take(&mut *self.frames.lock().unwrap())
    }

    fn report(&self) -> Report {
        self.health.report()
    }

    /// Id of the entry that is on.
    fn on(&self) -> String {
        self.report().on.first().map(|on| on.entry.clone()).unwrap_or_default()
    }
}

fn film(file: &str, millis: u64) -> Slide {
    let film = FilmFile { sha256: file.into(), length: 1, width: WIDTH, height: HEIGHT, millis, poster: None };
    Slide::Film(Film { film: Some(film), fit: "fill".into(), ..Film::default() })
}

fn words() -> Slide {
    Slide::Announcement(Announcement { headline: "Words".into(), ..Announcement::default() })
}

fn programme(version: u64, anchor: i64, entries: &[(&str, u64, Slide)]) -> Arc<Programme> {
    let entry = |(id, millis, slide): &(&str, u64, Slide)| {
        let (id, millis, slide) = ((*id).to_owned(), *millis, slide.clone());
        Entry { id, millis, when: Schedule::default(), slide }
    };
    let playlist = Playlist { anchor, entries: entries.iter().map(entry).collect(), ..Playlist::default() };
    let [account, id, name, handle, address] = Default::default();
    let (accent, background) = ("#336699".into(), "#c8c8c8".into());
    Arc::new(Programme {
        account,
        id,
        version,
        issued_at: 0,
        active_at: 0,
        zone: Zone::default(),
        language: "en".into(),
        look: Look { name, handle, address, accent, background, logo: None },
        plans: vec![Plan {
            regions: vec![Region { name: "main".into(), area: Area::WHOLE, playlist }],
            ..Plan::default()
        }],
        alerts: Vec::new(),
        media: Vec::new(),
    })
}

/// Mean brightness of the upper part, which is light in films and in words.
fn light(picture: &RgbImage) -> u32 {
    let points = picture.enumerate_pixels().filter(|(_, y, _)| *y < 70).map(|(.., point)| u32::from(point.0[1]));
    points.sum::<u32>() / (WIDTH * 70)
}

#[test]
fn films_come_and_go_without_a_dark_frame_and_a_broken_one_costs_only_itself() {
    let folder = tempfile::tempdir().unwrap();
    let Some(path) = samples::film(folder.path(), Form::H264, RATE * 3) else { return };
    fs::rename(path, folder.path().join("film")).unwrap();
    fs::write(folder.path().join("junk"), [0; 5_000]).unwrap();
    let Some(mut glass) = Glass::new(folder.path()) else { return };

    // In and out of a film, twice, in step with the clock.
    let anchor = glass.clock.now();
    let entries = [("film", 2_000, film("film", 3_000)), ("words", 1_500, words())];
    glass.news.send(News::Programme(programme(1, anchor, &entries))).unwrap();
    glass.watch(Duration::from_millis(1_000));
    let frames = glass.watch(Duration::from_millis(6_500));
    let dark: Vec<_> = frames.iter().filter(|(.., frame)| light(frame) < 60).map(|(at, ..)| at - anchor).collect();
    assert!(frames.len() > 30 && dark.is_empty(), "{} frames, dark at {dark:?}", frames.len());
    let number = |frame: &RgbImage| samples::number(|x, y| frame.get_pixel(x, y).0[1]);
    // Cross-fades are over after the first second.
    let steady = frames.iter().filter(|(at, ..)| (1_000..1_900).contains(&(at - anchor).rem_euclid(3_500)));
    let off: Vec<_> = steady
        .map(|(asked, came, frame)| {
            let due = |at: i64| (at - anchor).rem_euclid(3_500) * i64::from(RATE) / 1_000;
            (due(*asked), i64::from(number(frame)), due(*came))
        })
        .collect();
    let in_step = off.iter().filter(|(asked, seen, came)| (asked - 4..=came + 1).contains(seen)).count();
    assert!(off.len() > 3 && in_step * 10 >= off.len() * 8, "asked, seen, came: {off:?}");
    assert_eq!(glass.report().faults, []);

    // A broken one: what comes after it is on within two seconds.
    let begun = glass.clock.now();
    let entries = [("broken", 30_000, film("junk", 30_000)), ("words", 30_000, words())];
    glass.news.send(News::Programme(programme(2, begun, &entries))).unwrap();
    let frames = glass.watch(Duration::from_millis(2_000));
    assert_eq!(glass.on(), "words", "{:?}", glass.report());
    assert_eq!(glass.report().faults.iter().map(|fault| fault.name.as_str()).collect::<Vec<_>>(), ["film"]);
    assert!(frames.iter().all(|(.., frame)| light(frame) >= 60));

    // Another version: it gets another try, and the fault is forgotten when there is none.
    fs::copy(folder.path().join("film"), folder.path().join("junk")).unwrap();
    let begun = glass.clock.now();
    let entries = [("broken", 30_000, film("junk", 3_000)), ("words", 30_000, words())];
    glass.news.send(News::Programme(programme(3, begun, &entries))).unwrap();
    glass.watch(Duration::from_millis(2_500));
    assert_eq!((glass.on().as_str(), glass.report().faults.len()), ("broken", 0));
}
