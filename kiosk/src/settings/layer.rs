//! One source of settings: what it says, and what it leaves open.

use std::{ffi::OsString, path::PathBuf};

use clap::Args;
use serde::Deserialize;
use url::Url;

use super::{
    Error,
    values::{self, Language, Motion, Rotation, Size},
};

/// What one source says; flags carry the help text.
#[derive(Debug, Default, Args, Deserialize)]
#[command(next_help_heading = "Settings")]
#[serde(default, deny_unknown_fields)]
pub(super) struct Layer {
    /// Address of the controller
    #[arg(long, global = true, value_name = "URL", value_parser = values::controller)]
    #[serde(deserialize_with = "values::parsed_with_controller")]
    pub(super) controller: Option<Url>,
    /// Folder with everything the kiosk keeps [default: systemd's state folder, else ~/.local/share/litfass-kiosk]
    #[arg(long, global = true, value_name = "DIR")]
    pub(super) data: Option<PathBuf>,
    /// Play in a window of this size (1280x720) instead of on the whole display
    #[arg(long, global = true, value_name = "WxH")]
    #[serde(deserialize_with = "values::parsed")]
    pub(super) window: Option<Size>,
    /// How the display hangs, in degrees clockwise
    #[arg(long, global = true, value_name = "0/90/180/270")]
    #[serde(deserialize_with = "values::parsed")]
    pub(super) rotate: Option<Rotation>,
    /// Whether things move: cross-fades, running text, film; auto: where there is a graphics processor
    #[arg(long, global = true, value_name = "auto|full|still")]
    #[serde(deserialize_with = "values::parsed")]
    pub(super) motion: Option<Motion>,
    /// Draw off screen, with no display
    #[arg(long, global = true, num_args = 0, default_missing_value = "true")]
    pub(super) headless: Option<bool>,
    /// Certificates (PEM) of an own authority, trusted beside the public ones
    #[arg(long, global = true, value_name = "FILE")]
    pub(super) ca: Option<PathBuf>,
    /// Language until the controller names one
    #[arg(long, global = true, value_name = "de|en")]
    #[serde(deserialize_with = "values::parsed")]
    pub(super) language: Option<Language>,
}

impl Layer {
    /// What a settings file says.
    pub(super) fn of_file(text: &str) -> Result<Self, String> {
        toml::from_str(text).map_err(|e| e.to_string().trim_end().to_owned())
    }

    /// What the environment says, in `LITFASS_KIOSK_…`.
    pub(super) fn of_environment(environment: impl Fn(&str) -> Option<OsString>) -> Result<Self, Error> {
        let text = |name| environment(name).map(|value| value.to_string_lossy().into_owned());
        let value = |name| move |problem| Error::Value { name, problem };
        macro_rules! take {
            ($name:literal, $parse:expr) => {
                text($name).map(|t| $parse(t.trim())).transpose().map_err(value($name))?
            };
        }
        Ok(Self {
            controller: take!("LITFASS_KIOSK_CONTROLLER", values::controller),
            data: environment("LITFASS_KIOSK_DATA").map(PathBuf::from),
            window: take!("LITFASS_KIOSK_WINDOW", str::parse),
            rotate: take!("LITFASS_KIOSK_ROTATE", str::parse),
            motion: take!("LITFASS_KIOSK_MOTION", str::parse),
            headless: take!("LITFASS_KIOSK_HEADLESS", values::switch),
            ca: environment("LITFASS_KIOSK_CA").map(PathBuf::from),
            language: take!("LITFASS_KIOSK_LANGUAGE", str::parse),
        })
    }

    /// Fills what this one leaves open from a lower one.
    pub(super) fn over(self, lower: Self) -> Self {
        Self {
            controller: self.controller.or(lower.controller),
            data: self.data.or(lower.data),
            window: self.window.or(lower.window),
            rotate: self.rotate.or(lower.rotate),
            motion: self.motion.or(lower.motion),
            headless: self.headless.or(lower.headless),
            ca: self.ca.or(lower.ca),
            language: self.language.or(lower.language),
        }
    }
}
