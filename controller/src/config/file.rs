//! The settings file.

use std::{
    collections::BTreeMap,
    net::{IpAddr, SocketAddr},
    path::PathBuf,
};

use serde::Deserialize;
use url::Url;

use super::{BucketOptions, LogFormat, Options};

/// What can be wrong with settings.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file cannot be read or understood.
    #[error("settings {file}: {1}", file = .0.display())]
    File(PathBuf, String),
    /// A value makes no sense.
    #[error("setting {0}: {1}")]
    Value(&'static str, String),
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(super) struct File {
    pub(super) data: Option<PathBuf>,
    pub(super) listen: Option<SocketAddr>,
    pub(super) base_url: Option<Url>,
    pub(super) database: Option<String>,
    pub(super) master_key: Option<PathBuf>,
    pub(super) allow: Vec<String>,
    pub(super) feed_interval: Option<u64>,
    pub(super) weather_url: Option<Url>,
    pub(super) places_url: Option<Url>,
    pub(super) page_browser: Option<PathBuf>,
    pub(super) trusted_proxy: Vec<IpAddr>,
    pub(super) registration: Option<bool>,
    pub(super) film_megabytes: Option<u64>,
    pub(super) media_megabytes: Option<u64>,
    pub(super) s3: BucketOptions,
    pub(super) kiosk: Option<PathBuf>,
    pub(super) hub: Option<Url>,
    pub(super) dns: Option<SocketAddr>,
    pub(super) log_format: Option<LogFormat>,
    pub(super) networks: BTreeMap<String, toml::Table>,
}

pub(super) fn read(options: &Options) -> Result<File, Error> {
    let usual = options.data.clone().unwrap_or_else(|| "data".into()).join("litfass.toml");
    let path = match &options.config {
        Some(path) => path.clone(),
        None if usual.exists() => usual,
        None => return Ok(File::default()),
    };
    let text = std::fs::read_to_string(&path).map_err(|e| Error::File(path.clone(), e.to_string()))?;
    toml::from_str(&text).map_err(|e| Error::File(path, e.to_string()))
}
