//! `make bench`: what a visit to a source costs that has nothing new. One controller with ten thousand sources, whose
//! server answers “not modified”; counted is the controller's processor time, all of it, for each answer.
#![expect(clippy::expect_used, clippy::print_stdout, reason = "a figure that cannot be measured must not be printed")]

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use axum::{
    Router,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use harness::{Controller, Owner, processor_secs};
use sqlx::{AssertSqlSafe, Connection, Executor, SqliteConnection};

/// Most microseconds of processor for each visit.
const LIMIT: f64 = 100.0;
const SOURCES: u64 = 10_000;
/// Accounts that they belong to, with a stage each: places for visits are shared among accounts.
const ACCOUNTS: u64 = 100;
/// So long it is watched.
const WATCHED: Duration = Duration::from_secs(20);
/// Seconds between two visits of one source at least: so many are always due.
const EVERY_SECS: &str = "1";
const FEED: &str =
    "<rss version='2.0'><channel><title>Stadt</title><item><guid>1</guid><title>Eins</title></item></channel></rss>";

/// What the server has answered.
#[derive(Clone, Default)]
struct Answered {
    whole: Arc<AtomicU64>,
    unchanged: Arc<AtomicU64>,
}

async fn answer(State(answered): State<Answered>, headers: HeaderMap) -> Response {
    let tag = [(header::ETAG, "\"one\"")];
    if headers.contains_key(header::IF_NONE_MATCH) {
        answered.unchanged.fetch_add(1, Ordering::Relaxed);
        return (StatusCode::NOT_MODIFIED, tag).into_response();
    }
    answered.whole.fetch_add(1, Ordering::Relaxed);
    (tag, [(header::CONTENT_TYPE, "application/rss+xml")], FEED).into_response()
}

#[tokio::main]
async fn main() {
    // `cargo test --benches` and clippy only want to know that it builds.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let answered = Answered::default();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let host = listener.local_addr().expect("an address").to_string();
    let router = Router::new().fallback(answer).with_state(answered.clone());
    tokio::spawn(async move { axum::serve(listener, router).await });
    let settings = [("LITFASS_ALLOW", host.as_str()), ("LITFASS_FEED_INTERVAL", EVERY_SECS)];
    let mut controller = Controller::with_settings(&settings).await;
    // One source is linked as a person does it; all others are copies of it.
    let owner = Owner::new(controller.client(), "stadt").await;
    owner.link(&format!("http://{host}/0")).await;
    owner.newsroom_says("Eins").await;
    controller.terminate();
    fill(&controller, &owner, &host).await;
    controller.start_again().await;

    // All are asked once before it counts: what is not known yet is fetched whole.
    let begun = Instant::now();
    while answered.unchanged.load(Ordering::Relaxed) < SOURCES {
        assert!(begun.elapsed() < Duration::from_secs(300), "the controller hardly visits any source");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    let process = controller.process().id();
    let (spent, visits) = (processor_secs(process), answered.unchanged.load(Ordering::Relaxed));
    tokio::time::sleep(WATCHED).await;
    let spent = processor_secs(process) - spent;
    let visits = answered.unchanged.load(Ordering::Relaxed) - visits;

    let each = spent / visits.max(1) as f64 * 1e6;
    let rate = visits as f64 / WATCHED.as_secs_f64();
    println!("\n{SOURCES} sources with nothing new, {rate:.0} visits a second");
    println!("{:<44}{:>12}{:>8}{:>8}", "", "Litfass", "ratio", "limit");
    println!("{:<44}{each:>12.1}{:>8.2}{LIMIT:>8.1}", "processor for each visit, µs", each / LIMIT);
}

/// Copies the one source until there are enough, among accounts that are copies of the one.
async fn fill(controller: &Controller, owner: &Owner, host: &str) {
    let place = format!("sqlite://{}", controller.data().join("litfass.db").display());
    let mut database = SqliteConnection::connect(&place).await.expect("open SQLite");
    let mut run = async |statement: String| {
        database.execute(AssertSqlSafe(statement)).await.expect("run a statement");
    };
    run("begin".to_owned()).await;
    let stage = &owner.stage_id;
    for table in ["accounts", "stages", "sources"] {
        run(format!("create temp table one_{table} as select * from {table}")).await;
    }
    for account in 0..ACCOUNTS {
        run(format!("update one_accounts set id = 'account-{account}'")).await;
        run("insert into accounts select * from one_accounts".to_owned()).await;
        run(format!(
            "update one_stages set id = 'stage-{account}', account_id = 'account-{account}', handle = 'stage{account}', \
                    likeness = 'stage{account}', logo_id = null"
        ))
        .await;
        run("insert into stages select * from one_stages".to_owned()).await;
    }
    for source in 1..SOURCES {
        let stage = format!("stage-{}", source % ACCOUNTS);
        run(format!(
            "update one_sources set id = 'source-{source}', stage_id = '{stage}', address = 'http://{host}/{source}', \
                    claimed_until = 0, next_at = 0"
        ))
        .await;
        run("insert into sources select * from one_sources".to_owned()).await;
    }
    run(format!("update sources set next_at = 0, claimed_until = 0 where stage_id = '{stage}'")).await;
    run("commit".to_owned()).await;
}
