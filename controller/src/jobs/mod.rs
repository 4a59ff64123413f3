//! What the clock sets off.

use crate::app::App;

/// Starts every job; they end when the app is told to stop.
pub fn start(_app: &App) {}
