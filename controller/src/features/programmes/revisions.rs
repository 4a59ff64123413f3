//! Keeping edits: undo, history, and what is published when.

use super::draft::Draft;
use crate::{
    app::{App, Change, Error, Result},
    features::history::{self, Deed, Place, Thing},
    store::{Edit, Programme, Revision},
    tools::ids,
};

/// Edits that are kept though they were never published.
const KEPT: i64 = 100;
/// Longest name of a programme or a plan.
pub const LONGEST_NAME: usize = 60;

/// Who edits which programme, and the revision they saw.
#[derive(Clone, Copy, Debug)]
pub struct Editing<'a> {
    /// The account that asks.
    pub account_id: &'a str,
    /// The member that asks; need not exist.
    pub member_id: &'a str,
    /// The programme.
    pub programme_id: &'a str,
    /// Number of the revision that was seen.
    pub seen: i64,
}

/// A programme as it is edited.
#[derive(Clone, Debug)]
pub struct Open {
    /// The programme.
    pub programme: Programme,
    /// The revision that is edited.
    pub revision: Revision,
    /// What the owner built.
    pub draft: Draft,
    /// The revision that screens show now.
    pub published: Option<Revision>,
    /// What screens are to show later: number and instant.
    pub planned: Option<(i64, i64)>,
    /// Where an undo that was taken back leads.
    pub redo: Option<i64>,
}

impl Open {
    /// Whether screens show what is edited.
    pub fn is_published(&self) -> bool {
        self.published.as_ref().is_some_and(|shown| shown.draft == self.revision.draft)
    }

    /// Whether there is anything to take back.
    pub fn can_undo(&self) -> bool {
        self.revision.parent > 0
    }
}

/// Opens a programme of a stage for editing.
pub async fn open(app: &App, account_id: &str, stage_id: &str, programme_id: &str) -> Result<Open> {
    let programme = app.store.find_programme(account_id, programme_id).await?;
    let programme = programme.filter(|found| found.stage_id == stage_id).ok_or(Error::NotFound("programme"))?;
    let now = app.clock.now();
    let revision = app.store.find_revision(&programme.id, programme.revision).await?.unwrap_or_default();
    let published = app.store.find_published_revision(&programme.id, now).await?;
    let planned = app.store.find_published_revision(&programme.id, i64::MAX).await?;
    let planned = planned.and_then(|later| Some((later.number, later.publish_at.filter(|at| *at > now)?)));
    let redo = app.store.find_child(&programme.id, programme.revision).await?;
    let draft = Draft::read(&revision.draft);
    Ok(Open { programme, revision, draft, published, planned, redo })
}

/// Makes an edit and keeps it; the number of the new revision. Nothing is kept when somebody else has gone on from what
/// was seen, when the edit fails, or when it changes nothing.
pub async fn edit(app: &App, who: &Editing<'_>, change: impl FnOnce(&mut Draft) -> Result<()>) -> Result<i64> {
    let revision = seen(app, who).await?;
    let mut draft = Draft::read(&revision.draft);
    change(&mut draft)?;
    let text = draft.write();
    if text == revision.draft {
        return Ok(revision.number);
    }
    keep(app, who, &text, &draft.media()).await
}

/// Makes an older revision the newest again, as a revision of its own.
pub async fn restore(app: &App, who: &Editing<'_>, number: i64) -> Result<i64> {
    seen(app, who).await?;
    let old = app.store.find_revision(who.programme_id, number).await?.ok_or(Error::NotFound("revision"))?;
    keep(app, who, &old.draft, &Draft::read(&old.draft).media()).await
}

async fn keep(app: &App, who: &Editing<'_>, draft: &str, media: &[String]) -> Result<i64> {
    let Editing { account_id, member_id, programme_id, seen } = *who;
    let edit = Edit { account_id, member_id, programme_id, seen, draft, media };
    let number = app.store.add_revision(&edit, app.clock.now()).await?.ok_or(Error::Stale)?;
    app.store.prune_revisions(programme_id, KEPT).await?;
    app.news.tell(Change::Draft { programme_id: programme_id.to_owned() });
    Ok(number)
}

/// Takes the last edit back.
pub async fn undo(app: &App, who: &Editing<'_>) -> Result<()> {
    let revision = seen(app, who).await?;
    turn(app, who, revision.parent).await
}

/// Makes an edit again that was taken back.
pub async fn redo(app: &App, who: &Editing<'_>) -> Result<()> {
    let revision = seen(app, who).await?;
    let child = app.store.find_child(who.programme_id, revision.number).await?;
    turn(app, who, child.unwrap_or(0)).await
}

async fn turn(app: &App, who: &Editing<'_>, to: i64) -> Result<()> {
    if app.store.find_revision(who.programme_id, to).await?.is_none() {
        return Err(Error::invalid("", "programmes.problem.end"));
    }
    let turned = app.store.turn_revision(who.account_id, who.programme_id, who.seen, to).await?;
    if !turned {
        return Err(Error::Stale);
    }
    app.news.tell(Change::Draft { programme_id: who.programme_id.to_owned() });
    Ok(())
}

/// Has screens show what is edited: at once, or from an instant on.
pub async fn publish_at(app: &App, who: &Editing<'_>, at: Option<i64>) -> Result<()> {
    let revision = seen(app, who).await?;
    let now = app.clock.now();
    if at.is_some_and(|at| at <= now) {
        return Err(Error::invalid("at", "programmes.later.past"));
    }
    let shown = app.store.find_published_revision(who.programme_id, now).await?;
    if at.is_some() && shown.is_some_and(|shown| shown.number == revision.number) {
        // Somebody was quicker. To put it off now would bring back what was shown before.
        return Ok(());
    }
    let programme = app.store.find_any_programme(who.programme_id).await?.ok_or(Error::NotFound("programme"))?;
    let deed = if at.is_some() { Deed::ProgrammePlanned } else { Deed::ProgrammePublished };
    let store = history::noting(app, place(&programme), deed, thing(&programme));
    store.set_published(who.programme_id, revision.number, at.unwrap_or(now), now).await?;
    app.news.tell(Change::Settings { programme_id: who.programme_id.to_owned() });
    Ok(())
}

/// Takes back what was to be published later.
pub async fn withdraw(app: &App, who: &Editing<'_>) -> Result<()> {
    seen(app, who).await?;
    let programme = app.store.find_any_programme(who.programme_id).await?.ok_or(Error::NotFound("programme"))?;
    let store = history::noting(app, place(&programme), Deed::ProgrammeKept, thing(&programme));
    store.withdraw_published(who.programme_id, app.clock.now()).await?;
    app.news.tell(Change::Settings { programme_id: who.programme_id.to_owned() });
    Ok(())
}

fn place(programme: &Programme) -> Place<'_> {
    Place::new(&programme.account_id, &programme.stage_id)
}

fn thing(programme: &Programme) -> Thing<'_> {
    Thing { id: &programme.id, name: &programme.name, other: "" }
}

/// The revision that was seen, if it still is the one that is edited.
async fn seen(app: &App, who: &Editing<'_>) -> Result<Revision> {
    let programme = app.store.find_programme(who.account_id, who.programme_id).await?;
    let programme = programme.ok_or(Error::NotFound("programme"))?;
    if programme.revision != who.seen {
        return Err(Error::Stale);
    }
    app.store.find_revision(&programme.id, programme.revision).await?.ok_or(Error::NotFound("revision"))
}

/// An id for something new in a draft: letters and digits.
pub fn fresh_id(now: i64) -> String {
    let id = ids::new(now);
    format!("i{}", &id[id.len() - 12..])
}

/// A name a person can read.
pub fn name(typed: &str) -> Result<String> {
    let name = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    match name.chars().count() {
        0 => Err(Error::invalid("name", "programmes.name.missing")),
        count if count > LONGEST_NAME => Err(Error::invalid("name", "programmes.name.too_long")),
        _ if name.chars().any(char::is_control) => Err(Error::invalid("name", "programmes.name.missing")),
        _ => Ok(name),
    }
}
