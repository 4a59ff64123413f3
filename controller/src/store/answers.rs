//! What slides want to know, what was found out, and when it is asked again.

use sqlx::FromRow;

use super::{Result, Store, revisions::on_screens};

/// Something that slides of a stage want to know.
#[derive(Clone, Debug, Default, PartialEq, Eq, FromRow)]
pub struct Answer {
    /// Its id.
    pub id: String,
    /// The account of the stage.
    pub account_id: String,
    /// The stage.
    pub stage_id: String,
    /// Who finds it out: `events`, `weather`, `page`.
    pub kind: String,
    /// JSON: what is wanted.
    pub want: String,
    /// JSON: the last good answer; empty before the first.
    pub answer: String,
    /// The picture in it.
    pub media_id: Option<String>,
    /// JSON, of whoever finds it out.
    pub memory: String,
    /// Translation key of what is wrong; empty if nothing is.
    pub problem: String,
    /// JSON object: what stands in that sentence.
    pub detail: String,
    /// Failures in a row.
    pub failures: i64,
    /// Last attempt; 0 for never.
    pub asked_at: i64,
    /// Last good answer; 0 for never.
    pub answered_at: i64,
    /// Next attempt.
    pub next_at: i64,
    /// Until when a controller works on it.
    pub claimed_until: i64,
    /// When it was wanted first.
    pub created_at: i64,
}

impl Store {
    /// Adds what is wanted unless the stage wants it already or its account has so many of the kind; says whether it was
    /// added.
    pub async fn want_answer(&self, answer: &Answer, most: i64) -> Result<bool> {
        let added = on!(self, |db| sqlx::query(
            "insert into answers (id, account_id, stage_id, kind, want, answer, memory, problem, detail, failures,
                                  asked_at, answered_at, next_at, claimed_until, created_at)
             select $1, $2, $3, $4, $5, '', '', '', '{}', 0, 0, 0, $6, 0, $6
              where (select count(*) from answers where account_id = $2 and kind = $4) < $7
                 on conflict (stage_id, want) do nothing",
        )
        .bind(&answer.id)
        .bind(&answer.account_id)
        .bind(&answer.stage_id)
        .bind(&answer.kind)
        .bind(&answer.want)
        .bind(answer.created_at)
        .bind(most)
        .execute(db)
        .await
        .map(|done| done.rows_affected()))?;
        Ok(added == 1)
    }

    /// Lists what the slides of a stage want to know.
    pub async fn list_answers(&self, stage_id: &str) -> Result<Vec<Answer>> {
        let answers = on!(self, |db| {
            sqlx::query_as(
            "select id, account_id, stage_id, kind, want, answer, media_id, memory, problem, detail, failures, asked_at,
                    answered_at, next_at, claimed_until, created_at
               from answers
              where stage_id = $1
           order by created_at, id",
        )
        .bind(stage_id)
        .fetch_all(db)
        .await
        })?;
        Ok(answers)
    }

    /// How many answers of a kind an account has.
    pub async fn count_answers(&self, account_id: &str, kind: &str) -> Result<i64> {
        let count =
            on!(self, |db| sqlx::query_scalar("select count(*) from answers where account_id = $1 and kind = $2")
                .bind(account_id)
                .bind(kind)
                .fetch_one(db)
                .await)?;
        Ok(count)
    }

    /// Claims up to `limit` of a kind that are due, of each account so many that not more than `share` are being asked
    /// for at once; no other controller asks for them until then.
    pub async fn claim_due_answers(
        &self,
        kind: &str,
        now: i64,
        until: i64,
        limit: i64,
        share: i64,
    ) -> Result<Vec<Answer>> {
        let answers = on!(self, |db| sqlx::query_as(
            "update answers
                set claimed_until = $3
              where id in (select id
                             from (select id, next_at,
                                          row_number() over (partition by account_id order by next_at, id)
                                          + (select count(*)
                                               from answers busy
                                              where busy.account_id = due.account_id and busy.kind = $1
                                                and busy.claimed_until > $2) as place
                                     from answers due
                                    where kind = $1 and next_at <= $2 and claimed_until <= $2) ranked
                            where place <= $5
                         order by next_at, id
                            limit $4)
                and claimed_until <= $2
          returning id, account_id, stage_id, kind, want, answer, media_id, memory, problem, detail, failures, asked_at,
                    answered_at, next_at, claimed_until, created_at",
        )
        .bind(kind)
        .bind(now)
        .bind(until)
        .bind(limit)
        .bind(share)
        .fetch_all(db)
        .await)?;
        Ok(answers)
    }

    /// When the next of a kind is due; `None` when there is none.
    pub async fn next_answer_due(&self, kind: &str) -> Result<Option<i64>> {
        let next = on!(self, |db| sqlx::query_scalar(
            "select min(case when claimed_until > next_at then claimed_until else next_at end)
               from answers
              where kind = $1",
        )
        .bind(kind)
        .fetch_one(db)
        .await)?;
        Ok(next)
    }

    /// Notes what came of asking and lets go of the claim: everything but who wants it. A wish to ask sooner, made
    /// meanwhile, wins.
    pub async fn note_answer(&self, claimed: &Answer, noted: &Answer) -> Result<()> {
        on!(self, |db| sqlx::query(
            "update answers
                set answer = $2, media_id = (select id from media where id = $3 and account_id = answers.account_id),
                    memory = $4, problem = $5, detail = $6, failures = $7, asked_at = $8, answered_at = $9,
                    claimed_until = 0, next_at = case when next_at = $10 then $11 else next_at end
              where id = $1",
        )
        .bind(&claimed.id)
        .bind(&noted.answer)
        .bind(&noted.media_id)
        .bind(&noted.memory)
        .bind(&noted.problem)
        .bind(&noted.detail)
        .bind(noted.failures)
        .bind(noted.asked_at)
        .bind(noted.answered_at)
        .bind(claimed.next_at)
        .bind(noted.next_at)
        .execute(db)
        .await
        .map(|_| ()))?;
        Ok(())
    }

    /// Lets go of a claim without an answer.
    pub async fn release_answer(&self, id: &str) -> Result<()> {
        on!(self, |db| sqlx::query("update answers set claimed_until = 0 where id = $1")
            .bind(id)
            .execute(db)
            .await
            .map(|_| ()))?;
        Ok(())
    }

    /// Has everything of a kind that a stage wants be asked for now.
    pub async fn ask_again(&self, stage_id: &str, kind: &str, now: i64) -> Result<()> {
        on!(self, |db| sqlx::query(
            "update answers set next_at = $3 where stage_id = $1 and kind = $2 and next_at > $3"
        )
        .bind(stage_id)
        .bind(kind)
        .bind(now)
        .execute(db)
        .await
        .map(|_| ()))?;
        Ok(())
    }

    /// Forgets what no slide of a stage wants any more.
    pub async fn delete_answer(&self, stage_id: &str, id: &str) -> Result<()> {
        on!(self, |db| sqlx::query("delete from answers where stage_id = $1 and id = $2")
            .bind(stage_id)
            .bind(id)
            .execute(db)
            .await
            .map(|_| ()))?;
        Ok(())
    }

    /// Lists stages that have programmes, with their accounts: account, stage.
    pub async fn list_stages_with_programme(&self) -> Result<Vec<(String, String)>> {
        let stages = on!(self, |db| sqlx::query_as(
            "select account_id, id
               from stages
              where exists (select 1 from programmes where programmes.stage_id = stages.id)
           order by id",
        )
        .fetch_all(db)
        .await)?;
        Ok(stages)
    }

    /// Lists the drafts of a stage's programmes that anybody may come to see: those being edited, on screens now, and to
    /// come.
    pub async fn list_live_drafts(&self, stage_id: &str, now: i64) -> Result<Vec<String>> {
        let drafts = on!(self, |db| sqlx::query_scalar(concat!(
            "select revisions.draft
               from programmes
               join revisions on revisions.programme_id = programmes.id
              where programmes.stage_id = $1
                and (revisions.number = programmes.revision
                  or revisions.publish_at > $2
                  or (",
            on_screens!(),
            ")) order by programmes.id, revisions.number"
        ))
        .bind(stage_id)
        .bind(now)
        .fetch_all(db)
        .await)?;
        Ok(drafts)
    }
}
