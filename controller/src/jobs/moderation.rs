//! Applies rules of moderation to posts that are shown already.

use std::time::Duration;

use super::backlog::Backlog;
use crate::{
    app::{App, Change},
    features::moderation,
};

const BACKLOG: Backlog =
    Backlog::new("apply rules of moderation", Duration::from_secs(10), |change| matches!(change, Change::Rules { .. }));

/// Starts the job; it ends when the app is told to stop.
pub(super) fn start(app: &App) {
    BACKLOG.start(app, |app| async move { moderation::apply_next(&app).await });
}
