//! Posts that are written here.

use std::collections::HashMap;

use super::{Post, PostPicture, search::put_words, taken::put_pictures};
use crate::store::{
    Result, Store,
    history::{happened, noted},
};

impl Store {
    /// Adds a post that was written here, with its pictures in order, all or nothing.
    pub async fn add_own_post(&self, post: &Post, pictures: &[PostPicture]) -> Result<()> {
        on!(self, |db| {
            let mut work = db.begin().await?;
            sqlx::query(
                "insert into posts (id, stage_id, source_id, remote_id, slug, title, text, html, link, author, language,
                                    content_hash, published_at, imported_at, changed_at, shown, checked_at, facts,
                                    draft, expires_at, pinned_at)
                      values ($1, $2, null, $1, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $13, $15,
                              $16, $17, $18)",
            )
            .bind(&post.id)
            .bind(&post.stage_id)
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
            .bind(post.draft)
            .bind(post.expires_at)
            .bind(post.pinned_at)
            .execute(&mut *work)
            .await?;
            put_pictures!(work, &post.id, pictures);
            put_words!(self, work, &post.id, post);
            happened!(self, work);
            work.commit().await?;
            Ok(())
        })
    }

    /// Gives a post that was written here other words, pictures and times, all or nothing; its name in addresses stays.
    /// `false`, and nothing changed, when the stage has no such post or it was changed after it was seen.
    pub async fn change_own_post(&self, post: &Post, seen: i64, pictures: &[PostPicture]) -> Result<bool> {
        on!(self, |db| {
            let mut work = db.begin().await?;
            let done = sqlx::query(
                "update posts
                    set title = $4, text = $5, html = $6, link = $7, language = $8, content_hash = $9, published_at = $10,
                        changed_at = $11, shown = $12, draft = $13, expires_at = $14, end_noted = false, sorted_by = 0, measured_by = 0
                  where stage_id = $1 and id = $2 and changed_at = $3 and source_id is null",
            )
            .bind(&post.stage_id)
            .bind(&post.id)
            .bind(seen)
            .bind(&post.title)
            .bind(&post.text)
            .bind(&post.html)
            .bind(&post.link)
            .bind(&post.language)
            .bind(&post.content_hash)
            .bind(post.published_at)
            .bind(post.changed_at)
            .bind(post.shown)
            .bind(post.draft)
            .bind(post.expires_at)
            .execute(&mut *work)
            .await?;
            if done.rows_affected() == 0 {
                return Ok(false);
            }
            put_pictures!(work, &post.id, pictures);
            put_words!(self, work, &post.id, post);
            happened!(self, work);
            work.commit().await?;
            Ok(true)
        })
    }

    /// Removes a post that was written here; `false` when the stage has no such post.
    pub async fn delete_own_post(&self, stage_id: &str, id: &str) -> Result<bool> {
        let done = noted!(
            self,
            sqlx::query("delete from posts where stage_id = $1 and id = $2 and source_id is null",)
                .bind(stage_id)
                .bind(id)
        );
        Ok(done > 0)
    }
}
