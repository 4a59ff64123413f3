//! Accounts: the institutions, each with its members.

use sqlx::FromRow;

use super::{Member, Result, Store};

/// An institution.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Account {
    /// Its id.
    pub id: String,
    /// Its name.
    pub institution: String,
    /// Where it can be called.
    pub phone: Option<String>,
    /// When it was made, in milliseconds since 1970.
    pub created_at: i64,
}

impl Store {
    /// Adds an account with its first member; [`super::Error::Taken`] when the mail address is in use. The first account of
    /// all is that of whoever runs this instance; none that comes later takes its place when it is gone.
    pub async fn add_account(&self, account: &Account, member: &Member) -> Result<()> {
        on!(self, |db| {
            let mut work = db.begin().await?;
            sqlx::query("insert into accounts (id, institution, phone, created_at) values ($1, $2, $3, $4)")
                .bind(&account.id)
                .bind(&account.institution)
                .bind(&account.phone)
                .bind(account.created_at)
                .execute(&mut *work)
                .await?;
            sqlx::query(
                "insert into members (id, account_id, first_name, last_name, mail, password, role, language,
                                      created_at)
                      values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            )
            .bind(&member.id)
            .bind(&member.account_id)
            .bind(&member.first_name)
            .bind(&member.last_name)
            .bind(&member.mail)
            .bind(&member.password)
            .bind(&member.role)
            .bind(&member.language)
            .bind(member.created_at)
            .execute(&mut *work)
            .await?;
            sqlx::query(
                "insert into operators (position, account_id)
                      select 1, accounts.id
                        from accounts
                       where accounts.id = $1 and not exists (select 1 from accounts others where others.id <> $1)
                 on conflict (position) do nothing",
            )
            .bind(&account.id)
            .execute(&mut *work)
            .await?;
            work.commit().await?;
            Ok(())
        })
    }

    /// Whether there is any account.
    pub async fn has_account(&self) -> Result<bool> {
        let found: Option<String> =
            on!(self, |db| sqlx::query_scalar("select id from accounts limit 1").fetch_optional(db).await)?;
        Ok(found.is_some())
    }

    /// Lists all accounts, oldest first, for the operator.
    pub async fn list_accounts(&self) -> Result<Vec<Account>> {
        let accounts = on!(self, |db| sqlx::query_as(
            "select id, institution, phone, created_at
               from accounts
           order by created_at, id",
        )
        .fetch_all(db)
        .await)?;
        Ok(accounts)
    }
}
