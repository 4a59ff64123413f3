//! Films as the real kiosk shows them: the right picture at an instant, in the right colours, the right way up.

use std::{
    fs,
    io::Write,
    path::Path,
    process::{Command, Stdio},
};

use harness::{Part, at_hand, program, target};
use image::{Rgb, RgbImage, imageops};
use sha2::{Digest, Sha256};
use shared::{
    hex,
    programme::{Area, Entry, Look, Plan, Playlist, Programme, Region, Schedule, Zone},
    slides::{Film, FilmFile, Picture, Slide},
};

const WIDTH: u32 = 320;
const HEIGHT: u32 = 180;
const RATE: u32 = 25;
/// Two seconds.
const PICTURES: u32 = 50;
/// When the film starts.
const SINCE: i64 = 1_800_000_000_000;
const COLOURS: [[u8; 3]; 5] = [[235, 30, 20], [20, 200, 40], [30, 40, 220], [250, 250, 250], [128, 128, 128]];
const GROUND: [u8; 3] = [70, 60, 50];

/// Picture of a number: fields of colour above, and below a light square that goes to the right.
fn drawn(number: u32) -> RgbImage {
    let field = WIDTH / COLOURS.len() as u32;
    RgbImage::from_fn(WIDTH, HEIGHT, |x, y| match y {
        0..120 => Rgb(COLOURS[(x / field) as usize]),
        130..170 if (number * 6..number * 6 + 20).contains(&x) => Rgb([240, 240, 240]),
        _ => Rgb(GROUND),
    })
}

/// Where the square is, as a number of the picture.
fn number(picture: &RgbImage) -> f64 {
    let y = picture.height() * 150 / HEIGHT;
    let light: Vec<_> = (0..picture.width()).filter(|x| picture.get_pixel(*x, y).0[2] > 180).collect();
    assert!(light.len() > 10, "the square is {} wide", light.len());
    let scale = f64::from(WIDTH) / f64::from(picture.width());
    (f64::from(light[0] + light[light.len() - 1]) / 2.0 * scale - 9.5) / 6.0
}

fn encode(name: &str, matrix: &str, range: &str, codec: &[&str], folder: &Path) -> FilmFile {
    let made = folder.join(name);
    let scale = format!("scale=out_color_matrix={matrix}:out_range={range},format=yuv420p");
    let space = if matrix == "bt601" { "smpte170m" } else { "bt709" };
    let mut command = Command::new("ffmpeg");
    command.args(["-loglevel", "error", "-y", "-f", "rawvideo", "-pix_fmt", "rgb24", "-s"]);
    command.args([&format!("{WIDTH}x{HEIGHT}"), "-r", &RATE.to_string(), "-i", "-", "-vf", &scale]);
    command.args(["-colorspace", space, "-color_primaries", space, "-color_trc", space, "-color_range", range]);
    let mut encoder = command.args(codec).arg(&made).stdin(Stdio::piped()).spawn().expect("run ffmpeg");
    let mut input = encoder.stdin.take().unwrap();
    (0..PICTURES).for_each(|number| input.write_all(drawn(number).as_raw()).unwrap());
    drop(input);
    assert!(encoder.wait().unwrap().success());
    let bytes = fs::read(&made).unwrap();
    let sha256 = hex::encode(&Sha256::digest(&bytes));
    fs::rename(made, folder.join(&sha256)).unwrap();
    let poster = Some(poster(folder));
    FilmFile { sha256, length: bytes.len() as u64, width: WIDTH, height: HEIGHT, millis: 2_000, poster }
}

/// What is shown while the film is not.
fn poster(folder: &Path) -> Picture {
    let file = folder.join("poster.png");
    RgbImage::from_pixel(WIDTH, HEIGHT, Rgb([200, 0, 200])).save(&file).unwrap();
    let bytes = fs::read(&file).unwrap();
    let sha256 = hex::encode(&Sha256::digest(&bytes));
    fs::rename(file, folder.join(&sha256)).unwrap();
    let (length, width, height) = (bytes.len() as u64, WIDTH, HEIGHT);
    Picture { sha256, length, width, height, alt: String::new(), focus: Default::default() }
}

fn programme(film: &FilmFile, fit: &str) -> Programme {
    let slide = Slide::Film(Film { film: Some(film.clone()), fit: fit.into(), ..Film::default() });
    let entry = Entry { id: "film".into(), millis: 60_000, when: Schedule::default(), slide };
    let playlist = Playlist { anchor: SINCE, entries: vec![entry], ..Playlist::default() };
    let look = Look {
        name: "Museum".into(),
        handle: "museum".into(),
        address: String::new(),
        accent: "#336699".into(),
        background: "#000000".into(),
        logo: None,
    };
    Programme {
        account: "a".into(),
        id: "p".into(),
        version: 1,
        issued_at: SINCE,
        active_at: 0,
        zone: Zone::default(),
        language: "en".into(),
        look,
        plans: vec![Plan {
            regions: vec![Region { name: "main".into(), area: Area::WHOLE, playlist }],
            ..Plan::default()
        }],
        alerts: Vec::new(),
        media: Vec::new(),
    }
}

fn shot(programme: &Programme, at: i64, (size, rotation): (&str, &str), motion: &str, folder: &Path) -> RgbImage {
    let (file, out) = (folder.join("programme.json"), folder.join("out.png"));
    fs::write(&file, serde_json::to_vec(programme).unwrap()).unwrap();
    let mut command = Command::new(program("litfass-kiosk"));
    command.args(["shot", "--at", &at.to_string(), "--window", size, "--rotate", rotation, "--motion", motion]);
    command.arg("--out").arg(&out).arg("--programme").arg(&file).arg("--media").arg(folder).arg("--data").arg(folder);
    command.env_remove("WAYLAND_DISPLAY").env_remove("DISPLAY").env("XDG_CACHE_HOME", target().join("kiosk-cache"));
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && !said.contains("WARN"), "{said}");
    image::open(out).unwrap().into_rgb8()
}

/// The largest difference in the middle of the fields of colour.
fn off_colour(picture: &RgbImage) -> u8 {
    let (across, y) = (picture.width() / COLOURS.len() as u32, picture.height() / 3);
    let fields = (0_u32..).zip(COLOURS);
    let off = fields.flat_map(|(n, colour)| {
        let seen = picture.get_pixel(n * across + across / 2, y).0;
        seen.into_iter().zip(colour).map(|(seen, meant)| seen.abs_diff(meant))
    });
    off.max().unwrap()
}

#[test]
fn a_film_shows_its_picture_of_the_instant_in_its_colours() {
    if !at_hand(Part::Vulkan) || !at_hand(Part::Films) {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let h264 = ["-c:v", "libx264", "-preset", "veryfast", "-crf", "12", "-f", "mp4"];
    let vp9 = ["-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-b:v", "4M", "-f", "webm"];
    for (matrix, range, codec, millis, expected) in [
        ("bt709", "tv", &h264[..], 1_010, 25.0),
        ("bt601", "tv", &vp9[..], 59_210, 30.0),
        ("bt601", "pc", &h264[..], 10, 0.0),
    ] {
        let film = encode("film", matrix, range, codec, folder.path());
        let picture = shot(&programme(&film, "fill"), SINCE + millis, ("640x360", "0"), "full", folder.path());

        let name = format!("{matrix} {range} {}", codec[1]);
        assert!((number(&picture) - expected).abs() < 0.5, "{name}: {} for {expected}", number(&picture));
        assert!(off_colour(&picture) <= 6, "{name}: off by {}", off_colour(&picture));
    }

    let film = encode("film", "bt709", "tv", &h264, folder.path());
    for (size, rotation) in [("360x640", "90"), ("640x360", "180"), ("360x640", "270")] {
        let turned = shot(&programme(&film, "whole"), SINCE + 410, (size, rotation), "full", folder.path());
        let flat = match rotation {
            "90" => imageops::rotate270(&turned),
            "180" => imageops::rotate180(&turned),
            _ => imageops::rotate90(&turned),
        };
        assert!((number(&flat) - 10.0).abs() < 0.5 && off_colour(&flat) <= 6, "{rotation}: {}", number(&flat));
    }

    let still = shot(&programme(&film, "whole"), SINCE + 410, ("640x360", "0"), "still", folder.path());
    assert_eq!(still.get_pixel(320, 180).0, [200, 0, 200], "where everything keeps still, the poster is shown");
}
