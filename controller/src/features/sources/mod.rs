//! Sources: linking networks and feeds, and keeping them.

mod import;
mod links;
mod pictures;

use std::collections::BTreeMap;

pub use import::{Imported, visit};
pub use links::{check_next, follow_links};

use crate::{
    app::{App, Change, Error, Result},
    features::{media, screens},
    networks::{self, Answers, Candidate, Credential, Doors, Network, Settings},
    store::{self, Source, Stage},
    tools::ids,
};

/// What came of an owner's wish to link something.
pub enum Linked {
    /// It is linked and will be visited at once.
    Done(Box<Source>),
    /// There are several to choose from (a website with three feeds).
    Choose(Vec<Candidate>),
    /// It cannot be linked: a key, and what stands in the sentence.
    Trouble(Saying),
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

/// Links what the owner typed.
pub async fn link(app: &App, stage: &Stage, network: &str, answers: &Answers, held: bool) -> Result<Linked> {
    let network = networks::find(network).ok_or(Error::NotFound("network"))?;
    if app.store.list_sources(&stage.id).await?.len() >= MOST {
        return Err(Error::invalid("", "sources.too_many"));
    }
    let settings = settings(app);
    let doors = doors(app, &settings)?;
    let mut candidates = match network.connect(&doors, answers).await {
        Ok(candidates) => candidates,
        Err(trouble) => return Ok(Linked::Trouble(saying(&trouble))),
    };
    if candidates.len() > 1 {
        return Ok(Linked::Choose(candidates));
    }
    let Some(candidate) = candidates.pop() else { return Err(Error::invalid("address", "sources.nothing_found")) };
    let source = fresh(app, stage, network, candidate, held)?;
    match app.store.add_source(&source).await {
        Ok(()) => {
            app.news.tell(Change::Source { stage_id: stage.id.clone() });
            Ok(Linked::Done(Box::new(source)))
        }
        Err(store::Error::Taken) => Err(Error::invalid("address", "sources.taken")),
        Err(error) => Err(error.into()),
    }
}

fn fresh(app: &App, stage: &Stage, network: &dyn Network, candidate: Candidate, held: bool) -> Result<Source> {
    let now = app.clock.now();
    let id = ids::new(now);
    let seal = |secret: &Credential| app.keys.seal(&purpose(&id), secret.reveal().as_bytes());
    let credential = candidate.link.credential.as_ref().map(seal).transpose();
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
        next_at: now,
        claimed_until: 0,
        created_at: now,
        checks_links: false,
        links_due_at: 0,
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
    let found = app.store.hold_source(&stage.id, id, held).await?;
    told(app, stage, found)
}

/// Removes a source with its posts and their pictures, from every face.
pub async fn unlink(app: &App, stage: &Stage, id: &str) -> Result<()> {
    let found = app.store.delete_source(&stage.id, id).await?;
    told(app, stage, found)?;
    app.news.tell(Change::Posts { stage_id: stage.id.clone() });
    screens::withdraw_pictures(app, &stage.id).await?;
    // What is left over is swept again later; the posts are gone in any case.
    if let Err(error) = media::tidy(app).await {
        tracing::warn!("tidy media after a source went: {error}");
    }
    Ok(())
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
    Settings {
        minimum_secs: i64::try_from(app.config.feed_interval_secs).unwrap_or(i64::MAX),
        instance_url: Some(app.config.base_url.to_string()),
        ..Settings::default()
    }
}

fn doors<'a>(app: &'a App, settings: &'a Settings) -> Result<Doors<'a>> {
    let die = u32::from_le_bytes(ids::random()?);
    Ok(Doors { http: &app.http, settings, now: app.clock.now(), chance: f64::from(die) / (f64::from(u32::MAX) + 1.0) })
}
