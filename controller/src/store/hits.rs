//! How often public pages were seen, by day.

use sqlx::FromRow;

use super::{Result, Store};

/// Pages of a stage that were seen on a day.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct StageHits {
    /// Which stage.
    pub stage_id: String,
    /// Which page of it.
    pub place: String,
    /// Days since 1970-01-01.
    pub day: i64,
    /// How often.
    pub seen: i64,
}

/// A post that was seen on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostHits {
    /// Its stage.
    pub stage_id: String,
    /// Its name in addresses.
    pub slug: String,
    /// Days since 1970-01-01.
    pub day: i64,
    /// How often.
    pub seen: i64,
}

impl Store {
    /// Adds counts to those of their days, all or nothing. Of what is gone meanwhile nothing is counted.
    pub async fn add_hits(&self, stages: &[StageHits], posts: &[PostHits]) -> Result<()> {
        on!(self, |db| {
            let mut work = db.begin().await?;
            for hits in stages {
                sqlx::query(
                    "insert into stage_hits (stage_id, place, day, seen)
                          select id, $2, $3, $4 from stages where id = $1
                     on conflict (stage_id, place, day) do update set seen = stage_hits.seen + excluded.seen",
                )
                .bind(&hits.stage_id)
                .bind(&hits.place)
                .bind(hits.day)
                .bind(hits.seen)
                .execute(&mut *work)
                .await?;
            }
            for hits in posts {
                sqlx::query(
                    "insert into post_hits (post_id, day, seen)
                          select id, $3, $4 from posts where stage_id = $1 and slug = $2
                     on conflict (post_id, day) do update set seen = post_hits.seen + excluded.seen",
                )
                .bind(&hits.stage_id)
                .bind(&hits.slug)
                .bind(hits.day)
                .bind(hits.seen)
                .execute(&mut *work)
                .await?;
            }
            work.commit().await?;
            Ok(())
        })
    }

    /// Lists what was seen of a stage from a day on.
    pub async fn list_stage_hits(&self, stage_id: &str, from_day: i64) -> Result<Vec<StageHits>> {
        let hits = on!(self, |db| sqlx::query_as(
            "select stage_id, place, day, seen
               from stage_hits
              where stage_id = $1 and day >= $2
           order by day, place",
        )
        .bind(stage_id)
        .bind(from_day)
        .fetch_all(db)
        .await)?;
        Ok(hits)
    }

    /// Lists the posts of a stage that were seen most from a day on, most of all first: id and how often.
    pub async fn list_most_seen(&self, stage_id: &str, from_day: i64, limit: i64) -> Result<Vec<(String, i64)>> {
        let posts = on!(self, |db| sqlx::query_as(
            "select posts.id, cast(sum(post_hits.seen) as bigint)
               from post_hits
               join posts on posts.id = post_hits.post_id
              where posts.stage_id = $1 and post_hits.day >= $2
           group by posts.id
           order by sum(post_hits.seen) desc, posts.id
              limit $3",
        )
        .bind(stage_id)
        .bind(from_day)
        .bind(limit)
        .fetch_all(db)
        .await)?;
        Ok(posts)
    }

    /// Lists the time zones of stages by id; those that are gone are left out.
    pub async fn list_time_zones(&self) -> Result<Vec<(String, String)>> {
        let zones = on!(self, |db| sqlx::query_as("select id, time_zone from stages").fetch_all(db).await)?;
        Ok(zones)
    }

    /// Forgets counts of days before a day; says how many.
    pub async fn delete_old_hits(&self, before_day: i64) -> Result<u64> {
        on!(self, |db| {
            let mut work = db.begin().await?;
            let stages =
                sqlx::query("delete from stage_hits where day < $1").bind(before_day).execute(&mut *work).await?;
            let posts =
                sqlx::query("delete from post_hits where day < $1").bind(before_day).execute(&mut *work).await?;
            work.commit().await?;
            Ok(stages.rows_affected() + posts.rows_affected())
        })
    }
}
