//! Members: the people of an account.

use sqlx::FromRow;

use super::{Result, Store};

/// Somebody who can log in.
#[derive(Clone, PartialEq, Eq, FromRow)]
pub struct Member {
    /// Their id.
    pub id: String,
    /// The account they belong to.
    pub account_id: String,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// Mail address in lower case; nobody else has it.
    pub mail: String,
    /// Hash of the password, argon2id as a PHC string.
    pub password: String,
    /// What they may do: `owner`, `editor`, `moderator`, `viewer`.
    pub role: String,
    /// Language of mail to them.
    pub language: String,
    /// When they were added, in milliseconds since 1970.
    pub created_at: i64,
}

impl Store {
    /// Finds whoever logs in with a mail address (in lower case).
    pub async fn find_member_by_mail(&self, mail: &str) -> Result<Option<Member>> {
        let member = on!(self, |db| sqlx::query_as(
            "select id, account_id, first_name, last_name, mail, password, role, language, created_at
               from members
              where mail = $1",
        )
        .bind(mail)
        .fetch_optional(db)
        .await)?;
        Ok(member)
    }

    /// Finds a member of an account.
    pub async fn find_member(&self, account_id: &str, id: &str) -> Result<Option<Member>> {
        let member = on!(self, |db| sqlx::query_as(
            "select id, account_id, first_name, last_name, mail, password, role, language, created_at
               from members
              where account_id = $1 and id = $2",
        )
        .bind(account_id)
        .bind(id)
        .fetch_optional(db)
        .await)?;
        Ok(member)
    }

    /// Lists the members of an account by name.
    pub async fn list_members(&self, account_id: &str) -> Result<Vec<Member>> {
        let members = on!(self, |db| sqlx::query_as(
            "select id, account_id, first_name, last_name, mail, password, role, language, created_at
               from members
              where account_id = $1
           order by last_name, first_name, id",
        )
        .bind(account_id)
        .fetch_all(db)
        .await)?;
        Ok(members)
    }

    /// Gives a member a new password and ends all their sessions; `false` when the account has no such member.
    pub async fn change_password(&self, account_id: &str, member_id: &str, hash: &str) -> Result<bool> {
        on!(self, |db| {
            let mut work = db.begin().await?;
            let done = sqlx::query("update members set password = $3 where account_id = $1 and id = $2")
                .bind(account_id)
                .bind(member_id)
                .bind(hash)
                .execute(&mut *work)
                .await?
                .rows_affected();
            if done > 0 {
                sqlx::query("delete from sessions where member_id = $1").bind(member_id).execute(&mut *work).await?;
            }
            work.commit().await?;
            Ok(done > 0)
        })
    }

    /// Remembers the language a member chose.
    pub async fn change_language(&self, account_id: &str, member_id: &str, language: &str) -> Result<()> {
        on!(self, |db| sqlx::query("update members set language = $3 where account_id = $1 and id = $2")
            .bind(account_id)
            .bind(member_id)
            .bind(language)
            .execute(db)
            .await
            .map(|_| ()))?;
        Ok(())
    }
}
