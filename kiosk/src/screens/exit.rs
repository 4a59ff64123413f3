//! How the program ends, for systemd and for scripts.

use std::process::ExitCode;

/// Exit codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// It was told to stop, or the picture is drawn.
    Done = 0,
    /// Something broke; a restart helps. Also when the link's thread died.
    Broken = 1,
    /// Flags, environment or file say something that cannot be used. A restart does not help.
    Usage = 2,
    /// No Vulkan driver: one must be installed.
    NoDriver = 3,
    /// No display to be reached: neither Wayland nor X11.
    NoDisplay = 4,
    /// The graphics device was lost while drawing; a restart helps.
    DeviceLost = 5,
    /// There is nothing to draw: `shot` without a programme in the cache.
    Nothing = 6,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}
