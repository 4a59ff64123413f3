//! Alerts: what interrupts everything else, at once, on all chosen screens.

use serde::{Deserialize, Serialize};

use super::{Area, Change, Entry, On, Shown};

/// Name of the region alerts are reported under.
pub const ALERT: &str = "alert";
/// Where a band stands: across the display, above its lower edge.
const BAND: Area = Area { left: 0.0, top: 76.0, width: 100.0, height: 24.0 };

/// Something everybody has to know now.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Alert {
    /// When it begins, in milliseconds since 1970.
    pub from: i64,
    /// When it ends by itself.
    #[serde(default)]
    pub until: Option<i64>,
    /// How much of the display it takes.
    #[serde(default)]
    pub shape: Shape,
    /// Screens with any of these tags show it; none means all.
    #[serde(default)]
    pub tags: Vec<String>,
    /// What is shown, and for how long while there are several.
    pub entry: Entry,
}

/// How much of the display an alert takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// A band over what is on.
    Band,
    /// All of it. Also what an old kiosk makes of a shape it does not know.
    #[default]
    #[serde(other)]
    Full,
}

impl Alert {
    fn is_for<S: AsRef<str>>(&self, tags: &[S]) -> bool {
        self.entry.known()
            && (self.tags.is_empty() || self.tags.iter().any(|tag| tags.iter().any(|own| own.as_ref() == tag)))
    }

    fn is_on(&self, at: i64) -> bool {
        self.from <= at && self.until.is_none_or(|until| at < until)
    }
}

/// Alerts that are on at an instant: of full ones and of bands one each; several take turns.
pub(super) fn on<'a, S: AsRef<str>>(alerts: &'a [Alert], at: i64, tags: &[S]) -> Vec<Shown<'a>> {
    let shapes = [(Shape::Full, Area::WHOLE), (Shape::Band, BAND)];
    let one = |(shape, area)| {
        let on: Vec<_> = alerts.iter().filter(|a| a.shape == shape && a.is_on(at) && a.is_for(tags)).collect();
        // A new one is shown at once, and so is what is left when one has ended.
        let ends = alerts.iter().filter(|a| a.shape == shape && a.is_for(tags)).filter_map(|a| a.until);
        let anchor = on.iter().map(|a| a.from).chain(ends.filter(|end| *end <= at)).max()?;
        let newest_first = |a: &&Alert, b: &&Alert| b.from.cmp(&a.from);
        let mut turns = on;
        turns.sort_by(newest_first);
        let length: i64 = turns.iter().map(|a| a.entry.stay()).sum();
        let mut left = (at - anchor).rem_euclid(length.max(1));
        let mut index = 0;
        while left >= turns.get(index)?.entry.stay() {
            left -= turns[index].entry.stay();
            index += 1;
        }
        let (since, stay) = (at - left, turns[index].entry.stay());
        let on = On { entry: &turns[index].entry, index, since, began: since, until: since + stay };
        Some(Shown { region: ALERT, area, change: Change::Cut, on })
    };
    let shown: Vec<_> = shapes.into_iter().filter_map(one).collect();
    // Over the whole display a band would only repeat itself.
    shown.into_iter().take(1).collect()
}

/// The next instant after `at` at which alerts change.
pub(super) fn next_change<S: AsRef<str>>(alerts: &[Alert], at: i64, tags: &[S]) -> Option<i64> {
    let mine = || alerts.iter().filter(|alert| alert.is_for(tags));
    let edges = mine().flat_map(|alert| [Some(alert.from), alert.until]).flatten().filter(|edge| *edge > at);
    let turns = (mine().filter(|alert| alert.is_on(at)).count() > 1)
        .then(|| on(alerts, at, tags).iter().map(|shown| shown.on.until).min())
        .flatten();
    edges.chain(turns).min()
}
