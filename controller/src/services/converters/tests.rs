//! Which converters are found.

use super::Converters;

const HEIF: (&str, &str) = ("libheif-examples", "HEIC and AVIF pictures");

#[test]
fn what_is_not_installed_is_missing_and_named() {
    let folder = tempfile::tempdir().unwrap();
    let none = Converters::find(folder.path().as_os_str());
    assert!(none.films().is_none() && none.documents().is_none());
    assert_eq!(none.missing(), [("ffmpeg", "films"), ("poppler-utils", "documents"), HEIF]);

    for name in ["nice", "prlimit", "pdfinfo", "pdftoppm", "ffmpeg"] {
        std::os::unix::fs::symlink("/bin/true", folder.path().join(name)).unwrap();
    }
    std::fs::write(folder.path().join("ffprobe"), "no program").unwrap();
    let some = Converters::find(folder.path().as_os_str());
    assert_eq!(some.missing(), [("ffmpeg", "films"), HEIF]);
    assert!(Converters::find(std::ffi::OsStr::new("here:./there")).documents().is_none());
}
