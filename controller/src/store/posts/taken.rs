//! Posts that sources bring and withdraw.

use std::collections::HashMap;

use super::{Post, PostPicture, Taken, search::put_words};
use crate::store::{Result, Store, history::happened};

/// Puts pictures under a post in their order, in a transaction. What people here said about a picture stays.
macro_rules! put_pictures {
    ($work:ident, $post_id:expr, $pictures:expr) => {
        let said: Vec<(String, String)> =
            sqlx::query_as("select media_id, own_alt from post_media where post_id = $1 and own_alt is not null")
                .bind($post_id)
                .fetch_all(&mut *$work)
                .await?;
        let said: HashMap<_, _> = said.into_iter().collect();
        sqlx::query("delete from post_media where post_id = $1").bind($post_id).execute(&mut *$work).await?;
        for (position, picture) in (0_i64..).zip($pictures) {
            sqlx::query(
                "insert into post_media (post_id, position, media_id, alt, own_alt) values ($1, $2, $3, $4, $5)",
            )
            .bind($post_id)
            .bind(position)
            .bind(&picture.media_id)
            .bind(&picture.alt)
            .bind(said.get(&picture.media_id))
            .execute(&mut *$work)
            .await?;
        }
    };
}
pub(super) use put_pictures;

/// Remembers at the instant `$3` which of these posts of the source `$1` people had hidden.
macro_rules! remembered {
    ($which:literal) => {
        concat!(
            "insert into hidden_posts (source_id, remote_id, gone_at)
                  select source_id, remote_id, cast($3 as bigint)
                    from posts
                   where source_id = $1 and standing = 'hidden' and ",
            $which,
            " on conflict (source_id, remote_id) do update set gone_at = excluded.gone_at"
        )
    };
}

impl Store {
    /// Takes a post from a source, with its pictures in order, all or nothing. Once people decided whether it is shown, an
    /// edit changes nothing about that, nor does it that the post was gone meanwhile. Of a source that was stopped, and
    /// whose visit was called off, nothing is taken any more.
    pub async fn take_post(&self, post: &Post, pictures: &[PostPicture]) -> Result<Taken> {
        on!(self, |db| {
            let mut work = db.begin().await?;
            // Whoever stops it at this moment waits, or is waited for.
            let open = sqlx::query(
                "update sources set state = state where id = $1 and (state <> 'stopped' or claimed_until > 0)",
            )
            .bind(&post.source_id)
            .execute(&mut *work)
            .await?;
            if open.rows_affected() == 0 {
                return Ok(Taken::Same);
            }
            let row: Option<(String, i64)> = sqlx::query_as(
                "insert into posts (id, stage_id, source_id, remote_id, slug, title, text, html, link, author, language,
                                    content_hash, published_at, imported_at, changed_at, shown, checked_at, facts,
                                    standing, reasons, stopped, content_at)
                      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $15, $17, $18, $19,
                              $20, $14)
                 on conflict (source_id, remote_id)
                   do update set title = excluded.title, text = excluded.text, html = excluded.html,
                                 link = excluded.link, author = excluded.author, language = excluded.language,
                                 content_hash = excluded.content_hash, published_at = excluded.published_at,
                                 changed_at = excluded.changed_at, checked_at = excluded.checked_at,
                                 content_at = excluded.changed_at,
                                 facts = excluded.facts, sorted_by = 0, measured_by = 0,
                                 shown = case when posts.standing in ('hidden', 'published') then posts.shown
                                              else excluded.shown end,
                                 reasons = case when posts.standing in ('hidden', 'published') then posts.reasons
                                                else excluded.reasons end,
                                 stopped = case when posts.standing in ('hidden', 'published') then posts.stopped
                                                else excluded.stopped end,
                                 standing = case when posts.standing in ('hidden', 'published') then posts.standing
                                                 else excluded.standing end
                       where posts.content_hash <> excluded.content_hash
                   returning id, imported_at",
            )
            .bind(&post.id)
            .bind(&post.stage_id)
            .bind(&post.source_id)
            .bind(&post.remote_id)
            .bind(&post.slug)
            .bind(&post.title)
            .bind(&post.text)
            .bind(&post.html)
            .bind(&post.link)
            .bind(&post.author)
            .bind(&post.language)
            .bind(&post.content_hash)
            .bind(post.published_at)
            .bind(post.imported_at)
            .bind(post.changed_at)
            .bind(post.shown)
            .bind(&post.facts)
            .bind(post.standing.name())
            .bind(if post.reasons.is_empty() { "[]" } else { &post.reasons })
            .bind(post.stopped.name())
            .fetch_optional(&mut *work)
            .await?;
            let Some((id, _)) = row else { return Ok(Taken::Same) };
            let is_new = id == post.id;
            if is_new {
                let again = sqlx::query("delete from hidden_posts where source_id = $1 and remote_id = $2")
                    .bind(&post.source_id)
                    .bind(&post.remote_id)
                    .execute(&mut *work)
                    .await?;
                if again.rows_affected() > 0 {
                    sqlx::query(
                        "update posts set shown = false, standing = 'hidden', reasons = '[]', stopped = '' where id = $1",
                    )
                    .bind(&id)
                    .execute(&mut *work)
                    .await?;
                }
            }
            put_pictures!(work, &id, pictures);
            put_words!(self, work, &id, post);
            work.commit().await?;
            Ok(if is_new { Taken::New } else { Taken::Changed })
        })
    }

    /// What some of a source's posts held when they were last taken: content hash by remote id.
    pub async fn list_content_hashes(&self, source_id: &str, remote_ids: &[&str]) -> Result<HashMap<String, String>> {
        if remote_ids.is_empty() {
            return Ok(HashMap::new());
        }
        let rows: Vec<(String, String)> = on!(self, |db| {
            let mut query = sqlx::QueryBuilder::new("select remote_id, content_hash from posts where source_id = ");
            query.push_bind(source_id).push(" and remote_id in (");
            among!(query, remote_ids);
            query.build_query_as().fetch_all(db).await
        })?;
        Ok(rows.into_iter().collect())
    }

    /// Finds a source's post by its id at the network; `None` when it is not here.
    pub async fn find_imported_post(&self, source_id: &str, remote_id: &str) -> Result<Option<Post>> {
        let post = on!(self, |db| {
            sqlx::query_as(concat!(
                "select ",
                post_columns!(),
                " from posts where posts.source_id = $1 and posts.remote_id = $2"
            ))
            .bind(source_id)
            .bind(remote_id)
            .fetch_optional(db)
            .await
        })?;
        Ok(post)
    }

    /// Returns our id of a source's post; `None` when it is not here.
    pub async fn find_post_of(&self, source_id: &str, remote_id: &str) -> Result<Option<String>> {
        let id = on!(self, |db| sqlx::query_scalar("select id from posts where source_id = $1 and remote_id = $2")
            .bind(source_id)
            .bind(remote_id)
            .fetch_optional(db)
            .await)?;
        Ok(id)
    }

    /// Returns when a source's post was published; `None` when it is not here.
    pub async fn find_post_date(&self, source_id: &str, remote_id: &str) -> Result<Option<i64>> {
        let date = on!(self, |db| sqlx::query_scalar(
            "select published_at from posts where source_id = $1 and remote_id = $2",
        )
        .bind(source_id)
        .bind(remote_id)
        .fetch_optional(db)
        .await)?;
        Ok(date)
    }

    /// Removes a post that its source withdrew; `false` when it was not here.
    /// That people had hidden it is remembered.
    pub async fn delete_withdrawn_post(&self, source_id: &str, remote_id: &str, now: i64) -> Result<bool> {
        on!(self, |db| {
            let mut work = db.begin().await?;
            sqlx::query(remembered!("remote_id = $2"))
                .bind(source_id)
                .bind(remote_id)
                .bind(now)
                .execute(&mut *work)
                .await?;
            let done = sqlx::query("delete from posts where source_id = $1 and remote_id = $2")
                .bind(source_id)
                .bind(remote_id)
                .execute(&mut *work)
                .await?
                .rows_affected();
            if done > 0 {
                happened!(self, work);
            }
            work.commit().await?;
            Ok(done > 0)
        })
    }

    /// Removes a source's posts that were last known to be there before a time; says how many. Which of them people had hidden
    /// is remembered, and what the source told last is not: once it can be asked again, they come again.
    pub async fn delete_unchecked_posts(&self, source_id: &str, before: i64, now: i64) -> Result<u64> {
        on!(self, |db| {
            let mut work = db.begin().await?;
            sqlx::query(remembered!("checked_at < $2"))
                .bind(source_id)
                .bind(before)
                .bind(now)
                .execute(&mut *work)
                .await?;
            let gone = sqlx::query("delete from posts where source_id = $1 and checked_at < $2")
                .bind(source_id)
                .bind(before)
                .execute(&mut *work)
                .await?
                .rows_affected();
            if gone > 0 {
                sqlx::query("update sources set memory = '' where id = $1").bind(source_id).execute(&mut *work).await?;
            }
            work.commit().await?;
            Ok(gone)
        })
    }

    /// Forgets which posts were hidden that went before an instant; says how many.
    pub async fn forget_hidden_posts(&self, before: i64) -> Result<u64> {
        let gone = on!(self, |db| sqlx::query("delete from hidden_posts where gone_at < $1")
            .bind(before)
            .execute(db)
            .await
            .map(|done| done.rows_affected()))?;
        Ok(gone)
    }
}
