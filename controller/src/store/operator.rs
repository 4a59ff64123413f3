//! Whose instance this is, and what they say on its legal pages.

use sqlx::FromRow;

use super::{Result, Store};

/// What the operator says on a legal page, in one language.
#[derive(Clone, Debug, Default, PartialEq, Eq, FromRow)]
pub struct LegalText {
    /// Which page: `imprint`, `privacy`.
    pub page: String,
    /// Language it is written in (`de`, `en`).
    pub language: String,
    /// As it was typed; empty for nothing.
    pub words: String,
    /// Whether nothing that the program says by itself follows.
    pub alone: bool,
}

impl Store {
    /// Finds the account of whoever runs this instance.
    pub async fn find_operator(&self) -> Result<Option<String>> {
        let id = on!(self, |db| sqlx::query_scalar("select account_id from operators where position = 1")
            .fetch_optional(db)
            .await)?;
        Ok(id)
    }

    /// Makes an account that of whoever runs this instance; [`super::Error::Orphan`] when there is no such account.
    pub async fn set_operator(&self, account_id: &str) -> Result<()> {
        on!(self, |db| sqlx::query(
            "insert into operators (position, account_id)
                  values (1, $1)
             on conflict (position) do update set account_id = excluded.account_id",
        )
        .bind(account_id)
        .execute(db)
        .await
        .map(|_| ()))?;
        Ok(())
    }

    /// Lists what the operator says on legal pages, in every language.
    pub async fn list_legal_texts(&self) -> Result<Vec<LegalText>> {
        let texts = on!(self, |db| sqlx::query_as(
            "select page, language, words, alone from legal_texts order by page, language",
        )
        .fetch_all(db)
        .await)?;
        Ok(texts)
    }

    /// Keeps all of it, in the place of what was there.
    pub async fn keep_legal_texts(&self, texts: &[LegalText], now: i64) -> Result<()> {
        on!(self, |db| {
            let mut work = db.begin().await?;
            sqlx::query("delete from legal_texts").execute(&mut *work).await?;
            for text in texts {
                sqlx::query(
                    "insert into legal_texts (page, language, words, alone, changed_at) values ($1, $2, $3, $4, $5)",
                )
                .bind(&text.page)
                .bind(&text.language)
                .bind(&text.words)
                .bind(text.alone)
                .bind(now)
                .execute(&mut *work)
                .await?;
            }
            work.commit().await?;
            Ok(())
        })
    }
}
