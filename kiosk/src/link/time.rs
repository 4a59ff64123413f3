//! What the controller's clock shows, from questions and answers that take their time.

use std::{collections::VecDeque, sync::Mutex, sync::PoisonError};

use crate::tools::clock::Clock;

/// So many answers are weighed.
const SAMPLES: usize = 8;
/// An older answer counts no more, in milliseconds: clocks drift apart.
const OLDEST: i64 = 10 * 60_000;
/// Two answers that differ by more than this beyond their own doubt, in milliseconds,
/// mean that the controller's clock was set.
const SET: i64 = 250;
/// The machine's clock counts as wrong when it is off by more, in milliseconds.
const WRONG: i64 = 60_000;

/// One answer: how far the controller is ahead of our even time, give or take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Sample {
    received: i64,
    ahead: i64,
    doubt: i64,
}

/// Weighs answers; the quickest is the surest.
#[derive(Debug, Default)]
pub(super) struct Estimate {
    samples: VecDeque<Sample>,
}

impl Estimate {
    /// Takes an answer: asked and received in even time. Returns how far the controller
    /// is ahead, moved away from the present value by no more than is sure.
    pub(super) fn weigh(&mut self, asked: i64, received: i64, controller: i64, present: Option<i64>) -> i64 {
        let doubt = (received - asked) / 2 + 1;
        let sample = Sample { received, ahead: controller.saturating_sub(received - (received - asked) / 2), doubt };
        self.samples.retain(|old| received - old.received < OLDEST);
        let differs = |old: &Sample| old.ahead.abs_diff(sample.ahead) > (old.doubt + doubt + SET).unsigned_abs();
        if self.samples.iter().any(differs) {
            self.samples.clear();
        }
        if self.samples.len() == SAMPLES {
            self.samples.pop_front();
        }
        self.samples.push_back(sample);
        let best = self.samples.iter().min_by_key(|s| s.doubt).copied().unwrap_or(sample);
        match present {
            Some(present) => {
                present.clamp(best.ahead.saturating_sub(best.doubt), best.ahead.saturating_add(best.doubt))
            }
            None => best.ahead,
        }
    }
}

/// The clock, set by answers.
pub(super) struct Time {
    pub(super) clock: Clock,
    estimate: Mutex<Estimate>,
}

impl Time {
    pub(super) fn new(clock: Clock) -> Self {
        Self { clock, estimate: Mutex::default() }
    }

    /// Takes the answer to a question asked at an even time.
    pub(super) fn answered(&self, asked: i64, controller: i64) {
        let received = self.clock.even();
        if !(0..=received).contains(&asked) {
            return;
        }
        let present = self.clock.ahead();
        let mut estimate = self.estimate.lock().unwrap_or_else(PoisonError::into_inner);
        self.clock.set_ahead(estimate.weigh(asked, received, controller, present));
    }

    /// Takes the controller's word that our clock is wrong, for want of anything better.
    pub(super) fn corrected(&self, controller: i64) {
        *self.estimate.lock().unwrap_or_else(PoisonError::into_inner) = Estimate::default();
        self.clock.set_ahead(controller.saturating_sub(self.clock.even()));
    }

    /// By how many milliseconds the machine's own clock is wrong, when it is worth a word.
    pub(super) fn wrong_by(&self) -> Option<i64> {
        let off = self.clock.wall().saturating_sub(self.clock.now());
        (off.saturating_abs() > WRONG).then_some(off)
    }
}

#[cfg(test)]
mod tests {
    use super::{Estimate, SAMPLES};

    #[test]
    fn the_quickest_answer_counts_most() {
        let mut estimate = Estimate::default();

        // The controller is 1,000 ahead. The way there takes long, the way back does not.
        assert_eq!(estimate.weigh(0, 400, 1_390, None), 1_190);
        let ahead = estimate.weigh(500, 510, 1_505, Some(1_190));
        assert!((999..=1_006).contains(&ahead), "{ahead}");
        let ahead = estimate.weigh(600, 1_000, 1_990, Some(ahead));
        assert!((999..=1_006).contains(&ahead), "a slow one changes nothing: {ahead}");
    }

    #[test]
    fn the_clock_moves_no_further_than_is_sure() {
        let mut estimate = Estimate::default();
        let ahead = estimate.weigh(0, 20, 1_013, None);
        assert_eq!(ahead, 1_003);

        assert_eq!(estimate.weigh(100, 120, 1_111, Some(ahead)), ahead, "within doubt it stays");
        assert_eq!(estimate.weigh(200, 202, 1_201, Some(ahead)), 1_002, "else it goes to the edge");
    }

    #[test]
    fn a_clock_that_was_set_is_followed() {
        let mut estimate = Estimate::default();
        for n in 0..SAMPLES as i64 {
            estimate.weigh(n * 100, n * 100 + 2, n * 100 + 1_001, Some(1_000));
        }

        let ahead = estimate.weigh(2_000, 2_100, 3_602_050, Some(1_000));

        assert_eq!(ahead, 3_600_000 - 51);
    }
}
