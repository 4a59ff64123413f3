//! What a kiosk is told: a TOML file, the environment and flags, in rising order.

mod layer;
mod values;

use std::{
    ffi::OsString,
    fs, io,
    path::{Path, PathBuf},
};

use clap::{Parser, Subcommand};
use layer::Layer;
pub use values::{Language, Motion, Rotation, Size};

/// Where the file is looked for when nobody names one.
const USUAL_FILE: &str = "/etc/litfass/kiosk.toml";

/// Everything a kiosk is told, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Address of the controller, ending in `/`.
    pub controller: url::Url,
    /// Folder with everything the kiosk keeps.
    pub data: PathBuf,
    /// Size of a window; the whole display without it.
    pub window: Option<Size>,
    /// How the display hangs; wins over what the owner says in the dashboard.
    pub rotation: Option<Rotation>,
    /// Whether things move.
    pub motion: Motion,
    /// Draws off screen, with no display.
    pub headless: bool,
    /// File with certificates (PEM) of an own authority, trusted beside the public ones.
    pub ca: Option<PathBuf>,
    /// Language until the controller names one.
    pub language: Language,
    /// What to do.
    pub action: Action,
}

/// What to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Play until told to stop.
    Play,
    /// Draw one frame of the cached programme.
    Shot(Shot),
}

/// One frame of the cached programme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shot {
    /// The instant, in milliseconds since 1970; now without it.
    pub at: Option<i64>,
    /// Where the picture (PNG) goes; several get a number before the ending of their name.
    pub out: PathBuf,
    /// How many pictures, one after the other.
    pub frames: u32,
    /// So many milliseconds apart.
    pub every: u32,
    /// A bare programme (JSON) instead of the cached one, for previews and tests.
    pub programme: Option<PathBuf>,
    /// Folder with its pictures, named by their hash.
    pub media: Option<PathBuf>,
    /// The pairing screen with this code and address, instead of a programme.
    pub pairing: Option<(String, String)>,
    /// The fault screen for the fault of this name, instead of a programme.
    pub fault: Option<String>,
    /// The screen before there is any programme, instead of one.
    pub before: Option<Before>,
}

/// What a display waits for before its first programme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Before {
    /// Its controller.
    Starting,
    /// Its programme, once it is paired.
    Loading,
}

/// Why there are no settings.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Flags that cannot be read, or a wish for help: `clap` prints it and ends.
    #[error("{0}")]
    Usage(#[from] clap::Error),
    /// A file that cannot be read.
    #[error("read settings {path}: {cause}")]
    File {
        /// Which file.
        path: PathBuf,
        /// Why.
        cause: String,
    },
    /// A value that cannot be used.
    #[error("{name}: {problem}")]
    Value {
        /// Name of the setting.
        name: &'static str,
        /// What to do about it.
        problem: String,
    },
}

const MORE: &str = "Each setting can also stand in the settings file, under the name of its flag (window = \"1280x720\"), or in the \
environment (LITFASS_KIOSK_CONTROLLER, LITFASS_KIOSK_DATA, …); a flag counts more than the environment, and that more \
than the file. RUST_LOG filters the log.";

/// Shows a signed programme on a display.
#[derive(Debug, Parser)]
#[command(name = "litfass-kiosk", version, about, long_about = None, after_help = MORE)]
struct Arguments {
    #[command(flatten)]
    layer: Layer,
    /// Settings file [default: /etc/litfass/kiosk.toml, where there is one]
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Draw one frame of the cached programme as PNG
    Shot {
        /// Instant, as 2026-05-01T12:00:00Z or milliseconds since 1970 [default: now]
        #[arg(long, value_name = "TIME", value_parser = values::instant)]
        at: Option<i64>,
        /// Where the picture goes
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
        /// So many pictures one after the other, numbered
        #[arg(long, value_name = "NUMBER", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=10_000))]
        frames: u32,
        /// Time between two of them, in milliseconds
        #[arg(long, value_name = "MILLISECONDS", default_value_t = 40, value_parser = clap::value_parser!(u32).range(1..=3_600_000))]
        every: u32,
        /// A bare programme (JSON) instead of the cached one
        #[arg(long, value_name = "FILE")]
        programme: Option<PathBuf>,
        /// Folder with its pictures, named by their SHA-256
        #[arg(long, value_name = "DIR")]
        media: Option<PathBuf>,
        /// The pairing screen with this code, instead of a programme
        #[arg(long, requires = "address", conflicts_with_all = ["programme", "fault"])]
        code: Option<String>,
        /// What the QR code of the pairing screen carries
        #[arg(long, value_name = "URL", requires = "code")]
        address: Option<String>,
        /// The fault screen for this fault, instead of a programme
        #[arg(long, value_name = "NAME", conflicts_with = "programme")]
        fault: Option<String>,
        /// The screen before there is any programme
        #[arg(long, value_name = "STATE", conflicts_with_all = ["programme", "fault", "code"])]
        before: Option<Before>,
    },
}

impl Settings {
    /// Reads the flags, the environment and the file of this process.
    pub fn of_process() -> Result<Self, Error> {
        Self::read(std::env::args_os(), |name| std::env::var_os(name), |path| fs::read_to_string(path))
    }

    /// Puts together flags, environment and file; the last two come as functions.
    pub fn read(
        arguments: impl IntoIterator<Item = OsString>,
        environment: impl Fn(&str) -> Option<OsString>,
        file: impl Fn(&Path) -> io::Result<String>,
    ) -> Result<Self, Error> {
        let arguments = Arguments::try_parse_from(arguments)?;
        let named = arguments.config.or_else(|| Some(environment("LITFASS_KIOSK_CONFIG")?.into()));
        let path = named.clone().unwrap_or_else(|| USUAL_FILE.into());
        let lowest = match file(&path) {
            Ok(text) => Layer::of_file(&text).map_err(|cause| Error::File { path, cause })?,
            Err(e) if e.kind() == io::ErrorKind::NotFound && named.is_none() => Layer::default(),
            Err(e) => return Err(Error::File { path, cause: e.to_string() }),
        };
        let layer = arguments.layer.over(Layer::of_environment(&environment)?).over(lowest);
        let action = match arguments.command {
            None => Action::Play,
            Some(Command::Shot { at, out, frames, every, programme, media, code, address, fault, before }) => {
                let pairing = code.zip(address);
                Action::Shot(Shot { at, out, frames, every, programme, media, pairing, fault, before })
            }
        };
        Ok(Self {
            controller: controller(layer.controller, &action)?,
            data: layer
                .data
                .or_else(|| usual_data(&environment))
                .ok_or_else(|| Error::Value { name: "data", problem: "name a folder with --data DIR".to_owned() })?,
            window: layer.window,
            rotation: layer.rotate,
            motion: layer.motion.unwrap_or_default(),
            headless: layer.headless.unwrap_or(false),
            ca: layer.ca,
            language: layer.language.unwrap_or_else(|| usual_language(&environment)),
            action,
        })
    }
}

/// A `shot` needs no controller; the address stands for none.
fn controller(named: Option<url::Url>, action: &Action) -> Result<url::Url, Error> {
    match (named, action) {
        (Some(url), _) => Ok(url),
        (None, Action::Shot(_)) => values::controller("http://localhost").map_err(missing_controller),
        (None, Action::Play) => Err(missing_controller("name it with --controller URL".to_owned())),
    }
}

fn missing_controller(problem: String) -> Error {
    Error::Value { name: "controller", problem }
}

/// systemd's state directory, else the user's place for data.
fn usual_data(environment: impl Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
    let folder = |name| environment(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    folder("STATE_DIRECTORY")
        .or_else(|| Some(folder("XDG_DATA_HOME")?.join("litfass-kiosk")))
        .or_else(|| Some(folder("HOME")?.join(".local/share/litfass-kiosk")))
}

fn usual_language(environment: impl Fn(&str) -> Option<OsString>) -> Language {
    let german = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .iter()
        .find_map(|name| environment(name).filter(|value| !value.is_empty()))
        .is_some_and(|value| value.to_string_lossy().starts_with("de"));
    if german { Language::German } else { Language::English }
}

#[cfg(test)]
mod tests {
    use std::{collections::HashMap, io};

    use super::{Action, Error, Language, Motion, Settings, Size};

    fn read(flags: &str, environment: &[(&str, &str)], file: Option<&str>) -> Result<Settings, Error> {
        let map: HashMap<_, _> = environment.iter().copied().collect();
        Settings::read(
            std::iter::once("litfass-kiosk").chain(flags.split_whitespace()).map(Into::into),
            |name| map.get(name).map(Into::into),
            |_| file.map(str::to_owned).ok_or_else(|| io::ErrorKind::NotFound.into()),
        )
    }

    #[test]
    fn flags_win_over_the_environment_and_that_over_the_file() {
        let file =
            "controller = 'http://file.example'\nwindow = '100x200'\nrotate = 90\nlanguage = 'de'\nmotion = 'still'";
        let environment =
            [("LITFASS_KIOSK_CONTROLLER", "http://env.example"), ("LITFASS_KIOSK_WINDOW", "300x400"), ("HOME", "/h")];

        let settings = read("--controller https://flag.example:8/x", &environment, Some(file)).unwrap();

        assert_eq!(settings.controller.as_str(), "https://flag.example:8/x/");
        assert_eq!(settings.window, Some(Size { width: 300, height: 400 }));
        assert_eq!(settings.rotation.map(u16::from), Some(90));
        assert_eq!((settings.language, settings.headless), (Language::German, false));
        assert_eq!(settings.motion, Motion::Still);
        assert_eq!(settings.data.to_str(), Some("/h/.local/share/litfass-kiosk"));
    }

    #[test]
    fn a_shot_takes_the_same_flags_and_needs_no_controller() {
        let settings = read("shot --at 1970-01-01T00:00:02Z --out a.png --data /d --headless", &[], None).unwrap();

        let Action::Shot(shot) = settings.action else { panic!("{settings:?}") };
        assert_eq!((shot.at, shot.out.to_str()), (Some(2_000), Some("a.png")));
        assert!(settings.headless && settings.data.to_str() == Some("/d"));
    }

    #[test]
    fn what_cannot_be_used_is_named() {
        for (flags, environment, file, word) in [
            ("--data d", ("A", "b"), None, "controller"),
            ("--data d --controller ftp://x", ("A", "b"), None, "http"),
            ("--data d --controller http://me:pass@x", ("A", "b"), None, "password"),
            ("--data d --controller http://x --window 0x5", ("A", "b"), None, "window"),
            ("--data d --controller http://x", ("LITFASS_KIOSK_ROTATE", "45"), None, "LITFASS_KIOSK_ROTATE"),
            ("--data d --controller http://x", ("LITFASS_KIOSK_MOTION", "fast"), None, "auto, full or still"),
            ("--data d --controller http://x", ("A", "b"), Some("colour = 3"), "colour"),
            ("--data d --controller http://x", ("A", "b"), Some("language = 'xx'"), "language"),
            ("--data d --controller http://x --config gone.toml", ("A", "b"), None, "gone.toml"),
            ("--controller http://x", ("A", "b"), None, "--data"),
        ] {
            let error = read(flags, &[environment], file).unwrap_err().to_string();
            assert!(error.contains(word), "{flags}: {error}");
        }
    }
}
