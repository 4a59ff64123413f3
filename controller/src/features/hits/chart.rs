//! A plain chart of numbers by day, measured in the units of its drawing.

use shared::programme::Date;

/// Width and height of the drawing.
pub const SIZE: (i64, i64) = (600, 160);

/// One day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bar {
    /// Which day.
    pub date: Date,
    /// How often.
    pub seen: i64,
    /// Left edge.
    pub x: i64,
    /// Upper edge.
    pub y: i64,
    /// Width.
    pub width: i64,
    /// Height; 0 for nothing.
    pub height: i64,
}

/// All days, and the line they are measured by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chart {
    /// One for each day, the oldest first.
    pub bars: Vec<Bar>,
    /// What the upper edge stands for: a round number, no less than the largest.
    pub top: i64,
    /// All days together.
    pub sum: i64,
}

impl Chart {
    /// Draws numbers of days, the oldest first.
    pub(super) fn of(days: impl ExactSizeIterator<Item = (Date, i64)>) -> Self {
        let (width, height) = SIZE;
        let step = width / i64::try_from(days.len().max(1)).unwrap_or(1);
        let days: Vec<_> = days.collect();
        let top = round_up(days.iter().map(|(_, seen)| *seen).max().unwrap_or(0));
        let bar = |(index, (date, seen)): (i64, (Date, i64))| {
            // What was seen at all is to be seen.
            let tall = if seen == 0 { 0 } else { (seen * height / top).max(2) };
            Bar { date, seen, x: index * step + 1, y: height - tall, width: step - 2, height: tall }
        };
        let sum = days.iter().map(|(_, seen)| seen).sum();
        Self { bars: (0..).zip(days).map(bar).collect(), top, sum }
    }
}

/// The next of 4, 10, 20, 50, 100, 200, 500 …
fn round_up(largest: i64) -> i64 {
    if largest <= 4 {
        return 4;
    }
    let mut unit = 1_i64;
    loop {
        if let Some(round) = [1, 2, 5].into_iter().map(|n| n * unit).find(|round| *round >= largest && *round >= 10) {
            return round;
        }
        unit = unit.saturating_mul(10);
    }
}

#[cfg(test)]
mod tests {
    use shared::programme::Date;

    use super::{Chart, SIZE, round_up};

    #[test]
    fn days_stand_side_by_side_and_the_largest_fits() {
        let days = [0, 1, 900, 250].into_iter().zip(0..).map(|(seen, day)| (Date(day), seen));
        let chart = Chart::of(days.collect::<Vec<_>>().into_iter());

        assert_eq!((chart.top, chart.sum), (1_000, 1_151));
        assert_eq!(chart.bars.iter().map(|bar| bar.height).collect::<Vec<_>>(), [0, 2, 144, 40]);
        assert!(chart.bars.iter().all(|bar| bar.y + bar.height == SIZE.1));
        assert!(chart.bars.windows(2).all(|pair| pair[0].x + pair[0].width < pair[1].x));
        assert!(chart.bars.iter().all(|bar| bar.x + bar.width <= SIZE.0));
    }

    #[test]
    fn the_upper_edge_is_a_round_number() {
        assert_eq!([0, 3, 5, 10, 11, 21, 99, 501].map(round_up), [4, 4, 10, 10, 20, 50, 100, 1_000]);
        assert!(round_up(i64::MAX / 10) >= i64::MAX / 10);
    }
}
