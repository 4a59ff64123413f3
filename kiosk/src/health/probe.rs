//! The probe: a Unix socket that answers each connection with one line of JSON.

use std::{fs, io, io::Write, os::unix::net::UnixListener, path::Path, thread, time::Duration};

use super::Health;

/// A looker-on who does not read is left.
const LONGEST_WRITE: Duration = Duration::from_secs(1);

/// Listens until the process ends.
pub(super) fn listen(path: &Path, health: Health) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => return Err(e),
        _ => {}
    }
    let listener = UnixListener::bind(path)?;
    thread::Builder::new().name("probe".to_owned()).spawn(move || {
        for stream in listener.incoming() {
            let answer = || -> io::Result<()> {
                let mut stream = stream?;
                stream.set_write_timeout(Some(LONGEST_WRITE))?;
                let mut line = serde_json::to_vec(&health.report())?;
                line.push(b'\n');
                stream.write_all(&line)
            };
            if let Err(error) = answer() {
                tracing::debug!("answer on the probe: {error}");
            }
        }
    })?;
    Ok(())
}
