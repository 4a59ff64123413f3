//! How often a stranger may try something.

use std::{num::NonZeroU32, time::Duration};

use crate::tools::{attempts::Attempts, clock::Clock};

/// Limits on what can be tried without being logged in, or by programs. Kept in memory only.
#[derive(Clone)]
pub struct Limits {
    /// Log-ins from one address.
    pub log_ins_from: Attempts,
    /// Log-ins with one mail address from one address.
    pub log_ins_as_from: Attempts,
    /// Log-ins with one mail address from anywhere: high enough that nobody is locked out lightly.
    pub log_ins_as: Attempts,
    /// Registrations from one address.
    pub registrations_from: Attempts,
    /// Requests of programs with one token.
    pub api_tokens: Attempts,
    /// Requests for what one stage shows, whoever asks: high enough for every page that shows its widget.
    pub api_reads: Attempts,
}

impl Limits {
    /// The limits, by this clock.
    pub fn new(clock: &Clock) -> Self {
        let often = |at_once: u32, pause_millis: u64| {
            let at_once = NonZeroU32::new(at_once).unwrap_or(NonZeroU32::MIN);
            Attempts::new(at_once, Duration::from_millis(pause_millis), clock.clone())
        };
        let limit = |at_once: u32, pause_secs: u64| {
            let at_once = NonZeroU32::new(at_once).unwrap_or(NonZeroU32::MIN);
            Attempts::new(at_once, Duration::from_secs(pause_secs), clock.clone())
        };
        Self {
            log_ins_from: limit(30, 10),
            log_ins_as_from: limit(8, 30),
            log_ins_as: limit(100, 30),
            registrations_from: limit(20, 60),
            api_tokens: often(600, 100),
            api_reads: often(5_000, 2),
        }
    }
}
