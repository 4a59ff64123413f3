//! Posts listed and found: for the desk, and for every face of a stage.

use super::{Below, Post, PostCounts, PostGroup, PostPicture};
use crate::store::{Result, Store};

/// Name of the group that a row of `posts` belongs to at the instant `$1`, see [`PostGroup`].
macro_rules! group {
    ($row:literal) => {
        concat!(
            "case when ",
            visible!($row, "$1"),
            " then 'shown' when ",
            $row,
            ".draft then 'waiting' when ",
            $row,
            ".shown and (",
            $row,
            ".published_at > $1 or ",
            $row,
            ".opens_at > $1) and (",
            $row,
            ".expires_at is null or ",
            $row,
            ".expires_at > $1) then 'waiting' when not ",
            $row,
            ".shown and ",
            $row,
            ".standing = 'waiting' then 'queue' else 'hidden' end"
        )
    };
}

/// That a row of `posts` stands for those of its card that are in the same group: each group shows a card once.
macro_rules! stands_in_group {
    () => {
        concat!(
            "not exists (select 1 from posts better where ",
            better!(),
            " and ",
            group!("better"),
            " = ",
            group!("posts"),
            ")"
        )
    };
}
pub(in crate::store) use {group, stands_in_group};

impl Store {
    /// Lists posts of a stage for the desk: pinned ones, then the newest.
    pub async fn list_posts(
        &self,
        stage_id: &str,
        group: PostGroup,
        below: &Below,
        now: i64,
        limit: i64,
    ) -> Result<Vec<Post>> {
        let posts = on!(self, |db| {
            sqlx::query_as(concat!(
                "select ",
                post_columns!(),
                " from posts where ",
                below!(),
                " and posts.stage_id = $5 and ($6 = 'all' or $6 = ",
                group!("posts"),
                ") and ",
                stands_in_group!(),
                newest_first!(),
                " limit $7"
            ))
            .bind(now)
            .bind(below.pinned_at)
            .bind(below.published_at)
            .bind(&below.id)
            .bind(stage_id)
            .bind(group.name())
            .bind(limit)
            .fetch_all(db)
            .await
        })?;
        Ok(posts)
    }

    /// Lists what the public sees of a stage at an instant: pinned posts, then the newest.
    pub async fn list_shown_posts(&self, stage_id: &str, below: &Below, now: i64, limit: i64) -> Result<Vec<Post>> {
        let posts = on!(self, |db| {
            sqlx::query_as(concat!(
                "select ",
                post_columns!(),
                " from posts where posts.stage_id = $1 and ",
                below!(),
                " and ",
                stands!("$5"),
                newest_first!(),
                " limit $6"
            ))
            .bind(stage_id)
            .bind(below.pinned_at)
            .bind(below.published_at)
            .bind(&below.id)
            .bind(now)
            .bind(limit)
            .fetch_all(db)
            .await
        })?;
        Ok(posts)
    }

    /// How many posts of a stage there are of each group at an instant.
    pub async fn count_posts(&self, stage_id: &str, now: i64) -> Result<PostCounts> {
        let counts = on!(self, |db| sqlx::query_as(concat!(
            "select coalesce(sum(case when place = 'shown' then 1 else 0 end), 0) as shown,
                    coalesce(sum(case when place = 'queue' then 1 else 0 end), 0) as queue,
                    coalesce(sum(case when place = 'waiting' then 1 else 0 end), 0) as waiting,
                    coalesce(sum(case when place = 'hidden' then 1 else 0 end), 0) as hidden
               from (select ",
            group!("posts"),
            " as place from posts where posts.stage_id = $2 and ",
            stands_in_group!(),
            ") places"
        ))
        .bind(now)
        .bind(stage_id)
        .fetch_one(db)
        .await)?;
        Ok(counts)
    }

    /// Finds the post that stands for the card of another one at an instant; `None` where that one does itself.
    pub async fn find_standing_post(&self, stage_id: &str, id: &str, now: i64) -> Result<Option<Post>> {
        let post = on!(self, |db| sqlx::query_as(concat!(
            "select ",
            post_columns!(),
            " from posts
               where posts.stage_id = $1 and posts.id <> $2
                 and posts.card_id = (select card_id from posts where stage_id = $1 and id = $2) and ",
            stands!("$3"),
            " and posts.card_rank > 0 limit 1"
        ))
        .bind(stage_id)
        .bind(id)
        .bind(now)
        .fetch_optional(db)
        .await)?;
        Ok(post)
    }

    /// Finds a post of a stage, shown or not.
    pub async fn find_post(&self, stage_id: &str, id: &str) -> Result<Option<Post>> {
        let post = on!(self, |db| sqlx::query_as(concat!(
            "select ",
            post_columns!(),
            " from posts where posts.stage_id = $1 and posts.id = $2"
        ))
        .bind(stage_id)
        .bind(id)
        .fetch_optional(db)
        .await)?;
        Ok(post)
    }

    /// Finds a post by its name in addresses, if the public sees it at an instant.
    pub async fn find_shown_post(&self, stage_id: &str, slug: &str, now: i64) -> Result<Option<Post>> {
        let post = on!(self, |db| sqlx::query_as(concat!(
            "select ",
            post_columns!(),
            " from posts where posts.stage_id = $1 and posts.slug = $2 and ",
            visible!("$3")
        ))
        .bind(stage_id)
        .bind(slug)
        .bind(now)
        .fetch_optional(db)
        .await)?;
        Ok(post)
    }

    /// Lists the pictures of posts of a stage by their ids, in each post's order.
    pub async fn list_post_pictures(&self, stage_id: &str, ids: &[String]) -> Result<Vec<PostPicture>> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let pictures = on!(self, |db| {
            let mut query = sqlx::QueryBuilder::new(
                "select post_media.post_id, post_media.media_id, coalesce(post_media.own_alt, post_media.alt) as alt
                   from post_media
                   join posts on posts.id = post_media.post_id
                  where posts.stage_id = ",
            );
            query.push_bind(stage_id).push(" and posts.id in (");
            among!(query, ids);
            query.push(" order by post_media.post_id, post_media.position");
            query.build_query_as().fetch_all(db).await
        })?;
        Ok(pictures)
    }
}
