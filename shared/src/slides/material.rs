//! What the controller finds out for slides: a slide says what it wants, and turns what came into what is shown.

use serde::{Deserialize, Serialize};

use super::{Picture, Post};

/// What a slide wants to know.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Want {
    /// Posts of the stage that are shown.
    Posts {
        /// Id of a topic they must belong to; empty for all.
        topic: String,
        /// At most so many.
        count: usize,
        /// Published within so many days; 0 for any time.
        days: i64,
        /// Only those with a picture.
        pictured: bool,
    },
    /// What is to come in a calendar (RFC 5545) at an address.
    Events {
        /// Where the calendar is.
        address: String,
        /// At most so many.
        count: usize,
    },
    /// The weather at a place, by its name.
    Weather {
        /// Name of the place.
        place: String,
    },
    /// A picture of a web page.
    Page {
        /// Address of the page.
        address: String,
        /// How old the picture may be, in minutes.
        minutes: i64,
    },
}

/// What was found out; empty where nothing was wanted or found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Material {
    /// Pinned ones, then the newest first.
    pub posts: Vec<Post>,
    /// Soonest first.
    pub events: Vec<Event>,
    /// The weather.
    pub weather: Option<Outlook>,
    /// A picture of the page.
    pub page: Option<Picture>,
}

/// Something that takes place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// What.
    pub title: String,
    /// Where; may be empty.
    #[serde(default)]
    pub place: String,
    /// When it begins, in milliseconds since 1970; local midnight for whole days.
    pub from: i64,
    /// When it ends, in milliseconds since 1970, not included.
    pub until: i64,
    /// Whether it takes whole days.
    #[serde(default)]
    pub whole_days: bool,
}

/// Weather now and on the days to come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outlook {
    /// Name of the place.
    pub place: String,
    /// Tenths of a degree Celsius now.
    pub tenths: i32,
    /// What the sky does now.
    pub sky: Sky,
    /// Whether it is day there.
    #[serde(default)]
    pub day: bool,
    /// Today and the days after.
    pub days: Vec<Day>,
    /// When this was said, in milliseconds since 1970.
    pub said_at: i64,
    /// Who said it; must be shown.
    pub credit: String,
}

/// The weather of a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Day {
    /// The date.
    pub date: crate::programme::Date,
    /// Tenths of a degree Celsius.
    pub low_tenths: i32,
    /// Tenths of a degree Celsius.
    pub high_tenths: i32,
    /// What the sky does.
    pub sky: Sky,
    /// Probability of rain or snow, in percent.
    #[serde(default)]
    pub wet_percent: Option<u8>,
}

/// What the sky does, as coarse as it is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sky {
    /// Clear.
    Clear,
    /// Some clouds.
    Fair,
    /// Clouds.
    #[default]
    Cloudy,
    /// Fog.
    Fog,
    /// Drizzle or showers.
    Drizzle,
    /// Rain.
    Rain,
    /// Snow.
    Snow,
    /// Thunderstorm.
    Thunder,
}
