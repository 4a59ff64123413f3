//! Looks at the records of domains, and acts on what stands there.

use futures_util::future::join_all;

use super::{
    find,
    judge::{self, Looked, judge},
    proof_name, thing, told,
};
use crate::{
    app::{App, Error, Result, acting},
    features::history::{self, Deed, Place},
    store::{self, Domain, Stage},
    tools::quotas::Quota,
};

/// So long no other controller looks at a domain that one looks at.
const CLAIM_MILLIS: i64 = 2 * 60 * 1_000;
/// How often the owners of an account may have name servers asked.
const ASKED: Quota = Quota { name: "looks at domains", times: 10, millis: 60_000 };
/// Domains that are looked at at the same time: one whose name servers say nothing keeps no other waiting.
const AT_ONCE: usize = 8;
/// Why a job proves or loses a domain.
const BECAUSE: &str = "history.because.records";

/// Looks at the domain of a stage now, because its owner asks.
pub async fn check(app: &App, stage: &Stage) -> Result<Domain> {
    let domain = find(app, stage).await?.ok_or(Error::NotFound("domain"))?;
    app.quotas.take(&ASKED, &stage.account_id, app.clock.now()).map_err(Error::TooMany)?;
    look(app, &domain).await?;
    find(app, stage).await?.ok_or(Error::NotFound("domain"))
}

/// Looks at domains that are due, some at the same time; says whether there was one.
pub async fn next(app: &App) -> Result<bool> {
    let (now, mut due) = (app.clock.now(), Vec::new());
    while due.len() < AT_ONCE
        && let Some(domain) = app.store.claim_domain(now, now + CLAIM_MILLIS).await?
    {
        due.push(domain);
    }
    for looked in join_all(due.iter().map(|domain| acting::by_itself(BECAUSE, look(app, domain)))).await {
        looked?;
    }
    Ok(!due.is_empty())
}

async fn look(app: &App, domain: &Domain) -> Result<()> {
    let name = proof_name(&domain.host);
    let (texts, resolves) = tokio::join!(app.dns.texts(&name), app.dns.resolves(&domain.host));
    // Who does not know whether it resolves warns of nothing.
    let (texts, resolves) = (texts.ok(), resolves.unwrap_or(true));
    let holder = app.store.find_proven_domain(&domain.host).await?;
    let holder = holder.filter(|holder| holder.stage_id != domain.stage_id);
    let stands = |text: &str| texts.as_ref().is_some_and(|texts| texts.iter().any(|one| one.trim() == text));
    let taken = holder.as_ref().is_some_and(|holder| stands(&holder.proof));
    let is_proven = stands(&domain.proof) && !taken && (resolves || domain.is_active());
    let looked = Looked { texts, resolves, taken };
    let now = app.clock.now();
    if let Some(holder) = holder.filter(|_| is_proven) {
        // Who had it no longer says that it is theirs.
        let lost = judge::taken(&holder, now);
        acting::by_itself(BECAUSE, keep(app, &holder, &lost)).await?;
    }
    let after = judge(domain, &looked, now);
    match keep(app, domain, &after).await {
        // Another stage has proven it at the same moment; the next look says so.
        Err(Error::Invalid(_)) => Ok(()),
        result => result,
    }
}

/// Keeps what a look came to, notes it where it is another state, and tells of it.
async fn keep(app: &App, before: &Domain, after: &Domain) -> Result<()> {
    let deed = match (before.is_active(), after.is_active()) {
        (false, true) => Some(Deed::DomainProven),
        (true, false) => Some(Deed::DomainLost),
        _ => None,
    };
    let stage = app.store.find_any_stage(&before.stage_id).await?;
    let store = match (deed, &stage) {
        (Some(deed), Some(stage)) => history::noting(app, Place::from(stage), deed, thing(after)),
        _ => app.store.clone(),
    };
    let kept = match store.keep_domain_check(after, &before.state).await {
        Ok(kept) => kept,
        Err(store::Error::Taken) => return Err(Error::invalid("host", "domains.trouble.taken")),
        Err(error) => return Err(error.into()),
    };
    if kept && deed.is_some() {
        tracing::info!(stage.id = %after.stage_id, "the domain of stage {} is {}", after.stage_id, after.state);
        told(app, &after.stage_id).await?;
    }
    Ok(())
}
