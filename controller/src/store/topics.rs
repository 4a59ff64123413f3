//! Topics of a stage, their rules, and the addresses they had.

use sqlx::FromRow;

use super::{
    Error, Result, Store,
    history::{happened, noted},
    posts::visible,
};

/// A heading of a stage.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Topic {
    /// Its id.
    pub id: String,
    /// The stage it belongs to.
    pub stage_id: String,
    /// What it is called.
    pub name: String,
    /// Its name in addresses.
    pub slug: String,
    /// Its place among the topics of its stage.
    pub position: i64,
    /// JSON: which posts it takes by itself.
    pub rule: String,
    /// When it was made, in milliseconds since 1970.
    pub created_at: i64,
}

impl Store {
    /// Adds a topic at the end; [`Error::Taken`] when another has its slug. A topic that had it before loses it.
    pub async fn add_topic(&self, topic: &Topic) -> Result<()> {
        on!(self, |db| {
            let mut work = db.begin().await?;
            sqlx::query(
                "insert into topics (id, stage_id, name, slug, position, rule, created_at)
                      values ($1, $2, $3, $4, (select coalesce(max(position), 0) + 1 from topics where stage_id = $2),
                              $5, $6)",
            )
            .bind(&topic.id)
            .bind(&topic.stage_id)
            .bind(&topic.name)
            .bind(&topic.slug)
            .bind(&topic.rule)
            .bind(topic.created_at)
            .execute(&mut *work)
            .await?;
            sqlx::query("delete from topic_slugs where stage_id = $1 and slug = $2")
                .bind(&topic.stage_id)
                .bind(&topic.slug)
                .execute(&mut *work)
                .await?;
            sqlx::query("update stages set rules_number = rules_number + 1 where id = $1")
                .bind(&topic.stage_id)
                .execute(&mut *work)
                .await?;
            happened!(self, work);
            work.commit().await?;
            Ok(())
        })
    }

    /// Lists the topics of a stage in their order.
    pub async fn list_topics(&self, stage_id: &str) -> Result<Vec<Topic>> {
        let topics = on!(self, |db| sqlx::query_as(
            "select id, stage_id, name, slug, position, rule, created_at
               from topics
              where stage_id = $1
           order by position, id",
        )
        .bind(stage_id)
        .fetch_all(db)
        .await)?;
        Ok(topics)
    }

    /// Lists the topics of a stage that have a shown post, in their order.
    pub async fn list_public_topics(&self, stage_id: &str, now: i64) -> Result<Vec<Topic>> {
        let topics = on!(self, |db| sqlx::query_as(concat!(
            "select id, stage_id, name, slug, position, rule, created_at
               from topics
              where stage_id = $1
                and exists (select 1
                              from post_topics
                              join posts on posts.id = post_topics.post_id
                             where post_topics.topic_id = topics.id
                               and (by_hand = 'in' or (by_rule and by_hand <> 'out'))
                               and ",
            visible!("$2"),
            ") order by position, id"
        ))
        .bind(stage_id)
        .bind(now)
        .fetch_all(db)
        .await)?;
        Ok(topics)
    }

    /// Finds a topic of a stage.
    pub async fn find_topic(&self, stage_id: &str, id: &str) -> Result<Option<Topic>> {
        let topic = on!(self, |db| sqlx::query_as(
            "select id, stage_id, name, slug, position, rule, created_at
               from topics
              where stage_id = $1 and id = $2",
        )
        .bind(stage_id)
        .bind(id)
        .fetch_optional(db)
        .await)?;
        Ok(topic)
    }

    /// Finds a topic of a stage by its name in addresses, be it one that it had before.
    pub async fn find_topic_by_slug(&self, stage_id: &str, slug: &str) -> Result<Option<Topic>> {
        let topic = on!(self, |db| sqlx::query_as(
            "select id, stage_id, name, slug, position, rule, created_at
               from topics
              where stage_id = $1
                and (slug = $2 or id in (select topic_id from topic_slugs where stage_id = $1 and slug = $2))
           order by case when slug = $2 then 0 else 1 end
              limit 1",
        )
        .bind(stage_id)
        .bind(slug)
        .fetch_optional(db)
        .await)?;
        Ok(topic)
    }

    /// Changes name, slug and rule of a topic; `false` when the stage has no such topic, [`Error::Taken`] when another one
    /// has the slug. The old slug leads to it from now on. All posts are to be sorted anew when the rule is another one.
    pub async fn change_topic(&self, old: &Topic, name: &str, slug: &str, rule: &str) -> Result<bool> {
        on!(self, |db| {
            let mut work = db.begin().await?;
            let done = sqlx::query(
                "update topics set name = $3, slug = $4, rule = $5
                  where stage_id = $1 and id = $2 and name = $6 and rule = $7",
            )
            .bind(&old.stage_id)
            .bind(&old.id)
            .bind(name)
            .bind(slug)
            .bind(rule)
            .bind(&old.name)
            .bind(&old.rule)
            .execute(&mut *work)
            .await?;
            if done.rows_affected() == 0 {
                return Ok(false);
            }
            if old.slug != slug {
                // A slug in use leads to whoever uses it, whoever had it before.
                sqlx::query("delete from topic_slugs where stage_id = $1 and slug = $2")
                    .bind(&old.stage_id)
                    .bind(slug)
                    .execute(&mut *work)
                    .await?;
                sqlx::query(
                    "insert into topic_slugs (stage_id, slug, topic_id) values ($1, $2, $3)
                     on conflict (stage_id, slug) do update set topic_id = excluded.topic_id",
                )
                .bind(&old.stage_id)
                .bind(&old.slug)
                .bind(&old.id)
                .execute(&mut *work)
                .await?;
            }
            if old.rule != rule {
                sqlx::query("update stages set rules_number = rules_number + 1 where id = $1")
                    .bind(&old.stage_id)
                    .execute(&mut *work)
                    .await?;
            }
            happened!(self, work);
            work.commit().await?;
            Ok(true)
        })
    }

    /// Puts topics of a stage in this order.
    pub async fn order_topics(&self, stage_id: &str, ids: &[String]) -> Result<()> {
        on!(self, |db| {
            let mut work = db.begin().await?;
            for (position, id) in (1_i64..).zip(ids) {
                sqlx::query("update topics set position = $3 where stage_id = $1 and id = $2")
                    .bind(stage_id)
                    .bind(id)
                    .bind(position)
                    .execute(&mut *work)
                    .await?;
            }
            work.commit().await?;
            Ok(())
        })
    }

    /// Makes a topic part of another one, which gets a rule for both: posts, addresses and programmes follow. What people
    /// said about the other one stays; what they said about this one counts where nothing else was said. [`Error::Orphan`]
    /// when the stage lacks one of them.
    pub async fn merge_topic(&self, from: &Topic, into: &str, rule: &str) -> Result<()> {
        on!(self, |db| {
            let mut work = db.begin().await?;
            let done = sqlx::query("update topics set rule = $3 where stage_id = $1 and id = $2")
                .bind(&from.stage_id)
                .bind(into)
                .bind(rule)
                .execute(&mut *work)
                .await?;
            if done.rows_affected() == 0 {
                return Err(Error::Orphan);
            }
            for statement in [
                "insert into post_topics (post_id, topic_id, by_rule, by_hand)
                      select post_id, $2, by_rule, by_hand from post_topics where topic_id = $1
                 on conflict (post_id, topic_id)
                   do update set by_rule = post_topics.by_rule or excluded.by_rule,
                                 by_hand = case when post_topics.by_hand <> '' then post_topics.by_hand
                                                when excluded.by_hand = 'out' and post_topics.by_rule then ''
                                                else excluded.by_hand end",
                "update topic_slugs set topic_id = $2 where topic_id = $1",
                "insert into topic_slugs (stage_id, slug, topic_id)
                      select stage_id, slug, $2 from topics where id = $1
                 on conflict (stage_id, slug) do update set topic_id = excluded.topic_id",
                "update merged_topics set topic_id = $2 where topic_id = $1",
                "insert into merged_topics (id, stage_id, topic_id) select id, stage_id, $2 from topics where id = $1",
            ] {
                sqlx::query(statement).bind(&from.id).bind(into).execute(&mut *work).await?;
            }
            sqlx::query("delete from topics where stage_id = $1 and id = $2")
                .bind(&from.stage_id)
                .bind(&from.id)
                .execute(&mut *work)
                .await?;
            sqlx::query("update stages set rules_number = rules_number + 1 where id = $1")
                .bind(&from.stage_id)
                .execute(&mut *work)
                .await?;
            happened!(self, work);
            work.commit().await?;
            Ok(())
        })
    }

    /// Ids of topics of a stage that became part of another one, with the id of that.
    pub async fn list_merged_topics(&self, stage_id: &str) -> Result<Vec<(String, String)>> {
        let merged = on!(self, |db| sqlx::query_as("select id, topic_id from merged_topics where stage_id = $1")
            .bind(stage_id)
            .fetch_all(db)
            .await)?;
        Ok(merged)
    }

    /// Removes a topic, not its posts; `false` when the stage has no such topic.
    pub async fn delete_topic(&self, stage_id: &str, id: &str) -> Result<bool> {
        let done =
            noted!(self, sqlx::query("delete from topics where stage_id = $1 and id = $2").bind(stage_id).bind(id));
        Ok(done > 0)
    }
}
