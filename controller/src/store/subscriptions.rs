//! Subscriptions to hubs that tell of a source's news.

use sqlx::FromRow;

use super::{Result, Store};

/// A subscription, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Subscription {
    /// Which source.
    pub source_id: String,
    /// Who tells of its news.
    pub hub: String,
    /// What the hub calls it.
    pub topic: String,
    /// Last part of our address.
    pub token: String,
    /// The secret that the hub signs with, sealed.
    pub sealed: Vec<u8>,
    /// The last good delivery; 0 for never.
    pub rang_at: i64,
    /// Until when the hub tells us; 0 for not.
    pub lease_until: i64,
    /// When the hub is asked, for the first time or again.
    pub due_at: i64,
    /// Times that it was asked in vain, in a row.
    pub failures: i64,
    /// Whether it tells us in fact: news came, and none without.
    pub trusted: bool,
    /// Whether it once signed with something better than SHA-1.
    pub strong: bool,
}

impl Store {
    /// Notes that a hub is to be asked to tell of a source's news, at an address with a secret.
    pub async fn add_subscription(
        &self,
        subject: (&str, &str, &str),
        token: &str,
        sealed: &[u8],
        now: i64,
    ) -> Result<()> {
        let (source_id, hub, topic) = subject;
        on!(self, |db| {
            let mut work = db.begin().await?;
            sqlx::query("insert into hooks (source_id, token, sealed, made_at, rang_at) values ($1, $2, $3, $4, 0)")
                .bind(source_id)
                .bind(token)
                .bind(sealed)
                .bind(now)
                .execute(&mut *work)
                .await?;
            sqlx::query(
                "insert into subscriptions (source_id, hub, topic, asked_until, lease_until, due_at, failures, trusted,
                                            strong)
                      values ($1, $2, $3, 0, 0, $4, 0, false, false)",
            )
            .bind(source_id)
            .bind(hub)
            .bind(topic)
            .bind(now)
            .execute(&mut *work)
            .await?;
            work.commit().await?;
        });
        Ok(())
    }

    /// Finds the subscription of a source.
    pub async fn find_subscription(&self, source_id: &str) -> Result<Option<Subscription>> {
        let row = on!(self, |db| {
            sqlx::query_as(
            "select hooks.source_id, hub, topic, token, sealed, rang_at, lease_until, due_at, failures, trusted, strong
               from subscriptions
               join hooks on hooks.source_id = subscriptions.source_id
              where hooks.source_id = $1",
        )
        .bind(source_id)
        .fetch_optional(db)
        .await
        })?;
        Ok(row)
    }

    /// The subscriptions that these sources have.
    pub async fn list_subscriptions(&self, source_ids: &[&str]) -> Result<Vec<Subscription>> {
        if source_ids.is_empty() {
            return Ok(Vec::new());
        }
        let rows = on!(self, |db| {
            let mut query = sqlx::QueryBuilder::new(
                "select hooks.source_id, hub, topic, token, sealed, rang_at, lease_until, due_at, failures, trusted, strong
                   from subscriptions
                   join hooks on hooks.source_id = subscriptions.source_id
                  where hooks.source_id in (",
            );
            among!(query, source_ids.iter().copied());
            query.build_query_as().fetch_all(db).await
        })?;
        Ok(rows)
    }

    /// Lists the sources of a stage of whose news we are told, at a time.
    pub async fn list_subscribed(&self, stage_id: &str, now: i64) -> Result<Vec<String>> {
        let ids = on!(self, |db| sqlx::query_scalar(
            "select subscriptions.source_id
               from subscriptions
               join sources on sources.id = subscriptions.source_id
              where sources.stage_id = $1 and lease_until > $2",
        )
        .bind(stage_id)
        .bind(now)
        .fetch_all(db)
        .await)?;
        Ok(ids)
    }

    /// Claims up to `limit` sources whose hub is to be asked now, stopped ones aside: they are due again at `again`, and until `answered`
    /// the hub may ask whether we meant it.
    pub async fn claim_subscriptions(&self, now: i64, again: i64, answered: i64, limit: i64) -> Result<Vec<String>> {
        let ids = on!(self, |db| sqlx::query_scalar(
            "update subscriptions
                set due_at = $2, asked_until = $3
              where source_id in (select source_id from subscriptions
                                   where due_at <= $1
                                     and exists (select 1 from sources
                                                  where sources.id = subscriptions.source_id and state <> 'stopped')
                                order by due_at limit $4)
                and due_at <= $1
          returning source_id",
        )
        .bind(now)
        .bind(again)
        .bind(answered)
        .bind(limit)
        .fetch_all(db)
        .await)?;
        Ok(ids)
    }

    /// Says when a hub is asked again that was asked and has not yet asked back.
    pub async fn postpone_subscription(&self, source_id: &str, due_at: i64) -> Result<()> {
        on!(self, |db| sqlx::query(
            "update subscriptions
                set due_at = $2, failures = failures + 1
              where source_id = $1 and asked_until > 0",
        )
        .bind(source_id)
        .bind(due_at)
        .execute(db)
        .await
        .map(|_| ()))?;
        Ok(())
    }

    /// Notes that a hub asked back and tells us from now on; `false` when we have not asked it for that.
    pub async fn confirm_subscription(
        &self,
        token: &str,
        topic: &str,
        now: i64,
        lease_until: i64,
        due_at: i64,
    ) -> Result<bool> {
        let done = on!(self, |db| sqlx::query(
            "update subscriptions
                set asked_until = 0, lease_until = $4, due_at = $5, failures = 0
              where source_id = (select source_id from hooks where token = $1) and topic = $2 and asked_until > $3",
        )
        .bind(token)
        .bind(topic)
        .bind(now)
        .bind(lease_until)
        .bind(due_at)
        .execute(db)
        .await
        .map(|done| done.rows_affected()))?;
        Ok(done > 0)
    }

    /// Notes that a hub does not tell us, or no longer; it is asked again at `due_at`.
    pub async fn deny_subscription(&self, token: &str, topic: &str, due_at: i64) -> Result<bool> {
        let done = on!(self, |db| sqlx::query(
            "update subscriptions
                set asked_until = 0, lease_until = 0, due_at = $3, failures = failures + 1, trusted = false
              where source_id = (select source_id from hooks where token = $1) and topic = $2",
        )
        .bind(token)
        .bind(topic)
        .bind(due_at)
        .execute(db)
        .await
        .map(|done| done.rows_affected()))?;
        Ok(done > 0)
    }

    /// Notes a good delivery of a hub, and makes its source due, all or nothing.
    pub async fn hear_subscription(&self, source_id: &str, strong: bool, now: i64, due_at: i64) -> Result<()> {
        on!(self, |db| {
            let mut work = db.begin().await?;
            sqlx::query("update subscriptions set trusted = true, strong = strong or $2 where source_id = $1")
                .bind(source_id)
                .bind(strong)
                .execute(&mut *work)
                .await?;
            sqlx::query("update hooks set rang_at = $2 where source_id = $1")
                .bind(source_id)
                .bind(now)
                .execute(&mut *work)
                .await?;
            sqlx::query(super::hooks::RING).bind(source_id).bind(due_at).execute(&mut *work).await?;
            work.commit().await?;
        });
        Ok(())
    }

    /// Notes that there was news of which the hub said nothing.
    pub async fn doubt_subscription(&self, source_id: &str) -> Result<()> {
        on!(self, |db| sqlx::query("update subscriptions set trusted = false where source_id = $1")
            .bind(source_id)
            .execute(db)
            .await
            .map(|_| ()))?;
        Ok(())
    }

    /// Forgets the subscription of a source and its address.
    pub async fn delete_subscription(&self, source_id: &str) -> Result<()> {
        on!(self, |db| {
            let mut work = db.begin().await?;
            for statement in
                ["delete from subscriptions where source_id = $1", "delete from hooks where source_id = $1"]
            {
                sqlx::query(statement).bind(source_id).execute(&mut *work).await?;
            }
            work.commit().await?;
        });
        Ok(())
    }
}
