//! Sessions: who is logged in, and where.

use sqlx::FromRow;

use super::{Result, Store};

/// One log-in of a member. What it says of the browser is shown to the member only.
#[derive(Clone, PartialEq, Eq, FromRow)]
pub struct Session {
    /// Its id.
    pub id: String,
    /// Whose it is.
    pub member_id: String,
    /// SHA-256 of the cookie.
    pub token_hash: Vec<u8>,
    /// Address it was last used from.
    pub address: String,
    /// What the browser said of itself.
    pub user_agent: String,
    /// When it began, in milliseconds since 1970.
    pub created_at: i64,
    /// When it was last used, to the minute.
    pub seen_at: i64,
    /// When it ends, however often it is used.
    pub expires_at: i64,
}

/// A member and the session they are here with.
#[derive(Clone, FromRow)]
pub struct Visitor {
    /// The session.
    pub session_id: String,
    /// When the session was last used.
    pub seen_at: i64,
    /// The member.
    pub member_id: String,
    /// Their account.
    pub account_id: String,
    /// First name.
    pub first_name: String,
    /// Name of the account.
    pub institution: String,
    /// What the member may do.
    pub role: String,
    /// Whether the account is that of whoever runs this instance.
    pub operator: bool,
}

impl Store {
    /// Adds a session.
    pub async fn add_session(&self, session: &Session) -> Result<()> {
        on!(self, |db| sqlx::query(
            "insert into sessions (id, member_id, token_hash, address, user_agent, created_at, seen_at, expires_at)
                  values ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(&session.id)
        .bind(&session.member_id)
        .bind(&session.token_hash)
        .bind(&session.address)
        .bind(&session.user_agent)
        .bind(session.created_at)
        .bind(session.seen_at)
        .bind(session.expires_at)
        .execute(db)
        .await
        .map(|_| ()))?;
        Ok(())
    }

    /// Finds who holds a cookie: not expired, and used since `idle_since`.
    pub async fn find_visitor(&self, token_hash: &[u8], now: i64, idle_since: i64) -> Result<Option<Visitor>> {
        let visitor = on!(self, |db| sqlx::query_as(
            "select sessions.id as session_id, sessions.seen_at, members.id as member_id, members.account_id,
                    members.first_name, accounts.institution, members.role,
                    (exists (select 1 from operators where operators.account_id = members.account_id)) as operator
               from sessions
               join members on members.id = sessions.member_id
               join accounts on accounts.id = members.account_id
              where sessions.token_hash = $1 and sessions.expires_at > $2 and sessions.seen_at > $3",
        )
        .bind(token_hash)
        .bind(now)
        .bind(idle_since)
        .fetch_optional(db)
        .await)?;
        Ok(visitor)
    }

    /// Remembers when and from where a session was last used.
    pub async fn touch_session(&self, id: &str, address: &str, now: i64) -> Result<()> {
        on!(self, |db| sqlx::query("update sessions set seen_at = $3, address = $2 where id = $1")
            .bind(id)
            .bind(address)
            .bind(now)
            .execute(db)
            .await
            .map(|_| ()))?;
        Ok(())
    }

    /// Lists the sessions of a member that have not ended, last used first.
    pub async fn list_sessions(&self, member_id: &str, now: i64, idle_since: i64) -> Result<Vec<Session>> {
        let sessions = on!(self, |db| sqlx::query_as(
            "select id, member_id, token_hash, address, user_agent, created_at, seen_at, expires_at
               from sessions
              where member_id = $1 and expires_at > $2 and seen_at > $3
           order by seen_at desc, id desc",
        )
        .bind(member_id)
        .bind(now)
        .bind(idle_since)
        .fetch_all(db)
        .await)?;
        Ok(sessions)
    }

    /// Ends a session of a member; `false` when the member has no such session.
    pub async fn delete_session(&self, member_id: &str, id: &str) -> Result<bool> {
        let done = on!(self, |db| sqlx::query("delete from sessions where member_id = $1 and id = $2")
            .bind(member_id)
            .bind(id)
            .execute(db)
            .await
            .map(|done| done.rows_affected()))?;
        Ok(done > 0)
    }

    /// Ends all sessions of a member but one; says how many there were.
    pub async fn delete_other_sessions(&self, member_id: &str, but: &str) -> Result<u64> {
        let done = on!(self, |db| sqlx::query("delete from sessions where member_id = $1 and id <> $2")
            .bind(member_id)
            .bind(but)
            .execute(db)
            .await
            .map(|done| done.rows_affected()))?;
        Ok(done)
    }

    /// Removes what has ended by itself; says how much that was.
    pub async fn delete_ended_sessions(&self, now: i64, idle_since: i64) -> Result<u64> {
        let done = on!(self, |db| sqlx::query("delete from sessions where expires_at <= $1 or seen_at <= $2")
            .bind(now)
            .bind(idle_since)
            .execute(db)
            .await
            .map(|done| done.rows_affected()))?;
        Ok(done)
    }
}
