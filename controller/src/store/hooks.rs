//! Addresses of ours at which sources are fed, and what was sent there.

use sqlx::FromRow;

use super::{Result, Store};

/// The address of a source, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Hook {
    /// Which source.
    pub source_id: String,
    /// Last part of the address.
    pub token: String,
    /// When the secret was made.
    pub made_at: i64,
    /// The last good delivery; 0 for never.
    pub rang_at: i64,
}

/// A source that something was sent to.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct HookHome {
    /// Which source.
    pub source_id: String,
    /// Its stage.
    pub stage_id: String,
    /// Its network.
    pub network: String,
    /// The secret, sealed.
    pub sealed: Vec<u8>,
    /// When it was visited last; 0 for never.
    pub fetched_at: i64,
}

/// Something that was sent and was not taken yet.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Delivery {
    /// Hash of the name that its sender gave it.
    pub message: String,
    /// Hash of the id of the post that it is about; empty where nobody noted it.
    pub subject: String,
    /// The order in which they came.
    pub number: i64,
    /// How often it could not be stored.
    pub failures: i64,
    /// Its words.
    pub body: String,
}

impl Store {
    /// Keeps the secret of a source, and the address when it has none yet.
    pub async fn put_hook(&self, source_id: &str, token: &str, sealed: &[u8], now: i64) -> Result<()> {
        on!(self, |db| sqlx::query(
            "insert into hooks (source_id, token, sealed, made_at, rang_at)
                  values ($1, $2, $3, $4, 0)
             on conflict (source_id)
               do update set sealed = excluded.sealed, made_at = excluded.made_at",
        )
        .bind(source_id)
        .bind(token)
        .bind(sealed)
        .bind(now)
        .execute(db)
        .await
        .map(|_| ()))?;
        Ok(())
    }

    /// Lists the addresses of a stage's sources.
    pub async fn list_hooks(&self, stage_id: &str) -> Result<Vec<Hook>> {
        let hooks = on!(self, |db| sqlx::query_as(
            "select hooks.source_id, hooks.token, hooks.made_at, hooks.rang_at
               from hooks
               join sources on sources.id = hooks.source_id
              where sources.stage_id = $1
           order by hooks.source_id",
        )
        .bind(stage_id)
        .fetch_all(db)
        .await)?;
        Ok(hooks)
    }

    /// Finds the source of an address.
    pub async fn find_hook_home(&self, token: &str) -> Result<Option<HookHome>> {
        let home = on!(self, |db| sqlx::query_as(
            "select hooks.source_id, sources.stage_id, sources.network, hooks.sealed, sources.fetched_at
               from hooks
               join sources on sources.id = hooks.source_id
              where hooks.token = $1",
        )
        .bind(token)
        .fetch_optional(db)
        .await)?;
        Ok(home)
    }

    /// Keeps what was sent and makes its source due, all or nothing; `false` when it was sent before.
    pub async fn add_delivery(
        &self,
        source_id: &str,
        (message, subject): (&str, &str),
        body: &str,
        now: i64,
    ) -> Result<bool> {
        on!(self, |db| {
            let mut work = db.begin().await?;
            let added = sqlx::query(
                "insert into deliveries (source_id, message, number, body, arrived_at, subject, failures)
                 select $1, $2, coalesce(max(number), 0) + 1, $3, $4, $5, 0
                   from deliveries
                  where source_id = $1
            on conflict (source_id, message) do nothing",
            )
            .bind(source_id)
            .bind(message)
            .bind(body)
            .bind(now)
            .bind(subject)
            .execute(&mut *work)
            .await?
            .rows_affected();
            if added == 0 {
                return Ok(false);
            }
            sqlx::query("update hooks set rang_at = $2 where source_id = $1")
                .bind(source_id)
                .bind(now)
                .execute(&mut *work)
                .await?;
            sqlx::query(RING).bind(source_id).bind(now).execute(&mut *work).await?;
            work.commit().await?;
            Ok(true)
        })
    }

    /// Makes a source due at a time.
    pub async fn ring_source(&self, source_id: &str, at: i64) -> Result<()> {
        on!(self, |db| sqlx::query(RING).bind(source_id).bind(at).execute(db).await.map(|_| ()))?;
        Ok(())
    }

    /// Lists what was sent to a source and was not taken yet, in the order in which it came; what failed before only where
    /// there is room for it.
    pub async fn list_deliveries(&self, source_id: &str, limit: i64) -> Result<Vec<Delivery>> {
        let mut deliveries: Vec<Delivery> = on!(self, |db| sqlx::query_as(
            "select message, subject, number, failures, body
               from deliveries
              where source_id = $1 and body <> ''
           order by failures, number, message
              limit $2",
        )
        .bind(source_id)
        .bind(limit)
        .fetch_all(db)
        .await)?;
        deliveries.sort_by(|a, b| (a.number, &a.message).cmp(&(b.number, &b.message)));
        Ok(deliveries)
    }

    /// How much was sent to a source and was not taken yet.
    pub async fn count_deliveries(&self, source_id: &str) -> Result<i64> {
        let count =
            on!(self, |db| sqlx::query_scalar("select count(*) from deliveries where source_id = $1 and body <> ''",)
                .bind(source_id)
                .fetch_one(db)
                .await)?;
        Ok(count)
    }

    /// Forgets the words of what was taken, and of what was said before about the same posts.
    pub async fn settle_deliveries(&self, source_id: &str, messages: &[String]) -> Result<()> {
        if messages.is_empty() {
            return Ok(());
        }
        on!(self, |db| {
            let mut work = db.begin().await?;
            let mut query = sqlx::QueryBuilder::new("update deliveries set body = '' where source_id = ");
            query.push_bind(source_id).push(" and message in (");
            among!(query, messages);
            query.build().execute(&mut *work).await?;
            sqlx::query(
                "update deliveries
                    set body = ''
                  where source_id = $1 and body <> '' and subject <> ''
                    and exists (select 1
                                  from deliveries as later
                                 where later.source_id = deliveries.source_id
                                   and later.subject = deliveries.subject
                                   and later.number > deliveries.number and later.body = '')",
            )
            .bind(source_id)
            .execute(&mut *work)
            .await?;
            work.commit().await?;
            Ok(())
        })
    }

    /// Notes that these could not be stored.
    pub async fn fail_deliveries(&self, source_id: &str, messages: &[String]) -> Result<()> {
        if messages.is_empty() {
            return Ok(());
        }
        on!(self, |db| {
            let mut query = sqlx::QueryBuilder::new("update deliveries set failures = failures + 1 where source_id = ");
            query.push_bind(source_id).push(" and message in (");
            among!(query, messages);
            query.build().execute(db).await.map(|_| ())
        })?;
        Ok(())
    }

    /// Removes what came before a time and was taken, and what nobody could take for longer; says how many.
    pub async fn delete_old_deliveries(&self, taken_before: i64, any_before: i64) -> Result<u64> {
        let gone = on!(self, |db| sqlx::query(
            "delete from deliveries where arrived_at < $1 and (body = '' or arrived_at < $2)",
        )
        .bind(taken_before)
        .bind(any_before)
        .execute(db)
        .await
        .map(|done| done.rows_affected()))?;
        Ok(gone)
    }
}

/// Always another time than before, and never later: whoever visits just now must see that somebody has rung.
pub(super) const RING: &str = "update sources
                       set next_at = case when next_at <= $2 and next_at > $2 - 1000 then next_at - 1 else $2 end
                     where id = $1 and state <> 'stopped'";
