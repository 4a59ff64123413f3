//! Webhooks: addresses of others that are told, of their owner's accord, when a post is published, changed or withdrawn.

mod send;

pub use send::{AT_ONCE, next, signature};

use std::collections::BTreeSet;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use url::{Host, Url};

use super::journal;
use crate::{
    app::{App, Change, Error, Problem, Result},
    features::history::{self, Deed, Thing},
    store::{Stage, Webhook, WebhookDelivery},
    tools::ids,
};

/// What can be told.
pub const EVENTS: [&str; 3] = ["published", "changed", "withdrawn"];
/// Longest name, in characters.
pub const LONGEST_NAME: usize = 60;
/// Longest address.
pub const LONGEST_ADDRESS: usize = 500;
/// Most webhooks of a stage.
const MOST: usize = 20;
/// Deliveries that are listed.
const LISTED: i64 = 50;
const DAY_MILLIS: i64 = 24 * 3_600 * 1_000;
/// So long a delivery is listed that was made.
const LISTED_MILLIS: i64 = 7 * DAY_MILLIS;
/// What could not be sent for so long is not sent any more.
pub const KEPT_MILLIS: i64 = 30 * DAY_MILLIS;

/// What an owner wants a webhook to be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wish {
    /// What it is for.
    pub name: String,
    /// Where to send to.
    pub address: String,
    /// Of what: some of [`EVENTS`].
    pub events: Vec<String>,
}

/// A webhook and what it was told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The webhook.
    pub webhook: Webhook,
    /// How much waits to be sent.
    pub waiting: i64,
    /// The last deliveries, the newest first.
    pub deliveries: Vec<WebhookDelivery>,
}

/// Makes a webhook; its id and its secret, which is shown once.
pub async fn create(app: &App, stage: &Stage, wish: &Wish) -> Result<(String, String)> {
    let webhook = checked(app, wish)?;
    if app.store.list_webhooks(&stage.id).await?.len() >= MOST {
        return Err(Error::invalid("", "webhooks.many"));
    }
    let (now, secret) = (app.clock.now(), new_secret()?);
    let id = ids::new(now);
    // What is there already is news to nobody.
    journal::begin(app, &stage.id).await?;
    let webhook =
        Webhook { stage_id: stage.id.clone(), sealed: seal(app, &id, &secret)?, created_at: now, id, ..webhook };
    let thing = Thing { id: &webhook.id, name: &webhook.name, other: "" };
    history::noting(app, stage, Deed::WebhookMade, thing).add_webhook(&webhook).await?;
    Ok((webhook.id, secret))
}

/// Gives a webhook another name, address and choice.
pub async fn change(app: &App, stage: &Stage, id: &str, wish: &Wish) -> Result<()> {
    let old = get(app, stage, id).await?;
    let new = checked(app, wish)?;
    let webhook = Webhook { name: new.name, address: new.address, events: new.events, ..old };
    let thing = Thing { id, name: &webhook.name, other: "" };
    if history::noting(app, stage, Deed::WebhookChanged, thing).change_webhook(&webhook).await? {
        return Ok(());
    }
    Err(Error::NotFound("webhook"))
}

/// Makes a new secret, which ends the one before; it is shown once.
pub async fn renew_secret(app: &App, stage: &Stage, id: &str) -> Result<String> {
    let webhook = get(app, stage, id).await?;
    let secret = new_secret()?;
    let sealed = seal(app, id, &secret)?;
    let thing = Thing { id, name: &webhook.name, other: "" };
    if history::noting(app, stage, Deed::WebhookChanged, thing).seal_webhook(&stage.id, id, &sealed).await? {
        return Ok(secret);
    }
    Err(Error::NotFound("webhook"))
}

/// Removes a webhook; nothing is sent to it any more.
pub async fn delete(app: &App, stage: &Stage, id: &str) -> Result<()> {
    let webhook = get(app, stage, id).await?;
    let thing = Thing { id, name: &webhook.name, other: "" };
    if history::noting(app, stage, Deed::WebhookRemoved, thing).delete_webhook(&stage.id, id).await? {
        return Ok(());
    }
    Err(Error::NotFound("webhook"))
}

/// Sends at once whatever waits, also where nothing was sent for a while.
pub async fn resume(app: &App, stage: &Stage, id: &str) -> Result<()> {
    let webhook = get(app, stage, id).await?;
    let thing = Thing { id, name: &webhook.name, other: "" };
    let store = history::noting(app, stage, Deed::WebhookChanged, thing);
    if !store.resume_webhook(&stage.id, id, app.clock.now()).await? {
        return Err(Error::NotFound("webhook"));
    }
    app.news.tell(Change::Webhooks);
    Ok(())
}

/// Lists the webhooks of a stage.
pub async fn list(app: &App, stage: &Stage) -> Result<Vec<Webhook>> {
    Ok(app.store.list_webhooks(&stage.id).await?)
}

/// Gets a webhook of a stage.
pub async fn get(app: &App, stage: &Stage, id: &str) -> Result<Webhook> {
    app.store.find_webhook(&stage.id, id).await?.ok_or(Error::NotFound("webhook"))
}

/// Gets a webhook of a stage and what it was told.
pub async fn told(app: &App, stage: &Stage, id: &str) -> Result<Told> {
    let webhook = get(app, stage, id).await?;
    let waiting = app.store.count_waiting_deliveries(id).await?;
    Ok(Told { webhook, waiting, deliveries: app.store.list_webhook_deliveries(id, LISTED).await? })
}

/// Notes what has changed in stages with a webhook: in these, or in all (`None`). Those of which it could not be found out
/// are to be asked for again.
pub async fn note(app: &App, stages: Option<&BTreeSet<String>>) -> Result<BTreeSet<String>> {
    let with_webhook = app.store.list_stages_with_webhook().await?;
    let mut failed = BTreeSet::new();
    for stage_id in with_webhook.into_iter().filter(|id| stages.is_none_or(|stages| stages.contains(id))) {
        match journal::update(app, &stage_id).await {
            Ok(_) => app.news.tell(Change::Webhooks),
            Err(error) => {
                tracing::error!("note what webhooks of stage {stage_id} are told: {error}");
                failed.insert(stage_id);
            }
        }
    }
    Ok(failed)
}

/// Forgets deliveries of long ago; says how many.
pub async fn clean(app: &App) -> Result<u64> {
    let now = app.clock.now();
    Ok(app.store.delete_old_webhook_deliveries(now - LISTED_MILLIS, now - KEPT_MILLIS).await?)
}

/// Takes what was typed, or says what is wrong with it.
fn checked(app: &App, wish: &Wish) -> Result<Webhook> {
    let mut problems = Vec::new();
    let mut wrong = |field: &'static str, key: &'static str| problems.push(Problem { field, key });
    let name = wish.name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() {
        wrong("name", "webhooks.name.missing");
    } else if name.chars().count() > LONGEST_NAME || name.chars().any(char::is_control) {
        wrong("name", "webhooks.name.long");
    }
    let address = Url::parse(wish.address.trim()).ok().filter(|_| wish.address.len() <= LONGEST_ADDRESS);
    match &address {
        None => wrong("address", "webhooks.address.wrong"),
        Some(url) if url.scheme() != "https" && !is_here(url) => wrong("address", "webhooks.address.https"),
        // The same rules as for whatever else is asked outside; a name is looked at when it is sent.
        Some(url) if app.http.guard().check(url).is_err() => wrong("address", "webhooks.address.forbidden"),
        Some(_) => {}
    }
    let events: Vec<_> = EVENTS.into_iter().filter(|event| wish.events.iter().any(|wanted| wanted == event)).collect();
    if events.is_empty() {
        wrong("events", "webhooks.events.missing");
    }
    match address {
        Some(address) if problems.is_empty() => {
            Ok(Webhook { name, address: address.to_string(), events: events.join(" "), ..Webhook::default() })
        }
        _ => Err(Error::Invalid(problems)),
    }
}

/// Whether an address is on this very machine, where nobody listens in; whether it may be reached is another question.
fn is_here(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

/// A secret of 24 bytes, as the specification suggests, in its own writing.
fn new_secret() -> Result<String> {
    Ok(format!("whsec_{}", STANDARD.encode(ids::random::<24>()?)))
}

fn seal(app: &App, id: &str, secret: &str) -> Result<Vec<u8>> {
    let sealed = app.keys.seal(&purpose(id), secret.as_bytes());
    sealed.map_err(|error| Error::internal("seal a secret", error))
}

/// What the secret of a webhook is sealed for.
fn purpose(id: &str) -> String {
    format!("secret of webhook {id}")
}

#[cfg(test)]
mod tests {
    use url::Url;

    use super::is_here;

    #[test]
    fn only_this_machine_may_be_told_without_tls() {
        for (address, here) in [
            ("http://127.0.0.1:8123/hook", true),
            ("http://[::1]/hook", true),
            ("http://localhost:9/", true),
            ("http://10.0.0.1/", false),
            ("http://localhost.example/", false),
            ("http://127.0.0.1.example/", false),
        ] {
            assert_eq!(is_here(&Url::parse(address).unwrap()), here, "{address}");
        }
    }
}
