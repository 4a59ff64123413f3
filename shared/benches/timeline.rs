//! How long it takes to know what is on: a programme with a schedule of its own for each day of a year.
#![expect(clippy::print_stdout, reason = "figures are what it is for")]

use std::{hint::black_box, time::Instant};

use shared::{
    programme::{Area, Date, Entry, Look, Offset, Plan, Playlist, Programme, Region, Schedule, Window, Zone},
    slides::{Clock, Slide},
};

const DAY: i64 = 86_400_000;
/// 2026-01-01T00:00:00Z.
const YEAR: i64 = 1_767_225_600_000;
/// Instants that are asked about, spread over the year and into the next one.
const ASKED: i64 = 20_000;

fn main() {
    // `cargo test --benches` and clippy only want to know that it builds.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let day_by_day = programme((0..365).map(dated).collect());
    let every_day = programme(vec![Plan { regions: regions(), ..Plan::default() }]);
    for (what, programme) in [("one plan for every day", every_day), ("a plan for each day of a year", day_by_day)] {
        let on = measure(|at| programme.on::<&str>(at, &[]).len());
        let next = measure(|at| usize::from(programme.next_change::<&str>(at, &[]).is_some()));
        println!("{what}: what is on {on:.1} µs, when that changes {next:.1} µs");
    }
}

/// Microseconds that a question takes on average.
fn measure(mut ask: impl FnMut(i64) -> usize) -> f64 {
    let begun = Instant::now();
    for number in 0..ASKED {
        black_box(ask(black_box(YEAR + number * (380 * DAY / ASKED) + number % 977)));
    }
    begun.elapsed().as_secs_f64() * 1e6 / ASKED as f64
}

/// The plan of one day, with opening hours of its own.
fn dated(day: i32) -> Plan {
    let date = Date::new(2026, 1, 1).map(|first| first.plus(day));
    let window = Window { from: 8 * 60, to: 20 * 60, first: date, last: date, ..Window::default() };
    Plan { id: format!("day-{day}"), when: Schedule(vec![window]), priority: i64::from(day % 3), regions: regions() }
}

/// Three parts of the display with twenty slides each, some of them for certain hours.
fn regions() -> Vec<Region> {
    let entry = |number: u16| {
        let windows = match number % 4 {
            0 => vec![Window { from: 600 + number, to: 900, ..Window::default() }],
            _ => Vec::new(),
        };
        let slide = Slide::Clock(Clock::default());
        Entry { id: format!("entry-{number}"), millis: 9_000, when: Schedule(windows), slide }
    };
    let region = |name: &str| Region {
        name: name.to_owned(),
        area: Area::WHOLE,
        playlist: Playlist { anchor: YEAR, entries: (0..20).map(entry).collect(), ..Playlist::default() },
    };
    vec![region("main"), region("side"), region("ticker")]
}

fn programme(plans: Vec<Plan>) -> Programme {
    let [account, id, name, handle, address] = Default::default();
    // Berlin, with the changes of 2026.
    let offsets = vec![Offset(0, 3_600), Offset(1_774_746_000_000, 7_200), Offset(1_792_890_000_000, 3_600)];
    Programme {
        account,
        id,
        version: 1,
        issued_at: YEAR,
        active_at: YEAR,
        zone: Zone { name: "Europe/Berlin".into(), offsets },
        language: "de".into(),
        look: Look { name, handle, address, accent: "#f00".into(), background: "#000".into(), logo: None },
        plans,
        alerts: Vec::new(),
        media: Vec::new(),
    }
}
