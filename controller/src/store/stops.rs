//! The emergency stop of a stage: takes imports off every face at once, and gives exactly these back.

use sqlx::FromRow;

use super::{
    Result, Store,
    history::{happened, noted},
};

/// An emergency stop that is pulled.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Stop {
    /// Since when.
    pub began_at: i64,
    /// Who pulled it; `None` where they are gone.
    pub member_id: Option<String>,
}

/// What the emergency stop holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, FromRow)]
pub struct StopCounts {
    /// Posts that it took down.
    pub taken: i64,
    /// Posts that came meanwhile and wait for that alone.
    pub came: i64,
}

impl Store {
    /// Finds the emergency stop of a stage; `None` while it is not pulled.
    pub async fn find_stop(&self, stage_id: &str) -> Result<Option<Stop>> {
        let stop = on!(self, |db| sqlx::query_as("select began_at, member_id from stops where stage_id = $1")
            .bind(stage_id)
            .fetch_optional(db)
            .await)?;
        Ok(stop)
    }

    /// Pulls the emergency stop of a stage: from now on nothing that is imported is shown by itself. Whoever pulls it again
    /// changes nothing.
    pub async fn pull_stop(&self, stage_id: &str, member_id: &str, now: i64) -> Result<()> {
        noted!(
            self,
            sqlx::query(
                "insert into stops (stage_id, began_at, member_id) values ($1, $2, $3) on conflict (stage_id) do nothing",
            )
            .bind(stage_id)
            .bind(now)
            .bind(member_id)
        );
        Ok(())
    }

    /// Takes imported posts of a stage down that are shown: of one source or of all (`None`), and only what came here, or was
    /// edited at its source, at `since` or later. How many; one statement, however many there are.
    pub async fn take_down(&self, stage_id: &str, source_id: Option<&str>, since: i64, now: i64) -> Result<u64> {
        let done = on!(self, |db| {
            sqlx::query(
            "update posts
                set shown = false, stopped = 'taken', changed_at = $4
              where stage_id = $1 and shown and source_id is not null and ($2 = '' or source_id = $2) and content_at >= $3",
        )
        .bind(stage_id)
        .bind(source_id.unwrap_or_default())
        .bind(since)
        .bind(now)
        .execute(db)
        .await
        .map(|done| done.rows_affected())
        })?;
        Ok(done)
    }

    /// Holds a post that was taken while its stage's stop was pulled, unless somebody showed it by hand; `true` when it is
    /// one. Asked after it was taken: whoever pulls the stop in between sees the post, or is seen here.
    /// With `was_shown` an earlier version was to be seen: then it comes back with what the stop took.
    pub async fn hold_if_stopped(
        &self,
        stage_id: &str,
        id: &str,
        was_shown: bool,
        reasons: &str,
        now: i64,
    ) -> Result<bool> {
        let done = on!(self, |db| sqlx::query(
            "update posts
                set shown = false, changed_at = $4,
                    stopped = case when standing = 'published' or $5 then 'taken' else 'came' end,
                    reasons = case when standing = 'published' or $5 then reasons else $3 end,
                    standing = case when standing = 'published' or $5 then standing else 'waiting' end
              where stage_id = $1 and id = $2 and shown and exists (select 1 from stops where stops.stage_id = $1)",
        )
        .bind(stage_id)
        .bind(id)
        .bind(reasons)
        .bind(now)
        .bind(was_shown)
        .execute(db)
        .await
        .map(|done| done.rows_affected()))?;
        Ok(done > 0)
    }

    /// Gives back what bears the mark of an emergency stop that is not pulled any more: one post of a stage, or all (`None`).
    pub async fn give_back_unstopped(&self, stage_id: &str, id: Option<&str>, now: i64) -> Result<u64> {
        let done = on!(self, |db| sqlx::query(
            "update posts
                set shown = (shown or stopped = 'taken'), stopped = '', changed_at = $3
              where stage_id = $1 and ($2 = '' or id = $2) and stopped <> ''
                and not exists (select 1 from stops where stops.stage_id = $1)",
        )
        .bind(stage_id)
        .bind(id.unwrap_or_default())
        .bind(now)
        .execute(db)
        .await
        .map(|done| done.rows_affected()))?;
        Ok(done)
    }

    /// How many posts the emergency stop of a stage holds.
    pub async fn count_stopped(&self, stage_id: &str) -> Result<StopCounts> {
        let counts = on!(self, |db| sqlx::query_as(
            "select coalesce(sum(case when stopped = 'taken' then 1 else 0 end), 0) as taken,
                    coalesce(sum(case when stopped = 'came' then 1 else 0 end), 0) as came
               from posts
              where stage_id = $1 and stopped <> ''",
        )
        .bind(stage_id)
        .fetch_one(db)
        .await)?;
        Ok(counts)
    }

    /// Releases the emergency stop of a stage: what it took down is shown again, and what came meanwhile too where somebody
    /// wants that, else that goes on waiting. All or nothing; `false` when it was not pulled.
    pub async fn release_stop(&self, stage_id: &str, came: Came, now: i64) -> Result<bool> {
        on!(self, |db| {
            let mut work = db.begin().await?;
            let gone = sqlx::query("delete from stops where stage_id = $1").bind(stage_id).execute(&mut *work).await?;
            sqlx::query(
                "update posts
                    set shown = true, stopped = '', changed_at = $2
                  where stage_id = $1 and stopped = 'taken'",
            )
            .bind(stage_id)
            .bind(now)
            .execute(&mut *work)
            .await?;
            let rest = match came {
                Came::Show => {
                    "update posts
                        set shown = true, standing = '', reasons = '[]', stopped = '', changed_at = $2
                      where stage_id = $1 and stopped = 'came' and standing = 'waiting'"
                }
                Came::Wait => {
                    "update posts
                        set stopped = '', changed_at = $2
                      where stage_id = $1 and stopped = 'came'"
                }
            };
            sqlx::query(rest).bind(stage_id).bind(now).execute(&mut *work).await?;
            let was_pulled = gone.rows_affected() > 0;
            if was_pulled {
                happened!(self, work);
            }
            work.commit().await?;
            Ok(was_pulled)
        })
    }
}

/// What becomes of posts that came while the stop was pulled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Came {
    /// They are shown.
    Show,
    /// They go on waiting for somebody.
    Wait,
}
