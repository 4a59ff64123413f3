//! What the clock sets off.

mod media;

use crate::app::App;

/// Starts every job; they end when the app is told to stop.
pub fn start(app: &App) {
    media::start(app);
}
