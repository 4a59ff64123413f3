//! What is done on the desk, and taken back.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::Filter;
use crate::{
    app::{App, Change, Error, Result},
    features::{
        history::{self, Place},
        posts,
    },
    store::{Act, ActTopic, Aim, Below, Deed, Outcome, Post, Stage, What},
    tools::ids,
};

/// For so long what was done can be taken back and is told to colleagues, in milliseconds.
pub const KEPT_MILLIS: i64 = 24 * 3_600_000;

/// So many posts that were refused are named.
const NAMED: i64 = 5;

/// What somebody wants done, and with which posts.
#[derive(Clone, Debug)]
pub struct Order {
    /// What.
    pub what: What,
    /// What is said of topics, where that is it.
    pub topics: Vec<ActTopic>,
    /// Posts as they were seen, by the time they had changed and the time they had been pinned.
    pub aims: Vec<Aim>,
}

/// What was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    /// What somebody did.
    pub act: Act,
    /// With how many posts.
    pub outcome: Outcome,
    /// Some of those that were refused, because they were changed meanwhile.
    pub refused: Vec<Post>,
}

impl Order {
    /// Aims at all posts that fit a filter, as they are now; none that came or changed after an instant, because nobody has
    /// seen them so.
    pub async fn aim_at_all(
        app: &App,
        account: &str,
        stages: &[Stage],
        filter: &Filter,
        seen: i64,
    ) -> Result<Vec<Aim>> {
        let (query, now) = (filter.query(stages), app.clock.now());
        let all = app.store.list_desk_posts(account, &query, &Below::default(), now, super::MOST_AT_ONCE).await?;
        Ok(all.iter().filter(|post| post.changed_at <= seen && post.imported_at <= seen).map(aim).collect())
    }
}

/// A post as it is now.
pub fn aim(post: &Post) -> Aim {
    Aim { post_id: post.id.clone(), changed_at: post.changed_at, pinned_at: post.pinned_at, stays: false }
}

/// Does what a member wants, save with posts that were changed after they were seen. Drafts are shown by those only who may
/// write.
pub async fn act(app: &App, account_id: &str, member_id: &str, writes: Writes, order: Order) -> Result<Done> {
    let mut aims = order.aims;
    if order.what == What::Show && writes == Writes::Nothing {
        for some in aims.chunks_mut(200) {
            let ids: Vec<_> = some.iter().map(|aim| aim.post_id.clone()).collect();
            let posts = app.store.list_account_posts(account_id, &ids).await?;
            let drafts: HashSet<_> = posts.into_iter().filter(|post| post.draft).map(|post| post.id).collect();
            for aim in some {
                aim.stays = drafts.contains(&aim.post_id);
            }
        }
    }
    let now = app.clock.now();
    let act = Act {
        id: ids::new(now),
        account_id: account_id.to_owned(),
        member_id: member_id.to_owned(),
        what: order.what.name().to_owned(),
        created_at: now,
        undone_at: 0,
    };
    let aims = with_cards(app, account_id, aims).await?;
    let store = history::noting(app, Place::new(account_id, ""), deed(order.what), "");
    let outcome = store.act_on_posts(&act, order.what, &aims, &order.topics).await?;
    told(app, &act).await?;
    Ok(Done { refused: refused(app, &act).await?, act, outcome })
}

/// What the history says of it.
fn deed(what: What) -> history::Deed {
    match what {
        What::Show => history::Deed::PostShown,
        What::Hide => history::Deed::PostHidden,
        What::Pin => history::Deed::PostPinned,
        What::Unpin => history::Deed::PostUnpinned,
        What::Topics => history::Deed::PostSorted,
    }
}

/// Aims also at what is on the cards of these posts: a card is one thing to whoever looks at it. Drafts stay what they are.
async fn with_cards(app: &App, account_id: &str, mut aims: Vec<Aim>) -> Result<Vec<Aim>> {
    let mut more = Vec::new();
    for some in aims.chunks(200) {
        let ids: Vec<_> = some.iter().map(|aim| aim.post_id.clone()).collect();
        let mut cards: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for post in app.store.list_account_posts(account_id, &ids).await? {
            if let Some(card) = post.card_id {
                cards.entry(post.stage_id).or_default().push(card);
            }
        }
        for (stage_id, cards) in cards {
            more.extend(app.store.list_cards(&stage_id, &cards).await?.iter().filter(|post| !post.draft).map(aim));
        }
    }
    let known: HashSet<_> = aims.iter().map(|aim| aim.post_id.clone()).collect();
    more.retain(|aim| !known.contains(&aim.post_id));
    aims.append(&mut more);
    Ok(aims)
}

/// Whether somebody may write, and so publish drafts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Writes {
    /// They may.
    Posts,
    /// They may not.
    Nothing,
}

/// Takes back what a member did: posts that nobody has changed since are just as they were.
pub async fn undo(app: &App, account_id: &str, member_id: &str, act_id: &str) -> Result<Done> {
    let act = app.store.find_act(account_id, member_id, act_id).await?.ok_or(Error::NotFound("act"))?;
    let store = history::noting(app, Place::new(account_id, ""), history::Deed::PostUndone, "");
    if store.undo_act(&act, app.clock.now()).await? {
        told(app, &act).await?;
    }
    find_done(app, account_id, member_id, act_id).await
}

/// What a member did, and what became of it.
pub async fn find_done(app: &App, account_id: &str, member_id: &str, act_id: &str) -> Result<Done> {
    let act = app.store.find_act(account_id, member_id, act_id).await?.ok_or(Error::NotFound("act"))?;
    Ok(Done { outcome: app.store.outcome_of(&act.id).await?, refused: refused(app, &act).await?, act })
}

async fn refused(app: &App, act: &Act) -> Result<Vec<Post>> {
    let ids = app.store.list_act_posts(&act.id, "refused", NAMED).await?;
    Ok(app.store.list_account_posts(&act.account_id, &ids).await?)
}

/// Whoever looks is told, and where posts may have left, the last pictures of screens go.
async fn told(app: &App, act: &Act) -> Result<()> {
    for stage_id in app.store.list_act_stages(&act.id).await? {
        match What::parse(&act.what) {
            // Taking back that posts were shown hides them.
            Some(What::Show | What::Hide) => posts::left(app, &stage_id).await?,
            _ => app.news.tell(Change::Posts { stage_id }),
        }
    }
    Ok(())
}

/// Who last did something with posts, by their ids.
pub async fn deeds(app: &App, account_id: &str, ids: &[String]) -> Result<HashMap<String, Deed>> {
    let mut latest = HashMap::new();
    for deed in app.store.list_deeds(account_id, ids).await? {
        latest.entry(deed.post_id.clone()).or_insert(deed);
    }
    Ok(latest)
}

/// Forgets who did what a day ago; how much it was.
pub async fn forget(app: &App) -> Result<u64> {
    Ok(app.store.forget_acts(app.clock.now() - KEPT_MILLIS).await?)
}
