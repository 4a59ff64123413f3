//! Settings of the controller: TOML file, `LITFASS_…` environment, flags, in rising order.

mod bucket;
mod file;
mod networks;

use std::{collections::BTreeMap, net::SocketAddr, path::PathBuf};

pub use bucket::{Bucket, BucketOptions};
use clap::Args;
pub use file::Error;
pub use networks::{NetworkSettings, Secret};
use url::Url;

/// Forecasts for the whole world, open data.
const WEATHER: &str = "https://api.met.no/weatherapi/locationforecast/2.0/complete";
/// Places of the whole world, open data.
const PLACES: &str = "https://geocoding-api.open-meteo.com/v1/search";

/// What an operator can set. Every flag is also an environment variable and a key of the file.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Settings")]
pub struct Options {
    /// TOML file with settings [default: DATA/litfass.toml if it is there]
    #[arg(long, env = "LITFASS_CONFIG", value_name = "FILE", global = true)]
    pub config: Option<PathBuf>,
    /// Folder for database, media, keys [default: ./data]
    #[arg(long, env = "LITFASS_DATA", value_name = "DIR", global = true)]
    pub data: Option<PathBuf>,
    /// Address to listen on [default: 127.0.0.1:8080]
    #[arg(long, env = "LITFASS_LISTEN", value_name = "ADDR", global = true)]
    pub listen: Option<SocketAddr>,
    /// Address under which people and screens reach us [default: http://LISTEN]
    #[arg(long, env = "LITFASS_BASE_URL", value_name = "URL", global = true)]
    pub base_url: Option<Url>,
    /// PostgreSQL address, postgres://…  [default: SQLite in DATA]
    #[arg(long, env = "LITFASS_DATABASE", value_name = "URL", global = true, hide_env_values = true)]
    pub database: Option<String>,
    /// File with the master key [default: DATA/master.key, made on first start]
    #[arg(long, env = "LITFASS_MASTER_KEY", value_name = "FILE", global = true)]
    pub master_key: Option<PathBuf>,
    /// Private HOST:PORT that feeds may be fetched from all the same; may be repeated
    #[arg(long, env = "LITFASS_ALLOW", value_name = "HOST:PORT", global = true, value_delimiter = ',')]
    pub allow: Vec<String>,
    /// Shortest time between two looks at a feed, in seconds [default: 300]
    #[arg(long, env = "LITFASS_FEED_INTERVAL", value_name = "SECONDS", global = true)]
    pub feed_interval: Option<u64>,
    /// Where the weather is asked for (Locationforecast 2.0) [default: MET Norway's]
    #[arg(long, env = "LITFASS_WEATHER_URL", value_name = "URL", global = true)]
    pub weather_url: Option<Url>,
    /// Where places are looked up (Open-Meteo's geocoding interface) [default: Open-Meteo's]
    #[arg(long, env = "LITFASS_PLACES_URL", value_name = "URL", global = true)]
    pub places_url: Option<Url>,
    /// Chromium that takes pictures of web pages for slides [default: none, and no such slides]
    #[arg(long, env = "LITFASS_PAGE_BROWSER", value_name = "PROGRAM", global = true)]
    pub page_browser: Option<PathBuf>,
    /// Proxies in front of us whose X-Forwarded-For is believed; may be repeated
    #[arg(long, env = "LITFASS_TRUSTED_PROXY", value_name = "IP", global = true, value_delimiter = ',')]
    pub trusted_proxy: Vec<std::net::IpAddr>,
    /// Whether anybody may register, or only the first account [default: true]
    #[arg(long, env = "LITFASS_REGISTRATION", value_name = "BOOL", global = true)]
    pub registration: Option<bool>,
    /// Largest film that may be uploaded, in megabytes [default: 500]
    #[arg(long, env = "LITFASS_FILM_MEGABYTES", value_name = "MB", global = true)]
    pub film_megabytes: Option<u64>,
    /// Most that an account may keep in its media library, in megabytes [default: 5000]
    #[arg(long, env = "LITFASS_MEDIA_MEGABYTES", value_name = "MB", global = true)]
    pub media_megabytes: Option<u64>,
    /// The bucket that holds media.
    #[command(flatten)]
    pub s3: BucketOptions,
    /// The kiosk's program, which draws previews [default: litfass-kiosk beside this program, else in PATH]
    #[arg(long, env = "LITFASS_KIOSK", value_name = "FILE", global = true)]
    pub kiosk: Option<PathBuf>,
    /// Hub that is told of news in our own feeds (WebSub) [default: none, and nobody is told]
    #[arg(long, env = "LITFASS_HUB", value_name = "URL", global = true)]
    pub hub: Option<Url>,
    /// Name server that is asked for the records of domains, such as 127.0.0.1:5353 [default: the system's]
    #[arg(long, env = "LITFASS_DNS", value_name = "IP:PORT", global = true)]
    pub dns: Option<SocketAddr>,
    /// Setting of a network, such as youtube.key or instagram.client-id; may be repeated
    #[arg(
        long,
        env = "LITFASS_NETWORK",
        value_name = "NETWORK.KEY=VALUE",
        global = true,
        value_delimiter = ',',
        hide_env_values = true
    )]
    pub network: Vec<String>,
    /// Log format: text or json [default: text]
    #[arg(long, env = "LITFASS_LOG_FORMAT", value_name = "FORMAT", global = true)]
    pub log_format: Option<LogFormat>,
}

/// How the log is written to standard error.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people.
    #[default]
    Text,
    /// For machines, one object a line.
    Json,
}

/// Settings, complete and checked.
#[derive(Clone, Debug)]
pub struct Config {
    /// Folder for database, media, keys.
    pub data: PathBuf,
    /// Address to listen on.
    pub listen: SocketAddr,
    /// Address under which people and screens reach us; no path, no trailing slash.
    pub base_url: Url,
    /// PostgreSQL address; `None` for SQLite.
    pub database: Option<String>,
    /// File with the master key.
    pub master_key: PathBuf,
    /// Private `HOST:PORT`s that may be fetched from.
    pub allow: Vec<String>,
    /// Shortest time between two looks at a feed, in seconds.
    pub feed_interval_secs: u64,
    /// Where the weather is asked for.
    pub weather_url: Url,
    /// Where places are looked up.
    pub places_url: Url,
    /// Chromium that takes pictures of web pages; `None` where nobody may have them taken.
    pub page_browser: Option<PathBuf>,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<std::net::IpAddr>,
    /// Whether anybody may register.
    pub registration: bool,
    /// Largest film that may be uploaded, in megabytes.
    pub film_megabytes: u64,
    /// Most that an account may keep in its media library, in megabytes.
    pub media_megabytes: u64,
    /// Bucket that holds media; `None` for a folder.
    pub bucket: Option<Bucket>,
    /// The kiosk's program, which draws previews; `None` for where it usually is.
    pub kiosk: Option<PathBuf>,
    /// Hub that is told of news in our own feeds; `None` where nobody is told.
    pub hub: Option<Url>,
    /// Name server that is asked for the records of domains; `None` for the system's.
    pub dns: Option<SocketAddr>,
    /// How the log is written.
    pub log_format: LogFormat,
    /// Settings of single networks, by their names.
    pub networks: BTreeMap<String, NetworkSettings>,
}

impl Config {
    /// Reads the file, if any, and lays the options over it.
    pub fn load(options: &Options) -> Result<Self, Error> {
        let file = file::read(options)?;
        let data = options.data.clone().or(file.data).unwrap_or_else(|| "data".into());
        let listen = options.listen.or(file.listen).unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 8080)));
        let base_url = match options.base_url.clone().or(file.base_url) {
            Some(url) => url,
            None => Url::parse(&format!("http://{listen}")).map_err(|e| Error::Value("base-url", e.to_string()))?,
        };
        if !matches!(base_url.scheme(), "http" | "https") || base_url.path() != "/" {
            return Err(Error::Value("base-url", "must be http:// or https://, host and port only".into()));
        }
        let feed_interval_secs = options.feed_interval.or(file.feed_interval).unwrap_or(300);
        if feed_interval_secs == 0 {
            return Err(Error::Value("feed-interval", "must be at least 1 second".into()));
        }
        let film_megabytes = options.film_megabytes.or(file.film_megabytes).unwrap_or(500);
        if !(1..=10_000).contains(&film_megabytes) {
            return Err(Error::Value("film-megabytes", "must be between 1 and 10000".into()));
        }
        let media_megabytes = options.media_megabytes.or(file.media_megabytes).unwrap_or(5_000);
        if !(1..=100_000_000).contains(&media_megabytes) {
            return Err(Error::Value("media-megabytes", "must be between 1 and 100000000".into()));
        }
        Ok(Self {
            media_megabytes,
            bucket: bucket::read(file.s3, &options.s3)?,
            networks: networks::read(file.networks, &options.network)?,
            film_megabytes,
            master_key: options.master_key.clone().or(file.master_key).unwrap_or_else(|| data.join("master.key")),
            data,
            listen,
            base_url,
            database: options.database.clone().or(file.database),
            allow: if options.allow.is_empty() { file.allow } else { options.allow.clone() },
            feed_interval_secs,
            weather_url: service(options.weather_url.clone().or(file.weather_url), "weather-url", WEATHER)?,
            places_url: service(options.places_url.clone().or(file.places_url), "places-url", PLACES)?,
            page_browser: options
                .page_browser
                .clone()
                .or(file.page_browser)
                .filter(|path| !path.as_os_str().is_empty()),
            trusted_proxies: if options.trusted_proxy.is_empty() {
                file.trusted_proxy
            } else {
                options.trusted_proxy.clone()
            },
            registration: options.registration.or(file.registration).unwrap_or(true),
            kiosk: options.kiosk.clone().or(file.kiosk),
            hub: options.hub.clone().or(file.hub).map(|hub| service(Some(hub), "hub", "")).transpose()?,
            dns: options.dns.or(file.dns),
            log_format: options.log_format.or(file.log_format).unwrap_or_default(),
        })
    }

    /// A public address: `base.address("/@museum")`.
    pub fn address(&self, path: &str) -> String {
        format!("{}{path}", self.base_url.as_str().trim_end_matches('/'))
    }

    /// Whether cookies may travel over TLS only.
    pub fn secure(&self) -> bool {
        self.base_url.scheme() == "https"
    }
}

/// The address of a service; its usual one where none is set.
fn service(set: Option<Url>, name: &'static str, usual: &str) -> Result<Url, Error> {
    let url = set.map_or_else(|| Url::parse(usual), Ok).map_err(|e| Error::Value(name, e.to_string()))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(Error::Value(name, "must be http:// or https://".into()));
    }
    Ok(url)
}

#[cfg(test)]
mod tests {
    use super::{Config, Error, Options};

    #[test]
    fn flags_win_over_the_file_and_the_file_over_defaults() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.toml");
        std::fs::write(&path, "listen = \"127.0.0.1:1\"\nfeed-interval = 7\n").unwrap();
        let options =
            Options { config: Some(path), listen: Some("127.0.0.1:2".parse().unwrap()), ..Options::default() };

        let config = Config::load(&options).unwrap();

        assert_eq!((config.listen.port(), config.feed_interval_secs), (2, 7));
        assert_eq!(config.address("/x"), "http://127.0.0.1:2/x");
    }

    #[test]
    fn a_misspelt_key_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.toml");
        std::fs::write(&path, "listn = '127.0.0.1:1'").unwrap();

        let error = Config::load(&Options { config: Some(path), ..Options::default() }).unwrap_err();

        assert!(matches!(&error, Error::File(_, why) if why.contains("unknown field `listn`")), "{error}");
    }
}
