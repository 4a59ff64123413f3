//! A virtual display and pictures of what is on it.

use std::{
    fs::File,
    os::unix::fs::FileExt,
    path::Path,
    process::{Command, Stdio},
    time::Duration,
};

use image::RgbaImage;
use tempfile::TempDir;

use crate::{Process, parts::in_path, waiting::wait_blocking};

/// An X server without a monitor, of one size.
pub struct Display {
    _server: Process,
    /// What programs get as `DISPLAY`.
    pub name: String,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Where the server keeps its pixels, as an X window dump.
    glass: File,
    _folder: TempDir,
}

impl Display {
    /// Starts a display that nobody else has.
    pub fn new(width: u32, height: u32) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let number = folder.path().join("number");
        // A shell, because the number of the display goes to a file descriptor of its own.
        let script = "exec Xvfb -displayfd 3 -screen 0 \"$1\" -fbdir \"$3\" -nolisten tcp 3>\"$2\"";
        let mut command = Command::new("sh");
        command.args(["-c", script, "sh", &format!("{width}x{height}x24")]).arg(&number).arg(folder.path());
        let server = Process::start("Xvfb", &mut command);
        let name = wait_blocking(Duration::from_secs(20), "Xvfb names its display", || {
            let text = std::fs::read_to_string(&number).map_err(|e| e.to_string())?;
            if text.ends_with('\n') { Ok(format!(":{}", text.trim())) } else { Err(text) }
        });
        let glass = File::open(folder.path().join("Xvfb_screen0")).expect("the display's pixels");
        Self { _server: server, name, width, height, glass, _folder: folder }
    }

    /// Reads some rows of pixels as they are at this moment, in a tenth of a millisecond: to see when something changes.
    pub fn rows(&self, first: u32, count: u32) -> Vec<u8> {
        // X Window Dump, version 7: numbers of four bytes, the highest first; then the colours, then the pixels.
        let field = |index: u64| {
            let mut number = [0; 4];
            self.glass.read_exact_at(&mut number, index * 4).expect("a header");
            u64::from(u32::from_be_bytes(number))
        };
        let (header, line, colours) = (field(0), field(12), field(19));
        let mut pixels = vec![0; usize::try_from(line).expect("a length") * count as usize];
        let start = header + colours * 12 + line * u64::from(first);
        self.glass.read_exact_at(&mut pixels, start).expect("pixels");
        pixels
    }

    /// Takes a picture of the whole display.
    pub fn picture(&self) -> RgbaImage {
        let output = Command::new(in_path("import").expect("ImageMagick's import"))
            .args(["-window", "root", "-silent", "png:-"])
            .env("DISPLAY", &self.name)
            .stderr(Stdio::piped())
            .output()
            .expect("run import");
        assert!(output.status.success(), "import: {}", String::from_utf8_lossy(&output.stderr));
        image::load_from_memory(&output.stdout).expect("a picture").to_rgba8()
    }

    /// Takes a picture and keeps it, for people to look at.
    pub fn keep_picture(&self, file: &Path) -> RgbaImage {
        let picture = self.picture();
        std::fs::create_dir_all(file.parent().expect("a folder")).expect("a folder for pictures");
        picture.save(file).expect("write a picture");
        picture
    }
}
