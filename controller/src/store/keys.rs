//! Signing keys of accounts: the public half, and the secret half sealed.

use sqlx::FromRow;

use super::{Result, Store};

/// A key pair as the database knows it.
#[derive(Clone, Debug, FromRow, PartialEq, Eq)]
pub struct SigningKey {
    /// Ed25519 public key, 32 bytes.
    pub public_key: Vec<u8>,
    /// The seed, sealed with the master key.
    pub sealed: Vec<u8>,
}

impl Store {
    /// Finds an account's key for a purpose.
    pub async fn find_key(&self, account_id: &str, purpose: &str) -> Result<Option<SigningKey>> {
        let key = on!(self, |db| sqlx::query_as(
            "select public_key, sealed
               from keys
              where account_id = $1 and purpose = $2",
        )
        .bind(account_id)
        .bind(purpose)
        .fetch_optional(db)
        .await)?;
        Ok(key)
    }

    /// Keeps an account's key for a purpose, unless there is one; `false` when there was.
    pub async fn insert_key(&self, account_id: &str, purpose: &str, key: &SigningKey, now: i64) -> Result<bool> {
        let made = on!(self, |db| sqlx::query(
            "insert into keys (account_id, purpose, public_key, sealed, created_at)
             values ($1, $2, $3, $4, $5)
                 on conflict (account_id, purpose) do nothing",
        )
        .bind(account_id)
        .bind(purpose)
        .bind(&key.public_key)
        .bind(&key.sealed)
        .bind(now)
        .execute(db)
        .await
        .map(|done| done.rows_affected()))?;
        Ok(made == 1)
    }
}
