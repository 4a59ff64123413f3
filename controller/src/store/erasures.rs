//! What goes because somebody took a permission back at their network, and what is remembered of that.

use sqlx::FromRow;

use super::{Result, Store};

/// What was deleted because somebody asked their network for it.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Erasure {
    /// Hash of the code that the network was given.
    pub code: String,
    /// Name of the network.
    pub network: String,
    /// When.
    pub asked_at: i64,
    /// How many sources went.
    pub sources: i64,
}

impl Store {
    /// Lists ids and stages of the sources that somebody signed in to until then, whosever they are.
    pub async fn list_granted(&self, grantor: &str, until: i64) -> Result<Vec<(String, String)>> {
        let sources = on!(self, |db| sqlx::query_as(
            "select sources.id, sources.stage_id
               from (select source_id, grantor, granted_at
                       from source_tokens
                      where grantor = $1
                      union all
                     select source_id, grantor, granted_at
                       from left_grants
                      where grantor = $1
                        and not exists (select 1 from source_tokens later
                                         where later.source_id = left_grants.source_id)) granted
               join sources on sources.id = granted.source_id
              where granted.grantor <> '' and granted.granted_at <= $2
           order by sources.id",
        )
        .bind(grantor)
        .bind(until)
        .fetch_all(db)
        .await)?;
        Ok(sources)
    }

    /// Stops a source whose permission was taken back, and removes its tokens and posts, all or nothing. Whose it was stays
    /// noted: they may yet ask for the rest to be deleted.
    pub async fn withdraw_source(&self, source_id: &str, problem: &str, now: i64) -> Result<()> {
        on!(self, |db| {
            let mut work = db.begin().await?;
            sqlx::query(
                "insert into left_grants (source_id, grantor, granted_at)
                      select source_id, grantor, granted_at from source_tokens where source_id = $1 and grantor <> ''
                 on conflict (source_id)
                   do update set grantor = excluded.grantor, granted_at = excluded.granted_at",
            )
            .bind(source_id)
            .execute(&mut *work)
            .await?;
            sqlx::query("delete from source_tokens where source_id = $1").bind(source_id).execute(&mut *work).await?;
            // First stopped, with any visit called off, then emptied: one that is under way takes its post before this, or not
            // at all.
            sqlx::query(
                "update sources
                    set state = 'stopped', problem = $2, detail = '{}', memory = '', fetched_at = $3, next_at = $4,
                        claimed_until = 0
                  where id = $1",
            )
            .bind(source_id)
            .bind(problem)
            .bind(now)
            .bind(i64::MAX)
            .execute(&mut *work)
            .await?;
            sqlx::query("delete from posts where source_id = $1").bind(source_id).execute(&mut *work).await?;
            work.commit().await?;
            Ok(())
        })
    }

    /// Remembers what was deleted.
    pub async fn add_erasure(&self, erasure: &Erasure) -> Result<()> {
        on!(self, |db| {
            sqlx::query("insert into erasures (code, network, asked_at, sources) values ($1, $2, $3, $4)")
                .bind(&erasure.code)
                .bind(&erasure.network)
                .bind(erasure.asked_at)
                .bind(erasure.sources)
                .execute(db)
                .await
                .map(|_| ())
        })?;
        Ok(())
    }

    /// Finds what was deleted, by the hash of its code.
    pub async fn find_erasure(&self, code: &str) -> Result<Option<Erasure>> {
        let erasure =
            on!(self, |db| sqlx::query_as("select code, network, asked_at, sources from erasures where code = $1",)
                .bind(code)
                .fetch_optional(db)
                .await)?;
        Ok(erasure)
    }

    /// Forgets what was deleted before then; says how much.
    pub async fn delete_old_erasures(&self, before: i64) -> Result<u64> {
        let gone = on!(self, |db| sqlx::query("delete from erasures where asked_at < $1")
            .bind(before)
            .execute(db)
            .await
            .map(|done| done.rows_affected()))?;
        Ok(gone)
    }
}
