//! Programmes of a stage, and the envelopes that go to the screens.

use sqlx::FromRow;

use super::history::{happened, noted};
use super::{Result, Store};

/// A programme.
#[derive(Clone, Debug, Default, FromRow, PartialEq, Eq)]
pub struct Programme {
    /// Id.
    pub id: String,
    /// The account that signs it.
    pub account_id: String,
    /// The stage whose posts it shows.
    pub stage_id: String,
    /// Name the owner gave it.
    pub name: String,
    /// Number of the revision that is edited.
    pub revision: i64,
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

/// A programme in a list.
#[derive(Clone, Debug, FromRow, PartialEq, Eq)]
pub struct ProgrammeCount {
    /// Id.
    pub id: String,
    /// Name the owner gave it.
    pub name: String,
    /// How many screens follow it.
    pub screens: i64,
}

impl Store {
    /// Adds a programme that has not been signed yet, with its first draft, which is published; `false` when it is there
    /// already.
    pub async fn insert_programme(&self, programme: &Programme, draft: &str, now: i64) -> Result<bool> {
        on!(self, |db| {
            let mut work = db.begin().await?;
            let made = sqlx::query(
                "insert into programmes
                    (id, account_id, stage_id, name, revision, version, envelope, issued_at, created_at)
                 values ($1, $2, $3, $4, 1, 0, '', 0, $5)
                     on conflict (id) do nothing",
            )
            .bind(&programme.id)
            .bind(&programme.account_id)
            .bind(&programme.stage_id)
            .bind(&programme.name)
            .bind(now)
            .execute(&mut *work)
            .await?
            .rows_affected();
            if made == 0 {
                return Ok(false);
            }
            sqlx::query(
                "insert into revisions (programme_id, number, parent, draft, made_at, publish_at)
                 values ($1, 1, 0, $2, $3, $3)",
            )
            .bind(&programme.id)
            .bind(draft)
            .bind(now)
            .execute(&mut *work)
            .await?;
            happened!(self, work);
            work.commit().await?;
            Ok(true)
        })
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

    /// Lists the programmes of a stage of an account, oldest first.
    pub async fn list_programmes(&self, account_id: &str, stage_id: &str) -> Result<Vec<ProgrammeCount>> {
        let programmes = on!(self, |db| sqlx::query_as(
            "select id, name,
                    (select count(*)
                       from screens
                      where screens.programme_id = programmes.id and screens.revoked_at is null) as screens
               from programmes
              where account_id = $1 and stage_id = $2
           order by created_at, id",
        )
        .bind(account_id)
        .bind(stage_id)
        .fetch_all(db)
        .await)?;
        Ok(programmes)
    }

    /// Finds a programme of an account.
    pub async fn find_programme(&self, account_id: &str, id: &str) -> Result<Option<Programme>> {
        let programme = on!(self, |db| sqlx::query_as(
            "select id, account_id, stage_id, name, revision, version, envelope, issued_at
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
            "select id, account_id, stage_id, name, revision, version, envelope, issued_at
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

    /// Gives a programme another name; `false` when the account has no such programme.
    pub async fn rename_programme(&self, account_id: &str, id: &str, name: &str) -> Result<bool> {
        let changed = noted!(
            self,
            sqlx::query(
                "update programmes
                set name = $3
              where account_id = $1 and id = $2",
            )
            .bind(account_id)
            .bind(id)
            .bind(name)
        );
        Ok(changed == 1)
    }

    /// Removes a programme that no screen follows; `false` when one does or the account has no such programme. Removed
    /// screens that do not know it yet are remembered under the stage's first programme.
    pub async fn delete_programme(&self, account_id: &str, stage_id: &str, id: &str) -> Result<bool> {
        on!(self, |db| {
            let mut work = db.begin().await?;
            sqlx::query(
                "update screens
                    set programme_id = $2
                  where account_id = $1 and programme_id = $3 and revoked_at is not null",
            )
            .bind(account_id)
            .bind(stage_id)
            .bind(id)
            .execute(&mut *work)
            .await?;
            let gone = sqlx::query(
                "delete from programmes
                  where account_id = $1 and stage_id = $2 and id = $3 and id <> stage_id
                    and not exists (select 1 from screens where screens.programme_id = programmes.id)",
            )
            .bind(account_id)
            .bind(stage_id)
            .bind(id)
            .execute(&mut *work)
            .await?
            .rows_affected();
            if gone == 1 {
                happened!(self, work);
            }
            work.commit().await?;
            Ok(gone == 1)
        })
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
