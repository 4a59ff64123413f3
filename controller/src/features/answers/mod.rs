//! What slides want to know, found out by askers: each a file here and a line below.
//!
//! An asker has a constant `KIND` and three functions: `is_wanted` says whether a want is its own, `ask` finds it out, and
//! `material` makes of what was kept what a slide shows. All else is here once: when to ask, what is kept when asking fails,
//! and who is told.

mod notes;
mod turns;

use std::collections::BTreeMap;

pub use notes::{Note, Notes, note};
use shared::slides::{Material, Picture, Want};
use tracing::info;
pub use weather::FOUND_MS as PLACES_KEPT_MS;

use crate::{
    app::{App, Change, Error, Result},
    config::Config,
    store::{Answer, Stage},
    tools::{http::HttpError, ids},
};

/// A kind of want.
#[derive(Clone, Copy, Debug)]
pub struct Kind {
    /// Stable name.
    pub name: &'static str,
    /// Most of an account.
    pub most: i64,
    /// Asked for at the same time by one controller; of these, for one account.
    pub at_once: usize,
    /// Of these, for one account.
    pub at_once_of_one: i64,
    /// Whether the operator permits it.
    pub is_on: fn(&Config) -> bool,
}

macro_rules! askers {
    ($($module:ident,)*) => {
        $(mod $module;)*

        /// Every kind of want that an asker answers.
        pub const KINDS: &[Kind] = &[$($module::KIND),*];

        /// The kind of a want; `None` where no asker is needed.
        pub fn kind(want: &Want) -> Option<&'static Kind> {
            let at = [$($module::is_wanted(want)),*].iter().position(|wanted| *wanted)?;
            KINDS.get(at)
        }

        async fn find_out(app: &App, asked: &Asked<'_>) -> std::result::Result<Reply, Trouble> {
            $(if $module::is_wanted(asked.want) {
                return $module::ask(app, asked).await;
            })*
            Err(Trouble::new("answers.problem.unknown"))
        }

        fn material(row: &Answer, want: &Want, picture: Option<Picture>, now: i64) -> Option<Material> {
            $(if $module::is_wanted(want) {
                return $module::material(row, want, picture, now);
            })*
            None
        }
    };
}

askers! {
    events,
    page,
    weather,
}

/// What an asker is asked.
struct Asked<'a> {
    row: &'a Answer,
    want: &'a Want,
    stage: &'a Stage,
    now: i64,
}

/// What an asker found out.
#[derive(Debug, Default)]
struct Reply {
    /// JSON, the asker's own; `None` when it is what it was.
    answer: Option<String>,
    /// The picture in it.
    media_id: Option<String>,
    /// What it wants to remember.
    memory: String,
    /// When to ask again.
    next_at: i64,
}

/// Why it found nothing out: a sentence for the owner.
#[derive(Debug)]
struct Trouble {
    key: &'static str,
    args: BTreeMap<&'static str, String>,
    /// Not to be asked again before then.
    until: i64,
}

impl Trouble {
    fn new(key: &'static str) -> Self {
        Self { key, args: BTreeMap::new(), until: 0 }
    }

    fn with(key: &'static str, name: &'static str, value: String) -> Self {
        Self { args: BTreeMap::from([(name, value)]), ..Self::new(key) }
    }
}

impl From<HttpError> for Trouble {
    fn from(error: HttpError) -> Self {
        match error {
            HttpError::BadAddress | HttpError::Scheme | HttpError::CredentialsInAddress => {
                Self::new("answers.problem.address")
            }
            HttpError::ForbiddenAddress | HttpError::ForbiddenPort { .. } => Self::new("answers.problem.private"),
            HttpError::Unauthorised | HttpError::Denied => Self::new("answers.problem.refused"),
            HttpError::NotFound | HttpError::Gone => Self::new("answers.problem.missing"),
            HttpError::TooLarge { .. } => Self::new("answers.problem.large"),
            HttpError::RateLimited { until } | HttpError::Unavailable { until } => {
                Self { until, ..Self::new("answers.problem.busy") }
            }
            HttpError::Status(status) => Self::with("answers.problem.status", "status", status.to_string()),
            _ => Self::new("answers.problem.unreachable"),
        }
    }
}

impl From<Error> for Trouble {
    fn from(error: Error) -> Self {
        tracing::error!("find out what a slide wants to know: {error}");
        Self::new("answers.problem.internal")
    }
}

impl From<crate::store::Error> for Trouble {
    fn from(error: crate::store::Error) -> Self {
        Error::from(error).into()
    }
}

/// First pause after a failure and the longest, in milliseconds.
const FIRST_RETRY_MS: i64 = 60_000;
const LONGEST_RETRY_MS: i64 = 6 * 3_600_000;

/// Whether the controller can find this out.
pub fn is_answered(config: &Config, want: &Want) -> bool {
    matches!(want, Want::Posts { .. }) || kind(want).is_some_and(|kind| (kind.is_on)(config))
}

/// Takes down what the slides of a stage want to know, and forgets what they want no more.
pub async fn keep_wanted(app: &App, account_id: &str, stage_id: &str, wants: &[Want]) -> Result<()> {
    let now = app.clock.now();
    let held = app.store.list_answers(stage_id).await?;
    let asked = wants.iter().filter_map(|want| Some((kind(want)?, serde_json::to_string(want).ok()?)));
    let asked: BTreeMap<String, &Kind> = asked.map(|(kind, want)| (want, kind)).collect();
    let mut changed = false;
    for row in held.iter().filter(|row| !asked.contains_key(&row.want)) {
        app.store.delete_answer(stage_id, &row.id).await?;
        changed = true;
    }
    for (want, kind) in asked.into_iter().filter(|(want, _)| !held.iter().any(|row| row.want == *want)) {
        let fresh = Answer {
            id: ids::new(now),
            account_id: account_id.to_owned(),
            stage_id: stage_id.to_owned(),
            kind: kind.name.to_owned(),
            want,
            created_at: now,
            ..Answer::default()
        };
        changed |= app.store.want_answer(&fresh, kind.most).await?;
    }
    if changed {
        app.news.tell(Change::Answers { stage_id: stage_id.to_owned() });
    }
    Ok(())
}

/// Asks for what was claimed, and keeps what came of it.
pub async fn ask(app: &App, row: &Answer) -> Result<()> {
    let stage = app.store.find_any_stage(&row.stage_id).await?.ok_or(Error::NotFound("stage"))?;
    let want: Option<Want> = serde_json::from_str(&row.want).ok();
    let permitted = want.as_ref().is_some_and(|want| is_answered(&app.config, want));
    let Some(want) = want.filter(|_| permitted) else {
        return keep(app, row, Err(Trouble::new("answers.problem.off"))).await;
    };
    let asked = Asked { row, want: &want, stage: &stage, now: app.clock.now() };
    let told = find_out(app, &asked).await;
    keep(app, row, told).await
}

/// Notes that asking took too long.
pub async fn give_up(app: &App, row: &Answer) -> Result<()> {
    keep(app, row, Err(Trouble::new("answers.problem.unreachable"))).await
}

async fn keep(app: &App, row: &Answer, told: std::result::Result<Reply, Trouble>) -> Result<()> {
    let now = app.clock.now();
    let noted = match told {
        Ok(reply) => {
            let media_id = if reply.answer.is_some() { reply.media_id } else { row.media_id.clone() };
            Answer {
                answer: reply.answer.unwrap_or_else(|| row.answer.clone()),
                media_id,
                memory: reply.memory,
                problem: String::new(),
                detail: "{}".to_owned(),
                failures: 0,
                asked_at: now,
                answered_at: now,
                next_at: reply.next_at,
                ..row.clone()
            }
        }
        Err(trouble) => {
            info!(answer.id = %row.id, "{} {} could not be found out: {}", row.kind, row.id, trouble.key);
            let doubled = FIRST_RETRY_MS << row.failures.clamp(0, 12);
            Answer {
                problem: trouble.key.to_owned(),
                detail: serde_json::to_string(&trouble.args).unwrap_or_else(|_| "{}".to_owned()),
                failures: row.failures + 1,
                asked_at: now,
                next_at: trouble.until.max(now + doubled.min(LONGEST_RETRY_MS)),
                ..row.clone()
            }
        }
    };
    app.store.note_answer(row, &noted).await?;
    if noted.answer != row.answer || noted.media_id != row.media_id {
        app.news.tell(Change::Answers { stage_id: row.stage_id.clone() });
    }
    Ok(())
}

/// What was found out for the slides of a stage; `pictures` finds a picture by the id of its media.
pub fn materials(rows: &[Answer], pictures: impl Fn(&str) -> Option<Picture>, now: i64) -> BTreeMap<Want, Material> {
    let one = |row: &Answer| {
        let want: Want = serde_json::from_str(&row.want).ok()?;
        let picture = row.media_id.as_deref().and_then(&pictures);
        let material = material(row, &want, picture, now)?;
        Some((want, material))
    };
    rows.iter().filter(|row| !row.answer.is_empty()).filter_map(one).collect()
}

/// Forgets what services said and nobody has used for a month; says how much.
pub async fn tidy(app: &App) -> Result<u64> {
    Ok(app.store.delete_unused_lookups(app.clock.now() - 30 * 86_400_000).await?)
}
