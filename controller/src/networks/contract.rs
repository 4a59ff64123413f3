//! The contract between the program and a network: questions to ask, and their answers.

use std::{collections::BTreeMap, fmt};

use futures_util::future::BoxFuture;
use zeroize::Zeroizing;

use super::{
    Answers, Batch, Facts, Meter, Parcel, Quota, Receipt, Unwelcome,
    oauth::{self, Registration, SignIn},
};
use crate::tools::http::{Client, HttpError};

/// A social network, or feeds.
pub trait Network: Send + Sync {
    /// Returns what the rest of the program knows about this network.
    fn facts(&self) -> &'static Facts;

    /// Looks at what an owner typed (or signed in with) and returns what can be linked: one candidate, or several to
    /// choose from (a website with three feeds). Networks that one signs in to have nothing to look at.
    fn connect<'a>(
        &'a self,
        _doors: &'a Doors<'a>,
        _answers: &'a Answers,
    ) -> BoxFuture<'a, Result<Vec<Candidate>, Trouble>> {
        Box::pin(std::future::ready(Err(oauth::only_signed_in())))
    }

    /// Visits a source once. Never fails as a whole: what went wrong is part of what comes back, together with what to
    /// remember and when to come again.
    fn fetch<'a>(&'a self, doors: &'a Doors<'a>, visit: &'a Visit<'a>) -> BoxFuture<'a, Visited>;

    /// Looks at what was sent to the address of a source, before it is kept and the source is due: whether it comes from
    /// whom we gave the secret to, and whether it can be read. Only where sources are fed so.
    fn receive(&self, _parcel: &Parcel<'_>, _secret: &Credential) -> Result<Receipt, Unwelcome> {
        Err(Unwelcome::Stranger)
    }

    /// Says whether what somebody typed belongs here, by its looks alone: nobody is asked.
    fn recognise(&self, _settings: &Settings, _typed: &str) -> Likeness {
        Likeness::No
    }

    /// Asks whether what looks as if it might belong here ([`Likeness::Perhaps`]) really does.
    fn probe<'a>(&'a self, _doors: &'a Doors<'a>, _typed: &'a str) -> BoxFuture<'a, bool> {
        Box::pin(std::future::ready(false))
    }

    /// Returns the host that is asked about a source; when it wants rest, all its sources wait.
    fn host(&self, _settings: &Settings, link: &Link) -> Option<String> {
        host_of(&link.address)
    }

    /// Returns what it grants to all sources of this instance together, with these settings.
    fn quota(&self, _settings: &Settings) -> Option<&'static Quota> {
        self.facts().quota
    }

    /// Asks about single posts whether they still stand; one answer per post, in the same order.
    fn verify<'a>(
        &'a self,
        doors: &'a Doors<'a>,
        link: &'a Link,
        posts: &'a [PostRef],
    ) -> BoxFuture<'a, Result<Vec<Standing>, Trouble>>;

    /// How owners sign in there; `None` where they only type.
    fn sign_in(&self) -> Option<&dyn SignIn> {
        None
    }
}

/// How much something typed looks like an address of a network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Likeness {
    /// It is of another kind.
    No,
    /// It could be one; the server has to be asked.
    Perhaps,
    /// Nothing else looks like that.
    Surely,
}

/// The host of an address.
pub(super) fn host_of(address: &str) -> Option<String> {
    url::Url::parse(address).ok()?.host_str().map(str::to_owned)
}

/// What every question to a network needs: the guarded client, settings, the time and a die.
pub struct Doors<'a> {
    /// The one way to the outside.
    pub http: &'a Client,
    /// What the operator decides.
    pub settings: &'a Settings,
    /// Now, in milliseconds since 1970.
    pub now: i64,
    /// A random number, at least 0 and below 1.
    pub chance: f64,
    /// Counts what is asked.
    pub meter: Meter,
}

/// What the operator decides about networks.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Shortest time between two visits of a source, in seconds.
    pub minimum_secs: i64,
    /// Largest answer that is read, in bytes after decompression.
    pub limit_bytes: usize,
    /// Address of this instance, sent along so that publishers can complain.
    pub instance_url: Option<String>,
    /// Other hosts and versions for a network (`mastodon.api_base`, `instagram.version`), for tests and proxies.
    pub bases: BTreeMap<String, String>,
    /// Keys that networks gave to the operator, by their names (`youtube`).
    pub keys: BTreeMap<String, Credential>,
    /// How this instance is registered at networks, by their names.
    pub registrations: BTreeMap<String, Registration>,
    /// What networks grant to this instance, where the operator knows better ([`Quota::grants`]).
    pub quotas: BTreeMap<String, i64>,
}

impl Settings {
    /// What the operator set (`bluesky.api_base`), or what is usual.
    pub fn base<'a>(&'a self, name: &str, usual: &'a str) -> &'a str {
        self.bases.get(name).map_or(usual, String::as_str)
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            minimum_secs: 15 * 60,
            limit_bytes: 5 * 1024 * 1024,
            instance_url: None,
            bases: BTreeMap::new(),
            keys: BTreeMap::new(),
            registrations: BTreeMap::new(),
            quotas: BTreeMap::new(),
        }
    }
}

/// How a source is linked: what the store keeps of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// Address or id at the network.
    pub address: String,
    /// Token or password; sealed at rest.
    pub credential: Option<Credential>,
}

/// A token or password. Cannot be printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Credential(Zeroizing<String>);

impl Credential {
    /// Takes a secret.
    pub fn new(secret: String) -> Self {
        Self(Zeroizing::new(secret))
    }

    /// Shows the secret, to seal it or to send it to its network.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Credential(…)")
    }
}

/// Something that can be linked.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// What to store.
    pub link: Link,
    /// What it calls itself, clean text.
    pub title: Option<String>,
    /// The page it belongs to.
    pub page: Option<String>,
    /// What it brought when it was tried, so that the owner sees it before linking; `None` when it was only found.
    pub preview: Option<Batch>,
}

/// One visit to a source.
pub struct Visit<'a> {
    /// How the source is linked.
    pub link: &'a Link,
    /// What the last visit asked to remember, byte for byte; `None` the first time.
    pub memory: Option<&'a str>,
    /// Seconds between visits that the owner wishes.
    pub every_secs: i64,
    /// How many stages of this instance follow the source (told to publishers).
    pub subscribers: usize,
    /// What was sent since the last visit ([`Receipt::body`]), oldest first; empty where nobody sends.
    pub sent: &'a [String],
}

/// What came of a visit.
#[derive(Debug)]
pub struct Visited {
    /// What it brought, or why nothing.
    pub outcome: Result<News, Trouble>,
    /// What to remember for the next visit; only the network reads it.
    pub memory: String,
    /// When to come again.
    pub next: Next,
    /// The source has moved for good: store this address from now on.
    pub moved_to: Option<String>,
    /// No source of this host may be visited before this time (milliseconds).
    pub host_pause: Option<(String, i64)>,
    /// The token was renewed: seal this one from now on.
    pub renewed: Option<Credential>,
}

/// What a visit brought.
#[derive(Clone, Debug, PartialEq)]
pub enum News {
    /// Nothing changed since the last visit.
    Unchanged,
    /// All that the source holds at present.
    Batch(Box<Batch>),
}

/// When to visit again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Not before this time, in milliseconds since 1970.
    At(i64),
    /// As soon as something is sent.
    WhenSent,
    /// Never by itself: the source is switched off until its owner does something.
    Never,
}

/// A post to ask about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostRef {
    /// Its id at the network.
    pub remote_id: String,
    /// Its permalink.
    pub link: Option<String>,
}

/// Whether a post still stands at its network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is there.
    Stands,
    /// It was deleted or hidden.
    Gone,
    /// The network did not say.
    Unknown,
}

/// What went wrong, in a class that says what the program does and words that say what a person can do.
#[derive(Clone, Debug, PartialEq)]
pub struct Trouble {
    /// What the program does about it.
    pub class: Class,
    /// Key of the sentence for the owner.
    pub key: &'static str,
    /// What stands in the sentence.
    pub args: Vec<(&'static str, String)>,
    /// What exactly, for the operator's log; never personal, never an address.
    pub detail: String,
}

/// What the program does about a trouble.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Class {
    /// Try again later.
    Transient,
    /// Try again, but not before this time (milliseconds).
    RateLimited {
        /// Milliseconds since 1970.
        until: i64,
    },
    /// Stop and ask the owner to sign in again.
    ReauthRequired,
    /// Stop and ask the owner for a permission.
    PermissionMissing {
        /// Its name at the network, when known.
        scope: Option<&'static str>,
    },
    /// The source was deleted.
    Gone,
    /// What we asked for makes no sense; do not repeat it.
    BadRequest,
    /// The answer makes no sense to us.
    ContractChanged,
}

impl Trouble {
    /// Makes one of a class and a key.
    pub fn new(class: Class, key: &'static str, detail: impl Into<String>) -> Self {
        Self { class, key, args: Vec::new(), detail: detail.into() }
    }

    /// The same, with something that stands in the sentence.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.args.push((name, value.into()));
        self
    }
}

impl From<HttpError> for Trouble {
    fn from(error: HttpError) -> Self {
        let class = match &error {
            HttpError::RateLimited { until } => Class::RateLimited { until: *until },
            HttpError::Unauthorised => Class::ReauthRequired,
            HttpError::Denied => Class::PermissionMissing { scope: None },
            HttpError::Gone => Class::Gone,
            HttpError::BadAddress
            | HttpError::Scheme
            | HttpError::CredentialsInAddress
            | HttpError::ForbiddenAddress
            | HttpError::ForbiddenPort { .. } => Class::BadRequest,
            _ => Class::Transient,
        };
        Self { class, key: error.key(), args: error.args(), detail: error.to_string() }
    }
}
