//! Expected pictures: what every kind of slide and screen looks like, drawn by the real kiosk.
//!
//! `LITFASS_BLESS=1 cargo test -p litfass-tests pictures` renews `tests/pictures`, `LITFASS_BLESS=clock,hours`
//! only those with one of these in their name; look at every one that changed, in full size in `target/pictures`.
//! What does not match is left in `target/pictures`: the picture in full size, and where it differs.

mod changes;
mod compare;
pub(crate) mod scenes;

use std::{env, fs, path::Path, process::Command};

use harness::{Part, at_hand, program, root, target};
use scenes::{NOW, Scene, Shown, Sizes};

/// Draws a scene with `litfass-kiosk shot`, and compares it.
fn check(scene: &Scene, size: (u32, u32), folder: &Path) -> Result<(), String> {
    let name = format!("{}-{}x{}", scene.name, size.0, size.1);
    let picture = folder.join(format!("{name}.png"));
    let mut command = Command::new(program("litfass-kiosk"));
    let motion = if scene.moves { "full" } else { "still" };
    command.args(["shot", "--motion", motion, "--language", scene.language]);
    command.args(["--at", &NOW.to_string(), "--out"]).arg(&picture);
    command.args(["--window", &format!("{}x{}", size.0, size.1)]).arg("--data").arg(folder);
    command.env_remove("WAYLAND_DISPLAY").env_remove("DISPLAY");
    command.env("XDG_CACHE_HOME", target().join("kiosk-cache"));
    match &scene.shown {
        Shown::Programme(programme) => {
            let file = folder.join(format!("{name}.json"));
            fs::write(&file, serde_json::to_vec(programme).unwrap()).unwrap();
            command.arg("--programme").arg(file).arg("--media").arg(folder);
        }
        Shown::Pairing => {
            let address = "https://wall.lindenhafen.example/dashboard/screens/pair?code=ABCD-2345";
            command.args(["--code", "ABCD-2345", "--address", address]);
        }
        Shown::Fault(fault) => {
            command.args(["--fault", fault]);
        }
        Shown::Before(state) => {
            command.args(["--before", state]);
        }
    }
    let output = command.output().map_err(|error| format!("{name}: {error}"))?;
    if !output.status.success() {
        return Err(format!("{name}: {}: {}", output.status, String::from_utf8_lossy(&output.stderr)));
    }
    compare::with_expected(&name, &picture)
}

/// Draws scenes in a size, two at a time, and names everything that is not as expected.
fn check_all(size: (u32, u32), wanted: impl Fn(&Scene) -> bool) {
    if !at_hand(Part::Vulkan) {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let named = env::var("LITFASS_BLESS").ok().filter(|name| name != "1").unwrap_or_default();
    let wanted = |scene: &Scene| wanted(scene) && named.split(',').any(|part| scene.name.contains(part));
    let scenes: Vec<_> = scenes::all(&root(), folder.path()).into_iter().filter(wanted).collect();
    assert!(!scenes.is_empty() || !named.is_empty());
    let (one, two) = scenes.split_at(scenes.len() / 2);
    let run = |part: &[Scene]| part.iter().filter_map(|s| check(s, size, folder.path()).err()).collect::<Vec<_>>();
    let wrong = std::thread::scope(|threads| {
        let other = threads.spawn(|| run(two));
        let mut wrong = run(one);
        wrong.extend(other.join().unwrap());
        wrong
    });
    assert!(wrong.is_empty(), "look at target/pictures:\n{}", wrong.join("\n"));
}

#[test]
fn every_slide_and_screen_looks_as_expected_at_1080p() {
    check_all((1920, 1080), |_| true);
}

#[test]
fn every_kind_looks_as_expected_upright() {
    check_all((1080, 1920), |scene| scene.sizes >= Sizes::Upright);
}

#[test]
fn every_kind_looks_as_expected_at_4k() {
    check_all((3840, 2160), |scene| scene.sizes >= Sizes::Kind);
}

#[test]
fn small_displays_look_as_expected() {
    check_all((1280, 720), |scene| scene.sizes >= Sizes::All);
}

#[test]
fn a_turned_display_gets_the_upright_picture_turned() {
    if !at_hand(Part::Vulkan) {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let scene = scenes::all(&root(), folder.path()).into_iter().find(|scene| scene.name == "post-one-wide").unwrap();
    let Shown::Programme(programme) = &scene.shown else { unreachable!() };
    let file = folder.path().join("programme.json");
    fs::write(&file, serde_json::to_vec(programme).unwrap()).unwrap();
    let draw = |name: &str, size: &str, rotation: &str| {
        let out = folder.path().join(name);
        let mut command = Command::new(program("litfass-kiosk"));
        command.args(["shot", "--motion", "still", "--window", size, "--rotate", rotation]);
        command.args(["--at", &NOW.to_string(), "--out"]).arg(&out);
        command.arg("--programme").arg(&file).arg("--media").arg(folder.path()).arg("--data").arg(folder.path());
        let output = command.output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        image::open(out).unwrap().into_rgb8()
    };
    let upright = draw("0.png", "720x1280", "0");
    let flat = draw("flat.png", "1280x720", "0");

    let quarter = draw("90.png", "1280x720", "90");
    let three_quarters = draw("270.png", "1280x720", "270");
    let half = draw("180.png", "1280x720", "180");

    for (name, turned, expected) in [
        ("90", quarter, image::imageops::rotate90(&upright)),
        ("270", three_quarters, image::imageops::rotate270(&upright)),
        ("180", half, image::imageops::rotate180(&flat)),
    ] {
        let worst = compare::worst(&turned, &expected).unwrap();
        assert!(worst < 2.0, "turned by {name}: {worst}");
    }
}
