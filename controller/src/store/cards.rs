//! Cards: posts of several sources that are one item.

use super::{Result, Store, history::happened};

/// Posts that are to be one card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card<'a> {
    /// Id of the card.
    pub id: &'a str,
    /// Its posts, and the card on which each was seen.
    pub posts: Vec<(&'a str, Option<&'a str>)>,
    /// Whether somebody wants it so.
    pub by_hand: bool,
    /// Why a post waits that says what somebody has hidden, as it is stored.
    pub reasons: &'a str,
    /// When it is made.
    pub now: i64,
}

/// Holds the post `$3` where people have hidden all others on its card: they meant what it says, not where it came from.
const HELD_AS_HIDDEN: &str = "update posts
        set shown = false, standing = 'waiting', reasons = $4, changed_at = $5
      where stage_id = $1 and id = $3 and shown and standing = '' and source_id is not null
        and exists (select 1 from posts mate
                     where mate.stage_id = $1 and mate.card_id = $2 and mate.id <> $3 and mate.standing = 'hidden')
        and not exists (select 1 from posts mate
                         where mate.stage_id = $1 and mate.card_id = $2 and mate.id <> $3 and not mate.draft
                           and mate.standing <> 'hidden')";

/// Pins what is on a card of which something is.
const PINNED_AS_MATES: &str = "update posts
        set pinned_at = (select max(mate.pinned_at) from posts mate where mate.stage_id = $1 and mate.card_id = $2)
      where stage_id = $1 and card_id = $2 and pinned_at = 0
        and exists (select 1 from posts mate where mate.stage_id = $1 and mate.card_id = $2 and mate.pinned_at > 0)";

/// What people had said of the topics of the post `$1` before it came to its card.
const SAID_ALONE: [&str; 2] = [
    "update post_topics set by_hand = before_card, before_card = null where post_id = $1 and before_card is not null",
    "delete from post_topics where post_id = $1 and by_hand = '' and not by_rule",
];

/// Has one change of cards of a stage wait for the other, on both databases.
macro_rules! lock {
    ($work:ident, $stage_id:expr) => {
        sqlx::query("update stages set merging_until = merging_until where id = $1")
            .bind($stage_id)
            .execute(&mut *$work)
            .await?
    };
}

impl Store {
    /// Makes posts of a stage one card, all or nothing; what people said about the topics of one is said of all, and so is
    /// that one is pinned. What comes to a card by itself of which people have hidden all waits for them. `false`, and nothing
    /// changed, when one of them is gone or is on another card than it was seen on.
    pub async fn join_card(&self, stage_id: &str, card: &Card<'_>) -> Result<bool> {
        on!(self, |db| {
            let mut work = db.begin().await?;
            lock!(work, stage_id);
            for (id, seen) in &card.posts {
                let done = sqlx::query(
                    "update posts
                        set card_id = $3, card_by_hand = (card_by_hand or $5)
                      where stage_id = $1 and id = $2 and coalesce(card_id, '') = $4",
                )
                .bind(stage_id)
                .bind(id)
                .bind(card.id)
                .bind(seen.unwrap_or_default())
                .bind(card.by_hand)
                .execute(&mut *work)
                .await?;
                if done.rows_affected() == 0 {
                    return Ok(false);
                }
                if card.by_hand {
                    for (other, _) in card.posts.iter().filter(|(other, _)| other > id) {
                        sqlx::query("delete from parted_posts where one_id = $1 and other_id = $2")
                            .bind(id)
                            .bind(other)
                            .execute(&mut *work)
                            .await?;
                    }
                }
            }
            for (id, _) in card.posts.iter().filter(|(_, seen)| seen.is_none() && !card.by_hand) {
                sqlx::query(HELD_AS_HIDDEN)
                    .bind(stage_id)
                    .bind(card.id)
                    .bind(id)
                    .bind(card.reasons)
                    .bind(card.now)
                    .execute(&mut *work)
                    .await?;
            }
            sqlx::query(PINNED_AS_MATES).bind(stage_id).bind(card.id).execute(&mut *work).await?;
            let said: Vec<(String, String)> = sqlx::query_as(
                "select post_topics.topic_id, post_topics.by_hand
                   from post_topics
                   join posts on posts.id = post_topics.post_id
                  where posts.stage_id = $1 and posts.card_id = $2 and post_topics.by_hand <> ''
               order by posts.card_rank, posts.id desc",
            )
            .bind(stage_id)
            .bind(card.id)
            .fetch_all(&mut *work)
            .await?;
            // The last word is that of the post that stands for all.
            for (topic_id, by_hand) in said.into_iter().collect::<std::collections::BTreeMap<_, _>>() {
                sqlx::query(
                    "insert into post_topics (post_id, topic_id, by_rule, by_hand, before_card)
                          select posts.id, $3, false, $4, '' from posts where posts.stage_id = $1 and posts.card_id = $2
                     on conflict (post_id, topic_id)
                       do update set by_hand = excluded.by_hand,
                                     before_card = case when post_topics.by_hand = excluded.by_hand
                                                        then post_topics.before_card
                                                        else coalesce(post_topics.before_card, post_topics.by_hand) end",
                )
                .bind(stage_id)
                .bind(card.id)
                .bind(&topic_id)
                .bind(&by_hand)
                .execute(&mut *work)
                .await?;
            }
            happened!(self, work);
            work.commit().await?;
            Ok(true)
        })
    }

    /// Takes a post of a stage off its card: for ever, and whatever it says, when somebody parts it. What it took over from
    /// the others about its topics it gives back, unless people have spoken since. `false` when it stood alone.
    pub async fn leave_card(&self, stage_id: &str, id: &str, for_ever: bool) -> Result<bool> {
        on!(self, |db| {
            let mut work = db.begin().await?;
            lock!(work, stage_id);
            let others: Vec<String> = sqlx::query_scalar(
                "select other.id
                   from posts
                   join posts other on other.card_id = posts.card_id and other.id <> posts.id
                  where posts.stage_id = $1 and posts.id = $2 and other.stage_id = $1
               order by other.id",
            )
            .bind(stage_id)
            .bind(id)
            .fetch_all(&mut *work)
            .await?;
            let mut alone = vec![id];
            if let [last] = &others[..] {
                alone.push(last);
            }
            for one in alone {
                sqlx::query(
                    "update posts set card_id = null, card_by_hand = false where stage_id = $1 and id = $2 and card_id is not null",
                )
                .bind(stage_id)
                .bind(one)
                .execute(&mut *work)
                .await?;
                for statement in SAID_ALONE {
                    sqlx::query(statement).bind(one).execute(&mut *work).await?;
                }
            }
            for other in others.iter().filter(|_| for_ever) {
                let (one, other) = if id < other.as_str() { (id, other.as_str()) } else { (other.as_str(), id) };
                sqlx::query("insert into parted_posts (one_id, other_id) values ($1, $2) on conflict (one_id, other_id) do nothing")
                    .bind(one)
                    .bind(other)
                    .execute(&mut *work)
                    .await?;
            }
            if !others.is_empty() {
                happened!(self, work);
            }
            work.commit().await?;
            Ok(!others.is_empty())
        })
    }
}
