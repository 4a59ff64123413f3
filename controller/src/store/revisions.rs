//! Revisions of programmes: every edit a row, some of them published.

use sqlx::FromRow;

use super::history::happened;
use super::{Result, Store};

/// That a row of `revisions` is what screens show of its programme at an instant (`$2`).
macro_rules! on_screens {
    () => {
        "revisions.publish_at <= $2
         and not exists (select 1
                           from revisions later
                          where later.programme_id = revisions.programme_id
                            and later.publish_at <= $2
                            and (later.publish_at > revisions.publish_at
                                 or (later.publish_at = revisions.publish_at and later.number > revisions.number)))"
    };
}
pub(super) use on_screens;

/// A programme as somebody left it.
#[derive(Clone, Debug, Default, FromRow, PartialEq, Eq)]
pub struct Revision {
    /// Counts up within its programme.
    pub number: i64,
    /// The one it was made from; 0 for none.
    pub parent: i64,
    /// JSON: what the owner built.
    pub draft: String,
    /// First name of whoever made it; `None` for what the program made itself, and for members that are gone.
    pub made_by: Option<String>,
    /// When it was made.
    pub made_at: i64,
    /// From when on screens show it; `None` for never.
    pub publish_at: Option<i64>,
}

/// An edit that is to be kept.
#[derive(Clone, Copy, Debug)]
pub struct Edit<'a> {
    /// The account that asks.
    pub account_id: &'a str,
    /// The member that asks.
    pub member_id: &'a str,
    /// The programme.
    pub programme_id: &'a str,
    /// The revision it was made from.
    pub seen: i64,
    /// JSON: what the owner built.
    pub draft: &'a str,
    /// Ids of all pictures in it.
    pub media: &'a [String],
}

impl Store {
    /// Keeps an edit as a new revision and goes there; its number, or `None`, and nothing changed, when somebody else has
    /// gone on from the revision it was made from or the account has no such programme.
    pub async fn add_revision(&self, edit: &Edit<'_>, now: i64) -> Result<Option<i64>> {
        on!(self, |db| {
            let mut work = db.begin().await?;
            let number: Option<i64> = sqlx::query_scalar(
                "update programmes
                    set revision = (select coalesce(max(number), 0) + 1 from revisions where programme_id = $2)
                  where account_id = $1 and id = $2 and revision = $3
              returning revision",
            )
            .bind(edit.account_id)
            .bind(edit.programme_id)
            .bind(edit.seen)
            .fetch_optional(&mut *work)
            .await?;
            let Some(number) = number else { return Ok(None) };
            sqlx::query(
                "insert into revisions (programme_id, number, parent, draft, member_id, made_at)
                 values ($1, $2, $3, $4, (select id from members where id = $5), $6)",
            )
            .bind(edit.programme_id)
            .bind(number)
            .bind(edit.seen)
            .bind(edit.draft)
            .bind(edit.member_id)
            .bind(now)
            .execute(&mut *work)
            .await?;
            for media_id in edit.media {
                sqlx::query(
                    "insert into programme_media (programme_id, number, media_id)
                     select $1, $2, id from media where account_id = $3 and id = $4",
                )
                .bind(edit.programme_id)
                .bind(number)
                .bind(edit.account_id)
                .bind(media_id)
                .execute(&mut *work)
                .await?;
            }
            work.commit().await?;
            Ok(Some(number))
        })
    }

    /// Goes from one revision to another that is there; `false` when somebody else has gone on.
    pub async fn turn_revision(&self, account_id: &str, programme_id: &str, seen: i64, to: i64) -> Result<bool> {
        let turned = on!(self, |db| sqlx::query(
            "update programmes
                set revision = $4
              where account_id = $1 and id = $2 and revision = $3
                and exists (select 1 from revisions where programme_id = $2 and number = $4)",
        )
        .bind(account_id)
        .bind(programme_id)
        .bind(seen)
        .bind(to)
        .execute(db)
        .await
        .map(|done| done.rows_affected()))?;
        Ok(turned == 1)
    }

    /// Finds a revision.
    pub async fn find_revision(&self, programme_id: &str, number: i64) -> Result<Option<Revision>> {
        let revision = on!(self, |db| sqlx::query_as(
            "select number, parent, draft, members.first_name as made_by, made_at, publish_at
               from revisions
               left join members on members.id = revisions.member_id
              where programme_id = $1 and number = $2",
        )
        .bind(programme_id)
        .bind(number)
        .fetch_optional(db)
        .await)?;
        Ok(revision)
    }

    /// Finds the revision that screens show at an instant.
    pub async fn find_published_revision(&self, programme_id: &str, at: i64) -> Result<Option<Revision>> {
        let revision = on!(self, |db| sqlx::query_as(
            "select number, parent, draft, members.first_name as made_by, made_at, publish_at
               from revisions
               left join members on members.id = revisions.member_id
              where programme_id = $1 and publish_at <= $2
           order by publish_at desc, number desc
              limit 1",
        )
        .bind(programme_id)
        .bind(at)
        .fetch_optional(db)
        .await)?;
        Ok(revision)
    }

    /// Lists revisions of a programme, newest first.
    pub async fn list_revisions(&self, programme_id: &str, limit: i64) -> Result<Vec<Revision>> {
        let revisions = on!(self, |db| sqlx::query_as(
            "select number, parent, draft, members.first_name as made_by, made_at, publish_at
               from revisions
               left join members on members.id = revisions.member_id
              where programme_id = $1
           order by number desc
              limit $2",
        )
        .bind(programme_id)
        .bind(limit)
        .fetch_all(db)
        .await)?;
        Ok(revisions)
    }

    /// The newest revision that was made from another.
    pub async fn find_child(&self, programme_id: &str, number: i64) -> Result<Option<i64>> {
        let child = on!(self, |db| sqlx::query_scalar::<_, Option<i64>>(
            "select max(number) from revisions where programme_id = $1 and parent = $2",
        )
        .bind(programme_id)
        .bind(number)
        .fetch_one(db)
        .await)?;
        Ok(child)
    }

    /// Has screens show a revision from an instant on, in the place of whatever was to be published later; `false` when
    /// there is no such revision.
    pub async fn set_published(&self, programme_id: &str, number: i64, at: i64, now: i64) -> Result<bool> {
        on!(self, |db| {
            let mut work = db.begin().await?;
            sqlx::query("update revisions set publish_at = null where programme_id = $1 and publish_at > $2")
                .bind(programme_id)
                .bind(now)
                .execute(&mut *work)
                .await?;
            let set = sqlx::query("update revisions set publish_at = $3 where programme_id = $1 and number = $2")
                .bind(programme_id)
                .bind(number)
                .bind(at)
                .execute(&mut *work)
                .await?
                .rows_affected();
            if set == 1 {
                happened!(self, work);
            }
            work.commit().await?;
            Ok(set == 1)
        })
    }

    /// Takes back what is to be published after an instant; says whether there was anything.
    pub async fn withdraw_published(&self, programme_id: &str, now: i64) -> Result<bool> {
        let gone = on!(self, |db| sqlx::query(
            "update revisions set publish_at = null where programme_id = $1 and publish_at > $2"
        )
        .bind(programme_id)
        .bind(now)
        .execute(db)
        .await
        .map(|done| done.rows_affected()))?;
        Ok(gone > 0)
    }

    /// Lists which programmes are to change after an instant, and when first: by a revision or by the end of an alert.
    pub async fn list_programme_changes(&self, after: i64) -> Result<Vec<(String, i64)>> {
        let changes = on!(self, |db| sqlx::query_as(
            "select programme_id, min(at)
               from (select programme_id, publish_at as at from revisions where publish_at > $1
                      union all
                     select programmes.id as programme_id, alerts.until_at as at
                       from alerts
                       join programmes on programmes.stage_id = alerts.stage_id
                      where alerts.until_at > $1 and alerts.ended_at is null) changes
           group by programme_id
           order by programme_id",
        )
        .bind(after)
        .fetch_all(db)
        .await)?;
        Ok(changes)
    }

    /// Removes revisions that were never published and are older than the newest so many; says how many.
    pub async fn prune_revisions(&self, programme_id: &str, kept: i64) -> Result<u64> {
        let gone = on!(self, |db| sqlx::query(
            "delete from revisions
              where programme_id = $1 and publish_at is null
                and number <= (select max(number) from revisions where programme_id = $1) - $2
                and number <> (select revision from programmes where id = $1)",
        )
        .bind(programme_id)
        .bind(kept)
        .execute(db)
        .await
        .map(|done| done.rows_affected()))?;
        Ok(gone)
    }
}
