//! What is done on the desk: many posts at once, in one piece, and never over what somebody else did meanwhile.

use sqlx::FromRow;

use crate::store::{Result, Store};

/// Posts that are named in one statement.
const AT_ONCE: usize = 200;

/// Something that is done with posts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// The public is to see them.
    Show,
    /// It is not.
    Hide,
    /// They stand before all others.
    Pin,
    /// They do not.
    Unpin,
    /// They belong to topics, or do not.
    Topics,
}

impl What {
    /// Every one.
    pub const ALL: [Self; 5] = [Self::Show, Self::Hide, Self::Pin, Self::Unpin, Self::Topics];

    /// Its name in statements and forms.
    pub fn name(self) -> &'static str {
        match self {
            Self::Show => "show",
            Self::Hide => "hide",
            Self::Pin => "pin",
            Self::Unpin => "unpin",
            Self::Topics => "topics",
        }
    }

    /// Reads what [`What::name`] says.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|what| what.name() == name)
    }
}

/// Something that somebody did.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Act {
    /// Its id.
    pub id: String,
    /// The account whose posts they are.
    pub account_id: String,
    /// Who did it.
    pub member_id: String,
    /// What: a name of [`What`].
    pub what: String,
    /// When, in milliseconds since 1970.
    pub created_at: i64,
    /// When it was taken back; 0 for never.
    pub undone_at: i64,
}

/// A post something is done with, as it was seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aim {
    /// Which post.
    pub post_id: String,
    /// When it had changed.
    pub changed_at: i64,
    /// When it had been pinned; 0 for not.
    pub pinned_at: i64,
    /// Whether it stays as it is: a draft, where whoever does this may not publish any.
    pub stays: bool,
}

/// What is said of a topic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActTopic {
    /// Which topic.
    pub topic_id: String,
    /// `in` or `out`.
    pub by_hand: String,
}

/// How many posts something was done with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, FromRow)]
pub struct Outcome {
    /// Done.
    pub done: i64,
    /// There was nothing to do.
    pub same: i64,
    /// Somebody else changed them after they were seen; nothing was done.
    pub refused: i64,
    /// Done, and taken back.
    pub undone: i64,
    /// Drafts that stayed drafts, because whoever did it may not publish any.
    pub stayed: i64,
}

/// Who last did something with a post.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Deed {
    /// Which post.
    pub post_id: String,
    /// What: a name of [`What`].
    pub what: String,
    /// Who.
    pub member_id: String,
    /// What they are called.
    pub first_name: String,
    /// When it was done or taken back.
    pub at: i64,
    /// Whether it was taken back.
    pub undone: bool,
}

/// Rows of posts that can still be as they were seen.
const AIMED: &str = "from desk_act_posts aims
     where aims.act_id = $1 and aims.outcome = 'same' and aims.post_id = posts.id
       and aims.changed_at = posts.changed_at and aims.pinned_at = posts.pinned_at";

impl What {
    /// Does it with the posts of the act `$1` at the instant `$2`.
    fn statement(self) -> Option<String> {
        let (set, wanted) = match self {
            Self::Show => (
                "shown = true, draft = false, standing = 'published', stopped = '', end_noted = false,
                 changed_at = aims.left_at, measured_by = case when posts.draft then 0 else posts.measured_by end,
                 published_at = case when posts.draft then $2 else posts.published_at end,
                 expires_at = case when posts.expires_at <= $2 then null else posts.expires_at end",
                "(not posts.shown or posts.expires_at <= $2)",
            ),
            Self::Hide => (
                "shown = false, standing = 'hidden', stopped = '', changed_at = aims.left_at",
                "(posts.shown or (not posts.draft and posts.standing <> 'hidden') or posts.stopped <> '') and $2 = $2",
            ),
            Self::Pin => ("pinned_at = aims.left_pin", "posts.pinned_at = 0 and $2 = $2"),
            Self::Unpin => ("pinned_at = 0", "posts.pinned_at > 0 and $2 = $2"),
            Self::Topics => return None,
        };
        Some(format!("update posts set {set} {AIMED} and {wanted}"))
    }

    /// What `changed_at` and `pinned_at` of a post are afterwards, where something is done with it.
    fn leaves(self) -> (&'static str, &'static str) {
        const NOW: &str =
            "case when posts.changed_at >= acts.created_at then posts.changed_at + 1 else acts.created_at end";
        match self {
            Self::Show | Self::Hide => (NOW, "(posts.pinned_at)"),
            Self::Pin => ("(posts.changed_at)", "acts.created_at"),
            Self::Unpin => ("(posts.changed_at)", "0"),
            Self::Topics => ("(posts.changed_at)", "(posts.pinned_at)"),
        }
    }
}

/// What became of the posts of the act `$1`.
const OUTCOMES: [&str; 2] = [
    "update desk_act_posts set outcome = 'done'
      where act_id = $1 and outcome = 'same'
        and ((left_at <> changed_at or left_pin <> pinned_at)
             and exists (select 1 from posts where posts.id = desk_act_posts.post_id
                                               and posts.changed_at = desk_act_posts.left_at
                                               and posts.pinned_at = desk_act_posts.left_pin)
             or exists (select 1 from desk_act_topics said
                         where said.act_id = desk_act_posts.act_id and said.post_id = desk_act_posts.post_id))",
    // Somebody was quicker, by less than this takes.
    "update desk_act_posts set outcome = 'refused'
      where act_id = $1 and outcome = 'same'
        and not exists (select 1 from posts where posts.id = desk_act_posts.post_id
                                              and posts.changed_at = desk_act_posts.changed_at
                                              and posts.pinned_at = desk_act_posts.pinned_at)",
];

/// Notes in the history what became of each post of the act `$1` whose outcome is `$7`, and of which topic something is said.
pub(super) const HAPPENED: &str = "insert into happenings (id, account_id, stage_id, happened_at, deed, thing_id, thing_name,
                                                other_name, member_id, reason)
      select cast($2 as text) || '-' || posts.id || coalesce('-' || topics.id, ''), $3, posts.stage_id, $4, $5, posts.id, '',
             coalesce(topics.name, ''), (select id from members where id = $6), ''
        from desk_act_posts aims
        join posts on posts.id = aims.post_id
   left join desk_act_topics said on said.act_id = aims.act_id and said.post_id = aims.post_id
   left join topics on topics.id = said.topic_id
       where aims.act_id = $1 and aims.outcome = $7
 on conflict (id) do nothing";

/// Within a transaction: notes what the store was told to note, for each post with this outcome.
macro_rules! told_of {
    ($store:ident, $work:ident, $act:expr, $outcome:literal) => {
        if let Some(happening) = &$store.happening {
            sqlx::query($crate::store::desk::acts::HAPPENED)
                .bind($act)
                .bind(&happening.id)
                .bind(&happening.account_id)
                .bind(happening.happened_at)
                .bind(&happening.deed)
                .bind(&happening.member_id)
                .bind($outcome)
                .execute(&mut *$work)
                .await?;
        }
    };
}
pub(super) use told_of;

/// Notes what people had said of the topic `$2` and the posts of the act `$1`, where `$3` says something else.
const SAY: &str = "insert into desk_act_topics (act_id, post_id, topic_id, before, after)
      select aims.act_id, posts.id, topics.id, coalesce(held.by_hand, ''), $3
        from desk_act_posts aims
        join posts on posts.id = aims.post_id
        join topics on topics.stage_id = posts.stage_id and topics.id = $2
   left join post_topics held on held.post_id = posts.id and held.topic_id = topics.id
       where aims.act_id = $1 and aims.outcome = 'same'
         and case when coalesce(held.by_hand, '') = 'in' then 'in'
                  when coalesce(held.by_hand, '') = 'out' then 'out'
                  when held.by_rule then 'in' else 'out' end <> $3";

/// And says it.
const PUT: &str = "insert into post_topics (post_id, topic_id, by_rule, by_hand)
      select post_id, topic_id, false, after from desk_act_topics where act_id = $1
 on conflict (post_id, topic_id) do update set by_hand = excluded.by_hand, before_card = null";

impl Store {
    /// Does something with posts of an account, all or nothing, save for those that were changed after they were seen. Posts of
    /// other accounts are passed over.
    pub async fn act_on_posts(&self, act: &Act, what: What, aims: &[Aim], topics: &[ActTopic]) -> Result<Outcome> {
        let (left_at, left_pin) = what.leaves();
        // Whoever says what a post belongs to overwrites nothing else.
        let untouched = match what {
            What::Topics => "1 = 1",
            _ => "posts.changed_at = seen.column2 and posts.pinned_at = seen.column3",
        };
        on!(self, |db| {
            let mut work = db.begin().await?;
            sqlx::query(
                "insert into desk_acts (id, account_id, member_id, what, created_at) values ($1, $2, $3, $4, $5)",
            )
            .bind(&act.id)
            .bind(&act.account_id)
            .bind(&act.member_id)
            .bind(what.name())
            .bind(act.created_at)
            .execute(&mut *work)
            .await?;
            for some in aims.chunks(AT_ONCE) {
                let mut query = sqlx::QueryBuilder::new(format!(
                    "insert into desk_act_posts (act_id, post_id, outcome, shown, draft, published_at, expires_at, standing,
                                                 stopped, pinned_at, changed_at, left_at, left_pin)
                          select acts.id, posts.id, case when seen.column4 then 'stayed' when {untouched} then 'same' else 'refused' end,
                                 posts.shown,
                                 posts.draft, posts.published_at, posts.expires_at, posts.standing, posts.stopped,
                                 posts.pinned_at, posts.changed_at,
                                 {left_at}, {left_pin}
                            from (values "
                ));
                let mut first = true;
                for aim in some {
                    query.push(if first { "(cast(" } else { ", (cast(" }).push_bind(&aim.post_id);
                    query.push(" as text), cast(").push_bind(aim.changed_at);
                    query.push(" as bigint), cast(").push_bind(aim.pinned_at).push(" as bigint), ");
                    query.push_bind(aim.stays).push(")");
                    first = false;
                }
                query.push(") seen join posts on posts.id = seen.column1 join stages on stages.id = posts.stage_id");
                query.push(" join desk_acts acts on acts.account_id = stages.account_id where acts.id = ");
                query.push_bind(&act.id).push(" on conflict (act_id, post_id) do nothing");
                query.build().execute(&mut *work).await?;
            }
            if let Some(statement) = what.statement() {
                let query = sqlx::query(sqlx::AssertSqlSafe(statement)).bind(&act.id).bind(act.created_at);
                query.execute(&mut *work).await?;
            }
            for topic in topics {
                let query = sqlx::query(SAY).bind(&act.id).bind(&topic.topic_id).bind(&topic.by_hand);
                query.execute(&mut *work).await?;
            }
            for statement in [PUT].into_iter().filter(|_| !topics.is_empty()).chain(OUTCOMES) {
                sqlx::query(statement).bind(&act.id).execute(&mut *work).await?;
            }
            told_of!(self, work, &act.id, "done");
            work.commit().await
        })?;
        self.outcome_of(&act.id).await
    }

    /// How many posts something was done with.
    pub async fn outcome_of(&self, act_id: &str) -> Result<Outcome> {
        let outcome = on!(self, |db| sqlx::query_as(
            "select coalesce(sum(case when outcome = 'done' then 1 else 0 end), 0) as done,
                    coalesce(sum(case when outcome = 'same' then 1 else 0 end), 0) as same,
                    coalesce(sum(case when outcome = 'refused' then 1 else 0 end), 0) as refused,
                    coalesce(sum(case when outcome = 'undone' then 1 else 0 end), 0) as undone,
                    coalesce(sum(case when outcome = 'stayed' then 1 else 0 end), 0) as stayed
               from desk_act_posts
              where act_id = $1",
        )
        .bind(act_id)
        .fetch_one(db)
        .await)?;
        Ok(outcome)
    }

    /// Finds something that a member did.
    pub async fn find_act(&self, account_id: &str, member_id: &str, id: &str) -> Result<Option<Act>> {
        let act = on!(self, |db| sqlx::query_as(
            "select id, account_id, member_id, what, created_at, undone_at
               from desk_acts
              where account_id = $1 and member_id = $2 and id = $3",
        )
        .bind(account_id)
        .bind(member_id)
        .bind(id)
        .fetch_optional(db)
        .await)?;
        Ok(act)
    }

    /// Lists ids of posts of an act that something became of (`refused`), some of them.
    pub async fn list_act_posts(&self, act_id: &str, outcome: &str, limit: i64) -> Result<Vec<String>> {
        let ids = on!(self, |db| sqlx::query_scalar(
            "select post_id from desk_act_posts where act_id = $1 and outcome = $2 order by post_id limit $3",
        )
        .bind(act_id)
        .bind(outcome)
        .bind(limit)
        .fetch_all(db)
        .await)?;
        Ok(ids)
    }

    /// Lists the stages of posts that something was done with, or taken back.
    pub async fn list_act_stages(&self, act_id: &str) -> Result<Vec<String>> {
        let stages = on!(self, |db| sqlx::query_scalar(
            "select distinct posts.stage_id
               from desk_act_posts
               join posts on posts.id = desk_act_posts.post_id
              where desk_act_posts.act_id = $1 and desk_act_posts.outcome in ('done', 'undone')
           order by posts.stage_id",
        )
        .bind(act_id)
        .fetch_all(db)
        .await)?;
        Ok(stages)
    }
}
