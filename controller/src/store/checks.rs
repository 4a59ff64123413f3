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

    /// Removes a source's posts that were last known to be there before a time; says how many.
    pub async fn delete_unchecked_posts(&self, source_id: &str, before: i64) -> Result<u64> {
        let gone = on!(self, |db| sqlx::query("delete from posts where source_id = $1 and checked_at < $2")
            .bind(source_id)
            .bind(before)
            .execute(db)
            .await
            .map(|done| done.rows_affected()))?;
        Ok(gone)
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
