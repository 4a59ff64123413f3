//! Smaller files of pictures, for browsers.

use super::{Rendition, Result, Store, media::insert_renditions};

impl Store {
    /// Claims a picture that a post shows and that has no smaller files yet: its account and its id.
    pub async fn claim_encoding(&self, now: i64, until: i64) -> Result<Option<(String, String)>> {
        let claimed = on!(self, |db| sqlx::query_as(
            "update media
                set encoding_until = $2
              where id in (select media.id
                             from media
                            where media.encoding_until between 0 and $1
                              and exists (select 1 from post_media where post_media.media_id = media.id)
                         order by media.created_at desc, media.id
                            limit 1)
                and encoding_until between 0 and $1
          returning account_id, id",
        )
        .bind(now)
        .bind(until)
        .fetch_optional(db)
        .await)?;
        Ok(claimed)
    }

    /// Adds smaller files; `false` when the picture is gone, or somebody else has done so.
    pub async fn finish_encoding(&self, media_id: &str, renditions: &[Rendition]) -> Result<bool> {
        on!(self, |db| {
            let mut work = db.begin().await?;
            let kept = sqlx::query("update media set encoding_until = -1 where id = $1 and encoding_until >= 0")
                .bind(media_id)
                .execute(&mut *work)
                .await?
                .rows_affected();
            if kept == 0 {
                return Ok(false);
            }
            insert_renditions!(work, media_id, renditions);
            work.commit().await?;
            Ok(true)
        })
    }
}
