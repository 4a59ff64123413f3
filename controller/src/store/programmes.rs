//! Programmes: what the owner chose, and the envelope that goes to the screens.

use sqlx::FromRow;

use super::{Result, Store};

/// A programme.
#[derive(Clone, Debug, FromRow, PartialEq, Eq)]
pub struct Programme {
    /// Id.
    pub id: String,
    /// The account that signs it.
    pub account_id: String,
    /// The stage whose posts it shows.
    pub stage_id: String,
    /// Name the owner gave it.
    pub name: String,
    /// JSON: what the owner chose.
    pub settings: String,
    /// Only ever rises; 0 before the first.
    pub version: i64,
    /// JSON as it goes to the screens; empty before the first.
    pub envelope: String,
    /// When the envelope was signed.
    pub issued_at: i64,
}

/// Which version of a programme is the newest.
#[derive(Clone, Debug, FromRow, PartialEq, Eq)]
pub struct ProgrammeVersion {
    /// Id.
    pub id: String,
    /// The stage whose posts it shows.
    pub stage_id: String,
    /// Version; 0 before the first.
    pub version: i64,
}

impl Store {
    /// Adds a programme that has not been signed yet; `false` when it is there already.
    pub async fn insert_programme(&self, programme: &Programme, now: i64) -> Result<bool> {
        let made = on!(self, |db| sqlx::query(
            "insert into programmes
                (id, account_id, stage_id, name, settings, version, envelope, issued_at, created_at)
             values ($1, $2, $3, $4, $5, 0, '', 0, $6)
                 on conflict (id) do nothing",
        )
        .bind(&programme.id)
        .bind(&programme.account_id)
        .bind(&programme.stage_id)
        .bind(&programme.name)
        .bind(&programme.settings)
        .bind(now)
        .execute(db)
        .await
        .map(|done| done.rows_affected()))?;
        Ok(made == 1)
    }

    /// Lists stages that have no programme: their accounts' ids and their own.
    pub async fn list_stages_without_programme(&self) -> Result<Vec<(String, String)>> {
        let stages = on!(self, |db| sqlx::query_as(
            "select account_id, id
               from stages
              where not exists (select 1 from programmes where programmes.stage_id = stages.id)
              order by id",
        )
        .fetch_all(db)
        .await)?;
        Ok(stages)
    }

    /// Finds a programme of an account.
    pub async fn find_programme(&self, account_id: &str, id: &str) -> Result<Option<Programme>> {
        let programme = on!(self, |db| sqlx::query_as(
            "select id, account_id, stage_id, name, settings, version, envelope, issued_at
               from programmes
              where account_id = $1 and id = $2",
        )
        .bind(account_id)
        .bind(id)
        .fetch_optional(db)
        .await)?;
        Ok(programme)
    }

    /// Finds a programme by its id alone, for work that nobody asked for.
    pub async fn find_any_programme(&self, id: &str) -> Result<Option<Programme>> {
        let programme = on!(self, |db| sqlx::query_as(
            "select id, account_id, stage_id, name, settings, version, envelope, issued_at
               from programmes
              where id = $1",
        )
        .bind(id)
        .fetch_optional(db)
        .await)?;
        Ok(programme)
    }

    /// Lists the newest version of every programme.
    pub async fn list_programme_versions(&self) -> Result<Vec<ProgrammeVersion>> {
        let versions = on!(self, |db| sqlx::query_as(
            "select id, stage_id, version
               from programmes
              order by id",
        )
        .fetch_all(db)
        .await)?;
        Ok(versions)
    }

    /// Keeps what the owner chose; `false` when the account has no such programme.
    pub async fn set_programme_settings(&self, account_id: &str, id: &str, settings: &str) -> Result<bool> {
        let changed = on!(self, |db| sqlx::query(
            "update programmes
                set settings = $3
              where account_id = $1 and id = $2",
        )
        .bind(account_id)
        .bind(id)
        .bind(settings)
        .execute(db)
        .await
        .map(|done| done.rows_affected()))?;
        Ok(changed == 1)
    }

    /// Puts a signed envelope in the place of the one with version `old`; `false` when
    /// somebody else was faster, so that no two documents ever share a version.
    pub async fn publish_programme(
        &self,
        id: &str,
        old: i64,
        version: i64,
        envelope: &str,
        issued_at: i64,
    ) -> Result<bool> {
        let changed = on!(self, |db| sqlx::query(
            "update programmes
                set version = $3, envelope = $4, issued_at = $5
              where id = $1 and version = $2",
        )
        .bind(id)
        .bind(old)
        .bind(version)
        .bind(envelope)
        .bind(issued_at)
        .execute(db)
        .await
        .map(|done| done.rows_affected()))?;
        Ok(changed == 1)
    }
}
