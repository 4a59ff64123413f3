//! What services said that many ask for the same: places and their weather.

use super::{Result, Store};

impl Store {
    /// Finds what was said last, and notes that somebody still uses it.
    pub async fn find_lookup(&self, name: &str, now: i64) -> Result<Option<String>> {
        let value =
            on!(self, |db| sqlx::query_scalar("update lookups set used_at = $2 where name = $1 returning value")
                .bind(name)
                .bind(now)
                .fetch_optional(db)
                .await)?;
        Ok(value)
    }

    /// Keeps what was said.
    pub async fn keep_lookup(&self, name: &str, value: &str, now: i64) -> Result<()> {
        on!(self, |db| sqlx::query(
            "insert into lookups (name, value, asked_at, used_at)
             values ($1, $2, $3, $3)
                 on conflict (name) do update set value = $2, asked_at = $3, used_at = $3",
        )
        .bind(name)
        .bind(value)
        .bind(now)
        .execute(db)
        .await
        .map(|_| ()))?;
        Ok(())
    }

    /// Forgets what nobody has used since then; says how many.
    pub async fn delete_unused_lookups(&self, before: i64) -> Result<u64> {
        let gone = on!(self, |db| sqlx::query("delete from lookups where used_at < $1")
            .bind(before)
            .execute(db)
            .await
            .map(|done| done.rows_affected()))?;
        Ok(gone)
    }
}
