//! Which posts belong to which topics: what rules say, and what people said.

use sqlx::FromRow;

use super::{
    Below, Error, Post, Result, Store,
    history::happened,
    posts::{below, better, newest_first, post_columns, stands, visible},
};

/// Stands where the name of a network does, for posts that were written here.
pub const OWN: &str = "own";

/// What rules ask of a post.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct PostFacts {
    /// Its id.
    pub id: String,
    /// Headline, plain text.
    pub title: Option<String>,
    /// The words, plain.
    pub text: String,
    /// BCP 47 language tag.
    pub language: Option<String>,
    /// The source it came from; `None` when it was written here.
    pub source_id: Option<String>,
    /// Stable name of that source's network; [`OWN`] when it was written here.
    pub network: String,
    /// JSON object: tags and kinds of media as it was imported.
    pub facts: String,
    /// Whether it has a picture here.
    pub pictured: bool,
    /// Another hash says that it was edited meanwhile.
    pub content_hash: String,
}

/// What rules say of a post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sorted {
    /// Which post.
    pub post_id: String,
    /// As it was looked at.
    pub content_hash: String,
    /// Ids of the topics whose rules take it.
    pub topics: Vec<String>,
}

/// Why a post is in a topic, or is not.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct PostTopic {
    /// Which post.
    pub post_id: String,
    /// Which topic.
    pub topic_id: String,
    /// Whether the topic's rule takes it.
    pub by_rule: bool,
    /// `in` or `out` where somebody said so, else empty.
    pub by_hand: String,
}

impl PostTopic {
    /// Whether the post belongs to the topic: people have the last word.
    pub fn belongs(&self) -> bool {
        self.by_hand == "in" || (self.by_rule && self.by_hand != "out")
    }
}

/// The columns of [`PostFacts`], and where they come from.
macro_rules! facts {
    ($rest:literal) => {
        concat!(
            "select posts.id, posts.title, posts.text, posts.language, posts.source_id,
                    coalesce(sources.network, 'own') as network, posts.facts,
                    exists (select 1 from post_media where post_media.post_id = posts.id) as pictured, posts.content_hash
               from posts
          left join sources on sources.id = posts.source_id ",
            $rest
        )
    };
}

impl Store {
    /// Which edit of the rules of a stage is the newest; 0 before the first.
    pub async fn rules_number(&self, stage_id: &str) -> Result<i64> {
        let number: Option<i64> = on!(self, |db| sqlx::query_scalar("select rules_number from stages where id = $1")
            .bind(stage_id)
            .fetch_optional(db)
            .await)?;
        Ok(number.unwrap_or(0))
    }

    /// Claims a stage with posts that the newest rules have not sorted: its id and the number of its rules.
    pub async fn claim_sorting(&self, now: i64, until: i64) -> Result<Option<(String, i64)>> {
        let claimed = on!(self, |db| sqlx::query_as(
            "update stages
                set sorting_until = $2
              where id in (select id from stages
                            where sorting_until <= $1
                              and exists (select 1 from posts
                                           where posts.stage_id = stages.id and posts.sorted_by < stages.rules_number)
                         order by sorting_until, id limit 1)
                and sorting_until <= $1
          returning id, rules_number",
        )
        .bind(now)
        .bind(until)
        .fetch_optional(db)
        .await)?;
        Ok(claimed)
    }

    /// Keeps the claim on a stage until then; 0 lets go of it.
    pub async fn keep_sorting(&self, stage_id: &str, until: i64) -> Result<()> {
        on!(self, |db| sqlx::query("update stages set sorting_until = $2 where id = $1")
            .bind(stage_id)
            .bind(until)
            .execute(db)
            .await
            .map(|_| ()))?;
        Ok(())
    }

    /// Lists posts of a stage that were not sorted by the rules of this number, newest first.
    pub async fn list_unsorted_posts(&self, stage_id: &str, number: i64, limit: i64) -> Result<Vec<PostFacts>> {
        let posts = on!(self, |db| {
            sqlx::query_as(facts!(
            "where posts.stage_id = $1 and posts.sorted_by < $2 order by posts.published_at desc, posts.id desc limit $3"
        ))
        .bind(stage_id)
        .bind(number)
        .bind(limit)
        .fetch_all(db)
        .await
        })?;
        Ok(posts)
    }

    /// Lists what rules ask of the newest posts of a stage.
    pub async fn list_post_facts(&self, stage_id: &str, limit: i64) -> Result<Vec<PostFacts>> {
        let posts = on!(self, |db| sqlx::query_as(facts!(
            "where posts.stage_id = $1 order by posts.published_at desc, posts.id desc limit $2"
        ))
        .bind(stage_id)
        .bind(limit)
        .fetch_all(db)
        .await)?;
        Ok(posts)
    }

    /// Lists what rules ask of the newest posts that people put under a topic of a stage.
    pub async fn list_facts_by_hand(&self, stage_id: &str, topic_id: &str, limit: i64) -> Result<Vec<PostFacts>> {
        let posts = on!(self, |db| sqlx::query_as(facts!(
            "where posts.stage_id = $1
               and posts.id in (select post_id from post_topics where topic_id = $2 and by_hand = 'in')
          order by posts.published_at desc, posts.id desc
             limit $3"
        ))
        .bind(stage_id)
        .bind(topic_id)
        .bind(limit)
        .fetch_all(db)
        .await)?;
        Ok(posts)
    }

    /// Finds what rules ask of a post of a stage.
    pub async fn find_post_facts(&self, stage_id: &str, id: &str) -> Result<Option<PostFacts>> {
        let post = on!(self, |db| sqlx::query_as(facts!("where posts.stage_id = $1 and posts.id = $2"))
            .bind(stage_id)
            .bind(id)
            .fetch_optional(db)
            .await)?;
        Ok(post)
    }

    /// Notes what the rules of this number say of posts, all or nothing; whether that is anything new. Passed over are
    /// posts that were edited meanwhile and topics that are gone.
    pub async fn note_sorted(&self, number: i64, sorted: &[Sorted]) -> Result<bool> {
        let mut news = false;
        on!(self, |db| {
            let mut work = db.begin().await?;
            for post in sorted {
                let done = sqlx::query(
                    "update posts set sorted_by = $3 where id = $1 and content_hash = $2 and sorted_by < $3",
                )
                .bind(&post.post_id)
                .bind(&post.content_hash)
                .bind(number)
                .execute(&mut *work)
                .await?;
                if done.rows_affected() == 0 {
                    continue;
                }
                let held: Vec<String> =
                    sqlx::query_scalar("select topic_id from post_topics where post_id = $1 and by_rule")
                        .bind(&post.post_id)
                        .fetch_all(&mut *work)
                        .await?;
                for topic in post.topics.iter().filter(|topic| !held.contains(topic)) {
                    sqlx::query(
                        "insert into post_topics (post_id, topic_id, by_rule, by_hand)
                              select posts.id, topics.id, true, ''
                                from posts
                                join topics on topics.stage_id = posts.stage_id
                               where posts.id = $1 and topics.id = $2
                         on conflict (post_id, topic_id) do update set by_rule = true",
                    )
                    .bind(&post.post_id)
                    .bind(topic)
                    .execute(&mut *work)
                    .await?;
                    news = true;
                }
                for topic in held.iter().filter(|topic| !post.topics.contains(topic)) {
                    for statement in [
                        "update post_topics set by_rule = false where post_id = $1 and topic_id = $2",
                        "delete from post_topics where post_id = $1 and topic_id = $2 and by_hand = '' and not by_rule",
                    ] {
                        sqlx::query(statement).bind(&post.post_id).bind(topic).execute(&mut *work).await?;
                    }
                    news = true;
                }
            }
            work.commit().await
        })?;
        Ok(news)
    }

    /// How many posts of a stage the newest rules have sorted, and how many there are.
    pub async fn count_sorted(&self, stage_id: &str) -> Result<(i64, i64)> {
        let counts = on!(self, |db| sqlx::query_as(
            "select (select count(*)
                       from posts
                       join stages on stages.id = posts.stage_id
                      where posts.stage_id = $1 and posts.sorted_by >= stages.rules_number),
                    (select count(*) from posts where posts.stage_id = $1)",
        )
        .bind(stage_id)
        .fetch_one(db)
        .await)?;
        Ok(counts)
    }

    /// Says by hand that a post, and whatever is on its card, is in a topic (`in`), is not (`out`), or that its rule decides (empty);
    /// [`Error::Orphan`] when the stage lacks one of them.
    pub async fn set_post_topic(&self, stage_id: &str, post_id: &str, topic_id: &str, by_hand: &str) -> Result<()> {
        on!(self, |db| {
            let mut work = db.begin().await?;
            let done = sqlx::query(
                "insert into post_topics (post_id, topic_id, by_rule, by_hand)
                      select posts.id, topics.id, false, $4
                        from posts
                        join topics on topics.stage_id = posts.stage_id
                       where posts.stage_id = $1 and topics.id = $3
                         and (posts.id = $2 or posts.card_id = (select card_id from posts where stage_id = $1 and id = $2))
                 on conflict (post_id, topic_id) do update set by_hand = excluded.by_hand, before_card = null",
            )
            .bind(stage_id)
            .bind(post_id)
            .bind(topic_id)
            .bind(by_hand)
            .execute(&mut *work)
            .await?;
            if done.rows_affected() == 0 {
                return Err(Error::Orphan);
            }
            sqlx::query(
                "delete from post_topics
                  where topic_id = $2 and by_hand = '' and not by_rule
                    and post_id in (select id from posts
                                     where id = $1 or card_id = (select card_id from posts where id = $1))",
            )
            .bind(post_id)
            .bind(topic_id)
            .execute(&mut *work)
            .await?;
            happened!(self, work);
            work.commit().await?;
            Ok(())
        })
    }

    /// Lists why posts of a stage are in topics, or are not.
    pub async fn list_post_topics(&self, stage_id: &str, post_ids: &[String]) -> Result<Vec<PostTopic>> {
        if post_ids.is_empty() {
            return Ok(Vec::new());
        }
        let found = on!(self, |db| {
            let mut query = sqlx::QueryBuilder::new(
                "select post_topics.post_id, post_topics.topic_id, post_topics.by_rule, post_topics.by_hand
                   from post_topics
                   join topics on topics.id = post_topics.topic_id
                  where topics.stage_id = ",
            );
            query.push_bind(stage_id).push(" and post_topics.post_id in (");
            among!(query, post_ids);
            query.push(" order by post_topics.post_id, topics.position, topics.id");
            query.build_query_as().fetch_all(db).await
        })?;
        Ok(found)
    }

    /// Lists posts of a topic of a stage that the public sees at an instant: pinned ones, then the newest.
    pub async fn list_topic_posts(
        &self,
        stage_id: &str,
        topic_id: &str,
        below: &Below,
        now: i64,
        limit: i64,
    ) -> Result<Vec<Post>> {
        let posts = on!(self, |db| {
            sqlx::query_as(concat!(
                "select ",
                post_columns!(),
                " from posts where posts.stage_id = $1 and ",
                below!(),
                " and ",
                stands!("$5"),
                " and (posts.id in (select post_id from post_topics
                                     where topic_id = $6 and (by_hand = 'in' or (by_rule and by_hand <> 'out')))
                    or posts.card_id in (select origin.card_id
                                           from post_topics
                                           join posts origin on origin.id = post_topics.post_id
                                          where topic_id = $6 and (by_hand = 'in' or (by_rule and by_hand <> 'out')) and ",
                visible!("origin", "$5"),
                "))",
                newest_first!(),
                " limit $7"
            ))
            .bind(stage_id)
            .bind(below.pinned_at)
            .bind(below.published_at)
            .bind(&below.id)
            .bind(now)
            .bind(topic_id)
            .bind(limit)
            .fetch_all(db)
            .await
        })?;
        Ok(posts)
    }

    /// How many posts each topic of a stage has: all, and those that were put there by hand.
    pub async fn count_topic_posts(&self, stage_id: &str) -> Result<Vec<(String, i64, i64)>> {
        let counts = on!(self, |db| {
            sqlx::query_as(
                "select topics.id, count(*), coalesce(sum(case when post_topics.by_hand = 'in' then 1 else 0 end), 0)
               from topics
               join post_topics on post_topics.topic_id = topics.id
              where topics.stage_id = $1
                and (post_topics.by_hand = 'in' or (post_topics.by_rule and post_topics.by_hand <> 'out'))
           group by topics.id",
            )
            .bind(stage_id)
            .fetch_all(db)
            .await
        })?;
        Ok(counts)
    }
}
