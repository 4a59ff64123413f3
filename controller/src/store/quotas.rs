//! What was asked of networks whose quota all accounts share, and until when they want to be left alone.

use super::{Result, Store};

impl Store {
    /// Counts what an account used of a grant that is granted anew at `ends_at`.
    pub async fn note_use(&self, network: &str, grant: &str, account_id: &str, ends_at: i64, used: i64) -> Result<()> {
        on!(self, |db| sqlx::query(
            "insert into network_uses (network, grant_name, account_id, ends_at, used)
                  values ($1, $2, $3, $4, $5)
             on conflict (network, grant_name, account_id)
               do update set used = case when network_uses.ends_at = excluded.ends_at then network_uses.used else 0 end
                                    + excluded.used,
                             ends_at = excluded.ends_at",
        )
        .bind(network)
        .bind(grant)
        .bind(account_id)
        .bind(ends_at)
        .bind(used)
        .execute(db)
        .await
        .map(|_| ()))?;
        Ok(())
    }

    /// Lists what accounts used of the grants of a network that are under way: grant, account, how many.
    pub async fn list_uses(&self, network: &str, now: i64) -> Result<Vec<(String, String, i64)>> {
        let uses = on!(self, |db| sqlx::query_as(
            "select grant_name, account_id, used
               from network_uses
              where network = $1 and ends_at > $2
           order by grant_name, account_id",
        )
        .bind(network)
        .bind(now)
        .fetch_all(db)
        .await)?;
        Ok(uses)
    }

    /// Forgets what was used of grants that are over; says how many.
    pub async fn delete_old_uses(&self, now: i64) -> Result<u64> {
        let gone = on!(self, |db| sqlx::query("delete from network_uses where ends_at <= $1")
            .bind(now)
            .execute(db)
            .await
            .map(|done| done.rows_affected()))?;
        Ok(gone)
    }

    /// Counts the sources of a network that are visited, by account.
    pub async fn count_visited(&self, network: &str) -> Result<Vec<(String, i64)>> {
        let counts = on!(self, |db| sqlx::query_as(
            "select stages.account_id, count(*)
               from sources
               join stages on stages.id = sources.stage_id
              where sources.network = $1 and sources.state <> 'stopped'
           group by stages.account_id
           order by stages.account_id",
        )
        .bind(network)
        .fetch_all(db)
        .await)?;
        Ok(counts)
    }

    /// Notes that a network wants no request before a time; the latest time it named counts.
    pub async fn rest_network(&self, network: &str, until: i64) -> Result<()> {
        on!(self, |db| sqlx::query(
            "insert into network_rests (network, rests_until)
                  values ($1, $2)
             on conflict (network)
               do update set rests_until = excluded.rests_until
                       where network_rests.rests_until < excluded.rests_until",
        )
        .bind(network)
        .bind(until)
        .execute(db)
        .await
        .map(|_| ()))?;
        Ok(())
    }

    /// Until when a network wants no request; `None` when it never said so.
    pub async fn find_network_rest(&self, network: &str) -> Result<Option<i64>> {
        let until = on!(self, |db| sqlx::query_scalar("select rests_until from network_rests where network = $1")
            .bind(network)
            .fetch_optional(db)
            .await)?;
        Ok(until)
    }
}
