//! What happened: who did what and when, written in the same transaction as what was done.

use sqlx::FromRow;

use super::{Result, Store};

/// Something that somebody did, or that happened by itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, FromRow)]
pub struct Happening {
    /// Its id.
    pub id: String,
    /// The account it belongs to.
    pub account_id: String,
    /// The stage it concerns; `None`: the account.
    pub stage_id: Option<String>,
    /// When it happened, in milliseconds since 1970.
    pub happened_at: i64,
    /// What was done: `post.hidden`.
    pub deed: String,
    /// Id of what it was done to, which need not exist any more.
    pub thing_id: String,
    /// What its owner called that; of posts and alerts always empty.
    pub thing_name: String,
    /// What else there is to say; may be empty.
    pub other_name: String,
    /// Who did it; `None`: nobody, or somebody who is gone.
    pub member_id: Option<String>,
    /// Translation key of why it happened by itself; empty where somebody did it.
    pub reason: String,
    /// What the token is for with which a program of that member did it; empty where they did it themselves.
    pub token_name: String,
}

/// Something that happened, with the name of whoever did it.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Told {
    /// What happened.
    #[sqlx(flatten)]
    pub happening: Happening,
    /// First and last name of the member; `None`: nobody, or somebody who is gone.
    pub member_name: Option<String>,
}

/// Which happenings of a stage are asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryQuery {
    /// To what: `post`, `screen`; empty for anything.
    pub kind: String,
    /// To which one; empty for any.
    pub thing_id: String,
    /// By which member: id, `-` for nobody; empty for anybody.
    pub member_id: String,
    /// Not before.
    pub from: i64,
    /// Before.
    pub until: i64,
    /// Older than this one: when it happened, and its id.
    pub below: (i64, String),
    /// At most so many.
    pub limit: i64,
}

impl Default for HistoryQuery {
    /// Everything.
    fn default() -> Self {
        Self {
            kind: String::new(),
            thing_id: String::new(),
            member_id: String::new(),
            from: 0,
            until: i64::MAX,
            below: (i64::MAX, String::new()),
            limit: 50,
        }
    }
}

/// Adds a happening, whatever it is executed on.
macro_rules! insert {
    ($happening:expr, $on:expr) => {{
        let happening: &$crate::store::Happening = $happening;
        sqlx::query(
            "insert into happenings (id, account_id, stage_id, happened_at, deed, thing_id, thing_name, other_name,
                                     member_id, reason, token_name)
                  values ($1, $2, $3, $4, $5, $6, $7, $8, (select id from members where id = $9), $10, $11)
             on conflict (id) do nothing",
        )
        .bind(&happening.id)
        .bind(&happening.account_id)
        .bind(&happening.stage_id)
        .bind(happening.happened_at)
        .bind(&happening.deed)
        .bind(&happening.thing_id)
        .bind(&happening.thing_name)
        .bind(&happening.other_name)
        .bind(&happening.member_id)
        .bind(&happening.reason)
        .bind(&happening.token_name)
        .execute($on)
        .await
    }};
}
pub(super) use insert;

/// Within a transaction: notes what the store was told to note with its next change.
macro_rules! happened {
    ($store:ident, $work:ident) => {
        if let Some(happening) = &$store.happening {
            $crate::store::history::insert!(happening, &mut *$work)?;
        }
    };
}
pub(super) use happened;

/// Runs one statement and, where it changed any row, notes in the same transaction what happened. How many rows it changed.
macro_rules! noted {
    ($store:ident, $statement:expr) => {
        on!($store, |db| {
            let mut work = db.begin().await?;
            let changed = $statement.execute(&mut *work).await?.rows_affected();
            if changed > 0 {
                $crate::store::history::happened!($store, work);
            }
            work.commit().await?;
            changed
        })
    };
}
pub(super) use noted;

impl Store {
    /// The same database; what is changed through it is noted as this happening, in the same transaction. For one change.
    #[must_use]
    pub fn noting(&self, happening: Happening) -> Self {
        Self { happening: Some(std::sync::Arc::new(happening)), ..self.clone() }
    }

    /// Notes something that happened by itself; what was noted under this id stays as it is.
    pub async fn add_happening(&self, happening: &Happening) -> Result<()> {
        on!(self, |db| insert!(happening, db).map(|_| ()))?;
        Ok(())
    }

    /// Lists what happened on a stage, newest first.
    pub async fn list_happenings(&self, stage_id: &str, query: &HistoryQuery) -> Result<Vec<Told>> {
        let told = on!(self, |db| {
            sqlx::query_as(
            "select happenings.id, happenings.account_id, happenings.stage_id, happenings.happened_at, happenings.deed,
                    happenings.thing_id, happenings.thing_name, happenings.other_name, happenings.member_id,
                    happenings.reason, happenings.token_name, members.first_name || ' ' || members.last_name as member_name
               from happenings
          left join members on members.id = happenings.member_id
              where happenings.stage_id = $1
                and happenings.happened_at >= $2 and happenings.happened_at < $3
                and (happenings.happened_at < $4 or (happenings.happened_at = $4 and happenings.id < $5))
                and ($6 = '' or substr(happenings.deed, 1, length($6) + 1) = $6 || '.')
                and ($7 = '' or happenings.thing_id = $7)
                and ($8 = '' or happenings.member_id = $8 or ($8 = '-' and happenings.reason <> ''))
           order by happenings.happened_at desc, happenings.id desc
              limit $9",
        )
        .bind(stage_id)
        .bind(query.from)
        .bind(query.until)
        .bind(query.below.0)
        .bind(&query.below.1)
        .bind(&query.kind)
        .bind(&query.thing_id)
        .bind(&query.member_id)
        .bind(query.limit)
        .fetch_all(db)
        .await
        })?;
        Ok(told)
    }

    /// Removes what happened before an instant; says how much.
    pub async fn delete_happenings_before(&self, before: i64) -> Result<u64> {
        let gone = on!(self, |db| sqlx::query("delete from happenings where happened_at < $1")
            .bind(before)
            .execute(db)
            .await
            .map(|done| done.rows_affected()))?;
        Ok(gone)
    }
}
