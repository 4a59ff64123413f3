//! What the link tells the display.

use std::sync::Arc;

use shared::{
    programme::Programme,
    protocol::{Fault, Screen},
};

/// One piece of news. At the start nothing is told that `Library::last` already
/// answers: a kiosk that is paired and has a programme plays it before any news.
#[derive(Clone, Debug, PartialEq)]
pub enum News {
    /// Not paired: show this code.
    Pairing {
        /// What the owner types, as `ABCD-2345`.
        code: String,
        /// What the QR code carries.
        address: String,
        /// When the code ends, in milliseconds since 1970 of the controller's clock.
        expires_at: i64,
    },
    /// The owner has typed the code, or it had been typed before the start.
    Paired(Screen),
    /// The first programme, or its pictures, are on their way.
    Loading,
    /// Verified, and all its media are on disk: to be shown from its `active_at` on, or as [`News::Activate`] says. The
    /// same version comes again when a picture that was missing has arrived.
    Programme(Arc<Programme>),
    /// All screens that have this version show it from an instant on, in milliseconds since 1970 of the controller's clock.
    Activate {
        /// The version.
        version: u64,
        /// The instant.
        at: i64,
    },
    /// The screen's own document changed.
    Screen(Screen),
    /// Take a picture of what is on and give it to `Link::picture`.
    PictureWanted,
    /// The screen was removed: everything is wiped, a new code is on its way.
    Unpaired,
    /// Something is wrong; what plays goes on playing.
    Fault(Fault),
    /// The fault of this name is over.
    Cleared(String),
    /// End with this exit code: the system asked for it (0), or the link broke (1).
    Stop(u8),
}
