//! What kiosk and controller say to each other. Unknown words are skipped by both.

use serde::{Deserialize, Serialize};

/// Body of `POST /screens/v1/pairing`: sent again every few seconds until paired.
/// The request is signed like every other (see [`request_document`]) with the key it names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PairingRequest {
    /// Ed25519 public key made on the kiosk, hexadecimal.
    pub public_key: String,
    /// Size of the display in pixels.
    pub width: u32,
    /// Size of the display in pixels.
    pub height: u32,
    /// Version of the kiosk.
    pub version: String,
}

/// Answer to a [`PairingRequest`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum PairingAnswer {
    /// Show this code and ask again.
    Waiting {
        /// What the owner types: eight letters and digits that cannot be confused, as `ABCD-2345`.
        code: String,
        /// When the code ends, in milliseconds since 1970.
        expires_at: i64,
        /// Address that the QR code carries; opens the dashboard with the code filled in.
        address: String,
    },
    /// The owner has typed the code.
    Paired(Paired),
    /// A word this version does not know.
    #[serde(other)]
    Unknown,
}

/// What a kiosk keeps for ever: who it belongs to and whose signature counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paired {
    /// Id of the account.
    pub account: String,
    /// The account's Ed25519 public key, hexadecimal: pinned now.
    pub account_key: String,
    /// Id of the programme it follows.
    pub programme: String,
    /// What is this screen's own.
    pub screen: Screen,
}

/// The small document of one screen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Screen {
    /// Id in the controller.
    pub id: String,
    /// Name the owner gave it.
    pub name: String,
    /// Turned clockwise by 0, 90, 180 or 270 degrees.
    #[serde(default)]
    pub rotation: u16,
    /// Language of the words a kiosk says by itself (`de`, `en`).
    pub language: String,
    /// What the owner calls it besides its name; alerts choose screens by these.
    #[serde(default)]
    pub tags: Vec<String>,
    /// Id of the programme it follows; empty in what older controllers say, and then it stays as it is.
    #[serde(default)]
    pub programme: String,
}

/// Controller to kiosk, as JSON text messages on `GET /screens/v1/link`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "say", rename_all = "snake_case")]
pub enum Down {
    /// There is a programme of this version; fetch it if yours is older.
    Programme {
        /// Id of the programme.
        id: String,
        /// Its version.
        version: u64,
    },
    /// Show this version from an instant on; all screens that have it are told the same instant. Who hears nothing
    /// shows it from [`crate::programme::Programme::active_at`] on.
    Activate {
        /// Id of the programme.
        id: String,
        /// Its version.
        version: u64,
        /// In milliseconds since 1970, by the controller's clock.
        at: i64,
    },
    /// The screen's own document changed.
    Screen(Screen),
    /// Send a picture of what is on, by `POST /screens/v1/report`.
    Picture,
    /// This screen no longer belongs to the account: forget everything, pair anew.
    Revoked,
    /// The controller goes away; come back after this long (plus your own jitter).
    Goodbye {
        /// Milliseconds to wait.
        return_after: u64,
    },
    /// Answer to [`Up::Time`].
    Time {
        /// The kiosk's clock when it asked.
        asked: i64,
        /// The controller's clock when it answered, in milliseconds since 1970.
        now: i64,
    },
    /// A word this version does not know.
    #[serde(other)]
    Unknown,
}

/// Kiosk to controller on the same link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "say", rename_all = "snake_case")]
pub enum Up {
    /// How it is; at every change and every half minute.
    Report(Report),
    /// This version is here, whole and verified, and can be shown.
    Ready {
        /// Id of the programme.
        id: String,
        /// Its version.
        version: u64,
    },
    /// What time is it?
    Time {
        /// The kiosk's clock, in milliseconds since 1970.
        asked: i64,
    },
    /// A word this version does not know.
    #[serde(other)]
    Unknown,
}

/// How a screen is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// What the display shows.
    pub state: State,
    /// Version of the programme that is on; 0 for none.
    pub version: u64,
    /// What is on, region by region.
    #[serde(default)]
    pub on: Vec<OnNow>,
    /// When the last frame was presented, in milliseconds since 1970; 0 for never.
    pub presented_at: i64,
    /// Frames presented since the start.
    pub frames: u64,
    /// Size of the display in pixels, as seen by the content (after rotation).
    pub width: u32,
    /// Size of the display in pixels, as seen by the content (after rotation).
    pub height: u32,
    /// Name of the graphics adapter.
    #[serde(default)]
    pub adapter: String,
    /// Whether it keeps still, because it draws on the CPU or is told to.
    #[serde(default)]
    pub still: bool,
    /// How long after its planned instant the last slide was first presented, in milliseconds.
    #[serde(default)]
    pub late_millis: Option<i64>,
    /// What is wrong, newest last, at most ten.
    #[serde(default)]
    pub faults: Vec<Fault>,
    /// Version of the kiosk.
    #[serde(default)]
    pub kiosk: String,
}

/// What a display shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// A code to be typed.
    Pairing,
    /// Paired, the first programme is on its way.
    #[default]
    Loading,
    /// The programme.
    Playing,
    /// A programme with nothing to show.
    Waiting,
    /// Words that say what is wrong.
    Fault,
    /// A word this version does not know.
    #[serde(other)]
    Unknown,
}

/// The entry that is on in a region.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OnNow {
    /// Name of the region.
    pub region: String,
    /// Id of the playlist entry.
    pub entry: String,
    /// When the programme says it begins, in milliseconds since 1970.
    #[serde(default)]
    pub since: i64,
    /// When its first frame was presented, in milliseconds since 1970.
    pub presented_at: i64,
}

/// Something that went wrong, by a stable name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// Stable name, also the translation key: `disk_full`, `signature`, `rollback`, `hash`, `clock`, `unreachable`, `picture`,
    /// `film`.
    pub name: String,
    /// For the operator: what was tried on what.
    pub detail: String,
    /// When, in milliseconds since 1970.
    pub at: i64,
}

/// Header that carries a kiosk's proof of who it is:
/// `authorization: Litfass key=<public key>,time=<millis>,signature=<hex>`.
pub const SCHEME: &str = "Litfass";

/// How far a signed request's time may be off, in milliseconds. A controller that
/// refuses one answers 401 with its own time (see [`Refused`]), and the kiosk corrects itself.
pub const REQUEST_WINDOW_MILLIS: i64 = 60_000;

/// What a kiosk signs for one request (purpose [`crate::envelope::REQUEST`]).
pub fn request_document(method: &str, path: &str, time: i64) -> String {
    format!("{method}\n{path}\n{time}")
}

/// Body of a refusal (401, 403, 404, 429) on the kiosk's addresses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    /// `time` (the clock is off: see `now`), `signature`, `unknown_screen`, `revoked`, `too_many`.
    pub reason: String,
    /// The controller's clock, in milliseconds since 1970.
    pub now: i64,
}
