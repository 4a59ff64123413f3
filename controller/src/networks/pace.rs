//! What is remembered between two visits of a network with accounts, and when to come again.

use serde::{Deserialize, Serialize};

use super::{Batch, Class, Doors, News, Next, Trouble, Visit, Visited, ask::Refusal, cadence};

const DAY_MS: i64 = 24 * 3600 * 1000;
/// An account that is missing for this long is taken to be gone.
const MISSING_MS: i64 = 14 * DAY_MS;
/// Pages of a listing that are read at most.
pub(super) const MOST_PAGES: usize = 5;

/// What is remembered between two visits.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Memory {
    /// Id that the network uses for the account.
    pub(super) account: Option<String>,
    /// What the account calls itself.
    pub(super) title: Option<String>,
    /// Newest post when a listing was last read without a gap.
    pub(super) newest: Option<String>,
    /// When all pages were last read: edits of older posts are found then.
    pub(super) full_at: i64,
    /// Failures in a row.
    pub(super) failures: u32,
    /// Since when the account is missing.
    pub(super) missing_since: Option<i64>,
}

/// What reading a listing gave.
pub(super) struct Harvest {
    /// What came before it ended.
    pub(super) batch: Batch,
    /// Why it ended early, or that the host has nothing left to give for now.
    pub(super) cut: Option<Refusal>,
    /// The host wants rest though it answered.
    pub(super) pause: Option<(String, i64)>,
}

impl Memory {
    /// Reads what an earlier visit wrote; something unreadable is the same as nothing.
    pub(super) fn read(text: Option<&str>) -> Self {
        text.and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default()
    }

    /// Whether all pages are to be read.
    pub(super) fn wants_all(&self, now: i64) -> bool {
        self.newest.is_none() || now - self.full_at >= DAY_MS || now < self.full_at
    }

    /// Notes that a listing was read to where it was known already, or to its end.
    pub(super) fn note_read(&mut self, newest: Option<String>, all: bool, now: i64) {
        self.newest = newest.or(self.newest.take());
        if all {
            self.full_at = now;
        }
    }

    /// Ends a visit.
    pub(super) fn end(mut self, doors: &Doors<'_>, visit: &Visit<'_>, harvest: Result<Harvest, Refusal>) -> Visited {
        let every_secs = doors.settings.minimum_secs.max(visit.every_secs).max(1);
        let mut host_pause = None;
        let (outcome, next) = match harvest {
            Ok(Harvest { batch, cut, pause }) => {
                self.failures = 0;
                self.missing_since = None;
                let calm = Next::At(doors.now + cadence::drift_secs(every_secs, doors.chance) * 1000);
                let next = match cut {
                    Some(cut) => {
                        host_pause = cut.pause;
                        self.fail(cut.trouble, every_secs, doors).1
                    }
                    None => calm,
                };
                host_pause = host_pause.or(pause);
                (Ok(News::Batch(Box::new(batch))), next)
            }
            Err(refusal) => {
                host_pause = refusal.pause;
                let (trouble, next) = self.fail(refusal.trouble, every_secs, doors);
                (Err(trouble), next)
            }
        };
        let memory = serde_json::to_string(&self).unwrap_or_default();
        Visited { outcome, memory, next, moved_to: None, host_pause, renewed: None }
    }

    fn fail(&mut self, mut trouble: Trouble, every_secs: i64, doors: &Doors<'_>) -> (Trouble, Next) {
        self.failures = self.failures.saturating_add(1);
        let retry = Next::At(doors.now + cadence::retry_secs(every_secs, self.failures, doors.chance) * 1000);
        let next = match trouble.class {
            Class::RateLimited { until } => Next::At(until.max(doors.now + every_secs * 1000)),
            Class::ReauthRequired | Class::PermissionMissing { .. } => Next::Never,
            Class::Gone => {
                let since = *self.missing_since.get_or_insert(doors.now);
                if doors.now - since >= MISSING_MS {
                    trouble.key = "networks.error.account_gone";
                    Next::Never
                } else {
                    trouble.class = Class::Transient;
                    retry
                }
            }
            Class::Transient | Class::BadRequest | Class::ContractChanged => retry,
        };
        if trouble.class == Class::BadRequest {
            trouble.class = Class::Transient;
        }
        (trouble, next)
    }
}

/// The trouble of an account that is not there.
pub(super) fn missing(detail: &str) -> Trouble {
    Trouble::new(Class::Gone, "networks.error.account_missing", detail)
}
