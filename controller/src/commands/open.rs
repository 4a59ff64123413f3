//! Opens the doors.

use std::os::unix::fs::DirBuilderExt;

use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{
    app::{App, Domains, Doors, Followers, Hits, Kept, Limits, Live, News, Pauses, Recent},
    config::Config,
    features::{journal, media, newsroom},
    networks,
    services::{
        converters::Converters,
        previews::{self, Previews},
        storage::Storage,
    },
    store::Store,
    tools::{
        clock::Clock,
        dns::Dns,
        http::{Client, HttpSettings, Permit},
        keys::Master,
        quotas::Quotas,
        shares::Shares,
    },
};

/// Opens everything the settings name; says what failed on what.
pub async fn open(config: Config, clock: Clock) -> Result<App, String> {
    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(&config.data)
        .map_err(|e| format!("data folder {}: {e}", config.data.display()))?;
    if let Some(name) = config.networks.keys().find(|name| networks::find(name).is_none()) {
        return Err(format!("setting networks: there is no network `{name}`"));
    }
    let http = client(&config)?;
    let storage = storage(&config)?;
    let keys = Master::open_or_make(&config.master_key).map_err(|e| e.to_string())?;
    let store = match &config.database {
        Some(address) => Store::open_address(address).await,
        None => Store::open_file(&config.data.join("litfass.db")).await,
    }
    .map_err(|e| format!("open the database: {e}"))?;
    let this = std::env::current_exe().ok();
    let kiosks = previews::programs(config.kiosk.clone(), this.as_deref(), std::env::var_os("PATH"));
    Ok(App::new(Doors {
        dns: Dns::new(config.dns),
        previews: Previews::new(kiosks, config.data.join("previews"), |name| std::env::var_os(name)),
        config,
        store,
        storage,
        converters: converters(),
        http,
        limits: Limits::new(&clock),
        clock,
        keys,
        news: News::default(),
        kept: Kept::default(),
        handles: Recent::default(),
        files: Recent::default(),
        journals: Recent::lasting(journal::LOOKED_MILLIS),
        kinds: Recent::lasting(newsroom::LOOKED_MILLIS),
        uploads: Shares::new(media::AT_ONCE),
        public_stages: Recent::lasting(newsroom::LOOKED_MILLIS),
        domains: Domains::default(),
        live: Live::default(),
        quotas: Quotas::default(),
        pauses: Pauses::default(),
        followers: Followers::default(),
        hits: Hits::default(),
        stop: CancellationToken::new(),
        tasks: TaskTracker::new(),
    }))
}

/// Where media are kept.
fn storage(config: &Config) -> Result<Storage, String> {
    if let Some(bucket) = &config.bucket {
        return Storage::bucket(bucket).map_err(|e| format!("setting s3: {e}"));
    }
    let folder = config.data.join("media");
    Storage::folder(&folder).map_err(|e| format!("media folder {}: {e}", folder.display()))
}

/// The converters that this machine has.
pub(super) fn converters() -> Converters {
    Converters::find(&std::env::var_os("PATH").unwrap_or_default())
}

/// The client for everything outside, with the exceptions the settings name.
pub(super) fn client(config: &Config) -> Result<Client, String> {
    let permits = config.allow.iter().map(|place| Permit::parse(place)).collect::<Result<_, _>>();
    let permits = permits.map_err(|e| format!("setting allow: {e}"))?;
    Client::new(HttpSettings { permits, ..HttpSettings::default() }).map_err(|e| e.to_string())
}
