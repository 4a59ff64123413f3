//! Programs elsewhere that are told of posts, and what they are told.

use sqlx::FromRow;

use super::{
    Result, Store,
    history::{happened, noted},
};

/// Somebody who is told.
#[derive(Clone, Debug, Default, PartialEq, Eq, FromRow)]
pub struct Webhook {
    /// Its id.
    pub id: String,
    /// Of whose posts it is told.
    pub stage_id: String,
    /// What it is for.
    pub name: String,
    /// Where to send to.
    pub address: String,
    /// `published`, `changed`, `withdrawn`: words between spaces.
    pub events: String,
    /// The secret, sealed with the master key.
    pub sealed: Vec<u8>,
    /// Entries of the journal up to this number are not told.
    pub since: i64,
    /// When it was made, in milliseconds since 1970.
    pub created_at: i64,
    /// Since when nothing is sent; 0 for not.
    pub paused_at: i64,
    /// Why: `failing`, `gone`; empty while it is not paused.
    pub pause: String,
}

/// Something that is told.
#[derive(Clone, Debug, Default, PartialEq, Eq, FromRow)]
pub struct WebhookDelivery {
    /// Its id; the same however often it is sent.
    pub id: String,
    /// To whom.
    pub webhook_id: String,
    /// Of which post.
    pub post_id: String,
    /// Of which entry of the journal.
    pub number: i64,
    /// `published`, `changed`, `withdrawn`.
    pub what: String,
    /// `waiting`, `done`, `dropped`.
    pub state: String,
    /// How often in a row it was sent in vain.
    pub failures: i64,
    /// When it is sent next.
    pub due_at: i64,
    /// Status code of the last answer; 0 for none.
    pub answer: i64,
    /// Translation key of why there was none; empty for nothing.
    pub trouble: String,
    /// When it came up.
    pub made_at: i64,
    /// When it was last sent; 0 for never.
    pub tried_at: i64,
}

macro_rules! webhook_columns {
    () => {
        "webhooks.id, webhooks.stage_id, webhooks.name, webhooks.address, webhooks.events, webhooks.sealed,
         webhooks.since, webhooks.created_at, webhooks.paused_at, webhooks.pause"
    };
}

macro_rules! delivery_columns {
    () => {
        "webhook_deliveries.id, webhook_deliveries.webhook_id, webhook_deliveries.post_id, webhook_deliveries.number,
         webhook_deliveries.what, webhook_deliveries.state, webhook_deliveries.failures, webhook_deliveries.due_at,
         webhook_deliveries.answer, webhook_deliveries.trouble, webhook_deliveries.made_at, webhook_deliveries.tried_at"
    };
}

impl Store {
    /// Adds somebody who is told of what comes after the newest entry of the stage's journal, which has begun.
    pub async fn add_webhook(&self, webhook: &Webhook) -> Result<()> {
        on!(self, |db| {
            let mut work = db.begin().await?;
            // Whoever notes something at this moment is waited for, or waits: no entry is left out.
            let since: i64 =
                sqlx::query_scalar("update journals set number = number where stage_id = $1 returning number")
                    .bind(&webhook.stage_id)
                    .fetch_one(&mut *work)
                    .await?;
            sqlx::query(
                "insert into webhooks (id, stage_id, name, address, events, sealed, since, created_at, paused_at, pause)
                      values ($1, $2, $3, $4, $5, $6, $7, $8, 0, '')",
            )
            .bind(&webhook.id)
            .bind(&webhook.stage_id)
            .bind(&webhook.name)
            .bind(&webhook.address)
            .bind(&webhook.events)
            .bind(&webhook.sealed)
            .bind(since)
            .bind(webhook.created_at)
            .execute(&mut *work)
            .await?;
            happened!(self, work);
            work.commit().await?;
        });
        Ok(())
    }

    /// Gives a webhook another name, address and choice; `false` when the stage has none such.
    pub async fn change_webhook(&self, webhook: &Webhook) -> Result<bool> {
        let done = noted!(
            self,
            sqlx::query("update webhooks set name = $3, address = $4, events = $5 where stage_id = $1 and id = $2")
                .bind(&webhook.stage_id)
                .bind(&webhook.id)
                .bind(&webhook.name)
                .bind(&webhook.address)
                .bind(&webhook.events)
        );
        Ok(done > 0)
    }

    /// Gives a webhook another secret; `false` when the stage has none such.
    pub async fn seal_webhook(&self, stage_id: &str, id: &str, sealed: &[u8]) -> Result<bool> {
        let done = noted!(
            self,
            sqlx::query("update webhooks set sealed = $3 where stage_id = $1 and id = $2")
                .bind(stage_id)
                .bind(id)
                .bind(sealed)
        );
        Ok(done > 0)
    }

    /// Lists the webhooks of a stage, those first that were made first.
    pub async fn list_webhooks(&self, stage_id: &str) -> Result<Vec<Webhook>> {
        let webhooks = on!(self, |db| sqlx::query_as(concat!(
            "select ",
            webhook_columns!(),
            " from webhooks where stage_id = $1 order by created_at, id"
        ))
        .bind(stage_id)
        .fetch_all(db)
        .await)?;
        Ok(webhooks)
    }

    /// Finds a webhook of a stage.
    pub async fn find_webhook(&self, stage_id: &str, id: &str) -> Result<Option<Webhook>> {
        let webhook = on!(self, |db| sqlx::query_as(concat!(
            "select ",
            webhook_columns!(),
            " from webhooks where stage_id = $1 and id = $2"
        ))
        .bind(stage_id)
        .bind(id)
        .fetch_optional(db)
        .await)?;
        Ok(webhook)
    }

    /// Finds a webhook by its id alone, for work that nobody asked for.
    pub async fn find_any_webhook(&self, id: &str) -> Result<Option<Webhook>> {
        let webhook =
            on!(self, |db| sqlx::query_as(concat!("select ", webhook_columns!(), " from webhooks where id = $1"))
                .bind(id)
                .fetch_optional(db)
                .await)?;
        Ok(webhook)
    }

    /// Removes a webhook and what it was to be told; `false` when the stage has none such.
    pub async fn delete_webhook(&self, stage_id: &str, id: &str) -> Result<bool> {
        let done =
            noted!(self, sqlx::query("delete from webhooks where stage_id = $1 and id = $2").bind(stage_id).bind(id));
        Ok(done > 0)
    }

    /// Lists the stages with a webhook.
    pub async fn list_stages_with_webhook(&self) -> Result<Vec<String>> {
        let stages = on!(self, |db| sqlx::query_scalar("select distinct stage_id from webhooks order by stage_id")
            .fetch_all(db)
            .await)?;
        Ok(stages)
    }

    /// Lists the last deliveries of a webhook, the newest first.
    pub async fn list_webhook_deliveries(&self, webhook_id: &str, limit: i64) -> Result<Vec<WebhookDelivery>> {
        let deliveries = on!(self, |db| sqlx::query_as(concat!(
            "select ",
            delivery_columns!(),
            " from webhook_deliveries where webhook_id = $1 order by number desc limit $2"
        ))
        .bind(webhook_id)
        .bind(limit)
        .fetch_all(db)
        .await)?;
        Ok(deliveries)
    }

    /// Claims deliveries that are due until an instant: of each webhook so many as leave it with two under way, and of each
    /// post the first that waits, so that nothing overtakes what came before it. Every webhook's first goes before anybody's
    /// second.
    pub async fn claim_webhook_deliveries(&self, now: i64, until: i64, limit: i64) -> Result<Vec<WebhookDelivery>> {
        let deliveries = on!(self, |db| {
            sqlx::query_as(concat!(
                "update webhook_deliveries
                    set claimed_until = $2
                  where state = 'waiting' and claimed_until <= $1
                    and id in (select due.id
                                 from (select ready.id, ready.webhook_id, ready.due_at, ready.number,
                                              row_number() over (partition by ready.webhook_id order by ready.number) as place
                                         from webhook_deliveries ready
                                         join webhooks on webhooks.id = ready.webhook_id
                                        where ready.state = 'waiting' and ready.due_at <= $1 and ready.claimed_until <= $1
                                          and webhooks.paused_at = 0
                                          and not exists (select 1 from webhook_deliveries earlier
                                                           where earlier.webhook_id = ready.webhook_id
                                                             and earlier.post_id = ready.post_id
                                                             and earlier.state = 'waiting'
                                                             and earlier.number < ready.number)) due
                                where due.place <= 2 - (select count(*)
                                                          from webhook_deliveries sent
                                                         where sent.webhook_id = due.webhook_id
                                                           and sent.state = 'waiting' and sent.claimed_until > $1)
                             order by due.place, due.due_at, due.number
                                limit $3)
              returning ",
                delivery_columns!()
            ))
            .bind(now)
            .bind(until)
            .bind(limit)
            .fetch_all(db)
            .await
        })?;
        Ok(deliveries)
    }

    /// Notes what became of a delivery: `done` or `dropped`, with the status code of the answer.
    pub async fn settle_webhook_delivery(&self, id: &str, state: &str, answer: i64, now: i64) -> Result<()> {
        on!(self, |db| sqlx::query(
            "update webhook_deliveries
                set state = $2, answer = $3, trouble = '', tried_at = $4, claimed_until = 0
              where id = $1",
        )
        .bind(id)
        .bind(state)
        .bind(answer)
        .bind(now)
        .execute(db)
        .await
        .map(|_| ()))?;
        Ok(())
    }

    /// Notes that a delivery was sent in vain, and when it is sent again.
    pub async fn fail_webhook_delivery(&self, failed: &WebhookDelivery) -> Result<()> {
        on!(self, |db| {
            sqlx::query(
            "update webhook_deliveries
                set failures = $2, answer = $4, trouble = $5, tried_at = $6, claimed_until = 0,
                    due_at = case when exists (select 1 from webhooks
                                                where webhooks.id = webhook_deliveries.webhook_id and webhooks.paused_at > 0)
                                  then 9223372036854775807 else cast($3 as bigint) end
              where id = $1 and state = 'waiting'",
        )
        .bind(&failed.id)
        .bind(failed.failures)
        .bind(failed.due_at)
        .bind(failed.answer)
        .bind(&failed.trouble)
        .bind(failed.tried_at)
        .execute(db)
        .await
        .map(|_| ())
        })?;
        Ok(())
    }

    /// Sends nothing to a webhook from now on; what it is to be told waits, and is due at the end of time: what is looked for
    /// all the time is not found among it.
    pub async fn pause_webhook(&self, id: &str, why: &str, now: i64) -> Result<()> {
        on!(self, |db| {
            let mut work = db.begin().await?;
            sqlx::query("update webhooks set paused_at = $2, pause = $3 where id = $1 and paused_at = 0")
                .bind(id)
                .bind(now)
                .bind(why)
                .execute(&mut *work)
                .await?;
            sqlx::query(
                "update webhook_deliveries set due_at = 9223372036854775807 where webhook_id = $1 and state = 'waiting'",
            )
            .bind(id)
            .execute(&mut *work)
            .await?;
            work.commit().await?;
        });
        Ok(())
    }

    /// Sends a webhook at once whatever waits for it, paused or not; `false` when the stage has none such.
    pub async fn resume_webhook(&self, stage_id: &str, id: &str, now: i64) -> Result<bool> {
        on!(self, |db| {
            let mut work = db.begin().await?;
            let done = sqlx::query("update webhooks set paused_at = 0, pause = '' where stage_id = $1 and id = $2")
                .bind(stage_id)
                .bind(id)
                .execute(&mut *work)
                .await?
                .rows_affected();
            if done == 0 {
                return Ok(false);
            }
            sqlx::query(
                "update webhook_deliveries set due_at = $2, failures = 0 where webhook_id = $1 and state = 'waiting'",
            )
            .bind(id)
            .bind(now)
            .execute(&mut *work)
            .await?;
            happened!(self, work);
            work.commit().await?;
            Ok(true)
        })
    }

    /// How many deliveries of a webhook wait.
    pub async fn count_waiting_deliveries(&self, webhook_id: &str) -> Result<i64> {
        let count = on!(self, |db| sqlx::query_scalar(
            "select count(*) from webhook_deliveries where webhook_id = $1 and state = 'waiting'",
        )
        .bind(webhook_id)
        .fetch_one(db)
        .await)?;
        Ok(count)
    }

    /// Forgets deliveries that are done since an instant, and what could not be sent since another one; says how many.
    pub async fn delete_old_webhook_deliveries(&self, done_before: i64, made_before: i64) -> Result<u64> {
        let gone = on!(self, |db| sqlx::query(
            "delete from webhook_deliveries where (state <> 'waiting' and tried_at < $1) or made_at < $2",
        )
        .bind(done_before)
        .bind(made_before)
        .execute(db)
        .await
        .map(|done| done.rows_affected()))?;
        Ok(gone)
    }
}
