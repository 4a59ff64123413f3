//! Where a film is at an instant: round and round on the programme's time, the same on every screen.

/// The course of a film; times are in milliseconds, since 1970 where they are instants.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Course {
    /// An instant at which a round begins; all others follow from it.
    anchor: i64,
    /// Nothing moves before.
    pub(super) since: i64,
    /// How long a round is.
    length: f64,
}

/// Shorter rounds are nothing to look at.
const SHORTEST: f64 = 200.0;

impl Course {
    /// A film that runs round and round; one whose length nobody knows runs once.
    pub(super) fn new(anchor: i64, since: i64, length: Option<f64>) -> Self {
        Self { anchor, since, length: length.map_or(f64::INFINITY, |length| length.max(SHORTEST)) }
    }

    /// How long a round is; infinite where it is not known.
    pub(super) fn length(&self) -> f64 {
        self.length
    }

    /// When the round began that is on at an instant, and how far it is; before the film is on, as when it will be.
    pub(super) fn at(&self, now: f64) -> (f64, f64) {
        let into = now.max(self.since as f64) - self.anchor as f64;
        if self.length.is_finite() {
            let position = into.rem_euclid(self.length);
            (self.anchor as f64 + into - position, position)
        } else {
            (self.anchor as f64, into.max(0.0))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Course;

    #[test]
    fn a_film_goes_round_on_the_programmes_time() {
        let course = Course::new(10_000, 10_000, Some(4_000.0));

        assert_eq!(course.at(10_000.0), (10_000.0, 0.0));
        assert_eq!(course.at(13_999.0), (10_000.0, 3_999.0));
        assert_eq!(course.at(14_000.0), (14_000.0, 0.0));
        assert_eq!(course.at(1_000_001.0), (998_000.0, 2_001.0));
        // It is made ready ahead of its time, standing still at its beginning.
        assert_eq!(course.at(9_000.0), (10_000.0, 0.0));
    }

    #[test]
    fn a_film_that_is_on_for_ever_does_not_start_anew_with_each_round_of_its_playlist() {
        let course = Course::new(1_000, 61_000, Some(7_000.0));

        assert_eq!(course.at(62_000.0), (57_000.0, 5_000.0));
    }

    #[test]
    fn a_film_of_unknown_length_runs_once() {
        let course = Course::new(10_000, 10_000, None);

        assert_eq!(course.at(99_000.0), (10_000.0, 89_000.0));
        assert_eq!(Course::new(0, 0, Some(0.0)).length(), 200.0);
    }
}
