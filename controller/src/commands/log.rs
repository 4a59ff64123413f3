//! The log: to standard error, with nothing personal in it.

use std::io::IsTerminal;

use tracing_subscriber::{EnvFilter, fmt};

use crate::config::LogFormat;

/// Starts the log; `LITFASS_LOG` filters it (`info,controller::jobs=debug`).
pub(super) fn start(format: LogFormat) {
    let filter = EnvFilter::try_from_env("LITFASS_LOG").unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn"));
    // Without the last, a line that cannot be written is complained about where it cannot be written either, which panics:
    // whoever reads the log may go, and the work must go on.
    let mut log = fmt().with_env_filter(filter).with_writer(std::io::stderr).log_internal_errors(false);
    // A journal or a file has no colours.
    if !std::io::stderr().is_terminal() {
        log = log.with_ansi(false);
    }
    // A second start within one process (tests) keeps the first log.
    let _ = match format {
        LogFormat::Text => log.with_target(false).try_init(),
        LogFormat::Json => log.json().flatten_event(true).try_init(),
    };
}
