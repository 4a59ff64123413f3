//! What a desk shows beside posts: the sources and topics of all stages of an account.

use sqlx::FromRow;

use crate::store::{Result, Store};

/// A source, as far as a desk shows it.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct DeskSource {
    /// Its id.
    pub id: String,
    /// Its stage.
    pub stage_id: String,
    /// Stable name of its network.
    pub network: String,
    /// What it calls itself.
    pub name: String,
}

/// A topic, as far as a desk shows it.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct DeskTopic {
    /// Its id.
    pub id: String,
    /// Its stage.
    pub stage_id: String,
    /// What it is called.
    pub name: String,
}

impl Store {
    /// Lists the sources of all stages of an account by name.
    pub async fn list_desk_sources(&self, account_id: &str) -> Result<Vec<DeskSource>> {
        let sources = on!(self, |db| sqlx::query_as(
            "select sources.id, sources.stage_id, sources.network, sources.name
               from sources
               join stages on stages.id = sources.stage_id
              where stages.account_id = $1
           order by sources.name, sources.id",
        )
        .bind(account_id)
        .fetch_all(db)
        .await)?;
        Ok(sources)
    }

    /// Lists the topics of all stages of an account, each stage's in their order.
    pub async fn list_desk_topics(&self, account_id: &str) -> Result<Vec<DeskTopic>> {
        let topics = on!(self, |db| sqlx::query_as(
            "select topics.id, topics.stage_id, topics.name
               from topics
               join stages on stages.id = topics.stage_id
              where stages.account_id = $1
           order by stages.name, stages.id, topics.position, topics.id",
        )
        .bind(account_id)
        .fetch_all(db)
        .await)?;
        Ok(topics)
    }

    /// Lists which topics posts of an account belong to: ids of post and topic, in the order of the topics.
    pub async fn list_desk_post_topics(&self, account_id: &str, ids: &[String]) -> Result<Vec<(String, String)>> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let found = on!(self, |db| {
            let mut query = sqlx::QueryBuilder::new(
                "select post_topics.post_id, post_topics.topic_id
                   from post_topics
                   join topics on topics.id = post_topics.topic_id
                   join stages on stages.id = topics.stage_id
                  where (post_topics.by_hand = 'in' or (post_topics.by_rule and post_topics.by_hand <> 'out'))
                    and stages.account_id = ",
            );
            query.push_bind(account_id).push(" and post_topics.post_id in (");
            among!(query, ids);
            query.push(" order by post_topics.post_id, topics.position, topics.id");
            query.build_query_as().fetch_all(db).await
        })?;
        Ok(found)
    }
}
