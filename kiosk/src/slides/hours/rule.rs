//! Opening hours understood: whether somebody is there now, and when next.

const DAY: u32 = 24 * 60;

/// From a minute of the day to another, which may lie on the next day.
type Span = (u32, u32);

/// What can be said about now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Now {
    /// Open, without an end in sight.
    Always,
    /// Open until this minute of the day.
    Open(u32),
    /// Closed until so many days from now, at this minute of the day.
    Opens(usize, u32),
    /// Closed all week.
    Closed,
    /// Today's text says no times.
    Unknown,
}

/// What a week (Monday first) says about a weekday and a minute of the day.
pub(super) fn now(week: &[String; 7], weekday: usize, minute: u32) -> Now {
    let day = |ahead: usize| spans(&week[(weekday + ahead) % 7]);
    let Some(today) = day(0) else { return Now::Unknown };
    let yesterday = day(6).unwrap_or_default();
    // What began yesterday may reach beyond midnight.
    let over_night = yesterday.iter().filter(|(_, until)| *until > DAY).map(|(_, until)| until - DAY);
    let of_today = today.iter().filter(|(from, _)| *from <= minute).map(|(_, until)| *until);
    if let Some(until) = over_night.chain(of_today).filter(|until| *until > minute).max() {
        let whole = |day: Option<Vec<Span>>| day.is_some_and(|spans| spans.contains(&(0, DAY)));
        return if (0..7).all(|ahead| whole(day(ahead))) { Now::Always } else { Now::Open(until % DAY) };
    }
    let later = |ahead: usize| {
        let spans = day(ahead).unwrap_or_default();
        spans.into_iter().map(|(from, _)| from).filter(|from| ahead > 0 || *from > minute).min()
    };
    let next = (0..=7).find_map(|ahead| later(ahead).map(|from| (ahead, from)));
    next.map_or(Now::Closed, |(ahead, from)| Now::Opens(ahead, from))
}

/// Reads `09:00–12:30, 14:00–18:00`; nothing for an empty text, `None` for words.
fn spans(text: &str) -> Option<Vec<Span>> {
    let parts = text.split([',', ';', '\n']).map(str::trim).filter(|part| !part.is_empty());
    parts.map(span).collect()
}

fn span(text: &str) -> Option<Span> {
    let text = text.replace(" bis ", "–").replace(" to ", "–");
    let (from, until) = text.split_once(['–', '—', '-'])?;
    let (from, until) = (time(from)?, time(until)?);
    if from >= DAY {
        return None;
    }
    Some((from, if until > from { until } else { until + DAY }))
}

/// Minute of the day of `9`, `9:30`, `09.30 Uhr`.
fn time(text: &str) -> Option<u32> {
    let text = text.trim().trim_end_matches("Uhr").trim_end();
    let (hours, minutes) = text.split_once([':', '.']).unwrap_or((text, "0"));
    let number = |text: &str| text.parse::<u32>().ok().filter(|_| text.len() <= 2);
    let minute = number(hours)? * 60 + number(minutes).filter(|minutes| *minutes < 60)?;
    (minute <= DAY).then_some(minute)
}

#[cfg(test)]
mod tests {
    use super::{Now, now, spans};

    fn week(days: [&str; 7]) -> [String; 7] {
        days.map(str::to_owned)
    }

    #[test]
    fn times_are_read_as_people_write_them_and_words_are_not() {
        assert_eq!(spans("09:00–12:30, 14:00–18:00"), Some(vec![(540, 750), (840, 1_080)]));
        assert_eq!(spans("9 bis 17.30 Uhr"), Some(vec![(540, 1_050)]));
        assert_eq!(spans("18-2"), Some(vec![(1_080, 1_560)]));
        assert_eq!(spans(""), Some(vec![]));
        for words in ["nach Vereinbarung", "9", "25:00–26:00", "9:75–10", "–", "9–10 oder so"] {
            assert_eq!(spans(words), None, "{words}");
        }
    }

    #[test]
    fn a_week_says_whether_somebody_is_there_and_when_next() {
        let usual = week(["9-12, 14-18", "9-12", "9-12", "9-12", "", "20:00–02:00", ""]);

        assert_eq!(now(&usual, 0, 539), Now::Opens(0, 540));
        assert_eq!(now(&usual, 0, 540), Now::Open(720));
        assert_eq!(now(&usual, 0, 720), Now::Opens(0, 840));
        assert_eq!(now(&usual, 0, 1_080), Now::Opens(1, 540));
        assert_eq!(now(&usual, 4, 600), Now::Opens(1, 1_200));
        assert_eq!(now(&usual, 5, 1_320), Now::Open(120), "beyond midnight");
        assert_eq!(now(&usual, 6, 119), Now::Open(120), "since yesterday");
        assert_eq!(now(&usual, 6, 120), Now::Opens(1, 540));
    }

    #[test]
    fn what_is_never_or_always_open_or_says_no_times_is_told_apart() {
        assert_eq!(now(&week(["", "", "", "", "", "", ""]), 2, 600), Now::Closed);
        assert_eq!(now(&week(["0-24"; 7]), 2, 600), Now::Always);
        assert_eq!(now(&week(["nach Absprache"; 7]), 2, 600), Now::Unknown);
        assert_eq!(now(&week(["", "", "9-12", "", "", "", ""]), 2, 800), Now::Opens(7, 540));
    }
}
