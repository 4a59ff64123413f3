//! History: who did what and when, for as long as it may matter, and never what a post said.

use std::sync::atomic::{AtomicU32, Ordering};

use crate::{
    app::{Actor, App, Error, Result, acting},
    store::{self, Happening, HistoryQuery, Member, Stage, Store, Told},
    tools::ids,
};

/// How long it is kept: a year.
pub const KEPT_MILLIS: i64 = 365 * 24 * 60 * 60 * 1_000;
/// Rows of one page.
pub const PER_PAGE: usize = 50;
/// Rows that an export reads at once.
const EXPORTED_AT_ONCE: i64 = 1_000;
/// Most rows of an export.
const MOST_EXPORTED: usize = 200_000;
/// Longest name that is kept, in characters.
const LONGEST_NAME: usize = 120;

macro_rules! deeds {
    ($($name:ident = $text:literal,)*) => {
        /// What can be done. Its name begins with what it is done to.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Deed {
            $(#[doc = concat!("`", $text, "`")] $name,)*
        }

        impl Deed {
            /// Every deed.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// As it is stored, exported and translated.
            pub fn name(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }
        }
    };
}

deeds! {
    PostWritten = "post.written",
    PostPublished = "post.published",
    PostChanged = "post.changed",
    PostHidden = "post.hidden",
    PostShown = "post.shown",
    PostPinned = "post.pinned",
    PostUnpinned = "post.unpinned",
    PostFeatured = "post.featured",
    PostUnfeatured = "post.unfeatured",
    PostSorted = "post.sorted",
    PostTerms = "post.terms",
    PostHeld = "post.held",
    PostOpened = "post.opened",
    PostEnded = "post.ended",
    PostDeleted = "post.deleted",
    PostWithdrawn = "post.withdrawn",
    PostUndone = "post.undone",
    PostMerged = "post.merged",
    PostParted = "post.parted",
    PostLeft = "post.left",
    TopicMade = "topic.made",
    TopicRenamed = "topic.renamed",
    TopicRule = "topic.rule",
    TopicMerged = "topic.merged",
    TopicRemoved = "topic.removed",
    SourceLinked = "source.linked",
    SourceUnlinked = "source.unlinked",
    SourceHeld = "source.held",
    SourceReleased = "source.released",
    SourceStopped = "source.stopped",
    ProgrammeMade = "programme.made",
    ProgrammeRenamed = "programme.renamed",
    ProgrammePublished = "programme.published",
    ProgrammePlanned = "programme.planned",
    ProgrammeKept = "programme.kept",
    ProgrammeRemoved = "programme.removed",
    ProgrammeOpened = "programme.opened",
    ProgrammeClosed = "programme.closed",
    AlertStarted = "alert.started",
    AlertEnded = "alert.ended",
    ScreenPaired = "screen.paired",
    ScreenChanged = "screen.changed",
    ScreenRevoked = "screen.revoked",
    WebhookMade = "webhook.made",
    WebhookChanged = "webhook.changed",
    WebhookRemoved = "webhook.removed",
    DomainAdded = "domain.added",
    DomainProven = "domain.proven",
    DomainLost = "domain.lost",
    DomainRemoved = "domain.removed",
    StageRules = "stage.rules",
    StageStopped = "stage.stopped",
    StageReleased = "stage.released",
    StageInfoscreen = "stage.infoscreen",
}

/// What things there are, in the order in which a page offers them.
pub const KINDS: [&str; 9] = ["post", "topic", "source", "programme", "alert", "screen", "webhook", "domain", "stage"];

/// To what something is done.
#[derive(Clone, Copy, Debug, Default)]
pub struct Thing<'a> {
    /// Its id.
    pub id: &'a str,
    /// What its owner calls it. Never anything of a post: what was erased must not live on here.
    pub name: &'a str,
    /// What else there is to say.
    pub other: &'a str,
}

impl<'a> From<&'a str> for Thing<'a> {
    fn from(id: &'a str) -> Self {
        Self { id, ..Self::default() }
    }
}

/// Where something happens: account and stage.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    account_id: &'a str,
    stage_id: &'a str,
}

impl<'a> From<&'a Stage> for Place<'a> {
    fn from(stage: &'a Stage) -> Self {
        Self { account_id: &stage.account_id, stage_id: &stage.id }
    }
}

impl<'a> Place<'a> {
    /// A place by its ids.
    pub fn new(account_id: &'a str, stage_id: &'a str) -> Self {
        Self { account_id, stage_id }
    }
}

/// The database, which notes with the next change who did what to which thing. The one way into the history.
pub fn noting<'a>(app: &App, place: impl Into<Place<'a>>, deed: Deed, thing: impl Into<Thing<'a>>) -> Store {
    app.store.noting(happening(app, place.into(), deed, thing.into()))
}

fn happening(app: &App, place: Place<'_>, deed: Deed, thing: Thing<'_>) -> Happening {
    let now = app.clock.now();
    let (member_id, token, reason) = match acting::who() {
        Actor::Member(id) => (Some(id), String::new(), ""),
        Actor::Token { member_id, name } => (Some(member_id), name, ""),
        Actor::Nobody(reason) => (None, String::new(), reason),
    };
    let short = |name: &str| name.chars().take(LONGEST_NAME).collect();
    Happening {
        id: id(now),
        account_id: place.account_id.to_owned(),
        stage_id: Some(place.stage_id.to_owned()),
        happened_at: now,
        deed: deed.name().to_owned(),
        thing_id: thing.id.to_owned(),
        thing_name: short(thing.name),
        other_name: short(thing.other),
        member_id,
        reason: reason.to_owned(),
        token_name: short(&token),
    }
}

/// An id that rises also within a millisecond, in which one click may do several things.
fn id(now: i64) -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    format!("{:08x}{}", NEXT.fetch_add(1, Ordering::Relaxed), ids::new(now))
}

/// Notes what the clock has done, at the instant at which it did: once, whoever notes it how often.
pub async fn note_turn(app: &App, place: Place<'_>, deed: Deed, thing_id: &str, at: i64) -> Result<()> {
    let why = if deed == Deed::PostOpened { "history.because.due" } else { "history.because.time" };
    let noted = acting::by_itself(why, async { happening(app, place, deed, thing_id.into()) }).await;
    let id = format!("{}-{thing_id}-{at}", deed.name());
    Ok(app.store.add_happening(&Happening { id, happened_at: at, ..noted }).await?)
}

/// Notes what was decided by itself over something that has just come.
pub async fn note_decision(app: &App, place: Place<'_>, deed: Deed, thing_id: &str) -> Result<()> {
    let noted =
        acting::by_itself("history.because.rules", async { happening(app, place, deed, thing_id.into()) }).await;
    Ok(app.store.add_happening(&noted).await?)
}

/// A page of the history of a stage, and where the next one begins.
#[derive(Clone, Debug)]
pub struct Part {
    /// What happened, newest first.
    pub told: Vec<Told>,
    /// Where what is older begins; `None` when nothing is.
    pub older: Option<(i64, String)>,
}

/// Lists what happened on a stage.
pub async fn list(app: &App, stage: &Stage, query: &HistoryQuery) -> Result<Part> {
    let limit = i64::try_from(PER_PAGE + 1).unwrap_or(i64::MAX);
    let mut told = app.store.list_happenings(&stage.id, &HistoryQuery { limit, ..query.clone() }).await?;
    let more = told.len() > PER_PAGE;
    told.truncate(PER_PAGE);
    let older = told.last().filter(|_| more).map(|last| (last.happening.happened_at, last.happening.id.clone()));
    Ok(Part { told, older })
}

/// Everything that happened on a stage, for taking it along.
pub async fn export(app: &App, stage: &Stage, query: &HistoryQuery) -> Result<Vec<Told>> {
    let mut query = HistoryQuery { limit: EXPORTED_AT_ONCE, ..query.clone() };
    let mut all = Vec::new();
    loop {
        let part = app.store.list_happenings(&stage.id, &query).await?;
        let Some(last) = part.last() else { return Ok(all) };
        query.below = (last.happening.happened_at, last.happening.id.clone());
        all.extend(part);
        if all.len() >= MOST_EXPORTED {
            return Err(Error::invalid("from", "history.problem.many"));
        }
    }
}

/// Members of an account, to choose from.
pub async fn members(app: &App, account_id: &str) -> Result<Vec<Member>> {
    Ok(app.store.list_members(account_id).await?)
}

/// Removes what is older than it may be; says how much.
pub async fn clean(app: &App) -> Result<u64> {
    Ok(app.store.delete_happenings_before(app.clock.now() - KEPT_MILLIS).await?)
}

/// What posts of a stage are called now, by their ids; those that are gone are missing.
pub async fn called(app: &App, stage: &Stage, told: &[Told]) -> Result<Vec<store::Copy>> {
    let of_posts = told.iter().filter(|one| one.happening.deed.starts_with("post."));
    let mut ids: Vec<_> = of_posts.map(|one| one.happening.thing_id.clone()).collect();
    ids.sort();
    ids.dedup();
    let mut found = app.store.list_copies(&stage.id, &ids).await?;
    found.retain(|post| ids.contains(&post.id));
    Ok(found)
}
