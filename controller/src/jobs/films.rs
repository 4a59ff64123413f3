//! Prepares films, one at a time: those that were sent first.

use std::time::Duration;

use super::backlog::Backlog;
use crate::{
    app::{App, Change},
    features::media,
};

const BACKLOG: Backlog = Backlog {
    // A film is much work to be done over and over.
    after_failure: Duration::from_secs(60),
    ..Backlog::new("prepare a film", Duration::from_secs(10), |change| matches!(change, Change::Film))
};

/// Starts the job; it ends when the app is told to stop.
pub(super) fn start(app: &App) {
    BACKLOG.start(app, |app| async move { media::prepare_next(&app).await });
}
