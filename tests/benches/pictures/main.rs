//! `make bench`: sizes of photographs, ours beside libvips, which is what is taken for the fastest there is.
//!
//! The same files, the same widths, the same codec: progressive JPEG of one quality, colours at half the size, tables made
//! to measure, scaled with the same kernel. libvips makes one size for all photographs in one call, and decodes each at a
//! fraction of its size where that will do; both keep to one thread. What is compared is processor time.
#![expect(clippy::expect_used, clippy::print_stdout, reason = "a figure that cannot be measured must not be printed")]

mod photo;

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use harness::{children_secs, processor_secs};
use pictures::{Limits, Picture, render};

/// Most of libvips' processor time that is ours.
const LIMIT: f64 = 1.0;
/// Photographs of these sizes, in pixels: two telephones, a camera, a website.
const SIZES: [(u32, u32); 4] = [(4032, 3024), (3024, 4032), (6000, 4000), (1920, 1280)];
/// Each is made so often, from different seeds.
const EACH: u32 = 2;
/// So often all of it is measured; the least counts, because everything else on a machine only adds.
const ROUNDS: usize = 3;
/// The quality of our JPEG.
const QUALITY: u8 = 82;

fn main() {
    // `cargo test --benches` and clippy only want to know that it builds.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let photos: Vec<PathBuf> = (0..EACH)
        .flat_map(|seed| SIZES.map(|size| (size, seed)))
        .map(|(size, seed)| {
            let path = folder.path().join(format!("{}x{}-{seed}.jpg", size.0, size.1));
            std::fs::write(&path, photo::jpeg(size, seed)).expect("write a photograph");
            path
        })
        .collect();
    let megabytes = photos.iter().map(|path| std::fs::metadata(path).map_or(0, |found| found.len())).sum::<u64>();
    let files: Vec<Vec<u8>> = photos.iter().map(|path| std::fs::read(path).expect("a photograph")).collect();

    let (mut ours, mut theirs, mut made) = (f64::INFINITY, f64::INFINITY, Vec::new());
    for _ in 0..ROUNDS {
        let before = processor_secs(std::process::id());
        made = files.iter().map(|file| render(file, &Limits::default()).expect("a picture")).collect();
        ours = ours.min(processor_secs(std::process::id()) - before);
        let before = children_secs();
        with_vips(&photos, &made, folder.path());
        theirs = theirs.min(children_secs() - before);
    }

    let sizes: usize = made.iter().map(|picture| picture.renditions.len()).sum();
    let bytes = |files: &[u64]| files.iter().sum::<u64>() as f64 / 1e6;
    let our_bytes: Vec<u64> =
        made.iter().flat_map(|picture| &picture.renditions).map(|file| file.bytes.len() as u64).collect();
    println!("\n{} photographs ({:.1} MB) in {sizes} sizes", photos.len(), megabytes as f64 / 1e6);
    println!("{:<44}{:>12}{:>12}{:>8}{:>8}", "", "Litfass", "libvips", "ratio", "limit");
    println!("{:<44}{ours:>12.2}{theirs:>12.2}{:>8.2}{LIMIT:>8.2}", "processor, s", ours / theirs);
    println!("{:<44}{:>12.2}{:>12.2}", "files, MB", bytes(&our_bytes), bytes(&lengths(folder.path())));
}

/// Makes the same sizes with libvips: one call for each width, for the photographs that have it.
fn with_vips(photos: &[PathBuf], made: &[Picture], below: &Path) {
    let mut widths: Vec<u32> = made.iter().flat_map(|picture| &picture.renditions).map(|file| file.width).collect();
    widths.sort_unstable();
    widths.dedup();
    for width in widths {
        let has = |picture: &Picture| picture.renditions.iter().any(|file| file.width == width);
        let wanted = photos.iter().zip(made).filter(|(_, picture)| has(picture)).map(|(path, _)| path);
        let place = below.join(format!("vips-{width}"));
        std::fs::create_dir_all(&place).expect("a folder");
        let form = format!("{}/%s.jpg[Q={QUALITY},interlace,optimize-coding,strip]", place.display());
        let done = Command::new("vipsthumbnail")
            // As wide as this, however high: what stands upright is not fitted into a square.
            .args(["--size", &format!("{width}x100000"), "--output", &form])
            .args(wanted)
            .env("VIPS_CONCURRENCY", "1")
            .status();
        assert!(done.is_ok_and(|status| status.success()), "vipsthumbnail failed; `make bench` installs it");
    }
}

/// Lengths of the files that libvips made.
fn lengths(below: &Path) -> Vec<u64> {
    let folders = std::fs::read_dir(below).into_iter().flatten().flatten().map(|entry| entry.path());
    let made = folders.filter(|path| path.is_dir()).flat_map(std::fs::read_dir).flatten().flatten();
    made.filter_map(|file| Some(file.metadata().ok()?.len())).collect()
}
