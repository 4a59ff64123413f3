//! Child processes on a leash: little time, memory and room, nothing inherited, no shell.

use std::{
    ffi::OsStr,
    path::{Path, PathBuf},
    process::Stdio,
    time::Duration,
};

use tokio::{
    io::{AsyncRead, AsyncReadExt},
    process::{Child, Command},
};

/// As much as is read of what a child complains about.
const COMPLAINTS: u64 = 4_096;

/// What puts a child on the leash.
#[derive(Clone, Debug)]
pub(super) struct Leash {
    pub(super) setpriv: PathBuf,
    pub(super) nice: PathBuf,
    pub(super) prlimit: PathBuf,
}

/// What a child may take.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// From start to end.
    pub(super) time: Duration,
    /// Of all its threads together, in seconds.
    pub(super) processor_secs: u64,
    /// Address space, in bytes.
    pub(super) memory_bytes: u64,
    /// Longest file it writes.
    pub(super) file_bytes: u64,
}

/// Why a child gave nothing.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failed {
    /// It could not be started or listened to.
    #[error("start a converter: {0}")]
    Io(#[from] std::io::Error),
    /// It took too long.
    #[error("a converter took too long")]
    Slow,
    /// It wrote more than it may.
    #[error("a converter wrote too much")]
    Heavy,
    /// It could not do it; what it said.
    #[error("a converter gave up")]
    GaveUp(String),
}

impl Leash {
    /// A program on the leash, in a folder of its own. It ends with the value that stands for it, and with the thread that
    /// starts it: where the controller is killed, nobody else would end what hangs.
    pub(super) fn command(&self, program: &Path, limits: &Limits, folder: &Path) -> Command {
        let mut command = Command::new(&self.setpriv);
        command
            .args(["--pdeathsig", "KILL"])
            .arg(&self.nice)
            .args(["-n", "15"])
            .arg(&self.prlimit)
            .arg(format!("--as={}", limits.memory_bytes))
            .arg(format!("--cpu={}", limits.processor_secs))
            .arg(format!("--fsize={}", limits.file_bytes))
            .args(["--core=0", "--nofile=128", "--"])
            .arg(program)
            .env_clear()
            .env("PATH", "/usr/bin:/bin")
            .env("HOME", folder)
            .env("TMPDIR", folder)
            .env("LC_ALL", "C.UTF-8")
            // An arena for each thread would use up the address space.
            .env("MALLOC_ARENA_MAX", "2")
            .current_dir(folder)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true);
        command
    }

    /// Runs a program and gives what it writes, of at most so many bytes.
    pub(super) async fn output(
        &self,
        program: &Path,
        arguments: &[&OsStr],
        limits: &Limits,
        folder: &Path,
        most: u64,
    ) -> Result<Vec<u8>, Failed> {
        let mut child = self.command(program, limits, folder).args(arguments).spawn()?;
        let said = listen(child.stderr.take());
        let Some(output) = child.stdout.take() else { return Err(Failed::GaveUp(String::new())) };
        let mut bytes = Vec::new();
        let read = async {
            output.take(most + 1).read_to_end(&mut bytes).await?;
            if bytes.len() as u64 > most {
                return Err(Failed::Heavy);
            }
            end(&mut child, said).await.map(|()| bytes)
        };
        tokio::time::timeout(limits.time, read).await.unwrap_or(Err(Failed::Slow))
    }
}

/// What a child says, as far as it matters; the rest is read and forgotten, so that the child never waits.
pub(super) fn listen(from: Option<impl AsyncRead + Unpin + Send + 'static>) -> tokio::task::JoinHandle<String> {
    tokio::spawn(async move {
        let Some(mut from) = from else { return String::new() };
        let mut said = Vec::new();
        // A child that goes away in the middle has said enough.
        let _ = (&mut from).take(COMPLAINTS).read_to_end(&mut said).await;
        let _ = tokio::io::copy(&mut from, &mut tokio::io::sink()).await;
        String::from_utf8_lossy(&said).into_owned()
    })
}

/// Waits for a child's end.
pub(super) async fn end(child: &mut Child, said: tokio::task::JoinHandle<String>) -> Result<(), Failed> {
    let status = child.wait().await?;
    let said = said.await.unwrap_or_default();
    if status.success() { Ok(()) } else { Err(Failed::GaveUp(format!("{status}: {said}"))) }
}
