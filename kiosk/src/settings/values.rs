//! Values of settings, each checked where it is read.

use std::{fmt::Display, str::FromStr};

use serde::{Deserialize, Deserializer, de::Error as _};
use url::Url;

/// Width and height in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// From left to right.
    pub width: u32,
    /// From top to bottom.
    pub height: u32,
}

/// Largest side of a window: what graphics adapters can be counted on to draw.
const LONGEST_SIDE: u32 = 8_192;

impl FromStr for Size {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let side = |t: &str| t.parse().ok().filter(|side| (1..=LONGEST_SIDE).contains(side));
        text.split_once('x')
            .and_then(|(width, height)| Some(Self { width: side(width)?, height: side(height)? }))
            .ok_or_else(|| format!("`{text}` is no size of a window; say 1280x720"))
    }
}

/// Turned clockwise by a quarter, a half or three quarters, or not at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rotation(u16);

impl From<Rotation> for u16 {
    /// In degrees.
    fn from(rotation: Rotation) -> Self {
        rotation.0
    }
}

impl FromStr for Rotation {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.parse() {
            Ok(degrees @ (0 | 90 | 180 | 270)) => Ok(Self(degrees)),
            _ => Err(format!("`{text}` is no rotation; say 0, 90, 180 or 270")),
        }
    }
}

/// A language the kiosk speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// `de`
    German,
    /// `en`
    #[default]
    English,
}

impl Language {
    /// Its tag: `de` or `en`.
    pub fn tag(self) -> &'static str {
        match self {
            Self::German => "de",
            Self::English => "en",
        }
    }
}

impl FromStr for Language {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "de" => Ok(Self::German),
            "en" => Ok(Self::English),
            _ => Err(format!("no language `{text}`; say de or en")),
        }
    }
}

/// Whether things move: cross-fades, running text, film.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Motion {
    /// Where there is a graphics processor.
    #[default]
    Auto,
    /// Always.
    Full,
    /// Never.
    Still,
}

impl FromStr for Motion {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "auto" => Ok(Self::Auto),
            "full" => Ok(Self::Full),
            "still" => Ok(Self::Still),
            _ => Err(format!("`{text}` is no way to move; say auto, full or still")),
        }
    }
}

/// Reads the controller's address; the answer ends in `/`, so that paths can be joined to it.
pub(super) fn controller(text: &str) -> Result<Url, String> {
    let mut url: Url = text.parse().map_err(|_| format!("`{text}` is no address; say https://wall.example"))?;
    if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none() {
        return Err("the address begins with https:// (or http://)".to_owned());
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("leave name and password out of the address; the kiosk has a key of its own".to_owned());
    }
    url.set_query(None);
    url.set_fragment(None);
    if !url.path().ends_with('/') {
        url.set_path(&format!("{}/", url.path()));
    }
    Ok(url)
}

/// Reads an instant: RFC 3339, or milliseconds since 1970.
pub(super) fn instant(text: &str) -> Result<i64, String> {
    text.parse()
        .or_else(|_| text.parse::<jiff::Timestamp>().map(jiff::Timestamp::as_millisecond))
        .map_err(|_| format!("`{text}` is no instant; say 2026-05-01T12:00:00Z"))
}

/// Reads a switch of the environment.
pub(super) fn switch(text: &str) -> Result<bool, String> {
    match text {
        "1" | "true" | "yes" => Ok(true),
        "" | "0" | "false" | "no" => Ok(false),
        _ => Err(format!("`{text}` is no switch; say true or false")),
    }
}

/// A word or a number of a settings file, before it is read as a value.
#[derive(Deserialize)]
#[serde(untagged)]
enum Plain {
    Word(String),
    Number(i64),
}

impl Display for Plain {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Word(word) => word.fmt(f),
            Self::Number(number) => number.fmt(f),
        }
    }
}

/// Reads a value of a settings file by the same rule as a flag.
pub(super) fn parsed<'de, D: Deserializer<'de>, T: FromStr<Err = String>>(from: D) -> Result<Option<T>, D::Error> {
    Plain::deserialize(from)?.to_string().parse().map(Some).map_err(D::Error::custom)
}

/// The same for the controller's address.
pub(super) fn parsed_with_controller<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Url>, D::Error> {
    controller(&String::deserialize(from)?).map(Some).map_err(D::Error::custom)
}
