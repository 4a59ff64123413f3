//! Hubs that tell of a source's news (WebSub): asked, confirmed, believed while they tell, and left again.
//!
//! A hub is believed from its first good delivery on: from then on its source is looked at seldom by itself. It is
//! doubted as soon as there was news without a word, or its lease is over; then its source is looked at as always.

use tracing::{debug, info};

use super::{doors, hooks::Taken, settings};
use crate::{
    app::{App, Change, Error, Result},
    networks::{
        Credential, Parcel, SourceFacts,
        websub::{self, Intent, LEASE_SECS, LONGEST_LEASE_SECS, Strength, Subject, Wish},
    },
    store::{HookHome, Source, Stage, Subscription},
    tools::ids,
};

/// Time between two looks at a source whose hub is believed, in seconds.
const SAFETY_SECS: i64 = 6 * 3_600;
/// Shortest time from one look to the next that a hub can cause, in milliseconds.
const REST_MILLIS: i64 = 10 * 1_000;
/// After a hint that led to nothing we look once more so much later, in milliseconds: copies on the way may be old.
const SECOND_LOOK_MILLIS: i64 = 60 * 1_000;
/// As long as this a hub may take to ask back, in milliseconds.
const ANSWERED_MILLIS: i64 = 24 * 3_600 * 1_000;
/// First and longest pause before a hub is asked again that did not ask back, in milliseconds.
const FIRST_PAUSE_MILLIS: i64 = 15 * 60 * 1_000;
const LONGEST_PAUSE_MILLIS: i64 = 24 * 3_600 * 1_000;
/// After how long a hub is asked again that said no, in milliseconds.
const DENIED_MILLIS: i64 = 7 * 24 * 3_600 * 1_000;
/// Hubs asked at the same time.
const AT_ONCE: i64 = 8;
/// What marks in our addresses are made for.
const MARKS: &str = "subscription";
/// Length of the random part of our addresses.
const RANDOM_LENGTH: usize = 32;
/// Length of the mark behind it.
const MARK_LENGTH: usize = 64;

/// What a visit has to know of its source's subscription.
pub(super) struct Told {
    row: Option<Subscription>,
    now: i64,
}

impl Told {
    pub(super) fn new(row: Option<Subscription>, now: i64) -> Self {
        Self { row, now }
    }

    /// Seconds between two looks: seldom while a hub is believed.
    pub(super) fn every_secs(&self, usual: i64) -> i64 {
        let believed = self.row.as_ref().is_some_and(|row| row.trusted && row.lease_until > self.now);
        if believed { usual.max(SAFETY_SECS) } else { usual }
    }

    /// Whether the hub has told of something since the last visit.
    fn was_rung(&self, source: &Source) -> bool {
        self.row.as_ref().is_some_and(|row| row.rang_at > source.fetched_at)
    }

    /// Whether it has told of something since this was read.
    async fn has_rung_since(&self, app: &App, source: &Source) -> Result<bool> {
        let now = app.store.find_subscription(&source.id).await?;
        Ok(now.map(|row| row.rang_at) != self.row.as_ref().map(|row| row.rang_at))
    }

    /// After a visit: latest time of the next one, where the subscription has a say in that. Doubts a hub that kept news
    /// to itself.
    pub(super) async fn judge(
        &self,
        app: &App,
        source: &Source,
        brought: bool,
        usual_secs: i64,
    ) -> Result<Option<i64>> {
        let Some(row) = &self.row else { return Ok(None) };
        match (self.was_rung(source), brought) {
            (true, false) => Ok(Some(self.now + SECOND_LOOK_MILLIS)),
            (false, true) if row.trusted && source.fetched_at > 0 && !self.has_rung_since(app, source).await? => {
                info!(source.id = %source.id, "the hub of source {} kept news to itself", source.id);
                app.store.doubt_subscription(&source.id).await?;
                Ok(Some(self.now + usual_secs * 1_000))
            }
            _ => Ok(None),
        }
    }
}

/// Follows what a source says about its hub: asks a new one, leaves the one before. A source behind a log-in is nobody
/// else's business.
pub(super) async fn follow(app: &App, source: &Source, facts: &SourceFacts) -> Result<()> {
    let topic = facts.self_url.as_deref().unwrap_or(&source.address);
    let hub = choose(&facts.hubs).filter(|_| source.credential.is_none() && is_reachable(app));
    let known = app.store.find_subscription(&source.id).await?;
    if known.as_ref().map(|row| (row.hub.as_str(), row.topic.as_str())) == hub.map(|hub| (hub, topic)) {
        return Ok(());
    }
    if let Some(row) = known {
        app.store.delete_subscription(&source.id).await?;
        leave(app, row);
    }
    let Some(hub) = hub else { return Ok(()) };
    let random = shared::hex::encode(&ids::random::<16>()?);
    let token = format!("{random}{}", app.keys.mark(MARKS, &marked(&random, topic)));
    let sealed = app.keys.seal(&purpose(&token), ids::secret()?.as_bytes());
    let sealed = sealed.map_err(|error| Error::internal("seal a secret", error))?;
    Ok(app.store.add_subscription((&source.id, hub, topic), &token, &sealed, app.clock.now()).await?)
}

/// Of several hubs the first that nobody can listen in on, else the first.
fn choose(hubs: &[String]) -> Option<&str> {
    hubs.iter().find(|hub| hub.starts_with("https:")).or_else(|| hubs.first()).map(String::as_str)
}

/// Whether a hub can reach us, and nobody on the way can read what it brings.
fn is_reachable(app: &App) -> bool {
    let is_loopback = match app.config.base_url.host() {
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        Some(url::Host::Domain(name)) => name == "localhost",
        None => false,
    };
    app.config.secure() || is_loopback
}

/// Asks every hub that is due; returns how many.
pub async fn ask_hubs(app: &App) -> Result<usize> {
    let now = app.clock.now();
    let due = app.store.claim_subscriptions(now, now + FIRST_PAUSE_MILLIS, now + ANSWERED_MILLIS, AT_ONCE).await?;
    let asked: Vec<_> = due.iter().map(|id| ask_one(app, id)).collect();
    for (id, done) in due.iter().zip(futures_util::future::join_all(asked).await) {
        if let Err(error) = done {
            tracing::warn!(source.id = %id, "ask the hub of source {id}: {error}");
        }
    }
    Ok(due.len())
}

async fn ask_one(app: &App, source_id: &str) -> Result<()> {
    let Some(row) = app.store.find_subscription(source_id).await? else { return Ok(()) };
    if let Err(why) = ask(app, &row, Wish::Subscribe).await? {
        info!(source.id = %source_id, "the hub of source {source_id} was asked in vain: {why}");
    }
    let doubled = FIRST_PAUSE_MILLIS.saturating_mul(1 << row.failures.clamp(0, 16)).min(LONGEST_PAUSE_MILLIS);
    // Where the hub has asked back already, this changes nothing.
    Ok(app.store.postpone_subscription(source_id, app.clock.now() + doubled).await?)
}

/// Asks a hub; says why it did not take that.
async fn ask(app: &App, row: &Subscription, wish: Wish) -> Result<std::result::Result<(), String>> {
    let settings = settings(app);
    let secret = open(app, &row.token, &row.sealed)?;
    let callback = app.config.address(&format!("/hooks/{}", row.token));
    let subject = Subject { hub: &row.hub, topic: &row.topic, callback: &callback, secret: &secret };
    Ok(websub::ask(&doors(app, &settings)?, wish, &subject).await.map_err(|trouble| trouble.detail))
}

/// Answers a hub that asks whether we meant it; `None`: we did not.
pub async fn answer_hub(app: &App, token: &str, intent: &Intent) -> Result<Option<String>> {
    let now = app.clock.now();
    match intent {
        Intent::Subscribe { topic, challenge, lease_secs } => {
            if !(1..=LONGEST_LEASE_SECS).contains(lease_secs) {
                return Ok(None);
            }
            let lease = lease_secs.min(&LEASE_SECS) * 1_000;
            // Renewed at two thirds, and tried often enough until the end.
            let meant = app.store.confirm_subscription(token, topic, now, now + lease, now + lease / 3 * 2).await?;
            if meant {
                tell(app, token).await?;
            }
            Ok(meant.then(|| challenge.clone()))
        }
        // What no source of ours has any more is not wanted, if it is an address that we once gave out for this topic.
        Intent::Unsubscribe { topic, challenge } => {
            let is_ours = || {
                let (random, mark) = token.split_at_checked(RANDOM_LENGTH)?;
                app.keys.is_mark(MARKS, &marked(random, topic), mark).then_some(())
            };
            let is_wanted = app.store.find_hook_home(token).await?.is_some();
            Ok((!is_wanted && is_ours().is_some()).then(|| challenge.clone()))
        }
        Intent::Denied { topic } => {
            let known = app.store.deny_subscription(token, topic, now + DENIED_MILLIS).await?;
            if known {
                tell(app, token).await?;
            }
            Ok(known.then(String::new))
        }
    }
}

async fn tell(app: &App, token: &str) -> Result<()> {
    if let Some(home) = app.store.find_hook_home(token).await? {
        app.news.tell(Change::Source { stage_id: home.stage_id });
    }
    Ok(())
}

/// Takes what a hub delivers: whatever it is, it is a hint to look. What is not well signed is thanked for and forgotten.
pub(super) async fn hear(app: &App, token: &str, home: &HookHome, parcel: &Parcel<'_>) -> Result<Taken> {
    let secret = open(app, token, &home.sealed)?;
    let Some(row) = app.store.find_subscription(&home.source_id).await? else { return Ok(Taken::Gone) };
    let strength = websub::strength(parcel, &secret);
    let least = if row.strong { Strength::Strong } else { Strength::Weak };
    let Some(strength) = strength.filter(|strength| *strength >= least) else {
        debug!(source.id = %home.source_id, "a delivery to source {} is not signed by its hub", home.source_id);
        return Ok(Taken::Kept);
    };
    let due_at = parcel.now.max(home.fetched_at + REST_MILLIS);
    app.store.hear_subscription(&home.source_id, strength == Strength::Strong, parcel.now, due_at).await?;
    app.news.tell(Change::Source { stage_id: home.stage_id.clone() });
    Ok(Taken::Kept)
}

/// Sources of a stage whose news we are told of.
pub async fn list_told(app: &App, stage: &Stage) -> Result<Vec<String>> {
    Ok(app.store.list_subscribed(&stage.id, app.clock.now()).await?)
}

/// Tells a hub that we no longer want to be told. Nobody waits for that: the source is gone, and so is the address.
pub(super) fn leave(app: &App, row: Subscription) {
    let inner = app.clone();
    app.tasks.spawn(async move {
        match ask(&inner, &row, Wish::Unsubscribe).await {
            Ok(Ok(())) => {}
            Ok(Err(why)) => info!("a hub was left in vain: {why}"),
            Err(error) => tracing::warn!("leave a hub: {error}"),
        }
    });
}

/// Whether an address looks like one that we gave to a hub.
pub fn is_of_hub(token: &str) -> bool {
    token.len() == RANDOM_LENGTH + MARK_LENGTH
}

/// What a mark in an address says: that we gave it out, for this topic.
fn marked(random: &str, topic: &str) -> String {
    format!("{random}\n{topic}")
}

fn open(app: &App, token: &str, sealed: &[u8]) -> Result<Credential> {
    let opened = app.keys.open(&purpose(token), sealed);
    let opened = opened.map_err(|error| Error::internal("open the secret of a hub", error))?;
    Ok(Credential::new(String::from_utf8_lossy(&opened).into_owned()))
}

/// What the secret of a hub is sealed for.
fn purpose(token: &str) -> String {
    format!("secret of the hub at {token}")
}

#[cfg(test)]
mod tests {
    use super::choose;

    #[test]
    fn of_several_hubs_one_is_chosen_that_nobody_listens_in_on() {
        let hubs = ["http://a.example/", "https://b.example/", "https://c.example/"].map(str::to_owned);
        assert_eq!(choose(&hubs), Some("https://b.example/"));
        assert_eq!(choose(&hubs[..1]), Some("http://a.example/"));
        assert_eq!(choose(&[]), None);
    }
}
