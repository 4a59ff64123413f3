//! Tokens of sources that one signs in to: kept sealed, renewed ahead of time, never lost on the way.
//!
//! Some networks give a new refresh token with each renewal and refuse the old one from then on. So one controller at a
//! time renews a source (a claim), the new tokens are stored in one statement before anything uses them, the ones
//! before stay beside them until that has happened, and when the newer ones are refused the ones before are tried.

use futures_util::future::join_all;
use tracing::{info, warn};

use super::{doors, notices, settings};
use crate::{
    app::{App, Change, Error, Result},
    networks::{self, Class, Credential, Doors, Trouble, oauth::Tokens},
    store::{Source, TokenRow},
};

/// A claim ends by itself after this long, in milliseconds: longer than any renewal may take.
const CLAIM_MILLIS: i64 = 2 * 60 * 1_000;
/// Tokens renewed at the same time.
const AT_ONCE: i64 = 16;
/// First and longest pause after a renewal that failed, in milliseconds.
const FIRST_PAUSE_MILLIS: i64 = 60 * 1_000;
const LONGEST_PAUSE_MILLIS: i64 = 6 * 3_600 * 1_000;
/// What cannot be renewed is never due.
const NEVER: i64 = i64::MAX;

/// What the owner has to do.
pub(super) const SIGN_IN_AGAIN: &str = "sources.error.sign_in_again";

/// What a visit may use.
pub(super) enum Access {
    /// These tokens, of this version.
    Good(Tokens, i64),
    /// Nothing for now: somebody else renews them, or that failed for this reason.
    Later(Option<Trouble>),
    /// Nothing: the owner has to sign in.
    Refused,
}

/// Keeps the tokens of somebody who has just signed in.
pub(super) async fn keep(app: &App, network: &str, source_id: &str, tokens: &Tokens, chance: f64) -> Result<()> {
    let sealed = seal(app, source_id, tokens)?;
    let grantor = tokens.user.as_deref().map(|user| notices::grantor(app, network, user)).unwrap_or_default();
    let granted = (grantor.as_str(), app.clock.now());
    app.store.put_tokens(source_id, &sealed, tokens.renew_at(chance).unwrap_or(NEVER), granted).await?;
    Ok(())
}

/// Returns what a visit may use; renews it first where it has ended.
pub(super) async fn ready(app: &App, source: &Source) -> Result<Access> {
    let Some(row) = app.store.find_tokens(&source.id).await? else { return Ok(Access::Refused) };
    let tokens = open(app, &source.id, &row.sealed)?;
    if !tokens.is_over(app.clock.now()) {
        return Ok(Access::Good(tokens, row.version));
    }
    renew_now(app, source, row.version).await
}

/// Renews tokens that the network did not take, or that have ended.
pub(super) async fn renew_now(app: &App, source: &Source, version: i64) -> Result<Access> {
    let now = app.clock.now();
    let Some(row) = app.store.claim_tokens(&source.id, version, now, now + CLAIM_MILLIS).await? else {
        let newer = app.store.find_tokens(&source.id).await?.filter(|row| row.version > version);
        let Some(row) = newer else { return Ok(Access::Later(None)) };
        let tokens = open(app, &source.id, &row.sealed)?;
        return Ok(if tokens.is_over(now) { Access::Later(None) } else { Access::Good(tokens, row.version) });
    };
    // A visit is broken off when the program stops; a renewal must not be.
    let (inner, network, claimed) = (app.clone(), source.network.clone(), row.clone());
    let done = app.tasks.spawn(async move { renew(&inner, &network, &claimed).await }).await;
    let access = done.map_err(|error| Error::internal("renew a token", error))??;
    if matches!(access, Access::Refused) {
        // Neither opens the profile nor renews itself: only its owner can help.
        app.store.fail_tokens(&row, NEVER).await?;
    }
    Ok(access)
}

/// Renews tokens that are due; returns how many were tried.
pub async fn renew_due(app: &App) -> Result<usize> {
    let now = app.clock.now();
    let rows = app.store.claim_due_tokens(now, now + CLAIM_MILLIS, AT_ONCE).await?;
    let renewals: Vec<_> = rows.iter().map(|row| renew_one(app, row)).collect();
    for (row, done) in rows.iter().zip(join_all(renewals).await) {
        if let Err(error) = done {
            warn!(source.id = %row.source_id, "renew the token of source {}: {error}", row.source_id);
        }
    }
    Ok(rows.len())
}

async fn renew_one(app: &App, row: &TokenRow) -> Result<()> {
    let Some((_, network)) = app.store.find_source_home(&row.source_id).await? else { return Ok(()) };
    renew(app, &network, row).await.map(|_| ())
}

/// Renews claimed tokens.
async fn renew(app: &App, network: &str, row: &TokenRow) -> Result<Access> {
    let network = networks::find(network).ok_or(Error::NotFound("network"))?;
    let name = network.facts().name;
    let settings = settings(app);
    let doors = doors(app, &settings)?;
    let tokens = open(app, &row.source_id, &row.sealed)?;
    let (Some(sign_in), Some(registration)) = (network.sign_in(), settings.registrations.get(name)) else {
        return put_off(app, &doors, row, &tokens, None).await;
    };
    if !tokens.is_renewable() {
        app.store.fail_tokens(row, NEVER).await?;
        return refused(app, row, &tokens, doors.now).await;
    }
    let mut used = row.sealed.clone();
    let mut renewed = sign_in.renew(&doors, registration, &tokens).await;
    if let (Err(trouble), Some(previous)) = (&renewed, &row.previous)
        && trouble.class == Class::ReauthRequired
    {
        // The network may have forgotten what it gave us last, when it broke down in between.
        used.clone_from(previous);
        renewed = sign_in.renew(&doors, registration, &open(app, &row.source_id, previous)?).await;
    }
    let new = match renewed {
        Ok(new) => new,
        Err(trouble) => {
            info!(source.id = %row.source_id, "the token of source {} could not be renewed: {}", row.source_id, trouble.detail);
            return put_off(app, &doors, row, &tokens, Some(&trouble)).await;
        }
    };
    let sealed = seal(app, &row.source_id, &new)?;
    let renew_at = new.renew_at(doors.chance).unwrap_or(NEVER);
    let mut kept = app.store.renew_tokens(row, &sealed, &used, renew_at).await;
    for pause_millis in [100, 500, 2_000, 5_000, 10_000] {
        // These tokens are nowhere else: a database that is busy for a moment must not cost them.
        let Err(error) = &kept else { break };
        warn!(source.id = %row.source_id, "keep the token of source {}: {error}", row.source_id);
        tokio::time::sleep(std::time::Duration::from_millis(pause_millis)).await;
        kept = app.store.renew_tokens(row, &sealed, &used, renew_at).await;
    }
    if kept? { Ok(Access::Good(new, row.version + 1)) } else { Ok(Access::Later(None)) }
}

/// Notes that a renewal failed. While the tokens still open the profile it is tried again; then the owner is asked.
async fn put_off(
    app: &App,
    doors: &Doors<'_>,
    row: &TokenRow,
    tokens: &Tokens,
    trouble: Option<&Trouble>,
) -> Result<Access> {
    let doubled = FIRST_PAUSE_MILLIS.saturating_mul(1 << row.failures.clamp(0, 16)).min(LONGEST_PAUSE_MILLIS);
    #[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "milliseconds of six hours")]
    let mut again_at = doors.now + (doubled as f64 * (0.75 + doors.chance / 2.0)) as i64;
    if let Some(Class::RateLimited { until }) = trouble.map(|trouble| &trouble.class) {
        again_at = again_at.max(*until);
    }
    let is_over = tokens.is_over(doors.now);
    let is_refused = trouble.is_some_and(|trouble| trouble.class == Class::ReauthRequired);
    // Once more before they end, however long the pause has become.
    let end = tokens.expires_at.map_or(i64::MAX, |end| end.saturating_sub(FIRST_PAUSE_MILLIS));
    if !is_over && end > doors.now {
        again_at = again_at.min(end);
    }
    app.store.fail_tokens(row, if is_over && is_refused { NEVER } else { again_at }).await?;
    if is_refused { refused(app, row, tokens, doors.now).await } else { Ok(Access::Later(trouble.cloned())) }
}

/// Asks the owner to sign in again, unless the tokens still open the profile.
async fn refused(app: &App, row: &TokenRow, tokens: &Tokens, now: i64) -> Result<Access> {
    if !tokens.is_over(now) {
        return Ok(Access::Refused);
    }
    if app.store.stop_source(&row.source_id, SIGN_IN_AGAIN, now).await?
        && let Some((stage_id, _)) = app.store.find_source_home(&row.source_id).await?
    {
        app.news.tell(Change::Source { stage_id });
    }
    Ok(Access::Refused)
}

/// What the tokens of a source are sealed for.
fn purpose(source_id: &str) -> String {
    format!("tokens of source {source_id}")
}

fn seal(app: &App, source_id: &str, tokens: &Tokens) -> Result<Vec<u8>> {
    let sealed = app.keys.seal(&purpose(source_id), tokens.credential().reveal().as_bytes());
    sealed.map_err(|error| Error::internal("seal a token", error))
}

fn open(app: &App, source_id: &str, sealed: &[u8]) -> Result<Tokens> {
    let failed = |why: String| Error::internal(&format!("open the token of source {source_id}"), why);
    let opened = app.keys.open(&purpose(source_id), sealed).map_err(|error| failed(error.to_string()))?;
    let text = String::from_utf8(opened.to_vec()).map_err(|_| failed("no text".to_owned()))?;
    Tokens::of(&Credential::new(text)).ok_or_else(|| failed("no tokens".to_owned()))
}

/// The tokens of a source, opened, for whoever ends its link; `None` when it has none.
pub(super) async fn find(app: &App, source_id: &str) -> Result<Option<Tokens>> {
    let row = app.store.find_tokens(source_id).await?;
    row.map(|row| open(app, source_id, &row.sealed)).transpose()
}
