//! What a browser is given to play: the programme that kiosks play, without what no display shows. A pure function.

use std::collections::BTreeMap;

use qrcode::{Color, EcLevel, QrCode};
use serde::Serialize;
use shared::{
    programme::{Programme, Schedule, Zone},
    slides::Slide,
};

/// So long before it is on, what was not to be seen before is given away, so that it can be made ready.
pub const AHEAD_MILLIS: i64 = 60_000;
/// Longer addresses make codes that nobody can scan.
const LONGEST_CODE: usize = 900;

/// How much of a programme is to be seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sight {
    /// All of it, as kiosks have it.
    All,
    /// What has been on, or is about to be: everybody may ask, and what is planned is nobody's business yet.
    Begun,
}

impl Sight {
    /// Stable name.
    pub fn name(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Begun => "begun",
        }
    }
}

/// What a browser plays.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Document<P> {
    /// The programme.
    pub programme: P,
    /// QR codes of its addresses, which browsers cannot make.
    pub codes: BTreeMap<String, Code>,
    /// When more of it is to be had, in milliseconds since 1970.
    pub again: Option<i64>,
}

/// A QR code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Code {
    /// Modules along a side.
    pub side: usize,
    /// Modules row after row, dark ones set, four in each hexadecimal digit.
    pub bits: String,
}

/// Makes the document of a programme at an instant.
pub fn document(mut programme: Programme, sight: Sight, now: i64) -> Document<Programme> {
    programme.account = String::new();
    // Browsers carry no tags: what is for some screens only is not for them.
    programme.alerts.retain(|alert| alert.tags.is_empty() && alert.until.is_none_or(|until| until > now));
    let again = if sight == Sight::Begun { mask(&mut programme, now) } else { None };
    for slide in slides_mut(&mut programme) {
        strip(slide);
    }
    programme.media = programme.needed_media();
    let addresses = programme.slides().flat_map(Slide::codes).filter(|text| !text.is_empty());
    let codes = addresses.filter_map(|text| Some((text.to_owned(), code(text)?))).collect();
    Document { programme, codes, again }
}

fn slides_mut(programme: &mut Programme) -> impl Iterator<Item = &mut Slide> {
    let regions = programme.plans.iter_mut().flat_map(|plan| &mut plan.regions);
    let entries = regions.flat_map(|region| &mut region.playlist.entries);
    entries.chain(programme.alerts.iter_mut().map(|alert| &mut alert.entry)).map(|entry| &mut entry.slide)
}

/// Takes out of what was never on what it would show; its time stays, so that all displays stay in step. When there is more
/// to be seen.
fn mask(programme: &mut Programme, now: i64) -> Option<i64> {
    let zone = programme.zone.clone();
    let mut later = Vec::new();
    for plan in &mut programme.plans {
        let of_plan = begins(&plan.when, &zone, now);
        for entry in plan.regions.iter_mut().flat_map(|region| &mut region.playlist.entries) {
            let of_entry = begins(&entry.when, &zone, now);
            if of_plan.is_some() || of_entry.is_some() {
                entry.slide = Slide::Unknown;
                later.extend(of_plan.into_iter().chain(of_entry));
            }
        }
    }
    programme.alerts.retain(|alert| {
        let begun = alert.from <= now + AHEAD_MILLIS;
        later.extend(Some(alert.from).filter(|_| !begun));
        begun
    });
    later.into_iter().min().map(|at| (at - AHEAD_MILLIS).max(now + 1))
}

/// When something is on next; `None` where it is, or is about to be, or was and never is again. What comes again and again
/// may have been written since it was on last: nothing says so.
fn begins(when: &Schedule, zone: &Zone, now: i64) -> Option<i64> {
    let next = when.next_change(now, zone);
    let is_over = next.is_none() && when.last_change(now, zone).is_some();
    let begun = when.is_on(now, zone) || when.is_on(now + AHEAD_MILLIS, zone) || is_over;
    // What is never on within the next year is looked at again in a day.
    (!begun).then(|| next.unwrap_or(now + 86_400_000))
}

/// Takes out what is there for the controller alone: where calendars and pages are, which may be nobody else's business.
fn strip(slide: &mut Slide) {
    match slide {
        Slide::Events(events) => events.address.clear(),
        Slide::Page(page) if page.picture.is_some() => page.address.clear(),
        Slide::Page(page) => page.address.truncate(page.address.find(['?', '#']).unwrap_or(page.address.len())),
        Slide::Ticker(ticker) => {
            ticker.text.clear();
            ticker.topic.clear();
        }
        Slide::Wall(wall) => wall.topic.clear(),
        _ => {}
    }
}

/// The same code that kiosks draw.
fn code(text: &str) -> Option<Code> {
    if text.len() > LONGEST_CODE {
        return None;
    }
    let code = QrCode::with_error_correction_level(text.as_bytes(), EcLevel::M).ok()?;
    let digit = |modules: &[Color]| {
        let bit = |place: usize| u32::from(modules.get(place) == Some(&Color::Dark)) << (3 - place);
        char::from_digit((0..4).map(bit).sum(), 16).unwrap_or('0')
    };
    Some(Code { side: code.width(), bits: code.to_colors().chunks(4).map(digit).collect() })
}

#[cfg(test)]
mod tests {
    use shared::{
        programme::{Alert, Area, Entry, Plan, Playlist, Programme, Region, Schedule, Shape, Window, Zone},
        slides::{Announcement, Events, Qr, Slide},
    };

    use super::{AHEAD_MILLIS, Sight, code, document};

    const DAY: i64 = 86_400_000;

    fn said(headline: &str, when: Vec<Window>) -> Entry {
        let slide = Slide::Announcement(Announcement { headline: headline.into(), ..Announcement::default() });
        Entry { id: headline.into(), millis: 9_000, when: Schedule(when), slide }
    }

    fn programme(entries: Vec<Entry>) -> Programme {
        let playlist = Playlist { entries, ..Playlist::default() };
        let regions = vec![Region { name: "main".into(), area: Area::WHOLE, playlist }];
        let look = r##"{"name":"","handle":"","address":"","accent":"#000000","background":"#ffffff"}"##;
        Programme {
            account: "secret-account".into(),
            id: "p".into(),
            version: 1,
            issued_at: 0,
            active_at: 0,
            zone: Zone::default(),
            language: "de".into(),
            look: serde_json::from_str(look).unwrap(),
            plans: vec![Plan { regions, ..Plan::default() }],
            alerts: Vec::new(),
            media: Vec::new(),
        }
    }

    fn json(programme: Programme, sight: Sight, now: i64) -> String {
        serde_json::to_string(&document(programme, sight, now)).unwrap()
    }

    #[test]
    fn everybody_sees_what_was_on_and_nothing_that_is_planned() {
        // The tenth day after 1970 began.
        let tenth = Window { first: Some("1970-01-11".parse().unwrap()), ..Window::default() };
        let all = programme(vec![said("immer", vec![]), said("geheim", vec![tenth])]);
        let begin = 10 * DAY;

        let early = document(all.clone(), Sight::Begun, 9 * DAY);
        assert_eq!(early.again, Some(begin - AHEAD_MILLIS));
        let text = serde_json::to_string(&early).unwrap();
        assert!(text.contains("immer") && !text.contains("\"headline\":\"geheim\""), "{text}");
        // Its time in the round stays.
        assert_eq!(early.programme.plans[0].regions[0].playlist.entries.len(), 2);
        assert!(json(all.clone(), Sight::All, 9 * DAY).contains("\"headline\":\"geheim\""));

        let ready = document(all.clone(), Sight::Begun, begin - AHEAD_MILLIS);
        assert_eq!(ready.again, None);
        assert!(json(all, Sight::Begun, begin - AHEAD_MILLIS).contains("\"headline\":\"geheim\""));
    }

    #[test]
    fn what_comes_again_every_week_may_never_have_been_on() {
        // Sundays, each week; 1970 began on a Thursday.
        let sundays = Window { days: [false, false, false, false, false, false, true], ..Window::default() };
        let all = programme(vec![said("immer", vec![]), said("geheim", vec![sundays])]);
        let seen = |now: i64| json(all.clone(), Sight::Begun, now).contains("\"headline\":\"geheim\"");

        assert_eq!([9 * DAY, 10 * DAY - AHEAD_MILLIS, 10 * DAY, 11 * DAY].map(seen), [false, true, true, false]);
        let early = document(all.clone(), Sight::Begun, 9 * DAY);
        assert_eq!(early.again, Some(10 * DAY - AHEAD_MILLIS));
    }

    #[test]
    fn what_no_display_shows_is_not_given_away() {
        let calendar = Events { address: "https://calendar.example/private-123".into(), ..Events::default() };
        let entry = Entry { slide: Slide::Events(calendar), ..said("events", vec![]) };
        let mut all = programme(vec![entry]);
        let alert = |text: &str, tags: &[&str]| Alert {
            from: 0,
            until: None,
            shape: Shape::Full,
            tags: tags.iter().map(|&tag| tag.to_owned()).collect(),
            entry: said(text, vec![]),
        };
        all.alerts = vec![alert("nur im Keller", &["keller"]), alert("für alle", &[])];

        for sight in [Sight::All, Sight::Begun] {
            let text = json(all.clone(), sight, 5);
            for secret in ["private-123", "secret-account", "keller", "Keller"] {
                assert!(!text.contains(secret), "{secret} in {text}");
            }
            assert!(text.contains("für alle"));
        }
    }

    #[test]
    fn codes_are_packed_row_after_row() {
        let packed = code("https://museum.example/@x").unwrap();

        assert_eq!((packed.side, packed.bits.len()), (25, 157));
        // The upper left corner of every code: seven dark modules, then a light one.
        assert!(packed.bits.starts_with("fe"), "{}", packed.bits);
        let qr = Slide::Qr(Qr { link: "https://museum.example".into(), ..Qr::default() });
        let found = document(programme(vec![Entry { slide: qr, ..said("qr", vec![]) }]), Sight::All, 0).codes;
        assert!(found.contains_key("https://museum.example"));
        assert_eq!(code(&"x".repeat(901)), None);
    }
}
