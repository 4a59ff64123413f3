//! Where a post is between the first word and the last day, in words.

use super::{super::Page, reasons::words};
use crate::{
    features::moderation::Reason,
    store::{Post, PostState, Standing},
};

/// A state as a badge says it.
pub(in crate::web) struct Said {
    state: PostState,
    /// What it says.
    pub(in crate::web) text: String,
    /// Until when it is shown; empty for for ever, and where that is said already.
    pub(in crate::web) until: String,
    /// Why it is kept back, or was before somebody showed it.
    pub(in crate::web) reasons: Vec<String>,
    /// Until when it stands out; empty where it does not.
    pub(in crate::web) featured: String,
}

impl Said {
    /// The state of a post at the time of the visit.
    pub(in crate::web) fn of(page: &Page, post: &Post) -> Self {
        let when = |key: &str, at: i64| page.t1(key, "when", page.when(&at));
        let (state, end) = (post.state(page.visit.now), post.expires_at);
        let text = match state {
            PostState::Draft => page.t("posts.state.draft"),
            PostState::Planned => when("posts.state.planned", post.begins_at()),
            PostState::Shown => page.t("posts.state.shown"),
            PostState::Over => when("posts.state.over", end.unwrap_or_default()),
            PostState::Waiting => page.t("posts.state.waiting"),
            PostState::Ruled => page.t("posts.state.ruled"),
            PostState::Stopped => page.t("posts.state.stopped"),
            PostState::Hidden => page.t("posts.state.hidden"),
        };
        let until = end.filter(|_| state != PostState::Over).map(|at| when("posts.until", at));
        let featured = post.featured_until.filter(|_| post.is_featured(page.visit.now));
        Self {
            state,
            text,
            until: until.unwrap_or_default(),
            reasons: reasons(page, post),
            featured: featured.map(|at| when("posts.featured", at)).unwrap_or_default(),
        }
    }

    /// Kind of badge.
    pub(in crate::web) fn tone(&self) -> &'static str {
        match self.state {
            PostState::Draft | PostState::Waiting => "warn",
            PostState::Ruled | PostState::Stopped => "bad",
            PostState::Planned => "busy",
            PostState::Shown => "good",
            PostState::Over | PostState::Hidden => "quiet",
        }
    }

    /// What one click does about it: the last part of an address.
    pub(in crate::web) fn verb(&self) -> &'static str {
        if matches!(self.state, PostState::Shown | PostState::Planned) { "hide" } else { "show" }
    }

    /// Whether the public sees it.
    pub(in crate::web) fn is_shown(&self) -> bool {
        self.state == PostState::Shown
    }

    /// Whether it waits for somebody.
    pub(in crate::web) fn is_waiting(&self) -> bool {
        self.state == PostState::Waiting
    }

    /// Whether it is to be seen later.
    pub(in crate::web) fn is_planned(&self) -> bool {
        self.state == PostState::Planned
    }
}

/// Why a post is kept back, in words; of one that somebody showed all the same, what was overruled.
fn reasons(page: &Page, post: &Post) -> Vec<String> {
    let all = Reason::read(&post.reasons);
    let said = |reasons: &[Reason]| reasons.iter().map(|reason| words(page, reason)).collect::<Vec<_>>();
    match post.standing {
        Standing::Waiting | Standing::Ruled => said(&all),
        // Who looks at everything overrules nothing.
        Standing::Published if all.iter().any(|reason| !matches!(reason, Reason::Queue | Reason::Stop)) => {
            vec![page.t1("moderation.overruled", "reasons", said(&all).join(" "))]
        }
        _ => Vec::new(),
    }
}
