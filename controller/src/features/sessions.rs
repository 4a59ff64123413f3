//! Sessions: who is logged in where, and for how long.

use std::net::IpAddr;

use sha2::{Digest, Sha256};

use crate::{
    app::{App, Error, Result},
    store::{Session, Visitor},
    tools::ids,
};

const MINUTE_MS: i64 = 60_000;
const DAY_MS: i64 = 24 * 60 * MINUTE_MS;

/// A session that nobody uses ends after this long.
pub const IDLE_MS: i64 = 30 * DAY_MS;
/// Every session ends after this long.
pub const LONGEST_MS: i64 = 90 * DAY_MS;

/// How long a browser keeps the cookie.
pub const LONGEST_SECS: i64 = LONGEST_MS / 1_000;

/// Longest part of what a browser says of itself that is kept.
const LONGEST_AGENT: usize = 300;

/// Begins a session and gives its token, which is stored nowhere but with the browser.
pub async fn begin(app: &App, member_id: &str, address: Option<IpAddr>, agent: &str) -> Result<String> {
    let token = ids::secret()?;
    let now = app.clock.now();
    app.store
        .add_session(&Session {
            id: ids::new(now),
            member_id: member_id.to_owned(),
            token_hash: hash(&token),
            address: show(address),
            user_agent: agent.chars().filter(|c| !c.is_control()).take(LONGEST_AGENT).collect(),
            created_at: now,
            seen_at: now,
            expires_at: now + LONGEST_MS,
        })
        .await?;
    Ok(token)
}

/// Finds who holds a token; notes the use at most once a minute.
pub async fn find(app: &App, token: &str, address: Option<IpAddr>) -> Result<Option<Visitor>> {
    // Ours are 64 hexadecimal characters: anything else need not be asked for.
    if shared::hex::decode::<32>(token).is_none() {
        return Ok(None);
    }
    let now = app.clock.now();
    let visitor = app.store.find_visitor(&hash(token), now, now - IDLE_MS).await?;
    if let Some(visitor) = visitor.as_ref().filter(|visitor| now - visitor.seen_at >= MINUTE_MS) {
        app.store.touch_session(&visitor.session_id, &show(address), now).await?;
    }
    Ok(visitor)
}

/// Lists a member's sessions, last used first.
pub async fn list(app: &App, member_id: &str) -> Result<Vec<Session>> {
    let now = app.clock.now();
    Ok(app.store.list_sessions(member_id, now, now - IDLE_MS).await?)
}

/// Ends one of a member's sessions.
pub async fn end(app: &App, member_id: &str, id: &str) -> Result<()> {
    if app.store.delete_session(member_id, id).await? { Ok(()) } else { Err(Error::NotFound("session")) }
}

/// Ends all of a member's sessions but one.
pub async fn end_others(app: &App, member_id: &str, but: &str) -> Result<()> {
    app.store.delete_other_sessions(member_id, but).await?;
    Ok(())
}

/// Removes what is left of sessions that have ended by themselves.
pub async fn tidy(app: &App) -> Result<u64> {
    let now = app.clock.now();
    Ok(app.store.delete_ended_sessions(now, now - IDLE_MS).await?)
}

fn hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

fn show(address: Option<IpAddr>) -> String {
    address.map_or_else(String::new, |address| address.to_string())
}
