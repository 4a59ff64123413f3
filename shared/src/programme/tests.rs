//! What plays when, proven over time zones, leap days and clocks that are set forward and back.

use jiff::{Timestamp, civil, tz::TimeZone};
use proptest::prelude::{Strategy, any, prop, proptest};

use super::{
    Alert, Area, Change, Date, Entry, Offset, Plan, Playlist, Programme, Region, Schedule, Shape, Window, Zone,
};
use crate::slides::{Clock, Countdown, Slide};

const HOUR: i64 = 3_600_000;
const ZONES: [&str; 8] = [
    "Europe/Berlin",
    "America/New_York",
    "America/Sao_Paulo",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Africa/Cairo",
    "Pacific/Apia",
    "UTC",
];

/// The table of a zone as the controller makes it.
fn zone(name: &str) -> Zone {
    let known = TimeZone::get(name).unwrap();
    let start: Timestamp = "2020-01-01T00:00:00Z".parse().unwrap();
    let first = Offset(start.as_millisecond(), known.to_offset(start).seconds());
    let later = known.following(start).take_while(|t| t.timestamp().as_millisecond() < 2_000_000_000_000);
    let later = later.map(|t| Offset(t.timestamp().as_millisecond(), t.offset().seconds()));
    Zone { name: name.into(), offsets: std::iter::once(first).chain(later).collect() }
}

/// Milliseconds since 1970 of a local time in Berlin.
fn berlin(text: &str) -> i64 {
    let local: civil::DateTime = text.parse().unwrap();
    local.to_zoned_datetime(TimeZone::get("Europe/Berlin").unwrap()).unwrap().timestamp().as_millisecond()
}

fn entry(id: &str, millis: u64) -> Entry {
    Entry { id: id.into(), millis, when: Schedule::default(), slide: Slide::Clock(Clock::default()) }
}

fn unknown(id: &str, millis: u64) -> Entry {
    Entry { slide: Slide::Unknown, ..entry(id, millis) }
}

fn timed(id: &str, when: Window) -> Entry {
    Entry { when: Schedule(vec![when]), ..entry(id, 10_000) }
}

fn list(entries: Vec<Entry>) -> Playlist {
    Playlist { anchor: 1_000_000, entries, ..Playlist::default() }
}

fn id_at(playlist: &Playlist, at: i64) -> &str {
    &playlist.on(at, &Zone::default(), None).unwrap().entry.id
}

fn plan(id: &str, priority: i64, when: Vec<Window>, entries: Vec<Entry>) -> Plan {
    let playlist = Playlist { entries, ..Playlist::default() };
    let regions = vec![Region { name: "main".into(), area: Area::WHOLE, playlist }];
    Plan { id: id.into(), when: Schedule(when), priority, regions }
}

fn programme(plans: Vec<Plan>) -> Programme {
    let look = r##"{"name":"","handle":"","address":"","accent":"#000000","background":"#ffffff"}"##;
    Programme {
        account: "a".into(),
        id: "p".into(),
        version: 1,
        issued_at: 0,
        active_at: 0,
        zone: zone("Europe/Berlin"),
        language: "de".into(),
        look: serde_json::from_str(look).unwrap(),
        plans,
        alerts: Vec::new(),
        media: Vec::new(),
    }
}

fn hours(from: u16, to: u16) -> Window {
    Window { from: from * 60, to: to * 60, ..Window::default() }
}

proptest! {
    #[test]
    fn a_table_says_what_the_data_base_says(name in prop::sample::select(&ZONES[..]), at in 1_577_836_800_000_i64..1_999_000_000_000) {
        let (table, known) = (zone(name), TimeZone::get(name).unwrap());
        let stamp = Timestamp::from_millisecond(at).unwrap();

        assert_eq!(table.ahead(at), i64::from(known.to_offset(stamp).seconds()) * 1_000);
        let local = stamp.to_zoned_datetime(known).date();
        assert_eq!(table.date(at).to_string(), local.to_string());
        assert_eq!(i32::from(table.date(at).weekday()), i32::from(local.weekday().to_monday_zero_offset()));
    }

    #[test]
    fn a_local_time_is_where_the_data_base_puts_it(name in prop::sample::select(&ZONES[..]), day in 18_270..23_000_i32, minute in 0..1_440_i64) {
        let table = zone(name);
        let found = table.instant(Date(day), minute * 60_000);

        let local = civil::date(1970, 1, 1).checked_add(jiff::Span::new().days(day)).unwrap();
        let local = local.at(i8::try_from(minute / 60).unwrap(), i8::try_from(minute % 60).unwrap(), 0, 0);
        let ambiguous = TimeZone::get(name).unwrap().to_ambiguous_zoned_datetime(local);
        if ambiguous.is_ambiguous() {
            // Twice: the first. Never: when the clocks are set forward, so a moment before is the hour before.
            let earlier = ambiguous.earlier().unwrap().timestamp().as_millisecond();
            let gap = table.ahead(found) > table.ahead(found - 1);
            assert!(if gap { found >= earlier && found - earlier <= HOUR * 24 } else { found == earlier });
        } else {
            assert_eq!(found, ambiguous.unambiguous().unwrap().timestamp().as_millisecond());
        }
    }

    #[test]
    fn dates_go_there_and_back(day in -700_000..2_000_000_i32) {
        let (year, month, of_month) = Date(day).parts();
        assert_eq!(Date::new(year, month, of_month), Some(Date(day)));
        if (1..=9_999).contains(&year) {
            assert_eq!(Date(day).to_string().parse(), Ok(Date(day)));
        }
    }

    #[test]
    fn a_schedule_changes_exactly_when_it_says(
        name in prop::sample::select(&ZONES[..]),
        windows in prop::collection::vec(window(), 1..4),
        at in 1_700_000_000_000_i64..1_800_000_000_000,
    ) {
        let (zone, schedule) = (zone(name), Schedule(windows));
        let now = schedule.is_on(at, &zone);
        if let Some(next) = schedule.next_change(at, &zone) {
            assert!(next > at);
            assert_ne!(schedule.is_on(next, &zone), schedule.is_on(next - 1, &zone));
            for step in 0..40 {
                assert_eq!(schedule.is_on(at + (next - at - 1) / 40 * step, &zone), now, "between {at} and {next}");
            }
            let last = schedule.last_change(next, &zone);
            assert_eq!(last, Some(next));
        }
        if let Some(last) = schedule.last_change(at, &zone) {
            assert!(last <= at);
            assert_eq!(schedule.is_on(last, &zone), now);
            assert_ne!(schedule.is_on(last - 1, &zone), now);
        }
    }

    #[test]
    fn what_is_on_always_holds_the_instant(
        stays in prop::collection::vec((0..20_000_u64, any::<bool>()), 1..6),
        windows in prop::collection::vec(window(), 0..3),
        at in 1_700_000_000_000_i64..1_800_000_000_000,
    ) {
        let zone = zone("Europe/Berlin");
        let mut entries: Vec<_> = stays
            .iter()
            .map(|(millis, known)| if *known { entry("e", *millis) } else { unknown("u", *millis) })
            .collect();
        entries.extend(windows.into_iter().map(|window| timed("t", window)));
        let playlist = list(entries);
        let Some(on) = playlist.on(at, &zone, None) else { return Ok(()) };
        assert!(on.since <= at && at < on.until, "{at}: {on:?}");
        assert_ne!(on.entry.slide, Slide::Unknown);
        assert!(on.entry.when.is_on(at, &zone));
        if let Some(next) = playlist.next_change(at, &zone, None) {
            assert!(next > at);
            // One that is alone begins again without a change.
            let before = playlist.on(next - 1, &zone, None).unwrap();
            assert_eq!(before.index, on.index, "nothing changes before {next}");
        }
    }
}

fn window() -> impl Strategy<Value = Window> {
    let days = prop::array::uniform7(prop::bool::weighted(0.7));
    let dates = prop::option::weighted(0.3, 19_600..20_900_i32);
    let except = prop::collection::vec(19_600..20_900_i32, 0..5);
    (days, 0..1_440_u16, 0..=1_440_u16, dates, 0..60_i32, except).prop_map(|(days, from, to, first, length, except)| {
        let last = first.map(|first| Date(first + length));
        Window { days, from, to, first: first.map(Date), last, except: except.into_iter().map(Date).collect() }
    })
}

#[test]
fn rounds_go_on_before_and_after_the_anchor() {
    let playlist = list(vec![entry("a", 5_000), entry("b", 10_000)]);

    assert_eq!(id_at(&playlist, 1_000_000), "a");
    assert_eq!(id_at(&playlist, 1_004_999), "a");
    assert_eq!(id_at(&playlist, 1_005_000), "b");
    assert_eq!(id_at(&playlist, 1_015_000), "a");
    let on = playlist.on(999_999, &Zone::default(), None).unwrap();
    assert_eq!((on.entry.id.as_str(), on.since, on.until), ("b", 990_000, 1_000_000));
    for at in [i64::MIN / 2, i64::MAX / 2] {
        assert!(playlist.on(at, &Zone::default(), None).is_some());
    }
}

#[test]
fn an_unknown_slide_leaves_the_one_before_it_on() {
    let playlist = list(vec![unknown("x", 3_000), entry("a", 5_000)]);

    let on = playlist.on(1_001_000, &Zone::default(), None).unwrap();

    assert_eq!((on.entry.id.as_str(), on.since, on.until), ("a", 995_000, 1_003_000));
    assert!(list(vec![unknown("x", 3_000)]).on(0, &Zone::default(), None).is_none());
    assert!(list(vec![]).on(0, &Zone::default(), None).is_none());
}

#[test]
fn what_is_new_and_first_is_shown_at_once() {
    let old = list(vec![entry("a", 5_000), entry("b", 5_000)]);
    let entries = vec![entry("c", 5_000), entry("a", 5_000), entry("b", 5_000)];

    let new = old.replaced_by(entries, 1_007_000, &Zone::default(), None);

    assert_eq!((id_at(&new, 1_007_000), id_at(&new, 1_012_000)), ("c", "a"));
    assert_eq!(new.on(1_007_000, &Zone::default(), None).unwrap().since, 1_007_000);
}

#[test]
fn what_is_on_stays_when_others_come_and_go() {
    let old = list(vec![entry("a", 5_000), entry("b", 5_000), entry("c", 5_000)]);

    let new = old.replaced_by(vec![entry("b", 5_000), entry("c", 5_000)], 1_007_000, &Zone::default(), None);

    let on = new.on(1_007_000, &Zone::default(), None).unwrap();
    assert_eq!((on.entry.id.as_str(), on.since, on.until), ("b", 1_005_000, 1_010_000));
}

#[test]
fn what_came_next_takes_the_place_of_what_is_gone() {
    let old = list(vec![entry("a", 5_000), entry("b", 5_000), entry("c", 5_000)]);

    let new = old.replaced_by(vec![entry("a", 5_000), entry("c", 5_000)], 1_007_000, &Zone::default(), None);

    let on = new.on(1_007_000, &Zone::default(), None).unwrap();
    assert_eq!((on.entry.id.as_str(), on.since), ("c", 1_007_000));
}

#[test]
fn a_change_by_schedule_begins_a_round_and_a_change_by_hand_goes_on() {
    let zone = zone("Europe/Berlin");
    let noon = berlin("2026-05-04T12:00");
    let old =
        Playlist { anchor: noon - HOUR, anchored_at: noon - HOUR, ..list(vec![entry("a", 7_000), entry("b", 9_000)]) };

    // Put on at noon by its plan: from the first slide, not from the middle of a round.
    let on = old.on(noon, &zone, Some(noon)).unwrap();
    assert_eq!((on.entry.id.as_str(), on.since), ("a", noon));
    // Changed by hand ten seconds later: what is on stays on where it is.
    let new = old.replaced_by(
        vec![entry("a", 7_000), entry("b", 9_000), entry("c", 5_000)],
        noon + 10_000,
        &zone,
        Some(noon),
    );
    let on = new.on(noon + 10_000, &zone, Some(noon)).unwrap();
    assert_eq!((on.entry.id.as_str(), on.since), ("b", noon + 7_000));
}

#[test]
fn what_has_nothing_to_show_any_more_is_left_out() {
    let until = |after: &str| {
        let countdown = Countdown { until: 1_012_000, after: after.into(), ..Countdown::default() };
        Entry { slide: Slide::Countdown(countdown), ..entry("countdown", 10_000) }
    };
    let playlist = list(vec![entry("a", 10_000), until("")]);

    assert_eq!(id_at(&playlist, 1_011_999), "countdown");
    assert_eq!(playlist.next_change(1_011_000, &Zone::default(), None), Some(1_012_000));
    assert_eq!((id_at(&playlist, 1_012_000), id_at(&playlist, 1_500_000)), ("a", "a"));
    assert_eq!(playlist.next_change(1_012_000, &Zone::default(), None), None);
    let goes_on = list(vec![entry("a", 10_000), until("Es ist so weit")]);
    assert_eq!(id_at(&goes_on, 1_512_000), "countdown");
}

#[test]
fn lunch_is_on_from_noon_to_two_and_the_night_goes_past_midnight() {
    let night = Window { days: [true, false, false, false, false, false, false], ..hours(22, 4) };
    let lunch = plan("lunch", 1, vec![hours(12, 14)], vec![entry("menu", 10_000)]);
    let programme = programme(vec![
        plan("default", 0, vec![], vec![entry("posts", 10_000)]),
        lunch,
        plan("night", 5, vec![night], vec![entry("dark", 10_000)]),
    ]);
    let on = |text: &str| programme.plan(berlin(text)).unwrap().0.id.clone();

    // Monday, 2026-05-04.
    assert_eq!(on("2026-05-04T11:59:59"), "default");
    assert_eq!(on("2026-05-04T12:00"), "lunch");
    assert_eq!(on("2026-05-04T14:00"), "default");
    assert_eq!(on("2026-05-04T22:00"), "night");
    assert_eq!(on("2026-05-05T03:59"), "night");
    assert_eq!(on("2026-05-05T22:00"), "default");
    let none: [&str; 0] = [];
    let shown = programme.on(berlin("2026-05-04T12:00:03"), &none);
    assert_eq!((shown[0].on.entry.id.as_str(), shown[0].on.since), ("menu", berlin("2026-05-04T12:00")));
    assert_eq!(programme.next_change(berlin("2026-05-04T12:00:03"), &none), Some(berlin("2026-05-04T14:00")));
}

#[test]
fn clocks_that_are_set_forward_and_back_are_followed_as_people_expect() {
    let zone = zone("Europe/Berlin");
    let on = |window: &Window, at: i64| Schedule(vec![window.clone()]).is_on(at, &zone);
    // 2026-03-29: two o'clock becomes three. What starts at half past two starts then.
    let forward = berlin("2026-03-29T03:00");
    let early = Window { from: 150, to: 240, ..Window::default() };
    assert!(!on(&early, forward - 1) && on(&early, forward) && !on(&early, berlin("2026-03-29T04:00")));
    // 2026-10-25: three o'clock becomes two. What ends at half past two ends the first time.
    let first = berlin("2026-10-25T01:59") + 60_000 + HOUR / 2;
    let late = Window { from: 60, to: 150, ..Window::default() };
    assert!(on(&late, first - 1) && !on(&late, first) && !on(&late, first + HOUR - 60_000));
    // A whole day has no gap at midnight, however long it is.
    let days = Schedule(vec![Window {
        first: Some("2026-03-28".parse().unwrap()),
        last: Some("2026-03-30".parse().unwrap()),
        ..Window::default()
    }]);
    assert_eq!(days.next_change(berlin("2026-03-28T12:00"), &zone), Some(berlin("2026-03-31T00:00")));
    assert_eq!(days.last_change(berlin("2026-03-30T12:00"), &zone), Some(berlin("2026-03-28T00:00")));
}

#[test]
fn leap_days_and_exceptions_count() {
    let zone = zone("Europe/Berlin");
    let dates = ["2028-02-28", "2028-03-01", "2028-02-29"].map(|text| text.parse::<Date>().unwrap());
    let window = Window { first: Some(dates[0]), last: Some(dates[1]), except: vec![dates[2]], ..hours(9, 17) };
    let on = |text: &str| Schedule(vec![window.clone()]).is_on(berlin(text), &zone);

    assert!(on("2028-02-28T10:00") && !on("2028-02-29T10:00") && on("2028-03-01T10:00") && !on("2028-03-02T10:00"));
    assert!("2027-02-29".parse::<Date>().is_err());
}

#[test]
fn an_alert_is_on_chosen_screens_at_once_and_until_its_end() {
    let alert = |id: &str, from, until, shape, tags: &[&str]| Alert {
        from,
        until,
        shape,
        tags: tags.iter().map(|&tag| tag.to_owned()).collect(),
        entry: entry(id, 10_000),
    };
    let mut programme = programme(vec![plan("default", 0, vec![], vec![entry("posts", 60_000)])]);
    programme.alerts = vec![
        alert("fire", 5_000, Some(9_000), Shape::Full, &["foyer"]),
        alert("road", 6_000, None, Shape::Band, &[]),
        alert("rain", 8_000, None, Shape::Band, &[]),
    ];
    let ids = |at: i64, tags: &[&str]| -> Vec<String> {
        programme.on(at, tags).iter().map(|shown| shown.on.entry.id.clone()).collect()
    };

    assert_eq!(ids(4_999, &["foyer"]), ["posts"]);
    assert_eq!(ids(5_000, &["foyer"]), ["fire"]);
    assert_eq!(ids(5_000, &["cellar"]), ["posts"]);
    assert_eq!(ids(6_000, &[]), ["posts", "road"]);
    assert_eq!(ids(8_000, &["foyer"]), ["fire"]);
    assert_eq!(ids(9_000, &["foyer"]), ["posts", "rain"]);
    assert_eq!(
        (ids(18_000, &[]), ids(28_000, &[])),
        (vec!["posts".into(), "road".into()], vec!["posts".into(), "rain".into()])
    );
    assert_eq!(programme.next_change(0, &["foyer"]), Some(5_000));
    assert_eq!(programme.next_change(8_000, &["foyer"]), Some(9_000));
}

#[test]
fn ways_to_change_and_shapes_of_later_versions_are_understood() {
    assert_eq!(serde_json::from_str::<Change>("\"origami\"").unwrap(), Change::Cut);
    assert_eq!(serde_json::from_str::<Shape>("\"corner\"").unwrap(), Shape::Full);
    assert_eq!(serde_json::to_string(&Change::Wipe).unwrap(), "\"wipe\"");
}
