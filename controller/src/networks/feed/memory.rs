//! What is remembered between two visits, and what each answer means for it: a pure state machine.

use serde::{Deserialize, Serialize};
use url::Url;

use super::cadence::{self, Quiet};
use crate::{
    networks::{Class, Next, Trouble},
    tools::{dates, http::HttpError},
};

const MINUTE_MS: i64 = 60 * 1000;
const HOUR_MS: i64 = 60 * MINUTE_MS;
const DAY_MS: i64 = 24 * HOUR_MS;
/// Validators are dropped this often: some servers say "unchanged" for ever.
const FULL_EVERY_MS: i64 = 8 * DAY_MS;
/// A move is believed after this long.
const MOVE_AFTER_MS: i64 = DAY_MS;
/// A source that is not found for this long is switched off.
const MISSING_MS: i64 = 14 * DAY_MS;
/// Refusals in a row after which the owner is asked.
const MOST_DENIALS: u32 = 3;

/// What is remembered between two visits.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Memory {
    /// `ETag`, byte for byte.
    pub(super) etag: Option<String>,
    /// `Last-Modified`, byte for byte.
    pub(super) last_modified: Option<String>,
    /// SHA-256 of the last body.
    pub(super) body_hash: Option<String>,
    /// When a visit last asked without validators.
    pub(super) full_at: i64,
    /// `ttl` of the feed.
    pub(super) ttl_secs: Option<i64>,
    /// When the feed wants no visits.
    pub(super) quiet: Quiet,
    /// Where the source says it moved for good, and since when.
    pub(super) moved_to: Option<String>,
    pub(super) moved_since: i64,
    /// Failures in a row.
    pub(super) failures: u32,
    /// 401 and 403 in a row.
    pub(super) denials: u32,
    /// Since when it is not found.
    pub(super) missing_since: Option<i64>,
    /// Ids that the feed uses for several posts.
    pub(super) shared_ids: Vec<String>,
    /// Nothing will ever come again.
    pub(super) expired: bool,
}

impl Memory {
    /// Reads what an earlier visit wrote; something unreadable is the same as nothing.
    pub(super) fn read(text: Option<&str>) -> Self {
        text.and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default()
    }

    pub(super) fn write(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The validators to send: `If-None-Match` and `If-Modified-Since`.
    pub(super) fn validators(&self, now: i64) -> (Option<&str>, Option<&str>) {
        if now - self.full_at >= FULL_EVERY_MS || now < self.full_at {
            return (None, None);
        }
        // Servers whose clock is broken say 2038; nothing would ever be newer.
        let modified = self.last_modified.as_deref().filter(|date| is_sound(date));
        (self.etag.as_deref(), modified)
    }

    /// Whether an answer carries the validators of the last one: some servers send the whole document all the same. An
    /// `ETag` decides alone. A date counts only a minute later: two versions of one second have the same.
    pub(super) fn is_same(&self, etag: Option<&str>, modified: Option<&str>, now: i64) -> bool {
        if etag.is_some() {
            return etag == self.etag.as_deref();
        }
        let Some(date) = modified.filter(|date| is_sound(date)) else { return false };
        let old = dates::parse(date).is_none_or(|at| now - at >= MINUTE_MS);
        old && self.last_modified.as_deref() == Some(date)
    }

    /// Notes where the source moved; returns the new address once it was seen twice, a day apart.
    pub(super) fn note_move(&mut self, from: &str, target: Option<&Url>, now: i64) -> Option<String> {
        let Some(target) = target.filter(|target| target.as_str() != from && !looks_like_log_in(target)) else {
            self.moved_to = None;
            return None;
        };
        if self.moved_to.as_deref() != Some(target.as_str()) {
            self.moved_to = Some(target.to_string());
            self.moved_since = now;
        }
        (now - self.moved_since >= MOVE_AFTER_MS).then(|| target.to_string())
    }

    /// Notes a success.
    pub(super) fn succeed(&mut self) {
        self.failures = 0;
        self.denials = 0;
        self.missing_since = None;
    }

    /// Notes a failure; returns what to tell and when to come again.
    pub(super) fn fail(&mut self, error: HttpError, minimum_secs: i64, now: i64, chance: f64) -> (Trouble, Next) {
        if !matches!(error, HttpError::Unauthorised | HttpError::Denied) {
            self.denials = 0;
        }
        if error != HttpError::NotFound {
            self.missing_since = None;
        }
        self.failures = self.failures.saturating_add(1);
        let retry = Next::At(now + cadence::retry_secs(minimum_secs, self.failures, chance) * 1000);
        let tomorrow = Next::At(now + DAY_MS);
        let mut trouble = Trouble::from(error.clone());
        let next = match error {
            HttpError::Gone => Next::Never,
            HttpError::NotFound => {
                let since = *self.missing_since.get_or_insert(now);
                if now - since >= MISSING_MS {
                    trouble.class = Class::Gone;
                    trouble.key = "sources.error.missing_long";
                    Next::Never
                } else {
                    retry
                }
            }
            HttpError::Unauthorised | HttpError::Denied => {
                self.denials = self.denials.saturating_add(1);
                if self.denials >= MOST_DENIALS {
                    trouble.class = Class::PermissionMissing { scope: None };
                    Next::Never
                } else {
                    trouble.class = Class::Transient;
                    retry
                }
            }
            HttpError::RateLimited { until } | HttpError::Unavailable { until } => {
                Next::At(until.max(now + minimum_secs * 1000))
            }
            HttpError::Status(400..=499) => {
                trouble.class = Class::BadRequest;
                tomorrow
            }
            HttpError::BadAddress
            | HttpError::Scheme
            | HttpError::CredentialsInAddress
            | HttpError::ForbiddenAddress
            | HttpError::ForbiddenPort { .. }
            | HttpError::TooLarge { .. } => tomorrow,
            _ => retry,
        };
        (trouble, next)
    }
}

/// Whether a `Last-Modified` can be believed.
fn is_sound(date: &str) -> bool {
    !date.contains("2038")
}

/// A page that asks who we are is not where a feed moved to.
fn looks_like_log_in(target: &Url) -> bool {
    const WORDS: &[&str] = &["login", "logon", "signin", "sso", "auth", "captcha", "consent", "anmelden", "account"];
    let host = target.host_str().unwrap_or_default();
    let place = format!("{host}{}", target.path()).to_ascii_lowercase();
    // Whole words only: `/authors/feed` is no log-in.
    place.contains("sign-in") || place.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| WORDS.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_800_000_000_000;

    fn fail(memory: &mut Memory, error: HttpError, now: i64) -> (Class, Next) {
        let (trouble, next) = memory.fail(error, 900, now, 0.5);
        (trouble.class, next)
    }

    #[test]
    fn validators_are_verbatim_for_eight_days() {
        let memory = Memory {
            etag: Some("W/unquoted".into()),
            last_modified: Some("gestern".into()),
            full_at: NOW,
            ..Memory::default()
        };

        assert_eq!(memory.validators(NOW + FULL_EVERY_MS - 1), (Some("W/unquoted"), Some("gestern")));
        assert_eq!(memory.validators(NOW + FULL_EVERY_MS), (None, None));
        let broken = Memory { last_modified: Some("Tue, 19 Jan 2038 03:14:07 GMT".into()), ..memory };
        assert_eq!(broken.validators(NOW), (Some("W/unquoted"), None));
    }

    #[test]
    fn a_tag_decides_alone_and_a_date_after_a_minute() {
        let date = Some("Fri, 15 Jan 2027 07:59:30 GMT");
        let memory = Memory { etag: Some("a".into()), last_modified: date.map(Into::into), ..Memory::default() };

        assert!(memory.is_same(Some("a"), Some("another date"), NOW));
        assert!(!memory.is_same(Some("b"), date, NOW + DAY_MS), "the tag is another");
        assert!(!memory.is_same(None, date, NOW + 29_000), "it may have changed twice in that second");
        assert!(memory.is_same(None, date, NOW + 30_000));
        assert!(!memory.is_same(None, Some("Fri, 15 Jan 2027 08:00:00 GMT"), NOW + DAY_MS));
        assert!(!memory.is_same(None, None, NOW));
        assert!(!Memory::default().is_same(None, None, NOW));
        let broken = Some("Tue, 19 Jan 2038 03:14:07 GMT");
        assert!(!Memory { last_modified: broken.map(Into::into), ..memory }.is_same(None, broken, i64::MAX));
    }

    #[test]
    fn a_move_is_believed_when_seen_twice_a_day_apart() {
        let mut memory = Memory::default();
        let target = Url::parse("https://new.example/feed").unwrap();
        let other = Url::parse("https://other.example/feed").unwrap();

        assert_eq!(memory.note_move("https://old.example/", Some(&target), NOW), None);
        assert_eq!(memory.note_move("https://old.example/", Some(&target), NOW + HOUR_MS), None);
        assert_eq!(memory.note_move("https://old.example/", Some(&other), NOW + DAY_MS), None);
        assert_eq!(memory.note_move("https://old.example/", Some(&target), NOW + DAY_MS), None);
        assert_eq!(memory.note_move("https://old.example/", None, NOW + DAY_MS), None);
        assert_eq!(memory.note_move("https://old.example/", Some(&target), NOW + 2 * DAY_MS), None);
        assert_eq!(
            memory.note_move("https://old.example/", Some(&target), NOW + 3 * DAY_MS).as_deref(),
            Some("https://new.example/feed")
        );
    }

    #[test]
    fn no_feed_moves_to_a_log_in() {
        for address in
            ["https://x.example/login?next=/feed", "https://sso.x.example/feed", "https://x.example/wp-login.php"]
        {
            let mut memory = Memory::default();
            let target = Url::parse(address).unwrap();
            memory.note_move("https://old.example/", Some(&target), NOW);
            assert_eq!(memory.note_move("https://old.example/", Some(&target), NOW + 9 * DAY_MS), None, "{address}");
        }
        assert!(!looks_like_log_in(&Url::parse("https://x.example/authors/feed").unwrap()));
    }

    #[test]
    fn gone_is_for_ever_and_missing_after_two_weeks() {
        let mut memory = Memory::default();
        assert_eq!(fail(&mut memory, HttpError::Gone, NOW), (Class::Gone, Next::Never));

        let mut memory = Memory::default();
        assert_eq!(fail(&mut memory, HttpError::NotFound, NOW).1, Next::At(NOW + 900_000));
        assert_eq!(fail(&mut memory, HttpError::NotFound, NOW + MISSING_MS), (Class::Gone, Next::Never));

        let mut memory = Memory::default();
        fail(&mut memory, HttpError::NotFound, NOW);
        memory.succeed();
        assert_ne!(fail(&mut memory, HttpError::NotFound, NOW + MISSING_MS).1, Next::Never);
    }

    #[test]
    fn the_owner_is_asked_after_three_refusals_in_a_row() {
        let mut memory = Memory::default();
        assert_eq!(fail(&mut memory, HttpError::Denied, NOW).0, Class::Transient);
        assert_eq!(fail(&mut memory, HttpError::Dns, NOW).0, Class::Transient);
        assert_eq!(fail(&mut memory, HttpError::Denied, NOW).0, Class::Transient);
        assert_eq!(fail(&mut memory, HttpError::Unauthorised, NOW).0, Class::Transient);
        assert_eq!(fail(&mut memory, HttpError::Denied, NOW), (Class::PermissionMissing { scope: None }, Next::Never));
    }

    #[test]
    fn servers_say_when_and_other_refusals_rest_a_day() {
        let mut memory = Memory::default();
        let until = NOW + 2 * HOUR_MS;
        assert_eq!(
            fail(&mut memory, HttpError::RateLimited { until }, NOW),
            (Class::RateLimited { until }, Next::At(until))
        );
        assert_eq!(fail(&mut memory, HttpError::Unavailable { until: NOW }, NOW).1, Next::At(NOW + 900_000));
        assert_eq!(fail(&mut memory, HttpError::Status(418), NOW), (Class::BadRequest, Next::At(NOW + DAY_MS)));
        assert_eq!(fail(&mut memory, HttpError::ForbiddenAddress, NOW), (Class::BadRequest, Next::At(NOW + DAY_MS)));
    }

    #[test]
    fn what_is_remembered_survives_and_nonsense_is_forgotten() {
        let memory = Memory { etag: Some("x".into()), failures: 3, ..Memory::default() };
        assert_eq!(Memory::read(Some(&memory.write())), memory);
        assert_eq!(Memory::read(Some("{broken")), Memory::default());
        assert_eq!(Memory::read(Some("{\"etag\":\"a\",\"from_a_later_version\":1}")).etag.as_deref(), Some("a"));
    }
}
