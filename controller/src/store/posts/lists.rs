//! Posts listed and found: for the desk, and for every face of a stage.

use super::{Below, Post, PostCounts, PostGroup, PostPicture};
use crate::store::{Result, Store};

/// Name of the group that a row of `posts` belongs to at the instant `$1`, see [`PostGroup`].
macro_rules! group {
    () => {
        concat!(
            "case when ",
            visible!("$1"),
            " then 'shown'
              when posts.draft then 'waiting'
              when posts.shown and (posts.published_at > $1 or posts.opens_at > $1)
                   and (posts.expires_at is null or posts.expires_at > $1)
              then 'waiting'
              when not posts.shown and posts.standing = 'waiting' then 'queue'
              else 'hidden' end"
        )
    };
}

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
                group!(),
                ")",
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
                visible!("$5"),
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
            group!(),
            " as place from posts where posts.stage_id = $2) places"
        ))
        .bind(now)
        .bind(stage_id)
        .fetch_one(db)
        .await)?;
        Ok(counts)
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
            let mut list = query.separated(", ");
            for id in ids {
                list.push_bind(id);
            }
            query.push(") order by post_media.post_id, post_media.position");
            query.build_query_as().fetch_all(db).await
        })?;
        Ok(pictures)
    }
}
