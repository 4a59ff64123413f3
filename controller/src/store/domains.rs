//! Domains of their own under which newsrooms are found.

use sqlx::FromRow;

use super::{Result, Store, history::noted};

/// The domain that a stage wants to be found under.
#[derive(Clone, Debug, Default, PartialEq, Eq, FromRow)]
pub struct Domain {
    /// Whose it is.
    pub stage_id: String,
    /// Its name, in ASCII and small letters.
    pub host: String,
    /// What its TXT record is to say.
    pub proof: String,
    /// `waiting`, `proven` or `lost`.
    pub state: String,
    /// When it was entered.
    pub added_at: i64,
    /// Since when it is proven; 0 for not.
    pub proven_at: i64,
    /// Since when the record of a proven one is missing; 0 for not.
    pub failed_since: i64,
    /// When it was looked up; 0 for never.
    pub checked_at: i64,
    /// When it is looked up again.
    pub due_at: i64,
    /// What is wrong: `missing`, `other`, `unanswered`, `taken`; empty for nothing.
    pub trouble: String,
    /// What stood in its place.
    pub found: String,
    /// Whether the name leads to an address.
    pub resolves: bool,
}

impl Domain {
    /// Whether the newsroom is found under it.
    pub fn is_active(&self) -> bool {
        self.state == "proven"
    }
}

/// A domain under which a newsroom is found.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct ActiveDomain {
    /// Its name.
    pub host: String,
    /// Whose it is.
    pub stage_id: String,
    /// The handle of that stage.
    pub handle: String,
}

impl Store {
    /// Finds the domain of a stage.
    pub async fn find_domain(&self, stage_id: &str) -> Result<Option<Domain>> {
        let domain = on!(self, |db| sqlx::query_as(
            "select stage_id, host, proof, state, added_at, proven_at, failed_since, checked_at, due_at, trouble,
                    found, resolves
               from domains
              where stage_id = $1",
        )
        .bind(stage_id)
        .fetch_optional(db)
        .await)?;
        Ok(domain)
    }

    /// Finds the domain of this name that is proven, whosever it is.
    pub async fn find_proven_domain(&self, host: &str) -> Result<Option<Domain>> {
        let domain = on!(self, |db| sqlx::query_as(
            "select stage_id, host, proof, state, added_at, proven_at, failed_since, checked_at, due_at, trouble,
                    found, resolves
               from domains
              where host = $1 and state = 'proven'",
        )
        .bind(host)
        .fetch_optional(db)
        .await)?;
        Ok(domain)
    }

    /// Lists every domain under which a newsroom is found.
    pub async fn list_active_domains(&self) -> Result<Vec<ActiveDomain>> {
        let domains = on!(self, |db| sqlx::query_as(
            "select domains.host, domains.stage_id, stages.handle
               from domains
               join stages on stages.id = domains.stage_id
              where domains.state = 'proven'",
        )
        .fetch_all(db)
        .await)?;
        Ok(domains)
    }

    /// Adds the domain of a stage; `Taken` when it has one.
    pub async fn add_domain(&self, domain: &Domain) -> Result<()> {
        noted!(
            self,
            sqlx::query(
                "insert into domains (stage_id, host, proof, state, added_at, proven_at, failed_since, checked_at,
                                      due_at, trouble, found, resolves)
                      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
            )
            .bind(&domain.stage_id)
            .bind(&domain.host)
            .bind(&domain.proof)
            .bind(&domain.state)
            .bind(domain.added_at)
            .bind(domain.proven_at)
            .bind(domain.failed_since)
            .bind(domain.checked_at)
            .bind(domain.due_at)
            .bind(&domain.trouble)
            .bind(&domain.found)
            .bind(domain.resolves)
        );
        Ok(())
    }

    /// Keeps what a look came to, if the state is still `before`; `Taken` when another stage has proven the same name.
    pub async fn keep_domain_check(&self, domain: &Domain, before: &str) -> Result<bool> {
        let kept = noted!(
            self,
            sqlx::query(
                "update domains
                    set state = $4, proven_at = $5, failed_since = $6, checked_at = $7, due_at = $8, trouble = $9,
                        found = $10, resolves = $11
                  where stage_id = $1 and proof = $2 and state = $3",
            )
            .bind(&domain.stage_id)
            .bind(&domain.proof)
            .bind(before)
            .bind(&domain.state)
            .bind(domain.proven_at)
            .bind(domain.failed_since)
            .bind(domain.checked_at)
            .bind(domain.due_at)
            .bind(&domain.trouble)
            .bind(&domain.found)
            .bind(domain.resolves)
        );
        Ok(kept > 0)
    }

    /// Takes the domain that is to be looked up first, if one is due, and keeps others from it until an instant.
    pub async fn claim_domain(&self, now: i64, until: i64) -> Result<Option<Domain>> {
        let domain = on!(self, |db| sqlx::query_as(
            "update domains
                set due_at = $2
              where stage_id = (select stage_id from domains where due_at <= $1 order by due_at, stage_id limit 1)
                and due_at <= $1
          returning stage_id, host, proof, state, added_at, proven_at, failed_since, checked_at, due_at, trouble,
                    found, resolves",
        )
        .bind(now)
        .bind(until)
        .fetch_optional(db)
        .await)?;
        Ok(domain)
    }

    /// Removes the domain of a stage; `false` when it has none.
    pub async fn delete_domain(&self, stage_id: &str) -> Result<bool> {
        let gone = noted!(self, sqlx::query("delete from domains where stage_id = $1").bind(stage_id));
        Ok(gone > 0)
    }
}
