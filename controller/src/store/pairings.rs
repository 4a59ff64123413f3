//! Pairings: codes that kiosks show and owners type; each lives ten minutes at most.

use sqlx::FromRow;

use super::{Result, Store};

/// A code that waits to be typed.
#[derive(Clone, Debug, FromRow, PartialEq, Eq)]
pub struct Pairing {
    /// The kiosk's Ed25519 public key, 32 bytes.
    pub public_key: Vec<u8>,
    /// The code, without its hyphen.
    pub code: String,
    /// Width of the display in pixels.
    pub width: i64,
    /// Height of the display in pixels.
    pub height: i64,
    /// When the code ends.
    pub expires_at: i64,
}

impl Store {
    /// Finds the code of a kiosk, also one that has ended.
    pub async fn find_pairing(&self, public_key: &[u8]) -> Result<Option<Pairing>> {
        let pairing = on!(self, |db| sqlx::query_as(
            "select public_key, code, width, height, expires_at
               from pairings
              where public_key = $1",
        )
        .bind(public_key)
        .fetch_optional(db)
        .await)?;
        Ok(pairing)
    }

    /// Finds the kiosk that shows a code at the moment.
    pub async fn find_pairing_by_code(&self, code: &str, now: i64) -> Result<Option<Pairing>> {
        let pairing = on!(self, |db| sqlx::query_as(
            "select public_key, code, width, height, expires_at
               from pairings
              where code = $1 and expires_at > $2",
        )
        .bind(code)
        .bind(now)
        .fetch_optional(db)
        .await)?;
        Ok(pairing)
    }

    /// Finds the kiosk that asked last and still waits; the demo pairs it by itself.
    pub async fn find_newest_pairing(&self, now: i64) -> Result<Option<Pairing>> {
        let pairing = on!(self, |db| sqlx::query_as(
            "select public_key, code, width, height, expires_at
               from pairings
              where expires_at > $1
           order by expires_at desc, code
              limit 1",
        )
        .bind(now)
        .fetch_optional(db)
        .await)?;
        Ok(pairing)
    }

    /// Counts the codes that wait to be typed.
    pub async fn count_pairings(&self, now: i64) -> Result<i64> {
        let (count,): (i64,) = on!(self, |db| sqlx::query_as(
            "select count(*)
               from pairings
              where expires_at > $1",
        )
        .bind(now)
        .fetch_one(db)
        .await)?;
        Ok(count)
    }

    /// Gives a kiosk a code, in the place of one that has ended. `Taken` when another
    /// kiosk has the same; nothing happens while its former code is still good.
    pub async fn insert_pairing(&self, pairing: &Pairing, now: i64) -> Result<()> {
        on!(self, |db| sqlx::query(
            "insert into pairings (public_key, code, width, height, created_at, expires_at)
             values ($1, $2, $3, $4, $5, $6)
                 on conflict (public_key) do update
                set code = excluded.code, width = excluded.width, height = excluded.height,
                    created_at = excluded.created_at, expires_at = excluded.expires_at
              where pairings.expires_at <= $5",
        )
        .bind(&pairing.public_key)
        .bind(&pairing.code)
        .bind(pairing.width)
        .bind(pairing.height)
        .bind(now)
        .bind(pairing.expires_at)
        .execute(db)
        .await
        .map(|_| ()))?;
        Ok(())
    }

    /// Removes codes that have ended; says how many.
    pub async fn delete_ended_pairings(&self, now: i64) -> Result<u64> {
        let gone = on!(self, |db| sqlx::query(
            "delete from pairings
              where expires_at <= $1",
        )
        .bind(now)
        .execute(db)
        .await
        .map(|done| done.rows_affected()))?;
        Ok(gone)
    }
}
