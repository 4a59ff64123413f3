//! Stages: the public presences of an account, their handles and looks.

mod handle;
mod look;

use std::sync::Arc;

pub use handle::{Handle, suggest};
pub use look::{Description, Look, StageName, Zone, zones};

use crate::{
    app::{App, Change, Error, Problem, Result},
    features::{media, programmes},
    store::{self, Stage, StageCount},
    tools::{ids, words::Language},
};

/// Most stages one account may have.
pub const MOST: usize = 50;

/// Colours of a stage whose owner has chosen none: poster red on paper, dark enough to be read on it.
const COLOURS: (&str, &str) = ("#c43514", "#faf5ec");

/// Lists the stages of an account by name.
pub async fn list(app: &App, account_id: &str) -> Result<Vec<Stage>> {
    Ok(app.store.list_stages(account_id).await?)
}

/// Gets a stage of an account; somebody else's is as good as none.
pub async fn get(app: &App, account_id: &str, id: &str) -> Result<Stage> {
    app.store.find_stage(account_id, id).await?.ok_or(Error::NotFound("stage"))
}

/// Gets the stage of a handle, however it is written, whosever it is: for what is public.
pub async fn get_public(app: &App, handle: &str) -> Result<Arc<Stage>> {
    let handle = handle.to_lowercase();
    let read = async || Ok((app.store.find_stage_by_handle(&handle).await?.map(Arc::new), i64::MAX));
    let found = app.handles.get(&handle, app.news.number(), app.clock.now(), read).await?;
    found.ok_or(Error::NotFound("stage"))
}

/// Counts what the stages of an account have.
pub async fn count(app: &App, account_id: &str) -> Result<Vec<StageCount>> {
    Ok(app.store.count_in_stages(account_id).await?)
}

/// What somebody types to make a stage, not yet checked.
#[derive(Clone, Debug, Default)]
pub struct NewStage {
    /// Its name.
    pub name: String,
    /// Its handle; empty for the one that goes with the name.
    pub handle: String,
    /// Time zone of whoever makes it; empty or unknown for the usual one.
    pub time_zone: String,
}

/// Makes a stage.
pub async fn create(app: &App, account_id: &str, typed: &NewStage, language: Language) -> Result<Stage> {
    let mut problems = Vec::new();
    let name = note(&mut problems, StageName::parse(&typed.name));
    let handle = match typed.handle.trim() {
        "" => free_handle(app, &typed.name).await?.ok_or(Problem { field: "handle", key: "stages.handle.missing" }),
        typed => Handle::parse(typed),
    };
    let handle = note(&mut problems, handle);
    let (Some(name), Some(handle)) = (name, handle) else { return Err(Error::Invalid(problems)) };
    if app.store.list_stages(account_id).await?.len() >= MOST {
        return Err(Error::invalid("", "stages.too_many"));
    }
    let now = app.clock.now();
    let (accent, background) = COLOURS;
    let stage = Stage {
        id: ids::new(now),
        account_id: account_id.to_owned(),
        handle: handle.as_str().to_owned(),
        likeness: handle.likeness(),
        name: name.into(),
        description: String::new(),
        accent: accent.to_owned(),
        background: background.to_owned(),
        logo_id: None,
        language: language.code().to_owned(),
        time_zone: Zone::parse(&typed.time_zone).unwrap_or_default().into(),
        created_at: now,
        changed_at: now,
    };
    match app.store.add_stage(&stage).await {
        Ok(()) => {}
        Err(store::Error::Taken) => return Err(Error::invalid("handle", "stages.handle.taken")),
        Err(error) => return Err(error.into()),
    }
    app.news.tell(Change::Stage { stage_id: stage.id.clone() });
    if let Err(error) = programmes::start(app, account_id, &stage.id).await {
        // The stage is there all the same, and the job of programmes tries again.
        tracing::warn!(stage.id = %stage.id, "start the programme of stage {}: {error}", stage.id);
    }
    Ok(stage)
}

/// A handle for this name that nobody has; `None` where no letter of the name can be used.
pub async fn free_handle(app: &App, name: &str) -> Result<Option<Handle>> {
    let Some(first) = suggest(name) else { return Ok(None) };
    for number in 1..10 {
        let Ok(handle) = Handle::parse(&first.numbered(number)) else { continue };
        if !app.store.has_likeness(&handle.likeness()).await? {
            return Ok(Some(handle));
        }
    }
    Ok(None)
}

/// Gives a stage a new name and look. A new logo is a picture as it was sent.
pub async fn change(app: &App, stage: &Stage, look: Look, logo: Logo) -> Result<Stage> {
    let logo_id = match logo {
        Logo::Same => stage.logo_id.clone(),
        Logo::None => None,
        Logo::New(bytes) => Some(keep(app, stage, bytes).await?),
    };
    let now = app.clock.now();
    let stage = Stage { logo_id, changed_at: now, ..look.laid_over(stage) };
    if !app.store.change_stage(&stage).await? {
        return Err(Error::NotFound("stage"));
    }
    app.news.tell(Change::Stage { stage_id: stage.id.clone() });
    Ok(stage)
}

/// What becomes of the logo.
pub enum Logo {
    /// It stays.
    Same,
    /// It goes.
    None,
    /// This one, as it was sent.
    New(Vec<u8>),
}

async fn keep(app: &App, stage: &Stage, bytes: Vec<u8>) -> Result<String> {
    match media::keep(app, &stage.account_id, bytes).await {
        Ok(media) => Ok(media.id),
        Err(error) => Err(Error::invalid("logo", error.for_sender()?.key())),
    }
}

/// Keeps the value, or notes what is wrong.
fn note<T>(problems: &mut Vec<Problem>, parsed: std::result::Result<T, Problem>) -> Option<T> {
    parsed.map_err(|problem| problems.push(problem)).ok()
}
