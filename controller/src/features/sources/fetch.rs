//! Asking a network with whatever opens its profile: a password as it was typed, or tokens that are kept fresh.

use super::{
    credential,
    tokens::{self, Access, SIGN_IN_AGAIN},
};
use crate::{
    app::{App, Result},
    networks::{Class, Credential, Doors, Link, Network, Next, Trouble, Visit, Visited},
    store::Source,
};

/// Pause after which a visit is tried again that found its tokens being renewed, in milliseconds.
const PAUSE_MILLIS: i64 = 60 * 1_000;
/// The same where they could not be renewed.
const LONG_PAUSE_MILLIS: i64 = 10 * 60 * 1_000;

/// How a source is asked.
#[derive(Clone, Copy)]
pub(super) struct Asking<'a> {
    /// How many stages of this instance follow it.
    pub(super) subscribers: usize,
    /// Seconds between visits.
    pub(super) every_secs: i64,
    /// What was sent since the last visit, oldest first.
    pub(super) sent: &'a [String],
}

/// Visits a source; where its tokens are refused they are renewed once, and it is asked again.
pub(super) async fn fetch(
    app: &App,
    source: &Source,
    network: &dyn Network,
    doors: &Doors<'_>,
    asking: Asking<'_>,
) -> Result<Visited> {
    let question = Question { source, network, doors, asking };
    if network.sign_in().is_none() {
        return Ok(question.ask(credential(app, source)?).await);
    }
    let (mut used, mut version) = match tokens::ready(app, source).await? {
        Access::Good(tokens, version) => (tokens, version),
        access => return Ok(without_tokens(source, doors, &access)),
    };
    let mut visited = question.ask(Some(used.credential())).await;
    let is_refused =
        |visited: &Visited| matches!(&visited.outcome, Err(trouble) if trouble.class == Class::ReauthRequired);
    if is_refused(&visited) && used.is_renewable() {
        match tokens::renew_now(app, source, version).await? {
            Access::Good(newer, newer_version) => (used, version) = (newer, newer_version),
            later @ Access::Later(_) => return Ok(without_tokens(source, doors, &later)),
            Access::Refused => return Ok(visited),
        }
        visited = question.ask(Some(used.credential())).await;
    }
    if visited.outcome.is_ok() {
        app.store.settle_tokens(&source.id, version).await?;
    }
    Ok(visited)
}

/// What a visit asks, whatever opens the profile.
struct Question<'a> {
    source: &'a Source,
    network: &'a dyn Network,
    doors: &'a Doors<'a>,
    asking: Asking<'a>,
}

impl Question<'_> {
    async fn ask(&self, credential: Option<Credential>) -> Visited {
        let link = Link { address: self.source.address.clone(), credential };
        let memory = Some(self.source.memory.as_str()).filter(|memory| !memory.is_empty());
        let Asking { subscribers, every_secs, sent } = self.asking;
        self.network.fetch(self.doors, &Visit { link: &link, memory, every_secs, subscribers, sent }).await
    }
}

/// How a source is opened to look something up; `None` while it cannot be.
pub(super) async fn link_of(app: &App, source: &Source, network: &dyn Network) -> Result<Option<Link>> {
    let address = source.address.clone();
    if network.sign_in().is_none() {
        return Ok(Some(Link { address, credential: credential(app, source)? }));
    }
    Ok(match tokens::ready(app, source).await? {
        Access::Good(tokens, _) => Some(Link { address, credential: Some(tokens.credential()) }),
        Access::Later(_) | Access::Refused => None,
    })
}

/// A visit that could not begin.
fn without_tokens(source: &Source, doors: &Doors<'_>, access: &Access) -> Visited {
    let detail = "no token that opens the profile";
    let (trouble, next) = match access {
        Access::Refused => (Trouble::new(Class::ReauthRequired, SIGN_IN_AGAIN, detail), Next::Never),
        Access::Later(Some(why)) => (
            // Tried again by the job, whatever it is: a visit alone must not stop the source.
            Trouble { class: Class::Transient, ..why.clone() },
            Next::At(doors.now + LONG_PAUSE_MILLIS),
        ),
        _ => (Trouble::new(Class::Transient, "sources.error.renewing", detail), Next::At(doors.now + PAUSE_MILLIS)),
    };
    Visited {
        outcome: Err(trouble),
        memory: source.memory.clone(),
        next,
        moved_to: None,
        host_pause: None,
        renewed: None,
    }
}
