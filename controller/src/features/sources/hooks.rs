//! Addresses of ours at which sources are fed: their secrets, and what is sent there. What was good is kept before
//! anybody is told so, and makes its source due; the visit takes it as it takes everything. Hubs that tell of a
//! source's news use the same door, with a hint alone.

use std::collections::HashSet;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use sha2::{Digest as _, Sha256};
use tracing::debug;

use super::{notices, subscriptions, told};
use crate::{
    app::{App, Change, Error, Result},
    networks::{self, Credential, Fed, Flaw, Network, Parcel, Unwelcome},
    store::{Delivery, Hook, Source, Stage},
    tools::{ids, quotas::Quota},
};

/// How often something may be sent to one source. Counted by source: whose address it came from is nobody's business.
const OFTEN: Quota = Quota { name: "deliveries to a source", times: 120, millis: 60_000 };
/// Deliveries of one source that may wait to be taken.
const MOST_WAITING: i64 = 500;
/// After how long somebody who finds the line full may try again, in seconds.
const FULL_SECS: u64 = 60;
/// Deliveries that one visit takes.
const AT_ONCE: i64 = 100;
/// First pause before what could not be stored is tried again, in milliseconds, and how often it doubles at most.
const AGAIN_MILLIS: i64 = 60 * 1_000;
const MOST_DOUBLED: i64 = 8;
/// As long as this the name of a delivery is remembered after it was taken, in milliseconds: senders repeat for days.
const REMEMBERED_MILLIS: i64 = 3 * 24 * 3_600 * 1_000;
/// What could not be stored for so long, in milliseconds, never will be.
pub const KEPT_MILLIS: i64 = 30 * 24 * 3_600 * 1_000;

/// The address of a source, for its owner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Door {
    /// Which source.
    pub source_id: String,
    /// Where to send to.
    pub address: String,
    /// When its secret was made.
    pub made_at: i64,
    /// The last good delivery; 0 for never.
    pub rang_at: i64,
}

/// What became of a delivery.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Taken {
    /// It is kept, and will be seen in a moment.
    Kept,
    /// It is here already.
    Known,
    /// A network told of somebody, and it is done.
    Heard,
    /// The same, of somebody who wants to be forgotten: where they see that it is done, and the code of that.
    Erased {
        /// Address of the page.
        page: String,
        /// The code.
        code: String,
    },
    /// It does not come from whom we gave a secret to, or there is no such address.
    Stranger,
    /// It cannot be read: what has to be mended.
    Flawed(Vec<Flaw>),
    /// It comes from a hub that we asked once, and nobody here wants it any more.
    Gone,
}

/// The addresses of a stage's sources that are fed so.
pub async fn list_doors(app: &App, stage: &Stage) -> Result<Vec<Door>> {
    let door = |hook: Hook| Door {
        address: app.config.address(&format!("/hooks/{}", hook.token)),
        source_id: hook.source_id,
        made_at: hook.made_at,
        rang_at: hook.rang_at,
    };
    Ok(app.store.list_hooks(&stage.id).await?.into_iter().map(door).collect())
}

/// Makes a new secret for a source that is fed so, which ends the one before; makes its address the first time. The
/// secret is not shown again.
pub async fn renew_secret(app: &App, stage: &Stage, id: &str) -> Result<String> {
    let source = app.store.find_source(&stage.id, id).await?.ok_or(Error::NotFound("source"))?;
    if !is_sent(&source.network) {
        return Err(Error::NotFound("source"));
    }
    let secret = new_secret()?;
    let sealed = app.keys.seal(&purpose(&source.id), secret.as_bytes());
    let sealed = sealed.map_err(|error| Error::internal("seal a secret", error))?;
    let token = shared::hex::encode(&ids::random::<16>()?);
    app.store.put_hook(&source.id, &token, &sealed, app.clock.now()).await?;
    told(app, stage, true)?;
    Ok(secret)
}

/// Whether there is such an address of ours.
pub async fn expects(app: &App, token: &str) -> Result<bool> {
    Ok(app.store.find_hook_home(token).await?.is_some())
}

/// Takes what somebody sent to an address of ours.
pub async fn deliver(app: &App, token: &str, parcel: &Parcel<'_>) -> Result<Taken> {
    if let Some((network, wish)) = notices::of(token) {
        return notices::hear(app, network, wish, parcel).await;
    }
    let Some(home) = app.store.find_hook_home(token).await? else {
        if subscriptions::is_of_hub(token) {
            return Ok(Taken::Gone);
        }
        pretend(parcel)?;
        return Ok(Taken::Stranger);
    };
    let network = networks::find(&home.network).ok_or(Error::NotFound("network"))?;
    if network.facts().fed == Fed::Visited {
        app.quotas.take(&OFTEN, &home.source_id, parcel.now).map_err(Error::TooMany)?;
        return subscriptions::hear(app, token, &home, parcel).await;
    }
    let opened = app.keys.open(&purpose(&home.source_id), &home.sealed);
    let opened = opened.map_err(|error| Error::internal(&format!("open the secret of {}", home.source_id), error))?;
    let secret = Credential::new(String::from_utf8_lossy(&opened).into_owned());
    let received = network.receive(parcel, &secret);
    if received != Err(Unwelcome::Stranger) {
        app.quotas.take(&OFTEN, &home.source_id, parcel.now).map_err(Error::TooMany)?;
    }
    let receipt = match received {
        Ok(receipt) => receipt,
        Err(Unwelcome::Stranger) => return Ok(Taken::Stranger),
        Err(Unwelcome::Flawed(flaws)) => return Ok(Taken::Flawed(flaws)),
    };
    if app.store.count_deliveries(&home.source_id).await? >= MOST_WAITING {
        return Err(Error::Busy(FULL_SECS));
    }
    let names = (hashed(&receipt.message), hashed(&receipt.subject));
    let names = (names.0.as_str(), names.1.as_str());
    if !app.store.add_delivery(&home.source_id, names, &receipt.body, parcel.now).await? {
        return Ok(Taken::Known);
    }
    debug!(source.id = %home.source_id, "something was sent to source {}", home.source_id);
    app.news.tell(Change::Source { stage_id: home.stage_id });
    Ok(Taken::Kept)
}

/// Looks at something as if it were for a source that is there, so that no clock tells which addresses are.
fn pretend(parcel: &Parcel<'_>) -> Result<()> {
    let secret = Credential::new(new_secret()?);
    for network in networks::LIST.iter().filter(|network| network.facts().fed == Fed::Sent) {
        drop(network.receive(parcel, &secret));
    }
    Ok(())
}

/// A secret of 24 bytes, as the specification suggests, in its own writing.
fn new_secret() -> Result<String> {
    Ok(format!("whsec_{}", STANDARD.encode(ids::random::<24>()?)))
}

/// Forgets deliveries that were taken long ago; returns how many.
pub async fn forget_deliveries(app: &App) -> Result<u64> {
    let now = app.clock.now();
    Ok(app.store.delete_old_deliveries(now - REMEMBERED_MILLIS, now - KEPT_MILLIS).await?)
}

/// What was sent to a source and is taken by this visit.
#[derive(Default)]
pub(super) struct Sent {
    pub(super) bodies: Vec<String>,
    deliveries: Vec<Delivery>,
}

/// What became of it.
#[derive(Default)]
pub(super) struct Settled {
    /// Some of it could not be stored: after so many milliseconds it is tried again.
    pub(super) again_millis: Option<i64>,
    /// More may be there than one visit takes, and what failed waits behind it.
    pub(super) goes_on: bool,
}

impl Sent {
    /// Reads it; nothing where nobody sends.
    pub(super) async fn to(app: &App, source: &Source, network: &dyn Network) -> Result<Self> {
        if network.facts().fed != Fed::Sent {
            return Ok(Self::default());
        }
        let deliveries = app.store.list_deliveries(&source.id, AT_ONCE).await?;
        let bodies = deliveries.iter().map(|sent| sent.body.clone()).collect();
        Ok(Self { bodies, deliveries })
    }

    /// Notes that it is stored as posts, but for what is about these: that is tried again, and costs nobody else anything.
    pub(super) async fn settle(&self, app: &App, source: &Source, failed: &HashSet<String>) -> Result<Settled> {
        let failed: HashSet<_> = failed.iter().map(|id| hashed(id)).collect();
        // Of what came before anybody noted what it is about, all of it may be what failed.
        let fails = |sent: &&Delivery| failed.contains(&sent.subject) || sent.subject.is_empty() && !failed.is_empty();
        let (failing, taken): (Vec<_>, Vec<_>) = self.deliveries.iter().partition(fails);
        let names = |all: &[&Delivery]| all.iter().map(|sent| sent.message.clone()).collect::<Vec<_>>();
        app.store.settle_deliveries(&source.id, &names(&taken)).await?;
        app.store.fail_deliveries(&source.id, &names(&failing)).await?;
        let most = failing.iter().map(|sent| sent.failures).max();
        Ok(Settled {
            again_millis: most.map(|failures| AGAIN_MILLIS << failures.clamp(0, MOST_DOUBLED)),
            goes_on: self.deliveries.iter().any(|sent| sent.failures == 0)
                && i64::try_from(self.deliveries.len()).is_ok_and(|count| count >= AT_ONCE),
        })
    }
}

/// Of names that others give only this is kept.
fn hashed(name: &str) -> String {
    shared::hex::encode(&Sha256::digest(name.as_bytes()))
}

/// Whether posts of a network are sent to us.
fn is_sent(network: &str) -> bool {
    networks::find(network).is_some_and(|network| network.facts().fed == Fed::Sent)
}

/// What the secret of a source's address is sealed for.
fn purpose(source_id: &str) -> String {
    format!("secret of the address of source {source_id}")
}
