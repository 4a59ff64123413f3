//! When something is on: the form for it, and the words.

use shared::programme::{DAY_MINUTES, Date, Window};

use super::sent::Sent;
use crate::{tools::words::Language, web::Page};

/// Most windows of one schedule.
const MOST: usize = 12;

/// The form of a schedule, as it was typed.
#[derive(Clone, Debug, Default)]
pub(super) struct Times {
    /// Whether it is on at all times.
    pub(super) always: bool,
    /// One line for each window, and an empty one.
    pub(super) rows: Vec<Row>,
}

/// The form of one window.
#[derive(Clone, Debug, Default)]
pub(super) struct Row {
    /// Names of its controls begin so.
    pub(super) name: String,
    /// Monday first.
    pub(super) days: [bool; 7],
    /// Time of day; empty for the start of the day.
    pub(super) from: String,
    /// Time of day; empty for its end.
    pub(super) to: String,
    /// Date; empty for any.
    pub(super) first: String,
    /// Date; empty for any.
    pub(super) last: String,
    /// Dates with commas between.
    pub(super) except: String,
    /// Whether it is the empty one.
    pub(super) fresh: bool,
}

impl Times {
    /// The form of a schedule that is kept.
    pub(super) fn of(windows: &[Window], language: Language) -> Self {
        let row = |window: &Window| Row {
            days: window.days,
            from: if window.from == 0 { String::new() } else { clock(window.from) },
            to: if window.to == DAY_MINUTES { String::new() } else { clock(window.to) },
            first: window.first.map(|date| date.to_string()).unwrap_or_default(),
            last: window.last.map(|date| date.to_string()).unwrap_or_default(),
            except: window.except.iter().map(|date| short(*date, language)).collect::<Vec<_>>().join(", "),
            ..Row::default()
        };
        Self { always: windows.is_empty(), rows: windows.iter().map(row).collect() }.with_fresh()
    }

    /// Reads the form: what was typed, and what it means, or the key of what is wrong with it.
    pub(super) fn read(sent: &Sent) -> (Self, Result<Vec<Window>, &'static str>) {
        let rows = (0..MOST).map(|number| Row::read(&format!("t{number}"), sent));
        let rows: Vec<_> = rows.filter(|row| !row.is_empty()).collect();
        let always = sent.text("times") != "some";
        let windows = if always { Ok(Vec::new()) } else { rows.iter().map(Row::window).collect() };
        let windows = match windows {
            Ok(windows) if !always && windows.is_empty() => Err("programmes.when.missing"),
            other => other,
        };
        (Self { always, rows }.with_fresh(), windows)
    }

    fn with_fresh(mut self) -> Self {
        if self.rows.len() < MOST {
            self.rows.push(Row { fresh: true, ..Row::default() });
        }
        for (number, row) in self.rows.iter_mut().enumerate() {
            row.name = format!("t{number}");
        }
        self
    }
}

impl Row {
    fn read(name: &str, sent: &Sent) -> Self {
        if !sent.text(&format!("{name}_drop")).is_empty() {
            return Self::default();
        }
        let text = |leaf: &str| sent.text(&format!("{name}_{leaf}")).trim().to_owned();
        let ticked = sent.all(&format!("{name}_day"));
        Self {
            name: name.to_owned(),
            days: std::array::from_fn(|day| ticked.contains(&day.to_string())),
            from: text("from"),
            to: text("to"),
            first: text("first"),
            last: text("last"),
            except: text("except"),
            fresh: false,
        }
    }

    fn is_empty(&self) -> bool {
        let texts = [&self.from, &self.to, &self.first, &self.last, &self.except];
        texts.iter().all(|text| text.is_empty()) && self.days == [false; 7]
    }

    fn window(&self) -> Result<Window, &'static str> {
        // Who names only a date or a time of day means every day of the week.
        let days = if self.days == [false; 7] { [true; 7] } else { self.days };
        let minutes = |text: &str, empty: u16| match text {
            "" => Ok(empty),
            text => minutes(text).ok_or("programmes.when.time"),
        };
        let date =
            |text: &str| if text.is_empty() { Ok(None) } else { date(text).map(Some).ok_or("programmes.when.date") };
        let to = match minutes(&self.to, DAY_MINUTES)? {
            0 => DAY_MINUTES,
            to => to,
        };
        let except = self.except.split([',', ';', ' ', '\n']).map(str::trim).filter(|text| !text.is_empty());
        let except = except.map(|text| date(text).map(Option::unwrap_or_default)).collect::<Result<Vec<_>, _>>()?;
        let (first, last) = (date(&self.first)?, date(&self.last)?);
        if first.zip(last).is_some_and(|(first, last)| last < first) {
            return Err("programmes.when.order");
        }
        Ok(Window { days, from: minutes(&self.from, 0)?, to, first, last, except })
    }
}

/// A schedule in words: “Mon–Fri 11:30–14:00”; empty for always.
pub(super) fn said(page: &Page, windows: &[Window]) -> String {
    windows.iter().map(|window| one(page, window)).collect::<Vec<_>>().join(" · ")
}

fn one(page: &Page, window: &Window) -> String {
    let mut parts = vec![days(page, &window.days)];
    if (window.from, window.to) != (0, DAY_MINUTES) {
        parts.push(format!("{}–{}", clock(window.from), clock(window.to)));
    }
    let said = |date: Date| page.date(date);
    parts.push(match (window.first, window.last) {
        (Some(first), Some(last)) if first == last => said(first),
        (Some(first), Some(last)) => format!("{} – {}", said(first), said(last)),
        (Some(first), None) => page.t1("programmes.when.since", "date", said(first)),
        (None, Some(last)) => page.t1("programmes.when.until", "date", said(last)),
        (None, None) => String::new(),
    });
    if !window.except.is_empty() {
        let dates = window.except.iter().map(|date| short(*date, page.visit.language)).collect::<Vec<_>>().join(", ");
        parts.push(page.t1("programmes.when.except", "dates", dates));
    }
    parts.retain(|part| !part.is_empty());
    parts.join(" ")
}

fn days(page: &Page, days: &[bool; 7]) -> String {
    if *days == [true; 7] {
        return page.t("programmes.when.daily");
    }
    let name = |day: usize| page.t(&format!("programmes.day.{day}"));
    let mut runs = Vec::new();
    let mut day = 0;
    while day < 7 {
        let length = days[day..].iter().take_while(|on| **on).count();
        match length {
            0 => {}
            1 => runs.push(name(day)),
            2 => runs.extend([name(day), name(day + 1)]),
            _ => runs.push(format!("{}–{}", name(day), name(day + length - 1))),
        }
        day += length.max(1);
    }
    runs.join(", ")
}

/// A time of day: `11:30`.
pub(super) fn clock(minutes: u16) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

fn minutes(text: &str) -> Option<u16> {
    let (hours, minutes) = text.split_once(':')?;
    let (hours, minutes): (u16, u16) = (hours.parse().ok()?, minutes.get(..2)?.parse().ok()?);
    (hours < 24 && minutes < 60).then_some(hours * 60 + minutes)
}

/// A date as a person of a language writes it.
fn short(date: Date, language: Language) -> String {
    let (year, month, day) = date.parts();
    match language {
        Language::De => format!("{day}.{month}.{year}"),
        Language::En => date.to_string(),
    }
}

/// Reads a date in either way.
fn date(text: &str) -> Option<Date> {
    let mut parts = text.split('.').map(|part| part.parse::<u32>().ok());
    match (parts.next()?, parts.next(), parts.next()) {
        (Some(day), Some(Some(month)), Some(Some(year))) => Date::new(i32::try_from(year).ok()?, month, day),
        _ => text.parse().ok(),
    }
}

#[cfg(test)]
mod tests {
    use shared::programme::{Date, Window};

    use super::{Sent, Times, said};
    use crate::{
        tools::words::Language,
        web::{Page, Visit},
    };

    fn sent(fields: &[(&str, &str)]) -> Sent {
        Sent::of(fields.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect())
    }

    fn date(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn a_schedule_is_read_back_as_it_was_typed() {
        let form = sent(&[
            ("times", "some"),
            ("t0_day", "0"),
            ("t0_day", "4"),
            ("t0_from", "11:30"),
            ("t0_to", "14:00"),
            ("t1_day", "1"),
            ("t1_drop", "true"),
            ("t2_day", "6"),
            ("t2_to", "00:00"),
            ("t2_first", "2026-12-01"),
            ("t2_last", "2026-12-31"),
            ("t2_except", "24.12.2026, 2026-12-26"),
        ]);

        let windows = Times::read(&form).1.unwrap();

        assert_eq!((windows[0].from, windows[0].to, windows[0].days[4], windows[0].days[3]), (690, 840, true, false));
        assert_eq!((windows.len(), windows[1].to), (2, 1_440));
        assert_eq!(windows[1].except, [date("2026-12-24"), date("2026-12-26")]);
        let again = Times::of(&windows, Language::De);
        assert_eq!((again.rows[0].from.as_str(), again.rows[1].to.as_str()), ("11:30", ""));
        assert_eq!((again.rows[1].except.as_str(), again.rows[2].fresh), ("24.12.2026, 26.12.2026", true));
        assert!(Times::read(&sent(&[("times", "always"), ("t0_day", "1")])).1.unwrap().is_empty());
        let december = sent(&[("times", "some"), ("t0_first", "2026-12-01"), ("t0_last", "2026-12-31")]);
        assert_eq!(Times::read(&december).1.unwrap()[0].days, [true; 7], "no weekday means all of them");
    }

    #[test]
    fn what_is_wrong_is_said_and_what_was_typed_stays() {
        let wrong = |fields: &[(&str, &str)]| {
            let fields: Vec<_> = [("times", "some")].iter().chain(fields).copied().collect();
            let (times, windows) = Times::read(&sent(&fields));
            (times.rows[0].from.clone(), windows.unwrap_err())
        };

        assert_eq!(wrong(&[]).1, "programmes.when.missing");
        assert_eq!(wrong(&[("t0_day", "0"), ("t0_from", "25:00")]), ("25:00".to_owned(), "programmes.when.time"));
        assert_eq!(wrong(&[("t0_day", "0"), ("t0_except", "Heiligabend")]).1, "programmes.when.date");
        let dates = [("t0_day", "0"), ("t0_first", "2026-12-02"), ("t0_last", "2026-12-01")];
        assert_eq!(wrong(&dates).1, "programmes.when.order");
    }

    #[test]
    fn a_schedule_is_said_as_people_say_it() {
        let page = |language| Page::new(Visit::stranger(language));
        let week = [true, true, true, true, true, false, false];
        let lunch = Window { days: week, from: 690, to: 840, ..Window::default() };
        let mut advent = Window { days: [true; 7], ..Window::default() };
        (advent.first, advent.last) = (Some(date("2026-12-01")), Some(date("2026-12-24")));
        advent.except = vec![date("2026-12-06")];
        let odd = Window { days: [true, false, true, false, false, true, true], ..lunch.clone() };

        assert_eq!(said(&page(Language::De), std::slice::from_ref(&lunch)), "Mo–Fr 11:30–14:00");
        assert_eq!(
            said(&page(Language::De), &[advent]),
            "täglich 1. Dezember 2026 – 24. Dezember 2026 außer 6.12.2026"
        );
        assert_eq!(said(&page(Language::En), &[lunch, odd]), "Mon–Fri 11:30–14:00 · Mon, Wed, Sat, Sun 11:30–14:00");
        assert_eq!(said(&page(Language::En), &[]), "");
    }
}
