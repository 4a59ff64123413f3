//! When to come again: pure functions of what a feed says, how often it failed, and a die.

/// Longest pause that a publisher can ask for, in seconds.
const LONGEST_SECS: i64 = 24 * 3600;
/// Longest pause that `max-age` alone can ask for: it is often set for files in general.
const LONGEST_MAX_AGE_SECS: i64 = 5 * 3600;
/// First pause after a failure, in seconds.
const FIRST_RETRY_SECS: i64 = 15 * 60;

/// What a publisher says about how long an answer stays fresh, in seconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::networks) struct Freshness {
    /// `ttl` and `sy:updatePeriod` in the feed.
    pub(in crate::networks) ttl: Option<i64>,
    /// `Cache-Control: max-age`
    pub(in crate::networks) max_age: Option<i64>,
    /// `Expires`, from now.
    pub(in crate::networks) expires: Option<i64>,
}

/// Seconds until the next visit after a success.
pub(in crate::networks) fn pause_secs(minimum_secs: i64, freshness: Freshness) -> i64 {
    let asked = [
        freshness.ttl.map(|secs| secs.min(LONGEST_SECS)),
        freshness.max_age.map(|secs| secs.min(LONGEST_MAX_AGE_SECS)),
        freshness.expires.map(|secs| secs.min(LONGEST_SECS)),
    ];
    asked.into_iter().flatten().fold(minimum_secs.max(1), i64::max)
}

/// The hours and days (0 is Monday) in which a publisher wants no visits, in UTC.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub(in crate::networks) struct Quiet {
    /// 0 to 23
    pub(in crate::networks) hours: Vec<u8>,
    /// 0 to 6
    pub(in crate::networks) days: Vec<u8>,
}

/// The first time from `at` on that is not quiet, in milliseconds since 1970: whole hours later, so that sources stay
/// apart. A publisher who never wants to be visited is mistaken.
pub(in crate::networks) fn awake(at: i64, quiet: &Quiet) -> i64 {
    const HOUR_MS: i64 = 3600 * 1000;
    let later = (0..24 * 8).map(|hours| at + hours * HOUR_MS);
    let loud = |time: &i64| {
        let hour = u8::try_from(time.div_euclid(HOUR_MS).rem_euclid(24)).unwrap_or_default();
        // 1970 began on a Thursday.
        let day = u8::try_from((time.div_euclid(24 * HOUR_MS) + 3).rem_euclid(7)).unwrap_or_default();
        !quiet.hours.contains(&hour) && !quiet.days.contains(&day)
    };
    later.into_iter().find(loud).unwrap_or(at)
}

/// Seconds until the next try after this many failures in a row: 15 minutes, doubled each time, up to a day; a quarter
/// more or less, so that sources which failed together do not come back together. A shorter first pause where the
/// operator visits more often than every four minutes.
pub(in crate::networks) fn retry_secs(minimum_secs: i64, failures: u32, chance: f64) -> i64 {
    let first = FIRST_RETRY_SECS.min(minimum_secs.saturating_mul(4)).max(1);
    let doubled = first.saturating_mul(1 << failures.saturating_sub(1).min(20)).min(LONGEST_SECS);
    spread(doubled, 0.75 + chance.clamp(0.0, 1.0) / 2.0).clamp(1, LONGEST_SECS)
}

/// Up to a twentieth more, so that sources linked together drift apart.
pub(in crate::networks) fn drift_secs(secs: i64, chance: f64) -> i64 {
    spread(secs, 1.0 + chance.clamp(0.0, 1.0) / 20.0).min(LONGEST_SECS.max(secs))
}

#[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "seconds of at most a few days")]
fn spread(secs: i64, factor: f64) -> i64 {
    (secs as f64 * factor).round() as i64
}

/// Reads `Cache-Control`: seconds of `max-age`; none where caching is forbidden.
pub(in crate::networks) fn max_age_secs(cache_control: &str) -> Option<i64> {
    let mut directives = cache_control.split(',').map(|directive| directive.trim().to_ascii_lowercase());
    let mut age = None;
    for directive in directives.by_ref() {
        if matches!(directive.as_str(), "no-cache" | "no-store") {
            return None;
        }
        if let Some(secs) = directive.strip_prefix("max-age=") {
            age = secs.trim_matches('"').parse().ok().filter(|secs| *secs > 0);
        }
    }
    age
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_wish_wins_within_its_cap() {
        let hours = |hours: i64| Some(hours * 3600);
        let table = [
            (Freshness::default(), 900),
            (Freshness { ttl: Some(60), ..Freshness::default() }, 900),
            (Freshness { ttl: hours(2), ..Freshness::default() }, 2 * 3600),
            (Freshness { ttl: hours(700), ..Freshness::default() }, 24 * 3600),
            (Freshness { max_age: hours(3), ..Freshness::default() }, 3 * 3600),
            (Freshness { max_age: hours(8760), ..Freshness::default() }, 5 * 3600),
            (Freshness { expires: hours(48), ..Freshness::default() }, 24 * 3600),
            (Freshness { expires: Some(-5), ..Freshness::default() }, 900),
            (Freshness { ttl: hours(1), max_age: hours(2), expires: hours(3) }, 3 * 3600),
        ];
        for (freshness, expected) in table {
            assert_eq!(pause_secs(900, freshness), expected, "{freshness:?}");
        }
    }

    #[test]
    fn failures_double_the_pause_up_to_a_day() {
        let middle: Vec<_> = (1..=9).map(|failures| retry_secs(900, failures, 0.5)).collect();
        assert_eq!(middle, [900, 1800, 3600, 7200, 14_400, 28_800, 57_600, 86_400, 86_400]);
        assert_eq!((retry_secs(900, 1, 0.0), retry_secs(900, 1, 1.0)), (675, 1125));
        assert_eq!(retry_secs(900, u32::MAX, 1.0), 86_400);
        assert_eq!(retry_secs(1, 1, 0.5), 4);
        assert_eq!(retry_secs(i64::MAX, 1, 0.5), 900);
    }

    #[test]
    fn sources_drift_apart_within_a_day() {
        assert_eq!((drift_secs(900, 0.0), drift_secs(900, 1.0)), (900, 945));
        assert_eq!(drift_secs(LONGEST_SECS, 1.0), LONGEST_SECS);
    }

    #[test]
    fn quiet_hours_and_days_are_waited_for() {
        // 2027-01-15, a Friday, 08:00 UTC
        const FRIDAY_8: i64 = 1_800_000_000_000;
        const HOUR: i64 = 3_600_000;
        let quiet = |hours: &[u8], days: &[u8]| Quiet { hours: hours.to_vec(), days: days.to_vec() };
        let table = [
            (FRIDAY_8, quiet(&[], &[]), 0),
            (FRIDAY_8, quiet(&[7, 9], &[3, 5]), 0),
            (FRIDAY_8 + 59 * 60_000, quiet(&[8, 9], &[]), 2),
            (FRIDAY_8, quiet(&[], &[4]), 16),
            (FRIDAY_8, quiet(&[8], &[4, 5, 6]), 64),
            (FRIDAY_8, quiet(&[0, 1], &[4]), 18),
            (FRIDAY_8, quiet(&(0..24).collect::<Vec<_>>(), &[]), 0),
            (FRIDAY_8, quiet(&[], &[0, 1, 2, 3, 4, 5, 6]), 0),
        ];
        for (at, quiet, hours) in table {
            assert_eq!((awake(at, &quiet) - at) / HOUR, hours, "{quiet:?}");
        }
    }

    #[test]
    fn cache_control_is_read() {
        assert_eq!(max_age_secs("public, max-age=300"), Some(300));
        assert_eq!(max_age_secs("Max-Age=\"60\""), Some(60));
        assert_eq!(max_age_secs("max-age=300, no-cache"), None);
        assert_eq!(max_age_secs("max-age=0"), None);
        assert_eq!(max_age_secs("max-age=never"), None);
    }
}
