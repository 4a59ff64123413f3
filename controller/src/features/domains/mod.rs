//! Domains of their own under which newsrooms are found: entered, proven, lost.

mod check;
mod home;
mod host;
mod judge;

pub use check::{check, next};
pub use home::{Home, instance_host};
pub use host::{HostName, LONGEST, readable};
pub use judge::{Looked, PATIENCE_MILLIS, judge};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};

use crate::{
    app::{App, Change, Error, Result},
    features::history::{self, Deed, Thing},
    store::{self, Domain, Stage},
    tools::ids,
};

/// Name of the record that holds the proof of a domain.
pub fn proof_name(host: &str) -> String {
    format!("_litfass.{host}")
}

/// Finds the domain of a stage.
pub async fn find(app: &App, stage: &Stage) -> Result<Option<Domain>> {
    Ok(app.store.find_domain(&stage.id).await?)
}

/// Enters a domain; its newsroom is found there once that is proven.
pub async fn add(app: &App, stage: &Stage, typed: &str) -> Result<Domain> {
    let host = HostName::parse(typed, instance_host(app)).map_err(|problem| Error::Invalid(vec![problem]))?;
    let now = app.clock.now();
    let domain = Domain {
        stage_id: stage.id.clone(),
        host: host.as_str().to_owned(),
        // No secret: everybody can read it once it stands there. It tells stages apart.
        proof: format!("litfass={}", URL_SAFE_NO_PAD.encode(ids::random::<18>()?)),
        state: "waiting".to_owned(),
        added_at: now,
        // Nobody sets a record within seconds.
        due_at: now + 60_000,
        resolves: true,
        ..Domain::default()
    };
    match history::noting(app, stage, Deed::DomainAdded, thing(&domain)).add_domain(&domain).await {
        Ok(()) => Ok(domain),
        Err(store::Error::Taken) => Err(Error::invalid("host", "domains.host.another")),
        Err(error) => Err(error.into()),
    }
}

/// Removes the domain of a stage: from now on its newsroom is found at the instance's address.
pub async fn remove(app: &App, stage: &Stage) -> Result<()> {
    let domain = find(app, stage).await?.ok_or(Error::NotFound("domain"))?;
    if !history::noting(app, stage, Deed::DomainRemoved, thing(&domain)).delete_domain(&stage.id).await? {
        return Err(Error::NotFound("domain"));
    }
    told(app, &stage.id).await
}

/// Has the domains in memory read anew, should any have changed or some time gone by.
pub async fn refresh(app: &App) -> Result<()> {
    let read = async || Ok(app.store.list_active_domains().await?);
    app.domains.refresh(app.clock.now(), read).await
}

/// Whether a newsroom is found under a name, so that a certificate for it makes sense.
pub async fn is_active(app: &App, name: &str) -> Result<bool> {
    refresh(app).await?;
    let name = name.strip_suffix('.').unwrap_or(name).to_ascii_lowercase();
    Ok(app.domains.known().of_host(&name).is_some())
}

/// Tells that a newsroom is found elsewhere from now on.
async fn told(app: &App, stage_id: &str) -> Result<()> {
    app.domains.changed();
    // First where it is, then that it is there: whoever draws anew because of the news knows the new address.
    refresh(app).await?;
    app.news.tell(Change::Stage { stage_id: stage_id.to_owned() });
    Ok(())
}

fn thing(domain: &Domain) -> Thing<'_> {
    Thing { id: &domain.stage_id, name: &domain.host, other: "" }
}
