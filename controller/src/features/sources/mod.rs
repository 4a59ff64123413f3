//! Sources: linking networks and feeds, and keeping them.

mod fetch;
mod hooks;
mod import;
mod notices;
mod pictures;
mod policy;
mod quotas;
mod signin;
mod standing;
mod subscriptions;
mod tokens;

use std::collections::BTreeMap;

pub use hooks::{
    Door, KEPT_MILLIS as DELIVERIES_KEPT_MILLIS, Taken, deliver, expects, forget_deliveries, list_doors, renew_secret,
};
pub use import::{Imported, visit, visit_for};
pub use notices::{Erased, SHOWN_MILLIS as ERASURES_KEPT_MILLIS, erased, forget_erasures};
pub use policy::{StandsFor, give_on, list_given_networks, re_export, standing_of};
pub use quotas::{Wait, forget_uses, wait};
pub use signin::{
    Arrived, Begun, Found, Offer, Outcome, Return, arrive, begin, choices, choose, clean, list_switched_on,
    list_telling, offers,
};
pub use standing::{HIDDEN_MILLIS, check_next, follow_links, forget_hidden};
pub use subscriptions::{answer_hub, ask_hubs, is_of_hub, list_told};
pub use tokens::renew_due;

use crate::{
    app::{App, Change, Error, Result},
    config::{NetworkSettings, Secret},
    features::{
        history::{self, Deed, Thing},
        posts,
    },
    networks::{self, Answers, Candidate, Credential, Doors, Fed, Link, Meter, Network, Settings, oauth::Registration},
    store::{self, Source, Stage, Store},
    tools::ids,
};

/// What came of an owner's wish to link something.
pub enum Linked {
    /// It is linked and will be visited at once.
    Done(Box<Source>),
    /// There are several of this network to choose from (a website with three feeds).
    Choose(&'static str, Vec<Candidate>),
    /// Not now: what its network grants is used up.
    Wait(&'static str, Wait),
    /// It cannot be linked: the network it was taken for, if any, and a sentence that says why.
    Trouble(Option<&'static str>, Saying),
}

/// A sentence for the owner: translation key and what stands in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Saying {
    /// Translation key.
    pub key: String,
    /// What stands in the sentence, by name.
    pub args: BTreeMap<String, String>,
}

impl Saying {
    fn new(key: &str, args: &[(&str, String)]) -> Self {
        let args = args.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        Self { key: key.to_owned(), args }
    }

    /// The sentence a source carries about its last visit; `None` if there is nothing to say.
    pub fn of(source: &Source) -> Option<Self> {
        let args = serde_json::from_str(&source.detail).unwrap_or_default();
        (!source.problem.is_empty()).then(|| Self { key: source.problem.clone(), args })
    }
}

/// Most sources one stage may have.
pub const MOST: usize = 200;

/// Links what the owner typed, at a network or at the one that it belongs to.
pub async fn link(app: &App, stage: &Stage, network: Option<&str>, answers: &Answers, held: bool) -> Result<Linked> {
    if app.store.list_sources(&stage.id).await?.len() >= MOST {
        return Err(Error::invalid("", "sources.too_many"));
    }
    let settings = settings(app);
    let doors = doors(app, &settings)?;
    let network = match network {
        Some(name) => networks::find(name).ok_or(Error::NotFound("network"))?,
        None => {
            let typed = answers.get("address").map(String::as_str).unwrap_or_default();
            match networks::recognise(&doors, typed).await {
                Some(network) => network,
                None => return Ok(Linked::Trouble(None, Saying::new("networks.error.nobody_knows", &[]))),
            }
        }
    };
    let facts = network.facts();
    if let Some(wait) = quotas::wait(app, facts.name, &stage.account_id).await? {
        return Ok(Linked::Wait(facts.name, wait));
    }
    let connected = network.connect(&doors, answers).await;
    quotas::note(app, network, &settings, &stage.account_id, &doors.meter).await?;
    let mut candidates = match connected {
        Ok(candidates) => candidates,
        Err(trouble) => return Ok(Linked::Trouble(Some(facts.name), saying(&trouble))),
    };
    if candidates.len() > 1 {
        return Ok(Linked::Choose(facts.name, candidates));
    }
    let Some(candidate) = candidates.pop() else { return Err(Error::invalid("address", "sources.nothing_found")) };
    let source = fresh(app, stage, network, candidate, held)?;
    let store = noting(app, stage, Deed::SourceLinked, &source);
    match store.add_source(&source).await {
        Ok(()) => {
            app.news.tell(Change::Source { stage_id: stage.id.clone() });
            Ok(Linked::Done(Box::new(source)))
        }
        Err(store::Error::Taken) => Err(Error::invalid("address", "sources.taken")),
        Err(error) => Err(error.into()),
    }
}

/// Until when a source may not be visited: its host wants rest, or what its network grants to all is used up; `None` when
/// it may.
pub async fn rests(app: &App, source: &Source) -> Result<Option<i64>> {
    let account_id = app.store.find_any_stage(&source.stage_id).await?.map(|stage| stage.account_id);
    rests_for(app, &account_id.unwrap_or_default(), source).await
}

/// The same for whoever knows its account.
pub async fn rests_for(app: &App, account_id: &str, source: &Source) -> Result<Option<i64>> {
    let Some(network) = networks::find(&source.network) else { return Ok(None) };
    let link = Link { address: source.address.clone(), credential: None };
    let host = network.host(&settings(app), &link);
    let host_rests = host.and_then(|host| app.pauses.until(&host, app.clock.now()));
    let waits = quotas::wait(app, &source.network, account_id).await?;
    Ok(host_rests.max(waits.map(Wait::until)))
}

fn fresh(app: &App, stage: &Stage, network: &dyn Network, candidate: Candidate, held: bool) -> Result<Source> {
    let now = app.clock.now();
    let id = ids::new(now);
    let seal = |secret: &Credential| app.keys.seal(&purpose(&id), secret.reveal().as_bytes());
    let credential = candidate.link.credential.as_ref().map(seal).transpose();
    let is_sent = network.facts().fed == Fed::Sent;
    let first_check = standing::first_check(network, now);
    Ok(Source {
        credential: credential.map_err(|error| Error::internal("seal a credential", error))?,
        id,
        stage_id: stage.id.clone(),
        network: network.facts().name.to_owned(),
        name: candidate.title.unwrap_or_else(|| candidate.link.address.clone()),
        address: candidate.link.address,
        held,
        memory: String::new(),
        state: "new".to_owned(),
        problem: String::new(),
        detail: "{}".to_owned(),
        failures: 0,
        fetched_at: 0,
        succeeded_at: 0,
        next_at: if is_sent { import::NEVER } else { now },
        claimed_until: 0,
        created_at: now,
        checks_links: first_check.is_some(),
        links_due_at: first_check.unwrap_or_default(),
    })
}

/// What the credential of a source is sealed for.
fn purpose(source_id: &str) -> String {
    format!("credential of source {source_id}")
}

/// The credential of a source, opened.
fn credential(app: &App, source: &Source) -> Result<Option<Credential>> {
    let Some(sealed) = &source.credential else { return Ok(None) };
    let failed = |why: String| Error::internal(&format!("open the credential of source {}", source.id), why);
    let opened = app.keys.open(&purpose(&source.id), sealed).map_err(|error| failed(error.to_string()))?;
    let secret = String::from_utf8(opened.to_vec()).map_err(|_| failed("no text".to_owned()))?;
    Ok(Some(Credential::new(secret)))
}

/// Visits a source at the next opportunity, also one that was stopped.
pub async fn visit_now(app: &App, stage: &Stage, id: &str) -> Result<()> {
    let found = app.store.visit_source_now(&stage.id, id, app.clock.now()).await?;
    told(app, stage, found)
}

/// Sets whether new posts of a source wait until somebody shows them.
pub async fn hold(app: &App, stage: &Stage, id: &str, held: bool) -> Result<()> {
    let source = app.store.find_source(&stage.id, id).await?.ok_or(Error::NotFound("source"))?;
    let deed = if held { Deed::SourceHeld } else { Deed::SourceReleased };
    let found = noting(app, stage, deed, &source).hold_source(&stage.id, id, held).await?;
    told(app, stage, found)
}

/// Removes a source with its posts and their pictures, from every face.
pub async fn unlink(app: &App, stage: &Stage, id: &str) -> Result<()> {
    let leave = signin::leave(app, stage, id).await?;
    let subscription = app.store.find_subscription(id).await?;
    let source = app.store.find_source(&stage.id, id).await?.ok_or(Error::NotFound("source"))?;
    let found = noting(app, stage, Deed::SourceUnlinked, &source).delete_source(&stage.id, id).await?;
    told(app, stage, found)?;
    if let Some(leave) = leave {
        signin::revoke(app, leave);
    }
    if let Some(subscription) = subscription {
        subscriptions::leave(app, subscription);
    }
    posts::withdrawn(app, &stage.id).await
}

/// The database, which notes what is done to a source.
fn noting(app: &App, stage: &Stage, deed: Deed, source: &Source) -> Store {
    history::noting(app, stage, deed, Thing { id: &source.id, name: &source.name, other: &source.network })
}

fn told(app: &App, stage: &Stage, found: bool) -> Result<()> {
    if !found {
        return Err(Error::NotFound("source"));
    }
    app.news.tell(Change::Source { stage_id: stage.id.clone() });
    Ok(())
}

fn saying(trouble: &networks::Trouble) -> Saying {
    Saying::new(trouble.key, &trouble.args)
}

fn settings(app: &App) -> Settings {
    let key = |(name, set): (&String, &NetworkSettings)| {
        Some((name.clone(), Credential::new(set.key.as_ref()?.reveal().to_owned())))
    };
    Settings {
        keys: app.config.networks.iter().filter_map(key).collect(),
        minimum_secs: i64::try_from(app.config.feed_interval_secs).unwrap_or(i64::MAX),
        instance_url: Some(app.config.base_url.to_string()),
        bases: bases(app),
        registrations: registrations(app),
        quotas: app.config.networks.iter().filter_map(|(name, set)| Some((name.clone(), set.quota?))).collect(),
        ..Settings::default()
    }
}

fn bases(app: &App) -> BTreeMap<String, String> {
    let named = |(network, settings): (&String, &NetworkSettings)| {
        let network = network.clone();
        settings.others().into_iter().map(move |(name, value)| (format!("{network}.{name}"), value))
    };
    app.config.networks.iter().flat_map(named).collect()
}

fn registrations(app: &App) -> BTreeMap<String, Registration> {
    let registered = |(network, settings): (&String, &NetworkSettings)| {
        let secret = settings.client_secret.as_ref().map(Secret::reveal)?;
        let registration = Registration {
            client_id: settings.client_id.clone().filter(|id| !id.is_empty())?,
            client_secret: Credential::new(Some(secret).filter(|secret| !secret.is_empty())?.to_owned()),
            approved: settings.approved,
        };
        Some((network.clone(), registration))
    };
    app.config.networks.iter().filter_map(registered).collect()
}

fn doors<'a>(app: &'a App, settings: &'a Settings) -> Result<Doors<'a>> {
    let die = u32::from_le_bytes(ids::random()?);
    let chance = f64::from(die) / (f64::from(u32::MAX) + 1.0);
    Ok(Doors { http: &app.http, settings, now: app.clock.now(), chance, meter: Meter::default() })
}
