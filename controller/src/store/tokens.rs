//! Tokens of sources that one signs in to, and who renews them when.

use sqlx::FromRow;

use super::{Result, Store};

/// Tokens of a source, as they are kept.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct TokenRow {
    /// Which source.
    pub source_id: String,
    /// The tokens, sealed with the master key.
    pub sealed: Vec<u8>,
    /// The ones before, until the newer ones have been used.
    pub previous: Option<Vec<u8>>,
    /// Grows with every renewal.
    pub version: i64,
    /// When they are renewed; the end of time for never.
    pub renew_at: i64,
    /// Until when a controller renews them.
    pub claimed_until: i64,
    /// Renewals that failed, in a row.
    pub failures: i64,
}

impl Store {
    /// Keeps the tokens of somebody who has just signed in, and who that is (empty where nobody knows) and when; whatever
    /// was there before is overwritten.
    pub async fn put_tokens(
        &self,
        source_id: &str,
        sealed: &[u8],
        renew_at: i64,
        (grantor, granted_at): (&str, i64),
    ) -> Result<()> {
        on!(self, |db| sqlx::query(
            "insert into source_tokens (source_id, sealed, previous, version, renew_at, claimed_until, failures,
                                        grantor, granted_at)
                  values ($1, $2, null, 1, $3, 0, 0, $4, $5)
             on conflict (source_id)
               do update set sealed = excluded.sealed, previous = null, version = source_tokens.version + 1,
                             renew_at = excluded.renew_at, claimed_until = 0, failures = 0,
                             grantor = excluded.grantor, granted_at = excluded.granted_at",
        )
        .bind(source_id)
        .bind(sealed)
        .bind(renew_at)
        .bind(grantor)
        .bind(granted_at)
        .execute(db)
        .await
        .map(|_| ()))?;
        Ok(())
    }

    /// Finds the tokens of a source.
    pub async fn find_tokens(&self, source_id: &str) -> Result<Option<TokenRow>> {
        let row = on!(self, |db| sqlx::query_as(
            "select source_id, sealed, previous, version, renew_at, claimed_until, failures
               from source_tokens
              where source_id = $1",
        )
        .bind(source_id)
        .fetch_optional(db)
        .await)?;
        Ok(row)
    }

    /// Claims the tokens of a source, so that nobody else renews them until then; `None` when somebody does already, or
    /// has done so since that version.
    pub async fn claim_tokens(&self, source_id: &str, version: i64, now: i64, until: i64) -> Result<Option<TokenRow>> {
        let row = on!(self, |db| sqlx::query_as(
            "update source_tokens
                set claimed_until = $4
              where source_id = $1 and version = $2 and claimed_until <= $3
          returning source_id, sealed, previous, version, renew_at, claimed_until, failures",
        )
        .bind(source_id)
        .bind(version)
        .bind(now)
        .bind(until)
        .fetch_optional(db)
        .await)?;
        Ok(row)
    }

    /// Claims up to `limit` tokens that are due.
    pub async fn claim_due_tokens(&self, now: i64, until: i64, limit: i64) -> Result<Vec<TokenRow>> {
        let rows = on!(self, |db| sqlx::query_as(
            "update source_tokens
                set claimed_until = $2
              where source_id in (select source_id from source_tokens
                                   where renew_at <= $1 and claimed_until <= $1
                                order by renew_at limit $3)
                and renew_at <= $1 and claimed_until <= $1
          returning source_id, sealed, previous, version, renew_at, claimed_until, failures",
        )
        .bind(now)
        .bind(until)
        .bind(limit)
        .fetch_all(db)
        .await)?;
        Ok(rows)
    }

    /// Keeps renewed tokens, and the ones they replace beside them; `false` when these are no longer the newest: the
    /// owner has signed in meanwhile.
    pub async fn renew_tokens(
        &self,
        claimed: &TokenRow,
        sealed: &[u8],
        previous: &[u8],
        renew_at: i64,
    ) -> Result<bool> {
        let done = on!(self, |db| sqlx::query(
            "update source_tokens
                set sealed = $3, previous = $4, version = version + 1, renew_at = $5, claimed_until = 0, failures = 0
              where source_id = $1 and version = $2",
        )
        .bind(&claimed.source_id)
        .bind(claimed.version)
        .bind(sealed)
        .bind(previous)
        .bind(renew_at)
        .execute(db)
        .await
        .map(|done| done.rows_affected()))?;
        Ok(done > 0)
    }

    /// Notes that a renewal failed, and when to try again; lets go of the claim.
    pub async fn fail_tokens(&self, claimed: &TokenRow, renew_at: i64) -> Result<()> {
        on!(self, |db| sqlx::query(
            "update source_tokens
                set renew_at = $3, claimed_until = 0, failures = failures + 1
              where source_id = $1 and version = $2",
        )
        .bind(&claimed.source_id)
        .bind(claimed.version)
        .bind(renew_at)
        .execute(db)
        .await
        .map(|_| ()))?;
        Ok(())
    }

    /// Forgets the tokens before, now that the newer ones have been used.
    pub async fn settle_tokens(&self, source_id: &str, version: i64) -> Result<()> {
        on!(self, |db| sqlx::query(
            "update source_tokens
                set previous = null
              where source_id = $1 and version = $2 and previous is not null",
        )
        .bind(source_id)
        .bind(version)
        .execute(db)
        .await
        .map(|_| ()))?;
        Ok(())
    }

    /// Finds the stage and the network of a source, whosever it is.
    pub async fn find_source_home(&self, source_id: &str) -> Result<Option<(String, String)>> {
        let home = on!(self, |db| sqlx::query_as("select stage_id, network from sources where id = $1")
            .bind(source_id)
            .fetch_optional(db)
            .await)?;
        Ok(home)
    }

    /// Stops a source, with the sentence that says why; its posts and settings stay.
    pub async fn stop_source(&self, source_id: &str, problem: &str, now: i64) -> Result<bool> {
        let done = on!(self, |db| sqlx::query(
            "update sources
                set state = 'stopped', problem = $2, detail = '{}', failures = failures + 1, fetched_at = $3,
                    next_at = $4
              where id = $1 and state <> 'stopped'",
        )
        .bind(source_id)
        .bind(problem)
        .bind(now)
        .bind(i64::MAX)
        .execute(db)
        .await
        .map(|done| done.rows_affected()))?;
        Ok(done > 0)
    }

    /// Sets a source going again, as if it had been linked now.
    pub async fn restart_source(&self, stage_id: &str, id: &str, name: &str, now: i64) -> Result<bool> {
        let done = on!(self, |db| sqlx::query(
            "update sources
                set state = 'new', problem = '', detail = '{}', failures = 0, name = $3, next_at = $4
              where stage_id = $1 and id = $2",
        )
        .bind(stage_id)
        .bind(id)
        .bind(name)
        .bind(now)
        .execute(db)
        .await
        .map(|done| done.rows_affected()))?;
        Ok(done > 0)
    }
}
