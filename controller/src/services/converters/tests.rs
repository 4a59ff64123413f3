//! Which converters are found, and that none outlives who started it.

use std::{path::Path, time::Duration};

use super::{Converters, child::Limits};

const HEIF: (&str, &str) = ("libheif-examples", "HEIC and AVIF pictures");

#[test]
fn what_is_not_installed_is_missing_and_named() {
    let folder = tempfile::tempdir().unwrap();
    let none = Converters::find(folder.path().as_os_str());
    assert!(none.films().is_none() && none.documents().is_none());
    assert_eq!(none.missing(), [("ffmpeg", "films"), ("poppler-utils", "documents"), HEIF]);

    for name in ["setpriv", "nice", "prlimit", "pdfinfo", "pdftoppm", "ffmpeg"] {
        std::os::unix::fs::symlink("/bin/true", folder.path().join(name)).unwrap();
    }
    std::fs::write(folder.path().join("ffprobe"), "no program").unwrap();
    let some = Converters::find(folder.path().as_os_str());
    assert_eq!(some.missing(), [("ffmpeg", "films"), HEIF]);
    assert!(Converters::find(std::ffi::OsStr::new("here:./there")).documents().is_none());
}

#[test]
fn whatever_hangs_ends_with_who_started_it() {
    let found = Converters::find(&std::env::var_os("PATH").unwrap());
    let leash = found.web_pictures().unwrap().leash.clone();
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().to_owned();
    let started = std::thread::spawn(move || {
        let limits =
            Limits { time: Duration::from_secs(60), processor_secs: 60, memory_bytes: 1 << 30, file_bytes: 1 << 20 };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let _inside = runtime.enter();
        let child = leash.command(Path::new("/bin/sleep"), &limits, &place).arg("60").spawn().unwrap();
        let id = child.id().unwrap();
        // Until the last of the programs in a row is the one that was meant.
        let called = || std::fs::read_to_string(format!("/proc/{id}/comm")).unwrap();
        while called().trim() != "sleep" {
            std::thread::sleep(Duration::from_millis(10));
        }
        // As when the controller is killed: nothing is tidied up.
        std::mem::forget(child);
        id
    });
    let id = started.join().unwrap();
    let lives = || std::fs::read_to_string(format!("/proc/{id}/stat")).is_ok_and(|stat| !stat.contains(") Z "));
    for _ in 0..200 {
        if !lives() {
            return;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    panic!("{id} still runs");
}
