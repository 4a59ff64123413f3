//! What the public reads of a stage: chosen by topic, month and kind of media.

use super::{Below, Post};
use crate::store::{Result, Store};

/// Which shown posts are wanted.
#[derive(Clone, Debug, Default)]
pub struct PublicQuery<'a> {
    /// Of this topic; empty for all.
    pub topic_id: &'a str,
    /// With this in them: `picture`, `film`, or `text` for neither; empty for all.
    pub medium: &'a str,
    /// Published from then on.
    pub from: i64,
    /// Published before then; `None` for no end.
    pub until: Option<i64>,
    /// Behind this place.
    pub below: Below,
    /// How many.
    pub limit: i64,
}

/// Kinds of media that the public finds in the posts of a stage.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct PublicKinds {
    /// Some have a picture.
    pub pictures: bool,
    /// Some came with a film.
    pub films: bool,
    /// Some have neither.
    pub texts: bool,
}

/// That a row of `posts` has a picture here.
macro_rules! pictured {
    () => {
        "exists (select 1 from post_media where post_media.post_id = posts.id)"
    };
}
/// That it came with a film; the list of media stands last in its facts.
macro_rules! filmed {
    () => {
        "posts.facts like '%\"media\":[%\"film\"%'"
    };
}
pub(super) use {filmed, pictured};

impl Store {
    /// Lists what the public sees of a stage at an instant and asks for: pinned posts, then the newest.
    pub async fn list_public_posts(&self, stage_id: &str, wanted: &PublicQuery<'_>, now: i64) -> Result<Vec<Post>> {
        let posts = on!(self, |db| {
            sqlx::query_as(concat!(
                "select ",
                post_columns!(),
                " from posts where posts.stage_id = $1 and ",
                below!(),
                " and ",
                stands!("$5"),
                " and ($6 = '' or posts.id in (select post_id
                                                 from post_topics
                                                where topic_id = $6
                                                  and (by_hand = 'in' or (by_rule and by_hand <> 'out')))
                    or posts.card_id in (select origin.card_id
                                           from post_topics
                                           join posts origin on origin.id = post_topics.post_id
                                          where topic_id = $6 and (by_hand = 'in' or (by_rule and by_hand <> 'out')) and ",
                visible!("origin", "$5"),
                "))
                  and ($7 = ''
                       or ($7 = 'picture' and ",
                pictured!(),
                ") or ($7 = 'film' and ",
                filmed!(),
                ") or ($7 = 'text' and not ",
                pictured!(),
                " and not ",
                filmed!(),
                ")) and posts.published_at >= $8 and posts.published_at < $9",
                newest_first!(),
                " limit $10"
            ))
            .bind(stage_id)
            .bind(wanted.below.pinned_at)
            .bind(wanted.below.published_at)
            .bind(&wanted.below.id)
            .bind(now)
            .bind(wanted.topic_id)
            .bind(wanted.medium)
            .bind(wanted.from)
            .bind(wanted.until.unwrap_or(i64::MAX))
            .bind(wanted.limit)
            .fetch_all(db)
            .await
        })?;
        Ok(posts)
    }

    /// Which kinds of media the public finds in the posts of a stage at an instant.
    pub async fn find_public_kinds(&self, stage_id: &str, now: i64) -> Result<PublicKinds> {
        let kinds = on!(self, |db| sqlx::query_as(concat!(
            "select exists (select 1 from posts where posts.stage_id = $1 and ",
            stands!("$2"),
            " and ",
            pictured!(),
            ") as pictures, exists (select 1 from posts where posts.stage_id = $1 and ",
            stands!("$2"),
            " and ",
            filmed!(),
            ") as films, exists (select 1 from posts where posts.stage_id = $1 and ",
            stands!("$2"),
            " and not ",
            pictured!(),
            " and not ",
            filmed!(),
            ") as texts"
        ))
        .bind(stage_id)
        .bind(now)
        .fetch_one(db)
        .await)?;
        Ok(kinds)
    }

    /// Lists when the posts that the public sees of a stage at an instant were published, the newest first.
    pub async fn list_public_dates(&self, stage_id: &str, now: i64) -> Result<Vec<i64>> {
        let dates = on!(self, |db| sqlx::query_scalar(concat!(
            "select posts.published_at from posts where posts.stage_id = $1 and ",
            stands!("$2"),
            " order by posts.published_at desc"
        ))
        .bind(stage_id)
        .bind(now)
        .fetch_all(db)
        .await)?;
        Ok(dates)
    }

    /// Lists names in addresses and last changes of a part of what the public sees of a stage, the oldest first.
    pub async fn list_public_slugs(
        &self,
        stage_id: &str,
        now: i64,
        from: i64,
        limit: i64,
    ) -> Result<Vec<(String, i64)>> {
        let slugs = on!(self, |db| sqlx::query_as(concat!(
            "select posts.slug, posts.changed_at from posts where posts.stage_id = $1 and ",
            stands!("$2"),
            " order by posts.published_at, posts.id limit $4 offset $3"
        ))
        .bind(stage_id)
        .bind(now)
        .bind(from)
        .bind(limit)
        .fetch_all(db)
        .await)?;
        Ok(slugs)
    }

    /// Lists the handles of all stages with something the public sees at an instant: how many posts, and when one of them
    /// changed last.
    pub async fn list_public_stages(&self, now: i64) -> Result<Vec<(String, i64, i64)>> {
        let stages = on!(self, |db| sqlx::query_as(concat!(
            "select stages.handle, count(*), max(posts.changed_at)
               from stages
               join posts on posts.stage_id = stages.id
              where ",
            stands!("$1"),
            " group by stages.handle order by stages.handle"
        ))
        .bind(now)
        .fetch_all(db)
        .await)?;
        Ok(stages)
    }
}
