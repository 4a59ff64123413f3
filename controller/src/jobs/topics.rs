//! Sorts old posts under topics after a rule was edited.

use std::time::Duration;

use super::backlog::Backlog;
use crate::{
    app::{App, Change},
    features::topics,
};

const BACKLOG: Backlog =
    Backlog::new("sort posts under topics", Duration::from_secs(10), |change| matches!(change, Change::Topics { .. }));

/// Starts the job; it ends when the app is told to stop.
pub(super) fn start(app: &App) {
    BACKLOG.start(app, |app| async move { topics::sort_next(&app).await });
}
