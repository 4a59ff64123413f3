//! What the policy of a network means for its sources and posts: the one place that knows.

use crate::networks::{MediaRule, Network, Policy, Settings};

const HOUR_MS: i64 = 3_600 * 1_000;
const DAY_MS: i64 = 24 * HOUR_MS;
/// Most pictures of a post that are stored.
const MOST_PICTURES: usize = 10;

/// The rules of a network.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rules(Policy);

impl Rules {
    /// The rules of a network.
    pub(super) fn of(network: &dyn Network) -> Self {
        Self(network.facts().policy)
    }

    /// Seconds between two visits: what the operator set, or more where the network wants it.
    pub(super) fn every_secs(self, settings: &Settings) -> i64 {
        settings.minimum_secs.max(self.0.minimum_secs)
    }

    /// Most pictures of a post that may be stored; 0 for none.
    pub(super) fn pictures(self) -> usize {
        match self.0.media {
            // What is kept with a post goes with it: nothing else uses it.
            MediaRule::Store | MediaRule::WhileKept => MOST_PICTURES,
            MediaRule::PreviewOnly => 1,
            MediaRule::Never => 0,
        }
    }

    /// Whether posts are looked up by themselves, whatever the owner wishes.
    pub(super) fn checks(self) -> bool {
        self.0.verify_hours.is_some() || self.0.keep_days.is_some()
    }

    /// Posts that were last known to be there then or earlier are to be looked up; `None` where that is the owner's wish.
    pub(super) fn due_before(self, now: i64) -> Option<i64> {
        let by_hours = self.0.verify_hours.map(|hours| i64::from(hours) * HOUR_MS);
        let by_days = self.0.keep_days.map(|days| (i64::from(days) - 1) * DAY_MS);
        by_hours.into_iter().chain(by_days).min().map(|span| now - span)
    }

    /// Posts that were last known to be there before then must go.
    pub(super) fn stale_before(self, now: i64) -> Option<i64> {
        self.0.keep_days.map(|days| now - i64::from(days) * DAY_MS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::networks::ReExport;

    const NOW: i64 = 1_800_000_000_000;

    fn rules(keep_days: Option<u16>, media: MediaRule, verify_hours: Option<u16>) -> Rules {
        Rules(Policy { keep_days, media, re_export: ReExport::Full, verify_hours, minimum_secs: 60 })
    }

    #[test]
    fn as_many_pictures_are_stored_as_the_network_allows() {
        let pictures = [MediaRule::Store, MediaRule::WhileKept, MediaRule::PreviewOnly, MediaRule::Never]
            .map(|media| rules(None, media, None).pictures());
        assert_eq!(pictures, [10, 10, 1, 0]);
    }

    #[test]
    fn posts_are_looked_up_in_time_and_go_after_it() {
        let feed = rules(None, MediaRule::Store, None);
        assert_eq!((feed.checks(), feed.due_before(NOW), feed.stale_before(NOW)), (false, None, None));
        let daily = rules(None, MediaRule::Store, Some(24));
        assert_eq!((daily.checks(), daily.due_before(NOW)), (true, Some(NOW - DAY_MS)));
        let month = rules(Some(30), MediaRule::Store, None);
        assert_eq!(month.due_before(NOW), Some(NOW - 29 * DAY_MS), "a day before they must go");
        assert_eq!(month.stale_before(NOW), Some(NOW - 30 * DAY_MS));
        assert_eq!(rules(Some(30), MediaRule::Store, Some(24)).due_before(NOW), Some(NOW - DAY_MS));
    }

    #[test]
    fn nobody_visits_more_often_than_the_network_allows() {
        let often = Settings { minimum_secs: 1, ..Settings::default() };
        assert_eq!(rules(None, MediaRule::Store, None).every_secs(&often), 60);
        assert_eq!(rules(None, MediaRule::Store, None).every_secs(&Settings::default()), 900);
    }
}
