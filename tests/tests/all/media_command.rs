//! `litfass media`: what an upload would give; and the files that tests of pictures are made of.

use std::{
    io::Cursor,
    path::{Path, PathBuf},
};

use harness::{Part, at_hand, program};
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};

use crate::uploads::{make, pdf};

pub(crate) fn jpeg(width: u32, height: u32, shade: u8) -> Vec<u8> {
    let image = RgbImage::from_fn(width, height, |x, y| Rgb([shade, (x % 256) as u8, (y % 256) as u8]));
    let mut file = Cursor::new(Vec::new());
    DynamicImage::from(image).write_to(&mut file, ImageFormat::Jpeg).unwrap();
    file.into_inner()
}

/// A PNG that says it is fifty thousand pixels wide and high.
pub(crate) fn bomb() -> Vec<u8> {
    let mut file = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
    file.extend([50_000_u32.to_be_bytes(), 50_000_u32.to_be_bytes()].concat());
    file.extend(b"\x08\x06\0\0\0\0\0\0\0\0\0\0\x08IDAT\0\0\0\0\0\0\0\0\0\0\0\0");
    file
}

/// A picture as telephones and newer programs save it.
pub(crate) fn heif(name: &str, folder: &Path) -> Vec<u8> {
    let png = folder.join("flag.png");
    image::RgbImage::from_fn(320, 160, |x, _| image::Rgb(if x < 160 { [200, 0, 0] } else { [0, 0, 200] }))
        .save(&png)
        .unwrap();
    let file = folder.join(name);
    let done =
        std::process::Command::new("heif-enc").args(["-q", "80"]).arg(&png).arg("-o").arg(&file).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    std::fs::read(file).unwrap()
}

/// A picture whose camera says that it lies on its side, beside what the format itself says.
pub(crate) fn heif_turned_by_exif(folder: &Path) -> Vec<u8> {
    let exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    let plain = jpeg(128, 32, 9);
    let turned = [&plain[..2], b"\xff\xe1", &length, exif, &plain[2..]].concat();
    let (from, to) = (folder.join("turned.jpg"), folder.join("turned.heic"));
    std::fs::write(&from, turned).unwrap();
    let done = std::process::Command::new("heif-enc").arg(&from).arg("-o").arg(&to).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    std::fs::read(to).unwrap()
}

/// The same flag, and that it is to be turned by a quarter against the clock, as the format says it (ISO/IEC 23008-12,
/// `irot`): that takes the place of a box of the same length that nobody misses.
pub(crate) fn heif_turned_by_itself(folder: &Path) -> Vec<u8> {
    let mut file = heif("flag.heic", folder);
    let at = file.windows(4).position(|window| window == b"pixi").unwrap();
    file[at..at + 5].copy_from_slice(b"irot\x01");
    file
}

/// Files below a folder, whatever their names.
pub(crate) fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut todo = vec![folder.to_owned()];
    while let Some(folder) = todo.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { todo.push(path) } else { found.push(path) }
        }
    }
    found
}

#[test]
fn the_command_tells_what_an_upload_would_give_within_bounded_memory() {
    let folder = tempfile::tempdir().unwrap();
    let cases = [("good.jpg", jpeg(800, 600, 12)), ("bomb.png", bomb()), ("empty.png", Vec::new())];
    for (name, content) in &cases {
        std::fs::write(folder.path().join(name), content).unwrap();
    }

    let output = std::process::Command::new("sh")
        .args(["-c", "ulimit -v 1000000; exec \"$0\" media good.jpg bomb.png empty.png missing.png"])
        .arg(program("litfass"))
        .current_dir(&folder)
        .output()
        .unwrap();

    let text = String::from_utf8(output.stdout).unwrap();
    let lines: Vec<serde_json::Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 4, "{text}");
    assert_eq!(
        (&lines[0]["type"], &lines[0]["width"], &lines[0]["file"]),
        (&"image/jpeg".into(), &800.into(), &"good.jpg".into())
    );
    let widths: Vec<_> = lines[0]["renditions"].as_array().unwrap().iter().map(|r| r["width"].as_u64()).collect();
    assert_eq!(widths, [Some(160), Some(320), Some(640), Some(800)]);
    assert_eq!(lines[1]["refused"], "media.refused.side");
    assert!(lines[1]["message"].as_str().unwrap().contains("16,384"), "{}", lines[1]);
    assert_eq!(lines[2]["refused"], "media.refused.empty");
    assert_eq!(lines[3]["refused"], "media.refused.unread");
    assert_eq!(output.status.code(), Some(1), "a file could not be read");
    assert_eq!(files(folder.path()).len(), 3, "nothing is stored");
}

#[test]
fn the_command_tells_of_films_and_documents_too() {
    if !at_hand(Part::Films) || !at_hand(Part::Documents) {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let calm = "-f lavfi -i testsrc2=size=320x180:rate=25:duration=1 -c:v libx264";
    std::fs::write(folder.path().join("film.mp4"), make("film.mp4", calm)).unwrap();
    std::fs::write(folder.path().join("two.pdf"), pdf(2, "", "", "")).unwrap();
    std::fs::write(folder.path().join("half.pdf"), &pdf(2, "", "", "")[..200]).unwrap();

    let output = std::process::Command::new(program("litfass"))
        .args(["media", "film.mp4", "two.pdf", "half.pdf"])
        .current_dir(&folder)
        .output()
        .unwrap();

    let text = String::from_utf8(output.stdout).unwrap();
    let lines: Vec<serde_json::Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(
        (&lines[0]["type"], &lines[0]["width"], &lines[0]["millis"]),
        (&"video/mp4".into(), &320.into(), &1_000.into())
    );
    assert_eq!(lines[1]["pages"].as_array().unwrap().len(), 2, "{text}");
    assert_eq!(lines[1]["pages"][0]["width"], 3_840);
    assert_eq!(lines[2]["refused"], "media.document.broken");
    assert_eq!(files(folder.path()).len(), 3, "nothing is stored");
}

#[test]
fn the_command_tells_what_a_picture_of_a_telephone_would_give() {
    if !at_hand(Part::Heif) {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    heif("a.heic", folder.path());
    let run = |path: &str| {
        let output = std::process::Command::new(program("litfass"))
            .args(["media", "a.heic"])
            .current_dir(&folder)
            .env("PATH", path)
            .output()
            .unwrap();
        serde_json::from_slice::<serde_json::Value>(&output.stdout).unwrap()
    };

    let told = run("/usr/bin:/bin");
    assert_eq!((&told["type"], &told["width"]), (&"image/heif".into(), &320.into()), "{told}");
    assert_eq!(run("/nowhere")["refused"], "media.refused.missing");
}
