//! Reading answers that may be endless or take for ever.

use std::time::Duration;

use reqwest::Response;
use tokio::time::{Instant, timeout_at};

use super::{failure::Failure, tempo::SLOWEST};
use crate::library::Refusal;

/// Watches over the speed of one download.
pub(super) struct Pace {
    window: Duration,
    end: Instant,
    bytes: u64,
}

impl Pace {
    /// Begins now.
    pub(super) fn new(window: Duration) -> Self {
        Self { window, end: Instant::now() + window, bytes: 0 }
    }

    /// Waits for the next part; `None` at the end.
    pub(super) async fn next(&mut self, what: &str, response: &mut Response) -> Result<Option<Vec<u8>>, Failure> {
        loop {
            if Instant::now() >= self.end {
                self.turn(what)?;
            }
            match timeout_at(self.end, response.chunk()).await {
                Ok(Ok(Some(part))) => {
                    self.bytes += part.len() as u64;
                    return Ok(Some(part.into()));
                }
                Ok(Ok(None)) => return Ok(None),
                Ok(Err(error)) => return Err(Failure::of_connection(what, &error)),
                Err(_) => {}
            }
        }
    }

    fn turn(&mut self, what: &str) -> Result<(), Failure> {
        let seconds = self.window.as_secs_f64();
        if (self.bytes as f64) < SLOWEST as f64 * seconds {
            return Err(Failure::Slow(format!("{what}: {} bytes in {seconds:.0} s", self.bytes)));
        }
        self.bytes = 0;
        self.end = Instant::now() + self.window;
        Ok(())
    }
}

/// Reads a whole answer of at most so many bytes.
pub(super) async fn body(what: &str, mut response: Response, most: usize, slow: Duration) -> Result<Vec<u8>, Failure> {
    let too_long = || Failure::Bad(Refusal::Oversized(format!("{what}: longer than {most} bytes")));
    if response.content_length().is_some_and(|length| length > most as u64) {
        return Err(too_long());
    }
    let mut pace = Pace::new(slow);
    let mut body = Vec::new();
    while let Some(part) = pace.next(what, &mut response).await? {
        if body.len() + part.len() > most {
            return Err(too_long());
        }
        body.extend_from_slice(&part);
    }
    Ok(body)
}
