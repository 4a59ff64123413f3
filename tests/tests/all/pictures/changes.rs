//! From one slide to the next, frame by frame: whatever follows whatever, nothing is black and nothing half there.

use std::{collections::BTreeMap, fs, path::Path, process::Command};

use harness::{Part, at_hand, program, root, target};
use image::RgbImage;
use shared::{
    programme::{Area, Change, Entry, Playlist, Programme, Region, Schedule},
    slides::{Slide, Ticker},
};

use super::scenes::{self, NOW, Shown};

/// Frames in a second of the programme: one at the change, two on the way, one when it is over.
const IN_A_SECOND: usize = 4;
const SIZE: (u32, u32) = (480, 270);

/// A slide of every kind there is but films, by its name, and a programme to put them in.
fn kinds(folder: &Path) -> (BTreeMap<&'static str, Slide>, Programme) {
    let (mut kinds, mut frame) = (BTreeMap::new(), None);
    for scene in scenes::all(&root(), folder) {
        let Shown::Programme(mut programme) = scene.shown else { continue };
        for region in &mut programme.plans[0].regions {
            for entry in std::mem::take(&mut region.playlist.entries) {
                let name = if scene.name == "post-one-wide" { scene.name } else { entry.slide.name() };
                kinds.entry(name).or_insert(entry.slide);
            }
        }
        frame.get_or_insert(*programme);
    }
    // One line: a page turned on the way would be a second change.
    kinds.insert("ticker", Slide::Ticker(Ticker { lines: vec!["Fähre nach Süd".into()], ..Ticker::default() }));
    // A film that is not there is passed over; real ones have a test of their own.
    kinds.remove("film");
    let mut programme = frame.unwrap();
    programme.plans[0].regions.truncate(1);
    programme.plans[0].regions[0].area = Area::WHOLE;
    (kinds, programme)
}

/// A way through all of so many (an odd number) that takes every pair once.
fn tour(of: usize) -> Vec<usize> {
    let mut left = vec![vec![true; of]; of];
    let (mut way, mut stack) = (Vec::new(), vec![0]);
    while let Some(&here) = stack.last() {
        match (0..of).find(|there| *there != here && left[here][*there]) {
            Some(there) => {
                (left[here][there], left[there][here]) = (false, false);
                stack.push(there);
            }
            None => way.extend(stack.pop()),
        }
    }
    way
}

/// Every frame of a programme that shows one of these slides each second.
fn frames(slides: &[&Slide], change: Change, mut programme: Programme, motion: &str, folder: &Path) -> Vec<RgbImage> {
    programme.plans[0].regions[0].playlist = playlist(slides, 1_000, NOW);
    programme.plans[0].regions[0].playlist.change = change;
    let every = 1_000 / IN_A_SECOND as i64;
    draw(&programme, (NOW, slides.len() * IN_A_SECOND, every), motion, folder)
}

/// These slides one after the other, so many milliseconds each.
fn playlist(slides: &[&Slide], millis: u64, anchor: i64) -> Playlist {
    let entry = |(index, slide): (usize, &&Slide)| {
        let (id, when) = (format!("e{index}"), Schedule::default());
        Entry { id, millis, when, slide: (*slide).clone() }
    };
    Playlist { anchor, entries: slides.iter().enumerate().map(entry).collect(), ..Playlist::default() }
}

/// So many pictures of a programme from an instant on, some milliseconds apart.
fn draw(programme: &Programme, (at, count, every): (i64, usize, i64), motion: &str, folder: &Path) -> Vec<RgbImage> {
    let file = folder.join("changes.json");
    fs::write(&file, serde_json::to_vec(programme).unwrap()).unwrap();
    let mut command = Command::new(program("litfass-kiosk"));
    command.args(["shot", "--motion", motion, "--window", &format!("{}x{}", SIZE.0, SIZE.1)]);
    command.args(["--at", &at.to_string(), "--frames", &count.to_string(), "--every", &every.to_string()]);
    command.arg("--out").arg(folder.join("f.png")).arg("--programme").arg(&file);
    command.arg("--media").arg(folder).arg("--data").arg(folder);
    command.env_remove("WAYLAND_DISPLAY").env_remove("DISPLAY").env("XDG_CACHE_HOME", target().join("kiosk-cache"));
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let open = |number| image::open(folder.join(format!("f-{number:04}.png"))).unwrap().into_rgb8();
    (0..count).map(open).collect()
}

/// How bright each value of a pixel is, 0 to 1 (IEC 61966-2-1).
fn lights() -> [f32; 256] {
    std::array::from_fn(|value| {
        let value = value as f32 / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    })
}

/// So many values of a picture are passed over between two that are looked at.
const STRIDE: usize = 11;

/// How much of the new picture is in a frame, and how far the frame is from any mixture of both, in parts of 255.
fn mixture(lights: &[f32; 256], frame: &RgbImage, old: &RgbImage, new: &RgbImage) -> (f32, f32) {
    let light = |value: u8| lights[usize::from(value)];
    let pixels = || frame.as_raw().iter().zip(old.as_raw().iter().zip(new.as_raw())).step_by(STRIDE);
    let (mut both, mut whole) = (0.0_f64, 0.0_f64);
    for (f, (a, b)) in pixels() {
        let step = light(*b) - light(*a);
        both += f64::from((light(*f) - light(*a)) * step);
        whole += f64::from(step * step);
    }
    let part = if whole > 0.0 { (both / whole) as f32 } else { 1.0 };
    let off = |(f, (a, b)): (&u8, (&u8, &u8))| {
        let expected = light(*a) + part * (light(*b) - light(*a));
        let seen = if expected <= 0.003_130_8 { expected * 12.92 } else { 1.055 * expected.powf(1.0 / 2.4) - 0.055 };
        f64::from((f32::from(*f) - seen * 255.0).abs())
    };
    let off = pixels().map(off).sum::<f64>() / pixels().len() as f64;
    (part, off as f32)
}

fn differ(one: &RgbImage, other: &RgbImage) -> f32 {
    let pairs = one.as_raw().iter().zip(other.as_raw()).step_by(STRIDE);
    let count = pairs.len();
    pairs.map(|(a, b)| u64::from(a.abs_diff(*b))).sum::<u64>() as f32 / count as f32
}

#[test]
fn between_any_two_kinds_of_slides_every_frame_is_one_of_them_or_a_mixture_of_both() {
    if !at_hand(Part::Vulkan) {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let (kinds, programme) = kinds(folder.path());
    let names: Vec<_> = kinds.keys().copied().collect();
    assert!(names.len() >= 15 && names.len() % 2 == 1, "{names:?}");
    let way = tour(names.len());
    let slides: Vec<_> = way.iter().map(|index| &kinds[names[*index]]).collect();

    let frames = frames(&slides, Change::Fade, programme, "full", folder.path());

    let seconds: Vec<_> = frames.chunks(IN_A_SECOND).collect();
    let mut first: BTreeMap<usize, &RgbImage> = BTreeMap::new();
    let (mut wrong, lights) = (Vec::new(), lights());
    for (second, pair) in seconds.windows(2).enumerate() {
        let (from, to) = (way[second], way[second + 1]);
        let (old, new) = (&pair[0][IN_A_SECOND - 1], &pair[1][IN_A_SECOND - 1]);
        let mut last = -0.01;
        for (step, frame) in pair[1].iter().enumerate() {
            let (part, off) = mixture(&lights, frame, old, new);
            if off > 1.2 || !(last - 0.01..=1.01).contains(&part) {
                wrong.push(format!("{} to {}, frame {step}: {part:.2}, off by {off:.2}", names[from], names[to]));
            }
            last = part;
        }
        // Whatever came before, a slide looks the same; only what counts goes on meanwhile.
        let settled = first.entry(to).or_insert(new);
        if names[to] != "countdown" && differ(settled, new) > 1.5 {
            wrong.push(format!("{} after {} is not what it was", names[to], names[from]));
        }
    }
    assert!(wrong.is_empty(), "{} changes:\n{}", seconds.len() - 1, wrong.join("\n"));
}

#[test]
fn where_things_keep_still_every_frame_is_a_whole_slide() {
    if !at_hand(Part::Vulkan) {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let (kinds, programme) = kinds(folder.path());
    let slides: Vec<_> = kinds.values().collect();

    let frames = frames(&slides, Change::Slide, programme, "still", folder.path());

    for (second, frames) in frames.chunks(IN_A_SECOND).enumerate() {
        for frame in frames {
            let off = differ(frame, &frames[IN_A_SECOND - 1]);
            assert!(off < 1.0, "{}: {off}", slides[second].name());
        }
    }
}

#[test]
fn the_next_slide_pushes_or_uncovers_without_a_gap() {
    if !at_hand(Part::Vulkan) {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let (kinds, programme) = kinds(folder.path());
    let slides: Vec<_> = ["announcement", "qr", "hours"].iter().map(|name| &kinds[name]).collect();
    let column =
        |picture: &RgbImage, x: u32| -> Vec<[u8; 3]> { (0..SIZE.1).map(|y| picture.get_pixel(x, y).0).collect() };
    let alike = |one: &[[u8; 3]], other: &[[u8; 3]]| {
        let off: u32 = one.iter().flatten().zip(other.iter().flatten()).map(|(a, b)| u32::from(a.abs_diff(*b))).sum();
        off < SIZE.1 * 3 * 3
    };
    for change in [Change::Slide, Change::Wipe] {
        let frames = frames(&slides, change, programme.clone(), "full", folder.path());
        for pair in frames.chunks(IN_A_SECOND).collect::<Vec<_>>().windows(2) {
            let (old, new) = (&pair[0][IN_A_SECOND - 1], &pair[1][IN_A_SECOND - 1]);
            let mut covered = 0;
            for frame in &pair[1][1..3] {
                let of_new = |by: u32| {
                    (0..SIZE.0).all(|x| {
                        let seen = column(frame, x);
                        let at_edge = |edge: u32| x.abs_diff(edge) < 2;
                        if change == Change::Wipe {
                            at_edge(by) || alike(&seen, &column(if x < by { new } else { old }, x))
                        } else {
                            let edge = SIZE.0 - by;
                            let expected = if x < edge { column(old, x + by) } else { column(new, x - edge) };
                            at_edge(edge) || alike(&seen, &expected)
                        }
                    })
                };
                let by = (1..SIZE.0).find(|by| of_new(*by));
                assert!(by.is_some_and(|by| by > covered + 20), "{change:?}: {by:?} after {covered}");
                covered = by.unwrap_or_default();
            }
        }
    }
}

#[test]
fn a_display_that_was_busy_shows_all_that_has_changed_meanwhile() {
    if !at_hand(Part::Vulkan) {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let (kinds, mut programme) = kinds(folder.path());
    let slides: Vec<_> = ["announcement", "qr"].iter().map(|name| &kinds[name]).collect();
    let half = |left| Area { left, width: 50.0, ..Area::WHOLE };
    let region =
        |name: &str, area, anchor| Region { name: name.into(), area, playlist: playlist(&slides, 2_000, anchor) };
    // One half changes 300 milliseconds after the other, and no picture is taken between.
    programme.plans[0].regions = vec![region("left", half(0.0), NOW), region("right", half(50.0), NOW + 300)];

    let seen = draw(&programme, (NOW + 1_000, 2, 1_500), "still", folder.path()).remove(1);

    let expected = draw(&programme, (NOW + 2_500, 2, 1), "still", folder.path()).remove(0);
    assert!(differ(&seen, &expected) < 0.5, "{}", differ(&seen, &expected));
}
