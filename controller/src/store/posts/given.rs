//! Posts that may be given on, in feeds, in the API and in widgets.

use super::{Below, Post};
use crate::store::{Result, Store};

impl Store {
    /// Lists what the public sees of a stage at an instant, or of one of its topics, of what was written here or came from
    /// these networks: pinned posts, then the newest.
    pub async fn list_given_posts(
        &self,
        stage_id: &str,
        topic_id: Option<&str>,
        networks: &[&str],
        below: &Below,
        now: i64,
        limit: i64,
    ) -> Result<Vec<Post>> {
        // Names of networks hold no comma.
        let names = format!(",{},", networks.join(","));
        let posts = on!(self, |db| {
            sqlx::query_as(concat!(
                "select ",
                post_columns!(),
                " from posts where posts.stage_id = $1 and ",
                below!(),
                " and ",
                stands!("$5"),
                " and (posts.source_id is null
                       or posts.source_id in (select id from sources
                                               where stage_id = $1 and $6 like '%,' || network || ',%'))
                  and ($7 = '' or posts.id in (select post_id from post_topics
                                                where topic_id = $7 and (by_hand = 'in' or (by_rule and by_hand <> 'out')))
                    or posts.card_id in (select origin.card_id
                                           from post_topics
                                           join posts origin on origin.id = post_topics.post_id
                                          where topic_id = $7 and (by_hand = 'in' or (by_rule and by_hand <> 'out')) and ",
                visible!("origin", "$5"),
                "))",
                newest_first!(),
                " limit $8"
            ))
            .bind(stage_id)
            .bind(below.pinned_at)
            .bind(below.published_at)
            .bind(&below.id)
            .bind(now)
            .bind(&names)
            .bind(topic_id.unwrap_or_default())
            .bind(limit)
            .fetch_all(db)
            .await
        })?;
        Ok(posts)
    }
}
