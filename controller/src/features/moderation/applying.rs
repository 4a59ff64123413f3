//! Rules tried on posts that are there, and applied to those that are shown.

use std::collections::HashMap;

use super::{
    judge::{Action, Ready, Reason, Subject, Verdict, judge},
    read, ready,
    rules::Rules,
};
use crate::{
    app::{App, Change, Error, Result},
    features::posts,
    store::{Post, Ruling, Stage, Standing},
};

/// How many of the newest posts rules are tried on.
const TRIED_ON: i64 = 500;
/// Posts that rules are applied to in one go.
const AT_ONCE: usize = 500;
/// A claim ends by itself after this long, in milliseconds: much longer than one go takes.
const CLAIM_MILLIS: i64 = 120_000;

/// What rules would keep back of the newest posts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trial {
    /// So many were looked at.
    pub looked_at: usize,
    /// What they find, newest first.
    pub found: Vec<(Post, Verdict)>,
}

impl Trial {
    /// How many of these are shown now, and not because somebody showed them by hand.
    pub fn shown(&self) -> usize {
        self.found.iter().filter(|(post, _)| post.shown && post.standing != Standing::Published).count()
    }
}

/// Tries rules on the newest imported posts of a stage; nothing is kept.
pub async fn try_out(app: &App, stage: &Stage, rules: &Rules) -> Result<Trial> {
    let all = app.store.list_imported_posts(&stage.id, TRIED_ON).await?;
    let subjects = subjects(app, stage, &all, rules).await?;
    let rules = Ready::new(rules);
    let found = tokio::task::spawn_blocking(move || {
        let looked_at = all.len();
        let judged = all.into_iter().zip(subjects).map(|(post, subject)| (post, judge(&subject, &rules)));
        Trial { looked_at, found: judged.filter(|(_, verdict)| verdict.action != Action::Pass).collect() }
    });
    found.await.map_err(|error| Error::internal("try rules", error))
}

/// What rules look at in posts that are there.
async fn subjects(app: &App, stage: &Stage, all: &[Post], rules: &Rules) -> Result<Vec<Subject>> {
    let ids: Vec<_> = all.iter().map(|post| post.id.clone()).collect();
    let mut alts: HashMap<String, Vec<String>> = HashMap::new();
    for picture in app.store.list_post_pictures(&stage.id, &ids).await? {
        alts.entry(picture.post_id).or_default().push(picture.alt);
    }
    let window = rules.limit.map_or(0, |limit| limit.minutes * 60_000);
    let subject = |post: &Post| {
        // Of those that are looked at; what is older does not count, which tells too few at the very end.
        let is_before = |other: &&Post| {
            other.source_id == post.source_id
                && other.id != post.id
                && (post.published_at - window < other.published_at && other.published_at <= post.published_at)
        };
        let before = if window > 0 { all.iter().filter(is_before).count() } else { 0 };
        Subject {
            before: i64::try_from(before).unwrap_or(0),
            ..of(post, alts.get(&post.id).cloned().unwrap_or_default())
        }
    };
    Ok(all.iter().map(subject).collect())
}

/// A post as rules look at it, with what is to be seen on its pictures.
pub(super) fn of(post: &Post, alts: Vec<String>) -> Subject {
    Subject {
        title: post.title.clone().unwrap_or_default(),
        text: post.text.clone(),
        html: post.html.clone(),
        alts,
        link: post.link.clone(),
        author: post.author.clone(),
        language: post.language.clone(),
        before: 0,
    }
}

/// Has the rules of a stage applied, in the background, to posts that are shown already.
pub async fn apply(app: &App, stage: &Stage) -> Result<()> {
    if app.store.begin_applying(&stage.id).await? {
        app.news.tell(Change::Rules { stage_id: stage.id.clone() });
    }
    Ok(())
}

/// Applies rules to some posts of one stage; whether there was anything to do. The limit is for new posts only.
pub async fn apply_next(app: &App) -> Result<bool> {
    let now = app.clock.now();
    let Some(claimed) = app.store.claim_applying(now, now + CLAIM_MILLIS).await? else { return Ok(false) };
    let Some(stage) = app.store.find_any_stage(&claimed.stage_id).await? else { return Ok(true) };
    let limit = i64::try_from(AT_ONCE).unwrap_or(i64::MAX);
    let all = app.store.list_posts_to_judge(&stage.id, &claimed.applied_below, limit).await?;
    let below = all.last().filter(|_| all.len() == AT_ONCE).map(|post| post.id.clone());
    let rules = Rules { limit: None, ..read(app, &stage.id).await?.0 };
    let subjects = subjects(app, &stage, &all, &rules).await?;
    let rules = ready(&rules);
    let ruled = tokio::task::spawn_blocking(move || {
        let ruling = |(post, subject): (Post, Subject)| {
            let verdict = judge(&subject, &rules);
            let standing = match verdict.action {
                Action::Pass => return None,
                Action::Queue => Standing::Waiting,
                Action::Hide => Standing::Ruled,
            };
            let reasons = Reason::write(&verdict.reasons);
            Some(Ruling { post_id: post.id, content_hash: post.content_hash, standing, reasons })
        };
        all.into_iter().zip(subjects).filter_map(ruling).collect::<Vec<_>>()
    });
    let rulings = ruled.await.map_err(|error| Error::internal("apply rules", error))?;
    if app.store.note_rulings(&claimed, &rulings, below.as_deref(), now).await? > 0 {
        posts::left(app, &stage.id).await?;
    }
    Ok(true)
}
