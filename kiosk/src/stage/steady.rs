//! A clock for what moves: frames come a little early or late, things must move evenly all the same.

/// Follows a clock evenly.
#[derive(Clone, Copy, Debug, Default)]
pub struct Steady {
    now: f64,
    clock: f64,
    period: f64,
}

/// Periods of frames, in milliseconds: 240 to 20 in a second.
const PERIODS: (f64, f64) = (1_000.0 / 240.0, 50.0);
/// How quickly the period follows what is measured, and the clock what it says.
const FOLLOW: f64 = 0.04;

impl Steady {
    /// The instant that a frame shows, in milliseconds since 1970; called once for each frame with what the clock says.
    pub fn frame(&mut self, clock: f64) -> f64 {
        let passed = clock - self.clock;
        if passed == 0.0 {
            // A clock that stands.
            return self.now;
        }
        self.clock = clock;
        if !(0.0..PERIODS.1 * 4.0).contains(&passed) {
            // The first frame, or the first after a pause: no movement to keep even.
            (self.now, self.period) = (clock, 0.0);
            return self.now;
        }
        if self.period == 0.0 {
            (self.now, self.period) = (clock, passed.clamp(PERIODS.0, PERIODS.1));
            return self.now;
        }
        // Of frames that were left out, each counts.
        let frames = (passed / self.period).round().max(1.0);
        let measured = (passed / frames).clamp(PERIODS.0, PERIODS.1);
        self.period += (measured - self.period) * FOLLOW;
        let expected = self.now + self.period * frames;
        self.now = (expected + (clock - expected) * FOLLOW).max(self.now);
        self.now
    }
}

#[cfg(test)]
mod tests {
    use super::Steady;

    const START: f64 = 1_773_320_700_000.0;

    /// Frames at this rate whose times are off by so much, to and fro.
    fn steps(rate: f64, off: f64) -> (Vec<f64>, f64) {
        let mut steady = Steady::default();
        let mut shown = Vec::new();
        let mut clock = START;
        for frame in 0..600 {
            let wobble = [0.0, 1.0, -0.6, 0.3, -1.0, 0.7][frame % 6] * off;
            clock = START + frame as f64 * 1_000.0 / rate + wobble;
            shown.push(steady.frame(clock));
        }
        (shown.windows(2).map(|pair| pair[1] - pair[0]).collect(), shown[599] - clock)
    }

    #[test]
    fn frames_that_come_unevenly_move_evenly() {
        for rate in [24.0, 30.0, 50.0, 59.94, 60.0, 120.0] {
            let (steps, behind) = steps(rate, 1.5);

            let settled = &steps[300..];
            let uneven = settled.iter().map(|step| (step - 1_000.0 / rate).abs()).fold(0.0, f64::max);
            assert!(uneven < 0.4, "{rate}: {uneven}");
            assert!(behind.abs() < 4.0, "{rate}: {behind}");
        }
    }

    #[test]
    fn a_frame_left_out_is_made_good_at_once_and_nothing_goes_back() {
        let mut steady = Steady::default();
        let times = (0..200).filter(|frame| frame % 50 != 7).map(|frame| START + f64::from(frame) * 1_000.0 / 60.0);
        let mut last = 0.0;
        for clock in times {
            let now = steady.frame(clock);
            assert!(now >= last && (now - clock).abs() < 1.5, "{now} {clock}");
            last = now;
        }
        assert!(steady.frame(last - 5.0) >= last - 5.0);
    }

    #[test]
    fn after_a_pause_it_starts_where_the_clock_is() {
        let mut steady = Steady::default();
        steady.frame(START);
        assert_eq!(steady.frame(START + 60_000.0), START + 60_000.0);
    }
}
