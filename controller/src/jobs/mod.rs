//! What the clock sets off. One more job is one file and one line.

mod imports;
mod media;
mod sessions;

use crate::app::App;

/// Starts every job; they end when the app is told to stop.
pub fn start(app: &App) {
    imports::start(app);
    media::start(app);
    sessions::start(app);
}
