//! A kiosk as a display PC runs it: the real program with a cache of its own.

use std::{
    path::{Path, PathBuf},
    process::{Command, ExitStatus, Output},
    time::Duration,
};

use tempfile::TempDir;

use crate::{Display, Process, program, target};

/// A running `litfass-kiosk`; it ends, and its cache goes, with this value.
pub struct Kiosk {
    process: Process,
    data: TempDir,
    controller: String,
    place: Place,
}

/// Where it draws.
enum Place {
    Headless,
    Window { display: String, size: String },
}

impl Kiosk {
    /// Starts one that draws off screen.
    pub fn headless(controller: &str) -> Self {
        Self::with(controller, Place::Headless)
    }

    /// Starts one in a window that fills a display.
    pub fn on(display: &Display, controller: &str) -> Self {
        let size = format!("{}x{}", display.width, display.height);
        Self::with(controller, Place::Window { display: display.name.clone(), size })
    }

    fn with(controller: &str, place: Place) -> Self {
        let data = tempfile::tempdir().expect("a folder for the kiosk");
        let process = start(controller, data.path(), &place);
        Self { process, data, controller: controller.to_owned(), place }
    }

    /// Returns the folder it keeps its key, programme and media in.
    pub fn data(&self) -> &Path {
        self.data.path()
    }

    /// Returns everything it has logged since its last start.
    pub fn log(&self) -> String {
        self.process.log()
    }

    /// The process itself.
    pub fn process(&mut self) -> &mut Process {
        &mut self.process
    }

    /// Ends it as a power cut would.
    pub fn kill(&mut self) {
        self.process.kill();
    }

    /// Ends it as systemd would; returns how it ended.
    pub fn terminate(&mut self) -> ExitStatus {
        self.process.terminate(Duration::from_secs(20))
    }

    /// Starts it again on the same cache.
    pub fn start_again(&mut self) {
        self.process.kill();
        self.process = start(&self.controller, self.data.path(), &self.place);
    }

    /// Draws one frame of the cached programme into a file: `litfass-kiosk shot`.
    pub fn shot(&self, at: &str, file: &Path) -> Output {
        let mut command = command(&self.controller, self.data.path());
        command.args(["shot", "--at", at, "--out"]).arg(file).output().expect("run litfass-kiosk shot")
    }
}

fn command(controller: &str, data: &Path) -> Command {
    let mut command = Command::new(program("litfass-kiosk"));
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("LITFASS_")) {
        command.env_remove(name);
    }
    command.arg("--controller").arg(controller).arg("--data").arg(data);
    // Neither the display of whoever runs the tests nor its compositor; shaders compiled once for all tests.
    command.env_remove("WAYLAND_DISPLAY").env_remove("DISPLAY").env("XDG_CACHE_HOME", cache());
    command
}

fn start(controller: &str, data: &Path, place: &Place) -> Process {
    let mut command = command(controller, data);
    match place {
        Place::Headless => command.arg("--headless"),
        Place::Window { display, size } => command.arg("--window").arg(size).env("DISPLAY", display),
    };
    Process::start("litfass-kiosk", &mut command)
}

fn cache() -> PathBuf {
    target().join("kiosk-cache")
}
