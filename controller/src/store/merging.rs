//! Posts that may be the same item, found by marks of what they say.

use sqlx::FromRow;

use super::{Post, Result, Store, posts::post_columns};

/// What is asked of a post to find out whether another one is the same.
#[derive(Clone, Debug, Default, PartialEq, Eq, FromRow)]
pub struct Copy {
    /// Its id.
    pub id: String,
    /// The source it came from; `None` when it was written here.
    pub source_id: Option<String>,
    /// Stable name of that source's network; `own` when it was written here.
    pub network: String,
    /// Headline, plain text.
    pub title: Option<String>,
    /// The words, plain.
    pub text: String,
    /// The words as harmless HTML.
    pub html: String,
    /// Permalink at the network.
    pub link: Option<String>,
    /// When it was published.
    pub published_at: i64,
    /// The card it is on; `None` while it stands alone.
    pub card_id: Option<String>,
    /// Whether somebody put it there.
    pub card_by_hand: bool,
    /// Whether it has a picture here.
    pub pictured: bool,
    /// Another hash says that it was edited meanwhile.
    pub content_hash: String,
}

/// What was found out about a post by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marked {
    /// Which post.
    pub post_id: String,
    /// As it was looked at.
    pub content_hash: String,
    /// When it was published.
    pub published_at: i64,
    /// How it ranks among those of its card.
    pub rank: i64,
    /// Marks of what it says.
    pub marks: Vec<i64>,
}

/// The columns of [`Copy`], and where they come from.
macro_rules! copies {
    ($rest:literal) => {
        concat!(
            "select posts.id, posts.source_id, coalesce(sources.network, 'own') as network, posts.title, posts.text, posts.html,
                    posts.link, posts.published_at, posts.card_id, posts.card_by_hand,
                    exists (select 1 from post_media where post_media.post_id = posts.id) as pictured, posts.content_hash
               from posts
          left join sources on sources.id = posts.source_id ",
            $rest
        )
    };
}

impl Store {
    /// Claims a stage with posts that a measure has not looked at.
    pub async fn claim_merging(&self, measure: i64, now: i64, until: i64) -> Result<Option<String>> {
        let claimed = on!(self, |db| sqlx::query_scalar(
            "update stages
                set merging_until = $2
              where id in (select id from stages
                            where merging_until <= $1
                              and exists (select 1 from posts
                                           where posts.stage_id = stages.id and posts.measured_by < $3)
                         order by merging_until, id limit 1)
                and merging_until <= $1
          returning id",
        )
        .bind(now)
        .bind(until)
        .bind(measure)
        .fetch_optional(db)
        .await)?;
        Ok(claimed)
    }

    /// Keeps the claim on a stage until then; 0 lets go of it.
    pub async fn keep_merging(&self, stage_id: &str, until: i64) -> Result<()> {
        on!(self, |db| sqlx::query("update stages set merging_until = $2 where id = $1")
            .bind(stage_id)
            .bind(until)
            .execute(db)
            .await
            .map(|_| ()))?;
        Ok(())
    }

    /// Lists posts of a stage that a measure has not looked at, newest first.
    pub async fn list_unmeasured_posts(&self, stage_id: &str, measure: i64, limit: i64) -> Result<Vec<Copy>> {
        let posts = on!(self, |db| {
            sqlx::query_as(copies!(
            "where posts.stage_id = $1 and posts.measured_by < $2 order by posts.published_at desc, posts.id desc limit $3"
        ))
        .bind(stage_id)
        .bind(measure)
        .bind(limit)
        .fetch_all(db)
        .await
        })?;
        Ok(posts)
    }

    /// Lists posts of a stage by their ids, and whatever is on their cards.
    pub async fn list_copies(&self, stage_id: &str, ids: &[String]) -> Result<Vec<Copy>> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let posts = on!(self, |db| {
            let mut query = sqlx::QueryBuilder::new(copies!("where posts.stage_id = "));
            query.push_bind(stage_id).push(" and (posts.id in (");
            among!(query, ids);
            query.push(" or posts.card_id in (select card_id from posts where id in (");
            among!(query, ids);
            query.push(")) order by posts.published_at, posts.id");
            query.build_query_as().fetch_all(db).await
        })?;
        Ok(posts)
    }

    /// Ids of posts with any of these marks that were published between two instants, those nearest to a third one first.
    pub async fn find_marked(
        &self,
        marks: &[i64],
        (from, until): (i64, i64),
        near: i64,
        limit: i64,
    ) -> Result<Vec<String>> {
        if marks.is_empty() {
            return Ok(Vec::new());
        }
        let found = on!(self, |db| {
            let mut query = sqlx::QueryBuilder::new("select post_id from post_marks where mark in (");
            among!(query, marks.iter().copied());
            query.push(" and published_at >= ").push_bind(from).push(" and published_at <= ").push_bind(until);
            query.push(" group by post_id order by min(abs(published_at - ").push_bind(near);
            query.push(")), post_id limit ").push_bind(limit);
            query.build_query_scalar().fetch_all(db).await
        })?;
        Ok(found)
    }

    /// Keeps the marks and ranks of posts, all or nothing, in the place of those that they had.
    pub async fn mark_posts(&self, marked: &[Marked]) -> Result<()> {
        on!(self, |db| {
            let mut work = db.begin().await?;
            for post in marked {
                let there = sqlx::query("update posts set card_rank = $3 where id = $1 and content_hash = $2")
                    .bind(&post.post_id)
                    .bind(&post.content_hash)
                    .bind(post.rank)
                    .execute(&mut *work)
                    .await?;
                // It says something else by now, and whoever stored that has marked it.
                if there.rows_affected() == 0 {
                    continue;
                }
                sqlx::query("delete from post_marks where post_id = $1")
                    .bind(&post.post_id)
                    .execute(&mut *work)
                    .await?;
                for mark in &post.marks {
                    sqlx::query("insert into post_marks (mark, published_at, post_id) values ($1, $2, $3)")
                        .bind(mark)
                        .bind(post.published_at)
                        .bind(&post.post_id)
                        .execute(&mut *work)
                        .await?;
                }
            }
            work.commit().await?;
            Ok(())
        })
    }

    /// Notes that a measure has looked at posts: ids, and the hashes of what they said then.
    pub async fn note_measured(&self, measure: i64, posts: &[(String, String)]) -> Result<()> {
        on!(self, |db| {
            let mut work = db.begin().await?;
            for (id, content_hash) in posts {
                sqlx::query("update posts set measured_by = $3 where id = $1 and content_hash = $2")
                    .bind(id)
                    .bind(content_hash)
                    .bind(measure)
                    .execute(&mut *work)
                    .await?;
            }
            work.commit().await?;
            Ok(())
        })
    }

    /// Lists the pairs among posts that somebody parted.
    pub async fn list_parted(&self, ids: &[String]) -> Result<Vec<(String, String)>> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let parted = on!(self, |db| {
            let mut query = sqlx::QueryBuilder::new("select one_id, other_id from parted_posts where one_id in (");
            among!(query, ids);
            query.build_query_as().fetch_all(db).await
        })?;
        Ok(parted)
    }

    /// Lists posts of a stage that one could be put together with: of other sources, and not on its card; those published
    /// nearest to an instant.
    pub async fn list_near_posts(&self, stage_id: &str, id: &str, near: i64, limit: i64) -> Result<Vec<Copy>> {
        const WEEK: i64 = 7 * 24 * 60 * 60 * 1_000;
        let posts = on!(self, |db| sqlx::query_as(copies!(
            "where posts.stage_id = $1 and posts.id <> $2 and posts.published_at >= $3 and posts.published_at <= $4
               and not exists (select 1 from posts one
                                where one.id = $2
                                  and (coalesce(one.source_id, '') = coalesce(posts.source_id, '')
                                    or one.card_id = posts.card_id))
          order by abs(posts.published_at - $5), posts.id
             limit $6"
        ))
        .bind(stage_id)
        .bind(id)
        .bind(near - WEEK)
        .bind(near + WEEK)
        .bind(near)
        .bind(limit)
        .fetch_all(db)
        .await)?;
        Ok(posts)
    }

    /// Lists the posts on cards of a stage, those that stand for others first.
    pub async fn list_cards(&self, stage_id: &str, card_ids: &[String]) -> Result<Vec<Post>> {
        if card_ids.is_empty() {
            return Ok(Vec::new());
        }
        let posts = on!(self, |db| {
            let mut query =
                sqlx::QueryBuilder::new(concat!("select ", post_columns!(), " from posts where posts.stage_id = "));
            query.push_bind(stage_id).push(" and posts.card_id in (");
            among!(query, card_ids);
            query.push(" order by posts.card_id, posts.card_rank desc, posts.id");
            query.build_query_as().fetch_all(db).await
        })?;
        Ok(posts)
    }
}
