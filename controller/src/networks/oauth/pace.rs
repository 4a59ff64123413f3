//! What the visits to an interface have in common: pages collected, failures counted, the next visit chosen.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use crate::networks::{
    Batch, Class, Doors, ImportedPost, News, Next, Problem, SourceFacts, Trouble, Visit, Visited, cadence,
};

/// All pages are read anew this often: edits of older posts are found so.
const WHOLE_MILLIS: i64 = 24 * 3_600 * 1_000;
/// Posts that are read at most, from all pages together.
const MOST_POSTS: usize = 200;
/// Pages that are read at most in one visit, empty ones too.
const MOST_PAGES: usize = 10;

/// What a visit remembers for the next one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(in crate::networks) struct Memory {
    /// Failures in a row.
    pub(in crate::networks) failures: u32,
    /// When all pages were read last.
    pub(in crate::networks) whole_at: i64,
    /// The newest post, for networks that can be asked for what came since.
    pub(in crate::networks) newest: Option<String>,
    /// What the profile is called.
    pub(in crate::networks) name: Option<String>,
    /// A spelling that was found out to be the right one.
    pub(in crate::networks) spelling: Option<String>,
}

impl Memory {
    /// Reads what the last visit left; nothing when that is of another kind.
    pub(in crate::networks) fn read(visit: &Visit<'_>) -> Self {
        visit.memory.and_then(|memory| serde_json::from_str(memory).ok()).unwrap_or_default()
    }

    /// Whether all pages are to be read this time.
    pub(in crate::networks) fn wants_all(&self, now: i64) -> bool {
        self.whole_at == 0 || now - self.whole_at >= WHOLE_MILLIS
    }

    /// Ends a visit: what was collected, and what stopped it.
    pub(in crate::networks) fn finish(
        mut self,
        doors: &Doors<'_>,
        visit: &Visit<'_>,
        minimum_secs: i64,
        listing: Listing,
        trouble: Option<Trouble>,
    ) -> Visited {
        let pause = minimum_secs.max(visit.every_secs).max(doors.settings.minimum_secs);
        self.failures = if trouble.is_some() { self.failures.saturating_add(1) } else { 0 };
        let next = match trouble.as_ref().map(|trouble| &trouble.class) {
            None => Next::At(doors.now + cadence::drift_secs(pause, doors.chance) * 1_000),
            Some(Class::RateLimited { until }) => {
                // Not all who were sent away come back in the same second.
                Next::At((*until).max(doors.now) + (cadence::drift_secs(600, doors.chance) - 600) * 1_000)
            }
            Some(Class::Transient | Class::ContractChanged) => {
                let retry = cadence::retry_secs(pause, self.failures, doors.chance).max(pause);
                Next::At(doors.now + retry * 1_000)
            }
            Some(_) => Next::Never,
        };
        // What was read before something went wrong is good all the same.
        let outcome = match trouble {
            Some(trouble) if listing.posts.is_empty() && listing.withdrawn.is_empty() => Err(trouble),
            Some(trouble) => Ok(listing.into_batch(&self, Some(trouble))),
            None => Ok(listing.into_batch(&self, None)),
        };
        Visited {
            outcome,
            memory: serde_json::to_string(&self).unwrap_or_default(),
            next,
            moved_to: None,
            host_pause: None,
            renewed: None,
        }
    }
}

/// Posts of several pages: each once, a broken one left out, no circle followed.
#[derive(Debug, Default)]
pub(in crate::networks) struct Listing {
    /// Posts, newest first.
    pub(in crate::networks) posts: Vec<ImportedPost>,
    /// What the profile calls itself.
    pub(in crate::networks) title: Option<String>,
    /// Its page.
    pub(in crate::networks) page: Option<String>,
    withdrawn: Vec<String>,
    problems: Vec<Problem>,
    known: HashSet<String>,
    cursors: HashSet<String>,
    pages: usize,
    position: usize,
}

impl Listing {
    /// Takes a post, or notes that one could not be read.
    pub(in crate::networks) fn take(&mut self, post: Option<ImportedPost>) {
        self.position += 1;
        match post {
            Some(post) if self.posts.len() < MOST_POSTS && self.known.insert(post.remote_id.clone()) => {
                self.posts.push(post);
            }
            Some(_) => {}
            None => self.problems.push(Problem {
                position: Some(self.position),
                key: "feeds.problem.unread_post",
                detail: String::new(),
            }),
        }
    }

    /// Notes a post that its network says was taken back.
    pub(in crate::networks) fn withdraw(&mut self, id: String) {
        self.position += 1;
        self.withdrawn.push(id);
    }

    /// Ends a page; returns the cursor of the next one if that is to be read.
    pub(in crate::networks) fn turn(&mut self, next: Option<String>) -> Option<String> {
        self.pages += 1;
        next.filter(|next| {
            self.pages < MOST_PAGES && self.posts.len() < MOST_POSTS && self.cursors.insert(next.clone())
        })
    }

    fn into_batch(mut self, memory: &Memory, trouble: Option<Trouble>) -> News {
        if let Some(trouble) = trouble {
            self.problems.push(Problem { position: None, key: "feeds.problem.page_missing", detail: trouble.detail });
        }
        News::Batch(Box::new(Batch {
            source: SourceFacts {
                format: "api".to_owned(),
                title: self.title.or_else(|| memory.name.clone()),
                link: self.page,
                ..SourceFacts::default()
            },
            posts: self.posts,
            withdrawn: self.withdrawn,
            problems: self.problems,
            is_partial: true,
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_listing_takes_each_post_once_and_follows_no_circle() {
        let mut listing = Listing::default();
        let post = |id: &str| Some(ImportedPost { remote_id: id.to_owned(), ..ImportedPost::default() });
        listing.take(post("1"));
        listing.take(None);
        assert_eq!(listing.turn(Some("a".into())), Some("a".into()));
        listing.take(post("1"));
        listing.take(post("2"));
        assert_eq!(listing.turn(Some("a".into())), None);
        assert_eq!(listing.posts.len(), 2);
        assert_eq!(listing.problems[0].position, Some(2));
    }
}
