//! Linked networks and feeds, how they are, and when they are visited next.

use sqlx::FromRow;

use super::history::noted;
use super::{Result, Store};

/// One linked profile or feed.
#[derive(Clone, Debug, Default, PartialEq, Eq, FromRow)]
pub struct Source {
    /// Its id.
    pub id: String,
    /// The stage its posts belong to.
    pub stage_id: String,
    /// Stable name of the network.
    pub network: String,
    /// Address or id at the network.
    pub address: String,
    /// What it calls itself.
    pub name: String,
    /// Whether new posts wait until somebody shows them.
    pub held: bool,
    /// What the network asked to remember; only it reads this.
    pub memory: String,
    /// `new`, `working`, `failing`, `stopped`.
    pub state: String,
    /// Translation key of what is wrong; empty if nothing is.
    pub problem: String,
    /// JSON object: what stands in that sentence.
    pub detail: String,
    /// Failures in a row.
    pub failures: i64,
    /// Last attempt, in milliseconds since 1970; 0 for never.
    pub fetched_at: i64,
    /// Last success; 0 for never.
    pub succeeded_at: i64,
    /// Next attempt.
    pub next_at: i64,
    /// Until when a controller works on it.
    pub claimed_until: i64,
    /// When it was linked.
    pub created_at: i64,
    /// Token or password, sealed with the master key.
    pub credential: Option<Vec<u8>>,
    /// Whether posts go when their page is gone.
    pub checks_links: bool,
    /// When their pages are looked at next.
    pub links_due_at: i64,
}

impl Store {
    /// Links a source; [`super::Error::Taken`] when the stage has it already.
    pub async fn add_source(&self, source: &Source) -> Result<()> {
        noted!(self, sqlx::query(
            "insert into sources (id, stage_id, network, address, name, held, memory, state, problem, detail, failures,
                                  fetched_at, succeeded_at, next_at, claimed_until, created_at, credential,
                                  checks_links, links_due_at)
                  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)",
        )
        .bind(&source.id)
        .bind(&source.stage_id)
        .bind(&source.network)
        .bind(&source.address)
        .bind(&source.name)
        .bind(source.held)
        .bind(&source.memory)
        .bind(&source.state)
        .bind(&source.problem)
        .bind(&source.detail)
        .bind(source.failures)
        .bind(source.fetched_at)
        .bind(source.succeeded_at)
        .bind(source.next_at)
        .bind(source.claimed_until)
        .bind(source.created_at)
        .bind(&source.credential)
        .bind(source.checks_links)
        .bind(source.links_due_at));
        Ok(())
    }

    /// Lists the sources of a stage, oldest first.
    pub async fn list_sources(&self, stage_id: &str) -> Result<Vec<Source>> {
        let sources = on!(self, |db| sqlx::query_as(
            "select id, stage_id, network, address, name, held, memory, state, problem, detail, failures,
                    fetched_at, succeeded_at, next_at, claimed_until, created_at, credential, checks_links, links_due_at
               from sources
              where stage_id = $1
           order by created_at, id",
        )
        .bind(stage_id)
        .fetch_all(db)
        .await)?;
        Ok(sources)
    }

    /// Finds a source of a stage.
    pub async fn find_source(&self, stage_id: &str, id: &str) -> Result<Option<Source>> {
        let source = on!(self, |db| sqlx::query_as(
            "select id, stage_id, network, address, name, held, memory, state, problem, detail, failures,
                    fetched_at, succeeded_at, next_at, claimed_until, created_at, credential, checks_links, links_due_at
               from sources
              where stage_id = $1 and id = $2",
        )
        .bind(stage_id)
        .bind(id)
        .fetch_optional(db)
        .await)?;
        Ok(source)
    }

    /// Makes a source due now, also one that was stopped; `false` when the stage has no such source.
    pub async fn visit_source_now(&self, stage_id: &str, id: &str, now: i64) -> Result<bool> {
        let done = on!(self, |db| sqlx::query(
            "update sources
                set next_at = $3
              where stage_id = $1 and id = $2",
        )
        .bind(stage_id)
        .bind(id)
        .bind(now)
        .execute(db)
        .await
        .map(|done| done.rows_affected()))?;
        Ok(done > 0)
    }

    /// Sets whether new posts wait; `false` when the stage has no such source.
    pub async fn hold_source(&self, stage_id: &str, id: &str, held: bool) -> Result<bool> {
        let done = noted!(
            self,
            sqlx::query("update sources set held = $3 where stage_id = $1 and id = $2")
                .bind(stage_id)
                .bind(id)
                .bind(held)
        );
        Ok(done > 0)
    }

    /// Sets whether the pages of its posts are looked at, from a time on; `false` when the stage has no such source.
    pub async fn check_source_links(&self, stage_id: &str, id: &str, checks: bool, from: i64) -> Result<bool> {
        let done = on!(self, |db| sqlx::query(
            "update sources
                set checks_links = $3, links_due_at = $4
              where stage_id = $1 and id = $2",
        )
        .bind(stage_id)
        .bind(id)
        .bind(checks)
        .bind(from)
        .execute(db)
        .await
        .map(|done| done.rows_affected()))?;
        Ok(done > 0)
    }

    /// Claims a source whose posts' pages are to be looked at now, and says when next.
    pub async fn claim_source_links(&self, now: i64, next: i64) -> Result<Option<Source>> {
        let source = on!(self, |db| {
            sqlx::query_as(
            "update sources
                set links_due_at = $2
              where id = (select id from sources
                           where checks_links and links_due_at <= $1
                        order by links_due_at, id limit 1)
                and links_due_at <= $1
          returning id, stage_id, network, address, name, held, memory, state, problem, detail, failures,
                    fetched_at, succeeded_at, next_at, claimed_until, created_at, credential, checks_links, links_due_at",
        )
        .bind(now)
        .bind(next)
        .fetch_optional(db)
        .await
        })?;
        Ok(source)
    }

    /// Removes a source with all its posts; `false` when the stage has no such source.
    pub async fn delete_source(&self, stage_id: &str, id: &str) -> Result<bool> {
        let done =
            noted!(self, sqlx::query("delete from sources where stage_id = $1 and id = $2").bind(stage_id).bind(id));
        Ok(done > 0)
    }

    /// How many sources of this instance follow an address.
    pub async fn count_subscribers(&self, network: &str, address: &str) -> Result<i64> {
        let count =
            on!(self, |db| sqlx::query_scalar("select count(*) from sources where network = $1 and address = $2",)
                .bind(network)
                .bind(address)
                .fetch_one(db)
                .await)?;
        Ok(count)
    }

    /// Networks and addresses that several stages have linked, and how many.
    pub async fn list_followed_often(&self) -> Result<Vec<(String, String, i64)>> {
        let several = on!(self, |db| sqlx::query_as(
            "select network, address, count(*) from sources group by network, address having count(*) > 1",
        )
        .fetch_all(db)
        .await)?;
        Ok(several)
    }
}
