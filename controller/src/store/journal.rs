//! What others know of the posts of a stage: each post once, with a number that rises with every change, and withdrawals.

use sqlx::FromRow;

use super::{
    Result, Store,
    posts::{GivenQuery, better, given, stands, visible},
};

/// So many posts are noted one by one; more, in one statement that looks at all posts of the stage.
const FEW: usize = 300;

/// What others know of a post.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct JournalEntry {
    /// Which post; it need not exist any more.
    pub post_id: String,
    /// Rises with every change in the stage.
    pub number: i64,
    /// `published`, `changed` or `withdrawn`.
    pub what: String,
    /// When that was noticed, in milliseconds since 1970.
    pub noted_at: i64,
}

/// Which entries are wanted.
#[derive(Clone, Copy, Debug, Default)]
pub struct JournalQuery {
    /// With a higher number.
    pub above: i64,
    /// Noticed from then on.
    pub from: i64,
    /// How many.
    pub limit: i64,
}

/// A mark that is another one once a row of `posts` says something else, is pinned, or belongs to other topics.
macro_rules! mark {
    () => {
        "cast(posts.changed_at as text) || '.' || cast(posts.pinned_at as text) || '.' ||
         coalesce((select cast(sum(topics.created_at) as text)
                     from post_topics
                     join topics on topics.id = post_topics.topic_id
                    where post_topics.post_id = posts.id
                      and (post_topics.by_hand = 'in' or (post_topics.by_rule and post_topics.by_hand <> 'out'))), '')"
    };
}

/// That others may know a row of `posts` at the instant `$3`; of networks `$2`.
macro_rules! known {
    () => {
        concat!(stands!("$3"), " and ", given!("$2"))
    };
}

/// Posts of the stage `$1` that are new to others or say something else at the instant `$3`; of networks `$2`.
macro_rules! news {
    () => {
        concat!(
            "select posts.id
               from posts
          left join journal_entries held on held.post_id = posts.id
              where posts.stage_id = $1 and ",
            known!(),
            " and (held.mark is null or held.mark <> ",
            mark!(),
            ") order by posts.published_at, posts.id limit $4"
        )
    };
}

/// Posts of the stage `$1` that others know and may know no more.
macro_rules! withdrawals {
    () => {
        concat!(
            "select held.post_id
               from journal_entries held
              where held.stage_id = $1 and held.what <> 'withdrawn'
                and not exists (select 1 from posts where posts.id = held.post_id and posts.stage_id = $1 and ",
            known!(),
            ") order by held.post_id limit $4"
        )
    };
}

/// Notes each post of the stage `$1` that is new or another one at the instant `$3`, with numbers above `$4`; with `only`
/// that one of them. What is withdrawn and comes back is published again.
macro_rules! note_news {
    ($only:literal) => {
        concat!(
            "insert into journal_entries (post_id, stage_id, number, mark, what, noted_at)
                  select news.id, news.stage_id,
                         cast($4 as bigint) + row_number() over (order by news.published_at, news.id),
                         news.mark, 'published', cast($3 as bigint)
                    from (select posts.id, posts.stage_id, posts.published_at, ",
            mark!(),
            " as mark from posts where posts.stage_id = $1 and ",
            known!(),
            $only,
            ") news
                   where not exists (select 1 from journal_entries held
                                      where held.post_id = news.id and held.mark = news.mark)
             on conflict (post_id)
               do update set number = excluded.number, mark = excluded.mark, noted_at = excluded.noted_at,
                             what = case when journal_entries.what = 'withdrawn' then 'published' else 'changed' end"
        )
    };
}

/// Notes each post of the stage that others know and may know no more; with `only` that one of them.
macro_rules! note_withdrawals {
    ($only:literal) => {
        concat!(
            "insert into journal_entries (post_id, stage_id, number, mark, what, noted_at)
                  select held.post_id, held.stage_id,
                         cast($4 as bigint) + row_number() over (order by held.post_id), '', 'withdrawn', cast($3 as bigint)
                    from journal_entries held
                   where held.stage_id = $1 and held.what <> 'withdrawn'
                     and not exists (select 1 from posts where posts.id = held.post_id and posts.stage_id = $1 and ",
            known!(),
            ")",
            $only,
            " on conflict (post_id)
               do update set number = excluded.number, mark = '', what = 'withdrawn', noted_at = excluded.noted_at"
        )
    };
}

impl Store {
    /// Compares what others know of a stage with what they may know at an instant, and notes what is new, another, or
    /// withdrawn; whoever is told of that stage gets a delivery for each. The number of the newest entry; `None` where
    /// nobody ever asked for a journal of the stage.
    pub async fn update_journal(&self, stage_id: &str, networks: &[&str], now: i64) -> Result<Option<i64>> {
        let names = GivenQuery::names(networks);
        let known = self.find_journal(stage_id).await?;
        if known.is_none() {
            return Ok(None);
        }
        // To find out takes long where there are many posts, and nobody else should wait for that.
        let news = self.list_unnoted(news!(), (stage_id, &names), now).await?;
        let gone = self.list_unnoted(withdrawals!(), (stage_id, &names), now).await?;
        if news.is_empty() && gone.is_empty() {
            return Ok(known);
        }
        on!(self, |db| {
            let mut work = db.begin().await?;
            // Whoever comes second waits here, and finds what the first has noted.
            let before: Option<i64> =
                sqlx::query_scalar("update journals set number = number where stage_id = $1 returning number")
                    .bind(stage_id)
                    .fetch_optional(&mut *work)
                    .await?;
            let Some(before) = before else { return Ok(None) };
            let mut number = before;
            for (found, one, all) in [
                (&news, note_news!(" and posts.id = $5"), note_news!("")),
                (&gone, note_withdrawals!(" and held.post_id = $5"), note_withdrawals!("")),
            ] {
                let few = found.len() <= FEW;
                for id in if few { found.as_slice() } else { &found[..1] } {
                    let noted = sqlx::query(if few { one } else { all });
                    let noted = noted.bind(stage_id).bind(&names).bind(now).bind(number);
                    let noted = if few { noted.bind(id) } else { noted };
                    number += i64::try_from(noted.execute(&mut *work).await?.rows_affected()).unwrap_or(0);
                }
            }
            if number == before {
                return Ok(Some(before));
            }
            for statement in [
                "update journals set number = $2 where stage_id = $1 and number = $3 and $4 = $4",
                // What is withdrawn is told to nobody any more, unless it is on its way.
                "update webhook_deliveries
                    set state = 'dropped', tried_at = case when tried_at = 0 then $4 else tried_at end
                  where state = 'waiting' and claimed_until <= $4 and what <> 'withdrawn' and $2 = $2
                    and webhook_id in (select id from webhooks where stage_id = $1)
                    and post_id in (select post_id from journal_entries
                                     where stage_id = $1 and number > $3 and what = 'withdrawn')",
                "insert into webhook_deliveries (id, webhook_id, post_id, number, what, state, failures, due_at,
                                                 claimed_until, answer, trouble, made_at, tried_at)
                      select webhooks.id || '-' || cast(entries.number as text), webhooks.id, entries.post_id,
                             entries.number, entries.what, 'waiting', 0,
                             case when webhooks.paused_at = 0 then cast($4 as bigint) else 9223372036854775807 end,
                             0, 0, '', cast($4 as bigint), 0
                        from journal_entries entries
                        join webhooks on webhooks.stage_id = entries.stage_id
                       where entries.stage_id = $1 and entries.number > $3 and entries.number <= $2
                         and webhooks.since < entries.number
                         and ' ' || webhooks.events || ' ' like '% ' || entries.what || ' %'",
            ] {
                sqlx::query(statement).bind(stage_id).bind(number).bind(before).bind(now).execute(&mut *work).await?;
            }
            work.commit().await?;
            Ok(Some(number))
        })
    }

    /// Posts that are not in the journal as they are now; one more than are noted one by one, at most.
    async fn list_unnoted(
        &self,
        statement: &'static str,
        (stage_id, networks): (&str, &str),
        now: i64,
    ) -> Result<Vec<String>> {
        let limit = i64::try_from(FEW + 1).unwrap_or(i64::MAX);
        let ids = on!(self, |db| sqlx::query_scalar(statement)
            .bind(stage_id)
            .bind(networks)
            .bind(now)
            .bind(limit)
            .fetch_all(db)
            .await)?;
        Ok(ids)
    }

    /// The number of the newest entry of a stage's journal; `None` where it has not begun.
    pub async fn find_journal(&self, stage_id: &str) -> Result<Option<i64>> {
        let number = on!(self, |db| sqlx::query_scalar("select number from journals where stage_id = $1")
            .bind(stage_id)
            .fetch_optional(db)
            .await)?;
        Ok(number)
    }

    /// Begins the journal of a stage, unless it has begun.
    pub async fn begin_journal(&self, stage_id: &str) -> Result<()> {
        on!(self, |db| sqlx::query(
            "insert into journals (stage_id, number, forgotten) values ($1, 0, 0) on conflict (stage_id) do nothing",
        )
        .bind(stage_id)
        .execute(db)
        .await
        .map(|_| ()))?;
        Ok(())
    }

    /// Lists entries of a stage, those first that were noted first.
    pub async fn list_journal(&self, stage_id: &str, wanted: JournalQuery) -> Result<Vec<JournalEntry>> {
        let entries = on!(self, |db| sqlx::query_as(
            "select post_id, number, what, noted_at
               from journal_entries
              where stage_id = $1 and number > $2 and noted_at >= $3
           order by number
              limit $4",
        )
        .bind(stage_id)
        .bind(wanted.above)
        .bind(wanted.from)
        .bind(wanted.limit)
        .fetch_all(db)
        .await)?;
        Ok(entries)
    }

    /// The number of the newest withdrawal of a stage that is not remembered any more; 0 for none.
    pub async fn find_forgotten(&self, stage_id: &str) -> Result<i64> {
        let number = on!(self, |db| sqlx::query_scalar("select forgotten from journals where stage_id = $1")
            .bind(stage_id)
            .fetch_optional(db)
            .await)?;
        Ok(number.unwrap_or(0))
    }

    /// Forgets withdrawals that were noted before an instant; says how many.
    pub async fn forget_withdrawals(&self, before: i64) -> Result<u64> {
        on!(self, |db| {
            let mut work = db.begin().await?;
            sqlx::query(
                "update journals
                    set forgotten = (select max(number) from journal_entries entries
                                      where entries.stage_id = journals.stage_id and entries.what = 'withdrawn'
                                        and entries.noted_at < $1)
                  where exists (select 1 from journal_entries entries
                                 where entries.stage_id = journals.stage_id and entries.what = 'withdrawn'
                                   and entries.noted_at < $1)",
            )
            .bind(before)
            .execute(&mut *work)
            .await?;
            let gone = sqlx::query("delete from journal_entries where what = 'withdrawn' and noted_at < $1")
                .bind(before)
                .execute(&mut *work)
                .await?
                .rows_affected();
            work.commit().await?;
            Ok(gone)
        })
    }
}
