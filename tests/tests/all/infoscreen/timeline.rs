//! What is on at an instant, asked of Rust and of the script in a real browser: any difference is wrong.

use harness::{Browser, Looks, Part, TestController, at_hand};
use jiff::{Timestamp, tz::TimeZone};
use serde_json::{Value, json};
use shared::{
    programme::{
        Alert, Area, Change, Date, Entry, Look, Offset, Plan, Playlist, Programme, Region, Schedule, Shape, Window,
        Zone,
    },
    slides::{Clock, Countdown, Event, Events, Post, Slide},
};

const PROGRAMMES: u64 = 360;
/// How many are asked about at once.
const BATCH: usize = 40;
const ZONES: [&str; 6] =
    ["Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Apia", "UTC"];
const TAGS: [&str; 3] = ["foyer", "keller", "hof"];

/// Asks the script about programmes and instants.
const ASK: &str = "const done = arguments[arguments.length - 1];
    import('/static/newest/screen/programme.js').then(({ readProgramme, programmeOn, programmeNext }) => {
        const shown = ({ region, area, change, on }) => [region, area, change, on.entry.id, on.index, on.since, on.began, on.until];
        done(arguments[0].map(({ programme, tags, at }) => {
            const read = readProgramme(programme);
            return at.map(at => [programmeOn(read, at, tags).map(shown), programmeNext(read, at, tags)]);
        }));
    }).catch(error => done(String(error.stack)));";

/// Numbers that look like chance and are the same each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        // SplitMix64.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % limit
    }

    fn number(&mut self, from: i64, until: i64) -> i64 {
        from + i64::try_from(self.below((until - from).unsigned_abs())).unwrap()
    }

    fn one_in(&mut self, of: u64) -> bool {
        self.below(of) == 0
    }

    fn some<T>(&mut self, from: u64, until: u64, mut make: impl FnMut(&mut Self, u64) -> T) -> Vec<T> {
        let count = from + self.below(until - from);
        (0..count).map(|number| make(self, number)).collect()
    }
}

fn zone(name: &str) -> Zone {
    let known = TimeZone::get(name).unwrap();
    let start: Timestamp = "2022-01-01T00:00:00Z".parse().unwrap();
    let first = Offset(start.as_millisecond(), known.to_offset(start).seconds());
    let later = known.following(start).take_while(|t| t.timestamp().as_millisecond() < 1_900_000_000_000);
    let later = later.map(|t| Offset(t.timestamp().as_millisecond(), t.offset().seconds()));
    Zone { name: name.into(), offsets: std::iter::once(first).chain(later).collect() }
}

fn window(dice: &mut Dice, today: i32) -> Window {
    let day = |dice: &mut Dice| today + i32::try_from(dice.number(-20, 20)).unwrap();
    let first = dice.one_in(3).then(|| day(dice));
    let last = first.filter(|_| dice.one_in(2)).map(|first| first + i32::try_from(dice.below(12)).unwrap());
    let minutes = |dice: &mut Dice| u16::try_from(dice.below(1_441)).unwrap();
    let (from, to) = (minutes(dice).min(1_439), minutes(dice));
    let whole = dice.one_in(4);
    Window {
        days: [(); 7].map(|()| !dice.one_in(4)),
        from: if whole { 0 } else { from },
        to: if whole { 1_440 } else { to },
        first: first.map(Date),
        last: last.map(Date),
        except: dice.some(0, 4, |dice, _| Date(day(dice))),
    }
}

fn schedule(dice: &mut Dice, today: i32) -> Schedule {
    let windows = if dice.one_in(2) { Vec::new() } else { dice.some(1, 4, |dice, _| window(dice, today)) };
    Schedule(windows)
}

fn slide(dice: &mut Dice, at: i64) -> Slide {
    let soon = at + dice.number(-90_000, 90_000);
    match dice.below(6) {
        0 => Slide::Unknown,
        1 => {
            let after = if dice.one_in(2) { "danach" } else { "" };
            Slide::Countdown(Countdown { until: soon, after: after.into(), ..Countdown::default() })
        }
        2 => {
            let event = |dice: &mut Dice, _| Event {
                title: "x".into(),
                place: String::new(),
                from: soon + dice.number(-5_000, 5_000),
                until: soon + dice.number(-5_000, 5_000),
                whole_days: false,
            };
            Slide::Events(Events { events: dice.some(0, 3, event), ..Events::default() })
        }
        3 => {
            let json = r#"{"id":"p","author":"","network":"own","published_at":0,"text":"x","permalink":""}"#;
            let post: Post = serde_json::from_str(json).unwrap();
            Slide::Post(Post { until: dice.one_in(2).then_some(soon), ..post })
        }
        _ => Slide::Clock(Clock::default()),
    }
}

fn entry(dice: &mut Dice, id: String, at: i64) -> Entry {
    let millis = match dice.below(12) {
        0 => 0,
        1 => 900,
        2 => u64::MAX >> 12,
        _ => dice.below(25_000),
    };
    let today = i32::try_from(at / 86_400_000).unwrap();
    let when = if dice.one_in(3) { schedule(dice, today) } else { Schedule::default() };
    Entry { id, millis, when, slide: slide(dice, at) }
}

fn playlist(dice: &mut Dice, at: i64) -> Playlist {
    let anchor = at + dice.number(-9_000_000, 100_000);
    let changes = [Change::Fade, Change::Slide, Change::Wipe, Change::Cut];
    let change = changes[usize::try_from(dice.below(4)).unwrap()];
    let entries = dice.some(0, 7, |dice, number| entry(dice, format!("e{number}"), at));
    Playlist { anchor, anchored_at: anchor + dice.number(-90_000, 90_000), change, entries }
}

fn programme(dice: &mut Dice, at: i64) -> Programme {
    let today = i32::try_from(at / 86_400_000).unwrap();
    let area = Area { left: 12.5, top: 0.1, width: 33.3, height: 88.0 };
    let region = |dice: &mut Dice, number| Region { name: format!("r{number}"), area, playlist: playlist(dice, at) };
    let plan = |dice: &mut Dice, number| Plan {
        id: format!("p{number}"),
        when: if number == 0 { Schedule::default() } else { schedule(dice, today) },
        priority: dice.number(0, 3),
        regions: dice.some(1, 4, region),
    };
    let alert = |dice: &mut Dice, number| {
        let from = at + dice.number(-60_000, 60_000);
        Alert {
            from,
            until: dice.one_in(2).then(|| from + dice.number(0, 90_000)),
            shape: if dice.one_in(2) { Shape::Band } else { Shape::Full },
            tags: dice.some(0, 3, |dice, _| TAGS[usize::try_from(dice.below(3)).unwrap()].to_owned()),
            entry: entry(dice, format!("a{number}"), at),
        }
    };
    let [account, id, name, handle, address] = Default::default();
    Programme {
        account,
        id,
        version: 1,
        issued_at: 0,
        active_at: 0,
        zone: zone(ZONES[usize::try_from(dice.below(6)).unwrap()]),
        language: "de".into(),
        look: Look { name, handle, address, accent: "#000".into(), background: "#fff".into(), logo: None },
        plans: dice.some(1, 4, plan),
        alerts: if dice.one_in(2) { Vec::new() } else { dice.some(0, 5, alert) },
        media: Vec::new(),
    }
}

/// Instants worth asking about: by chance, and around each of the next changes.
fn instants(dice: &mut Dice, programme: &Programme, tags: &[&str], at: i64) -> Vec<i64> {
    let mut all = vec![at, at + dice.number(-400_000_000, 400_000_000), at + dice.number(-60_000, 60_000)];
    let mut now = at;
    for _ in 0..5 {
        let Some(next) = programme.next_change(now, tags) else { break };
        all.extend([next - 1, next, next + dice.number(0, 9_000)]);
        now = next;
    }
    all
}

fn asked_of_rust(programme: &Programme, tags: &[&str], at: i64) -> Value {
    let shown: Vec<_> = programme
        .on(at, tags)
        .iter()
        .map(|shown| {
            let on = shown.on;
            json!([shown.region, shown.area, shown.change, on.entry.id, on.index, on.since, on.began, on.until])
        })
        .collect();
    json!([shown, programme.next_change(at, tags)])
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_knows_what_is_on_as_a_kiosk_does() {
    if !at_hand(Part::Browser) {
        return;
    }
    let wall = TestController::new().await;
    let browser = Browser::new(&Looks::german()).await;
    browser.open(&format!("{}/healthz", wall.url)).await;
    let mut dice = Dice(2_027);
    let mut cases = Vec::new();
    let mut compared = (0, 0);
    for number in 0..PROGRAMMES {
        let at = dice.number(1_700_000_000_000, 1_800_000_000_000);
        let programme = programme(&mut dice, at);
        let tags: Vec<_> = TAGS.iter().filter(|_| number % 3 != 0 && dice.one_in(2)).copied().collect();
        let instants = instants(&mut dice, &programme, &tags, at);
        cases.push((programme, tags, instants));
    }
    for batch in cases.chunks(BATCH) {
        let asked: Vec<_> = batch
            .iter()
            .map(|(programme, tags, at)| json!({ "programme": programme, "tags": tags, "at": at }))
            .collect();
        let answered = browser.client.execute_async(ASK, vec![json!(asked)]).await.expect("an answer");
        let answers = answered.as_array().unwrap_or_else(|| panic!("{answered}"));
        assert_eq!(answers.len(), batch.len());
        for ((programme, tags, instants), answer) in batch.iter().zip(answers) {
            for (at, told) in instants.iter().zip(answer.as_array().unwrap()) {
                let known = asked_of_rust(programme, tags, *at);
                // Numbers of JavaScript have no kinds.
                let same = known.to_string().replace(".0,", ",").replace(".0}", "}");
                let told = told.to_string().replace(".0,", ",").replace(".0}", "}");
                assert_eq!(told, same, "at {at} with {tags:?} of {}", serde_json::to_string(programme).unwrap());
                compared.0 += 1;
                compared.1 += usize::from(!known[0].as_array().unwrap().is_empty());
            }
        }
    }
    println!("{} instants compared, something on at {}", compared.0, compared.1);
    assert!(compared.0 > 3_000 && compared.1 > compared.0 / 2, "{compared:?}");
}
