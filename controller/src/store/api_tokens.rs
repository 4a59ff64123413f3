//! Tokens with which programs of members use the API.

use sqlx::FromRow;

use super::{Result, Store};

/// A token; the token itself is stored nowhere.
#[derive(Clone, Debug, Default, PartialEq, Eq, FromRow)]
pub struct ApiToken {
    /// Its id.
    pub id: String,
    /// Whose rights it has at most.
    pub member_id: String,
    /// What it is for.
    pub name: String,
    /// SHA-256 of the token.
    pub token_hash: Vec<u8>,
    /// The last letters of the token.
    pub hint: String,
    /// What it may do: words between spaces.
    pub scopes: String,
    /// When it was made, in milliseconds since 1970.
    pub created_at: i64,
    /// When it ends; `None` for never.
    pub expires_at: Option<i64>,
    /// Days since 1970 of the last use; 0 for none.
    pub used_day: i64,
}

/// A token and whoever made it.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct HeldToken {
    /// The token.
    #[sqlx(flatten)]
    pub token: ApiToken,
    /// The account of that member.
    pub account_id: String,
    /// What that member may do.
    pub role: String,
    /// First and last name of that member.
    pub member_name: String,
}

/// All columns of [`HeldToken`]; the caller goes on with `where …`.
macro_rules! held {
    ($rest:literal) => {
        concat!(
            "select api_tokens.id, api_tokens.member_id, api_tokens.name, api_tokens.token_hash, api_tokens.hint,
                    api_tokens.scopes, api_tokens.created_at, api_tokens.expires_at, api_tokens.used_day,
                    members.account_id, members.role, members.first_name || ' ' || members.last_name as member_name
               from api_tokens
               join members on members.id = api_tokens.member_id ",
            $rest
        )
    };
}

impl Store {
    /// Adds a token.
    pub async fn add_api_token(&self, token: &ApiToken) -> Result<()> {
        on!(self, |db| sqlx::query(
            "insert into api_tokens (id, member_id, name, token_hash, hint, scopes, created_at, expires_at, used_day)
                  values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        )
        .bind(&token.id)
        .bind(&token.member_id)
        .bind(&token.name)
        .bind(&token.token_hash)
        .bind(&token.hint)
        .bind(&token.scopes)
        .bind(token.created_at)
        .bind(token.expires_at)
        .bind(token.used_day)
        .execute(db)
        .await
        .map(|_| ()))?;
        Ok(())
    }

    /// Finds a token that has not ended, with whoever made it as they are now.
    pub async fn find_api_token(&self, token_hash: &[u8], now: i64) -> Result<Option<HeldToken>> {
        let held = on!(self, |db| sqlx::query_as(held!(
            "where api_tokens.token_hash = $1 and (api_tokens.expires_at is null or api_tokens.expires_at > $2)"
        ))
        .bind(token_hash)
        .bind(now)
        .fetch_optional(db)
        .await)?;
        Ok(held)
    }

    /// Lists the tokens of an account, or of one of its members, those first that were made last.
    pub async fn list_api_tokens(&self, account_id: &str, member_id: Option<&str>) -> Result<Vec<HeldToken>> {
        let held = on!(self, |db| sqlx::query_as(held!(
            "where members.account_id = $1 and ($2 = '' or members.id = $2)
          order by api_tokens.created_at desc, api_tokens.id desc"
        ))
        .bind(account_id)
        .bind(member_id.unwrap_or_default())
        .fetch_all(db)
        .await)?;
        Ok(held)
    }

    /// Remembers the day on which a token was last used.
    pub async fn touch_api_token(&self, id: &str, day: i64) -> Result<()> {
        on!(self, |db| sqlx::query("update api_tokens set used_day = $2 where id = $1 and used_day < $2")
            .bind(id)
            .bind(day)
            .execute(db)
            .await
            .map(|_| ()))?;
        Ok(())
    }

    /// Ends a token of an account, or of one of its members; `false` when there is none such.
    pub async fn delete_api_token(&self, account_id: &str, member_id: Option<&str>, id: &str) -> Result<bool> {
        let done = on!(self, |db| sqlx::query(
            "delete from api_tokens
              where id = $3
                and member_id in (select id from members where account_id = $1 and ($2 = '' or id = $2))",
        )
        .bind(account_id)
        .bind(member_id.unwrap_or_default())
        .bind(id)
        .execute(db)
        .await
        .map(|done| done.rows_affected()))?;
        Ok(done > 0)
    }

    /// Removes tokens that ended before an instant; says how many.
    pub async fn delete_ended_api_tokens(&self, before: i64) -> Result<u64> {
        let gone = on!(self, |db| sqlx::query("delete from api_tokens where expires_at < $1")
            .bind(before)
            .execute(db)
            .await
            .map(|done| done.rows_affected()))?;
        Ok(gone)
    }
}
