//! Programmes: what plays when, as its owner builds it and as it goes to the screens.

mod answers;
mod calm;
mod changes;
mod compile;
#[cfg(test)]
mod compile_tests;
mod draft;
mod edit;
mod entries;
pub mod form;
mod layouts;
mod newest;
pub mod preview;
mod publish;
mod revisions;
mod shares;
mod sign;
mod wanted;

pub use answers::{is_needed, missing, offered};
pub use changes::{Step, changes};
pub use compile::{Given, compile, same_content};
pub use draft::{About, Draft, DraftPlan, DraftRegion, FIRST_PLAN, Item};
pub use edit::{Move, PRIORITIES, PlanWish};
pub use entries::{SECONDS, instant, says_nothing};
pub use layouts::{FREE, LAYOUTS, Layout, MOST_PARTS};
pub use newest::newest;
pub use publish::publish;
pub use revisions::{
    Editing, LONGEST_NAME, Open, edit, fresh_id, name, open, publish_at, redo, restore, undo, withdraw,
};
pub use shares::MOST_SHARE;
pub use wanted::{ask_again, keep_wanted, want};

use crate::{
    app::{App, Change, Error, Result},
    features::history::{self, Deed, Thing},
    store::{Programme, ProgrammeCount, Revision, Stage},
    tools::{
        ids,
        words::{self, Language},
    },
};

/// Most programmes of a stage.
const MOST_PROGRAMMES: usize = 50;

/// Gives a stage its programme unless it has one, and its account a key to sign with.
pub async fn start(app: &App, account_id: &str, stage_id: &str) -> Result<()> {
    sign::key(app, account_id).await?;
    let stage = app.store.find_any_stage(stage_id).await?.ok_or(Error::NotFound("stage"))?;
    let language = Language::find(&stage.language).unwrap_or_default();
    let name = words::say(language, "programmes.first", &[]);
    // A stage's first programme has the stage's id, so that nobody can make it twice.
    add(app, &stage, stage_id.to_owned(), name, &Draft::start()).await?;
    Ok(())
}

async fn add(app: &App, stage: &Stage, id: String, name: String, draft: &Draft) -> Result<String> {
    let (account_id, stage_id) = (stage.account_id.clone(), stage.id.clone());
    let programme = Programme { id, account_id, stage_id, name, ..Programme::default() };
    let thing = Thing { id: &programme.id, name: &programme.name, other: "" };
    // The first one comes with its stage.
    let is_first = programme.id == stage.id;
    let noting = || history::noting(app, stage, Deed::ProgrammeMade, thing);
    let store = if is_first { app.store.clone() } else { noting() };
    if store.insert_programme(&programme, &draft.write(), app.clock.now()).await? {
        app.news.tell(Change::Settings { programme_id: programme.id.clone() });
    }
    Ok(programme.id)
}

/// Gives every stage its programme.
pub async fn start_missing(app: &App) -> Result<()> {
    for (account_id, stage_id) in app.store.list_stages_without_programme().await? {
        start(app, &account_id, &stage_id).await?;
    }
    Ok(())
}

/// The first programme of a stage of an account.
pub async fn first(app: &App, account_id: &str, stage_id: &str) -> Result<Programme> {
    if app.store.find_stage(account_id, stage_id).await?.is_none() {
        return Err(Error::NotFound("stage"));
    }
    if let Some(programme) = app.store.find_programme(account_id, stage_id).await? {
        return Ok(programme);
    }
    start(app, account_id, stage_id).await?;
    app.store.find_programme(account_id, stage_id).await?.ok_or(Error::NotFound("programme"))
}

/// Lists the programmes of a stage.
pub async fn list(app: &App, stage: &Stage) -> Result<Vec<ProgrammeCount>> {
    first(app, &stage.account_id, &stage.id).await?;
    Ok(app.store.list_programmes(&stage.account_id, &stage.id).await?)
}

/// Makes a programme that shows what a new stage shows; its id.
pub async fn create(app: &App, stage: &Stage, typed: &str) -> Result<String> {
    room(app, stage).await?;
    add(app, stage, ids::new(app.clock.now()), name(typed)?, &Draft::start()).await
}

/// Makes another programme like one; its id. What was not published yet is published in the copy, which nobody follows.
pub async fn copy(app: &App, stage: &Stage, id: &str, typed: &str) -> Result<String> {
    room(app, stage).await?;
    let name = name(typed)?;
    let old = open(app, &stage.account_id, &stage.id, id).await?;
    let copy = add(app, stage, ids::new(app.clock.now()), name, &Draft::start()).await?;
    let who = Editing { account_id: &stage.account_id, member_id: "", programme_id: &copy, seen: 1 };
    edit(app, &who, |draft| {
        *draft = old.draft;
        Ok(())
    })
    .await?;
    let seen = first_number(app, &copy).await?;
    publish_at(app, &Editing { seen, ..who }, None).await?;
    Ok(copy)
}

async fn first_number(app: &App, id: &str) -> Result<i64> {
    Ok(app.store.find_any_programme(id).await?.ok_or(Error::NotFound("programme"))?.revision)
}

async fn room(app: &App, stage: &Stage) -> Result<()> {
    if list(app, stage).await?.len() >= MOST_PROGRAMMES {
        return Err(Error::invalid("name", "programmes.problem.many"));
    }
    Ok(())
}

/// Gives a programme another name.
pub async fn rename(app: &App, stage: &Stage, id: &str, typed: &str) -> Result<()> {
    let name = name(typed)?;
    let old = app.store.find_programme(&stage.account_id, id).await?.ok_or(Error::NotFound("programme"))?;
    let store = history::noting(app, stage, Deed::ProgrammeRenamed, Thing { id, name: &old.name, other: &name });
    let done = store.rename_programme(&stage.account_id, id, &name).await?;
    if done { Ok(()) } else { Err(Error::NotFound("programme")) }
}

/// Removes a programme that no screen follows and that is not the stage's first.
pub async fn delete(app: &App, stage: &Stage, id: &str) -> Result<()> {
    let old = app.store.find_programme(&stage.account_id, id).await?;
    let name = old.as_ref().map_or("", |programme| programme.name.as_str());
    let store = history::noting(app, stage, Deed::ProgrammeRemoved, Thing { id, name, other: "" });
    let done = store.delete_programme(&stage.account_id, &stage.id, id).await?;
    if done { Ok(()) } else { Err(Error::invalid("", "programmes.delete.followed")) }
}

/// What was done to a programme, newest first.
pub async fn history(app: &App, programme_id: &str) -> Result<Vec<Revision>> {
    Ok(app.store.list_revisions(programme_id, 200).await?)
}

/// Finds the item that an entry on a screen came from, by the entry's name.
pub async fn find_published_item(app: &App, programme_id: &str, entry: &str) -> Result<Option<Item>> {
    let published = app.store.find_published_revision(programme_id, app.clock.now()).await?;
    let draft = published.map(|revision| Draft::read(&revision.draft)).unwrap_or_default();
    let id = entry.split(['-', '.']).next().unwrap_or_default();
    Ok(draft.item(id).map(|(_, _, item)| item.clone()))
}

/// The envelope as it goes to a programme's screens, signed now if it never was.
pub async fn envelope(app: &App, programme_id: &str) -> Result<String> {
    for _ in 0..2 {
        let found = app.store.find_any_programme(programme_id).await?.ok_or(Error::NotFound("programme"))?;
        if found.version > 0 {
            return Ok(found.envelope);
        }
        publish(app, programme_id).await?;
    }
    Err(Error::NotFound("programme"))
}

/// A programme with its envelope, signed now if it never was.
pub async fn signed(app: &App, programme_id: &str) -> Result<Programme> {
    envelope(app, programme_id).await?;
    app.store.find_any_programme(programme_id).await?.ok_or(Error::NotFound("programme"))
}

/// What the newest envelope of a programme says.
pub fn document(programme: &Programme) -> Result<shared::programme::Programme> {
    sign::read(&programme.envelope).ok_or_else(|| {
        Error::internal(&format!("read the envelope of programme {}", programme.id), "it is no programme")
    })
}
