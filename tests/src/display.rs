//! A virtual display and pictures of what is on it.

use std::{
    path::Path,
    process::{Command, Stdio},
    time::Duration,
};

use image::RgbaImage;

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
}

impl Display {
    /// Starts a display that nobody else has.
    pub fn new(width: u32, height: u32) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let number = folder.path().join("number");
        // A shell, because the number of the display goes to a file descriptor of its own.
        let script = "exec Xvfb -displayfd 3 -screen 0 \"$1\" -nolisten tcp 3>\"$2\"";
        let mut command = Command::new("sh");
        command.args(["-c", script, "sh", &format!("{width}x{height}x24")]).arg(&number);
        let server = Process::start("Xvfb", &mut command);
        let name = wait_blocking(Duration::from_secs(20), "Xvfb names its display", || {
            let text = std::fs::read_to_string(&number).map_err(|e| e.to_string())?;
            if text.ends_with('\n') { Ok(format!(":{}", text.trim())) } else { Err(text) }
        });
        Self { _server: server, name, width, height }
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
