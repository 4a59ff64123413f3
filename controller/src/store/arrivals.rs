//! Files that are being sent piece by piece, and how much an account may keep.

use sqlx::FromRow;

use super::{Result, Store};

/// A file of which not all is here.
#[derive(Clone, Debug, Default, PartialEq, Eq, FromRow)]
pub struct Arrival {
    /// Its id, which nobody can guess.
    pub id: String,
    /// The account it belongs to.
    pub account_id: String,
    /// Name of the file.
    pub name: String,
    /// Tells the same file when it is chosen again.
    pub mark: String,
    /// Its length in bytes.
    pub length: i64,
    /// The entry of the library that it became; `None` until all of it was here.
    pub library_id: Option<String>,
    /// When it was begun, in milliseconds since 1970.
    pub created_at: i64,
    /// When what is here of it goes.
    pub expires_at: i64,
}

impl Store {
    /// Notes that a file is on its way; [`super::Error::Taken`] when the account is sending it already.
    pub async fn add_arrival(&self, arrival: &Arrival) -> Result<()> {
        on!(self, |db| sqlx::query(
            "insert into arrivals (id, account_id, name, mark, length, created_at, expires_at)
                  values ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(&arrival.id)
        .bind(&arrival.account_id)
        .bind(&arrival.name)
        .bind(&arrival.mark)
        .bind(arrival.length)
        .bind(arrival.created_at)
        .bind(arrival.expires_at)
        .execute(db)
        .await
        .map(|_| ()))?;
        Ok(())
    }

    /// Finds a file on its way.
    pub async fn find_arrival(&self, account_id: &str, id: &str, now: i64) -> Result<Option<Arrival>> {
        let arrival = on!(self, |db| sqlx::query_as(
            "select id, account_id, name, mark, length, library_id, created_at, expires_at
               from arrivals
              where account_id = $1 and id = $2 and expires_at > $3",
        )
        .bind(account_id)
        .bind(id)
        .bind(now)
        .fetch_optional(db)
        .await)?;
        Ok(arrival)
    }

    /// Finds a file on its way, or just arrived, by its mark.
    pub async fn find_arrival_by_mark(&self, account_id: &str, mark: &str, now: i64) -> Result<Option<Arrival>> {
        let arrival = on!(self, |db| sqlx::query_as(
            "select id, account_id, name, mark, length, library_id, created_at, expires_at
               from arrivals
              where account_id = $1 and mark = $2 and expires_at > $3",
        )
        .bind(account_id)
        .bind(mark)
        .bind(now)
        .fetch_optional(db)
        .await)?;
        Ok(arrival)
    }

    /// Notes what became of a file of which all is here.
    pub async fn finish_arrival(&self, account_id: &str, id: &str, library_id: &str) -> Result<()> {
        on!(self, |db| sqlx::query("update arrivals set library_id = $3 where account_id = $1 and id = $2")
            .bind(account_id)
            .bind(id)
            .bind(library_id)
            .execute(db)
            .await
            .map(|_| ()))?;
        Ok(())
    }

    /// Lists files on their way, oldest first.
    pub async fn list_arrivals(&self, account_id: &str, now: i64) -> Result<Vec<Arrival>> {
        let arrivals = on!(self, |db| sqlx::query_as(
            "select id, account_id, name, mark, length, library_id, created_at, expires_at
               from arrivals
              where account_id = $1 and expires_at > $2 and library_id is null
           order by created_at, id",
        )
        .bind(account_id)
        .bind(now)
        .fetch_all(db)
        .await)?;
        Ok(arrivals)
    }

    /// Forgets a file on its way; `false` when the account has none such.
    pub async fn delete_arrival(&self, account_id: &str, id: &str) -> Result<bool> {
        let gone = on!(self, |db| sqlx::query("delete from arrivals where account_id = $1 and id = $2")
            .bind(account_id)
            .bind(id)
            .execute(db)
            .await
            .map(|done| done.rows_affected()))?;
        Ok(gone == 1)
    }

    /// Forgets files whose time is over; their ids.
    pub async fn delete_expired_arrivals(&self, now: i64) -> Result<Vec<String>> {
        let gone = on!(self, |db| sqlx::query_scalar("delete from arrivals where expires_at <= $1 returning id")
            .bind(now)
            .fetch_all(db)
            .await)?;
        Ok(gone)
    }

    /// How much of an account is kept, in bytes: each file once, films as they were sent until they are prepared, and what
    /// is on its way in whole.
    pub async fn sum_library(&self, account_id: &str, now: i64) -> Result<i64> {
        let sum = on!(self, |db| {
            sqlx::query_scalar(
            "select cast(coalesce((select sum(renditions.length)
                                     from renditions
                                    where renditions.media_id in (select library_media.media_id
                                                                    from library_media
                                                                    join library on library.id = library_media.library_id
                                                                   where library.account_id = $1)), 0)
                       + coalesce((select sum(library.length)
                                     from library
                                     join library_media on library_media.library_id = library.id
                                     join films on films.media_id = library_media.media_id
                                    where library.account_id = $1 and films.state in ('waiting', 'working')), 0)
                       + coalesce((select sum(arrivals.length)
                                     from arrivals
                                    where arrivals.account_id = $1 and arrivals.expires_at > $2
                                      and arrivals.library_id is null), 0) as bigint)",
        )
        .bind(account_id)
        .bind(now)
        .fetch_one(db)
        .await
        })?;
        Ok(sum)
    }

    /// How much an account may keep, in bytes; `None` for as much as is usual.
    pub async fn find_media_quota(&self, account_id: &str) -> Result<Option<i64>> {
        let bytes = on!(self, |db| sqlx::query_scalar("select bytes from media_quotas where account_id = $1")
            .bind(account_id)
            .fetch_optional(db)
            .await)?;
        Ok(bytes)
    }

    /// Says how much an account may keep; [`super::Error::Orphan`] when there is no such account.
    pub async fn set_media_quota(&self, account_id: &str, bytes: Option<i64>) -> Result<()> {
        on!(self, |db| {
            let Some(bytes) = bytes else {
                sqlx::query("delete from media_quotas where account_id = $1").bind(account_id).execute(db).await?;
                return Ok(());
            };
            sqlx::query(
                "insert into media_quotas (account_id, bytes) values ($1, $2)
                 on conflict (account_id) do update set bytes = excluded.bytes",
            )
            .bind(account_id)
            .bind(bytes)
            .execute(db)
            .await?;
            Ok(())
        })
    }
}
