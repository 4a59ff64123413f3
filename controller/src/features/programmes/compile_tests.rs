//! Programmes as drafts and posts make them.

use serde_json::json;
use shared::{
    programme::{Alert, Look, Programme, Shape, Window, Zone},
    slides::{Post, Slide},
};

use super::{
    answers::{Shown, answer},
    compile::{Given, compile, same_content},
    draft::{Draft, DraftPlan, Item},
    entries::{Pictures, slide},
    layouts,
};

fn given(posts: &[&str]) -> Given {
    let look = Look {
        name: "Museum".into(),
        handle: "museum".into(),
        address: "https://wall.example/@museum".into(),
        accent: "#336699".into(),
        background: "#ffffff".into(),
        logo: None,
    };
    let given = Given {
        account_id: "a".into(),
        programme_id: "p".into(),
        draft: Draft::start(),
        look,
        language: "en".into(),
        zone: Zone::default(),
        pictures: Pictures::new(),
        films: crate::features::programmes::entries::Films::new(),
        answers: std::collections::BTreeMap::new(),
        alerts: Vec::new(),
    };
    with_posts(given, posts)
}

fn with_posts(mut given: Given, posts: &[&str]) -> Given {
    let shown = |id: &&str| Shown {
        post: Post {
            id: (*id).into(),
            author: "Museum".into(),
            network: "feed".into(),
            published_at: 0,
            title: None,
            text: "x".into(),
            pictures: Vec::new(),
            permalink: String::new(),
            until: None,
        },
        pictures: Vec::new(),
        topics: vec![String::new()],
    };
    let posts: Vec<_> = posts.iter().map(shown).collect();
    let slides = given.draft.items().filter_map(|item| slide(item, &given.pictures, &given.films, &given.zone));
    let wants: Vec<_> = slides.filter_map(|slide| slide.wants()).collect();
    given.answers = answer(wants, &posts, 0);
    given
}

fn announcement(id: &str) -> Item {
    let mut item = Item::new(id, "announcement");
    item.values.insert("headline".into(), json!("Open day"));
    item
}

fn main(given: &mut Given) -> &mut Vec<Item> {
    &mut given.draft.plans[0].regions[0].items
}

fn ids(programme: &Programme) -> Vec<&str> {
    programme.plans[0].regions[0].playlist.entries.iter().map(|e| e.id.as_str()).collect()
}

fn on(programme: &Programme, at: i64) -> String {
    let none: [&str; 0] = [];
    programme.on(at, &none)[0].on.entry.id.clone()
}

#[test]
fn newest_posts_play_with_header_and_clock_above() {
    let mut given = given(&[]);
    main(&mut given)[0].values.insert("count".into(), json!(2));
    let given = with_posts(given, &["3", "2", "1"]);

    let programme = compile(&given, None, 5_000);

    assert_eq!(ids(&programme), ["post-3", "post-2"]);
    assert_eq!(on(&programme, 5_000), "post-3");
    let areas: Vec<_> =
        programme.plans[0].regions.iter().map(|r| (r.name.as_str(), r.area.left, r.area.width)).collect();
    assert_eq!(areas, [("main", 0.0, 100.0), ("header", 0.0, 76.0), ("clock", 76.0, 24.0)]);
    assert_eq!((programme.version, programme.issued_at), (1, 5_000));
}

#[test]
fn a_stage_with_nothing_to_say_says_where_it_is() {
    let programme = compile(&given(&[]), None, 0);

    let Slide::Announcement(slide) = &programme.plans[0].regions[0].playlist.entries[0].slide else { panic!() };
    assert_eq!(slide.link, "https://wall.example/@museum");
    assert!(slide.text.contains("wall.example/@museum") && slide.headline == "Museum");
}

#[test]
fn an_item_stays_as_long_as_its_owner_says_or_as_it_takes_to_read() {
    let mut given = given(&["1"]);
    let paused = Item { paused: true, ..announcement("paused") };
    *main(&mut given) = vec![announcement("reads"), Item { seconds: Some(60), ..announcement("stays") }, paused];

    let programme = compile(&given, None, 0);

    assert_eq!(ids(&programme), ["reads", "stays"]);
    let entries = &programme.plans[0].regions[0].playlist.entries;
    assert_eq!((entries[0].millis, entries[1].millis), (entries[0].slide.reading_millis(), 60_000));
}

#[test]
fn two_items_that_show_the_same_posts_do_not_share_names() {
    let mut given = given(&[]);
    main(&mut given).push(Item::new("more", "posts"));
    let programme = compile(&with_posts(given, &["2", "1"]), None, 0);

    assert_eq!(ids(&programme), ["post-2", "post-1", "more-post-2", "more-post-1"]);
}

#[test]
fn a_new_post_is_on_at_once_also_behind_an_announcement() {
    let mut given = given(&["2", "1"]);
    main(&mut given).insert(0, announcement("said"));
    let before = compile(&given, None, 0);

    let programme = compile(&with_posts(given, &["3", "2", "1"]), Some(&before), 3_000);

    assert_eq!((on(&programme, 3_000), programme.version), ("post-3".to_owned(), 2));
    let since = programme.plans[0].regions[0].playlist.on(3_000, &Zone::default(), None).unwrap().since;
    assert_eq!(since, 3_000);
}

#[test]
fn a_hidden_post_goes_and_the_older_one_that_moves_up_waits_its_turn() {
    let mut given = given(&[]);
    main(&mut given)[0].values.insert("count".into(), json!(3));
    let before = compile(&with_posts(given.clone(), &["4", "3", "2", "1"]), None, 0);
    assert_eq!(on(&before, 10_000), "post-3");

    let programme = compile(&with_posts(given, &["3", "2", "1"]), Some(&before), 10_000);

    assert_eq!(ids(&programme), ["post-3", "post-2", "post-1"]);
    assert_eq!(on(&programme, 10_000), "post-3");
}

#[test]
fn what_shows_the_same_is_not_worth_a_version() {
    let mut given = given(&["2", "1"]);
    let before = compile(&given, None, 0);

    assert!(same_content(&before, &compile(&given, Some(&before), 99_000)));
    given.look.accent = "#000000".into();
    assert!(!same_content(&before, &compile(&given, Some(&before), 99_000)));
}

/// Lunch from 12 to 14 o'clock UTC, on the first of January 1970 and every day after.
fn lunch(given: &mut Given) -> DraftPlan {
    let window = Window { from: 720, to: 840, ..Window::default() };
    let mut plan = layouts::lay(DraftPlan { id: "lunch".into(), when: vec![window], ..DraftPlan::default() }, "full");
    plan.regions[0].items = vec![announcement("soup"), announcement("fish")];
    given.draft.plans.push(DraftPlan { priority: 1, ..plan.clone() });
    plan
}

#[test]
fn a_plan_is_on_at_its_times_and_a_change_in_it_leaves_on_what_is_on() {
    let noon = 12 * 3_600_000;
    let mut given = given(&["1"]);
    lunch(&mut given);
    let before = compile(&given, None, 0);
    let stay = i64::try_from(before.plans[1].regions[0].playlist.entries[0].millis).unwrap();
    assert_eq!([on(&before, noon - 1), on(&before, noon), on(&before, noon + stay)], ["post-1", "soup", "fish"]);

    given.draft.plans[1].regions[0].items.push(announcement("cake"));
    let after = compile(&given, Some(&before), noon + stay + 10);

    let none: [&str; 0] = [];
    let shown = after.on(noon + stay + 10, &none)[0].on;
    assert_eq!((shown.entry.id.as_str(), shown.since), ("fish", noon + stay));
    assert_eq!(on(&after, noon + 2 * 3_600_000), "post-1");
}

#[test]
fn an_alert_goes_into_the_programme_as_it_is() {
    let mut given = given(&["1"]);
    let entry = compile(&given, None, 0).plans[0].regions[0].playlist.entries[0].clone();
    given.alerts =
        vec![Alert { from: 5_000, until: None, shape: Shape::Full, tags: vec!["foyer".into()], entry: entry.clone() }];

    let programme = compile(&given, None, 0);

    assert_eq!(programme.on(5_000, &["foyer"])[0].region, shared::programme::ALERT);
    assert_ne!(programme.on(5_000, &["cellar"])[0].region, shared::programme::ALERT);
}
