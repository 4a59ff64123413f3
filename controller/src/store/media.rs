//! Pictures of an account, their renditions, and who shows them.

use std::collections::HashMap;

use sqlx::FromRow;

use super::{Result, Store};

/// A picture of an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Media {
    /// Its id.
    pub id: String,
    /// SHA-256 of the bytes that were sent; they are not kept.
    pub sha256: String,
    /// Width as a person sees it.
    pub width: i64,
    /// Height as a person sees it.
    pub height: i64,
    /// Average colour, `#rrggbb`.
    pub colour: String,
    /// When it was last sent, in milliseconds since 1970.
    pub created_at: i64,
    /// The pictures that are served, from small to large; empty only for a film that is not ready.
    pub renditions: Vec<Rendition>,
    /// Smaller files for browsers, AVIF first, each from small to large; empty until they are made.
    pub web: Vec<Rendition>,
}

/// One size of a picture, or a film: a file in the storage.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Rendition {
    /// SHA-256 of the file; also its address, `/media/<sha256>`.
    pub sha256: String,
    /// Type for HTTP.
    pub content_type: String,
    /// Width in pixels.
    pub width: i64,
    /// Height in pixels.
    pub height: i64,
    /// Length in bytes.
    pub length: i64,
}

#[derive(FromRow)]
struct Row {
    id: String,
    sha256: String,
    width: i64,
    height: i64,
    colour: String,
    created_at: i64,
}

#[derive(FromRow)]
struct RenditionRow {
    media_id: String,
    #[sqlx(flatten)]
    rendition: Rendition,
}

impl Row {
    fn with(self, files: Vec<Rendition>) -> Media {
        let Self { id, sha256, width, height, colour, created_at } = self;
        let is_web = |file: &Rendition| matches!(file.content_type.as_str(), "image/avif" | "image/webp");
        let (mut web, renditions): (Vec<_>, Vec<_>) = files.into_iter().partition(is_web);
        web.sort_by(|a, b| a.content_type.cmp(&b.content_type));
        Media { id, sha256, width, height, colour, created_at, renditions, web }
    }
}

/// Adds a picture or a film in a transaction; gives how many rows that were.
macro_rules! insert_media {
    ($work:ident, $account_id:expr, $media:expr) => {
        sqlx::query(
            "insert into media (id, account_id, sha256, width, height, colour, created_at)
                  values ($1, $2, $3, $4, $5, $6, $7)
             on conflict (account_id, sha256) do nothing",
        )
        .bind(&$media.id)
        .bind($account_id)
        .bind(&$media.sha256)
        .bind($media.width)
        .bind($media.height)
        .bind(&$media.colour)
        .bind($media.created_at)
        .execute(&mut *$work)
        .await?
        .rows_affected()
    };
}
pub(super) use insert_media;

/// Adds its files.
macro_rules! insert_renditions {
    ($work:ident, $media_id:expr, $renditions:expr) => {
        for rendition in $renditions {
            sqlx::query(
                "insert into renditions (media_id, sha256, content_type, width, height, length)
                      values ($1, $2, $3, $4, $5, $6)",
            )
            .bind(&$media_id)
            .bind(&rendition.sha256)
            .bind(&rendition.content_type)
            .bind(rendition.width)
            .bind(rendition.height)
            .bind(rendition.length)
            .execute(&mut *$work)
            .await?;
        }
    };
}
pub(super) use insert_renditions;

/// That something in `media` was added before an instant (`$1`), and nothing uses it: whatever refers to media stands here.
macro_rules! unused {
    () => {
        "media.created_at < $1
         and not exists (select 1 from post_media where post_media.media_id = media.id)
         and not exists (select 1 from programme_media where programme_media.media_id = media.id)
         and not exists (select 1 from library_media where library_media.media_id = media.id)
         and not exists (select 1 from answers where answers.media_id = media.id)
         and not exists (select 1 from stages where stages.logo_id = media.id)"
    };
}

/// Removes a picture or film of an account in work that is under way; which files nobody may need now.
macro_rules! erase_media {
    ($work:ident, $account:expr, $id:expr) => {{
        let files: Vec<String> = sqlx::query_scalar(
            "select renditions.sha256
                   from renditions
                   join media on media.id = renditions.media_id
                  where media.account_id = $1 and media.id = $2
              union
                 select media.sha256
                   from media
                   join films on films.media_id = media.id
                  where media.account_id = $1 and media.id = $2",
        )
        .bind($account)
        .bind($id)
        .fetch_all(&mut *$work)
        .await?;
        sqlx::query("delete from media where account_id = $1 and id = $2")
            .bind($account)
            .bind($id)
            .execute(&mut *$work)
            .await?;
        files
    }};
}
pub(super) use erase_media;

impl Store {
    /// Adds a picture with its renditions; `false`, and nothing changed, when the account has it already.
    pub async fn add_media(&self, account_id: &str, media: &Media) -> Result<bool> {
        on!(self, |db| {
            let mut work = db.begin().await?;
            if insert_media!(work, account_id, media) == 0 {
                return Ok(false);
            }
            insert_renditions!(work, media.id, &media.renditions);
            work.commit().await?;
            Ok(true)
        })
    }

    /// Finds a picture of the account by its id.
    pub async fn find_media(&self, account_id: &str, id: &str) -> Result<Option<Media>> {
        let row = on!(self, |db| sqlx::query_as::<_, Row>(
            "select id, sha256, width, height, colour, created_at
               from media
              where account_id = $1 and id = $2",
        )
        .bind(account_id)
        .bind(id)
        .fetch_optional(db)
        .await)?;
        self.with_renditions(row).await
    }

    /// Finds a picture of the account by the SHA-256 of the bytes that were sent.
    pub async fn find_media_by_hash(&self, account_id: &str, sha256: &str) -> Result<Option<Media>> {
        let row = on!(self, |db| sqlx::query_as::<_, Row>(
            "select id, sha256, width, height, colour, created_at
               from media
              where account_id = $1 and sha256 = $2",
        )
        .bind(account_id)
        .bind(sha256)
        .fetch_optional(db)
        .await)?;
        self.with_renditions(row).await
    }

    /// Finds the picture that was fetched from an address since then.
    pub async fn find_media_by_address(&self, account_id: &str, hash: &str, since: i64) -> Result<Option<Media>> {
        let row = on!(self, |db| sqlx::query_as::<_, Row>(
            "select media.id, media.sha256, media.width, media.height, media.colour, media.created_at
               from media_addresses
               join media on media.id = media_addresses.media_id
              where media_addresses.account_id = $1 and address_hash = $2 and fetched_at >= $3",
        )
        .bind(account_id)
        .bind(hash)
        .bind(since)
        .fetch_optional(db)
        .await)?;
        self.with_renditions(row).await
    }

    /// Remembers which picture an address gave.
    pub async fn remember_media_address(&self, account_id: &str, hash: &str, media_id: &str, now: i64) -> Result<()> {
        on!(self, |db| sqlx::query(
            "insert into media_addresses (account_id, address_hash, media_id, fetched_at)
                  values ($1, $2, $3, $4)
             on conflict (account_id, address_hash)
               do update set media_id = excluded.media_id, fetched_at = excluded.fetched_at",
        )
        .bind(account_id)
        .bind(hash)
        .bind(media_id)
        .bind(now)
        .execute(db)
        .await
        .map(|_| ()))?;
        Ok(())
    }

    /// Notes that a picture was sent again, so that it counts as new.
    pub async fn touch_media(&self, account_id: &str, id: &str, now: i64) -> Result<()> {
        on!(self, |db| sqlx::query("update media set created_at = $3 where account_id = $1 and id = $2")
            .bind(account_id)
            .bind(id)
            .bind(now)
            .execute(db)
            .await
            .map(|_| ()))?;
        Ok(())
    }

    /// Lists pictures of an account by their ids; what is not there is left out.
    pub async fn list_media(&self, account_id: &str, ids: &[String]) -> Result<HashMap<String, Media>> {
        if ids.is_empty() {
            return Ok(HashMap::new());
        }
        let rows: Vec<Row> = on!(self, |db| {
            let mut query = sqlx::QueryBuilder::new(
                "select id, sha256, width, height, colour, created_at from media where account_id = ",
            );
            query.push_bind(account_id).push(" and id in (");
            among!(query, ids);
            query.build_query_as().fetch_all(db).await
        })?;
        let mut renditions = self.renditions_of(rows.iter().map(|row| row.id.as_str())).await?;
        let with = |row: Row| {
            let sizes = renditions.remove(&row.id).unwrap_or_default();
            (row.id.clone(), row.with(sizes))
        };
        Ok(rows.into_iter().map(with).collect())
    }

    /// Removes pictures that were added before then and that nothing uses; gives the files they had.
    pub async fn delete_unused_media(&self, before: i64) -> Result<Vec<String>> {
        on!(self, |db| {
            let mut work = db.begin().await?;
            let files: Vec<String> = sqlx::query_scalar(concat!(
                "select renditions.sha256 from renditions join media on media.id = renditions.media_id where ",
                unused!(),
                " union select media.sha256 from media join films on films.media_id = media.id where ",
                unused!(),
            ))
            .bind(before)
            .fetch_all(&mut *work)
            .await?;
            sqlx::query(concat!("delete from media where ", unused!())).bind(before).execute(&mut *work).await?;
            work.commit().await?;
            Ok(files)
        })
    }

    async fn with_renditions(&self, row: Option<Row>) -> Result<Option<Media>> {
        let Some(row) = row else { return Ok(None) };
        let renditions = self.renditions_of(std::iter::once(row.id.as_str())).await?.remove(&row.id);
        Ok(Some(row.with(renditions.unwrap_or_default())))
    }

    async fn renditions_of(&self, ids: impl Iterator<Item = &str> + Clone) -> Result<HashMap<String, Vec<Rendition>>> {
        let mut found: HashMap<String, Vec<Rendition>> = HashMap::new();
        if ids.clone().next().is_none() {
            return Ok(found);
        }
        let rows: Vec<RenditionRow> = on!(self, |db| {
            let mut query = sqlx::QueryBuilder::new(
                "select media_id, sha256, content_type, width, height, length
                   from renditions
                  where content_type like 'image/%' and media_id in (",
            );
            among!(query, ids);
            query.push(" order by width");
            query.build_query_as().fetch_all(db).await
        })?;
        for row in rows {
            found.entry(row.media_id).or_default().push(row.rendition);
        }
        Ok(found)
    }
}
