//! Addresses at which browsers show what screens do.

use sqlx::FromRow;

use super::{Result, Store, history::noted};

/// The secret address of a programme, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct InfoscreenAddress {
    /// Its secret, sealed.
    pub sealed: Vec<u8>,
    /// When it was made.
    pub made_at: i64,
}

impl Store {
    /// What the plain address of a stage was said to show; `None` where nobody said.
    pub async fn find_infoscreen(&self, stage_id: &str) -> Result<Option<String>> {
        let shows = on!(self, |db| sqlx::query_scalar("select shows from infoscreens where stage_id = $1")
            .bind(stage_id)
            .fetch_optional(db)
            .await)?;
        Ok(shows)
    }

    /// Keeps what the plain address of a stage shows.
    pub async fn put_infoscreen(&self, stage_id: &str, shows: &str) -> Result<()> {
        let _ = noted!(
            self,
            sqlx::query(
                "insert into infoscreens (stage_id, shows)
                      values ($1, $2)
                 on conflict (stage_id)
                   do update set shows = excluded.shows",
            )
            .bind(stage_id)
            .bind(shows)
        );
        Ok(())
    }

    /// Finds the secret address of a programme of an account.
    pub async fn find_infoscreen_address(
        &self,
        account_id: &str,
        programme_id: &str,
    ) -> Result<Option<InfoscreenAddress>> {
        let address = on!(self, |db| sqlx::query_as(
            "select infoscreen_addresses.sealed, infoscreen_addresses.made_at
               from infoscreen_addresses
               join programmes on programmes.id = infoscreen_addresses.programme_id
              where programmes.account_id = $1 and programmes.id = $2",
        )
        .bind(account_id)
        .bind(programme_id)
        .fetch_optional(db)
        .await)?;
        Ok(address)
    }

    /// Finds the programme of a stage that a secret leads to: its id.
    pub async fn find_infoscreen_programme(&self, stage_id: &str, token_hash: &[u8]) -> Result<Option<String>> {
        let id = on!(self, |db| sqlx::query_scalar(
            "select programmes.id
               from infoscreen_addresses
               join programmes on programmes.id = infoscreen_addresses.programme_id
              where programmes.stage_id = $1 and infoscreen_addresses.token_hash = $2",
        )
        .bind(stage_id)
        .bind(token_hash)
        .fetch_optional(db)
        .await)?;
        Ok(id)
    }

    /// Gives a programme of an account a secret address, in the place of the one it had; `false` when the account has no
    /// such programme.
    pub async fn put_infoscreen_address(
        &self,
        account_id: &str,
        programme_id: &str,
        (token_hash, sealed): (&[u8], &[u8]),
        now: i64,
    ) -> Result<bool> {
        let changed = noted!(
            self,
            sqlx::query(
                "insert into infoscreen_addresses (programme_id, token_hash, sealed, made_at)
                      select id, $3, $4, $5 from programmes where account_id = $1 and id = $2
                 on conflict (programme_id)
                   do update set token_hash = excluded.token_hash, sealed = excluded.sealed, made_at = excluded.made_at",
            )
            .bind(account_id)
            .bind(programme_id)
            .bind(token_hash)
            .bind(sealed)
            .bind(now)
        );
        Ok(changed == 1)
    }

    /// Takes the secret address of a programme of an account away; `false` when it had none.
    pub async fn delete_infoscreen_address(&self, account_id: &str, programme_id: &str) -> Result<bool> {
        let changed = noted!(
            self,
            sqlx::query(
                "delete from infoscreen_addresses
                  where programme_id in (select id from programmes where account_id = $1 and id = $2)",
            )
            .bind(account_id)
            .bind(programme_id)
        );
        Ok(changed == 1)
    }
}
