//! A film as a drawing names it.

use crate::stage::frame::Frame;

/// A film that goes round and round in a part of the display.
#[derive(Clone, Debug)]
pub struct Film {
    /// Where it stands.
    pub frame: Frame,
    /// What of the picture is seen, in parts of one.
    pub crop: Frame,
    /// Which run of which film; a drawing that names the same one again does not start it anew.
    pub run: Run,
    /// An instant at which it was at its beginning, in milliseconds since 1970.
    pub anchor: i64,
    /// When it is on, in the same.
    pub since: i64,
    /// How long it is, in milliseconds; 0 where nobody knows.
    pub millis: u64,
}

/// A film in a place, and where in its round it is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Run {
    /// Region and entry.
    pub place: String,
    /// Which file.
    pub sha256: String,
    /// Where in its round it is at the beginning of 1970: the same for rounds that follow each other without a jump.
    pub phase: i64,
    /// Whether it is heard.
    pub sound: bool,
}

/// Round after round looks the same.
impl PartialEq for Film {
    fn eq(&self, other: &Self) -> bool {
        (self.frame, self.crop, &self.run, self.millis) == (other.frame, other.crop, &other.run, other.millis)
    }
}
