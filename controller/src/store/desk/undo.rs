//! Taking back what was done on the desk, and who did what.

use super::{Act, Deed, acts::told_of};
use crate::store::{Result, Store};

/// That the emergency stop of a post's stage is pulled; and that it was pulled after the act, which kept the post from being
/// taken. What only was pinned or unpinned the stop has taken already, or it did not mean it.
macro_rules! stop {
    () => {
        "exists (select 1 from stops where stops.stage_id = posts.stage_id)"
    };
    (since) => {
        "(was.shown and posts.source_id is not null and was.left_at <> was.changed_at
          and exists (select 1 from stops where stops.stage_id = posts.stage_id
                                            and stops.began_at > (select created_at from desk_acts where id = was.act_id)))"
    };
}

/// Puts the posts of the act `$1` back as they were, those that are still as it left them. A stop that was pulled meanwhile
/// holds them like the others; one that was released holds nothing any more.
const RESTORE: [&str; 4] = [
    concat!(
        "update posts
            set shown = case when ",
        stop!(since),
        " then false when was.stopped = 'taken' and not ",
        stop!(),
        " then true else was.shown end, stopped = case when ",
        stop!(since),
        " then 'taken' when ",
        stop!(),
        " then was.stopped else '' end,
                draft = was.draft, published_at = was.published_at, expires_at = was.expires_at,
                standing = was.standing, pinned_at = was.pinned_at, changed_at = was.changed_at, end_noted = false
           from desk_act_posts was
          where was.act_id = $1 and was.outcome = 'done' and was.post_id = posts.id
            and (was.left_at <> was.changed_at or was.left_pin <> was.pinned_at)
            and posts.changed_at = was.left_at and posts.pinned_at = was.left_pin",
    ),
    "update post_topics
        set by_hand = was.before
       from desk_act_topics was
      where was.act_id = $1 and was.post_id = post_topics.post_id and was.topic_id = post_topics.topic_id
        and post_topics.by_hand = was.after",
    "update desk_act_posts
        set outcome = 'undone'
      where act_id = $1 and outcome = 'done'
        and exists (select 1 from posts where posts.id = desk_act_posts.post_id
                                          and posts.changed_at = desk_act_posts.changed_at
                                          and posts.pinned_at = desk_act_posts.pinned_at)
        and not exists (select 1 from desk_act_topics was
                     left join post_topics held on held.post_id = was.post_id and held.topic_id = was.topic_id
                         where was.act_id = desk_act_posts.act_id and was.post_id = desk_act_posts.post_id
                           and coalesce(held.by_hand, '') <> was.before)",
    "delete from post_topics
      where by_hand = '' and not by_rule
        and exists (select 1 from desk_act_topics was
                     where was.act_id = $1 and was.post_id = post_topics.post_id and was.topic_id = post_topics.topic_id)",
];

impl Store {
    /// Takes back what a member did, once: posts that nobody has changed since are as they were. `false` when there is no
    /// such act or it was taken back.
    pub async fn undo_act(&self, act: &Act, now: i64) -> Result<bool> {
        on!(self, |db| {
            let mut work = db.begin().await?;
            let done = sqlx::query(
                "update desk_acts
                    set undone_at = $4
                  where id = $1 and account_id = $2 and member_id = $3 and undone_at = 0",
            )
            .bind(&act.id)
            .bind(&act.account_id)
            .bind(&act.member_id)
            .bind(now)
            .execute(&mut *work)
            .await?;
            if done.rows_affected() == 0 {
                return Ok(false);
            }
            for statement in RESTORE {
                sqlx::query(statement).bind(&act.id).execute(&mut *work).await?;
            }
            told_of!(self, work, &act.id, "undone");
            work.commit().await?;
            Ok(true)
        })
    }

    /// Lists who did what with posts of an account, as far as that is kept; what was done last comes first.
    pub async fn list_deeds(&self, account_id: &str, post_ids: &[String]) -> Result<Vec<Deed>> {
        if post_ids.is_empty() {
            return Ok(Vec::new());
        }
        let deeds = on!(self, |db| {
            let mut query = sqlx::QueryBuilder::new(
                "select aims.post_id, acts.what, acts.member_id, members.first_name,
                        case when aims.outcome = 'undone' then acts.undone_at else acts.created_at end as at,
                        case when aims.outcome = 'undone' then true else false end as undone
                   from desk_act_posts aims
                   join desk_acts acts on acts.id = aims.act_id
                   join members on members.id = acts.member_id
                  where aims.outcome in ('done', 'undone') and acts.account_id = ",
            );
            query.push_bind(account_id).push(" and aims.post_id in (");
            among!(query, post_ids);
            query.push(" order by at desc, acts.id desc");
            query.build_query_as().fetch_all(db).await
        })?;
        Ok(deeds)
    }

    /// Forgets what was done before an instant; how much it was.
    pub async fn forget_acts(&self, before: i64) -> Result<u64> {
        let done = on!(self, |db| sqlx::query("delete from desk_acts where created_at < $1")
            .bind(before)
            .execute(db)
            .await
            .map(|done| done.rows_affected()))?;
        Ok(done)
    }
}
