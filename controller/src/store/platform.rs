//! The directory of the platform: stages that chose to be found.

use sqlx::FromRow;

use super::{Result, Stage, Store, posts::visible};

/// Most words that a search looks for; more are left out.
pub const MOST_TERMS: usize = 5;

/// A stage in the directory.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Listed {
    /// Which stage.
    #[sqlx(flatten)]
    pub stage: Stage,
    /// When the newest post that the public sees was published; `None` where there is none.
    pub last_post_at: Option<i64>,
}

/// Which stages of the directory are wanted.
#[derive(Clone, Debug, Default)]
pub struct ListingQuery {
    /// Each of these stands somewhere in the words of the stage.
    pub terms: Vec<String>,
    /// So many are passed over.
    pub offset: i64,
    /// How many.
    pub limit: i64,
}

impl Store {
    /// Puts a stage into the directory, or renews what it is found by.
    pub async fn list_in_directory(&self, stage_id: &str, name: &str, words: &str, now: i64) -> Result<()> {
        on!(self, |db| sqlx::query(
            "insert into listings (stage_id, name, words, listed_at)
                  values ($1, $2, $3, $4)
             on conflict (stage_id) do update set name = excluded.name, words = excluded.words",
        )
        .bind(stage_id)
        .bind(name)
        .bind(words)
        .bind(now)
        .execute(db)
        .await
        .map(|_| ()))?;
        Ok(())
    }

    /// Takes a stage out of the directory.
    pub async fn take_from_directory(&self, stage_id: &str) -> Result<()> {
        on!(self, |db| sqlx::query("delete from listings where stage_id = $1")
            .bind(stage_id)
            .execute(db)
            .await
            .map(|_| ()))?;
        Ok(())
    }

    /// Whether a stage is in the directory.
    pub async fn is_in_directory(&self, stage_id: &str) -> Result<bool> {
        let found: Option<String> =
            on!(self, |db| sqlx::query_scalar("select stage_id from listings where stage_id = $1")
                .bind(stage_id)
                .fetch_optional(db)
                .await)?;
        Ok(found.is_some())
    }

    /// Lists stages of the directory by name.
    pub async fn list_directory(&self, wanted: &ListingQuery, now: i64) -> Result<Vec<Listed>> {
        // As many as the statement takes; what is missing fits everything.
        let mut patterns = wanted.terms.iter().map(|term| pattern(term)).collect::<Vec<_>>();
        patterns.resize(MOST_TERMS, "%".to_owned());
        let listed = on!(self, |db| sqlx::query_as(concat!(
            "select stages.id, stages.account_id, stages.handle, stages.likeness, stages.name, stages.description,
                    stages.accent, stages.background, stages.logo_id, stages.language, stages.time_zone,
                    stages.created_at, stages.changed_at,
                    (select max(posts.published_at) from posts where posts.stage_id = stages.id and ",
            visible!("$1"),
            ") as last_post_at
               from listings
               join stages on stages.id = listings.stage_id
              where listings.words like $2 escape '!' and listings.words like $3 escape '!'
                and listings.words like $4 escape '!' and listings.words like $5 escape '!'
                and listings.words like $6 escape '!'
           order by listings.name, listings.stage_id
              limit $7 offset $8"
        ))
        .bind(now)
        .bind(&patterns[0])
        .bind(&patterns[1])
        .bind(&patterns[2])
        .bind(&patterns[3])
        .bind(&patterns[4])
        .bind(wanted.limit)
        .bind(wanted.offset)
        .fetch_all(db)
        .await)?;
        Ok(listed)
    }
}

/// What fits every text that holds a word; signs with a meaning of their own stand for themselves.
fn pattern(term: &str) -> String {
    format!("%{}%", term.replace('!', "!!").replace('%', "!%").replace('_', "!_"))
}
