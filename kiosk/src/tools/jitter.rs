//! Chance in waiting times, so that ten thousand screens do not come at once.

use std::time::Duration;

/// A number from 0 up to but not including 1.
pub fn roll() -> f64 {
    // Without the system's chance the address of a local does: this guards no secret.
    let bits = getrandom::u64().unwrap_or_else(|_| std::ptr::from_ref(&()).addr() as u64);
    (bits >> 11) as f64 / (1_u64 << 53) as f64
}

/// Somewhere in `[0, min(longest, first * 2^failures])`: full jitter.
pub fn back_off(failures: u32, first: Duration, longest: Duration, roll: f64) -> Duration {
    first.saturating_mul(2_u32.saturating_pow(failures.min(31))).min(longest).mul_f64(roll)
}

/// A fifth more or less than a time.
pub fn around(time: Duration, roll: f64) -> Duration {
    time.mul_f64(0.8 + 0.4 * roll)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{around, back_off, roll};

    #[test]
    fn waiting_doubles_up_to_a_limit_and_may_be_none() {
        let (first, longest) = (Duration::from_secs(1), Duration::from_secs(60));

        let most: Vec<_> = (0..9).map(|n| back_off(n, first, longest, 1.0).as_secs()).collect();

        assert_eq!(most, [1, 2, 4, 8, 16, 32, 60, 60, 60]);
        assert_eq!(back_off(u32::MAX, first, longest, 0.0), Duration::ZERO);
        assert_eq!(around(longest, 0.0), Duration::from_secs(48));
    }

    #[test]
    fn chance_stays_below_one_and_spreads() {
        let rolls: Vec<_> = (0..1_000).map(|_| roll()).collect();

        assert!(rolls.iter().all(|r| (0.0..1.0).contains(r)));
        assert!(rolls.iter().any(|r| *r < 0.1) && rolls.iter().any(|r| *r > 0.9));
    }
}
