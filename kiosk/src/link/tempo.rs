//! How long everything may take, in one place; tests go faster.

use std::time::Duration;

/// Times of the link.
#[derive(Clone, Copy, Debug)]
pub struct Tempo {
    /// Between two questions for the pairing.
    pub pairing: Duration,
    /// For a connection, with its TLS and WebSocket handshakes.
    pub connect: Duration,
    /// For the first line of an answer.
    pub answer: Duration,
    /// First and longest wait after failures; both are the upper end of a random wait.
    pub back_off: (Duration, Duration),
    /// A link that held so long did not fail when it ends.
    pub steady: Duration,
    /// Between two questions for the time, by which both sides know that the other is there.
    pub ping: Duration,
    /// After so long without a word the link is dead.
    pub dead: Duration,
    /// Between two reports when nothing changes.
    pub report: Duration,
    /// Between two looks at the programme while the link holds, in case a hint got lost.
    pub poll: Duration,
    /// The same while there is no link.
    pub poll_unlinked: Duration,
    /// Hints are followed at most this often, after a first few.
    pub hint: Duration,
    /// For the first picture of a new version: a display that is busy with something else is not waited for any longer, or it
    /// would keep the others from what is new.
    pub drawing: Duration,
    /// In each such time a download must bring [`SLOWEST`] bytes a second.
    pub slow: Duration,
}

/// Below this many bytes a second a server is left.
pub(super) const SLOWEST: u64 = 4 * 1_024;

impl Default for Tempo {
    fn default() -> Self {
        Self {
            pairing: Duration::from_secs(2),
            connect: Duration::from_secs(10),
            answer: Duration::from_secs(20),
            back_off: (Duration::from_secs(1), Duration::from_secs(60)),
            steady: Duration::from_secs(30),
            ping: Duration::from_secs(15),
            dead: Duration::from_secs(45),
            report: Duration::from_secs(30),
            poll: Duration::from_secs(300),
            poll_unlinked: Duration::from_secs(60),
            hint: Duration::from_secs(2),
            drawing: Duration::from_millis(300),
            slow: Duration::from_secs(60),
        }
    }
}
