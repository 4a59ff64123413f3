//! Sign-ins under way: between leaving for a network and coming back.

use sqlx::FromRow;

use super::{Result, Store};

/// One sign-in under way.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct SignInRow {
    /// SHA-256 of the state that travels through the browser.
    pub id: String,
    /// The session that began it; nobody else may end it.
    pub session_id: String,
    /// The stage that the source is for.
    pub stage_id: String,
    /// Stable name of the network.
    pub network: String,
    /// The source to reconnect; empty for a new one.
    pub source_id: String,
    /// Whether new posts wait until somebody shows them.
    pub held: bool,
    /// Proof key, later what was found; sealed with the master key.
    pub sealed: Vec<u8>,
    /// When it ends by itself.
    pub expires_at: i64,
}

impl Store {
    /// Notes that somebody leaves for a network.
    pub async fn add_sign_in(&self, row: &SignInRow) -> Result<()> {
        on!(self, |db| sqlx::query(
            "insert into sign_ins (id, session_id, stage_id, network, source_id, held, sealed, expires_at)
                  values ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(&row.id)
        .bind(&row.session_id)
        .bind(&row.stage_id)
        .bind(&row.network)
        .bind(&row.source_id)
        .bind(row.held)
        .bind(&row.sealed)
        .bind(row.expires_at)
        .execute(db)
        .await
        .map(|_| ()))?;
        Ok(())
    }

    /// Finds a sign-in of a session that has not ended.
    pub async fn find_sign_in(&self, session_id: &str, id: &str, now: i64) -> Result<Option<SignInRow>> {
        let row = on!(self, |db| sqlx::query_as(
            "select id, session_id, stage_id, network, source_id, held, sealed, expires_at
               from sign_ins
              where session_id = $1 and id = $2 and expires_at > $3",
        )
        .bind(session_id)
        .bind(id)
        .bind(now)
        .fetch_optional(db)
        .await)?;
        Ok(row)
    }

    /// Uses a sign-in up: whoever comes second finds nothing.
    pub async fn take_sign_in(&self, session_id: &str, id: &str, now: i64) -> Result<Option<SignInRow>> {
        let row = on!(self, |db| sqlx::query_as(
            "delete from sign_ins
              where session_id = $1 and id = $2 and expires_at > $3
          returning id, session_id, stage_id, network, source_id, held, sealed, expires_at",
        )
        .bind(session_id)
        .bind(id)
        .bind(now)
        .fetch_optional(db)
        .await)?;
        Ok(row)
    }

    /// Removes sign-ins that have ended by themselves.
    pub async fn delete_ended_sign_ins(&self, now: i64) -> Result<u64> {
        let done = on!(self, |db| sqlx::query("delete from sign_ins where expires_at <= $1")
            .bind(now)
            .execute(db)
            .await
            .map(|done| done.rows_affected()))?;
        Ok(done)
    }
}
