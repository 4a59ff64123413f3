//! Looks for copies among posts that nobody has looked at: old ones, and those of which something went wrong at first.

use std::time::Duration;

use super::backlog::Backlog;
use crate::{
    app::{App, Change},
    features::merging,
};

const BACKLOG: Backlog = Backlog {
    // Posts that come are looked at as they come.
    after_news: Duration::from_secs(2),
    ..Backlog::new("look for copies of posts", Duration::from_secs(30), |change| matches!(change, Change::Posts { .. }))
};

/// Starts the job; it ends when the app is told to stop.
pub(super) fn start(app: &App) {
    BACKLOG.start(app, |app| async move { merging::look_next(&app).await });
}
