//! Films: examined, encoded anew, and looked at for flashes while they pass by.

use std::{
    ffi::OsStr,
    path::{Path, PathBuf},
    time::Duration,
};

use sha2::{Digest, Sha256};
use tokio::io::{AsyncRead, AsyncReadExt};

pub use super::probe::{Container, HEAD_BYTES};
use super::{
    child::{self, Failed, Leash, Limits},
    probe::Facts,
    recipe, workplace,
};
use crate::tools::pictures::flash::{FRAME_BYTES, Hazard, Watch};

/// Longest film, in seconds.
pub const LONGEST_SECS: u64 = 600;
/// Most pixels of a frame: what the largest cameras take.
const MOST_PIXELS: u64 = 8_192 * 4_320;
/// A film may end so much earlier than it says.
const MISSING_SECS: f64 = 2.0;
/// As much as ffprobe says, and as a picture is long.
const LONGEST_ANSWER: u64 = 1 << 20;
const LONGEST_PICTURE: u64 = 32 << 20;

const LOOKING: Limits =
    Limits { time: Duration::from_secs(30), processor_secs: 30, memory_bytes: 1 << 31, file_bytes: 0 };
const CONVERTING: Limits = Limits {
    time: Duration::from_secs(2 * 3_600),
    processor_secs: 4 * 3_600,
    memory_bytes: 4 << 30,
    file_bytes: shared::programme::LONGEST_MEDIUM,
};

/// Why a film is not shown.
#[derive(Debug, PartialEq, thiserror::Error)]
pub enum Refusal {
    /// Nothing we know, or without a picture.
    #[error("not a film of a known type")]
    Type,
    /// It cannot be read to its end.
    #[error("broken")]
    Broken,
    /// Longer than [`LONGEST_SECS`].
    #[error("too long")]
    Long,
    /// Its frames are too large.
    #[error("too many pixels")]
    Pixels,
    /// It takes more time or room than there is.
    #[error("too much work")]
    Costly,
    /// It flashes too often.
    #[error("flashes from second {} on", .0.at_millis / 1_000)]
    Flashes(Hazard),
    /// Something failed that only the operator can mend.
    #[error("{0}")]
    Internal(String),
}

impl From<std::io::Error> for Refusal {
    fn from(error: std::io::Error) -> Self {
        Self::Internal(format!("prepare a film: {error}"))
    }
}

impl From<Failed> for Refusal {
    fn from(failed: Failed) -> Self {
        match failed {
            Failed::Io(error) => error.into(),
            Failed::Slow | Failed::Heavy => Self::Costly,
            // Ended for its time on the processor, or for the length of its file.
            Failed::GaveUp(said) if ["signal: 24", "signal: 25"].iter().any(|end| said.starts_with(end)) => {
                Self::Costly
            }
            Failed::GaveUp(said) => {
                tracing::debug!("a converter gave up: {said}");
                Self::Broken
            }
        }
    }
}

/// A film that was encoded anew, beside its picture; the file goes with this value.
#[derive(Debug)]
pub struct Converted {
    /// Where it lies.
    pub file: PathBuf,
    /// SHA-256 of it, hexadecimal.
    pub sha256: String,
    /// Its length in bytes.
    pub length: u64,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// How long it runs.
    pub millis: u64,
    /// Its first frame that is not black, as PNG.
    pub poster: Vec<u8>,
    _folder: tempfile::TempDir,
}

/// The programs that prepare films.
#[derive(Clone, Debug)]
pub struct Films {
    pub(super) leash: Leash,
    pub(super) ffmpeg: PathBuf,
    pub(super) ffprobe: PathBuf,
}

impl Films {
    /// Encodes a film anew, working below a folder; tells how many percent are done.
    pub async fn convert(
        &self,
        film: &Path,
        container: Container,
        below: &Path,
        mut done: impl FnMut(u8),
    ) -> Result<Converted, Refusal> {
        let (folder, place) = workplace(below)?;
        let facts = self.probe(film, container.demuxer(), &place).await?;
        let (width, height) = facts.size;
        if u64::from(width) * u64::from(height) > MOST_PIXELS {
            return Err(Refusal::Pixels);
        }
        if facts.seconds.is_some_and(|seconds| seconds > LONGEST_SECS as f64 + 0.5) {
            return Err(Refusal::Long);
        }
        let file = place.join("film.mp4");
        let seen_at = self.encode(film, container, &facts, &file, &mut done).await?;
        let new = self.probe(&file, "mov", &place).await?;
        let seconds = new.seconds.unwrap_or_default();
        if seconds > LONGEST_SECS as f64 + 0.5 {
            return Err(Refusal::Long);
        }
        if seconds <= 0.0 || facts.seconds.is_some_and(|stated| seconds + MISSING_SECS.max(stated * 0.05) < stated) {
            return Err(Refusal::Broken);
        }
        if new.codec != "h264" || new.pixels != "yuv420p" {
            return Err(Refusal::Internal(format!("prepare a film: ffmpeg made {} {}", new.codec, new.pixels)));
        }
        let poster = self.poster(&file, seen_at, &place).await?;
        let (sha256, length) = fingerprint(&file).await?;
        Ok(Converted {
            file,
            sha256,
            length,
            width: new.size.0,
            height: new.size.1,
            millis: (seconds * 1_000.0).round() as u64,
            poster,
            _folder: folder,
        })
    }

    async fn probe(&self, film: &Path, demuxer: &str, folder: &Path) -> Result<Facts, Refusal> {
        let mut arguments: Vec<&OsStr> = ["-v", "error"].map(OsStr::new).to_vec();
        let (demuxer, address) = (input(demuxer), address(film));
        arguments.extend(demuxer.iter().map(OsStr::new));
        arguments.extend(["-show_streams", "-show_format", "-of", "json", "-i"].map(OsStr::new));
        arguments.push(&address);
        let output = self.leash.output(&self.ffprobe, &arguments, &LOOKING, folder, LONGEST_ANSWER).await?;
        Facts::read(&output).ok_or(Refusal::Type)
    }

    /// Encodes the film; says from which second on it is not black.
    async fn encode(
        &self,
        film: &Path,
        container: Container,
        facts: &Facts,
        to: &Path,
        done: &mut impl FnMut(u8),
    ) -> Result<f64, Refusal> {
        let folder = to.parent().unwrap_or(Path::new("/"));
        let threads = std::thread::available_parallelism().map_or(1, usize::from).min(4).to_string();
        let longest = (LONGEST_SECS + 2).to_string();
        let mut command = self.leash.command(&self.ffmpeg, &CONVERTING, folder);
        command
            .args(["-nostdin", "-hide_banner", "-nostats", "-loglevel", "error", "-y"])
            .args(["-max_pixels", &MOST_PIXELS.to_string(), "-threads", &threads])
            .args(input(container.demuxer()))
            .args(["-t", &longest, "-i"])
            .arg(address(film))
            .args(["-filter_complex_threads", "1", "-filter_complex", &recipe::filters(facts)])
            .args(recipe::encoding(facts))
            .args(["-threads", &threads])
            .arg(address(to))
            .args(["-map", "[small]", "-c:v", "rawvideo", "-f", "rawvideo", "pipe:1"]);
        let mut child = command.spawn()?;
        let said = child::listen(child.stderr.take());
        let Some(mut frames) = child.stdout.take() else { return Err(Refusal::Broken) };
        let (over, under) = recipe::rate(facts.rate);
        let mut watch = Watch::new(f64::from(over) / f64::from(under));
        let whole = facts.seconds.unwrap_or(LONGEST_SECS as f64) * f64::from(over) / f64::from(under);
        let work = async {
            let mut frame = vec![0; FRAME_BYTES];
            while next(&mut frames, &mut frame).await? {
                // Whoever leaves here ends the child with it.
                if let Some(hazard) = watch.look(&frame) {
                    return Err(Refusal::Flashes(hazard));
                }
                done((f64::from(watch.frames()) / whole.max(1.0) * 100.0).clamp(0.0, 99.0) as u8);
            }
            Ok(child::end(&mut child, said).await?)
        };
        tokio::time::timeout(CONVERTING.time, work).await.unwrap_or(Err(Refusal::Costly))?;
        Ok(watch.first_seen_secs())
    }

    async fn poster(&self, film: &Path, at: f64, folder: &Path) -> Result<Vec<u8>, Refusal> {
        let (input, address, at) = (input("mov"), address(film), format!("{at:.3}"));
        let mut arguments: Vec<&OsStr> =
            ["-nostdin", "-hide_banner", "-loglevel", "error", "-threads", "1", "-ss", &at].map(OsStr::new).to_vec();
        arguments.extend(input.iter().map(OsStr::new));
        arguments.push(OsStr::new("-i"));
        arguments.push(&address);
        arguments.extend("-map 0:v:0 -frames:v 1 -c:v png -f image2pipe pipe:1".split(' ').map(OsStr::new));
        Ok(self.leash.output(&self.ffmpeg, &arguments, &LOOKING, folder, LONGEST_PICTURE).await?)
    }
}

/// What stands before every film that is read: its demuxer and no other, files and nothing else.
fn input(demuxer: &str) -> [String; 6] {
    ["-protocol_whitelist", "file", "-format_whitelist", demuxer, "-f", demuxer].map(str::to_owned)
}

/// The address of a file: never an option, never another protocol.
fn address(file: &Path) -> std::ffi::OsString {
    let mut address = std::ffi::OsString::from("file:");
    address.push(file);
    address
}

/// Reads the next frame; `false` at the end. Half a frame at the end is none.
async fn next(from: &mut (impl AsyncRead + Unpin), frame: &mut [u8]) -> std::io::Result<bool> {
    match from.read_exact(frame).await {
        Ok(_) => Ok(true),
        Err(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => Ok(false),
        Err(error) => Err(error),
    }
}

/// SHA-256 and length of a file.
async fn fingerprint(file: &Path) -> std::io::Result<(String, u64)> {
    let file = file.to_owned();
    let work = move || {
        let (mut file, mut hasher, mut piece) = (std::fs::File::open(file)?, Sha256::new(), vec![0; 1 << 20]);
        let mut length = 0;
        loop {
            let count = std::io::Read::read(&mut file, &mut piece)?;
            if count == 0 {
                return Ok((shared::hex::encode(&hasher.finalize()), length));
            }
            hasher.update(&piece[..count]);
            length += count as u64;
        }
    };
    tokio::task::spawn_blocking(work).await.map_err(std::io::Error::other)?
}
