//! Alerts: what interrupts all programmes of a stage.

use sqlx::FromRow;

use super::{Result, Store, history::noted};

/// Something everybody has to know now.
#[derive(Clone, Debug, Default, FromRow, PartialEq, Eq)]
pub struct Alert {
    /// Id.
    pub id: String,
    /// The stage whose screens show it.
    pub stage_id: String,
    /// When it begins.
    pub from_at: i64,
    /// When it ends by itself; `None` for never.
    pub until_at: Option<i64>,
    /// `full` or `band`.
    pub shape: String,
    /// JSON list: screens with any of these tags show it; empty for all.
    pub tags: String,
    /// JSON: the announcement.
    pub content: String,
    /// When it was made.
    pub created_at: i64,
    /// When somebody ended it.
    pub ended_at: Option<i64>,
}

impl Store {
    /// Adds an alert.
    pub async fn add_alert(&self, alert: &Alert) -> Result<()> {
        noted!(
            self,
            sqlx::query(
                "insert into alerts (id, stage_id, from_at, until_at, shape, tags, content, created_at, ended_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            )
            .bind(&alert.id)
            .bind(&alert.stage_id)
            .bind(alert.from_at)
            .bind(alert.until_at)
            .bind(&alert.shape)
            .bind(&alert.tags)
            .bind(&alert.content)
            .bind(alert.created_at)
            .bind(alert.ended_at)
        );
        Ok(())
    }

    /// Lists the alerts of a stage that have not ended at an instant, newest first.
    pub async fn list_alerts(&self, stage_id: &str, now: i64) -> Result<Vec<Alert>> {
        let alerts = on!(self, |db| sqlx::query_as(
            "select id, stage_id, from_at, until_at, shape, tags, content, created_at, ended_at
               from alerts
              where stage_id = $1 and ended_at is null and (until_at is null or until_at > $2)
           order by from_at desc, id desc",
        )
        .bind(stage_id)
        .bind(now)
        .fetch_all(db)
        .await)?;
        Ok(alerts)
    }

    /// Finds an alert of a stage, ended or not.
    pub async fn find_alert(&self, stage_id: &str, id: &str) -> Result<Option<Alert>> {
        let alert = on!(self, |db| sqlx::query_as(
            "select id, stage_id, from_at, until_at, shape, tags, content, created_at, ended_at
               from alerts
              where stage_id = $1 and id = $2",
        )
        .bind(stage_id)
        .bind(id)
        .fetch_optional(db)
        .await)?;
        Ok(alert)
    }

    /// Ends an alert; `false` when the stage has no such alert or it has ended.
    pub async fn end_alert(&self, stage_id: &str, id: &str, now: i64) -> Result<bool> {
        let ended = noted!(
            self,
            sqlx::query(
                "update alerts
                set ended_at = $3
              where stage_id = $1 and id = $2 and ended_at is null and (until_at is null or until_at > $3)",
            )
            .bind(stage_id)
            .bind(id)
            .bind(now)
        );
        Ok(ended == 1)
    }

    /// Lists alerts that ended by themselves after an instant and until another: id, stage, account, when.
    pub async fn list_ended_alerts(&self, after: i64, until: i64) -> Result<Vec<(String, String, String, i64)>> {
        let ended = on!(self, |db| sqlx::query_as(
            "select alerts.id, alerts.stage_id, stages.account_id, alerts.until_at
               from alerts
               join stages on stages.id = alerts.stage_id
              where alerts.ended_at is null and alerts.until_at > $1 and alerts.until_at <= $2
           order by alerts.until_at, alerts.id",
        )
        .bind(after)
        .bind(until)
        .fetch_all(db)
        .await)?;
        Ok(ended)
    }

    /// Removes alerts that ended before an instant; says how many.
    pub async fn delete_alerts_ended_before(&self, before: i64) -> Result<u64> {
        let gone = on!(self, |db| sqlx::query("delete from alerts where coalesce(ended_at, until_at) < $1")
            .bind(before)
            .execute(db)
            .await
            .map(|done| done.rows_affected()))?;
        Ok(gone)
    }
}
