//! Films made for the purpose, played in every way that matters.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
    thread,
    time::{Duration, Instant},
};

use super::{
    Film, House, Run,
    picture::Picture,
    pipeline,
    reel::Reel,
    samples::{self, Form, HEIGHT, RATE, WIDTH},
};
use crate::{
    stage::{frame::Frame, wake::Wake},
    tools::clock::Clock,
};

fn house(path: PathBuf, clock: Clock) -> House {
    House { open: Arc::new(move |_| Ok(path.clone())), clock, wake: Wake::new(|| {}), runs: true }
}

fn film(since: i64, millis: u64) -> Film {
    let run = Run { place: "main/film".into(), sha256: "f".into(), phase: 0, sound: true };
    Film {
        frame: Frame::new(0.0, 0.0, 1.0, 1.0),
        crop: Frame::new(0.0, 0.0, 1.0, 1.0),
        run,
        anchor: since,
        since,
        millis,
    }
}

fn wait<T>(longest: Duration, mut look: impl FnMut() -> Option<T>) -> Option<(T, Duration)> {
    let begun = Instant::now();
    while begun.elapsed() < longest {
        if let Some(found) = look() {
            return Some((found, begun.elapsed()));
        }
        thread::sleep(Duration::from_millis(2));
    }
    None
}

fn number(picture: &Picture) -> u32 {
    let bright = &picture.planes[0];
    assert_eq!((bright.width, bright.height, bright.bytes.len()), (WIDTH, HEIGHT, (WIDTH * HEIGHT) as usize));
    samples::number(|x, y| bright.bytes[(y * WIDTH + x) as usize])
}

#[test]
fn a_film_goes_round_on_the_programmes_time_without_a_gap() {
    let folder = tempfile::tempdir().unwrap();
    for form in [Form::H264, Form::Vp9] {
        let Some(path) = samples::film(folder.path(), form, RATE * 2) else { return };
        pipeline::init().unwrap();
        let clock = Clock::system();
        let since = clock.now() - 6_500;
        let reel = Reel::start(&film(since, 2_000), &house(path, clock.clone()));
        let (first, _) = wait(Duration::from_secs(2), || reel.take_picture()).expect("a picture");
        assert!((17..50).contains(&number(&first)), "{form:?} starts in its middle: {}", number(&first));

        let (mut seen, begun, mut last) = (Vec::new(), Instant::now(), clock.now());
        while begun.elapsed() < Duration::from_millis(4_400) {
            if let Some(picture) = reel.take_picture() {
                let due = (clock.now() - since).rem_euclid(2_000) * i64::from(RATE) / 1_000;
                let off = (i64::from(number(&picture)) - due + 75).rem_euclid(50) - 25;
                seen.push((off, clock.now() - last));
                last = clock.now();
            }
            thread::sleep(Duration::from_millis(1));
        }
        drop(reel);

        // The machine that tests is busy; a film that starts anew at its end would be out by much more.
        let steps = seen.iter().skip(5);
        let in_step = steps.clone().filter(|(off, _)| (-2..=1).contains(off)).count();
        let longest = steps.map(|(_, gap)| *gap).max().unwrap();
        assert!(seen.len() > 80 && in_step * 10 > seen.len() * 8, "{form:?} {in_step} of {}: {seen:?}", seen.len());
        assert!(longest < 250, "{form:?} stood for {longest} ms: {seen:?}");
    }
}

#[test]
fn a_broken_film_is_given_up_within_two_seconds() {
    let folder = tempfile::tempdir().unwrap();
    let make = |form| samples::film(folder.path(), form, RATE * 12);
    let (Some(whole), Some(other)) = (make(Form::H264), make(Form::Vp9)) else { return };
    pipeline::init().unwrap();
    let clock = Clock::system();
    let sound = Reel::start(&film(clock.now(), 12_000), &house(whole.clone(), clock.clone()));
    let reels: Vec<_> = samples::broken(folder.path(), [&whole, &other])
        .into_iter()
        .chain([("missing", folder.path().join("nowhere"))])
        // One that is torn has begun before its end is missed.
        .map(|(name, path)| (name, Reel::start(&film(clock.now() - 2_600, 12_000), &house(path, clock.clone()))))
        .collect();

    let begun = Instant::now();
    for (name, reel) in &reels {
        let failed = wait(Duration::from_secs(12), || reel.failure());
        let (reason, _) = failed.unwrap_or_else(|| panic!("{name} plays"));
        println!("{name}: {reason} after {} ms", begun.elapsed().as_millis());
    }
    assert_eq!(sound.failure(), None);
}

#[test]
fn films_that_end_leave_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let Some(path) = samples::film(folder.path(), Form::H264, RATE) else { return };
    pipeline::init().unwrap();
    let clock = Clock::system();
    let play = |times: usize| {
        for _ in 0..times {
            let reel = Reel::start(&film(clock.now(), 1_000), &house(path.clone(), clock.clone()));
            assert!(wait(Duration::from_secs(3), || reel.take_picture()).is_some(), "{:?}", reel.failure());
        }
    };
    play(3);
    let count = |what: &str| fs::read_dir(Path::new("/proc/self").join(what)).unwrap().count();
    // Other tests of this program come and go.
    let mine = || {
        let tasks = fs::read_dir("/proc/self/task").unwrap();
        let name = |task: fs::DirEntry| fs::read_to_string(task.path().join("comm")).unwrap_or_default();
        tasks.map(|task| name(task.unwrap())).filter(|name| name.starts_with("film")).count()
    };
    let before = (count("fd"), count("task"));

    play(60);

    let few = || (count("fd") < before.0 + 20 && count("task") < before.1 + 20 && mine() < 8).then_some(());
    let left = wait(Duration::from_secs(5), few);
    assert!(left.is_some(), "files {} -> {}, threads {} -> {}", before.0, count("fd"), before.1, count("task"));
}
