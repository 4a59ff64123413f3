//! `make bench`: the desk, search and topics of a stage with 100,000 posts beside those of an empty one, on both databases.
//! It prints figures and ratios; it judges nobody.
#![expect(clippy::expect_used, clippy::print_stdout, reason = "a figure that cannot be measured must not be printed")]

mod filling;

use std::{
    future::Future,
    time::{Duration, Instant},
};

use controller::{
    features::{
        posts::{self, Query},
        topics,
    },
    store::{Below, Stage},
};
use harness::{Owner, TestController};

/// So often each is measured.
const TIMES: usize = 60;

/// The middle and the slowest of a hundred, in milliseconds.
struct Took {
    middle: f64,
    slow: f64,
}

async fn took<F: Future<Output = ()>>(mut what: impl FnMut() -> F) -> Took {
    what().await;
    let mut times = Vec::new();
    for _ in 0..TIMES {
        let begun = Instant::now();
        what().await;
        times.push(begun.elapsed());
    }
    times.sort_unstable();
    let millis = |time: Duration| time.as_secs_f64() * 1_000.0;
    Took { middle: millis(times[TIMES / 2]), slow: millis(times[TIMES * 99 / 100]) }
}

fn row(what: &str, full: &Took, empty: &Took) {
    println!(
        "{what:<42}{:>9.1}{:>9.1}{:>9.1}{:>9.1}{:>8.1}{:>8.1}",
        full.middle,
        full.slow,
        empty.middle,
        empty.slow,
        full.middle / empty.middle,
        full.slow / empty.slow
    );
}

#[tokio::main]
async fn main() {
    // `cargo test --benches` and clippy only want to know that it builds.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    for wall in TestController::on_each().await {
        let kind = if wall.app.config.database.is_some() { "PostgreSQL" } else { "SQLite" };
        let full = Owner::new(wall.client(), "full").await;
        let empty = Owner::new(wall.client(), "empty").await;
        let begun = Instant::now();
        filling::fill(&wall, &full.stage_id).await;
        let filled = begun.elapsed();
        let begun = Instant::now();
        let mut after = String::new();
        while let Some(last) = posts::read_words(&wall.app, &after).await.expect("read words") {
            after = last;
        }
        println!("\n{kind}: {} posts in {filled:.1?}, their words read in {:.1?}", filling::POSTS, begun.elapsed());
        filling::settle(&wall).await;
        println!("{:<42}{:>18}{:>18}{:>16}", "milliseconds", "100,000 posts", "no post", "ratio");
        println!("{:<42}{:>9}{:>9}{:>9}{:>9}{:>8}{:>8}", "", "p50", "p99", "p50", "p99", "p50", "p99");
        pages(&full, &empty).await;
        searches(&wall, &full, &empty).await;
        rules(&wall, &full, &empty).await;
    }
}

/// Pages as whole requests.
async fn pages(full: &Owner, empty: &Owner) {
    let asked = [
        ("desk", "/dashboard/desk".to_owned()),
        ("desk, far below", "/dashboard/desk?before=1200000000000.~".to_owned()),
        ("desk, hidden ones", "/dashboard/desk?state=hidden".to_owned()),
        ("desk, waiting ones (none)", "/dashboard/desk?state=waiting".to_owned()),
        ("desk, a rare source", "/dashboard/desk?source=rare".to_owned()),
        ("desk, without a topic", "/dashboard/desk?topic=none".to_owned()),
        ("desk, with a film", "/dashboard/desk?media=film".to_owned()),
        ("desk, a language nobody speaks", "/dashboard/desk?language=fr".to_owned()),
        ("desk, a rare word", "/dashboard/desk?q=Seltenheit".to_owned()),
        ("desk, a word of every tenth post", "/dashboard/desk?q=Freibad+".to_owned()),
        ("desk, two words of every second post", "/dashboard/desk?q=Stadt+heute+".to_owned()),
        ("desk, a beginning", "/dashboard/desk?q=Sta".to_owned()),
        ("desk, what is new to an open page", "/dashboard/desk/news".to_owned()),
    ];
    for (what, path) in asked {
        let get = async |owner: &Owner| drop(owner.client.get(&path).await.expect(200));
        row(what, &took(|| get(full)).await, &took(|| get(empty)).await);
    }
    let posts = async |owner: &Owner| drop(owner.client.get(&owner.path("posts")).await.expect(200));
    row("posts of one stage", &took(|| posts(full)).await, &took(|| posts(empty)).await);
}

async fn stage(wall: &TestController, owner: &Owner) -> Stage {
    wall.app.store.find_any_stage(&owner.stage_id).await.expect("an answer").expect("a stage")
}

/// Searches as the newsroom does them.
async fn searches(wall: &TestController, full: &Owner, empty: &Owner) {
    let (full, empty) = (stage(wall, full).await, stage(wall, empty).await);
    for (what, typed) in [
        ("search, a rare word", "Seltenheit "),
        ("search, a word of every tenth post", "Freibad "),
        ("search, two words of every second post", "Stadt heute "),
        ("search, a beginning", "Sta"),
        ("search, a phrase", "\"Rat der Stadt\""),
        ("search, nothing", "gibtesnicht "),
    ] {
        let query = Query::parse(typed);
        let search = async |stage: &Stage| {
            drop(posts::search(&wall.app, stage, &query, &Below::default(), 30).await.expect("hits"));
        };
        row(what, &took(|| search(&full)).await, &took(|| search(&empty)).await);
    }
}

/// Rules of topics: tried while they are typed, and old posts sorted anew.
async fn rules(wall: &TestController, full: &Owner, empty: &Owner) {
    const RULE: &[(&str, &str)] =
        &[("name", "Bäder"), ("at", "0.any"), ("is", "words"), ("text", "Freibad"), ("what", "look")];
    let preview = async |owner: &Owner| {
        drop(owner.client.post(&owner.path("topics/preview"), RULE).await.expect(200));
    };
    row("preview of a rule", &took(|| preview(full)).await, &took(|| preview(empty)).await);
    let mut sorted = Vec::new();
    for owner in [full, empty] {
        let fields: Vec<_> =
            RULE.iter().map(|&(name, value)| (name, if name == "what" { "save" } else { value })).collect();
        let begun = Instant::now();
        owner.client.post(&owner.path("topics"), &fields).await.expect(303);
        let saved = begun.elapsed();
        let begun = Instant::now();
        while topics::sort_next(&wall.app).await.expect("sorted") {}
        sorted.push((saved, begun.elapsed()));
    }
    println!(
        "a rule saved in {:.1?} ({:.1?} where there is no post), all posts sorted anew in {:.1?}, {:.0} a second",
        sorted[0].0,
        sorted[1].0,
        sorted[0].1,
        filling::POSTS as f64 / sorted[0].1.as_secs_f64()
    );
    let desk = async |owner: &Owner| drop(owner.client.get("/dashboard/desk").await.expect(200));
    row("desk, once all are sorted", &took(|| desk(full)).await, &took(|| desk(empty)).await);
}
