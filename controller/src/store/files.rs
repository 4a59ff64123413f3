//! Files of pictures, and who may see them.

use sqlx::FromRow;

use super::{Result, Store, posts::visible, revisions::on_screens};

/// What the web needs to know to serve a file.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct MediaFile {
    /// Type for HTTP.
    pub content_type: String,
    /// Length in bytes.
    pub length: i64,
    /// When the next of the posts that show it ends, in milliseconds since 1970; `None` where none does.
    pub until: Option<i64>,
}

impl Store {
    /// Finds a file that a shown post, a logo, what the press may download or what screens show at an instant refers to: what everybody may see.
    pub async fn find_public_file(&self, sha256: &str, now: i64) -> Result<Option<MediaFile>> {
        let file = on!(self, |db| sqlx::query_as(concat!(
            "select content_type, length,
                    (select min(posts.expires_at)
                       from post_media
                       join posts on posts.id = post_media.post_id
                      where post_media.media_id = renditions.media_id and posts.expires_at > $2) as until
               from renditions
              where sha256 = $1
                and (exists (select 1
                               from post_media
                               join posts on posts.id = post_media.post_id
                              where post_media.media_id = renditions.media_id and ",
            visible!("$2"),
            ")
                  or exists (select 1 from stages where stages.logo_id = renditions.media_id)
                  or exists (select 1
                               from press_files
                               join library_media on library_media.library_id = press_files.library_id
                              where library_media.media_id = renditions.media_id)
                  or exists (select 1 from answers where answers.media_id = renditions.media_id)
                  or exists (select 1
                               from programme_media
                               join revisions on revisions.programme_id = programme_media.programme_id
                                             and revisions.number = programme_media.number
                              where programme_media.media_id = renditions.media_id
                                and ",
            on_screens!(),
            ")) limit 1"
        ))
        .bind(sha256)
        .bind(now)
        .fetch_optional(db)
        .await)?;
        Ok(file)
    }

    /// Finds a file of the account, shown or not.
    pub async fn find_file_of_account(&self, account_id: &str, sha256: &str) -> Result<Option<MediaFile>> {
        let file = on!(self, |db| sqlx::query_as(
            "select renditions.content_type, renditions.length, cast(null as bigint) as until
               from renditions
               join media on media.id = renditions.media_id
              where media.account_id = $1 and renditions.sha256 = $2
              limit 1",
        )
        .bind(account_id)
        .bind(sha256)
        .fetch_optional(db)
        .await)?;
        Ok(file)
    }

    /// Whether any account's picture needs a file, or a film that is still to be prepared, or somebody who stores it now.
    pub async fn is_file_needed(&self, sha256: &str, now: i64) -> Result<bool> {
        let found: Option<i64> = on!(self, |db| sqlx::query_scalar(
            "select cast(1 as bigint)
               from renditions
              where sha256 = $1
          union
             select cast(1 as bigint)
               from media
               join films on films.media_id = media.id
              where media.sha256 = $1 and films.state in ('waiting', 'working')
          union
             select cast(1 as bigint)
               from file_holds
              where sha256 = $1 and until > $2",
        )
        .bind(sha256)
        .bind(now)
        .fetch_optional(db)
        .await)?;
        Ok(found.is_some())
    }
}
