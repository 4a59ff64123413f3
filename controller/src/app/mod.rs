//! The doors to everything outside, opened once, and the words features answer with.

pub mod acting;
mod domains;
mod error;
mod followers;
mod hits;
mod kept;
mod limits;
mod live;
mod news;
mod pauses;
mod recent;

use std::{ops::Deref, sync::Arc};

pub use acting::Actor;
pub use domains::{ActiveDomains, Domains};
pub use error::{Error, Problem, Result};
pub use followers::Followers;
pub use hits::{Counts, Hits, Place};
pub use kept::{Body, Kept, LONGEST_MS};
pub use limits::Limits;
pub use live::{Live, Seen, Unwritten};
pub use news::{Change, News};
pub use pauses::Pauses;
pub use recent::Recent;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{
    config::Config,
    services::{converters::Converters, previews::Previews, storage::Storage},
    store::{MediaFile, PublicKinds, Stage, Store},
    tools::{clock::Clock, dns::Dns, http::Client, keys::Master, quotas::Quotas, shares::Shares},
};

/// The open doors; cheap to copy.
#[derive(Clone)]
pub struct App(Arc<Doors>);

/// What the program has open.
pub struct Doors {
    /// Settings.
    pub config: Config,
    /// The database.
    pub store: Store,
    /// Pictures and other files.
    pub storage: Storage,
    /// Programs that know films and documents.
    pub converters: Converters,
    /// What draws previews.
    pub previews: Previews,
    /// The one way to the outside.
    pub http: Client,
    /// Name servers.
    pub dns: Dns,
    /// The clock.
    pub clock: Clock,
    /// The master key.
    pub keys: Master,
    /// How often a stranger may try something.
    pub limits: Limits,
    /// What changed, told to whoever listens.
    pub news: News,
    /// Answers for everybody.
    pub kept: Kept,
    /// Stages by their handles.
    pub handles: Recent<Option<Arc<Stage>>>,
    /// Files that everybody may see, by their hashes.
    pub files: Recent<Option<MediaFile>>,
    /// The newest numbers of the journals of stages; `None` where none has begun.
    pub journals: Recent<Option<i64>>,
    /// Which kinds of media the public finds on stages.
    pub kinds: Recent<PublicKinds>,
    /// Stages with something that the public sees: handles, how many posts, and when one of them changed last.
    pub public_stages: Recent<Arc<Vec<(String, i64, i64)>>>,
    /// Domains under which newsrooms are found.
    pub domains: Domains,
    /// Screens that are connected to this process.
    pub live: Live,
    /// How often something may happen.
    pub quotas: Quotas,
    /// Files that programs of each account are sending.
    pub uploads: Shares,
    /// Hosts that want to be left alone.
    pub pauses: Pauses,
    /// How many stages follow the same source.
    pub followers: Followers,
    /// How often public pages were seen.
    pub hits: Hits,
    /// Cancelled when the program is to stop.
    pub stop: CancellationToken,
    /// Work that a stop waits for.
    pub tasks: TaskTracker,
}

impl App {
    /// An app of these doors.
    pub fn new(doors: Doors) -> Self {
        Self(Arc::new(doors))
    }
}

impl Deref for App {
    type Target = Doors;

    fn deref(&self) -> &Doors {
        &self.0
    }
}
