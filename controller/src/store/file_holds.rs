//! Files that are on their way in, and files that are on their way out.

use super::{Result, Store};

impl Store {
    /// Notes that files are being stored and that rows for them follow.
    pub async fn hold_files(&self, sha256s: &[String], holder: &str, until: i64) -> Result<()> {
        if sha256s.is_empty() {
            return Ok(());
        }
        on!(self, |db| {
            let mut query = sqlx::QueryBuilder::new("insert into file_holds (sha256, holder, until) ");
            query.push_values(sha256s, |mut row, sha256| {
                row.push_bind(sha256).push_bind(holder).push_bind(until);
            });
            query.push(" on conflict (sha256, holder) do nothing").build().execute(db).await.map(|_| ())
        })?;
        Ok(())
    }

    /// Notes that the rows are there, or will not come.
    pub async fn release_files(&self, holder: &str) -> Result<()> {
        on!(self, |db| sqlx::query("delete from file_holds where holder = $1")
            .bind(holder)
            .execute(db)
            .await
            .map(|_| ()))?;
        Ok(())
    }

    /// Whether one of these files is going.
    pub async fn is_file_leaving(&self, sha256s: &[String], now: i64) -> Result<bool> {
        if sha256s.is_empty() {
            return Ok(false);
        }
        let found: Option<i64> = on!(self, |db| {
            let mut query = sqlx::QueryBuilder::new("select cast(1 as bigint) from file_departures where until > ");
            query.push_bind(now).push(" and sha256 in (");
            among!(query, sha256s);
            query.push(" limit 1").build_query_scalar().fetch_optional(db).await
        })?;
        Ok(found.is_some())
    }

    /// Notes that a file is going; `false` where somebody else has it in hand.
    pub async fn begin_departure(&self, sha256: &str, now: i64, until: i64) -> Result<bool> {
        let done = on!(self, |db| sqlx::query(
            "insert into file_departures (sha256, until) values ($1, $3)
             on conflict (sha256) do update set until = excluded.until where file_departures.until <= $2",
        )
        .bind(sha256)
        .bind(now)
        .bind(until)
        .execute(db)
        .await
        .map(|done| done.rows_affected()))?;
        Ok(done > 0)
    }

    /// Notes that it is gone, or stays.
    pub async fn end_departure(&self, sha256: &str) -> Result<()> {
        on!(self, |db| sqlx::query("delete from file_departures where sha256 = $1")
            .bind(sha256)
            .execute(db)
            .await
            .map(|_| ()))?;
        Ok(())
    }

    /// Forgets what was on its way with somebody who never came back.
    pub async fn forget_file_holds(&self, now: i64) -> Result<()> {
        on!(self, |db| {
            sqlx::query("delete from file_holds where until <= $1").bind(now).execute(db).await?;
            sqlx::query("delete from file_departures where until <= $1").bind(now).execute(db).await.map(|_| ())
        })?;
        Ok(())
    }
}
