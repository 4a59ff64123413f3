//! Rules of moderation of a stage, the posts they look at, and what they say of them.

use sqlx::FromRow;

use super::{Post, Result, Standing, Store, history::noted, posts::post_columns};

/// The rules of a stage.
#[derive(Clone, Debug, Default, PartialEq, Eq, FromRow)]
pub struct ModerationRow {
    /// JSON.
    pub rules: String,
    /// Counts up with every edit; 0 before the first.
    pub number: i64,
    /// Whether they are being applied to posts that are shown already.
    pub applying: bool,
}

/// What rules say of a post that is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ruling {
    /// Which post.
    pub post_id: String,
    /// As it was looked at.
    pub content_hash: String,
    /// What becomes of it.
    pub standing: Standing,
    /// JSON list: why.
    pub reasons: String,
}

/// A stage whose rules are being applied to posts that are shown already.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Applying {
    /// Which stage.
    pub stage_id: String,
    /// Of posts with this id and above that is done.
    pub applied_below: String,
    /// Which edit of the rules.
    pub number: i64,
}

impl Store {
    /// Finds the rules of a stage; `None` where nobody has made any.
    pub async fn find_moderation(&self, stage_id: &str) -> Result<Option<ModerationRow>> {
        let row = on!(self, |db| sqlx::query_as("select rules, number, applying from moderation where stage_id = $1")
            .bind(stage_id)
            .fetch_optional(db)
            .await)?;
        Ok(row)
    }

    /// Keeps the rules of a stage; `false`, and nothing changed, when they were edited after they were seen.
    pub async fn save_moderation(&self, stage_id: &str, rules: &str, seen: i64) -> Result<bool> {
        let done = noted!(
            self,
            sqlx::query(
                "insert into moderation (stage_id, rules, number) values ($1, $2, 1)
             on conflict (stage_id)
               do update set rules = excluded.rules, number = moderation.number + 1
                   where moderation.number = $3",
            )
            .bind(stage_id)
            .bind(rules)
            .bind(seen)
        );
        Ok(done > 0)
    }

    /// Begins to apply the rules of a stage to posts that are shown already, from the newest on; `false` where there are no
    /// rules.
    pub async fn begin_applying(&self, stage_id: &str) -> Result<bool> {
        let done = on!(self, |db| sqlx::query(
            "update moderation set applying = true, applied_below = '', applying_until = 0 where stage_id = $1",
        )
        .bind(stage_id)
        .execute(db)
        .await
        .map(|done| done.rows_affected()))?;
        Ok(done > 0)
    }

    /// Claims a stage whose rules are to be applied; `None` where there is none.
    pub async fn claim_applying(&self, now: i64, until: i64) -> Result<Option<Applying>> {
        let claimed = on!(self, |db| sqlx::query_as(
            "update moderation
                set applying_until = $2
              where stage_id in (select stage_id from moderation
                                  where applying and applying_until <= $1
                               order by applying_until, stage_id limit 1)
                and applying_until <= $1
          returning stage_id, applied_below, number",
        )
        .bind(now)
        .bind(until)
        .fetch_optional(db)
        .await)?;
        Ok(claimed)
    }

    /// Lists imported posts of a stage that are shown, or would be without its emergency stop, and that nobody showed by
    /// hand; those with ids below, newest first; of all with nothing said.
    pub async fn list_posts_to_judge(&self, stage_id: &str, below: &str, limit: i64) -> Result<Vec<Post>> {
        let posts = on!(self, |db| {
            sqlx::query_as(concat!(
                "select ",
                post_columns!(),
                " from posts
                 where posts.stage_id = $1 and posts.source_id is not null and ($2 = '' or posts.id < $2)
                   and (posts.shown or posts.stopped = 'taken') and posts.standing <> 'published'
              order by posts.id desc
                 limit $3"
            ))
            .bind(stage_id)
            .bind(below)
            .bind(limit)
            .fetch_all(db)
            .await
        })?;
        Ok(posts)
    }

    /// Lists the newest imported posts of a stage, shown or not.
    pub async fn list_imported_posts(&self, stage_id: &str, limit: i64) -> Result<Vec<Post>> {
        let posts = on!(self, |db| {
            sqlx::query_as(concat!(
                "select ",
                post_columns!(),
                " from posts
                 where posts.stage_id = $1 and posts.source_id is not null
              order by posts.published_at desc, posts.id desc
                 limit $2"
            ))
            .bind(stage_id)
            .bind(limit)
            .fetch_all(db)
            .await
        })?;
        Ok(posts)
    }

    /// Notes what the rules say of posts that are shown, and how far they are applied (`below`; `None` for all the way), all
    /// or nothing; how many were taken down. Passed over are posts that were edited or that people decided on meanwhile.
    /// Nothing of it counts when the rules were applied anew meanwhile.
    pub async fn note_rulings(
        &self,
        applying: &Applying,
        rulings: &[Ruling],
        below: Option<&str>,
        now: i64,
    ) -> Result<u64> {
        on!(self, |db| {
            let mut work = db.begin().await?;
            let mut taken = 0;
            let done = sqlx::query(
                "update moderation
                    set applied_below = $4, applying_until = 0, applying = $5
                  where stage_id = $1 and applied_below = $2 and number = $3 and applying",
            )
            .bind(&applying.stage_id)
            .bind(&applying.applied_below)
            .bind(applying.number)
            .bind(below.unwrap_or_default())
            .bind(below.is_some())
            .execute(&mut *work)
            .await?;
            if done.rows_affected() == 0 {
                // Let go of the claim: they are applied by whoever comes next.
                sqlx::query("update moderation set applying_until = 0 where stage_id = $1")
                    .bind(&applying.stage_id)
                    .execute(&mut *work)
                    .await?;
                work.commit().await?;
                return Ok(0);
            }
            for ruling in rulings {
                let done = sqlx::query(
                    "update posts
                        set shown = false, stopped = '', standing = $3, reasons = $4, changed_at = $5
                      where id = $1 and content_hash = $2 and (shown or stopped = 'taken') and standing <> 'published'",
                )
                .bind(&ruling.post_id)
                .bind(&ruling.content_hash)
                .bind(ruling.standing.name())
                .bind(&ruling.reasons)
                .bind(now)
                .execute(&mut *work)
                .await?;
                taken += done.rows_affected();
            }
            work.commit().await?;
            Ok(taken)
        })
    }

    /// How many posts of a source were published after an instant and until another; one of them, by its id at its network,
    /// does not count.
    pub async fn count_posts_between(&self, source_id: &str, after: i64, until: i64, but: &str) -> Result<i64> {
        let count = on!(self, |db| sqlx::query_scalar(
            "select count(*)
               from posts
              where source_id = $1 and published_at > $2 and published_at <= $3 and remote_id <> $4",
        )
        .bind(source_id)
        .bind(after)
        .bind(until)
        .bind(but)
        .fetch_one(db)
        .await)?;
        Ok(count)
    }
}
