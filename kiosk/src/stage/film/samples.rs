//! Films whose every picture says which one it is, for tests.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// Pictures in a second.
pub(crate) const RATE: u32 = 25;
pub(crate) const WIDTH: u32 = 160;
pub(crate) const HEIGHT: u32 = 96;
/// Squares along the lower edge: the number of the picture, lowest digit first.
const SQUARE: u32 = 16;

/// What films are packed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    H264,
    Vp9,
}

/// Makes a film of so many pictures, light above and with its number below; `None` where `ffmpeg` is missing.
pub(crate) fn film(folder: &Path, form: Form, pictures: u32) -> Option<PathBuf> {
    let path = folder.join(if form == Form::H264 { format!("{pictures}.mp4") } else { format!("{pictures}.webm") });
    let mut command = Command::new("ffmpeg");
    command.args(["-loglevel", "error", "-y", "-f", "rawvideo", "-pix_fmt", "gray"]);
    command.args(["-s", &format!("{WIDTH}x{HEIGHT}"), "-r", &RATE.to_string(), "-i", "-", "-pix_fmt", "yuv420p"]);
    match form {
        Form::H264 => command.args(["-c:v", "libx264", "-preset", "veryfast", "-g", "50", "-movflags", "+faststart"]),
        Form::Vp9 => command.args(["-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-b:v", "1M"]),
    };
    let encoder = command.arg(&path).stdin(Stdio::piped()).spawn();
    let Ok(mut encoder) = encoder else {
        assert!(std::env::var_os("CI").is_none(), "ffmpeg is not on this machine: `make test` installs it");
        return None;
    };
    let mut input = encoder.stdin.take().unwrap();
    for number in 0..pictures {
        let point = |x: u32, y: u32| match y {
            y if y < HEIGHT - SQUARE => 200,
            _ if x / SQUARE < 10 && number >> (x / SQUARE) & 1 == 1 => 235_u8,
            _ => 16,
        };
        let points: Vec<_> = (0..HEIGHT).flat_map(|y| (0..WIDTH).map(move |x| point(x, y))).collect();
        input.write_all(&points).unwrap();
    }
    drop(input);
    assert!(encoder.wait().unwrap().success());
    Some(path)
}

/// Which picture it is, by the brightness of a point.
pub(crate) fn number(bright: impl Fn(u32, u32) -> u8) -> u32 {
    (0..10).filter(|digit| bright(digit * SQUARE + SQUARE / 2, HEIGHT - SQUARE / 2) > 128).map(|digit| 1 << digit).sum()
}

/// Files that cannot be played (to their end), with what is wrong with them.
pub(crate) fn broken(folder: &Path, [h264, vp9]: [&Path; 2]) -> Vec<(&'static str, PathBuf)> {
    let (bytes, other) = (fs::read(h264).unwrap(), fs::read(vp9).unwrap());
    let (half, stops) = (&bytes[..bytes.len() / 2], &other[..other.len() / 2]);
    let mut torn = bytes.clone();
    let length = torn.len();
    torn[length / 4..].fill(0);
    let junk: Vec<_> = bytes[..40].iter().copied().chain((0..9_999).map(|n: u32| (n * 37 % 251) as u8)).collect();
    let files: [(&str, &[u8]); 6] = [
        ("empty", b""),
        ("words", b"not a film at all"),
        ("junk", &junk),
        ("half", half),
        ("torn", &torn),
        ("stops in the middle", stops),
    ];
    let write = |(name, bytes): (&'static str, &[u8])| {
        let path = folder.join(name);
        fs::write(&path, bytes).unwrap();
        (name, path)
    };
    files.into_iter().map(write).collect()
}
