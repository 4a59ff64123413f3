//! Posts: taken from sources, listed for the desk, the newsroom and the screens.

use std::collections::HashMap;

use sqlx::FromRow;

use super::{Result, Store};

/// One post of a stage.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Post {
    /// Its id.
    pub id: String,
    /// The stage it belongs to.
    pub stage_id: String,
    /// The source it came from.
    pub source_id: String,
    /// Its id at the network.
    pub remote_id: String,
    /// Its name in addresses.
    pub slug: String,
    /// Headline, plain text.
    pub title: Option<String>,
    /// The words, plain.
    pub text: String,
    /// The words as harmless HTML.
    pub html: String,
    /// Permalink at the network.
    pub link: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// BCP 47 language tag.
    pub language: Option<String>,
    /// Another hash under the same remote id is an edit.
    pub content_hash: String,
    /// When it was published, in milliseconds since 1970.
    pub published_at: i64,
    /// When it came here.
    pub imported_at: i64,
    /// When it last changed here.
    pub changed_at: i64,
    /// Whether the public sees it.
    pub shown: bool,
    /// JSON object: tags and kinds of media as it was imported; what rules of topics ask for beside its words.
    pub facts: String,
}

/// A picture of a post.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct PostPicture {
    /// Which post.
    pub post_id: String,
    /// Which picture of the account.
    pub media_id: String,
    /// What is to be seen, in words.
    pub alt: String,
}

/// What became of a post that a source handed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// It was not here before.
    New,
    /// It was, with other content.
    Changed,
    /// It was, just so.
    Same,
}

/// Where a page of a list begins: below the last post of the page before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Below {
    /// When that post was published.
    pub published_at: i64,
    /// Its id.
    pub id: String,
}

impl Default for Below {
    /// Above everything.
    fn default() -> Self {
        Self { published_at: i64::MAX, id: "~".to_owned() }
    }
}

impl Below {
    /// Reads what [`Below`]'s `Display` wrote; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let (published_at, id) = text.split_once('.')?;
        Some(Self { published_at: published_at.parse().ok()?, id: id.to_owned() })
    }
}

impl std::fmt::Display for Below {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.published_at, self.id)
    }
}

impl Store {
    /// Takes a post from a source, with its pictures in order, all or nothing. Whether it is shown is set only when it
    /// is new; afterwards that is for people to decide.
    pub async fn take_post(&self, post: &Post, pictures: &[PostPicture]) -> Result<Taken> {
        on!(self, |db| {
            let mut work = db.begin().await?;
            let row: Option<(String, i64)> = sqlx::query_as(
                "insert into posts (id, stage_id, source_id, remote_id, slug, title, text, html, link, author, language,
                                    content_hash, published_at, imported_at, changed_at, shown, checked_at, facts)
                      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $15, $17)
                 on conflict (source_id, remote_id)
                   do update set title = excluded.title, text = excluded.text, html = excluded.html,
                                 link = excluded.link, author = excluded.author, language = excluded.language,
                                 content_hash = excluded.content_hash, published_at = excluded.published_at,
                                 changed_at = excluded.changed_at, checked_at = excluded.checked_at,
                                 facts = excluded.facts, sorted_by = 0
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
            .fetch_optional(&mut *work)
            .await?;
            let Some((id, _)) = row else { return Ok(Taken::Same) };
            sqlx::query("delete from post_media where post_id = $1").bind(&id).execute(&mut *work).await?;
            for (position, picture) in (0_i64..).zip(pictures) {
                sqlx::query("insert into post_media (post_id, position, media_id, alt) values ($1, $2, $3, $4)")
                    .bind(&id)
                    .bind(position)
                    .bind(&picture.media_id)
                    .bind(&picture.alt)
                    .execute(&mut *work)
                    .await?;
            }
            work.commit().await?;
            Ok(if id == post.id { Taken::New } else { Taken::Changed })
        })
    }

    /// What a source's posts held when they were last taken: content hash by remote id.
    pub async fn list_content_hashes(&self, source_id: &str) -> Result<HashMap<String, String>> {
        let rows: Vec<(String, String)> =
            on!(self, |db| sqlx::query_as("select remote_id, content_hash from posts where source_id = $1")
                .bind(source_id)
                .fetch_all(db)
                .await)?;
        Ok(rows.into_iter().collect())
    }

    /// Lists posts of a stage for the desk, newest first: shown, hidden, or both (`None`).
    pub async fn list_posts(
        &self,
        stage_id: &str,
        shown: Option<bool>,
        below: &Below,
        limit: i64,
    ) -> Result<Vec<Post>> {
        let posts = on!(self, |db| {
            sqlx::query_as(
            "select id, stage_id, source_id, remote_id, slug, title, text, html, link, author, language, content_hash,
                    published_at, imported_at, changed_at, shown, facts
               from posts
              where stage_id = $1
                and (published_at < $2 or (published_at = $2 and id < $3))
                and (shown = $4 or $5)
           order by published_at desc, id desc
              limit $6",
        )
        .bind(stage_id)
        .bind(below.published_at)
        .bind(&below.id)
        .bind(shown.unwrap_or(true))
        .bind(shown.is_none())
        .bind(limit)
        .fetch_all(db)
        .await
        })?;
        Ok(posts)
    }

    /// Lists what the public sees of a stage, newest first.
    pub async fn list_shown_posts(&self, stage_id: &str, below: &Below, limit: i64) -> Result<Vec<Post>> {
        self.list_posts(stage_id, Some(true), below, limit).await
    }

    /// How many posts of a stage are shown, and how many are not.
    pub async fn count_posts(&self, stage_id: &str) -> Result<(i64, i64)> {
        let counts = on!(self, |db| {
            sqlx::query_as(
            "select coalesce(sum(case when shown then 1 else 0 end), 0), coalesce(sum(case when shown then 0 else 1 end), 0)
               from posts
              where stage_id = $1",
        )
        .bind(stage_id)
        .fetch_one(db)
        .await
        })?;
        Ok(counts)
    }

    /// Finds a post of a stage, shown or not.
    pub async fn find_post(&self, stage_id: &str, id: &str) -> Result<Option<Post>> {
        let post = on!(self, |db| {
            sqlx::query_as(
            "select id, stage_id, source_id, remote_id, slug, title, text, html, link, author, language, content_hash,
                    published_at, imported_at, changed_at, shown, facts
               from posts
              where stage_id = $1 and id = $2",
        )
        .bind(stage_id)
        .bind(id)
        .fetch_optional(db)
        .await
        })?;
        Ok(post)
    }

    /// Finds a shown post by its name in addresses.
    pub async fn find_shown_post(&self, stage_id: &str, slug: &str) -> Result<Option<Post>> {
        let post = on!(self, |db| {
            sqlx::query_as(
            "select id, stage_id, source_id, remote_id, slug, title, text, html, link, author, language, content_hash,
                    published_at, imported_at, changed_at, shown, facts
               from posts
              where stage_id = $1 and slug = $2 and shown",
        )
        .bind(stage_id)
        .bind(slug)
        .fetch_optional(db)
        .await
        })?;
        Ok(post)
    }

    /// Lists the pictures of posts of a stage by their ids, in each post's order.
    pub async fn list_post_pictures(&self, stage_id: &str, ids: &[String]) -> Result<Vec<PostPicture>> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let pictures = on!(self, |db| {
            let mut query = sqlx::QueryBuilder::new(
                "select post_media.post_id, post_media.media_id, post_media.alt
                   from post_media
                   join posts on posts.id = post_media.post_id
                  where posts.stage_id = ",
            );
            query.push_bind(stage_id).push(" and posts.id in (");
            let mut list = query.separated(", ");
            for id in ids {
                list.push_bind(id);
            }
            query.push(") order by post_media.post_id, post_media.position");
            query.build_query_as().fetch_all(db).await
        })?;
        Ok(pictures)
    }

    /// Shows or hides a post; `false` when the stage has no such post or it is so already.
    pub async fn set_post_shown(&self, stage_id: &str, id: &str, shown: bool, now: i64) -> Result<bool> {
        let done = on!(self, |db| sqlx::query(
            "update posts
                set shown = $3, changed_at = $4
              where stage_id = $1 and id = $2 and shown <> $3",
        )
        .bind(stage_id)
        .bind(id)
        .bind(shown)
        .bind(now)
        .execute(db)
        .await
        .map(|done| done.rows_affected()))?;
        Ok(done > 0)
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
    pub async fn delete_withdrawn_post(&self, source_id: &str, remote_id: &str) -> Result<bool> {
        let done = on!(self, |db| sqlx::query("delete from posts where source_id = $1 and remote_id = $2")
            .bind(source_id)
            .bind(remote_id)
            .execute(db)
            .await
            .map(|done| done.rows_affected()))?;
        Ok(done > 0)
    }
}
