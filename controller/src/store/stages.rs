//! Stages: the public presences of an account.

use sqlx::FromRow;

use super::{Result, Store};

/// The public presence of an account.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Stage {
    /// Its id.
    pub id: String,
    /// The account it belongs to.
    pub account_id: String,
    /// Its name in addresses, without `@`.
    pub handle: String,
    /// The handle with look-alikes folded; unique too.
    pub likeness: String,
    /// Its name for people.
    pub name: String,
    /// What it is, in a sentence or two; may be empty.
    pub description: String,
    /// Main colour, `#rrggbb`.
    pub accent: String,
    /// Colour behind everything, `#rrggbb`.
    pub background: String,
    /// Its logo, a picture of the account.
    pub logo_id: Option<String>,
    /// Language of what it says by itself (`de`, `en`).
    pub language: String,
    /// IANA time zone (`Europe/Berlin`).
    pub time_zone: String,
    /// When it was made, in milliseconds since 1970.
    pub created_at: i64,
    /// When it last changed.
    pub changed_at: i64,
}

impl Store {
    /// Adds a stage; [`super::Error::Taken`] when its handle, or one that looks like it, is in use.
    pub async fn add_stage(&self, stage: &Stage) -> Result<()> {
        on!(self, |db| sqlx::query(
            "insert into stages (id, account_id, handle, likeness, name, description, accent, background, logo_id,
                                 language, time_zone, created_at, changed_at)
                  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        )
        .bind(&stage.id)
        .bind(&stage.account_id)
        .bind(&stage.handle)
        .bind(&stage.likeness)
        .bind(&stage.name)
        .bind(&stage.description)
        .bind(&stage.accent)
        .bind(&stage.background)
        .bind(&stage.logo_id)
        .bind(&stage.language)
        .bind(&stage.time_zone)
        .bind(stage.created_at)
        .bind(stage.changed_at)
        .execute(db)
        .await
        .map(|_| ()))?;
        Ok(())
    }

    /// Lists the stages of an account by name.
    pub async fn list_stages(&self, account_id: &str) -> Result<Vec<Stage>> {
        let stages = on!(self, |db| sqlx::query_as(
            "select id, account_id, handle, likeness, name, description, accent, background, logo_id, language,
                    time_zone, created_at, changed_at
               from stages
              where account_id = $1
           order by name, id",
        )
        .bind(account_id)
        .fetch_all(db)
        .await)?;
        Ok(stages)
    }

    /// Finds a stage of an account.
    pub async fn find_stage(&self, account_id: &str, id: &str) -> Result<Option<Stage>> {
        let stage = on!(self, |db| sqlx::query_as(
            "select id, account_id, handle, likeness, name, description, accent, background, logo_id, language,
                    time_zone, created_at, changed_at
               from stages
              where account_id = $1 and id = $2",
        )
        .bind(account_id)
        .bind(id)
        .fetch_optional(db)
        .await)?;
        Ok(stage)
    }

    /// Finds a stage whoever's it is, for what is public and for jobs.
    pub async fn find_any_stage(&self, id: &str) -> Result<Option<Stage>> {
        let stage = on!(self, |db| sqlx::query_as(
            "select id, account_id, handle, likeness, name, description, accent, background, logo_id, language,
                    time_zone, created_at, changed_at
               from stages
              where id = $1",
        )
        .bind(id)
        .fetch_optional(db)
        .await)?;
        Ok(stage)
    }

    /// Finds several stages whoever's they are, for jobs; in no order.
    pub async fn list_any_stages(&self, ids: &[&str]) -> Result<Vec<Stage>> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let stages = on!(self, |db| {
            let mut query = sqlx::QueryBuilder::new(
                "select id, account_id, handle, likeness, name, description, accent, background, logo_id, language,
                        time_zone, created_at, changed_at
                   from stages
                  where id in (",
            );
            among!(query, ids.iter().copied());
            query.build_query_as().fetch_all(db).await
        })?;
        Ok(stages)
    }

    /// Finds a stage by its handle, for what is public.
    pub async fn find_stage_by_handle(&self, handle: &str) -> Result<Option<Stage>> {
        let stage = on!(self, |db| sqlx::query_as(
            "select id, account_id, handle, likeness, name, description, accent, background, logo_id, language,
                    time_zone, created_at, changed_at
               from stages
              where handle = $1",
        )
        .bind(handle)
        .fetch_optional(db)
        .await)?;
        Ok(stage)
    }

    /// Changes everything about a stage of an account but its handle; `false` when the account has no such stage.
    pub async fn change_stage(&self, stage: &Stage) -> Result<bool> {
        let done = on!(self, |db| sqlx::query(
            "update stages
                set name = $3, description = $4, accent = $5, background = $6, logo_id = $7, language = $8,
                    time_zone = $9, changed_at = $10
              where account_id = $1 and id = $2",
        )
        .bind(&stage.account_id)
        .bind(&stage.id)
        .bind(&stage.name)
        .bind(&stage.description)
        .bind(&stage.accent)
        .bind(&stage.background)
        .bind(&stage.logo_id)
        .bind(&stage.language)
        .bind(&stage.time_zone)
        .bind(stage.changed_at)
        .execute(db)
        .await
        .map(|done| done.rows_affected()))?;
        Ok(done > 0)
    }
}

/// What a stage has, for its card.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct StageCount {
    /// Which stage.
    pub stage_id: String,
    /// Linked sources.
    pub sources: i64,
    /// Posts that are shown.
    pub posts: i64,
    /// Paired screens.
    pub screens: i64,
}

impl Store {
    /// Counts what each stage of an account has.
    pub async fn count_in_stages(&self, account_id: &str) -> Result<Vec<StageCount>> {
        let counts = on!(self, |db| sqlx::query_as(
            "select stages.id as stage_id,
                    (select count(*) from sources where sources.stage_id = stages.id) as sources,
                    (select count(*) from posts where posts.stage_id = stages.id and posts.shown) as posts,
                    (select count(*)
                       from screens
                       join programmes on programmes.id = screens.programme_id
                      where programmes.stage_id = stages.id and screens.revoked_at is null) as screens
               from stages
              where stages.account_id = $1",
        )
        .bind(account_id)
        .fetch_all(db)
        .await)?;
        Ok(counts)
    }

    /// Whether a handle that looks like this is in use, whoever's it is.
    pub async fn has_likeness(&self, likeness: &str) -> Result<bool> {
        let found: Option<String> = on!(self, |db| sqlx::query_scalar("select id from stages where likeness = $1")
            .bind(likeness)
            .fetch_optional(db)
            .await)?;
        Ok(found.is_some())
    }
}
