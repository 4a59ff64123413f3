//! Signing in at a network: leaving, coming back, choosing among what was found, linking or reconnecting.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use tracing::{info, warn};

use super::{MOST, Saying, Wait, doors, fresh, notices, noting, quotas, saying, settings, tokens, told};
use crate::{
    app::{App, Error, Result},
    features::history::Deed,
    networks::{
        self, Candidate, Class, Facts, Link, Network, Settings,
        oauth::{Ask, Grant, Proof, Registration, SignIn, Tokens},
    },
    store::{self, SignInRow, Source, Stage},
    tools::ids,
};

/// Longest time between leaving and coming back, and for the choice after it, in milliseconds.
const LONGEST_MILLIS: i64 = 15 * 60 * 1_000;

/// A network that one signs in to, as the dashboard offers it.
pub struct Offer {
    /// What is known about it.
    pub facts: &'static Facts,
    /// Why it cannot be linked yet, and what the operator has to do; `None`: it can.
    pub missing: Option<Saying>,
}

/// What the browser brings back.
pub struct Return {
    /// What we sent along.
    pub state: String,
    /// What can be redeemed.
    pub code: Option<String>,
    /// Why there is nothing to redeem.
    pub error: Option<String>,
}

/// A profile that can be linked.
#[derive(Clone, Serialize, Deserialize)]
pub struct Found {
    /// Its id at the network.
    pub address: String,
    /// What it calls itself.
    pub title: Option<String>,
    /// Its page.
    pub page: Option<String>,
    tokens: Tokens,
}

/// Where a sign-in begins.
pub enum Begun {
    /// At this address of the network.
    At(String),
    /// Not now: what the network grants is used up.
    Wait(Wait),
}

/// Somebody who came back, and where to.
pub struct Arrived {
    /// The stage they had left from.
    pub stage: Stage,
    /// What came of it.
    pub outcome: Outcome,
}

/// What came of a sign-in.
pub enum Outcome {
    /// A new source is linked.
    Linked,
    /// A source that was there is connected again.
    Reconnected,
    /// There are several profiles; the choice has this id.
    Choose(String),
    /// Nothing: what this network grants is used up.
    Wait(&'static str, Wait),
    /// Nothing: why, and what to do.
    Trouble(Saying),
}

/// What stays sealed while somebody is away.
#[derive(Serialize, Deserialize)]
enum Kept {
    Proof(String),
    Found(Vec<Found>),
}

/// Every network that one signs in to, with what its operator still has to do.
pub fn offers(app: &App) -> Vec<Offer> {
    let settings = settings(app);
    let signed = networks::LIST.iter().filter_map(|network| Some((network.facts(), network.sign_in()?)));
    signed.map(|(facts, sign_in)| Offer { facts, missing: missing(app, facts, sign_in, &settings) }).collect()
}

/// Every network from which posts can come here: those that one signs in to only where the operator has registered there.
pub fn list_switched_on(app: &App) -> Vec<&'static Facts> {
    let settings = settings(app);
    let is_on = |network: &&&dyn Network| {
        let sign_in = network.sign_in();
        sign_in.is_none_or(|sign_in| missing(app, network.facts(), sign_in, &settings).is_none())
    };
    networks::LIST.iter().filter(is_on).map(|network| network.facts()).collect()
}

/// Those of them that tell us when a permission was taken back.
pub fn list_telling(app: &App) -> Vec<&'static Facts> {
    let tells = |facts: &&'static Facts| {
        let sign_in = networks::find(facts.name).and_then(|network| network.sign_in());
        sign_in.is_some_and(|sign_in| sign_in.facts().tells)
    };
    list_switched_on(app).into_iter().filter(tells).collect()
}

/// Address that the network sends people back to; the operator registers it there.
fn redirect(app: &App, network: &str) -> String {
    app.config.address(&format!("/dashboard/signed-in/{network}"))
}

fn missing(app: &App, facts: &Facts, sign_in: &dyn SignIn, settings: &Settings) -> Option<Saying> {
    let registration = settings.registrations.get(facts.name);
    let mut args = vec![
        ("portal", sign_in.facts().portal.to_owned()),
        ("network", facts.name.to_owned()),
        ("redirect", redirect(app, facts.name)),
    ];
    args.extend(notices::addresses(app, facts));
    match (sign_in.facts().off_until_approved, registration) {
        (Some(reason), None | Some(Registration { approved: false, .. })) => Some(Saying::new(reason, &args)),
        (_, None) if sign_in.facts().tells => Some(Saying::new("sources.not_registered.tells", &args)),
        (_, None) => Some(Saying::new("sources.not_registered", &args)),
        (_, Some(_)) => None,
    }
}

/// Finds a network that can be signed in to, with how we are registered there.
fn open<'s>(
    app: &App,
    name: &str,
    settings: &'s Settings,
) -> Result<(&'static dyn Network, &'static dyn SignIn, &'s Registration)> {
    let network = networks::find(name).ok_or(Error::NotFound("network"))?;
    let sign_in = network.sign_in().ok_or(Error::NotFound("network"))?;
    match settings.registrations.get(name) {
        Some(registration) if missing(app, network.facts(), sign_in, settings).is_none() => {
            Ok((network, sign_in, registration))
        }
        _ => Err(Error::invalid("", "sources.not_yet")),
    }
}

/// Begins a sign-in. With a source: to connect that one again.
pub async fn begin(
    app: &App,
    stage: &Stage,
    session_id: &str,
    network: &str,
    held: bool,
    source_id: Option<&str>,
) -> Result<Begun> {
    let settings = settings(app);
    let (network, sign_in, registration) = open(app, network, &settings)?;
    if let Some(wait) = quotas::wait(app, network.facts().name, &stage.account_id).await? {
        return Ok(Begun::Wait(wait));
    }
    let source_id = match source_id {
        Some(id) => {
            let source = app.store.find_source(&stage.id, id).await?.ok_or(Error::NotFound("source"))?;
            (source.network == network.facts().name).then_some(source.id).ok_or(Error::NotFound("source"))?
        }
        None if app.store.list_sources(&stage.id).await?.len() >= MOST => {
            return Err(Error::invalid("", "sources.too_many"));
        }
        None => String::new(),
    };
    let (state, proof) = (ids::secret()?, Proof::new(ids::secret()?));
    let ask = Ask { redirect: &redirect(app, network.facts().name), state: &state, proof: &proof };
    let address = sign_in.authorise(&settings, registration, &ask).ok_or(Error::invalid("", "sources.not_yet"))?;
    let row = SignInRow {
        id: hashed(&state),
        session_id: session_id.to_owned(),
        stage_id: stage.id.clone(),
        network: network.facts().name.to_owned(),
        source_id,
        held,
        sealed: Vec::new(),
        expires_at: app.clock.now() + LONGEST_MILLIS,
    };
    put(app, row, &Kept::Proof(proof.verifier().to_owned())).await?;
    Ok(Begun::At(address.into()))
}

/// Takes somebody who came back; not found when the state is unknown, used up, over, or of another session.
pub async fn arrive(app: &App, account_id: &str, session_id: &str, network: &str, back: &Return) -> Result<Arrived> {
    let missing = || Error::NotFound("sign-in");
    let now = app.clock.now();
    let row = app.store.find_sign_in(session_id, &hashed(&back.state), now).await?;
    let row = row.filter(|row| row.network == network).ok_or_else(missing)?;
    let stage = app.store.find_stage(account_id, &row.stage_id).await?.ok_or_else(missing)?;
    // Two answers to one question: whoever takes it first has it.
    let row = app.store.take_sign_in(session_id, &row.id, now).await?.ok_or_else(missing)?;
    let outcome = match (&back.code, &back.error) {
        (_, Some(error)) => Outcome::Trouble(refusal(error)),
        (None, None) => Outcome::Trouble(Saying::new("sources.sign_in.nothing", &[])),
        (Some(code), None) => redeem(app, &stage, row, code).await?,
    };
    Ok(Arrived { stage, outcome })
}

/// What a network says when it sends somebody back with nothing.
fn refusal(error: &str) -> Saying {
    let key = match error {
        "access_denied" | "user_cancelled_login" | "user_cancelled_authorize" | "user_denied" => {
            "sources.sign_in.denied"
        }
        "invalid_scope" | "unauthorized_scope_error" => "sources.sign_in.scope",
        _ => "sources.sign_in.failed",
    };
    Saying::new(key, &[])
}

async fn redeem(app: &App, stage: &Stage, row: SignInRow, code: &str) -> Result<Outcome> {
    let settings = settings(app);
    let (network, sign_in, registration) = open(app, &row.network, &settings)?;
    if let Some(wait) = quotas::wait(app, &row.network, &stage.account_id).await? {
        return Ok(Outcome::Wait(network.facts().name, wait));
    }
    let doors = doors(app, &settings)?;
    let Kept::Proof(proof) = kept(app, &row)? else { return Err(Error::NotFound("sign-in")) };
    let grant = Grant { code, redirect: &redirect(app, &row.network), proof: &Proof::new(proof) };
    let redeemed = sign_in.redeem(&doors, registration, &grant).await;
    quotas::note(app, network, &settings, &stage.account_id, &doors.meter).await?;
    let candidates = match redeemed {
        Ok(candidates) => candidates,
        Err(trouble) => {
            info!(stage.id = %stage.id, "a sign-in at {} came to nothing: {}", row.network, trouble.detail);
            // Of a profile that is not linked yet nothing has to be renewed: the sign-in itself failed.
            let key = if trouble.class == Class::ReauthRequired { "sources.sign_in.failed" } else { trouble.key };
            return Ok(Outcome::Trouble(Saying { key: key.to_owned(), ..saying(&trouble) }));
        }
    };
    let mut found: Vec<Found> = candidates.into_iter().filter_map(Found::of).collect();
    if row.source_id.is_empty() {
        if found.len() > 1 {
            let id = hashed(&ids::secret()?);
            let row = SignInRow { id: id.clone(), expires_at: doors.now + LONGEST_MILLIS, ..row };
            put(app, row, &Kept::Found(found)).await?;
            return Ok(Outcome::Choose(id));
        }
        let Some(only) = found.pop() else {
            return Ok(Outcome::Trouble(Saying::new("sources.sign_in.no_profile", &[])));
        };
        return link(app, stage, network, only, row.held).await;
    }
    let Some(source) = app.store.find_source(&stage.id, &row.source_id).await? else {
        return Ok(Outcome::Trouble(Saying::new("sources.sign_in.failed", &[])));
    };
    match found.into_iter().find(|found| found.address == source.address) {
        Some(found) => reconnect(app, stage, &source, &found).await,
        None => Ok(Outcome::Trouble(Saying::new("sources.sign_in.another", &[("name", source.name)]))),
    }
}

/// The profiles among which somebody has to choose; `None` when there is no such choice (any more).
pub async fn choices(app: &App, stage: &Stage, session_id: &str, id: &str) -> Result<Option<Vec<Found>>> {
    let row = app.store.find_sign_in(session_id, id, app.clock.now()).await?.filter(|row| row.stage_id == stage.id);
    Ok(match row.map(|row| kept(app, &row)).transpose()? {
        Some(Kept::Found(found)) => Some(found),
        _ => None,
    })
}

/// Links the chosen profile; the choice stays, so that another one can be linked too.
pub async fn choose(app: &App, stage: &Stage, session_id: &str, id: &str, address: &str) -> Result<Outcome> {
    let over = || Error::invalid("", "sources.sign_in.over");
    let row = app.store.find_sign_in(session_id, id, app.clock.now()).await?;
    let row = row.filter(|row| row.stage_id == stage.id).ok_or_else(over)?;
    let network = networks::find(&row.network).ok_or(Error::NotFound("network"))?;
    let Kept::Found(found) = kept(app, &row)? else { return Err(over()) };
    let found = found.into_iter().find(|found| found.address == address).ok_or_else(over)?;
    if app.store.list_sources(&stage.id).await?.len() >= MOST {
        return Err(Error::invalid("", "sources.too_many"));
    }
    link(app, stage, network, found, row.held).await
}

/// Links a profile; one that is linked already is connected again.
async fn link(app: &App, stage: &Stage, network: &dyn Network, found: Found, held: bool) -> Result<Outcome> {
    let name = network.facts().name;
    let linked = app.store.list_sources(&stage.id).await?;
    if let Some(source) = linked.iter().find(|source| source.network == name && source.address == found.address) {
        return reconnect(app, stage, source, &found).await;
    }
    let candidate = Candidate {
        link: Link { address: found.address.clone(), credential: None },
        title: found.title.clone(),
        page: found.page.clone(),
        preview: None,
    };
    // Due only when its tokens are there.
    let source = Source { next_at: i64::MAX, ..fresh(app, stage, network, candidate, held)? };
    let store = noting(app, stage, Deed::SourceLinked, &source);
    match store.add_source(&source).await {
        Ok(()) => {}
        Err(store::Error::Taken) => return Err(Error::invalid("", "sources.taken")),
        Err(error) => return Err(error.into()),
    }
    reconnect(app, stage, &source, &found).await?;
    Ok(Outcome::Linked)
}

/// Gives a source new tokens and sets it going; its posts and settings stay as they are.
async fn reconnect(app: &App, stage: &Stage, source: &Source, found: &Found) -> Result<Outcome> {
    let settings = settings(app);
    tokens::keep(app, &source.network, &source.id, &found.tokens, doors(app, &settings)?.chance).await?;
    let name = found.title.as_deref().unwrap_or(&source.name);
    let there = app.store.restart_source(&stage.id, &source.id, name, app.clock.now()).await?;
    told(app, stage, there)?;
    Ok(Outcome::Reconnected)
}

/// What is given back at a network when a source goes.
pub(super) struct Leave {
    source: Source,
    tokens: Tokens,
}

/// Finds out what is given back when a source goes; `None`: nothing.
pub(super) async fn leave(app: &App, stage: &Stage, id: &str) -> Result<Option<Leave>> {
    let Some(source) = app.store.find_source(&stage.id, id).await? else { return Ok(None) };
    // Tokens that cannot be opened any more cannot be given back either.
    let tokens = tokens::find(app, id).await.unwrap_or_default();
    Ok(tokens.map(|tokens| Leave { source, tokens }))
}

/// Tells the network that we no longer need what its owner gave us. Nobody waits for that: the source is gone.
pub(super) fn revoke(app: &App, leave: Leave) {
    let inner = app.clone();
    app.tasks.spawn(async move {
        let Leave { source, tokens } = leave;
        if let Err(error) = revoke_now(&inner, &source, &tokens).await {
            warn!("give a token of {} back: {error}", source.network);
        }
    });
}

async fn revoke_now(app: &App, source: &Source, tokens: &Tokens) -> Result<()> {
    // Some networks take back all that one person gave us, and another stage may use it still.
    if app.store.count_subscribers(&source.network, &source.address).await? > 0 {
        return Ok(());
    }
    let settings = settings(app);
    let sign_in = networks::find(&source.network).and_then(Network::sign_in);
    if let (Some(sign_in), Some(registration)) = (sign_in, settings.registrations.get(&source.network)) {
        sign_in.revoke(&doors(app, &settings)?, registration, tokens).await;
    }
    Ok(())
}

/// Removes sign-ins that nobody came back from; returns how many.
pub async fn clean(app: &App) -> Result<u64> {
    Ok(app.store.delete_ended_sign_ins(app.clock.now()).await?)
}

async fn put(app: &App, row: SignInRow, kept: &Kept) -> Result<()> {
    let text = serde_json::to_vec(kept).map_err(|error| Error::internal("write a sign-in", error))?;
    let sealed = app.keys.seal(&purpose(&row.id), &text);
    let sealed = sealed.map_err(|error| Error::internal("seal a sign-in", error))?;
    Ok(app.store.add_sign_in(&SignInRow { sealed, ..row }).await?)
}

fn kept(app: &App, row: &SignInRow) -> Result<Kept> {
    let opened = app.keys.open(&purpose(&row.id), &row.sealed);
    let opened = opened.map_err(|error| Error::internal("open a sign-in", error))?;
    serde_json::from_slice(&opened).map_err(|error| Error::internal("read a sign-in", error))
}

fn purpose(id: &str) -> String {
    format!("sign-in {id}")
}

/// Of what travels through the browser only the hash is kept.
fn hashed(state: &str) -> String {
    shared::hex::encode(&Sha256::digest(state.as_bytes()))
}

impl Found {
    fn of(candidate: Candidate) -> Option<Self> {
        let tokens = Tokens::of(candidate.link.credential.as_ref()?)?;
        Some(Self { address: candidate.link.address, title: candidate.title, page: candidate.page, tokens })
    }
}
