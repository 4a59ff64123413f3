//! Visits to sources: who may make one, when the next is due, and what came of each.

use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};

use tokio::sync::oneshot::{self, error::TryRecvError};

use super::{Result, Source, Store, history::noted};

/// What came of a visit, as the store keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VisitResult {
    /// Where the source lives now.
    pub address: String,
    /// What it calls itself.
    pub name: String,
    /// What the network asked to remember.
    pub memory: String,
    /// `working`, `failing`, `stopped`.
    pub state: &'static str,
    /// Translation key of what is wrong; empty if nothing is.
    pub problem: String,
    /// JSON object: what stands in that sentence.
    pub detail: String,
    /// Failures in a row.
    pub failures: i64,
    /// When the visit ended.
    pub fetched_at: i64,
    /// When the last success was.
    pub succeeded_at: i64,
    /// When to visit again.
    pub next_at: i64,
}

/// So long whoever writes waits for others.
const GATHERED: Duration = Duration::from_millis(5);

/// What visits came to, waiting to be written. Whoever writes takes along what the others have: a commit that survives a
/// power cut costs much more than what is in it.
#[derive(Default)]
pub(super) struct Notes {
    waiting: Mutex<Vec<(Note, oneshot::Sender<()>)>>,
    writing: tokio::sync::Mutex<()>,
}

/// A source as it was claimed, and what its visit came to.
#[derive(Clone)]
struct Note {
    claimed: Source,
    result: VisitResult,
}

impl Notes {
    fn waiting(&self) -> std::sync::MutexGuard<'_, Vec<(Note, oneshot::Sender<()>)>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Note {
    /// Whether only times have changed, as with nearly every visit: then no index of anything else is touched.
    fn is_quiet(&self) -> bool {
        let Self { claimed, result } = self;
        (&claimed.address, &claimed.name, &claimed.memory, claimed.state.as_str())
            == (&result.address, &result.name, &result.memory, result.state)
            && (&claimed.problem, &claimed.detail, claimed.failures)
                == (&result.problem, &result.detail, result.failures)
    }
}

/// The statement that writes a note down; an owner's wish to visit sooner, made meanwhile, wins, and so does whoever stopped
/// the source meanwhile and called its visit off.
macro_rules! written {
    ($note:expr) => {{
        let Note { claimed, result } = $note;
        sqlx::query(
            "update sources
                set fetched_at = $3, succeeded_at = $4, claimed_until = 0,
                    next_at = case when next_at = $5 then $6 else next_at end,
                    address = $7, name = $8, memory = $9, state = $10, problem = $11, detail = $12, failures = $13
              where id = $1 and stage_id = $2 and (state <> 'stopped' or claimed_until > 0)",
        )
        .bind(&claimed.id)
        .bind(&claimed.stage_id)
        .bind(result.fetched_at)
        .bind(result.succeeded_at)
        .bind(claimed.next_at)
        .bind(result.next_at)
        .bind(&result.address)
        .bind(&result.name)
        .bind(&result.memory)
        .bind(result.state)
        .bind(&result.problem)
        .bind(&result.detail)
        .bind(result.failures)
    }};
}

/// The same for all quiet ones at once: a statement for each costs several times as much as what it writes.
macro_rules! written_quietly {
    ($notes:expr) => {{
        let mut query = sqlx::QueryBuilder::new(
            "with noted (id, stage_id, fetched_at, succeeded_at, claimed_next_at, next_at) as (",
        );
        query.push_values($notes, |mut row, Note { claimed, result }| {
            row.push_bind(&claimed.id).push_bind(&claimed.stage_id);
            row.push_bind(result.fetched_at).push_bind(result.succeeded_at);
            row.push_bind(claimed.next_at).push_bind(result.next_at);
        });
        query.push(
            ") update sources
                  set fetched_at = noted.fetched_at, succeeded_at = noted.succeeded_at, claimed_until = 0,
                      next_at = case when sources.next_at = noted.claimed_next_at then noted.next_at
                                     else sources.next_at end
                 from noted
                where sources.id = noted.id and sources.stage_id = noted.stage_id",
        );
        query
    }};
}

impl Store {
    /// Claims up to `limit` sources that are due, so that no other controller visits them until then.
    pub async fn claim_due_sources(&self, now: i64, until: i64, limit: i64) -> Result<Vec<Source>> {
        let sources = on!(self, |db| {
            sqlx::query_as(
            "update sources
                set claimed_until = $2
              where id in (select id from sources
                            where next_at <= $1 and claimed_until <= $1
                         order by next_at limit $3)
                and claimed_until <= $1
          returning id, stage_id, network, address, name, held, memory, state, problem, detail, failures,
                    fetched_at, succeeded_at, next_at, claimed_until, created_at, credential, checks_links, links_due_at",
        )
        .bind(now)
        .bind(until)
        .bind(limit)
        .fetch_all(db)
        .await
        })?;
        Ok(sources)
    }

    /// When the next source is due; `None` when there is none.
    pub async fn next_source_due(&self) -> Result<Option<i64>> {
        let next = on!(self, |db| {
            sqlx::query_scalar(
            // By way of the index, however many there are: the first that nobody has, and those before it that somebody has.
            "select min(due)
               from (select *
                       from (select case when claimed_until > next_at then claimed_until else next_at end as due
                               from sources
                           order by next_at limit 64) as taken
                  union all
                     select *
                       from (select next_at as due from sources where claimed_until = 0 order by next_at limit 1) as free
                    ) as all_due",
        )
        .fetch_one(db)
        .await
        })?;
        Ok(next)
    }

    /// Notes what came of a visit and lets go of the claim. An owner's wish to visit sooner, made meanwhile, wins.
    ///
    /// # Errors
    /// [`Taken`](super::Error::Taken) where the stage has another source at the address that this one moved to.
    pub async fn note_visit(&self, claimed: &Source, result: &VisitResult) -> Result<()> {
        let note = Note { claimed: claimed.clone(), result: result.clone() };
        if self.happening.is_some() {
            return self.note_alone(&note).await;
        }
        let (said, mut heard) = oneshot::channel();
        self.notes.waiting().push((note.clone(), said));
        let turn = self.notes.writing.lock().await;
        match heard.try_recv() {
            Err(TryRecvError::Empty) => {}
            // Somebody took it along, or tried to.
            Ok(()) => return Ok(()),
            Err(TryRecvError::Closed) => {
                drop(turn);
                return self.note_alone(&note).await;
            }
        }
        // Several visits end at about the same time.
        tokio::time::sleep(GATHERED).await;
        let (notes, said): (Vec<_>, Vec<_>) = self.notes.waiting().drain(..).unzip();
        if self.note_together(&notes).await.is_ok() {
            for one in said {
                // Whoever waited may have been told to stop.
                let _ = one.send(());
            }
            return Ok(());
        }
        // One of them cannot be written: each tries alone, and whoever waits knows by not being told.
        drop((said, turn));
        self.note_alone(&note).await
    }

    async fn note_together(&self, notes: &[Note]) -> Result<()> {
        let (quiet, others): (Vec<_>, Vec<_>) = notes.iter().partition(|note| note.is_quiet());
        on!(self, |db| {
            let mut work = db.begin().await?;
            if !quiet.is_empty() {
                written_quietly!(&quiet).build().execute(&mut *work).await?;
            }
            for note in others {
                written!(note).execute(&mut *work).await?;
            }
            work.commit().await
        })?;
        Ok(())
    }

    async fn note_alone(&self, note: &Note) -> Result<()> {
        noted!(self, written!(note));
        Ok(())
    }

    /// Lets go of a claim without a visit.
    pub async fn postpone_source(&self, claimed: &Source, until: i64) -> Result<()> {
        on!(self, |db| sqlx::query(
            "update sources
                set next_at = case when next_at = $3 then $4 else next_at end, claimed_until = 0
              where id = $1 and stage_id = $2",
        )
        .bind(&claimed.id)
        .bind(&claimed.stage_id)
        .bind(claimed.next_at)
        .bind(until)
        .execute(db)
        .await
        .map(|_| ()))?;
        Ok(())
    }
}
