//! Films of an account: waiting, being prepared, ready or refused.

use sqlx::FromRow;

use super::{
    Media, Rendition, Result, Store,
    media::{insert_media, insert_renditions},
};

/// A film.
#[derive(Clone, Debug, Default, PartialEq, Eq, FromRow)]
pub struct Film {
    /// Id of its media.
    pub id: String,
    /// The account it belongs to.
    pub account_id: String,
    /// SHA-256 of the bytes that were sent.
    pub original: String,
    /// `waiting`, `working`, `ready` or `refused`.
    pub state: String,
    /// Percent that are prepared.
    pub progress: i64,
    /// Translation key of why it was refused; empty if it was not.
    pub problem: String,
    /// Where in the film the problem is, in seconds.
    pub second: i64,
    /// How often somebody has begun to prepare it.
    pub attempts: i64,
    /// How long it runs, in milliseconds; 0 until it is ready.
    pub millis: i64,
    /// SHA-256 of the file that screens get; empty until it is ready.
    pub sha256: String,
    /// Its length in bytes.
    pub length: i64,
    /// Its width in pixels.
    pub width: i64,
    /// Its height in pixels.
    pub height: i64,
}

impl Film {
    /// Whether it is still to be prepared.
    pub fn is_unready(&self) -> bool {
        matches!(self.state.as_str(), "waiting" | "working")
    }

    /// Whether it can be shown.
    pub fn is_ready(&self) -> bool {
        self.state == "ready"
    }
}

/// What a film is read from; whoever uses it says where.
macro_rules! films {
    ($rest:literal) => {
        concat!(
            "select films.media_id as id, media.account_id, media.sha256 as original, films.state, films.progress,
                    films.problem, films.second, films.attempts, films.millis, coalesce(file.sha256, '') as sha256,
                    coalesce(file.length, 0) as length, coalesce(file.width, 0) as width,
                    coalesce(file.height, 0) as height
               from films
               join media on media.id = films.media_id
               left join renditions file on file.media_id = films.media_id and file.content_type = 'video/mp4' ",
            $rest
        )
    };
}

impl Store {
    /// Adds a film that waits to be prepared; `false`, and nothing changed, when the account has these bytes already.
    pub async fn add_film(&self, account_id: &str, media: &Media) -> Result<bool> {
        on!(self, |db| {
            let mut work = db.begin().await?;
            if insert_media!(work, account_id, media) == 0 {
                return Ok(false);
            }
            sqlx::query(
                "insert into films (media_id, state, progress, problem, second, attempts, queued_at, claimed_until, millis)
                      values ($1, 'waiting', 0, '', 0, 0, $2, 0, 0)",
            )
            .bind(&media.id)
            .bind(media.created_at)
            .execute(&mut *work)
            .await?;
            work.commit().await?;
            Ok(true)
        })
    }

    /// Finds a film of the account.
    pub async fn find_film(&self, account_id: &str, id: &str) -> Result<Option<Film>> {
        let film = on!(self, |db| sqlx::query_as(films!("where media.account_id = $1 and films.media_id = $2"))
            .bind(account_id)
            .bind(id)
            .fetch_optional(db)
            .await)?;
        Ok(film)
    }

    /// Finds a film of the account by the SHA-256 of the bytes that were sent.
    pub async fn find_film_by_hash(&self, account_id: &str, sha256: &str) -> Result<Option<Film>> {
        let film = on!(self, |db| sqlx::query_as(films!("where media.account_id = $1 and media.sha256 = $2"))
            .bind(account_id)
            .bind(sha256)
            .fetch_optional(db)
            .await)?;
        Ok(film)
    }

    /// Lists films of the account by their ids; what is no film is left out.
    pub async fn list_films(&self, account_id: &str, ids: &[String]) -> Result<Vec<Film>> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let films = on!(self, |db| {
            let mut query = sqlx::QueryBuilder::new(films!("where media.account_id = "));
            query.push_bind(account_id).push(" and films.media_id in (");
            among!(query, ids);
            query.push(" order by films.media_id");
            query.build_query_as().fetch_all(db).await
        })?;
        Ok(films)
    }

    /// How many films of the account are still to be prepared.
    pub async fn count_unready_films(&self, account_id: &str) -> Result<i64> {
        let count = on!(self, |db| sqlx::query_scalar(
            "select count(*)
               from films
               join media on media.id = films.media_id
              where media.account_id = $1 and films.state in ('waiting', 'working')",
        )
        .bind(account_id)
        .fetch_one(db)
        .await)?;
        Ok(count)
    }

    /// Has a refused film of the account prepared once more.
    pub async fn requeue_film(&self, account_id: &str, id: &str, now: i64) -> Result<bool> {
        let changed = on!(self, |db| sqlx::query(
            "update films
                set state = 'waiting', progress = 0, problem = '', second = 0, attempts = 0, queued_at = $3,
                    claimed_until = 0
              where media_id = $2 and state = 'refused'
                and exists (select 1 from media where media.id = $2 and media.account_id = $1)",
        )
        .bind(account_id)
        .bind(id)
        .bind(now)
        .execute(db)
        .await
        .map(|done| done.rows_affected()))?;
        Ok(changed == 1)
    }

    /// Claims the film that has waited longest, or one whose controller has gone silent. Accounts take turns: whoever sent
    /// many lets the first of everybody else pass.
    pub async fn claim_film(&self, now: i64, until: i64) -> Result<Option<Film>> {
        let id: Option<String> = on!(self, |db| sqlx::query_scalar(
            "update films
                set state = 'working', progress = 0, attempts = attempts + 1, claimed_until = $2
              where media_id in (select films.media_id
                                   from films
                                   join media on media.id = films.media_id
                                  where films.state in ('waiting', 'working') and films.claimed_until <= $1
                               order by (select count(*)
                                           from films earlier
                                           join media own on own.id = earlier.media_id
                                          where own.account_id = media.account_id
                                            and earlier.state in ('waiting', 'working')
                                            and (earlier.queued_at < films.queued_at
                                                 or (earlier.queued_at = films.queued_at
                                                     and earlier.media_id < films.media_id))),
                                        films.queued_at, films.media_id
                                  limit 1)
                and state in ('waiting', 'working') and claimed_until <= $1
          returning media_id",
        )
        .bind(now)
        .bind(until)
        .fetch_optional(db)
        .await)?;
        let Some(id) = id else { return Ok(None) };
        let film =
            on!(self, |db| sqlx::query_as(films!("where films.media_id = $1")).bind(&id).fetch_optional(db).await)?;
        Ok(film)
    }

    /// Notes how far a claimed film is and keeps the claim; `false` when it is gone.
    pub async fn note_film_progress(&self, id: &str, progress: i64, until: i64) -> Result<bool> {
        let changed = on!(self, |db| sqlx::query(
            "update films
                set progress = $2, claimed_until = $3
              where media_id = $1 and state = 'working'",
        )
        .bind(id)
        .bind(progress)
        .bind(until)
        .execute(db)
        .await
        .map(|done| done.rows_affected()))?;
        Ok(changed == 1)
    }

    /// Lets go of a claimed film, as if nobody had begun.
    pub async fn release_film(&self, id: &str) -> Result<()> {
        on!(self, |db| sqlx::query(
            "update films
                set state = 'waiting', progress = 0, attempts = attempts - 1, claimed_until = 0
              where media_id = $1 and state = 'working'",
        )
        .bind(id)
        .execute(db)
        .await
        .map(|_| ()))?;
        Ok(())
    }

    /// Notes that a film is not shown, and why; `false` when it is ready, because somebody else has prepared it.
    pub async fn refuse_film(&self, id: &str, problem: &str, second: i64) -> Result<bool> {
        let done = on!(self, |db| sqlx::query(
            "update films
                set state = 'refused', problem = $2, second = $3, claimed_until = 0
              where media_id = $1 and state <> 'ready'",
        )
        .bind(id)
        .bind(problem)
        .bind(second)
        .execute(db)
        .await
        .map(|done| done.rows_affected()))?;
        Ok(done > 0)
    }

    /// Keeps a film that was prepared: its file, and the sizes of its picture; `false` when it was removed meanwhile.
    pub async fn finish_film(&self, media: &Media, file: &Rendition, millis: i64) -> Result<bool> {
        on!(self, |db| {
            let mut work = db.begin().await?;
            let ready = sqlx::query(
                "update films
                    set state = 'ready', progress = 100, problem = '', millis = $2, claimed_until = 0
                  where media_id = $1 and state = 'working'",
            )
            .bind(&media.id)
            .bind(millis)
            .execute(&mut *work)
            .await?
            .rows_affected();
            if ready == 0 {
                return Ok(false);
            }
            sqlx::query("update media set width = $2, height = $3, colour = $4 where id = $1")
                .bind(&media.id)
                .bind(media.width)
                .bind(media.height)
                .bind(&media.colour)
                .execute(&mut *work)
                .await?;
            insert_renditions!(work, media.id, media.renditions.iter().chain([file]));
            work.commit().await?;
            Ok(true)
        })
    }

    /// Lists the programmes that use a picture or film in any revision.
    pub async fn list_programmes_with_media(&self, media_id: &str) -> Result<Vec<String>> {
        let programmes = on!(self, |db| sqlx::query_scalar(
            "select distinct programme_id from programme_media where media_id = $1 order by programme_id",
        )
        .bind(media_id)
        .fetch_all(db)
        .await)?;
        Ok(programmes)
    }
}
