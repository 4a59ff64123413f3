//! Posts that may be given on, in feeds, in the API and in widgets.

use super::{
    Below, Post,
    public::{filmed, pictured},
};
use crate::store::{Result, Store};

/// That a row of `posts` of the stage `$1` was written here or came from one of these networks (the parameter that is
/// named): between commas, with one at either end; `own` for what was written here.
macro_rules! given {
    ($networks:literal) => {
        concat!(
            "((posts.source_id is null and ",
            $networks,
            " like '%,own,%')
              or posts.source_id in (select sources.id from sources
                                      where sources.stage_id = $1 and ",
            $networks,
            " like '%,' || sources.network || ',%'))"
        )
    };
}
pub(in crate::store) use given;

/// Which posts are wanted of those that may be given on.
#[derive(Clone, Debug, Default)]
pub struct GivenQuery<'a> {
    /// Of this topic; `None` for all.
    pub topic_id: Option<&'a str>,
    /// Of these networks, and `own` for what was written here.
    pub networks: &'a [&'a str],
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

impl GivenQuery<'_> {
    /// Names of networks as statements want them; none of them holds a comma.
    pub(in crate::store) fn names(networks: &[&str]) -> String {
        format!(",{},", networks.join(","))
    }
}

impl Store {
    /// Lists what the public sees of a stage at an instant and asks for, of what was written here or came from these networks:
    /// pinned posts, then the newest.
    pub async fn list_given_posts(&self, stage_id: &str, wanted: &GivenQuery<'_>, now: i64) -> Result<Vec<Post>> {
        let posts = on!(self, |db| {
            sqlx::query_as(concat!(
                "select ",
                post_columns!(),
                " from posts where posts.stage_id = $1 and ",
                below!(),
                " and ",
                stands!("$5"),
                " and ",
                given!("$6"),
                " and ($7 = '' or posts.id in (select post_id from post_topics
                                                where topic_id = $7 and (by_hand = 'in' or (by_rule and by_hand <> 'out')))
                    or posts.card_id in (select origin.card_id
                                           from post_topics
                                           join posts origin on origin.id = post_topics.post_id
                                          where topic_id = $7 and (by_hand = 'in' or (by_rule and by_hand <> 'out')) and ",
                visible!("origin", "$5"),
                "))
                  and ($8 = ''
                       or ($8 = 'picture' and ",
                pictured!(),
                ") or ($8 = 'film' and ",
                filmed!(),
                ") or ($8 = 'text' and not ",
                pictured!(),
                " and not ",
                filmed!(),
                ")) and posts.published_at >= $9 and posts.published_at < $10",
                newest_first!(),
                " limit $11"
            ))
            .bind(stage_id)
            .bind(wanted.below.pinned_at)
            .bind(wanted.below.published_at)
            .bind(&wanted.below.id)
            .bind(now)
            .bind(GivenQuery::names(wanted.networks))
            .bind(wanted.topic_id.unwrap_or_default())
            .bind(wanted.medium)
            .bind(wanted.from)
            .bind(wanted.until.unwrap_or(i64::MAX))
            .bind(wanted.limit)
            .fetch_all(db)
            .await
        })?;
        Ok(posts)
    }
}
