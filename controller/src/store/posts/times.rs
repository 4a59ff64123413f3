//! When posts begin and cease to be shown, by hand and by the clock.

use crate::store::{
    Result, Store,
    history::{happened, noted},
};

/// From when to when an imported post is shown, where somebody here says so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// Not before then; `None` where its date alone counts.
    pub opens_at: Option<i64>,
    /// Not from then on; `None` for ever.
    pub expires_at: Option<i64>,
}

impl Store {
    /// Hides a post, and notes that somebody wants it so; `false` when the stage has no such post or it is so already.
    pub async fn hide_post(&self, stage_id: &str, id: &str, now: i64) -> Result<bool> {
        let done = noted!(
            self,
            sqlx::query(
                "update posts
                set shown = false, standing = 'hidden', stopped = '', changed_at = $3
              where stage_id = $1 and id = $2 and (shown or (not draft and standing <> 'hidden') or stopped <> '')",
            )
            .bind(stage_id)
            .bind(id)
            .bind(now)
        );
        Ok(done > 0)
    }

    /// Shows a post, whatever rules say: a draft from now on, one whose time is over without an end. `false` when the stage
    /// has no such post or it is so already.
    pub async fn show_post(&self, stage_id: &str, id: &str, now: i64) -> Result<bool> {
        let done = noted!(
            self,
            sqlx::query(
                "update posts
                set shown = true, draft = false, standing = 'published', stopped = '', changed_at = $3,
                    published_at = case when draft then $3 else published_at end,
                    expires_at = case when expires_at <= $3 then null else expires_at end, end_noted = false,
                    measured_by = case when draft then 0 else measured_by end
              where stage_id = $1 and id = $2 and (not shown or expires_at <= $3)",
            )
            .bind(stage_id)
            .bind(id)
            .bind(now)
        );
        Ok(done > 0)
    }

    /// Pins a post, and whatever is on its card, at an instant, or takes the pin away (0); `false` when the stage has no
    /// such post.
    pub async fn pin_post(&self, stage_id: &str, id: &str, pinned_at: i64) -> Result<bool> {
        let done = noted!(
            self,
            sqlx::query(
                "update posts
                set pinned_at = $3
              where stage_id = $1
                and (id = $2 or card_id = (select card_id from posts where stage_id = $1 and id = $2))",
            )
            .bind(stage_id)
            .bind(id)
            .bind(pinned_at)
        );
        Ok(done > 0)
    }

    /// Has a post stand out until an instant, or not (`None`); `false` when the stage has no such post.
    pub async fn feature_post(&self, stage_id: &str, id: &str, until: Option<i64>) -> Result<bool> {
        let done = noted!(
            self,
            sqlx::query("update posts set featured_until = $3 where stage_id = $1 and id = $2")
                .bind(stage_id)
                .bind(id)
                .bind(until)
        );
        Ok(done > 0)
    }

    /// Says from when to when an imported post is shown, and what is to be seen on its pictures where that is not what its
    /// source says; `false`, and nothing changed, when the stage has no such post or it was changed after it was seen.
    pub async fn change_terms(
        &self,
        stage_id: &str,
        id: &str,
        seen: i64,
        span: Span,
        words: &[(String, String)],
        now: i64,
    ) -> Result<bool> {
        on!(self, |db| {
            let mut work = db.begin().await?;
            let done = sqlx::query(
                "update posts
                    set opens_at = $4, expires_at = $5, end_noted = false, changed_at = $6
                  where stage_id = $1 and id = $2 and changed_at = $3 and source_id is not null",
            )
            .bind(stage_id)
            .bind(id)
            .bind(seen)
            .bind(span.opens_at)
            .bind(span.expires_at)
            .bind(now)
            .execute(&mut *work)
            .await?;
            if done.rows_affected() == 0 {
                return Ok(false);
            }
            for (media_id, alt) in words {
                sqlx::query(
                    "update post_media
                        set own_alt = case when alt = $3 then null else $3 end
                      where post_id = $1 and media_id = $2",
                )
                .bind(id)
                .bind(media_id)
                .bind(alt)
                .execute(&mut *work)
                .await?;
            }
            happened!(self, work);
            work.commit().await?;
            Ok(true)
        })
    }

    /// The first instant after another at which a post of any stage begins or ceases to be shown, or to stand out; `None`
    /// for never.
    pub async fn next_post_turn(&self, after: i64) -> Result<Option<i64>> {
        let next = on!(self, |db| sqlx::query_scalar(
            "select min(at)
               from (select min(published_at) as at from posts where published_at > $1 and shown
                      union all
                     select min(opens_at) as at from posts where opens_at > $1 and shown
                      union all
                     select min(expires_at) as at from posts where expires_at > $1 and shown
                      union all
                     select min(featured_until) as at from posts where featured_until > $1 and shown) turns",
        )
        .bind(after)
        .fetch_one(db)
        .await)?;
        Ok(next)
    }

    /// The same for one stage.
    pub async fn next_turn_of_stage(&self, stage_id: &str, after: i64) -> Result<Option<i64>> {
        let next = on!(self, |db| sqlx::query_scalar(
            "select min(at)
               from (select min(published_at) as at
                       from posts where stage_id = $1 and published_at > $2 and shown
                      union all
                     select min(opens_at) as at
                       from posts where stage_id = $1 and opens_at > $2 and shown
                      union all
                     select min(expires_at) as at
                       from posts where stage_id = $1 and expires_at > $2 and shown
                      union all
                     select min(featured_until) as at
                       from posts where stage_id = $1 and featured_until > $2 and shown) turns",
        )
        .bind(stage_id)
        .bind(after)
        .fetch_one(db)
        .await)?;
        Ok(next)
    }

    /// Lists the stages with a post that turned after an instant and until another.
    pub async fn list_turned_stages(&self, after: i64, until: i64) -> Result<Vec<String>> {
        let stages = on!(self, |db| sqlx::query_scalar(
            "select stage_id from posts where published_at > $1 and published_at <= $2 and shown
              union
             select stage_id from posts where opens_at > $1 and opens_at <= $2 and shown
              union
             select stage_id from posts where expires_at > $1 and expires_at <= $2 and shown
              union
             select stage_id from posts where featured_until > $1 and featured_until <= $2 and shown
           order by stage_id",
        )
        .bind(after)
        .bind(until)
        .fetch_all(db)
        .await)?;
        Ok(stages)
    }

    /// Lists the posts that were planned ahead and have begun to be shown after one instant and until another: stage, id,
    /// when.
    pub async fn list_opened_posts(&self, after: i64, until: i64) -> Result<Vec<(String, String, i64)>> {
        let opened = on!(self, |db| sqlx::query_as(
            "select stage_id, id, begins_at
               from (select stage_id, id, imported_at,
                            case when opens_at > published_at then opens_at else published_at end as begins_at
                       from posts
                      where published_at > $1 and published_at <= $2 and shown
                      union
                     select stage_id, id, imported_at,
                            case when opens_at > published_at then opens_at else published_at end as begins_at
                       from posts
                      where opens_at > $1 and opens_at <= $2 and shown) as turned
              where begins_at > $1 and begins_at <= $2 and begins_at > imported_at
           order by begins_at, id",
        )
        .bind(after)
        .bind(until)
        .fetch_all(db)
        .await)?;
        Ok(opened)
    }

    /// Lists the stages with a post whose time is over, for which nobody has done yet what is to be done once.
    pub async fn list_stages_with_ended_post(&self, now: i64) -> Result<Vec<String>> {
        let stages = on!(self, |db| sqlx::query_scalar(
            "select distinct stage_id from posts where expires_at <= $1 and not end_noted order by stage_id",
        )
        .bind(now)
        .fetch_all(db)
        .await)?;
        Ok(stages)
    }

    /// Lists posts of a stage whose time is over, for which that is not done yet, and when it was over.
    pub async fn list_ended_posts(&self, stage_id: &str, now: i64) -> Result<Vec<(String, i64)>> {
        let ended = on!(self, |db| sqlx::query_as(
            "select id, expires_at
               from posts
              where stage_id = $1 and expires_at <= $2 and not end_noted and shown
           order by expires_at, id",
        )
        .bind(stage_id)
        .bind(now)
        .fetch_all(db)
        .await)?;
        Ok(ended)
    }

    /// Notes that this is done for the posts of a stage whose time is over.
    pub async fn note_ended_posts(&self, stage_id: &str, now: i64) -> Result<()> {
        on!(self, |db| sqlx::query(
            "update posts set end_noted = true where stage_id = $1 and expires_at <= $2 and not end_noted",
        )
        .bind(stage_id)
        .bind(now)
        .execute(db)
        .await
        .map(|_| ()))?;
        Ok(())
    }
}
