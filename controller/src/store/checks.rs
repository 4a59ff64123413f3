//! When posts were last known to be there, and which are to be looked up.

use super::{Result, Store};

impl Store {
    /// Notes that posts of a source are there; those that were noted after `before` are left alone.
    pub async fn note_posts_there(&self, source_id: &str, ids: &[&str], now: i64, before: i64) -> Result<()> {
        for some in ids.chunks(200) {
            on!(self, |db| {
                let mut query = sqlx::QueryBuilder::new("update posts set checked_at = ");
                query.push_bind(now).push(" where source_id = ").push_bind(source_id);
                query.push(" and checked_at <= ").push_bind(before).push(" and remote_id in (");
                among!(query, some.iter().copied());
                query.build().execute(db).await.map(|_| ())
            })?;
        }
        Ok(())
    }

    /// Lists ids and pages of a source's posts that were last known to be there at `before` or earlier, oldest check
    /// first.
    pub async fn list_posts_to_check(
        &self,
        source_id: &str,
        before: i64,
        limit: i64,
    ) -> Result<Vec<(String, Option<String>)>> {
        let posts = on!(self, |db| sqlx::query_as(
            "select remote_id, link
               from posts
              where source_id = $1 and checked_at <= $2
           order by checked_at, id
              limit $3",
        )
        .bind(source_id)
        .bind(before)
        .bind(limit)
        .fetch_all(db)
        .await)?;
        Ok(posts)
    }

    /// Lists ids and pages of a source's posts whose page is to be looked at, oldest look first: of a post that was published
    /// after the first of these instants, when that was last done at the second or earlier, else at the third or earlier.
    pub async fn list_pages_to_check(
        &self,
        source_id: &str,
        (young, often, seldom): (i64, i64, i64),
        limit: i64,
    ) -> Result<Vec<(String, Option<String>)>> {
        let posts = on!(self, |db| sqlx::query_as(
            "select remote_id, link
               from posts
              where source_id = $1 and link is not null
                and checked_at <= case when published_at > $2 then $3 else $4 end
           order by checked_at, published_at desc, id
              limit $5",
        )
        .bind(source_id)
        .bind(young)
        .bind(often)
        .bind(seldom)
        .bind(limit)
        .fetch_all(db)
        .await)?;
        Ok(posts)
    }

    /// Finds id and page of a source's newest post that has a page.
    pub async fn find_newest_page(&self, source_id: &str) -> Result<Option<(String, Option<String>)>> {
        let post = on!(self, |db| sqlx::query_as(
            "select remote_id, link
               from posts
              where source_id = $1 and link is not null
           order by published_at desc, id desc
              limit 1",
        )
        .bind(source_id)
        .fetch_optional(db)
        .await)?;
        Ok(post)
    }

    /// Has all posts of a source looked up, however lately they were.
    pub async fn forget_checks(&self, source_id: &str) -> Result<()> {
        on!(self, |db| sqlx::query("update posts set checked_at = 0 where source_id = $1")
            .bind(source_id)
            .execute(db)
            .await
            .map(|_| ()))?;
        Ok(())
    }

    /// Lists ids and pages of a source's posts that were published at `from` or later, and last known to be there at
    /// `before` or earlier, newest first.
    pub async fn list_posts_unseen(
        &self,
        source_id: &str,
        from: i64,
        before: i64,
    ) -> Result<Vec<(String, Option<String>)>> {
        let posts = on!(self, |db| sqlx::query_as(
            "select remote_id, link
               from posts
              where source_id = $1 and published_at >= $2 and checked_at <= $3
           order by published_at desc, id desc",
        )
        .bind(source_id)
        .bind(from)
        .bind(before)
        .fetch_all(db)
        .await)?;
        Ok(posts)
    }

    /// Says when the posts of a source are to be looked at next.
    pub async fn postpone_checks(&self, source_id: &str, until: i64) -> Result<()> {
        on!(self, |db| sqlx::query("update sources set links_due_at = $2 where id = $1")
            .bind(source_id)
            .bind(until)
            .execute(db)
            .await
            .map(|_| ()))?;
        Ok(())
    }
}
